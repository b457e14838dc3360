package officedb

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// P14: a page touches at most three times its rows and ten more, the first page like
// the last (Handler_* on MariaDB; no scan and no sorting in SQLite's plan).

// handled is what MariaDB's counters say that this session has read.
func handled(ctx context.Context, tx sql.Tx) (n int, err error) {
	err = tx.Get(ctx, &n, `
		SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM information_schema.SESSION_STATUS
		WHERE VARIABLE_NAME LIKE 'HANDLER_READ%' OR VARIABLE_NAME = 'HANDLER_ICP_ATTEMPTS'`)
	return n, err
}

// touched is how many rows a page touches, with all its statements.
func (w *world) touched(pages []page, most int) (n int) {
	w.t.Helper()
	w.must(w.db.Write(w.t.Context(), func(ctx context.Context, tx sql.Tx) error {
		var seen [3]int
		for i := range seen {
			if i == 2 {
				if _, _, err := nearest(ctx, tx, w.s.dialect, pages, most); err != nil {
					return err
				}
			}
			var err error
			if seen[i], err = handled(ctx, tx); err != nil {
				return err
			}
		}
		n = seen[2] - seen[1] - (seen[1] - seen[0]) // less what asking itself costs
		return nil
	}))
	return n
}

// planned runs statements, and keeps how SQLite answers them.
type planned struct {
	w     *world
	steps []string
}

func (p *planned) Select(ctx context.Context, dest any, query string, args ...any) error {
	p.steps = append(p.steps, p.w.plan(query, args)...)
	return p.w.db.Select(ctx, dest, query, args...)
}

// cheap holds one page to the bar.
func (w *world) cheap(sc scope, q backoffice.QueueQuery) {
	w.t.Helper()
	q.Now = w.now
	p, err := newPage(sc, sc.actor.Unit, q)
	w.must(err)
	pages, err := p.walks(sc)
	w.must(err)
	what := fmt.Sprintf("%s %+v from %x, of %d lists", sc.actor.Name, q, p.after[:4], len(pages))
	if w.db.Engine() == sql.MySQL {
		// Rows that moved to another list are counted where they were until the server has
		// purged them, which waits for all that others read meanwhile.
		n := w.touched(pages, p.limit)
		for range 100 {
			if n <= 3*p.limit+10 {
				break
			}
			time.Sleep(100 * time.Millisecond)
			n = w.touched(pages, p.limit)
		}
		w.t.Logf("%d rows: %s", n, what)
		if n > 3*p.limit+10 {
			w.t.Errorf("%d rows: %s", n, what)
		}
		return
	}
	plan := &planned{w: w}
	_, _, err = nearest(w.t.Context(), plan, w.s.dialect, pages, p.limit)
	w.must(err)
	for _, step := range plan.steps {
		if strings.HasPrefix(step, "SCAN") || strings.Contains(step, "TEMP B-TREE") {
			w.t.Errorf("%s: %s", what, step)
		}
	}
}

// everyDepth holds a list to the bar on its first page, one in the middle and the last,
// without and with the filters that fit all of it.
func (w *world) everyDepth(by petition.Actor, q backoffice.QueueQuery, filters ...backoffice.QueueQuery) {
	w.t.Helper()
	sc, err := w.s.scopeOf(w.t.Context(), by)
	w.must(err)
	q.Now, q.Limit = w.now, 100
	all := w.walk(by, q)
	q.Limit = 0
	for _, f := range append(filters, backoffice.QueueQuery{}) {
		one := q
		one.Due, one.Topic, one.Track, one.Stage, one.From = f.Due, f.Topic, f.Track, f.Stage, f.From
		for _, left := range []int{len(all), len(all) / 2, pageSize + 1, pageSize, 1} {
			one.After = ""
			if at := len(all) - left; at > 0 {
				one.After = cursorText.EncodeToString(w.sortOf(all[at-1]))
			}
			w.cheap(sc, one)
		}
	}
}

var usualFilters = []backoffice.QueueQuery{{Due: "week"}, {Topic: "C"}, {Track: petition.Claim}, {Stage: backoffice.Active}, {From: "2026-01-01"}}

func TestDeepPagesTouchFewRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(600)
		registrar := w.who(county, petition.Registrar)
		w.everyDepth(registrar, backoffice.QueueQuery{Queue: petition.ToRegister}, usualFilters...)
		w.everyDepth(registrar, backoffice.QueueQuery{}, usualFilters...)
		w.must(w.s.Exclude(t.Context(), w.id(), registrar.Staff, w.now))
		w.everyDepth(registrar, backoffice.QueueQuery{}, usualFilters...)
		sc, err := w.s.scopeOf(t.Context(), registrar)
		w.must(err)
		w.cheap(sc, backoffice.QueueQuery{Mine: true, Queue: petition.ToHandle})
	})
}

