package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// recorders write down what a unit notes besides its cases.
var recorders = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead}

type disputeRow struct {
	ID      sql.ID `db:"id"`
	Unit    string `db:"unit"`
	Version int    `db:"version"`
	Open    bool   `db:"is_open"`
	Next    string `db:"next_day"`
}

// disputeInSight guards a statement about disputes d of units u. Its arguments are
// scope.sight.
const disputeInSight = `
	SELECT d.id, d.unit, d.version, d.is_open, d.next_day FROM dispute d JOIN unit u ON u.id = d.unit
	WHERE ((? = 1 AND d.unit = ?) OR (? = 1 AND u.path >= ? AND u.path < ?))`

func (sc scope) sight() []any {
	low, high := subtree(sc.path)
	return []any{sc.actor.Is(workers...), sc.actor.Unit, sc.actor.Is(overseers...), low, high}
}

func disputePlace(id petition.ID, n int) []byte {
	return place("dispute_entry", "sealed", id[:], binary.BigEndian.AppendUint16(nil, uint16(n)))
}

// Disputes are the early signs that the actor's unit and, for overseers, the units below
// have written down. NotFound for everybody else.
func (s *Store) Disputes(ctx context.Context, by petition.Actor, open bool, before petition.ID) (backoffice.DisputePage, error) {
	var page backoffice.DisputePage
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return page, err
	}
	if !sc.actor.Is(workers...) {
		return page, notFound()
	}
	order, most := ` AND (? = 1 OR d.id < ?) ORDER BY d.id DESC LIMIT ?`, pageSize
	if open {
		order, most = ` AND (? = 1 OR d.id < ?) ORDER BY d.next_day, d.id LIMIT ?`, pageLargest
	}
	var rows []disputeRow
	err = s.db.Select(ctx, &rows, disputeInSight+` AND d.is_open = ?`+order,
		append(sc.sight(), open, before.IsZero(), before, most+1)...)
	if err != nil {
		return page, err
	}
	page.More = len(rows) > most
	for _, r := range rows[:min(len(rows), most)] {
		one, err := s.openDispute(ctx, r)
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, one)
	}
	return page, nil
}

// Dispute reads one; NotFound for what is not in sight.
func (s *Store) Dispute(ctx context.Context, by petition.Actor, id petition.ID) (petition.LocalDispute, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.LocalDispute{}, err
	}
	row, err := s.disputeIn(ctx, sc, id)
	if err != nil {
		return petition.LocalDispute{}, err
	}
	return s.openDispute(ctx, row)
}

func (s *Store) disputeIn(ctx context.Context, sc scope, id petition.ID) (disputeRow, error) {
	var row disputeRow
	err := s.db.Get(ctx, &row, disputeInSight+` AND d.id = ?`, append(sc.sight(), id)...)
	return row, err
}

func (s *Store) openDispute(ctx context.Context, r disputeRow) (petition.LocalDispute, error) {
	d := petition.LocalDispute{ID: petition.ID(r.ID), Unit: petition.UnitID(r.Unit), Open: r.Open, Next: r.Next}
	h, err := s.holder(ctx, exchange.UnitHolder(d.Unit))
	if err != nil {
		return d, err
	}
	var rows []struct {
		N       int        `db:"n"`
		At      sql.Moment `db:"at"`
		Officer string     `db:"officer"`
		Sealed  []byte     `db:"sealed"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT e.n, e.at, COALESCE(s.name, '') AS officer, e.sealed FROM dispute_entry e LEFT JOIN staff s ON s.id = e.staff
		WHERE e.dispute = ? ORDER BY e.n`, d.ID)
	if err != nil {
		return d, err
	}
	for _, row := range rows {
		plain, err := h.list.Open(row.Sealed, disputePlace(d.ID, row.N))
		if err != nil {
			return d, err
		}
		e := petition.DisputeEntry{Officer: row.Officer, At: row.At.Time}
		if err := json.Unmarshal(plain, &e); err != nil {
			return d, err
		}
		d.Entries = append(d.Entries, e)
	}
	return d, nil
}

// AddDispute writes a new one down for the actor's own unit.
func (s *Store) AddDispute(ctx context.Context, by petition.Actor, e petition.DisputeEntry, now time.Time) (petition.ID, error) {
	sc, err := s.recorder(ctx, by)
	if err != nil {
		return petition.ID{}, err
	}
	e.Step = petition.DisputeAdd
	if err := petition.CheckDispute(nil, e, now); err != nil {
		return petition.ID{}, err
	}
	id, err := newID(now)
	if err != nil {
		return id, err
	}
	sealed, err := s.sealDispute(ctx, sc.actor.Unit, id, 1, e)
	if err != nil {
		return id, err
	}
	return id, s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO dispute (id, unit, version, is_open, next_day, made_at) VALUES (?, ?, 1, 1, ?, ?)`,
			id, sc.actor.Unit, e.Next, now)
		if err != nil {
			return err
		}
		return insertDisputeEntry(ctx, tx, id, 1, sc, sealed, now)
	})
}

// StepDispute follows one up, or closes it: those of the unit do, or of the successor that
// answers for it now.
func (s *Store) StepDispute(ctx context.Context, by petition.Actor, id petition.ID, seen int, e petition.DisputeEntry, now time.Time) error {
	sc, err := s.recorder(ctx, by)
	if err != nil {
		return err
	}
	row, err := s.disputeIn(ctx, sc, id)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if owner := petition.UnitID(row.Unit); sc.actor.Unit != owner && sc.actor.Unit != rules.Units.Acting(owner) {
		return &petition.Error{Kind: petition.Forbidden, Key: "error.not_your_unit"}
	}
	d, err := s.openDispute(ctx, row)
	if err != nil {
		return err
	}
	if err := petition.CheckDispute(&d, e, now); err != nil {
		return err
	}
	if e.Step == petition.DisputeClose {
		e.Next = ""
	}
	sealed, err := s.sealDispute(ctx, d.Unit, id, seen+1, e)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `UPDATE dispute SET version = ?, is_open = ?, next_day = ? WHERE id = ? AND version = ? AND is_open = 1`,
			seen+1, e.Step != petition.DisputeClose, e.Next, id, seen)
		if err == nil && rows == 0 {
			err = overtaken()
		}
		if err != nil {
			return err
		}
		return insertDisputeEntry(ctx, tx, id, seen+1, sc, sealed, now)
	})
}

func (s *Store) recorder(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(recorders...) {
		err = notFound()
	}
	return sc, err
}

func (s *Store) sealDispute(ctx context.Context, unit petition.UnitID, id petition.ID, n int, e petition.DisputeEntry) ([]byte, error) {
	h, err := s.holder(ctx, exchange.UnitHolder(unit))
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return h.list.Seal(plain, disputePlace(id, n)), nil
}

func insertDisputeEntry(ctx context.Context, tx sql.Tx, id petition.ID, n int, sc scope, sealed []byte, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispute_entry (dispute, n, at, staff, sealed) VALUES (?, ?, ?, ?, ?)`,
		id, n, now, sc.actor.Staff, sealed)
	return err
}
