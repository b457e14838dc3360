package officedb

import (
	"context"
	"errors"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// takeOver gives the legs of merged units to their successors: an event in each case,
// with its data key wrapped for the successor and taken from the unit that was. What is
// done stays done, and whoever runs it again goes on with the rest.
func (s *Store) takeOver(ctx context.Context, now time.Time) error {
	states := petition.Inherited()
	var ids []sql.ID
	err := s.db.Select(ctx, &ids, `
		SELECT DISTINCT l.case_id FROM merger m JOIN leg l ON l.unit = m.unit
		WHERE m.state = 'approved' AND m.closed_at = 0 AND NOT (l.state = 'passed' AND l.is_open = 0)
			AND l.state IN (`+sql.Marks(len(states))+`) LIMIT ?`, append(sql.Args(states), tickBatch)...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		err := s.takeCaseOver(ctx, petition.ID(id), now)
		if err != nil && !errors.Is(err, errStale) && !petition.Is(err, petition.NotFound) {
			return err // one that somebody is changing, or has sealed up, is for the next time
		}
	}
	return nil
}

// takeCaseOver gives every leg of a case to the unit that answers for it now.
func (s *Store) takeCaseOver(ctx context.Context, id petition.ID, now time.Time) error {
	for {
		h, err := s.holdAny(ctx, id)
		if err != nil {
			return err
		}
		rules, err := s.Rules(ctx)
		if err != nil {
			return err
		}
		leg, ok := h.c.Inherits(rules)
		if !ok {
			return nil
		}
		events, err := petition.Decide(h.c, petition.System, petition.Act{Action: petition.TakeOver, Leg: leg}, petition.Facts{}, rules, now)
		if err != nil {
			return err
		}
		if err := s.commit(ctx, h, events, nil, now); err != nil {
			return err
		}
	}
}

// Handing is the merger in which the actor's compartment has to be handed over; ok is
// false where there is none. NotFound for all but cadre supervisors.
func (s *Store) Handing(ctx context.Context, by petition.Actor) (backoffice.Merger, bool, error) {
	sc, err := s.cadreSupervisor(ctx, by)
	if err != nil {
		return backoffice.Merger{}, false, err
	}
	var row mergerRow
	err = s.db.Get(ctx, &row, `
		SELECT id, unit, successor, document, state, sealed_at FROM merger
		WHERE unit = ? AND state = 'approved' AND closed_at = 0`, sc.actor.Unit)
	if petition.Is(err, petition.NotFound) {
		return backoffice.Merger{}, false, nil
	}
	return row.merger(), err == nil, err
}

func (s *Store) cadreSupervisor(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(petition.CadreSupervisor) {
		err = notFound()
	}
	return sc, err
}

// HandOverCompartment seals every report of a merged unit's compartment anew for the
// successor's, and takes the key away here: the day is all that stays. Only the
// compartment's own people do it; who merges the unit never learns whether there was
// anything. A second time goes on with the rest, and with what came since.
func (s *Store) HandOverCompartment(ctx context.Context, by petition.Actor, now time.Time) error {
	sc, err := s.cadreSupervisor(ctx, by)
	if err != nil {
		return err
	}
	m, ok, err := s.Handing(ctx, by)
	if err != nil {
		return err
	}
	if !ok {
		return &petition.Error{Kind: petition.Conflict, Key: "error.no_successor"}
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	to := exchange.CadreHolder(rules.Units.Acting(m.Unit))
	var ids []sql.ID
	if err := s.db.Select(ctx, &ids, `SELECT id FROM report WHERE unit = ? AND moved_at = 0 ORDER BY id`, sc.actor.Unit); err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.handReport(ctx, sc, petition.ID(id), to, rules, now); err != nil {
			if errors.Is(err, errStale) {
				return overtaken()
			}
			return err
		}
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE merger SET sealed_by = ?, sealed_at = ? WHERE id = ? AND sealed_at = 0`,
			sc.actor.Staff, now, m.ID)
		return err
	})
}

// handReport moves one report with all its history.
func (s *Store) handReport(ctx context.Context, sc scope, id petition.ID, to exchange.Holder, rules petition.Rules, now time.Time) error {
	r, err := s.openReport(ctx, id)
	if err != nil {
		return err
	}
	event := petition.Event{N: len(r.events) + 1, At: now.UTC().Truncate(time.Microsecond), By: sc.actor,
		Act: petition.Act{Action: petition.TakeOver, To: to.Unit()}}
	step, err := s.stepReport(ctx, r, []petition.Event{event}, rules, now)
	if err != nil {
		return err
	}
	next, err := newID(now)
	if err != nil {
		return err
	}
	sec := r.secrets
	sec.Filing = r.filingID()
	if step.up, err = s.newReport(ctx, to, next, r.received, sec, r.events); err != nil {
		return err
	}
	step.up.waits = step.waits
	file, err := r.fold()
	if err != nil {
		return err
	}
	if step.items, err = s.reportFolder(ctx, r, file, nil, rules, now); err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.writeStep(ctx, tx, step) })
}
