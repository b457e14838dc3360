package officedb

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"huiyin/sql"
)

// BenchmarkQueueOfALoad is what Load pays for the log of record: one operation is the
// hashes of 500 cases of four events.
func BenchmarkQueueOfALoad(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		for b.Loop() {
			w.wait(4 * loadBlock)
		}
	})
}

// wait puts so many hashes into the queue.
func (w *world) wait(n int) {
	w.t.Helper()
	hashes := make([]sql.Hash, n)
	for i := range hashes {
		_, _ = rand.Read(hashes[i][:]) // never fails
	}
	w.must(w.db.Write(w.t.Context(), func(ctx context.Context, tx sql.Tx) error { return enqueue(ctx, tx, w.now, hashes...) }))
}

// BenchmarkSequence gives positions to many entries; entries/s is how fast.
func BenchmarkSequence(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		var n int
		var took time.Duration
		for b.Loop() {
			b.StopTimer()
			w.wait(2 * sequencerBatch)
			b.StartTimer()
			began := time.Now()
			n += w.sequence()
			took += time.Since(began)
		}
		b.ReportMetric(float64(n)/took.Seconds(), "entries/s")
	})
}

// BenchmarkSequenceOne is the usual pass: one entry since the last.
func BenchmarkSequenceOne(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		w.wait(10_000)
		w.sequence()
		for b.Loop() {
			b.StopTimer()
			w.wait(1)
			b.StartTimer()
			_, err := w.s.Sequence(b.Context(), w.now)
			w.must(err)
		}
	})
}

// BenchmarkSequenceIdle is a pass with nothing to do.
func BenchmarkSequenceIdle(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		w.sequence()
		for b.Loop() {
			_, err := w.s.Sequence(b.Context(), w.now)
			w.must(err)
		}
	})
}

// BenchmarkVerify goes through 500 cases of four events.
func BenchmarkVerify(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		w.many(loadBlock)
		w.sequence()
		for b.Loop() {
			w.must(w.s.Verify(b.Context()))
		}
	})
}
