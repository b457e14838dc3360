package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// gapRow is a gap in policy that an event found; what it says is read from the case.
type gapRow struct {
	n     int
	unit  petition.UnitID
	owner petition.ID
	due   string
	at    int64
}

const (
	gapHead = `INSERT INTO policy_gap (case_id, n, unit, owner, due_day, status, settled, version, at) VALUES `
	gapMark = `(?, ?, ?, ?, ?, ?, 0, 0, ?)`
)

// gapOf is the gap that an event found; nil for most.
func gapOf(c *petition.Case, e petition.Event) *gapRow {
	l := c.Leg(e.Act.Leg)
	if e.Act.Action != petition.RecordGap || l == nil {
		return nil
	}
	return &gapRow{n: e.N, unit: l.Unit, owner: e.Act.Gap.Owner, due: e.Act.Gap.Due, at: sql.Instant(e.At)}
}

func (ch *change) gapValues() [][]any {
	if ch.gap == nil {
		return nil
	}
	g := ch.gap
	return [][]any{{ch.id, g.n, string(g.unit), g.owner, g.due, string(petition.GapProposed), g.at}}
}

// storedGap is a gap as it stands.
type storedGap struct {
	Case    sql.ID `db:"case_id"`
	N       int    `db:"n"`
	Unit    string `db:"unit"`
	Owner   sql.ID `db:"owner"`
	Name    string `db:"name"`
	Due     string `db:"due_day"`
	Status  string `db:"status"`
	Version int    `db:"version"`
	At      int64  `db:"at"`
}

// visibleGap is a gap whose case the reader may see: with a case that was sealed up, or
// that must not exist for somebody, goes what was found in it.
const visibleGap = `
	SELECT g.case_id, g.n, g.unit, g.owner, COALESCE(s.name, '') AS name, g.due_day, g.status, g.version, g.at
	FROM policy_gap g JOIN cases c ON c.id = g.case_id LEFT JOIN staff s ON s.id = g.owner
	WHERE` + visibleCase

// Gaps is a page of the gaps that the actor may see: those still to be settled first, the
// nearest day first.
func (s *Store) Gaps(ctx context.Context, by petition.Actor, q backoffice.GapQuery) (backoffice.GapPage, error) {
	var page backoffice.GapPage
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return page, err
	}
	after := ""
	if !q.After.IsZero() {
		after = "yes"
	}
	args := append(sc.guard(), string(q.Status), string(q.Status), q.Mine, sc.actor.Staff,
		after, q.AfterSettled, q.AfterSettled, q.AfterDue, q.AfterDue, q.After, backoffice.PolicyRows+1)
	var rows []storedGap
	err = s.db.Select(ctx, &rows, visibleGap+`
		AND (? = '' OR g.status = ?) AND (? = 0 OR g.owner = ?)
		AND (? = '' OR g.settled > ? OR (g.settled = ? AND (g.due_day > ? OR (g.due_day = ? AND g.case_id > ?))))
		ORDER BY g.settled, g.due_day, g.case_id LIMIT ?`, args...)
	if err != nil {
		return page, err
	}
	page.More = len(rows) > backoffice.PolicyRows
	for _, r := range rows[:min(len(rows), backoffice.PolicyRows)] {
		one, err := s.openGap(ctx, sc, r)
		if petition.Is(err, petition.NotFound) {
			continue // sealed up meanwhile
		}
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, one)
	}
	return page, nil
}

// openGap reads from the case what is missing.
func (s *Store) openGap(ctx context.Context, sc scope, r storedGap) (backoffice.Gap, error) {
	h, err := s.hold(ctx, sc, petition.ID(r.Case))
	if err != nil {
		return backoffice.Gap{}, err
	}
	if r.N < 1 || r.N > len(h.c.Events) || h.c.Events[r.N-1].Act.Gap == nil {
		return backoffice.Gap{}, notFound()
	}
	e := h.c.Events[r.N-1]
	return backoffice.Gap{Case: h.c.ID, Number: h.c.Number, Title: s.veiled(sc, h.c).Filing.Title, Topic: h.c.Topic,
		Unit: petition.UnitID(r.Unit), What: e.Act.Gap.What, Owner: petition.ID(r.Owner), OwnerName: r.Name, Due: r.Due,
		Status: petition.GapStatus(r.Status), Version: r.Version, At: sql.Time(r.At), By: e.By.Name}, nil
}

