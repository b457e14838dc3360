package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// annualFigures are what a report on a year is composed from now: the year's newest snapshot,
// or where nobody closed it yet what it would hold, which is returned besides.
func (s *Store) annualFigures(ctx context.Context, unit petition.UnitID, year int, now time.Time) (petition.AnnualFigures, *keptFigures, error) {
	var out petition.AnnualFigures
	kept, err := s.keptSnapshots(ctx, unit, yearPeriod(year))
	if err != nil {
		return out, nil, err
	}
	var fresh *keptFigures
	if len(kept) > 0 {
		out.Revision, out.Year = kept[0].Revision, kept[0].Figures
	} else {
		now, err := s.figuresNow(ctx, unit, yearPeriod(year), now)
		if err != nil {
			return out, nil, err
		}
		fresh, out.Year = &now, now.Unit
	}
	if out.Before, err = s.yearBefore(ctx, unit, year, now); err != nil {
		return out, nil, err
	}
	low, high, err := s.below(ctx, unit)
	if err != nil {
		return out, nil, err
	}
	from, to := yearSpan(year)
	if out.Fields, err = s.fieldCounts(ctx, low, high, from, to); err != nil {
		return out, nil, err
	}
	if out.Duties, err = s.annualDuties(ctx, low, high, from, to); err != nil {
		return out, nil, err
	}
	out.Adopted, err = s.adoptedAdvice(ctx, low, high, from, to)
	return out, fresh, err
}

// yearBefore are the figures of the year before: as they were kept, else as they are.
func (s *Store) yearBefore(ctx context.Context, unit petition.UnitID, year int, now time.Time) (petition.Figures, error) {
	before := yearPeriod(year).Before()
	kept, err := s.keptSnapshots(ctx, unit, before)
	if err != nil {
		return nil, err
	}
	if len(kept) > 0 {
		return kept[0].Figures, nil
	}
	figures, err := s.figuresNow(ctx, unit, before, now)
	return figures.Unit, err
}

// fieldCounts are how many matters came to a subtree by field, each once. Reports about
// cadres are never among them, nor what is sealed up or what somebody must not know of.
func (s *Store) fieldCounts(ctx context.Context, low, high string, from, to time.Time) ([]petition.FieldCount, error) {
	var rows []struct {
		Field string `db:"field"`
		Count int    `db:"n"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT SUBSTR(l.topic, 1, 1) AS field, COUNT(DISTINCT l.case_id) AS n
		FROM unit u JOIN leg l ON l.unit = u.id JOIN cases c ON c.id = l.case_id
		WHERE u.path >= ? AND u.path < ? AND l.received >= ? AND l.received < ? AND c.sealed_up = 0
			AND l.track <> ? AND l.topic <> '' AND l.state <> ?
			AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.case_id = c.id)
		GROUP BY SUBSTR(l.topic, 1, 1) ORDER BY field`, low, high, from, to, petition.Report, petition.Returned)
	var all []petition.FieldCount
	for _, r := range rows {
		all = append(all, petition.FieldCount{Field: r.Field, Count: r.Count})
	}
	return all, err
}

// annualDuties counts the supervisions and the advice that the units of a subtree sent out.
func (s *Store) annualDuties(ctx context.Context, low, high string, from, to time.Time) (petition.AnnualDuties, error) {
	var out petition.AnnualDuties
	err := s.db.Get(ctx, &out, `
		SELECT COALESCE(SUM(CASE WHEN d.kind = ? THEN 1 ELSE 0 END), 0) AS supervised,
			COALESCE(SUM(CASE WHEN d.kind = ? AND d.state = 'closed' THEN 1 ELSE 0 END), 0) AS ended,
			COALESCE(SUM(CASE WHEN d.kind = ? THEN 1 ELSE 0 END), 0) AS advised,
			COALESCE(SUM(CASE WHEN d.kind = ? AND d.outcome IN ('adopted', 'partly') THEN 1 ELSE 0 END), 0) AS taken
		FROM unit u JOIN duty d ON d.from_unit = u.id
		WHERE u.path >= ? AND u.path < ? AND d.set_at >= ? AND d.set_at < ? AND d.state NOT IN ('draft', 'withdrawn')`,
		petition.Supervision, petition.Supervision, petition.Recommendation, petition.Recommendation, low, high, from, to)
	return out, err
}

// figuresNow are a period's figures of a unit and all below it as they are now.
func (s *Store) figuresNow(ctx context.Context, unit petition.UnitID, period petition.Period, now time.Time) (keptFigures, error) {
	from, to, err := period.Span()
	if err != nil {
		return keptFigures{}, err
	}
	rows, err := s.indicators(ctx, backoffice.IndicatorQuery{Unit: unit, From: from, To: to, Now: now}, nil)
	if err != nil {
		return keptFigures{}, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return keptFigures{}, err
	}
	return keptFigures{Unit: backoffice.Sum(rows), Below: backoffice.SumBelow(rules, unit, rows)}, nil
}
