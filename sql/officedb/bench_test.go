package officedb

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// benched runs a benchmark on each engine that is there.
func benched(b *testing.B, run func(b *testing.B, w *world)) {
	b.Run("sqlite", func(b *testing.B) { run(b, newWorldSQLite(b)) })
	b.Run("mysql", func(b *testing.B) {
		run(b, newWorld(b, storetest.Open(b, storetest.MySQLURL(b, storetest.Server(b)))))
	})
}

// BenchmarkLoad stores histories of four events; one operation is 500 cases.
func BenchmarkLoad(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		id := w.accepted(county, "Party age")
		h, err := w.s.holdAny(b.Context(), id)
		w.must(err)
		n := 0
		for b.Loop() {
			cases := make([]LoadedCase, loadBlock)
			for i := range cases {
				n++
				events := append([]petition.Event(nil), h.c.Events...)
				events[1].Act.Number = fmt.Sprintf("N%d", n)
				cases[i] = LoadedCase{ID: w.id(), Events: events}
			}
			w.must(w.s.Load(b.Context(), cases, w.now))
		}
	})
}

// BenchmarkQueueStatement holds P4's second bar: the statement of a queue's page, with
// its guard and every filter that a reader may set, beside the limit: the same columns
// of the same rows by the same index, unguarded and unfiltered. Beside both the whole
// call, which also reads the reader's scope and the kept counts and opens 25 sealed
// lines. First page and a deep one, in turns, so that a noisy machine is noisy for all.
func BenchmarkQueueStatement(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		w.many(5000)
		by := w.who(county, petition.Registrar)
		q := queueOf(petition.ToRegister, w.now)
		b.Run("first", func(b *testing.B) { w.queueBeside(b, by, q) })
		for range 150 {
			p, err := w.s.Queue(b.Context(), by, q)
			w.must(err)
			q.After = p.Next
		}
		b.Run("page151", func(b *testing.B) { w.queueBeside(b, by, q) })
	})
}

func (w *world) queueBeside(b *testing.B, by petition.Actor, q backoffice.QueueQuery) {
	sc, err := w.s.scopeOf(b.Context(), by)
	w.must(err)
	p, err := newPage(sc, county, q)
	w.must(err)
	bare := `SELECT ` + legColumns + ` FROM leg l WHERE l.unit = ? AND l.queue = ? AND l.sort > ? ORDER BY l.sort LIMIT ?`
	if w.db.Engine() == sql.MySQL {
		bare = strings.Replace(bare, "FROM leg l", "FROM leg l FORCE INDEX (leg_queue)", 1)
	}
	var limit, statement, whole []time.Duration
	timed := func(took *[]time.Duration, do func() error) {
		began := time.Now()
		w.must(do())
		*took = append(*took, time.Since(began))
	}
	for b.Loop() {
		timed(&limit, func() error {
			var rows []legRow
			return w.db.Select(b.Context(), &rows, bare, p.unit, p.Queue, p.after, p.limit)
		})
		timed(&statement, func() error {
			var rows []legRow
			return w.db.Select(b.Context(), &rows, p.statement(w.s.dialect), p.arguments()...)
		})
		timed(&whole, func() error { _, err := w.s.Queue(b.Context(), by, q); return err })
	}
	half := func(took []time.Duration) float64 {
		return float64(slices.Sorted(slices.Values(took))[len(took)/2].Microseconds())
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(half(limit), "bare-µs")
	b.ReportMetric(half(statement), "statement-µs")
	b.ReportMetric(half(whole), "whole-µs")
	b.ReportMetric(half(statement)/half(limit), "statement÷bare")
}

func BenchmarkAct(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		id := w.registered(county, "Party age")
		by := w.who(county, petition.Registrar)
		c, err := w.s.Case(b.Context(), by, id)
		w.must(err)
		for b.Loop() {
			c, err = w.s.Act(b.Context(), by, id, c.Version(), petition.Act{Action: petition.Note, Text: "seen"}, w.now)
			w.must(err)
			if c.Version() > 20 { // a case of usual length
				id = w.registered(county, "Party age")
				c, err = w.s.Case(b.Context(), by, id)
				w.must(err)
			}
		}
	})
}

func BenchmarkCase(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		id := w.registered(county, "Party age")
		by := w.who(county, petition.Registrar)
		for range 198 {
			w.do(by, id, petition.Act{Action: petition.Note, Text: "seen"})
		}
		for b.Loop() { // 200 events
			_, err := w.s.Case(b.Context(), by, id)
			w.must(err)
		}
	})
}

func BenchmarkTakeFiling(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		for b.Loop() {
			w.filed(aFiling(county, "Party age"))
		}
	})
}
