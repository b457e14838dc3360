package officedb

import (
	"context"
	"errors"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

const (
	tickLease = time.Minute
	tickBatch = 200
)

// SystemTick does what falls due by itself: what was asked and not answered lapses, the
// time for a review passes, what was promised and not done is chased, successors take over,
// what is late is put before the unit above, what came together in a month is proposed as a
// common issue, who was weak in a quarter for guidance, and what expired is forgotten. One
// program at a time does it, by a lease; for the others it is nothing to do.
func (s *Store) SystemTick(ctx context.Context, now time.Time) error {
	lease := sql.Lease{DB: s.db, Name: "tick", Holder: s.me, Length: tickLease}
	_, mine, err := lease.Take(ctx, now)
	if err != nil || !mine {
		return err
	}
	if err := s.deriveAgain(ctx, now); err != nil {
		return err
	}
	if err := s.layAboveAgain(ctx, now); err != nil {
		return err
	}
	if err := s.lapse(ctx, now); err != nil {
		return err
	}
	if err := s.takeOver(ctx, now); err != nil {
		return err
	}
	if err := s.superviseDaily(ctx, now); err != nil {
		return err
	}
	if err := s.FindIssues(ctx, now); err != nil {
		return err
	}
	if err := s.ProposeGuidance(ctx, now); err != nil {
		return err
	}
	if err := s.expireIncidents(ctx, now); err != nil {
		return err
	}
	if err := s.sweepSessions(ctx, now); err != nil {
		return err
	}
	if err := s.sweepForms(ctx, now); err != nil {
		return err
	}
	return s.sweepFiles(ctx, now)
}

// deriveAgain derives the rows of open cases anew once an upgrade has asked for it, or
// of all.
func (s *Store) deriveAgain(ctx context.Context, now time.Time) error {
	var asked string
	err := s.db.Get(ctx, &asked, `SELECT value FROM setting WHERE name = 'derive_again'`)
	if petition.Is(err, petition.NotFound) || err == nil && asked != "yes" && asked != "all" {
		return nil
	}
	if err == nil {
		err = s.recompute(ctx, asked == "all", now)
	}
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE setting SET value = 'done', changed_at = ? WHERE name = 'derive_again'`, now)
		return err
	})
}

// lapse takes the moves that legs make of themselves once their day has passed. A case that somebody is
// changing at this moment is left for the next tick.
func (s *Store) lapse(ctx context.Context, now time.Time) error {
	var due []struct {
		Case sql.ID `db:"case_id"`
		N    int    `db:"n"`
	}
	err := s.db.Select(ctx, &due, `
		SELECT case_id, n FROM leg WHERE wake_at > 0 AND wake_at < ? ORDER BY wake_at LIMIT ?`, now, tickBatch)
	if err != nil {
		return err
	}
	for _, leg := range due {
		err := s.lapseLeg(ctx, petition.ID(leg.Case), leg.N, now)
		if err != nil && !errors.Is(err, errStale) && !petition.Is(err, petition.Conflict) {
			return err
		}
	}
	return nil
}

func (s *Store) lapseLeg(ctx context.Context, id petition.ID, leg int, now time.Time) error {
	h, err := s.holdAny(ctx, id)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	action, _, ok := h.c.NextOfItself(leg, rules)
	if !ok {
		return nil
	}
	act := petition.Act{Action: action, Leg: leg}
	events, err := petition.Decide(h.c, petition.System, act, petition.Facts{}, rules, now)
	if err != nil {
		return err
	}
	return s.commit(ctx, h, events, nil, now)
}

// recompute derives the rows of every open case anew; with ended, of every case that is
// not sealed up.
func (s *Store) recompute(ctx context.Context, ended bool, now time.Time) error {
	var after petition.ID
	for {
		var ids []sql.ID
		err := s.db.Select(ctx, &ids, `
			SELECT c.id FROM cases c
			WHERE c.id > ? AND c.sealed_up = 0
				AND (? = 1 OR EXISTS (SELECT 1 FROM leg l WHERE l.case_id = c.id AND l.is_open = 1))
			ORDER BY c.id LIMIT ?`, after, ended, tickBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := s.recomputeCase(ctx, petition.ID(id), now); err != nil {
				return err
			}
		}
		after = petition.ID(ids[len(ids)-1])
	}
}

// recomputeCase derives one case's rows. Somebody who changes it at the same moment
// derives them by the new rules as well.
func (s *Store) recomputeCase(ctx context.Context, id petition.ID, now time.Time) error {
	h, err := s.holdAny(ctx, id)
	if err != nil {
		return err
	}
	err = s.commit(ctx, h, nil, nil, now)
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}
