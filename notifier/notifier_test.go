package notifier

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

const number = "13900000001"

// noon is when messages go out.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, petition.Shanghai)

// memory is a queue that behaves as the database's.
type memory struct {
	rows []*row
	lost error // of the next NewsTried: the program dies
}

type row struct {
	Message
	Result
	due time.Time
}

func (q *memory) DueNews(_ context.Context, now time.Time, limit int) ([]Message, error) {
	var out []Message
	for _, r := range q.rows {
		open := r.State == petition.NewsWaiting || r.State == petition.NewsSending
		if open && !r.due.After(now) && len(out) < limit {
			r.Tries++
			r.State, r.due = petition.NewsSending, now.Add(Patience)
			out = append(out, r.Message)
		}
	}
	return out, nil
}

func (q *memory) NewsTried(_ context.Context, m Message, r Result, _ time.Time) error {
	if q.lost != nil {
		return q.lost
	}
	for _, one := range q.rows {
		if one.ID == m.ID && one.Tries == m.Tries {
			one.Result, one.due = r, r.Next
		}
	}
	return nil
}

func (q *memory) NewsCounts(context.Context, time.Time) ([]Count, error) {
	return []Count{{petition.NewsByText, petition.NewsWaiting, len(q.rows)}}, nil
}

// provider is a gateway that remembers whom it has told, and by which ids.
type provider struct {
	told []Outgoing
	fail error
}

func (p *provider) Send(_ context.Context, m Outgoing) error {
	if p.fail == nil {
		p.told = append(p.told, m)
	}
	return p.fail
}