// spread puts the open legs into these queues in turn, and in each to one handler after
// the other. Lists and rows only: no case is like that.
func (w *world) spread(unit petition.UnitID, queues []petition.Queue, handlers ...petition.ID) {
	w.t.Helper()
	var legs []aboveRow
	w.must(w.db.Select(w.t.Context(), &legs, `SELECT unit AS above, sort, case_id, n FROM leg WHERE unit = ? ORDER BY sort`, unit))
	w.must(w.db.Write(w.t.Context(), func(ctx context.Context, tx sql.Tx) error {
		for i, l := range legs {
			queue, handler := queues[i%len(queues)], handlers[i/len(queues)%len(handlers)]
			_, err := tx.Exec(ctx, `UPDATE leg SET queue = ?, handler = ? WHERE case_id = ? AND n = ?`, queue, handler, l.Case, l.N)
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// P14 for what is one person's to do: over all his queues, also where his rows stand
// among many of others, and for somebody who holds several offices.
func TestTodoTouchesFewRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(960)
		me := w.hire(county, "several", petition.Handler, petition.Registrar)
		var people []petition.Actor
		for _, r := range []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead, petition.Leader, petition.ClosingAuditor} {
			people = append(people, w.who(county, r))
		}
		for _, by := range append(people, me, w.hire(county, "all", workers...)) {
			w.spread(county, petition.Queues, by.Staff, petition.ID{}, petition.ID{7})
			w.everyDepth(by, backoffice.QueueQuery{Todo: true}, usualFilters...)
		}
		w.must(w.s.Exclude(t.Context(), w.id(), me.Staff, w.now))
		w.everyDepth(me, backoffice.QueueQuery{Todo: true}, usualFilters...)
		for _, queues := range [][]petition.Queue{{petition.ToHandle}, {petition.ToHandle, petition.ToClose}, {petition.ToAccept}} {
			w.spread(county, queues, me.Staff, petition.ID{}) // the other lists are empty
			w.everyDepth(me, backoffice.QueueQuery{Todo: true})
		}
	})
}

func TestTodoTouchesFewRowsOfOthers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(300)
		w.exec(`UPDATE leg SET queue = ?, state = 'handling', handler = ?`, petition.ToHandle, petition.ID{7})
		me := w.who(county, petition.Handler)
		id := w.registered(county, "handled")
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Distribute, Office: "org", Handler: me.Staff})
		w.everyDepth(me, backoffice.QueueQuery{Todo: true})
		mine := w.walk(me, backoffice.QueueQuery{Todo: true, Now: w.now})
		if len(mine) != 1 || mine[0].Case != id {
			t.Errorf("%d rows to do", len(mine))
		}
	})
}

// P14 for a unit and all below it.
func TestDeepPagesOfManyUnitsTouchFewRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(400)
		for _, unit := range []petition.UnitID{prov, city, county2} {
			for range 4 {
				w.registered(unit, "one more")
			}
		}
		leader := w.who(prov, petition.Leader)
		w.everyDepth(leader, backoffice.QueueQuery{Below: true}, usualFilters...)
		w.everyDepth(leader, backoffice.QueueQuery{Below: true, Queue: petition.ToRegister})
		w.must(w.s.Exclude(t.Context(), w.id(), leader.Staff, w.now))
		w.everyDepth(leader, backoffice.QueueQuery{Below: true}, usualFilters...)
	})
}

func (w *world) sortOf(r backoffice.QueueRow) []byte {
	w.t.Helper()
	var sort []byte
	w.must(w.db.Get(w.t.Context(), &sort, `SELECT sort FROM leg WHERE case_id = ? AND n = ?`, r.Case, r.Leg))
	return sort
}

// plan is how SQLite will answer.
func (w *world) plan(query string, args []any) []string {
	w.t.Helper()
	var rows []struct {
		ID      int    `db:"id"`
		Parent  int    `db:"parent"`
		Notused int    `db:"notused"`
		Detail  string `db:"detail"`
	}
	w.must(w.db.Select(w.t.Context(), &rows, `EXPLAIN QUERY PLAN `+query, args...))
	var steps []string
	for _, r := range rows {
		steps = append(steps, r.Detail)
	}
	return steps
}
