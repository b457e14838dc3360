package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

func inspectionPlace(id petition.ID, n int) []byte {
	return place("inspection_entry", "sealed", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// Inspections are those that the actor's unit was asked for, newest first; cadre supervisors
// are shown those that were approved. NotFound for everybody else.
func (s *Store) Inspections(ctx context.Context, by petition.Actor) ([]petition.Inspection, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	return s.inspections(ctx, sc, `i.unit = ? ORDER BY i.id DESC LIMIT ?`, sc.actor.Unit, pageLargest)
}

// Inspection reads one; NotFound for whom the list does not show it to.
func (s *Store) Inspection(ctx context.Context, by petition.Actor, id petition.ID) (petition.Inspection, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.Inspection{}, err
	}
	return s.inspectionIn(ctx, sc, id)
}

func (s *Store) inspectionIn(ctx context.Context, sc scope, id petition.ID) (petition.Inspection, error) {
	found, err := s.inspections(ctx, sc, `i.unit = ? AND i.id = ?`, sc.actor.Unit, id)
	if err == nil && len(found) == 0 {
		err = notFound()
	}
	if err != nil {
		return petition.Inspection{}, err
	}
	return found[0], nil
}

func (s *Store) inspections(ctx context.Context, sc scope, where string, args ...any) ([]petition.Inspection, error) {
	read, sealed := sc.actor.Is(overseers...), sc.actor.Is(petition.CadreSupervisor)
	if !read && !sealed {
		return nil, notFound()
	}
	var rows []struct {
		ID    sql.ID `db:"id"`
		About string `db:"about"`
	}
	if err := s.db.Select(ctx, &rows, `SELECT i.id, i.about FROM inspection i WHERE `+where, args...); err != nil {
		return nil, err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(sc.actor.Unit))
	if err != nil {
		return nil, err
	}
	var all []petition.Inspection
	for _, r := range rows {
		one := petition.Inspection{ID: petition.ID(r.ID), Unit: sc.actor.Unit, About: petition.UnitID(r.About)}
		if one.Steps, err = s.inspectionSteps(ctx, h, one.ID); err != nil {
			return nil, err
		}
		if read || one.State() == petition.InspectionApproved {
			all = append(all, one)
		}
	}
	return all, nil
}

func (s *Store) inspectionSteps(ctx context.Context, h *holder, id petition.ID) ([]petition.InspectionStep, error) {
	var rows []struct {
		N       int        `db:"n"`
		Act     string     `db:"act"`
		At      sql.Moment `db:"at"`
		Staff   sql.ID     `db:"staff"`
		Officer string     `db:"officer"`
		Sealed  []byte     `db:"sealed"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT e.n, e.act, e.at, e.staff, COALESCE(s.name, '') AS officer, e.sealed
		FROM inspection_entry e LEFT JOIN staff s ON s.id = e.staff WHERE e.inspection = ? ORDER BY e.n`, id)
	if err != nil {
		return nil, err
	}
	all := make([]petition.InspectionStep, 0, len(rows))
	for _, r := range rows {
		plain, err := h.list.Open(r.Sealed, inspectionPlace(id, r.N))
		if err != nil {
			return nil, err
		}
		step := petition.InspectionStep{Act: petition.InspectionAct(r.Act), Staff: petition.ID(r.Staff), Officer: r.Officer, At: r.At.Time}
		if err := json.Unmarshal(plain, &step); err != nil {
			return nil, err
		}
		all = append(all, step)
	}
	return all, nil
}

// AskInspection writes down what a team asks the actor's unit for. NotFound for all but
// registrars and heads of offices; like petition.CheckInspection.
func (s *Store) AskInspection(ctx context.Context, by petition.Actor, about petition.UnitID, ask petition.InspectionStep, now time.Time) (petition.ID, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.ID{}, err
	}
	if !sc.actor.Is(petition.Registrar, petition.OfficeHead) {
		return petition.ID{}, notFound()
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return petition.ID{}, err
	}
	own, _ := rules.Units.Unit(sc.actor.Unit)
	overseen := append([]petition.Unit{own}, petition.Below(rules.Units, own.ID)...)
	if err := petition.CheckInspection(about, ask, overseen, petition.Day(now)); err != nil {
		return petition.ID{}, err
	}
	id, err := newID(now)
	if err != nil {
		return id, err
	}
	ask.Act = petition.InspectionAsk
	add, err := s.sealInspection(ctx, sc, id, 1, ask, now)
	if err != nil {
		return id, err
	}
	return id, s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO inspection (id, unit, about) VALUES (?, ?, ?)`, id, sc.actor.Unit, about); err != nil {
			return err
		}
		return add(ctx, tx)
	})
}

// StepInspection goes on with a request. It checks: it is the actor's unit's (NotFound); the
// steps are those that were seen (Conflict); petition.CheckInspectionStep.
func (s *Store) StepInspection(ctx context.Context, by petition.Actor, id petition.ID, seen int, step petition.InspectionStep, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	i, err := s.inspectionIn(ctx, sc, id)
	if err != nil {
		return err
	}
	if len(i.Steps) != seen {
		return overtaken()
	}
	if err := petition.CheckInspectionStep(i, sc.actor, step); err != nil {
		return err
	}
	add, err := s.sealInspection(ctx, sc, id, seen+1, step, now)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, add)
	if sql.Duplicate(err) {
		return overtaken()
	}
	return err
}

// sealInspection makes an entry ready to be stored, with its line in the office's log.
func (s *Store) sealInspection(ctx context.Context, sc scope, id petition.ID, n int, step petition.InspectionStep, now time.Time) (func(context.Context, sql.Tx) error, error) {
	h, err := s.holder(ctx, exchange.UnitHolder(sc.actor.Unit))
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(step)
	if err != nil {
		return nil, err
	}
	entry := s.entry(sc.act("inspection_"+string(step.Act), petition.ID{}, id.String(), now))
	return func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO inspection_entry (inspection, n, act, at, staff, sealed) VALUES (?, ?, ?, ?, ?, ?)`,
			id, n, string(step.Act), now, sc.actor.Staff, h.list.Seal(plain, inspectionPlace(id, n)))
		if err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, entry)
	}, nil
}

