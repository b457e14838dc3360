package officedb

import (
	"context"

	"huiyin/backoffice"
	"huiyin/petition"
)

// arrivalSums counts by unit, topic and channel what came to the units of a subtree between
// two instants: the leg that a matter is counted for is the one that has its arrival among
// its marks.
const arrivalSums = `
	SELECT l.unit, l.topic, l.channel, COUNT(*) AS n, SUM(CASE WHEN l.occasion <> '' THEN 1 ELSE 0 END) AS judged,
		SUM(CASE WHEN l.occasion = 'repeat' THEN 1 ELSE 0 END) AS again
	FROM unit u JOIN leg l ON l.unit = u.id
	WHERE u.path >= ? AND u.path < ? AND l.received >= ? AND l.received < ?
		AND (l.marks LIKE '%items:%' OR l.marks LIKE '%visits:%') AND l.state <> 'sealed_up'
		AND (? = '' OR l.topic = ? OR l.topic LIKE ?) AND` + visibleLeg + `
	GROUP BY l.unit, l.topic, l.channel ORDER BY l.unit, l.topic, l.channel`

// Arrivals are sums of what came to a subtree, month by month: a year of it is read.
func (s *Store) Arrivals(ctx context.Context, by petition.Actor, q backoffice.ArrivalQuery) ([]backoffice.Arrival, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	if q.Unit, err = s.unitInScope(ctx, sc, q.Unit); err != nil {
		return nil, err
	}
	low, high, err := s.below(ctx, q.Unit)
	if err != nil {
		return nil, err
	}
	if _, err := spanOf(q.From, q.To); err != nil {
		return nil, err
	}
	var all []backoffice.Arrival
	for from := q.From; from <= q.To; from = dayAfter(lastOfMonth(from)) {
		part, err := spanOf(from, min(q.To, lastOfMonth(from)))
		if err != nil {
			return nil, err
		}
		var rows []struct {
			Unit    string `db:"unit"`
			Topic   string `db:"topic"`
			Channel string `db:"channel"`
			N       int    `db:"n"`
			Judged  int    `db:"judged"`
			Again   int    `db:"again"`
		}
		if err := s.db.Select(ctx, &rows, arrivalSums, low, high, part.from, part.to, q.Topic, q.Topic, string(q.Topic)+"%", sc.actor.Staff); err != nil {
			return nil, err
		}
		for _, r := range rows {
			all = append(all, backoffice.Arrival{Unit: petition.UnitID(r.Unit), Topic: petition.Topic(r.Topic),
				Channel: petition.Channel(r.Channel), Month: from[:7], N: r.N, Judged: r.Judged, Again: r.Again})
		}
	}
	return all, nil
}
