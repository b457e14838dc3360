package officedb

import (
	"context"
	"maps"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	seatHead = `INSERT INTO reception_seat (session, case_id, step, at) VALUES `
	seatMark = `(?, ?, ?, ?)`
)

// seatsOf is what the events after the first so many did to the case's places at sessions:
// one row for each session. A report has none.
func seatsOf(c *petition.Case, known int) [][]any {
	if c.Track == petition.Report {
		return nil
	}
	at := map[petition.ID]int{}
	var rows [][]any
	for _, s := range c.Seats() {
		if s.N <= known {
			continue
		}
		row := []any{s.Session, c.ID, string(s.Step), sql.Instant(s.At)}
		if i, ok := at[s.Session]; ok {
			rows[i] = row
			continue
		}
		at[s.Session] = len(rows)
		rows = append(rows, row)
	}
	return rows
}

// Seats lists whose cases have a place at a session, as far as the actor may see them, the
// earliest first. NotFound like ReceptionSession.
func (s *Store) Seats(ctx context.Context, by petition.Actor, session petition.ID) ([]backoffice.SeatRow, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if _, _, err := s.ReceptionSession(ctx, by, session); err != nil {
		return nil, err
	}
	var rows []struct {
		Case sql.ID `db:"case_id"`
	}
	err = s.db.Select(ctx, &rows, `SELECT x.case_id FROM reception_seat x JOIN cases c ON c.id = x.case_id
		WHERE x.session = ? AND`+visibleCase+`ORDER BY c.received, c.id LIMIT 200`, append([]any{session}, sc.guard()...)...)
	if err != nil {
		return nil, err
	}
	all := make([]backoffice.SeatRow, 0, len(rows))
	for _, r := range rows {
		h, err := s.hold(ctx, sc, petition.ID(r.Case))
		if petition.Is(err, petition.NotFound) {
			continue // sealed up meanwhile
		}
		if err != nil {
			return nil, err
		}
		c := s.veiled(sc, h.c)
		row := backoffice.SeatRow{Case: c.ID, Number: c.Number, Title: c.Filing.Title, Step: c.SeatAt(session)}
		for _, one := range c.Seats() {
			if one.Session == session {
				row.Log = append(row.Log, one)
			}
		}
		all = append(all, row)
	}
	return all, nil
}

// KeepSeat records what became of a case's place at a session of the actor's unit, and
// tells the portals how many places are left. Number names the case where one is invited.
// It fails with NotFound for sessions and cases that are not the actor's, and like
// petition.Decide.
func (s *Store) KeepSeat(ctx context.Context, by petition.Actor, session petition.ID, k backoffice.SeatStep, now time.Time) error {
	one, p, err := s.ReceptionSession(ctx, by, session)
	if err != nil {
		return err
	}
	if p.Unit != by.Unit {
		return notFound()
	}
	if k.Case.IsZero() {
		k.Case, err = s.Find(ctx, by, strings.TrimSpace(k.Number))
		if petition.Is(err, petition.NotFound) {
			return invalid("number", "problem.case_unknown")
		}
		if err != nil {
			return err
		}
	}
	c, err := s.Case(ctx, by, k.Case)
	if err != nil {
		return err
	}
	act := petition.Act{Action: petition.Note, Text: k.Text, Public: k.Step.Told(),
		Seat: &petition.Seat{Session: session, Step: k.Step, Day: one.Day}}
	if _, err := s.Act(ctx, by, k.Case, c.Version(), act, now); err != nil {
		return err
	}
	if !k.Step.Told() {
		return nil
	}
	return s.SendDirectory(ctx, now)
}

// InstructAt makes a duty of what a leader told somebody to do at a session, about a case
// that was heard there (scenario 13.2). It fails like SetDuty, with NotFound where the
// session is not of the actor's unit, and with Invalid where nobody came about the case.
func (s *Store) InstructAt(ctx context.Context, by petition.Actor, session petition.ID, act petition.DutyAct, now time.Time) (*petition.Duty, error) {
	one, p, err := s.ReceptionSession(ctx, by, session)
	if err != nil {
		return nil, err
	}
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if p.Unit != sc.actor.Unit {
		return nil, notFound()
	}
	var step []string
	if err := s.db.Select(ctx, &step, `SELECT step FROM reception_seat WHERE session = ? AND case_id = ?`, session, act.Case); err != nil {
		return nil, err
	}
	if len(step) == 0 || petition.SeatStep(step[0]) != petition.SeatCame {
		return nil, invalid("case", "problem.seat_heard")
	}
	act.Action, act.Kind = petition.SetDuty, petition.Instruction
	values := map[string]string{"said_by": one.Leader}
	maps.Copy(values, act.Values)
	act.Values = values
	if err := s.dutyFits(ctx, sc, nil, act); err != nil {
		return nil, err
	}
	return s.addDuty(ctx, sc.actor, act, now, func(ctx context.Context, tx sql.Tx, id petition.ID) error {
		_, err := tx.Exec(ctx, `INSERT INTO reception_duty (session, duty) VALUES (?, ?)`, session, id)
		return err
	})
}