// Gap opens one with all that was done about it.
func (s *Store) Gap(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.GapFile, error) {
	var out backoffice.GapFile
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return out, err
	}
	var r storedGap
	if err := s.db.Get(ctx, &r, visibleGap+` AND g.case_id = ?`, append(sc.guard(), id)...); err != nil {
		return out, err
	}
	if out.Gap, err = s.openGap(ctx, sc, r); err != nil {
		return out, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return out, err
	}
	out.Leads = sc.actor.Is(petition.OfficeHead) && rules.Units.Acting(out.Unit) == sc.actor.Unit
	out.Mine = out.Leads || sc.actor.Staff == out.Owner
	out.Steps, err = s.gapSteps(ctx, id)
	return out, err
}

func (s *Store) gapSteps(ctx context.Context, id petition.ID) ([]backoffice.GapStep, error) {
	var rows []struct {
		N      int        `db:"n"`
		At     sql.Moment `db:"at"`
		Name   string     `db:"name"`
		Sealed []byte     `db:"sealed"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT g.n, g.at, COALESCE(s.name, '') AS name, g.sealed
		FROM policy_gap_step g LEFT JOIN staff s ON s.id = g.staff WHERE g.case_id = ? ORDER BY g.n DESC`, id)
	if err != nil {
		return nil, err
	}
	var all []backoffice.GapStep
	for _, r := range rows {
		plain, err := s.keys.master.Open(r.Sealed, gapPlace(id, r.N))
		if err != nil {
			return nil, err
		}
		one := backoffice.GapStep{At: r.At.Time, Name: r.Name}
		if err := json.Unmarshal(plain, &one.GapStep); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func gapPlace(id petition.ID, n int) []byte {
	return place("policy_gap_step", "sealed", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// StepGap records what became of a proposal, after the steps that were seen. NotFound for
// everybody but its owner and the head of the unit's petition office; Conflict if another
// step came first or it is settled; Invalid for what is not filled in.
func (s *Store) StepGap(ctx context.Context, by petition.Actor, id petition.ID, seen int, step petition.GapStep, now time.Time) error {
	file, err := s.Gap(ctx, by, id)
	if err != nil {
		return err
	}
	if !file.Mine {
		return notFound()
	}
	if file.Version != seen {
		return overtaken()
	}
	if err := petition.CheckGapStep(file.Status, step); err != nil {
		return err
	}
	return s.addGapStep(ctx, by, file, step, now)
}

// GiveGap gives a gap to another member of the unit's staff, with the reason on record.
// NotFound for everybody but the head of the unit's petition office; otherwise as StepGap.
func (s *Store) GiveGap(ctx context.Context, by petition.Actor, id petition.ID, seen int, owner petition.ID, reason string, now time.Time) error {
	file, err := s.Gap(ctx, by, id)
	if err != nil {
		return err
	}
	if !file.Leads {
		return notFound()
	}
	if file.Version != seen {
		return overtaken()
	}
	var names []string
	err = s.db.Select(ctx, &names, `SELECT name FROM staff WHERE id = ? AND unit = ? AND active = 1`, owner, by.Unit)
	if err != nil {
		return err
	}
	step := petition.GapStep{Status: file.Status, Text: reason, Owner: owner}
	if err := petition.CheckGapOwner(file.Status, file.Owner, step, len(names) == 1); err != nil {
		return err
	}
	step.OwnerName = names[0]
	return s.addGapStep(ctx, by, file, step, now)
}

// addGapStep stores a step after those that were seen.
func (s *Store) addGapStep(ctx context.Context, by petition.Actor, file backoffice.GapFile, step petition.GapStep, now time.Time) error {
	plain, err := json.Marshal(step)
	if err != nil {
		return err
	}
	id, n, owner := file.Case, file.Version+1, file.Owner
	if !step.Owner.IsZero() {
		owner = step.Owner
	}
	sealed := s.keys.master.Seal(plain, gapPlace(id, n))
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `UPDATE policy_gap SET status = ?, settled = ?, owner = ?, version = ? WHERE case_id = ? AND version = ?`,
			string(step.Status), step.Status.Settled(), owner, n, id, file.Version)
		if err != nil {
			return err
		}
		if rows == 0 {
			return overtaken()
		}
		_, err = tx.Exec(ctx, `INSERT INTO policy_gap_step (case_id, n, status, at, staff, sealed) VALUES (?, ?, ?, ?, ?, ?)`,
			id, n, string(step.Status), now, by.Staff, sealed)
		return err
	})
}
