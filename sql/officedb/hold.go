package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// held is a case as read to be changed: what it is, its keys, and its derived rows as
// they stand. Its revision guards all of them when the change is written.
type held struct {
	c        *petition.Case
	fresh    bool // not stored yet
	quiet    bool // nothing is sent to the portal
	revision int64
	head     [32]byte // hash of the last event
	key      exchange.Key
	keys     []wrapped
	secrets  secrets
	legs     []legRow
	parts    map[petition.ID]*petition.Case // of a divided petition: those that are newer than the database
}

// secrets is what the office must know to write to the petitioner.
type secrets struct {
	Reading  exchange.Key       `json:"reading"`
	Locators []exchange.Locator `json:"locators"` // of the codes that open it now
	Portal   string             `json:"portal"`   // where it can be followed
	Receipt  []byte             `json:"receipt,omitempty"`
	Filing   petition.ID        `json:"filing,omitzero"` // of a report that was sealed up: what the portal calls it
	Whole    petition.ID        `json:"whole,omitzero"`  // of a matter taken out of a report: whose news it is; no page shows it
}

type caseRow struct {
	ID       sql.ID   `db:"id"`
	Version  int      `db:"version"`
	Revision int64    `db:"revision"`
	Head     sql.Hash `db:"head"`
	Secrets  []byte   `db:"secrets"`
	SealedUp bool     `db:"sealed_up"`
}

type eventRow struct {
	N        int      `db:"n"`
	At       int64    `db:"at"`
	Action   string   `db:"action"`
	Leg      int      `db:"leg"`
	By       string   `db:"by_kind"`
	Staff    sql.ID   `db:"staff"`
	Unit     string   `db:"unit"`
	To       string   `db:"to_unit"`
	Topic    string   `db:"topic"`
	Ground   string   `db:"ground"`
	Outcome  string   `db:"outcome"`
	IsSealed bool     `db:"is_sealed"`
	Promise  sql.Hash `db:"promise"`
	Hash     sql.Hash `db:"hash"`
	Body     []byte   `db:"body"`
}

func (r eventRow) envelope(id petition.ID) petition.Envelope {
	return petition.Envelope{Case: id, N: r.N, At: sql.Time(r.At), Action: petition.Action(r.Action), Leg: r.Leg,
		By: petition.ActorKind(r.By), Staff: petition.ID(r.Staff), Unit: petition.UnitID(r.Unit),
		To: petition.UnitID(r.To), Topic: petition.Topic(r.Topic), Ground: petition.Ground(r.Ground),
		Outcome: petition.Outcome(r.Outcome), Sealed: r.IsSealed}
}

func bodyPlace(id petition.ID, n int) []byte {
	return place("event", "body", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

func secretsPlace(id petition.ID) []byte { return place("cases", "secrets", id[:]) }

// hold reads a case that is visible in the scope. It fails with NotFound for all
// others.
func (s *Store) hold(ctx context.Context, sc scope, id petition.ID) (*held, error) {
	var row caseRow
	err := s.db.Get(ctx, &row, `
		SELECT c.id, c.version, c.revision, c.head, c.secrets, c.sealed_up FROM cases c
		WHERE c.id = ? AND`+visibleCase, append([]any{id}, sc.guard()...)...)
	if err != nil {
		return nil, err
	}
	return s.holdRow(ctx, row)
}

// holdAny reads a case for the program itself: for a petitioner's message, a lapsed
// date, a changed calendar. A case that was sealed up is NotFound here too.
func (s *Store) holdAny(ctx context.Context, id petition.ID) (*held, error) {
	var row caseRow
	err := s.db.Get(ctx, &row, `
		SELECT id, version, revision, head, secrets, sealed_up FROM cases
		WHERE id = ? AND sealed_up = 0`, id)
	if err != nil {
		return nil, err
	}
	return s.holdRow(ctx, row)
}

// holdRow reads the rest. Rows are read without a transaction; whatever changes in
// between changes the revision, and a write that rests on the old one is refused.
func (s *Store) holdRow(ctx context.Context, row caseRow) (*held, error) {
	id := petition.ID(row.ID)
	h := &held{revision: row.Revision, head: row.Head}
	err := s.db.Select(ctx, &h.keys, `SELECT holder, wrapped FROM case_key WHERE case_id = ? ORDER BY holder`, id)
	if err != nil {
		return nil, err
	}
	if h.key, err = s.unwrap(ctx, id, h.keys); err != nil {
		return nil, err
	}
	if err := openSecrets(h, id, row.Secrets); err != nil {
		return nil, err
	}
	if h.legs, err = legsOf(ctx, s.db, id); err != nil {
		return nil, err
	}
	rows, err := selectEvents(ctx, s.db, eventContent, id, row.Version)
	if err != nil {
		return nil, err
	}
	h.c, err = openEvents(id, h.key, rows)
	return h, err
}

func openSecrets(h *held, id petition.ID, sealed []byte) error {
	plain, err := h.key.Open(sealed, secretsPlace(id))
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, &h.secrets)
}

func (h *held) sealSecrets() ([]byte, error) {
	plain, err := json.Marshal(h.secrets)
	if err != nil {
		return nil, err
	}
	return h.key.Seal(plain, secretsPlace(h.c.ID)), nil
}

// eventContent is what a case is made of. The links of the chain are left out: a page of
// a long case reads them for nothing.
const eventContent = `n, at, action, leg, by_kind, staff, unit, to_unit, topic, ground, outcome, is_sealed, body`

// eventsOf reads events with the links of their chain.
func eventsOf(ctx context.Context, db selecter, id petition.ID, upTo int) ([]eventRow, error) {
	return selectEvents(ctx, db, eventContent+`, promise, hash`, id, upTo)
}

// manyEvents bounds for how many rows room is made before they are read.
const manyEvents = 1000

func selectEvents(ctx context.Context, db selecter, columns string, id petition.ID, upTo int) ([]eventRow, error) {
	rows := make([]eventRow, 0, max(0, min(upTo, manyEvents)))
	err := db.Select(ctx, &rows, `SELECT `+columns+` FROM event WHERE case_id = ? AND n <= ? ORDER BY n`, id, upTo)
	return rows, err
}

// openEvents makes the case that its rows tell of.
func openEvents(id petition.ID, key exchange.Key, rows []eventRow) (*petition.Case, error) {
	c := &petition.Case{ID: id, Events: make([]petition.Event, 0, len(rows))}
	ready := key.Ready()
	for _, r := range rows {
		body, err := ready.Open(r.Body, bodyPlace(id, r.N))
		if err != nil {
			return nil, err
		}
		e, err := petition.Decode(r.envelope(id), body)
		if err != nil {
			return nil, err
		}
		if err := c.Apply(e); err != nil {
			return nil, err
		}
	}
	return c, nil
}
