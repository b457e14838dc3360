package officedb

import (
	"context"
	"errors"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// handers hand over what a leaver of their unit has in hand.
var handers = []petition.Role{petition.OfficeHead, petition.UnitHead}

// heldLeg is what somebody has in hand: open at his unit, and not only waiting for a unit
// that it was passed on to.
const heldLeg = ` l.handler = ? AND l.is_open = 1 AND l.state <> 'passed' `

// handoverMost is how many legs one act hands over at most; the rest follows when it is
// done again.
const handoverMost = 200

// Holdings lists who of the unit has how much in hand, also people who are gone. It
// fails with NotFound for all but office heads and unit heads.
func (s *Store) Holdings(ctx context.Context, by petition.Actor) ([]backoffice.Holding, error) {
	sc, err := s.hander(ctx, by)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID     sql.ID `db:"id"`
		Name   string `db:"name"`
		Active bool   `db:"active"`
		N      int    `db:"n"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT s.id, s.name, s.active, COUNT(*) AS n FROM leg l JOIN staff s ON s.id = l.handler
		WHERE l.unit = ? AND l.is_open = 1 AND l.state <> 'passed' AND`+visibleLeg+`
		GROUP BY s.id, s.name, s.active ORDER BY s.name, s.id`, sc.actor.Unit, sc.actor.Staff)
	out := make([]backoffice.Holding, 0, len(rows))
	for _, r := range rows {
		out = append(out, backoffice.Holding{ID: petition.ID(r.ID), Name: r.Name, Active: r.Active, Count: r.N})
	}
	return out, err
}

// HeldBy lists what somebody has in hand at the actor's unit, nearest due first, as far
// as one act hands it over.
func (s *Store) HeldBy(ctx context.Context, by petition.Actor, staff petition.ID) (backoffice.QueuePage, error) {
	var out backoffice.QueuePage
	sc, err := s.hander(ctx, by)
	if err != nil {
		return out, err
	}
	rows, err := s.heldBy(ctx, sc, staff)
	if err != nil {
		return out, err
	}
	out.Rows, err = s.lines(ctx, sc, rows)
	return out, err
}

func (s *Store) heldBy(ctx context.Context, sc scope, staff petition.ID) ([]legRow, error) {
	var rows []legRow
	err := s.db.Select(ctx, &rows, `
		SELECT `+legColumns+` FROM leg l WHERE`+heldLeg+`AND l.unit = ? AND`+visibleLeg+`ORDER BY l.sort LIMIT ?`,
		staff, sc.actor.Unit, sc.actor.Staff, handoverMost)
	return rows, err
}

func (s *Store) hander(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(handers...) {
		err = notFound()
	}
	return sc, err
}

// HandOver gives all that a leaver has in hand at the actor's unit to a colleague: each
// leg is distributed in the ordinary way, and stands in its case with the reason. What
// is done stays done; a second time goes on with the rest. It tells how many went over
// and which did not, and why. It fails with Invalid without a reason and for a colleague
// who handles nothing there.
func (s *Store) HandOver(ctx context.Context, by petition.Actor, from, to petition.ID, reason string, now time.Time) (backoffice.HandedOver, error) {
	var out backoffice.HandedOver
	sc, err := s.hander(ctx, by)
	if err != nil {
		return out, err
	}
	colleague, err := s.successor(ctx, sc, from, to, reason)
	if err != nil {
		return out, err
	}
	rows, err := s.heldBy(ctx, sc, from)
	if err != nil {
		return out, err
	}
	out.More = len(rows) == handoverMost
	for _, row := range rows {
		act := petition.Act{Action: petition.Distribute, Leg: row.N, Handler: to, Office: colleague.Office, Reason: strings.TrimSpace(reason)}
		var refused *petition.Error
		switch err := s.handLeg(ctx, by, row, from, act, now); {
		case err == nil:
			out.Done++
		case errors.As(err, &refused) && refused.Kind != petition.Unavailable:
			out.Left = append(out.Left, backoffice.NotHanded{Case: petition.ID(row.Case), Number: row.Number, Key: refused.Key})
		default:
			return out, err
		}
	}
	return out, nil
}

// handLeg distributes one leg, unless it has left the leaver's hands meanwhile; once more
// if somebody was first.
func (s *Store) handLeg(ctx context.Context, by petition.Actor, row legRow, from petition.ID, act petition.Act, now time.Time) error {
	var err error
	for range 2 {
		var c *petition.Case
		if c, err = s.Case(ctx, by, petition.ID(row.Case)); err != nil {
			return err
		}
		if leg := c.Leg(row.N); leg == nil || leg.Handler != from {
			return nil
		}
		if _, err = s.Act(ctx, by, c.ID, c.Version(), act, now); err == nil || !petition.Is(err, petition.Conflict) {
			return err
		}
	}
	return err
}

// successor is the colleague who takes over.
func (s *Store) successor(ctx context.Context, sc scope, from, to petition.ID, reason string) (backoffice.Colleague, error) {
	if strings.TrimSpace(reason) == "" {
		return backoffice.Colleague{}, invalid("reason", "problem.handover_reason")
	}
	all, err := s.Colleagues(ctx, sc.actor, sc.actor.Unit)
	if err != nil {
		return backoffice.Colleague{}, err
	}
	for _, one := range all {
		if one.ID == to && to != from && (petition.Actor{Roles: one.Roles}).Is(petition.Handler) {
			return one, nil
		}
	}
	return backoffice.Colleague{}, invalid("to", "problem.handover_to")
}

// inHand counts what an account has in hand, at whichever unit.
func inHand(ctx context.Context, db getter, staff petition.ID) (int, error) {
	var n int
	err := db.Get(ctx, &n, `SELECT COUNT(*) FROM leg l WHERE`+heldLeg, staff)
	return n, err
}