// once is what a provider that remembers ids sends.
func (p *provider) once() int {
	var ids []petition.ID
	for _, m := range p.told {
		if !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return len(ids)
}

type bench struct {
	t   *testing.T
	key *exchange.HolderKey
	q   *memory
	out *provider
	log bytes.Buffer
	n   *Notifier
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, q: &memory{}, out: &provider{}}
	var err error
	if b.key, err = exchange.NewHolderKey(exchange.NewKey()); err != nil {
		t.Fatal(err)
	}
	b.n, err = New(b.q, b.key, Gateways{NewsQuiet: "21:00-08:00"}, slog.New(slog.NewJSONHandler(&b.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	b.n.gateways[petition.NewsByText], b.n.gateways[petition.NewsByMail] = b.out, b.out
	return b
}

func (b *bench) wish(way petition.NewsWay, to, lang string) *row {
	b.t.Helper()
	offer := exchange.NewsOffer{Key: b.key.Public(), Ways: petition.NewsWays}
	w, err := offer.Seal(way, exchange.Address{To: to, Lang: lang})
	if err != nil {
		b.t.Fatal(err)
	}
	r := &row{Message: Message{ID: petition.ID{byte(len(b.q.rows) + 1)}, Wish: w}}
	r.State = petition.NewsWaiting
	b.q.rows = append(b.q.rows, r)
	return r
}

func (b *bench) pass(now time.Time) {
	b.t.Helper()
	if err := b.n.Pass(b.t.Context(), now); err != nil {
		b.t.Fatal(err)
	}
}

// What goes out is the same sentence for everybody, in the reader's language, and says
// nothing of a matter.
func TestTheMessageSaysNothing(t *testing.T) {
	b := newBench(t)
	b.wish(petition.NewsByText, number, "zh-CN")
	b.wish(petition.NewsByText, number, "en")
	b.wish(petition.NewsByMail, "li@example.cn", "xx")
	b.pass(noon)
	if len(b.out.told) != 3 {
		t.Fatalf("%d messages", len(b.out.told))
	}
	zh, en, mail := b.out.told[0], b.out.told[1], b.out.told[2]
	if zh.To != number || !strings.Contains(zh.Text, "有新消息") || !strings.Contains(en.Text, "There is news on your matter") {
		t.Errorf("%q, %q", zh.Text, en.Text)
	}
	if mail.To != "li@example.cn" || mail.Subject != "有新消息" || !strings.Contains(mail.Text, "不要回复") {
		t.Errorf("%q %q", mail.Subject, mail.Text)
	}
	for _, m := range b.out.told {
		for _, bad := range []string{"http", "www", "HY01", "XF", "检举", "举报", "{"} {
			if strings.Contains(m.Subject+m.Text, bad) {
				t.Errorf("%q stands in %q", bad, m.Text)
			}
		}
	}
	for _, r := range b.q.rows {
		if r.State != petition.NewsSent || r.Why != "" {
			t.Errorf("%s %q", r.State, r.Why)
		}
	}
}

func TestNothingGoesOutAtNight(t *testing.T) {
	b := newBench(t)
	b.wish(petition.NewsByText, number, "zh-CN")
	b.pass(noon.Add(9 * time.Hour))
	b.pass(noon.Add(20*time.Hour - time.Second))
	if len(b.out.told) != 0 {
		t.Fatal("somebody was woken")
	}
	b.pass(noon.Add(20 * time.Hour))
	if len(b.out.told) != 1 {
		t.Error("nobody was told in the morning")
	}
}

// A gateway that does not answer is asked again, ever later; in the end the message is
// left for people to see.
func TestTriesAgainAndInTheEndGivesUp(t *testing.T) {
	b := newBench(t)
	r := b.wish(petition.NewsByText, number, "zh-CN")
	b.out.fail = &Trouble{Why: "HTTP 503"}
	now, last := noon, time.Duration(0)
	for try := 1; try <= len(waits); try++ {
		b.pass(now)
		if r.State != petition.NewsWaiting || r.Tries != try || r.Why != "HTTP 503" {
			t.Fatalf("try %d: %s after %d tries", try, r.State, r.Tries)
		}
		if wait := r.Next.Sub(now); wait < last || b.n.quiet.At(r.Next) {
			t.Errorf("try %d again %s", try, r.Next.In(petition.Shanghai))
		}
		last = min(waits[try-1], time.Hour)
		b.pass(r.Next.Add(-time.Second))
		if r.Tries != try {
			t.Error("tried too early")
		}
		now = r.Next
	}
	b.pass(now)
	if r.State != petition.NewsFailed || r.Why != "HTTP 503" {
		t.Errorf("in the end: %s %q", r.State, r.Why)
	}
	b.out.fail = nil
	b.pass(now.Add(48 * time.Hour))
	if len(b.out.told) != 0 {
		t.Error("sent after it was given up")
	}
}

func TestARefusalIsFinal(t *testing.T) {
	b := newBench(t)
	r := b.wish(petition.NewsByText, number, "zh-CN")
	b.out.fail = &Trouble{Why: "HTTP 400", Final: true}
	b.pass(noon)
	if r.State != petition.NewsRefused || r.Why != "HTTP 400" || r.Tries != 1 {
		t.Errorf("%s %q", r.State, r.Why)
	}
	other := b.wish(petition.NewsByText, number, "zh-CN")
	delete(b.n.gateways, petition.NewsByText)
	b.pass(noon)
	if other.State != petition.NewsFailed || other.Why != "no gateway" {
		t.Errorf("without a gateway: %s %q", other.State, other.Why)
	}
	foreign := b.wish(petition.NewsByMail, "a@example.cn", "")
	foreign.Wish.Sealed[40] ^= 1
	b.pass(noon)
	if foreign.State != petition.NewsFailed || foreign.Why != "address does not open" {
		t.Errorf("another key's: %s %q", foreign.State, foreign.Why)
	}
}

// Between the gateway's answer and the note of it the program dies: the message goes out
// again, with the id by which the gateway can tell.
func TestACrashSendsAgainWithTheSameId(t *testing.T) {
	b := newBench(t)
	b.wish(petition.NewsByText, number, "zh-CN")
	b.q.lost = errors.New("the program dies here")
	if err := b.n.Pass(t.Context(), noon); err == nil {
		t.Fatal("the fault was kept quiet")
	}
	b.q.lost = nil
	b.pass(noon.Add(Patience - time.Second))
	if len(b.out.told) != 1 {
		t.Fatal("sent again at once")
	}
	b.pass(noon.Add(Patience))
	if len(b.out.told) != 2 || b.out.once() != 1 {
		t.Errorf("%d times, %d by id", len(b.out.told), b.out.once())
	}
}

func TestManyAreSentInOnePass(t *testing.T) {
	b := newBench(t)
	for range 3*atOnce + 1 {
		b.wish(petition.NewsByText, number, "zh-CN")
	}
	b.pass(noon)
	if b.out.once() != 3*atOnce+1 {
		t.Errorf("%d messages", b.out.once())
	}
}

// Whatever a gateway says in an error, the number is in no log and in no row.
func TestNoErrorQuotesTheAddress(t *testing.T) {
	b := newBench(t)
	r := b.wish(petition.NewsByText, number, "zh-CN")
	b.out.fail = fmt.Errorf("550 no such subscriber: %s", number)
	b.pass(noon)
	if r.Why != "no answer" || r.State != petition.NewsWaiting {
		t.Errorf("%s %q", r.State, r.Why)
	}
	if said := b.log.String(); strings.Contains(said, number) || !strings.Contains(said, r.ID.String()) {
		t.Errorf("the log says %s", said)
	}
	for _, form := range []string{"%v", "%+v", "%s"} {
		if strings.Contains(fmt.Sprintf(form, Outgoing{To: number}), number) {
			t.Errorf("%s prints the number", form)
		}
	}
}

func TestANotifierNeedsItsParts(t *testing.T) {
	key, err := exchange.NewHolderKey(exchange.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	if _, err := New(nil, key, Gateways{}, log); err == nil {
		t.Error("without a queue")
	}
	if _, err := New(&memory{}, nil, Gateways{}, log); err == nil {
		t.Error("without a key")
	}
	if _, err := New(&memory{}, key, Gateways{NewsQuiet: "night"}, log); err == nil {
		t.Error("with hours that are none")
	}
	if _, err := New(&memory{}, key, Gateways{SMSGateway: "gateway"}, log); err == nil {
		t.Error("with a gateway that is none")
	}
}
