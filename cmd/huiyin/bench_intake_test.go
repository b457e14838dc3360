package main

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
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
			arrived := &arrivals{r: r}
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

// arrivals watches the office's queue for sampled filings.
type arrivals struct {
	r       *rig
	mu      sync.Mutex
	took    []time.Duration
	looking sync.WaitGroup
}

// follow finds the filing behind the receipt and waits for its row beside the load.
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
	a.looking.Go(func() { a.look(o.Filing, sent) })
	return nil
}

func (a *arrivals) look(id petition.ID, sent time.Time) {
	for time.Since(sent) < time.Minute && !a.r.queued(id) {
		time.Sleep(5 * time.Millisecond)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.took = append(a.took, time.Since(sent))
}

func (a *arrivals) wait() { a.looking.Wait() }

// queued tells whether a case's row stands in a queue of the office.
func (r *rig) queued(id petition.ID) bool {
	var queue string
	err := r.officeDB.Get(context.Background(), &queue, `SELECT queue FROM leg WHERE case_id = ? AND n = 1`, id)
	return err == nil && queue == string(petition.ToRegister)
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
