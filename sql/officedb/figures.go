package officedb

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// figures are changes of the kept counts: what the lists of a unit hold, its open legs by
// stage and day, and what its legs left for the indicators. They are written in the transaction of the legs that they
// count, in one order everywhere, so that two writers never wait for each other.
type figures struct {
	queues map[queueCell]int
	days   map[dayCell]int
	marks  map[markCell]petition.Tally
}

// queueCell counts what waits in a queue of a unit, by whom it was given to.
type queueCell struct {
	unit, queue string
	handler     sql.ID
}

// noticeQueue is where notices that nobody has read yet are counted; it is no queue of
// legs.
const noticeQueue = "notice"

// dayCell counts open legs that are due on a day (dim D; "" without a clock) or came
// on a day (dim R).
type dayCell struct{ unit, stage, dim, day string }

const (
	dimDue      = "D"
	dimReceived = "R"
)

func newFigures() figures {
	return figures{queues: make(map[queueCell]int), days: make(map[dayCell]int), marks: make(map[markCell]petition.Tally)}
}

// count adds a leg n times: 1 for a row that comes, -1 for one that goes.
func (f figures) count(l legRow, n int) {
	f.queues[queueCell{l.Unit, l.Queue, l.Handler}] += n
	if l.Open {
		f.days[dayCell{l.Unit, l.Stage, dimDue, l.DueDay}] += n
		f.days[dayCell{l.Unit, l.Stage, dimReceived, l.FromDay}] += n
	}
	eachMark(l.Marks, func(what, day string, t petition.Tally) {
		for _, at := range []string{day, monthKey(day)} {
			f.mark(markCell{l.Unit, at, what}, petition.Tally{Num: n * t.Num, Den: n * t.Den})
		}
	})
}

func (f figures) mark(c markCell, t petition.Tally) { f.marks[c] = f.marks[c].Add(t) }

// write adds the changes to the stored counts.
func (f figures) write(ctx context.Context, tx sql.Tx, d dialect) error {
	queues := slices.SortedFunc(maps.Keys(f.queues), func(a, b queueCell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.queue, b.queue), bytes.Compare(a.handler[:], b.handler[:]))
	})
	var rows [][]any
	for _, c := range queues {
		if n := f.queues[c]; n != 0 {
			rows = append(rows, []any{c.unit, c.queue, c.handler, n})
		}
	}
	if err := upsertRows(ctx, tx, queueCountHead, queueCountMark, d.addQueueCount, rows); err != nil {
		return err
	}
	days := slices.SortedFunc(maps.Keys(f.days), func(a, b dayCell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.stage, b.stage),
			cmp.Compare(a.dim, b.dim), cmp.Compare(a.day, b.day))
	})
	rows = nil
	for _, c := range days {
		if n := f.days[c]; n != 0 {
			rows = append(rows, []any{c.unit, c.stage, c.dim, c.day, n})
		}
	}
	if err := upsertRows(ctx, tx, openDayHead, openDayMark, d.addOpenDay, rows); err != nil {
		return err
	}
	return upsertRows(ctx, tx, indicatorDayHead, indicatorDayMark, d.addIndicatorDay, f.markRows())
}

func (f figures) markRows() [][]any {
	cells := slices.SortedFunc(maps.Keys(f.marks), func(a, b markCell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.day, b.day), cmp.Compare(a.what, b.what))
	})
	var rows [][]any
	for _, c := range cells {
		if t := f.marks[c]; t != (petition.Tally{}) {
			rows = append(rows, []any{c.unit, c.day, c.what, t.Num, t.Den})
		}
	}
	return rows
}

