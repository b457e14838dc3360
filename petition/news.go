package petition

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// NewsWay is a way by which somebody is told, beyond the portal, that there is news on
// a matter (消息提醒): the same sentence for every matter, with nothing of it.
type NewsWay string

const (
	NewsByText NewsWay = "sms"  // 短信
	NewsByMail NewsWay = "mail" // 电子邮件
)

// NewsWays lists the ways as forms show them.
var NewsWays = []NewsWay{NewsByText, NewsByMail}

// AskNews is the petitioner's word on being told: all that he wishes from now on, and
// nothing where he wishes nothing any more (personal information protection law, Art. 15).
const AskNews Action = "ask_news" // 开通、更改、关闭消息提醒

// NewsWish is one way that somebody asked for. The number or address is sealed to the
// notifier's own key wherever it is typed; nobody else reads it again.
type NewsWish struct {
	Way    NewsWay `json:"way"`
	For    string  `json:"for,omitempty"`    // whose it is: "" the petitioner's, else as in NewsParty
	Sealed []byte  `json:"sealed,omitempty"` // empty: as before; left out of what the petitioner reads again
}

// NewsParty is somebody beside the petitioner who may be told for himself: the agent
// (代理人), or one of the representatives of a joint petition (代表).
type NewsParty struct {
	For  string // NewsForAgent, or NewsForRepresentative and the place in the filing
	Name string
}

// Whose a wish is, where it is not the petitioner's.
const (
	NewsForAgent          = "agent"
	NewsForRepresentative = "rep" // rep1, rep2, …
)

// NewsParties lists those who may be told besides the petitioner. Whoever files for a group
// is its first representative, and is told as the petitioner.
func (f Filing) NewsParties() []NewsParty {
	var all []NewsParty
	if f.Anonymous || f.Track() == Report {
		return nil
	}
	if f.Agent != nil {
		all = append(all, NewsParty{NewsForAgent, f.Agent.Name})
	}
	for i, p := range f.Representatives {
		if i > 0 || p.Name != f.Person.Name {
			all = append(all, NewsParty{NewsForRepresentative + strconv.Itoa(i+1), p.Name})
		}
	}
	return all
}

// NewsWishes is what a life's events say about being told: of everybody the last word
// counts. Of somebody who stays anonymous there is none, whatever was sent along.
func NewsWishes(events []Event) []NewsWish {
	var wishes []NewsWish
	for _, e := range events {
		switch {
		case e.Act.Filing != nil && e.Act.Filing.Anonymous:
			return nil
		case e.Act.Filing != nil:
			wishes = e.Act.Filing.News
		case e.Act.Action == AskNews:
			wishes = renewed(wishes, e.Act.For, e.Act.News)
		}
	}
	return wishes
}

// renewed is what is wished after one of them was asked again: what the others wish stays,
// and of a way that goes on as it was, nobody need give the address once more.
func renewed(before []NewsWish, whose string, asked []NewsWish) []NewsWish {
	var now []NewsWish
	for _, b := range before {
		if b.For != whose {
			now = append(now, b)
		}
	}
	for _, w := range asked {
		if w.For = whose; len(w.Sealed) == 0 {
			at := slices.IndexFunc(before, func(b NewsWish) bool { return b.Way == w.Way && b.For == whose })
			if at < 0 {
				continue
			}
			w = before[at]
		}
		now = append(now, w)
	}
	return now
}

// NewsWaysOf names the ways by which one of them wishes to be told, without what is
// sealed; "" is the petitioner.
func NewsWaysOf(wishes []NewsWish, whose string) []NewsWay {
	var ways []NewsWay
	for _, w := range wishes {
		if w.For == whose {
			ways = append(ways, w.Way)
		}
	}
	return ways
}

// newsOfOthers is the same of all others who wish it.
func newsOfOthers(f Filing, wishes []NewsWish) map[string][]NewsWay {
	all := map[string][]NewsWay{}
	for _, p := range f.NewsParties() {
		if ways := NewsWaysOf(wishes, p.For); len(ways) > 0 {
			all[p.For] = ways
		}
	}
	return all
}

// WithoutAddresses is the same wishes for the petitioner's own eyes.
func WithoutAddresses(wishes []NewsWish) []NewsWish {
	var out []NewsWish
	for _, w := range wishes {
		out = append(out, NewsWish{Way: w.Way, For: w.For})
	}
	return out
}

// Newsworthy tells whether somebody else than the petitioner did something: what he did
// himself is no news to him, nor is what he wishes to be told.
func Newsworthy(events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		return e.By.Kind != ByPetitioner && e.Act.Action != AskNews
	})
}