// inspectionMost is how many open matters a package holds.
const inspectionMost = 2000

// InspectionMatters are the open matters of an approved request.
func (s *Store) InspectionMatters(ctx context.Context, by petition.Actor, id petition.ID, names bool, now time.Time) (all []backoffice.InspectionMatter, more bool, err error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, false, err
	}
	i, err := s.inspectionIn(ctx, sc, id)
	if err != nil {
		return nil, false, err
	}
	if i.State() != petition.InspectionApproved || !sc.actor.Is(overseers...) {
		return nil, false, notFound()
	}
	if names && (!i.WithNames() || !slices.Contains(petition.InspectionOffers(i, sc.actor), petition.InspectionTake)) {
		return nil, false, &petition.Error{Kind: petition.Forbidden, Key: "error.not_your_role"}
	}
	low, high, err := s.below(ctx, i.About)
	if err != nil {
		return nil, false, err
	}
	var rows []legRow
	err = s.db.Select(ctx, &rows, `SELECT `+ledgerColumns+` FROM leg l JOIN unit u ON u.id = l.unit
		WHERE u.path >= ? AND u.path < ? AND l.is_open = 1 AND l.kind IN ('own', 'referral', 'assigned')
			AND l.state NOT IN ('sealed_up', 'passed') AND`+visibleLeg+`ORDER BY l.sort, l.case_id, l.n LIMIT ?`,
		low, high, sc.actor.Staff, inspectionMost+1)
	if err != nil {
		return nil, false, err
	}
	more = len(rows) > inspectionMost
	rows = rows[:min(len(rows), inspectionMost)]
	lines, err := s.lines(ctx, sc, rows)
	if err != nil {
		return nil, false, err
	}
	ask := i.Ask()
	var looks []view
	for n, line := range lines {
		one := backoffice.InspectionMatter{QueueRow: line, People: rows[n].People}
		h, err := s.hold(ctx, sc, line.Case)
		if err != nil {
			return nil, false, err
		}
		one.Name, one.Handler = "", ""
		one.Title = newVeil(h.c.Filing, true, h.c.Persons()...).text(line.Title)
		if names && h.c.Filing.Person.Name != "" {
			seen, err := s.looked(sc, line.Case, viewedIdentity, ask.Team+" "+ask.Document, now)
			if err != nil {
				return nil, false, err
			}
			looks = append(looks, seen)
			one.Person = h.c.Filing.Person.Name
		}
		all = append(all, one)
	}
	return all, more, s.log(ctx, looks...)
}

// readInspection is what the compartment's own log says when reports were read for a team.
const readInspection = "inspection_read"

// InspectionReports are the compartment's part of an approved request.
func (s *Store) InspectionReports(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) (i petition.Inspection, all []backoffice.InspectionReport, err error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return i, nil, err
	}
	if !sc.actor.Is(petition.CadreSupervisor) {
		return i, nil, notFound()
	}
	if i, err = s.inspectionIn(ctx, sc, id); err != nil {
		return i, nil, err
	}
	if i.State() != petition.InspectionApproved {
		return i, nil, notFound()
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return i, nil, err
	}
	ask := i.Ask()
	period, err := spanOf(ask.From, ask.To)
	if err != nil {
		return i, nil, err
	}
	if err := s.log(ctx, s.digestEntry(sc, readInspection, ask.Document, petition.ID{}, now)); err != nil {
		return i, nil, err
	}
	files, err := s.compartmentFiles(ctx, sc, sql.Time(period.to))
	if err != nil {
		return i, nil, err
	}
	about, _ := rules.Units.Unit(i.About)
	for _, f := range files {
		if sql.Instant(f.Received) < period.from {
			continue
		}
		var people []petition.Reported
		for _, p := range f.Reported {
			if at, ok := rules.Units.Unit(p.At); ok && at.Within(about) {
				people = append(people, p.Reported)
			}
		}
		if len(people) > 0 {
			all = append(all, backoffice.InspectionReport{ID: f.ID, Number: f.Number, Topic: f.Filing.Topic, State: f.State,
				Finding: f.Finding, Received: f.Received, Reported: people})
		}
	}
	return i, all, nil
}
