package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// OpenCases is the leader's table: open legs of the subtree by unit and stage, with
// how many are overdue, due soon and old. It adds up kept figures by day; no case is
// read.
func (s *Store) OpenCases(ctx context.Context, by petition.Actor, now time.Time) ([]backoffice.OpenCount, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if !sc.actor.Is(overseers...) {
		return nil, notFound()
	}
	today, soon := petition.Day(now), petition.Day(now.AddDate(0, 0, soonDays))
	old30, old60 := petition.Day(now.AddDate(0, 0, -30)), petition.Day(now.AddDate(0, 0, -60))
	low, high := subtree(sc.path)
	var rows []struct {
		Unit  string `db:"unit"`
		Stage string `db:"stage"`
		Count int    `db:"total"`
		Over  int    `db:"overdue"`
		Soon  int    `db:"soon"`
		Old30 int    `db:"old30"`
		Old60 int    `db:"old60"`
	}
	err = s.db.Select(ctx, &rows, openSums, today, today, soon, old30, old60, low, high,
		today, today, soon, old30, old60, sc.actor.Staff, low, high)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.OpenCount, 0, len(rows))
	for _, r := range rows {
		out = append(out, backoffice.OpenCount{Unit: petition.UnitID(r.Unit), Stage: r.Stage, Count: r.Count,
			Over: r.Over, Soon: r.Soon, Old30: r.Old30, Old60: r.Old60})
	}
	return out, nil
}

// openSums adds up the kept figures, and takes away what this person must not know of.
const openSums = `
	SELECT f.unit, f.stage, SUM(f.one) AS total, SUM(f.late) AS overdue, SUM(f.near) AS soon,
		SUM(f.o30) AS old30, SUM(f.o60) AS old60
	FROM (
		SELECT d.unit AS unit, d.stage AS stage, u.place AS place,
			CASE WHEN d.dim = 'R' THEN d.n ELSE 0 END AS one,
			CASE WHEN d.dim = 'D' AND d.day <> '' AND d.day < ? THEN d.n ELSE 0 END AS late,
			CASE WHEN d.dim = 'D' AND d.day >= ? AND d.day <= ? THEN d.n ELSE 0 END AS near,
			CASE WHEN d.dim = 'R' AND d.day < ? THEN d.n ELSE 0 END AS o30,
			CASE WHEN d.dim = 'R' AND d.day < ? THEN d.n ELSE 0 END AS o60
		FROM unit u JOIN open_day d ON d.unit = u.id
		WHERE u.path >= ? AND u.path < ?
		UNION ALL
		SELECT l.unit, l.stage, u.place, -1,
			CASE WHEN l.due_day <> '' AND l.due_day < ? THEN -1 ELSE 0 END,
			CASE WHEN l.due_day >= ? AND l.due_day <= ? THEN -1 ELSE 0 END,
			CASE WHEN l.from_day < ? THEN -1 ELSE 0 END,
			CASE WHEN l.from_day < ? THEN -1 ELSE 0 END
		FROM exclusion x JOIN leg l ON l.case_id = x.case_id AND l.is_open = 1 JOIN unit u ON u.id = l.unit
		WHERE x.staff = ? AND u.path >= ? AND u.path < ?
	) f
	GROUP BY f.unit, f.stage, f.place
	HAVING SUM(f.one) > 0
	ORDER BY f.place, f.unit, f.stage`

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
	today := petition.Day(now)
	soon, week := petition.Day(now.AddDate(0, 0, soonDays)), petition.Day(now.AddDate(0, 0, weekDays))
	var rows []struct {
		Day string `db:"day"`
		N   int    `db:"n"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT day, n FROM open_day WHERE unit = ? AND dim = ?
		UNION ALL
		SELECT l.due_day, -1 FROM exclusion x JOIN leg l ON l.case_id = x.case_id AND l.is_open = 1
		WHERE x.staff = ? AND l.unit = ?`, unit, dimDue, sc.actor.Staff, unit)
	if err != nil {
		return backoffice.DueCounts{}, err
	}
	var d backoffice.DueCounts
	for _, r := range rows {
		d.Open += r.N
		switch {
		case r.Day == "":
		case r.Day < today:
			d.Over += r.N
		case r.Day <= soon:
			d.Soon += r.N
			d.Week += r.N
		case r.Day <= week:
			d.Week += r.N
		}
	}
	return d, nil
}