// guardAskNews: nobody tells who is anonymous; of a divided petition the whole is told of.
func guardAskNews(d *decision, _ *Leg) error {
	if d.c.Filing.Anonymous {
		return forbidden("error.anonymous_news")
	}
	return unless(d.c.Parent != nil, "error.news_with_whole")
}

// sealedAddress bounds what a sealed number or address can be, in bytes.
const sealedAddress = 4096

func checkAskNews(d *decision, f *form, _ standing) {
	whose := d.act.For
	known := slices.ContainsFunc(d.c.Filing.NewsParties(), func(p NewsParty) bool { return p.For == whose })
	f.need(whose == "" || known, "for", "problem.news_for")
	wishes := slices.DeleteFunc(renewed(NewsWishes(d.c.Events), whose, d.act.News), func(w NewsWish) bool { return w.For != whose })
	f.need(len(wishes) == len(d.act.News), "news", "problem.news_address")
	checkNews(f, wishes)
}

// checkNews: each way once, and with an address that is sealed. All are one person's: a
// filing carries the petitioner's own, the others say theirs when they follow it.
func checkNews(f *form, wishes []NewsWish) {
	seen := map[NewsWay]bool{}
	for _, w := range wishes {
		f.need(w.Sound() && !seen[w.Way], "news", "problem.news_address")
		seen[w.Way] = true
	}
}

// newsFor are all whose a wish can be.
var newsFor = []string{"", NewsForAgent, "rep1", "rep2", "rep3", "rep4", "rep5"}

// Sound tells whether a message could go out by it.
func (w NewsWish) Sound() bool {
	return slices.Contains(NewsWays, w.Way) && slices.Contains(newsFor, w.For) && len(w.Sealed) > 0 && len(w.Sealed) <= sealedAddress
}

// CheckMail tells what is wrong with a mail address: a key, or "". It asks for no more
// than what makes a delivery possible.
func CheckMail(address string) string {
	name, domain, ok := strings.Cut(address, "@")
	plain := strings.IndexFunc(address, func(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune(`"(),:;<>[\]`, c) }) < 0
	host := strings.Contains(domain, ".") && !strings.HasPrefix(domain, ".") && !strings.HasSuffix(domain, ".") && !strings.Contains(domain, "..")
	if !ok || name == "" || strings.Contains(domain, "@") || !host || !plain || len(address) > 254 {
		return "problem.mail"
	}
	return ""
}

// Quiet is the part of a day in which nobody's telephone rings: from and until are times
// after midnight, Beijing time; the part may go over midnight. Both the same: no part.
type Quiet struct{ From, Until time.Duration }

// ParseQuiet reads "21:00-08:00"; "" is no quiet at all.
func ParseQuiet(text string) (Quiet, error) {
	if text == "" {
		return Quiet{}, nil
	}
	from, until, ok := strings.Cut(text, "-")
	a, errA := time.Parse("15:04", strings.TrimSpace(from))
	b, errB := time.Parse("15:04", strings.TrimSpace(until))
	if !ok || errA != nil || errB != nil {
		return Quiet{}, errors.New(`quiet hours are written "21:00-08:00"`)
	}
	of := func(t time.Time) time.Duration {
		return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	return Quiet{of(a), of(b)}, nil
}

// At tells whether an instant lies in the quiet part.
func (q Quiet) At(t time.Time) bool {
	t = t.In(Shanghai)
	now := time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	if q.From <= q.Until {
		return now >= q.From && now < q.Until
	}
	return now >= q.From || now < q.Until
}

// After is the instant itself, or the end of the quiet part in which it lies.
func (q Quiet) After(t time.Time) time.Time {
	if !q.At(t) {
		return t
	}
	end := startOfDay(t).Add(q.Until)
	if end.Before(t) || end.Equal(t) {
		end = startOfDay(t).AddDate(0, 0, 1).Add(q.Until)
	}
	return end
}

// NextDay is when the day after t's begins for messages.
func (q Quiet) NextDay(t time.Time) time.Time {
	next := startOfDay(t).AddDate(0, 0, 1)
	if q.From > q.Until || q.From == 0 {
		return next.Add(q.Until)
	}
	return q.After(next)
}

// NewsState is where a message that tells of news stands.
type NewsState string

const (
	NewsWaiting NewsState = "waiting" // 待发送
	NewsSending NewsState = "sending" // 发送中: given to a gateway, which has not answered yet
	NewsSent    NewsState = "sent"    // 已发送: the gateway took it
	NewsRefused NewsState = "refused" // 网关拒绝: tried no more
	NewsFailed  NewsState = "failed"  // 多次未成: tried no more
	NewsDropped NewsState = "dropped" // 已取消: the person wished no more before it went out
)
