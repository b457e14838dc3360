package officedb

import (
	"fmt"
	"testing"

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

func BenchmarkQueuePage(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		w.many(5000)
		by := w.who(county, petition.Registrar)
		for b.Loop() {
			_, err := w.s.Queue(b.Context(), by, backoffice.QueueQuery{Queue: petition.ToRegister, Now: w.now})
			w.must(err)
		}
	})
}

// BenchmarkBareQueue is the limit: the same index asked for the same rows, nothing
// opened.
func BenchmarkBareQueue(b *testing.B) {
	benched(b, func(b *testing.B, w *world) {
		w.many(5000)
		query := `SELECT l.case_id, l.line FROM leg l WHERE l.unit = ? AND l.queue = ? ORDER BY l.sort LIMIT 26`
		for b.Loop() {
			var rows []struct {
				Case sql.ID `db:"case_id"`
				Line []byte `db:"line"`
			}
			w.must(w.db.Select(b.Context(), &rows, query, county, petition.ToRegister))
		}
	})
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
