package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// legRow is a leg as lists know it: derived from the events by deriveLegs, nowhere
// else.
type legRow struct {
	Case     sql.ID `db:"case_id"`
	N        int    `db:"n"`
	Unit     string `db:"unit"`
	Queue    string `db:"queue"`
	State    string `db:"state"`
	Stage    string `db:"stage"`
	Open     bool   `db:"is_open"`
	Sort     []byte `db:"sort"`
	Number   string `db:"number"`
	Track    string `db:"track"`
	Topic    string `db:"topic"`
	Channel  string `db:"channel"`
	Received int64  `db:"received"`
	Due      int64  `db:"due_at"`
	Warn     int64  `db:"warn_at"`
	Clock    string `db:"clock"`
	DueDay   string `db:"due_day"`
	FromDay  string `db:"from_day"`
	Handler  sql.ID `db:"handler"`
	Wake     int64  `db:"wake_at"`
	Changed  int64  `db:"changed_at"`
	Line     []byte `db:"line"`

	// What the ledgers and the board of first petitions ask for besides.
	Kind     string `db:"kind"`     // petition.LegKind
	Occasion string `db:"occasion"` // first, repeat; "" until somebody decided
	People   int    `db:"people"`   // of a joint petition; 0 of any other
	SignDue  int64  `db:"sign_due"` // by when a first petition must be signed for; 0: no more, or never
	EndedAt  int64  `db:"ended_at"` // of a first petition at its unit; 0 while it goes on
	Fate     string `db:"fate"`     // of a first petition at its unit: open, once, again
	Turns    string `db:"turns"`    // what became of it later, as turnText writes it
	Marks    string `db:"marks"`    // its share in the indicators, as marksText writes it
}

// line is what a list shows of a leg and a thief must not read: sealed under the
// unit's list key.
type line struct {
	Title   string `json:"t,omitempty"`
	Name    string `json:"n,omitempty"` // masked
	Handler string `json:"h,omitempty"`
}

// deriveLegs makes the rows of every leg of a case.
func (s *Store) deriveLegs(ctx context.Context, c *petition.Case, r petition.Rules, now time.Time) ([]legRow, error) {
	rows := make([]legRow, 0, len(c.Legs))
	for _, leg := range c.Legs {
		row := legFacts(c, leg)
		if _, at, ok := c.NextOfItself(leg.N, r); ok {
			row.Wake = sql.Instant(at)
		}
		if clock, ok := c.NextClock(leg.N, r, now); ok && row.Open {
			row.Due, row.Warn = sql.Instant(clock.Due), sql.Instant(clock.Warn)
			row.Clock, row.DueDay = string(clock.Kind), petition.Day(clock.Due)
		}
		row.Sort = row.sortKey()
		row.ledgerFacts(c, leg, r)
		row.Marks = marksText(c.Marks(leg.N, r))
		var err error
		if row.Line, err = s.sealLine(ctx, row, lineOf(c, leg)); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// legFacts is a leg's row but for clocks and what is sealed. Of a leg that was
// sealed up only unit and dates remain.
func legFacts(c *petition.Case, leg petition.Leg) legRow {
	queue := c.Queue(leg)
	row := legRow{Case: sql.ID(c.ID), N: leg.N, Unit: string(leg.Unit), Queue: string(queue),
		State: string(leg.State), Stage: string(petition.StageOf(leg.State)), Open: queue != petition.Done,
		Number: c.Number, Track: string(c.Track), Topic: string(c.Topic), Channel: string(c.Channel),
		Received: sql.Instant(leg.Received), FromDay: petition.Day(leg.Received),
		Handler: sql.ID(leg.Handler), Changed: sql.Instant(lastChange(c))}
	if leg.State == petition.SealedUp {
		row.Track, row.Topic, row.Channel, row.Handler = "", "", "", sql.ID{}
	}
	return row
}

func lineOf(c *petition.Case, leg petition.Leg) line {
	if leg.State == petition.SealedUp {
		return line{}
	}
	return line{Title: c.Filing.Title, Name: maskName(c.Filing.Person), Handler: leg.HandlerName}
}

func lastChange(c *petition.Case) time.Time {
	if len(c.Events) == 0 {
		return c.Received
	}
	return c.Events[len(c.Events)-1].At
}

const (
	noClock  = 1 << 62          // after every due instant
	doneLast = noClock | 1<<61  // after everything that is open
	sortSize = 8 + 16 + 2       // instant, case, leg
	farEnd   = int64(1)<<61 - 1 // counted back from, so that what ended last stands first
)

// sortKey orders a list: what is due first, then what has no clock by age, then what
// is done, the newest first; equal ones by case and leg, so that every key is one row
// and a page can go on exactly after it.
func (l legRow) sortKey() []byte {
	var at int64
	switch {
	case !l.Open:
		at = doneLast + (farEnd - l.Changed)
	case l.Due == 0:
		at = noClock + l.Received
	default:
		at = l.Due
	}
	k := binary.BigEndian.AppendUint64(make([]byte, 0, sortSize), uint64(at))
	k = append(k, l.Case[:]...)
	return binary.BigEndian.AppendUint16(k, uint16(l.N))
}

// sortBefore is the first key at or after an instant: the bound of a date filter.
func sortBefore(t time.Time) []byte {
	k := make([]byte, sortSize)
	binary.BigEndian.PutUint64(k, uint64(sql.Instant(t)))
	return k
}

func (l legRow) linePlace() []byte {
	return place("leg", "line", l.Case[:], binary.BigEndian.AppendUint16(nil, uint16(l.N)))
}

func (s *Store) sealLine(ctx context.Context, row legRow, l line) ([]byte, error) {
	h, err := s.holder(ctx, exchange.UnitHolder(petition.UnitID(row.Unit)))
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	return h.list.Seal(plain, row.linePlace()), nil
}

func (s *Store) openLine(ctx context.Context, row legRow) (line, error) {
	var l line
	h, err := s.holder(ctx, exchange.UnitHolder(petition.UnitID(row.Unit)))
	if err != nil {
		return l, err
	}
	plain, err := h.list.Open(row.Line, row.linePlace())
	if err != nil {
		return l, err
	}
	return l, json.Unmarshal(plain, &l)
}

// legsOf reads the rows of a case as they are stored.
func legsOf(ctx context.Context, db selecter, id petition.ID) ([]legRow, error) {
	var rows []legRow
	err := db.Select(ctx, &rows, selectLegs+`= ? ORDER BY n`, id)
	return rows, err
}

// legsOfMany is legsOf for at most a hundred cases at once.
func legsOfMany(ctx context.Context, db selecter, ids []petition.ID) (map[petition.ID][]legRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []legRow
	err := db.Select(ctx, &rows, selectLegs+`IN (`+sql.Marks(len(ids))+`) ORDER BY case_id, n`, sql.Args(ids)...)
	out := make(map[petition.ID][]legRow, len(ids))
	for _, r := range rows {
		out[petition.ID(r.Case)] = append(out[petition.ID(r.Case)], r)
	}
	return out, err
}

const selectLegs = `
	SELECT case_id, n, unit, queue, state, stage, is_open, sort, number, track, topic, channel, received,
		due_at, warn_at, clock, due_day, from_day, handler, wake_at, changed_at, line,
		kind, occasion, people, sign_due, ended_at, fate, turns, marks
	FROM leg WHERE case_id `

// selecter is what reading rows needs: the database or a transaction.
type selecter interface {
	Select(ctx context.Context, dest any, query string, args ...any) error
}
