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
// many queues or units walks the index of each, and takes the first of all.
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
	walks, err := s.walks(ctx, sc, p)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	rows, err := s.nearest(ctx, walks, p.limit+1)
	if err != nil {
		return backoffice.QueuePage{}, err
	}
	var out backoffice.QueuePage
	if len(rows) > p.limit {
		rows = rows[:p.limit]
		out.Next = cursorText.EncodeToString(rows[p.limit-1].Sort)
	}
	out.Rows, err = s.lines(ctx, sc, rows)
	return out, err
}

// walks are the pages of single queues and units that together make the one asked for.
func (s *Store) walks(ctx context.Context, sc scope, p page) ([]page, error) {
	switch {
	case p.Todo:
		return p.todo(sc), nil
	case p.Below:
		return s.below(ctx, sc, p)
	}
	return []page{p}, nil
}

// todo walks the queues from which something is this person's to do.
func (p page) todo(sc scope) []page {
	var all []page
	for _, q := range petition.Queues {
		if p.Queue != "" && p.Queue != q || p.unit != sc.actor.Unit {
			continue
		}
		one := p
		one.Queue, one.Mine = q, false
		if q.For(sc.actor, petition.ID{0xff}) { // whoever has it
			all = append(all, one)
			continue
		}
		for _, handler := range []petition.ID{sc.actor.Staff, {}} {
			if q.For(sc.actor, handler) {
				one.handler = &handler
				all = append(all, one)
			}
		}
	}
	return all
}

// below walks the open legs of every unit at and below one that has any.
func (s *Store) below(ctx context.Context, sc scope, p page) ([]page, error) {
	if !sc.actor.Is(overseers...) {
		return nil, notFound()
	}
	var path string
	if err := s.db.Get(ctx, &path, `SELECT path FROM unit WHERE id = ?`, p.unit); err != nil {
		return nil, err
	}
	low, high := subtree(path)
	var units []string
	err := s.db.Select(ctx, &units, `
		SELECT u.id FROM unit u WHERE u.path >= ? AND u.path < ?
			AND EXISTS (SELECT 1 FROM open_day d WHERE d.unit = u.id AND d.dim = ? AND d.n > 0)
		ORDER BY u.place`, low, high, dimReceived)
	all := make([]page, 0, len(units))
	for _, u := range units {
		one := p
		one.unit = petition.UnitID(u)
		all = append(all, one)
	}
	return all, err
}

// nearest is the first rows of all the walks together.
func (s *Store) nearest(ctx context.Context, walks []page, most int) ([]legRow, error) {
	var all []legRow
	for _, p := range walks {
		var rows []legRow
		if err := s.db.Select(ctx, &rows, p.statement(s.dialect), p.arguments()...); err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	if len(walks) > 1 {
		slices.SortFunc(all, func(a, b legRow) int { return slices.Compare(a.Sort, b.Sort) })
	}
	return all[:min(len(all), most)], nil
}

// page is a query ready to be asked.
type page struct {
	backoffice.QueueQuery
	staff      petition.ID
	unit       petition.UnitID
	after, end []byte
	limit      int
	handler    *petition.ID // whose only (zero: nobody's yet); nil for everybody's
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
	case p.handler != nil:
		return d.ownPage
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
	case p.handler != nil:
		args = []any{p.unit, p.Queue, *p.handler, p.after, p.end}
	default:
		args = []any{p.unit, p.Queue, p.after, p.end}
	}
	group := p.Topic + "_" // a letter alone is the whole group
	if len(p.Topic) != 1 {
		group = p.Topic
	}
	return append(args, p.Topic, p.Topic, group, p.Track, p.Track, p.Channel, p.Channel, p.State, p.State,
		p.Stage, p.Stage, p.Stage, p.From, p.From, p.To, p.To, p.staff, p.limit+1)
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
