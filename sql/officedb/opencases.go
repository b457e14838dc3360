package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// OpenCases is the leader's table: open legs of a unit ("" for the actor's own) and those
// below it by unit and stage, with how many are overdue, due soon and old. It adds up kept
// figures by day; no case is read.
func (s *Store) OpenCases(ctx context.Context, by petition.Actor, unit petition.UnitID, now time.Time) ([]backoffice.OpenCount, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	if unit, err = s.unitInScope(ctx, sc, unit); err != nil {
		return nil, err
	}
	low, high, err := s.below(ctx, unit)
	if err != nil {
		return nil, err
	}
	days := daysAround(now)
	var rows []openSum
	err = s.db.Select(ctx, &rows, `
		SELECT d.unit, d.stage,
			SUM(CASE WHEN d.dim = 'R' THEN d.n ELSE 0 END) AS total,
			SUM(CASE WHEN d.dim = 'D' AND d.day <> '' AND d.day < ? THEN d.n ELSE 0 END) AS overdue,
			SUM(CASE WHEN d.dim = 'D' AND d.day >= ? AND d.day <= ? THEN d.n ELSE 0 END) AS soon,
			SUM(CASE WHEN d.dim = 'R' AND d.day < ? THEN d.n ELSE 0 END) AS old30,
			SUM(CASE WHEN d.dim = 'R' AND d.day < ? THEN d.n ELSE 0 END) AS old60
		FROM unit u JOIN open_day d ON d.unit = u.id
		WHERE u.path >= ? AND u.path < ?
		GROUP BY d.unit, d.stage, u.place
		ORDER BY u.place, d.unit, d.stage`,
		days.today, days.today, days.soon, days.old30, days.old60, low, high)
	if err != nil {
		return nil, err
	}
	barred, err := s.barred(ctx, sc)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.OpenCount, 0, len(rows))
	for _, r := range rows {
		for _, l := range barred {
			r.takeOff(l, days)
		}
		if r.Count > 0 {
			out = append(out, backoffice.OpenCount{Unit: petition.UnitID(r.Unit), Stage: r.Stage, Count: r.Count,
				Over: r.Over, Soon: r.Soon, Old30: r.Old30, Old60: r.Old60})
		}
	}
	return out, nil
}

// openSum is one cell as the figures have it.
type openSum struct {
	Unit  string `db:"unit"`
	Stage string `db:"stage"`
	Count int    `db:"total"`
	Over  int    `db:"overdue"`
	Soon  int    `db:"soon"`
	Old30 int    `db:"old30"`
	Old60 int    `db:"old60"`
}

// takeOff takes a leg away that the reader must not know of.
func (r *openSum) takeOff(l legRow, d bounds) {
	if !l.Open || l.Unit != r.Unit || l.Stage != r.Stage {
		return
	}
	less := func(n *int, counted bool) {
		if counted {
			*n--
		}
	}
	r.Count--
	less(&r.Over, d.over(l.DueDay))
	less(&r.Soon, d.within(l.DueDay, d.soon))
	less(&r.Old30, l.FromDay < d.old30)
	less(&r.Old60, l.FromDay < d.old60)
}

// bounds is the days between which figures are added up.
type bounds struct{ today, soon, week, old30, old60 string }

func daysAround(now time.Time) bounds {
	day := func(n int) string { return petition.Day(now.AddDate(0, 0, n)) }
	return bounds{today: day(0), soon: day(soonDays), week: day(weekDays), old30: day(-30), old60: day(-60)}
}

// over and within sort a due day; "" is due never.
func (b bounds) over(due string) bool { return due != "" && due < b.today }

func (b bounds) within(due, last string) bool { return due >= b.today && due <= last }

// Dues tells how many open legs of a unit are due when, each as long as the list that
// Queue gives for the same word.
func (s *Store) Dues(ctx context.Context, by petition.Actor, unit petition.UnitID, now time.Time) (backoffice.DueCounts, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return backoffice.DueCounts{}, err
	}
	if unit, err = s.unitInScope(ctx, sc, unit); err != nil {
		return backoffice.DueCounts{}, err
	}
	var rows []struct {
		Day string `db:"day"`
		N   int    `db:"n"`
	}
	err = s.db.Select(ctx, &rows, `SELECT day, n FROM open_day WHERE unit = ? AND dim = ?`, unit, dimDue)
	if err != nil {
		return backoffice.DueCounts{}, err
	}
	barred, err := s.barred(ctx, sc)
	if err != nil {
		return backoffice.DueCounts{}, err
	}
	days := daysAround(now)
	var d backoffice.DueCounts
	for _, r := range rows {
		days.add(&d, r.Day, r.N)
	}
	for _, l := range barred {
		if l.Open && l.Unit == string(unit) {
			days.add(&d, l.DueDay, -1)
		}
	}
	return d, nil
}

func (b bounds) add(d *backoffice.DueCounts, due string, n int) {
	d.Open += n
	if b.over(due) {
		d.Over += n
	}
	if b.within(due, b.soon) {
		d.Soon += n
	}
	if b.within(due, b.week) {
		d.Week += n
	}
}
