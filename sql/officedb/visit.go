package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// receptionists keep the register of the reception desk.
var receptionists = []petition.Role{petition.Registrar, petition.OfficeHead}

func visitPlace(id petition.ID, n int) []byte {
	return place("visit_entry", "sealed", id[:], binary.BigEndian.AppendUint16(nil, uint16(n)))
}

func (s *Store) receptionist(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(receptionists...) {
		err = notFound()
	}
	return sc, err
}

type visitRow struct {
	ID   sql.ID `db:"id"`
	Unit string `db:"unit"`
	Day  string `db:"day"`
}

func (r visitRow) cursor() string { return r.Day + " " + petition.ID(r.ID).String() }

// Visits is one page of a unit's register: the newest day first, and of a day what was
// written last.
func (s *Store) Visits(ctx context.Context, by petition.Actor, q backoffice.VisitQuery) (backoffice.VisitPage, error) {
	var page backoffice.VisitPage
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return page, err
	}
	unit, err := s.unitInScope(ctx, sc, q.Unit)
	if err != nil {
		return page, err
	}
	day, before, err := visitCursor(q.After)
	if err != nil {
		return page, err
	}
	limit := min(q.Limit, pageLargest)
	if limit <= 0 {
		limit = pageSize
	}
	to := q.To
	if to == "" {
		to = day
	}
	var rows []visitRow
	err = s.db.Select(ctx, &rows, `
		SELECT id, unit, day FROM visit WHERE unit = ? AND day >= ? AND day <= ? AND (day < ? OR day = ? AND id < ?)
		ORDER BY day DESC, id DESC LIMIT ?`, unit, q.From, to, day, day, before, limit+1)
	if err != nil {
		return page, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].cursor()
	}
	for _, r := range rows {
		v, err := s.openVisit(ctx, sc, r)
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, v)
	}
	return page, nil
}

// visitCursor reads a cursor; the first page begins after every day.
func visitCursor(text string) (day string, id petition.ID, err error) {
	if text == "" {
		return "9999-12-31", petition.ID{}, nil
	}
	day, tail, _ := strings.Cut(text, " ")
	if id, err = petition.ParseID(tail); err != nil {
		err = &petition.Error{Kind: petition.Invalid, Key: "error.bad_cursor"}
	}
	return day, id, err
}

// Visit reads one line; NotFound for one of a unit that is not in sight.
func (s *Store) Visit(ctx context.Context, by petition.Actor, id petition.ID) (petition.Visit, error) {
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return petition.Visit{}, err
	}
	var row visitRow
	if err := s.db.Get(ctx, &row, `SELECT id, unit, day FROM visit WHERE id = ?`, id); err != nil {
		return petition.Visit{}, err
	}
	if _, err := s.unitInScope(ctx, sc, petition.UnitID(row.Unit)); err != nil {
		return petition.Visit{}, err
	}
	return s.openVisit(ctx, sc, row)
}

func (s *Store) openVisit(ctx context.Context, sc scope, r visitRow) (petition.Visit, error) {
	v := petition.Visit{ID: petition.ID(r.ID), Unit: petition.UnitID(r.Unit), Day: r.Day}
	h, err := s.holder(ctx, exchange.UnitHolder(v.Unit))
	if err != nil {
		return v, err
	}
	var rows []struct {
		N      int        `db:"n"`
		At     sql.Moment `db:"at"`
		By     string     `db:"name"`
		Sealed []byte     `db:"sealed"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT e.n, e.at, COALESCE(s.name, '') AS name, e.sealed FROM visit_entry e LEFT JOIN staff s ON s.id = e.staff
		WHERE e.visit = ? ORDER BY e.n`, v.ID)
	if err != nil {
		return v, err
	}
	for _, row := range rows {
		plain, err := h.list.Open(row.Sealed, visitPlace(v.ID, row.N))
		if err != nil {
			return v, err
		}
		e := petition.VisitEntry{By: row.By, At: row.At.Time}
		if err := json.Unmarshal(plain, &e); err != nil {
			return v, err
		}
		v.Entries = append(v.Entries, e)
	}
	v.Cases, err = s.casesOfVisit(ctx, sc, v.ID)
	return v, err
}

// casesOfVisit are those that this reader sees; one that was sealed up is gone from here.
func (s *Store) casesOfVisit(ctx context.Context, sc scope, id petition.ID) ([]petition.Link, error) {
	var rows []struct {
		ID     sql.ID `db:"id"`
		Number string `db:"number"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT c.id, COALESCE(c.number, '') AS number FROM visit_case k JOIN cases c ON c.id = k.case_id
		WHERE k.visit = ? AND`+visibleCase+`ORDER BY c.id`, append([]any{id}, sc.guard()...)...)
	var links []petition.Link
	for _, r := range rows {
		links = append(links, petition.Link{Case: petition.ID(r.ID), Number: r.Number})
	}
	return links, err
}

