package notifier

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// Message is one message that is due: where to is still sealed.
type Message struct {
	ID    petition.ID
	Wish  petition.NewsWish
	Tries int // this one included
}

// Result is what came of trying to send a message.
type Result struct {
	State petition.NewsState // sent, refused, failed, or waiting for another try
	Next  time.Time          // of the next try, where it waits
	Why   string             // a word for operators, without the address; "" if sent
}

// Count is how many messages of a way stand somewhere.
type Count struct {
	Way   petition.NewsWay
	State petition.NewsState
	N     int
}

// Queue is what the notifier asks of the office's database.
type Queue interface {
	// DueNews hands out messages that are due. For Patience nobody else is given them.
	DueNews(ctx context.Context, now time.Time, limit int) ([]Message, error)
	// NewsTried stores what came of one, unless it was cancelled or handed to somebody
	// else meanwhile.
	NewsTried(ctx context.Context, m Message, r Result, now time.Time) error
	// NewsCounts counts the messages of the last days but those of sealed reports.
	NewsCounts(ctx context.Context, now time.Time) ([]Count, error)
}

const (
	// Patience is how long a message that was handed out may take before another try:
	// far more than all of a pass's gateways may.
	Patience = 10 * time.Minute
	// atOnce is how many messages are handed out together.
	atOnce = 10
	// sendTime is how long a gateway may take over one message.
	sendTime = 15 * time.Second
)

// waits are the pauses between tries: within two days all are over.
var waits = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour,
	6 * time.Hour, 12 * time.Hour, 24 * time.Hour}

// Notifier sends what is due.
type Notifier struct {
	queue    Queue
	key      *exchange.HolderKey
	gateways map[petition.NewsWay]Gateway
	quiet    petition.Quiet
	text     *web.Catalogue
	log      *slog.Logger
}

// New makes a notifier. It fails if something is missing.
func New(q Queue, key *exchange.HolderKey, c Gateways, log *slog.Logger) (*Notifier, error) {
	if q == nil || key == nil || log == nil {
		return nil, errors.New("a notifier needs a queue, its key and a log")
	}
	quiet, err := c.Quiet()
	if err != nil {
		return nil, err
	}
	gateways, err := c.gateways()
	if err != nil {
		return nil, err
	}
	text, err := web.NewCatalogue(web.Texts())
	if err != nil {
		return nil, err
	}
	return &Notifier{queue: q, key: key, gateways: gateways, quiet: quiet, text: text, log: log}, nil
}

// passEvery is how often the queue is looked at.
const passEvery = 15 * time.Second

// Run sends what falls due until the context ends. Several programs may: each message is
// handed to one.
func (n *Notifier) Run(ctx context.Context) { web.Every(ctx, n.log, "tell of news", passEvery, n.Pass) }

// Pass sends all that is due, unless it is night. A message that a gateway does not take
// now is tried again later; one that it refuses, or that was tried too often, is left
// where staff and operators see it.
func (n *Notifier) Pass(ctx context.Context, now time.Time) error {
	for !n.quiet.At(now) {
		due, err := n.queue.DueNews(ctx, now, atOnce)
		if err != nil {
			return err
		}
		for _, m := range due {
			if ctx.Err() != nil {
				return ctx.Err() // the rest is handed out again
			}
			if err := n.queue.NewsTried(ctx, m, n.try(ctx, m, now), now); err != nil {
				return err
			}
		}
		if len(due) < atOnce {
			break
		}
	}
	counts, err := n.queue.NewsCounts(ctx, now)
	if err != nil {
		return err
	}
	measure(counts)
	return nil
}

// try sends one message. The address lives on this stack and nowhere else.
func (n *Notifier) try(ctx context.Context, m Message, now time.Time) Result {
	gateway := n.gateways[m.Wish.Way]
	if gateway == nil {
		return Result{State: petition.NewsFailed, Why: "no gateway"}
	}
	a, err := exchange.OpenAddress(n.key, m.Wish)
	if err != nil {
		return Result{State: petition.NewsFailed, Why: "address does not open"}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	err = gateway.Send(ctx, n.words(m, a))
	if err == nil {
		return Result{State: petition.NewsSent}
	}
	r := n.failed(err, m, now)
	n.log.Warn("news not sent", "message", m.ID.String(), "way", string(m.Wish.Way), "tries", m.Tries,
		"state", string(r.State), "why", r.Why)
	return r
}

// failed decides what becomes of a message that did not go out. Only what a gateway's own
// code says of the error is kept: others quote what was sent.
func (n *Notifier) failed(err error, m Message, now time.Time) Result {
	var trouble *Trouble
	if !errors.As(err, &trouble) {
		trouble = &Trouble{Why: "no answer"}
	}
	switch {
	case trouble.Final:
		return Result{State: petition.NewsRefused, Why: trouble.Why}
	case m.Tries > len(waits):
		return Result{State: petition.NewsFailed, Why: trouble.Why}
	}
	return Result{State: petition.NewsWaiting, Why: trouble.Why, Next: n.quiet.After(now.Add(waits[m.Tries-1]))}
}

// words is the message in the reader's language.
func (n *Notifier) words(m Message, a exchange.Address) Outgoing {
	lang := a.Lang
	if !n.text.Has(lang, "news.sms") {
		lang = web.Languages[0]
	}
	out := Outgoing{ID: m.ID, To: a.To, Text: n.text.Say(lang, "news.sms")}
	if m.Wish.Way == petition.NewsByMail {
		out.Subject, out.Text = n.text.Say(lang, "news.mail.subject"), n.text.Say(lang, "news.mail.text")
	}
	return out
}
