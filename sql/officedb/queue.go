package officedb

import (
	"context"
	"encoding/base64"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	pageSize    = 25
	pageLargest = 500 // an export asks for more at once
	soonDays    = 3
	weekDays    = 7
)

var cursorText = base64.RawURLEncoding

// Queue is one page of a unit's legs, nearest due first. It walks one index from the
// cursor on: rows touched do not grow with the list, nor with how deep the page is.
func (s *Store) Queue(ctx context.Context, by petition.Actor, q backoffice.QueueQuery) (backoffice.QueuePage, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	unit, err := s.unitInScope(ctx, sc, q.Unit)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	p, err := newPage(sc, unit, q)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	var rows []legRow
	if err := s.db.Select(ctx, &rows, p.statement(s.dialect), p.arguments()...); err != nil {
		return backoffice.QueuePage{}, err
	}
	out := backoffice.QueuePage{Total: -1}
	if len(rows) > p.limit {
		rows = rows[:p.limit]
		out.Next = cursorText.EncodeToString(rows[p.limit-1].Sort)
	}
	if out.Rows, err = s.lines(ctx, sc, rows); err != nil || q.Mine {
		return out, err
	}
	counts, err := s.queueCounts(ctx, sc, unit)
	out.Total = total(counts, q.Queue)
	return out, err
}

// total is the kept count of a queue; of all open ones for "".
func total(counts map[petition.Queue]int, q petition.Queue) int {
	if q != "" {
		return counts[q]
	}
	n := 0
	for queue, c := range counts {
		if queue != petition.Done {
			n += c
		}
	}
	return n
}

// page is a query ready to be asked.
type page struct {
	backoffice.QueueQuery
	staff      petition.ID
	unit       petition.UnitID
	after, end []byte
	limit      int
}

// newPage checks a query. It fails with Invalid for a cursor or a day that nobody
// was given.
func newPage(sc scope, unit petition.UnitID, q backoffice.QueueQuery) (page, error) {
	p := page{QueueQuery: q, staff: sc.actor.Staff, unit: unit, limit: q.Limit}
	if p.limit <= 0 {
		p.limit = pageSize
	}
	p.limit = min(p.limit, pageLargest)
	for _, day := range []string{q.From, q.To} {
		if _, err := petition.ParseDay(day); err != nil && day != "" {
			return p, err
		}
	}
	p.after, p.end = make([]byte, sortSize), bytesOf(0xff)
	if q.After != "" {
		after, err := cursorText.DecodeString(q.After)
		if err != nil || len(after) != sortSize {
			return p, &petition.Error{Kind: petition.Invalid, Key: "error.bad_cursor"}
		}
		p.after = after
	}
	return p.bounded(), nil
}

// bounded narrows the walk to what is overdue, or due soon.
func (p page) bounded() page {
	from, to := time.Time{}, time.Time{}
	switch p.Due {
	case "over":
		to = p.Now
	case "soon":
		from, to = p.Now, petition.EndOfDay(petition.Day(p.Now.AddDate(0, 0, soonDays)))
	case "week":
		from, to = p.Now, petition.EndOfDay(petition.Day(p.Now.AddDate(0, 0, weekDays)))
	default:
		return p
	}
	p.end = sortBefore(to.Add(time.Microsecond))
	if low := sortBefore(from); !from.IsZero() && slices.Compare(p.after, low) < 0 {
		p.after = low
	}
	return p
}

func bytesOf(b byte) []byte {
	k := make([]byte, sortSize)
	for i := range k {
		k[i] = b
	}
	return k
}

func (p page) statement(d dialect) string {
	switch {
	case p.Mine:
		return d.minePage
	case p.Queue == "":
		return d.openPage
	}
	return d.queuePage
}

// arguments stand in the order of the statement's marks.
func (p page) arguments() []any {
	var args []any
	switch {
	case p.Mine:
		args = []any{p.staff, p.after, p.end, p.unit, p.Queue, p.Queue}
	case p.Queue == "":
		args = []any{p.unit, p.after, p.end}
	default:
		args = []any{p.unit, p.Queue, p.after, p.end}
	}
	group := p.Topic + "_" // a letter alone is the whole group
	if len(p.Topic) != 1 {
		group = p.Topic
	}
	return append(args, p.Topic, p.Topic, group, p.Track, p.Track, p.Channel, p.Channel, p.State, p.State,
		p.From, p.From, p.To, p.To, p.staff, p.limit+1)
}

// lines opens what lists show of legs.
func (s *Store) lines(ctx context.Context, sc scope, rows []legRow) ([]backoffice.QueueRow, error) {
	out := make([]backoffice.QueueRow, 0, len(rows))
	for _, r := range rows {
		l, err := s.openLine(ctx, r)
		if err != nil {
			return nil, err
		}
		if !sc.namesShown(petition.UnitID(r.Unit)) {
			l.Name = ""
		}
		out = append(out, backoffice.QueueRow{Case: petition.ID(r.Case), Leg: r.N, Number: r.Number,
			Title: l.Title, Name: l.Name, Track: petition.Track(r.Track), Topic: petition.Topic(r.Topic),
			Channel: petition.Channel(r.Channel), State: petition.State(r.State), Queue: petition.Queue(r.Queue),
			Unit: petition.UnitID(r.Unit), Handler: l.Handler, Received: sql.Time(r.Received),
			Due: sql.Time(r.Due), Warn: sql.Time(r.Warn), Clock: petition.ClockKind(r.Clock),
			Changed: sql.Time(r.Changed)})
	}
	return out, nil
}

// Counts tells how many legs wait in each queue of the actor's unit.
func (s *Store) Counts(ctx context.Context, by petition.Actor, now time.Time) (map[petition.Queue]int, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	unit, err := s.unitInScope(ctx, sc, "")
	if err != nil {
		return nil, err
	}
	return s.queueCounts(ctx, sc, unit)
}
