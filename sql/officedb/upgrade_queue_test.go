package officedb

import (
	"testing"

	"huiyin/sql"
	"huiyin/sql/storetest"
)

// A recusal that waited among the rulings waits with those who decide about it, and is
// counted there; a dispute stays, also if the step is run again.
func TestRecusalsMoveIntoTheirOwnQueue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := open()
		w := &world{t: t, db: db}
		w.must(sql.Migrate(t.Context(), db, upTo(t, "0013")))
		leg := func(id byte, n int, queue, state string) {
			w.exec(`INSERT INTO leg (case_id, n, unit, queue, state, stage, is_open, sort, number, track, topic, channel,
				received, due_at, warn_at, clock, due_day, from_day, handler, wake_at, changed_at, line)
				VALUES (?, ?, '530102', ?, ?, '', 1, ?, '', '', '', '', ?, 0, 0, '', '', '', ?, 0, 0, ?)`,
				sql.ID{id}, n, queue, state, []byte{id, byte(n)}, int(id)*10+n, sql.ID{}, []byte{})
		}
		leg(1, 1, "rule", "handling")
		leg(2, 1, "done", "disputed")
		leg(2, 2, "rule", "deciding")
		leg(3, 1, "handle", "handling")
		leg(3, 2, "rule", "deciding")
		w.exec(`INSERT INTO queue_count (unit, queue, handler, n) VALUES ('530102', 'rule', ?, 3)`, sql.ID{})
		w.must(sql.Migrate(t.Context(), db, Migrations()))
		for queue, want := range map[string]int{"rule": 1, "recuse": 2} {
			var legs, kept int
			w.must(db.Get(t.Context(), &legs, `SELECT COUNT(*) FROM leg WHERE queue = ?`, queue))
			w.must(db.Get(t.Context(), &kept, `SELECT COALESCE(SUM(n), 0) FROM queue_count WHERE queue = ?`, queue))
			if legs != want || kept != want {
				t.Errorf("%s: %d legs, %d counted, want %d", queue, legs, kept, want)
			}
		}
	})
}
