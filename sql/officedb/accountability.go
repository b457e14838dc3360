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

// accountReaders read the files that their unit opened; accountConcerned those about their
// unit's work, once decided.
var (
	accountReaders   = []petition.Role{petition.Supervisor, petition.Leader}
	accountConcerned = []petition.Role{petition.OfficeHead, petition.Leader}
)

// accountInSight guards a statement about files a of cases c. Its arguments are
// scope.accountSight.
const accountInSight = `
	SELECT a.id, a.unit, a.about, a.case_id, a.version, a.state, COALESCE(c.number, '') AS number
	FROM accountability a JOIN cases c ON c.id = a.case_id
	WHERE c.sealed_up = 0 AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = a.case_id)
		AND ((? = 1 AND a.unit = ?) OR (? = 1 AND a.about = ? AND a.state <> 'open'))`

func (sc scope) accountSight() []any {
	return []any{sc.actor.Staff, sc.actor.Is(accountReaders...), sc.actor.Unit, sc.actor.Is(accountConcerned...), sc.actor.Unit}
}

type accountabilityRow struct {
	ID      sql.ID `db:"id"`
	Unit    string `db:"unit"`
	About   string `db:"about"`
	Case    sql.ID `db:"case_id"`
	Version int    `db:"version"`
	State   string `db:"state"`
	Number  string `db:"number"`
}

func accountPlace(id petition.ID, n int) []byte {
	return place("accountability_entry", "sealed", id[:], binary.BigEndian.AppendUint16(nil, uint16(n)))
}