// AddVisit writes a line for the actor's own unit. It fails with Invalid where it is not
// filled in, or who receives them does not work there; with Conflict (intake.twice) when
// the same form is sent again.
func (s *Store) AddVisit(ctx context.Context, by petition.Actor, form, day string, e petition.VisitEntry, now time.Time) (petition.ID, error) {
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return petition.ID{}, err
	}
	e.Step = petition.VisitArrive
	if err := petition.CheckVisit(nil, day, e, now); err != nil {
		return petition.ID{}, err
	}
	id, err := newID(now)
	if err != nil {
		return id, err
	}
	sealed, err := s.sealVisit(ctx, sc.actor.Unit, id, 1, e)
	if err != nil {
		return id, err
	}
	return id, s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := useForm(ctx, tx, formHash(by.Staff, form), id, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO visit (id, unit, day, version, made_at) VALUES (?, ?, ?, 1, ?)`,
			id, sc.actor.Unit, day, now)
		if err != nil {
			return err
		}
		return insertVisitEntry(ctx, tx, id, 1, sc, sealed, now)
	})
}

// StepVisit sees visitors off, or corrects the line: those of the unit do.
func (s *Store) StepVisit(ctx context.Context, by petition.Actor, id petition.ID, seen int, e petition.VisitEntry, now time.Time) error {
	sc, v, err := s.ownVisit(ctx, by, id)
	if err != nil {
		return err
	}
	if seen != len(v.Entries) {
		return overtaken()
	}
	e = v.Next(e)
	if err := petition.CheckVisit(&v, v.Day, e, now); err != nil {
		return err
	}
	sealed, err := s.sealVisit(ctx, v.Unit, id, seen+1, e)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `UPDATE visit SET version = ? WHERE id = ? AND version = ?`, seen+1, id, seen)
		if err == nil && rows == 0 {
			err = overtaken()
		}
		if err != nil {
			return err
		}
		return insertVisitEntry(ctx, tx, id, seen+1, sc, sealed, now)
	})
}

// ownVisit is a line of the actor's own unit: Forbidden for one of a unit below.
func (s *Store) ownVisit(ctx context.Context, by petition.Actor, id petition.ID) (scope, petition.Visit, error) {
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return sc, petition.Visit{}, err
	}
	v, err := s.Visit(ctx, by, id)
	if err == nil && v.Unit != sc.actor.Unit {
		err = &petition.Error{Kind: petition.Forbidden, Key: "error.not_your_unit"}
	}
	return sc, v, err
}

// LinkVisit notes that people came about a case; again is once.
func (s *Store) LinkVisit(ctx context.Context, by petition.Actor, id petition.ID, number string, now time.Time) error {
	sc, v, err := s.ownVisit(ctx, by, id)
	if err != nil {
		return err
	}
	found, err := s.Find(ctx, by, number)
	if petition.Is(err, petition.NotFound) {
		return invalid("number", "problem.link_unknown")
	}
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		return linkVisit(ctx, tx, v.ID, found, sc.actor.Staff, now)
	})
	if sql.Duplicate(err) {
		return nil
	}
	return err
}

func linkVisit(ctx context.Context, tx sql.Tx, visit, caseID, staff petition.ID, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO visit_case (visit, case_id, at, staff) VALUES (?, ?, ?, ?)`, visit, caseID, now, staff)
	return err
}

// sealVisit seals an entry, after completing who receives the visitors.
func (s *Store) sealVisit(ctx context.Context, unit petition.UnitID, id petition.ID, n int, e petition.VisitEntry) ([]byte, error) {
	err := s.db.Get(ctx, &e.Name, `SELECT name FROM staff WHERE id = ? AND unit = ? AND active = 1`, e.Officer, unit)
	if petition.Is(err, petition.NotFound) {
		return nil, invalid("officer", "problem.officer_missing")
	}
	if err != nil {
		return nil, err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(unit))
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return h.list.Seal(plain, visitPlace(id, n)), nil
}

func insertVisitEntry(ctx context.Context, tx sql.Tx, id petition.ID, n int, sc scope, sealed []byte, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO visit_entry (visit, n, at, staff, sealed) VALUES (?, ?, ?, ?, ?)`,
		id, n, now, sc.actor.Staff, sealed)
	return err
}
