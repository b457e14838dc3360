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

// Queue is one page of legs, nearest due first. It walks one index from the cursor on:
// rows touched do not grow with the list, nor with how deep the page is. A list over
// many units is a range of its own; one over many queues takes the first of all.
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
	walks, err := p.walks(sc)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	rows, more, err := nearest(ctx, s.db, s.dialect, walks, p.limit)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	var out backoffice.QueuePage
	if more {
		out.Next = cursorText.EncodeToString(rows[p.limit-1].Sort)
	}
	out.Rows, err = s.lines(ctx, sc, rows)
	return out, err
}

// page is a query ready to be asked.
type page struct {
	backoffice.QueueQuery
	staff      petition.ID
	barred     []petition.ID // cases that are not for this reader
	unit       petition.UnitID
	after, end []byte
	limit      int
	handler    *petition.ID // whose only (zero: nobody's yet); nil for everybody's
}

// newPage checks a query. It fails with Invalid for a cursor or a day that nobody
// was given.
func newPage(sc scope, unit petition.UnitID, q backoffice.QueueQuery) (page, error) {
	p := page{QueueQuery: q, staff: sc.actor.Staff, barred: sc.barred, unit: unit, limit: q.Limit}
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
	query, order := d.queuePage, "l.sort"
	switch {
	case p.Mine:
		query = d.minePage
	case p.Below:
		query, order = d.belowPage, "a.sort"
	case p.Queue == "":
		query = d.openPage
	case p.handler != nil:
		query = d.ownPage
	}
	guard, _ := unbarred(p.barred)
	return query + guard + ` ORDER BY ` + order + ` LIMIT ?`
}

// arguments stand in the order of the statement's marks.
func (p page) arguments() []any {
	var args []any
	switch {
	case p.Mine:
		args = []any{p.staff, p.after, p.end, p.unit, p.Queue, p.Queue}
	case p.Below:
		args = []any{p.unit, p.after, p.end, p.Queue, p.Queue}
	case p.Queue == "":
		args = []any{p.unit, p.after, p.end}
	case p.handler != nil:
		args = []any{p.unit, p.Queue, *p.handler, p.after, p.end}
	default:
		args = []any{p.unit, p.Queue, p.after, p.end}
	}
	group := p.Topic + "_" // a letter alone is the whole group
	if len(p.Topic) != 1 {
		group = p.Topic
	}
	args = append(args, p.Topic, p.Topic, group, p.Track, p.Track, p.Channel, p.Channel, p.State, p.State,
		p.Stage, p.Stage, p.Stage, p.From, p.From, p.To, p.To)
	_, barred := unbarred(p.barred)
	return append(append(args, barred...), p.limit)
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

// Counts tells how many legs wait in each queue of the actor's unit, and how many of
// them for the actor.
func (s *Store) Counts(ctx context.Context, by petition.Actor, now time.Time) (backoffice.Counts, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return backoffice.Counts{}, err
	}
	unit, err := s.unitInScope(ctx, sc, "")
	if err != nil {
		return backoffice.Counts{}, err
	}
	return s.queueCounts(ctx, sc, unit)
}