// Accountabilities lists the files in the actor's sight, newest first; NotFound for those who have
// none to read by their post.
func (s *Store) Accountabilities(ctx context.Context, by petition.Actor) ([]petition.Accountability, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if !sc.actor.Is(accountReaders...) && !sc.actor.Is(accountConcerned...) {
		return nil, notFound()
	}
	var rows []accountabilityRow
	if err := s.db.Select(ctx, &rows, accountInSight+` ORDER BY a.id DESC LIMIT ?`, append(sc.accountSight(), pageLargest)...); err != nil {
		return nil, err
	}
	all := make([]petition.Accountability, 0, len(rows))
	for _, r := range rows {
		one, err := s.openAccountability(ctx, r)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// Accountability reads one; NotFound for what is not in sight.
func (s *Store) Accountability(ctx context.Context, by petition.Actor, id petition.ID) (petition.Accountability, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.Accountability{}, err
	}
	return s.accountabilityIn(ctx, sc, id)
}

func (s *Store) accountabilityIn(ctx context.Context, sc scope, id petition.ID) (petition.Accountability, error) {
	var row accountabilityRow
	if err := s.db.Get(ctx, &row, accountInSight+` AND a.id = ?`, append(sc.accountSight(), id)...); err != nil {
		return petition.Accountability{}, err
	}
	return s.openAccountability(ctx, row)
}

func (s *Store) openAccountability(ctx context.Context, r accountabilityRow) (petition.Accountability, error) {
	a := petition.Accountability{ID: petition.ID(r.ID), Unit: petition.UnitID(r.Unit), About: petition.UnitID(r.About),
		Case: petition.ID(r.Case), Number: r.Number, State: petition.AccountState(r.State)}
	h, err := s.holder(ctx, exchange.UnitHolder(a.Unit))
	if err != nil {
		return a, err
	}
	var rows []struct {
		N       int        `db:"n"`
		At      sql.Moment `db:"at"`
		Staff   sql.ID     `db:"staff"`
		Officer string     `db:"officer"`
		Sealed  []byte     `db:"sealed"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT e.n, e.at, e.staff, COALESCE(s.name, '') AS officer, e.sealed
		FROM accountability_entry e LEFT JOIN staff s ON s.id = e.staff WHERE e.file = ? ORDER BY e.n`, a.ID)
	if err != nil {
		return a, err
	}
	for _, row := range rows {
		plain, err := h.list.Open(row.Sealed, accountPlace(a.ID, row.N))
		if err != nil {
			return a, err
		}
		e := petition.AccountEntry{Staff: petition.ID(row.Staff), Officer: row.Officer, At: row.At.Time}
		if err := json.Unmarshal(plain, &e); err != nil {
			return a, err
		}
		a.Entries = append(a.Entries, e)
	}
	return a, nil
}

// AddAccountability opens a file about a unit's work on a first petition. It checks: the actor is a
// supervisor (NotFound) who may see the case; its events show a fault of that unit, which
// has facts and a measure (Invalid); there is no such file yet (Conflict).
func (s *Store) AddAccountability(ctx context.Context, by petition.Actor, id petition.ID, e petition.AccountEntry, now time.Time) (petition.ID, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.ID{}, err
	}
	if !sc.actor.Is(petition.Supervisor) {
		return petition.ID{}, notFound()
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return petition.ID{}, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return petition.ID{}, err
	}
	e.Step, e.Staff, e.Faults = petition.AccountAdd, sc.actor.Staff, petition.FaultsOf(h.c, rules, now)
	if err := petition.CheckAccountability(nil, e); err != nil {
		return petition.ID{}, err
	}
	about := accountable(h.c, e.Faults)
	file, err := newID(now)
	if err != nil {
		return file, err
	}
	sealed, err := s.sealAccount(ctx, sc.actor.Unit, file, 1, e)
	if err != nil {
		return file, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO accountability (id, unit, about, case_id, version, state, made_at) VALUES (?, ?, ?, ?, 1, ?, ?)`,
			file, sc.actor.Unit, about, id, string(petition.AccountOpen), now)
		if err != nil {
			return err
		}
		return insertAccountEntry(ctx, tx, file, 1, sc, sealed, now)
	})
	if sql.Duplicate(err) {
		err = &petition.Error{Kind: petition.Conflict, Key: "error.account_there"}
	}
	return file, err
}

// accountable is the unit whose work it is: of the first fault that names one, else the
// first unit that had the case.
func accountable(c *petition.Case, faults []petition.Fault) petition.UnitID {
	for _, f := range faults {
		if f.Unit != "" {
			return f.Unit
		}
	}
	if n := c.HomeLeg(); n > 0 {
		return c.Leg(n).Unit
	}
	return c.Legs[0].Unit
}

// StepAccountability decides on a file, or notes the feedback: leaders of the unit that opened it
// decide, its supervisors note. NotFound for what is not in sight, Forbidden for another
// post or one's own proposal, Conflict if somebody was first.
func (s *Store) StepAccountability(ctx context.Context, by petition.Actor, id petition.ID, seen int, e petition.AccountEntry, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	a, err := s.accountabilityIn(ctx, sc, id)
	if err != nil {
		return err
	}
	if !backoffice.MayStep(a, sc.actor, e.Step) {
		return &petition.Error{Kind: petition.Forbidden, Key: "error.not_your_role"}
	}
	e.Staff, e.Faults = sc.actor.Staff, nil
	if err := petition.CheckAccountability(&a, e); err != nil {
		return err
	}
	sealed, err := s.sealAccount(ctx, a.Unit, id, seen+1, e)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `UPDATE accountability SET version = ?, state = ? WHERE id = ? AND version = ?`,
			seen+1, string(e.Step.After()), id, seen)
		if err == nil && rows == 0 {
			err = overtaken()
		}
		if err != nil {
			return err
		}
		return insertAccountEntry(ctx, tx, id, seen+1, sc, sealed, now)
	})
}

func (s *Store) sealAccount(ctx context.Context, unit petition.UnitID, id petition.ID, n int, e petition.AccountEntry) ([]byte, error) {
	h, err := s.holder(ctx, exchange.UnitHolder(unit))
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return h.list.Seal(plain, accountPlace(id, n)), nil
}

func insertAccountEntry(ctx context.Context, tx sql.Tx, id petition.ID, n int, sc scope, sealed []byte, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO accountability_entry (file, n, at, staff, sealed) VALUES (?, ?, ?, ?, ?)`,
		id, n, now, sc.actor.Staff, sealed)
	return err
}
