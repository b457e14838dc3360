package officedb

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// markRow is a sum of marks.
type markRow struct {
	Unit string `db:"unit"`
	Part string `db:"part"` // "M2026-09" or "2026-09-"
	What string `db:"what"`
	Num  int    `db:"num"`
	Den  int    `db:"den"`
}

// month is that of the sum.
func (r markRow) month() string { return strings.Trim(r.Part, "M-") }

// indicatorRows adds up the marks of a subtree by unit, month and indicator. Its arguments
// are the range of paths and of keys.
const indicatorRows = `SELECT i.unit, SUBSTR(i.day, 1, 8) AS part, i.what, SUM(i.num) AS num, SUM(i.den) AS den
	FROM unit u JOIN indicator_day i ON i.unit = u.id
	WHERE u.path >= ? AND u.path < ? AND i.day >= ? AND i.day <= ? AND i.what <> 'overdue'
	GROUP BY i.unit, SUBSTR(i.day, 1, 8), i.what`

// stockRows is the same of the stock alone.
const stockRows = `SELECT i.unit, '' AS part, i.what, SUM(i.num) AS num, 0 AS den
	FROM unit u JOIN indicator_day i ON i.unit = u.id
	WHERE u.path >= ? AND u.path < ? AND i.day >= ? AND i.day <= ? AND i.what = 'overdue'
	GROUP BY i.unit, i.what`

// Indicators are the kept figures of a subtree (domain §3.9).
func (s *Store) Indicators(ctx context.Context, by petition.Actor, q backoffice.IndicatorQuery) ([]backoffice.IndicatorRow, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	if q.Unit, err = s.unitInScope(ctx, sc, q.Unit); err != nil {
		return nil, err
	}
	barred, err := s.barred(ctx, sc)
	if err != nil {
		return nil, err
	}
	return s.indicators(ctx, q, barred)
}

// indicators adds up what is kept, less what the reader must not know of. A day's figures
// stand once the day is over: what is due today may still be done.
func (s *Store) indicators(ctx context.Context, q backoffice.IndicatorQuery, barred []legRow) ([]backoffice.IndicatorRow, error) {
	low, high, err := s.below(ctx, q.Unit)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	q.To = min(q.To, petition.Day(q.Now.AddDate(0, 0, -1)))
	sums := markSums{}
	for _, part := range []struct {
		query, from string
	}{{indicatorRows, q.From}, {stockRows, ""}} {
		for _, span := range markSpans(part.from, q.To) {
			var rows []markRow
			if err := s.db.Select(ctx, &rows, part.query, low, high, span[0], span[1]); err != nil {
				return nil, err
			}
			for _, r := range rows {
				sums.add(r.Unit, r.month(), r.What, petition.Tally{Num: r.Num, Den: r.Den})
			}
		}
	}
	for _, l := range barred {
		if unit, _ := rules.Units.Unit(petition.UnitID(l.Unit)); unit.Path >= low && unit.Path < high {
			sums.takeOff(l, q.From, q.To)
		}
	}
	return sums.lines(), nil
}

// markSums are sums by unit and month; what is a stock stands under the month "".
type markSums map[petition.UnitID]map[string]petition.Figures

func (m markSums) add(unit, month, what string, t petition.Tally) {
	u, i := petition.UnitID(unit), petition.Indicator(what)
	if m[u] == nil {
		m[u] = make(map[string]petition.Figures)
	}
	if m[u][month] == nil {
		m[u][month] = petition.Figures{}
	}
	m[u][month][i] = m[u][month][i].Add(t)
}

// takeOff takes a leg's share of the days from one to another away.
func (m markSums) takeOff(l legRow, from, to string) {
	eachMark(l.Marks, func(what, day string, t petition.Tally) {
		less := petition.Tally{Num: -t.Num, Den: -t.Den}
		switch stock := petition.Indicator(what) == petition.OverdueStock; {
		case day > to:
		case stock:
			m.add(l.Unit, "", what, less)
		case day >= from:
			m.add(l.Unit, day[:len("2026-09")], what, less)
		}
	})
}

