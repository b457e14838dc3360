package portaldb_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// errKilled stands for the end of the program: nothing after it happens.
var errKilled = errors.New("killed")

// killer ends the program before or after the n-th step that touches a database.
type killer struct {
	mu    sync.Mutex
	left  int  // steps until the end
	after bool // the step's effect is had, only nobody learns of it
	dead  bool
}

func step[T any](k *killer, do func() (T, error)) (T, error) {
	var none T
	k.mu.Lock()
	if k.dead {
		k.mu.Unlock()
		return none, errKilled
	}
	k.left--
	dies := k.left < 0
	k.dead = dies
	k.mu.Unlock()
	if dies && !k.after {
		return none, errKilled
	}
	v, err := do()
	if dies {
		return none, errKilled
	}
	return v, err
}

func act(k *killer, do func() error) error {
	_, err := step(k, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

type killedOffice struct {
	exchange.Office
	k *killer
}

func (o killedOffice) Lease(ctx context.Context, now time.Time) (fence int64, ok bool, err error) {
	err = act(o.k, func() (err error) { fence, ok, err = o.Office.Lease(ctx, now); return err })
	return fence, ok, err
}

func (o killedOffice) Unseen(ctx context.Context, ids []petition.ID) ([]petition.ID, error) {
	return step(o.k, func() ([]petition.ID, error) { return o.Office.Unseen(ctx, ids) })
}

func (o killedOffice) KeepChunk(ctx context.Context, t exchange.Taking, file petition.ID, n int, b []byte) error {
	return act(o.k, func() error { return o.Office.KeepChunk(ctx, t, file, n, b) })
}

func (o killedOffice) TakeFiling(ctx context.Context, t exchange.Taking, f exchange.SealedFiling) error {
	return act(o.k, func() error { return o.Office.TakeFiling(ctx, t, f) })
}

func (o killedOffice) TakeMessage(ctx context.Context, t exchange.Taking, m exchange.Message) error {
	return act(o.k, func() error { return o.Office.TakeMessage(ctx, t, m) })
}

func (o killedOffice) TakeAck(ctx context.Context, t exchange.Taking, a exchange.Ack) error {
	return act(o.k, func() error { return o.Office.TakeAck(ctx, t, a) })
}

func (o killedOffice) Quarantine(ctx context.Context, t exchange.Taking, it exchange.Item, files []petition.ID, why string) error {
	return act(o.k, func() error { return o.Office.Quarantine(ctx, t, it, files, why) })
}

func (o killedOffice) Outgoing(ctx context.Context, after petition.ID, n int) ([]exchange.Item, error) {
	return step(o.k, func() ([]exchange.Item, error) { return o.Office.Outgoing(ctx, after, n) })
}

type killedMailbox struct {
	exchange.Mailbox
	k *killer
}

func (m killedMailbox) Waiting(ctx context.Context, to string, after petition.ID, n int) ([]petition.ID, error) {
	return step(m.k, func() ([]petition.ID, error) { return m.Mailbox.Waiting(ctx, to, after, n) })
}

func (m killedMailbox) Fetch(ctx context.Context, ids []petition.ID) ([]exchange.Item, error) {
	return step(m.k, func() ([]exchange.Item, error) { return m.Mailbox.Fetch(ctx, ids) })
}

func (m killedMailbox) Files(ctx context.Context, ids []petition.ID) (map[petition.ID][]petition.ID, error) {
	return step(m.k, func() (map[petition.ID][]petition.ID, error) { return m.Mailbox.Files(ctx, ids) })
}

func (m killedMailbox) Chunks(ctx context.Context, file petition.ID) ([]int, error) {
	return step(m.k, func() ([]int, error) { return m.Mailbox.Chunks(ctx, file) })
}

func (m killedMailbox) Chunk(ctx context.Context, file petition.ID, n int) ([]byte, error) {
	return step(m.k, func() ([]byte, error) { return m.Mailbox.Chunk(ctx, file, n) })
}

func (m killedMailbox) Deliver(ctx context.Context, items []exchange.Item) error {
	return act(m.k, func() error { return m.Mailbox.Deliver(ctx, items) })
}

type killedInbox struct {
	exchange.Inbox
	k *killer
}

func (i killedInbox) Arrived(ctx context.Context, n int) ([]exchange.Item, error) {
	return step(i.k, func() ([]exchange.Item, error) { return i.Inbox.Arrived(ctx, n) })
}

func (i killedInbox) Apply(ctx context.Context, list []exchange.Arrival, acks []exchange.Item) error {
	return act(i.k, func() error { return i.Inbox.Apply(ctx, list, acks) })
}

// runUntilKilled runs both ends over the killer; it tells whether the killer struck.
func (l *line) runUntilKilled(k *killer) bool {
	o := l.offices[0]
	l.clock.add(time.Minute) // the lease of the courier before is over
	c := l.courier(killedOffice{o.as(1), k}, o.keys, killedMailbox{&sql.Mailbox{DB: l.db}, k})
	r := l.receiver(killedInbox{l.store, k})
	for range 6 {
		_, _ = c.Pass(l.t.Context()) // what it says nobody hears: the program is gone
		_, _ = r.Pass(l.t.Context())
		if k.dead {
			return true
		}
	}
	return false
}

// The program is stopped between every two steps, before and after the step's effect,
// and started again: nothing is lost and nothing is doubled.
func TestStopBetweenEveryTwoSteps(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		for n := 0; ; n++ {
			struck := false
			for _, after := range []bool{false, true} {
				a := l.file(o, "甲", 2)
				l.settle()
				m := l.say(o, a, "补充")
				b := l.file(o, "乙", 1)
				k := &killer{left: n, after: after}
				struck = l.runUntilKilled(k) || struck
				l.settle()
				l.atRest()
				if o.times[a.in.Filing] != 1 || o.times[b.in.Filing] != 1 || o.times[m] != 1 {
					t.Fatalf("killed at step %d: %d, %d, %d times", n, o.times[a.in.Filing], o.times[b.in.Filing], o.times[m])
				}
				if l.shown(a) != "补充" || l.shown(b) != "乙" || len(o.chunks[b.files[0]]) != 1 {
					t.Fatalf("killed at step %d: shown %q and %q", n, l.shown(a), l.shown(b))
				}
				if t.Failed() {
					t.Fatalf("killed at step %d, after %v", n, after)
				}
			}
			if !struck {
				t.Logf("stopped at each of %d steps", n)
				if n < 14 {
					t.Errorf("only %d steps", n)
				}
				return
			}
		}
	})
}