// Recount counts every leg anew and names the first kept count that differs, or list over
// many units; "" if none does. It reads everything: for tests and for `verify`, not for pages.
func (s *Store) Recount(ctx context.Context) (string, error) {
	want := newFigures()
	var legs []legRow
	err := s.db.Select(ctx, &legs, `SELECT unit, queue, handler, stage, is_open, due_day, from_day, marks FROM leg`)
	if err != nil {
		return "", err
	}
	for _, l := range legs {
		want.count(l, 1)
	}
	if err := s.recountNotices(ctx, want); err != nil {
		return "", err
	}
	var queues []struct {
		Unit    string `db:"unit"`
		Queue   string `db:"queue"`
		Handler sql.ID `db:"handler"`
		N       int    `db:"n"`
	}
	if err := s.db.Select(ctx, &queues, `SELECT unit, queue, handler, n FROM queue_count`); err != nil {
		return "", err
	}
	for _, q := range queues {
		want.queues[queueCell{q.Unit, q.Queue, q.Handler}] -= q.N
	}
	var days []struct {
		Unit  string `db:"unit"`
		Stage string `db:"stage"`
		Dim   string `db:"dim"`
		Day   string `db:"day"`
		N     int    `db:"n"`
	}
	if err := s.db.Select(ctx, &days, `SELECT unit, stage, dim, day, n FROM open_day`); err != nil {
		return "", err
	}
	for _, d := range days {
		want.days[dayCell{d.Unit, d.Stage, d.Dim, d.Day}] -= d.N
	}
	if err := s.recountMarks(ctx, want); err != nil {
		return "", err
	}
	if wrong := want.firstWrong(); wrong != "" {
		return wrong, nil
	}
	return s.recountAbove(ctx)
}

func (f figures) firstWrong() string {
	for c, n := range f.queues {
		if n != 0 {
			return "queue " + c.unit + " " + c.queue
		}
	}
	for c, n := range f.days {
		if n != 0 {
			return "day " + c.unit + " " + c.stage + " " + c.dim + " " + c.day
		}
	}
	for c, t := range f.marks {
		if t != (petition.Tally{}) {
			return "indicator " + c.unit + " " + c.what + " " + c.day
		}
	}
	return ""
}

// queueCounts are the kept counts of one unit, less what this person must not know of:
// all of each queue, and what of it is this person's to do.
func (s *Store) queueCounts(ctx context.Context, sc scope, unit petition.UnitID) (backoffice.Counts, error) {
	counts := backoffice.Counts{All: make(map[petition.Queue]int), Mine: make(map[petition.Queue]int)}
	var rows []struct {
		Queue   string `db:"queue"`
		Handler sql.ID `db:"handler"`
		N       int    `db:"n"`
	}
	err := s.db.Select(ctx, &rows, `SELECT queue, handler, n FROM queue_count WHERE unit = ? AND n <> 0`, unit)
	if err != nil {
		return counts, err
	}
	barred, err := s.barred(ctx, sc)
	if err != nil {
		return counts, err
	}
	add := func(queue string, handler sql.ID, n int) {
		q := petition.Queue(queue)
		counts.All[q] += n
		if unit == sc.actor.Unit && q.For(sc.actor, petition.ID(handler)) {
			counts.Mine[q] += n
		}
	}
	for _, r := range rows {
		if r.Queue == noticeQueue {
			continue
		}
		add(r.Queue, r.Handler, r.N)
	}
	for _, l := range barred {
		if l.Unit == string(unit) {
			add(l.Queue, l.Handler, -1)
		}
	}
	if unit == sc.actor.Unit && sc.actor.Is(noticeReaders...) {
		if counts.Notices, err = s.unread(ctx, sc); err != nil {
			return counts, err
		}
	}
	for _, of := range []map[petition.Queue]int{counts.All, counts.Mine} {
		maps.DeleteFunc(of, func(_ petition.Queue, n int) bool { return n == 0 })
	}
	return counts, nil
}

// barred is the legs that this person must not know of: they are few, and taken off
// every figure that he is shown.
func (s *Store) barred(ctx context.Context, sc scope) ([]legRow, error) {
	if len(sc.barred) == 0 {
		return []legRow{}, nil
	}
	var rows []legRow
	err := s.db.Select(ctx, &rows, `
		SELECT l.unit, l.queue, l.handler, l.stage, l.is_open, l.due_day, l.from_day, l.marks
		FROM exclusion x JOIN leg l ON l.case_id = x.case_id
		WHERE x.staff = ?`, sc.actor.Staff)
	return rows, err
}