// lines are the sums in a fixed order.
func (m markSums) lines() []backoffice.IndicatorRow {
	var all []backoffice.IndicatorRow
	for unit, months := range m {
		for month, f := range months {
			all = append(all, backoffice.IndicatorRow{Unit: unit, Month: month, Figures: f})
		}
	}
	slices.SortFunc(all, func(a, b backoffice.IndicatorRow) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Month, b.Month))
	})
	return all
}

// Snapshots are the revisions of a closed period. They hold every case of the unit: who
// must not know of one is shown none.
func (s *Store) Snapshots(ctx context.Context, by petition.Actor, unit petition.UnitID, period petition.Period) ([]petition.Snapshot, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	if unit, err = s.unitInScope(ctx, sc, unit); err != nil || len(sc.barred) > 0 {
		return nil, err
	}
	return s.keptSnapshots(ctx, unit, period)
}

// keptSnapshots are the same, whoever asks.
func (s *Store) keptSnapshots(ctx context.Context, unit petition.UnitID, period petition.Period) ([]petition.Snapshot, error) {
	var rows []struct {
		Revision int        `db:"revision"`
		At       sql.Moment `db:"at"`
		Name     string     `db:"name"`
		Reason   string     `db:"reason"`
		Figures  []byte     `db:"figures"`
	}
	err := s.db.Select(ctx, &rows, `SELECT revision, at, name, reason, figures FROM indicator_snapshot
		WHERE unit = ? AND period = ? ORDER BY revision DESC`, unit, period)
	if err != nil {
		return nil, err
	}
	all := make([]petition.Snapshot, len(rows))
	for i, r := range rows {
		kept := keptFigures{}
		if err := json.Unmarshal(r.Figures, &kept); err != nil {
			return nil, err
		}
		all[i] = petition.Snapshot{Unit: unit, Period: period, Revision: r.Revision, At: r.At.Time, Name: r.Name, Reason: r.Reason,
			Figures: kept.Unit, Below: kept.Below}
	}
	return all, nil
}

// keptFigures is what a snapshot holds.
type keptFigures struct {
	Unit  petition.Figures       `json:"unit"`
	Below []petition.UnitFigures `json:"below,omitempty"`
}

// longestRevision is how many characters tell why a period is closed again.
const longestRevision = 200

// ClosePeriod keeps a period's figures of the actor's unit and all below it.
func (s *Store) ClosePeriod(ctx context.Context, by petition.Actor, period petition.Period, seen int, reason string, now time.Time) error {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return notFound()
	}
	if _, _, err := period.Span(); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	switch {
	case !period.Over(now):
		return invalid("period", "problem.period_runs")
	case seen > 0 && reason == "":
		return invalid("reason", "problem.reason_missing")
	case utf8.RuneCountInString(reason) > longestRevision:
		return refused([]petition.Problem{{Field: "reason", Key: "problem.too_long",
			Args: map[string]string{"max": strconv.Itoa(longestRevision)}}})
	}
	kept, err := s.figuresNow(ctx, sc.actor.Unit, period, now)
	if err != nil {
		return err
	}
	var last int
	err = s.db.Get(ctx, &last, `SELECT COALESCE(MAX(revision), 0) FROM indicator_snapshot WHERE unit = ? AND period = ?`, sc.actor.Unit, period)
	if err != nil {
		return err
	}
	if last != seen {
		return overtaken()
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		return keepSnapshot(ctx, tx, sc.actor, sc.actor.Unit, period, seen+1, reason, kept, now)
	})
	if sql.Duplicate(err) { // somebody was quicker
		return overtaken()
	}
	return err
}

// keepSnapshot stores a revision of a period's figures.
func keepSnapshot(ctx context.Context, tx sql.Tx, by petition.Actor, unit petition.UnitID, period petition.Period,
	revision int, reason string, kept keptFigures, now time.Time) error {
	body, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO indicator_snapshot (unit, period, revision, at, staff, name, reason, figures)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, unit, period, revision, now, by.Staff, by.Name, reason, body)
	return err
}
