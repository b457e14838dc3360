package main

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// BenchmarkP8 is intake: petitions are submitted as in P1 while the mail line runs in
// the same process; for one in sixteen the time is taken from sending the form to the
// moment when its row can be read in the office's queue (looked for every 5 ms). Then
// how long the line takes to empty the outbox after the last submission.
func BenchmarkP8Intake(b *testing.B) {
	benchEach(b, func(b *testing.B, c *config) {
		for b.Loop() {
			r := start(b, c)
			r.populate()
			r.carry()
			stop := r.work()
			const conns, n = 32, 2000
			papers := r.writePapers(n)
			arrived := r.watch()
			p := visits(b, r.portalAt, conns, n, func(v *visitor, i int) error {
				began := time.Now()
				took, err := r.submit(v, papers[i])
				if err == nil && i%16 == 0 {
					err = arrived.follow(v, papers[i], began, took)
				}
				return err
			})
			last := time.Now()
			arrived.wait()
			emptied := r.emptied(last)
			stop()
			t := newTable(b, "P8  intake, "+b.Name())
			t.line("submissions/s with the office at work\tsampled\tin the queue p50 ms\tp99 ms\toutbox empty after ms\tresident MB")
			in := sorted(arrived.took)
			t.line("%.0f\t%d\t%.0f\t%.0f\t%.0f\t%.0f", p.perSecond, len(in.took), ms(in.at(.5)), ms(in.at(.99)), ms(emptied), resident(b, "self"))
			t.atMost("P8 p99 in seconds", in.at(.99).Seconds(), 1)
			t.close()
			b.ReportMetric(ms(in.at(.99)), "p99-ms")
			b.ReportMetric(p.perSecond, "submissions/s")
			runtime.GC()
		}
	})
}

// arrivals watches the office's queue for sampled filings: one statement every 5 ms for
// all of them, so that looking costs the same however far behind the office is.
type arrivals struct {
	r    *rig
	mu   sync.Mutex
	sent map[petition.ID]time.Time // not seen in the queue yet
	took []time.Duration
	over bool          // nothing more is sent
	done chan struct{} // closed when all were seen
}

func (r *rig) watch() *arrivals {
	a := &arrivals{r: r, sent: make(map[petition.ID]time.Time), done: make(chan struct{})}
	go a.look()
	return a
}

// follow finds the filing behind the receipt and has its row waited for beside the load.
// began is when the path began; the form was sent at its end, took ago.
func (a *arrivals) follow(v *visitor, p paper, began time.Time, took time.Duration) error {
	sent := time.Now().Add(-took)
	if sent.Before(began) {
		sent = began
	}
	receipt, err := v.get("/file/done/receipt.txt", p.headers)
	if err != nil {
		return err
	}
	text, err := codeIn(receipt)
	if err != nil {
		return err
	}
	code, err := exchange.ParseCode(text)
	if err != nil {
		return err
	}
	o, err := a.r.filings.Opened(context.Background(), code.Locator())
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sent[o.Filing] = sent
	return nil
}

func (a *arrivals) look() {
	defer close(a.done)
	for {
		ids, over := a.waiting()
		if over && len(ids) == 0 {
			return
		}
		a.seen(a.r.queued(ids))
		time.Sleep(5 * time.Millisecond)
	}
}

// waiting is what was not seen yet; what is not there after a minute counts as that.
func (a *arrivals) waiting() (ids []petition.ID, over bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, sent := range a.sent {
		if time.Since(sent) > time.Minute {
			a.took = append(a.took, time.Since(sent))
			delete(a.sent, id)
			continue
		}
		ids = append(ids, id)
	}
	return ids, a.over
}

func (a *arrivals) seen(ids []petition.ID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, id := range ids {
		a.took = append(a.took, time.Since(a.sent[id]))
		delete(a.sent, id)
	}
}

func (a *arrivals) wait() {
	a.mu.Lock()
	a.over = true
	a.mu.Unlock()
	<-a.done
}

// queued is those of the cases whose row stands in the registrars' queue of the office.
func (r *rig) queued(ids []petition.ID) []petition.ID {
	var found []sql.ID
	for part := range sql.Parts(ids) {
		var some []sql.ID
		err := r.officeDB.Select(context.Background(), &some, `SELECT case_id FROM leg WHERE n = 1 AND queue = ? AND case_id IN (`+
			sql.Marks(len(part))+`)`, append([]any{petition.ToRegister}, sql.Args(part)...)...)
		if err == nil {
			found = append(found, some...)
		}
	}
	return sql.IDs(found)
}

// emptied waits until the portal's outbox is empty and tells how long after an instant.
func (r *rig) emptied(since time.Time) time.Duration {
	for time.Since(since) < 2*time.Minute {
		var left int
		must(r.b, r.portalDB.Get(r.b.Context(), &left, `SELECT COUNT(*) FROM outbox`))
		if left == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(since)
}
