package officedb

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"huiyin/petition"
	"huiyin/sql"
)

// figures are changes of the kept counts: what the lists of a unit hold, and its open
// legs by stage and day. They are written in the transaction of the legs that they
// count, in one order everywhere, so that two writers never wait for each other.
type figures struct {
	queues map[queueCell]int
	days   map[dayCell]int
}

type queueCell struct{ unit, queue string }

// dayCell counts open legs that are due on a day (dim D; "" without a clock) or came
// on a day (dim R).
type dayCell struct{ unit, stage, dim, day string }

const (
	dimDue      = "D"
	dimReceived = "R"
)

func newFigures() figures {
	return figures{queues: make(map[queueCell]int), days: make(map[dayCell]int)}
}

// count adds a leg n times: 1 for a row that comes, -1 for one that goes.
func (f figures) count(l legRow, n int) {
	f.queues[queueCell{l.Unit, l.Queue}] += n
	if l.Open {
		f.days[dayCell{l.Unit, l.Stage, dimDue, l.DueDay}] += n
		f.days[dayCell{l.Unit, l.Stage, dimReceived, l.FromDay}] += n
	}
}

// write adds the changes to the stored counts.
func (f figures) write(ctx context.Context, tx sql.Tx, d dialect) error {
	queues := slices.SortedFunc(maps.Keys(f.queues), func(a, b queueCell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.queue, b.queue))
	})
	for _, c := range queues {
		if n := f.queues[c]; n != 0 {
			if _, err := tx.Exec(ctx, d.addQueueCount, c.unit, c.queue, n); err != nil {
				return err
			}
		}
	}
	days := slices.SortedFunc(maps.Keys(f.days), func(a, b dayCell) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.stage, b.stage),
			cmp.Compare(a.dim, b.dim), cmp.Compare(a.day, b.day))
	})
	for _, c := range days {
		if n := f.days[c]; n != 0 {
			if _, err := tx.Exec(ctx, d.addOpenDay, c.unit, c.stage, c.dim, c.day, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// Recount counts every leg anew and names the first kept count that differs; "" if
// none does. It reads everything: for tests and for `verify`, not for pages.
func (s *Store) Recount(ctx context.Context) (string, error) {
	want := newFigures()
	var legs []legRow
	err := s.db.Select(ctx, &legs, `SELECT unit, queue, stage, is_open, due_day, from_day FROM leg`)
	if err != nil {
		return "", err
	}
	for _, l := range legs {
		want.count(l, 1)
	}
	var queues []struct {
		Unit  string `db:"unit"`
		Queue string `db:"queue"`
		N     int    `db:"n"`
	}
	if err := s.db.Select(ctx, &queues, `SELECT unit, queue, n FROM queue_count`); err != nil {
		return "", err
	}
	for _, q := range queues {
		want.queues[queueCell{q.Unit, q.Queue}] -= q.N
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
	return want.firstWrong(), nil
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
	return ""
}

// queueCounts are the kept counts of one unit, less what this person must not know of.
func (s *Store) queueCounts(ctx context.Context, sc scope, unit petition.UnitID) (map[petition.Queue]int, error) {
	var rows []struct {
		Queue string `db:"queue"`
		N     int    `db:"n"`
	}
	err := s.db.Select(ctx, &rows, `SELECT queue, n FROM queue_count WHERE unit = ?`, unit)
	if err != nil {
		return nil, err
	}
	barred, err := s.barred(ctx, sc)
	if err != nil {
		return nil, err
	}
	counts := make(map[petition.Queue]int)
	for _, r := range rows {
		counts[petition.Queue(r.Queue)] += r.N
	}
	for _, l := range barred {
		if l.Unit == string(unit) {
			counts[petition.Queue(l.Queue)]--
		}
	}
	for q, n := range counts {
		if n == 0 {
			delete(counts, q)
		}
	}
	return counts, nil
}

// barred is the legs that this person must not know of: they are few, and taken off
// every figure that he is shown.
func (s *Store) barred(ctx context.Context, sc scope) ([]legRow, error) {
	if sc.barred == 0 {
		return []legRow{}, nil
	}
	var rows []legRow
	err := s.db.Select(ctx, &rows, `
		SELECT l.unit, l.queue, l.stage, l.is_open, l.due_day, l.from_day
		FROM exclusion x JOIN leg l ON l.case_id = x.case_id
		WHERE x.staff = ?`, sc.actor.Staff)
	return rows, err
}
