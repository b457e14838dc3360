package officedb

import (
	"context"
	"slices"

	"huiyin/backoffice"
	"huiyin/petition"
)

// countedAtOnce is how many legs are read at a time to find those that count.
const countedAtOnce = 500

// counted is a page of the cases behind an indicator's figure of a subtree: those whose
// marks of the days make it, what came last first. It is for those who read the figures.
// A page reads legs from the newest until it is full.
func (s *Store) counted(ctx context.Context, sc scope, q backoffice.LedgerQuery) (out backoffice.LedgerPage, err error) {
	if !sc.actor.Is(overseers...) || !slices.Contains(petition.Indicators, q.Indicator) {
		return out, notFound()
	}
	everything, err := spanOf("", "")
	if err != nil {
		return out, err
	}
	if _, err := spanOf(q.From, q.To); err != nil {
		return out, err
	}
	place, err := ledgerCursor(q.After)
	if err != nil {
		return out, err
	}
	units, err := s.ledgerUnits(ctx, sc, q.Unit, true, everything)
	if err != nil {
		return out, err
	}
	yesterday := dayBefore(petition.Day(q.Now))
	if q.To == "" || q.To > yesterday {
		q.To = yesterday
	}
	limit := ledgerLimit(q)
	var all []legRow
	for _, unit := range units {
		rows, err := s.countedAt(ctx, sc, unit, q, place, limit+1)
		if err != nil {
			return out, err
		}
		all = newest(append(all, rows...), limit+1)
	}
	return s.pageOfLedger(ctx, sc, all, limit)
}

// countedAt are the newest of them at a unit, after a place.
func (s *Store) countedAt(ctx context.Context, sc scope, unit string, q backoffice.LedgerQuery, from ledgerPlace, most int) ([]legRow, error) {
	var found []legRow
	for {
		var rows []legRow
		err := s.db.Select(ctx, &rows, s.dialect.ledgerPage+` WHERE l.unit = ? AND l.marks LIKE ?`+ledgerAfter, unit,
			"%"+string(q.Indicator.Marked())+":%", from.at, from.at, from.id, from.id, from.n, sc.actor.Staff, countedAtOnce)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.countedBy(q) {
				if found = append(found, r); len(found) == most {
					return found, nil
				}
			}
		}
		if len(rows) < countedAtOnce {
			return found, nil
		}
		last := rows[len(rows)-1]
		from = ledgerPlace{last.Received, last.Case, last.N}
	}
}

// countedBy tells whether the leg's marks of the days add to the figure.
func (l legRow) countedBy(q backoffice.LedgerQuery) bool {
	var sum petition.Tally
	from := q.From
	if q.Indicator.Reckoned() == petition.ByStock {
		from = ""
	}
	eachMark(l.Marks, func(what, day string, t petition.Tally) {
		if what == string(q.Indicator.Marked()) && day >= from && day <= q.To {
			sum = sum.Add(t)
		}
	})
	sum = petition.Figures{q.Indicator.Marked(): sum}.Of(q.Indicator)
	if q.Rest {
		return sum.Den > sum.Num && q.Indicator.Reckoned() == petition.ByShare
	}
	return sum != petition.Tally{}
}
