package officedb

import (
	"context"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// sealUp turns the change of a SealUp act into a move: the whole case goes into a
// compartment under a new key; of the old one remain the plain envelopes, which keep
// the chain, and a leg that says "sealed up" with its dates. Backups made before still
// open with the master key until they expire.
func (s *Store) sealUp(ctx context.Context, h *held, ch *change) error {
	if len(h.c.Legs) == 0 {
		return nil
	}
	to, err := s.compartment(ctx, exchange.UnitHolder(s.sealingUnit(h.c)), h.c.Filing)
	if err != nil {
		return err
	}
	ch.moved, err = s.newReport(ctx, to, h.c.ID, h.c.Received, h.secrets, h.c.Events)
	if err != nil {
		return err
	}
	for _, w := range h.keys {
		ch.noKeys = append(ch.noKeys, w.Holder)
	}
	ch.sealedUp, ch.addKeys, ch.secrets, ch.ruled = true, nil, nil, nil
	for i := range ch.events {
		ch.events[i].Body = nil
	}
	for i := range ch.newLegs {
		if err := s.blank(ctx, &ch.newLegs[i]); err != nil {
			return err
		}
	}
	return nil
}

// sealingUnit is the unit of the leg that found the matter to be a report.
func (s *Store) sealingUnit(c *petition.Case) petition.UnitID {
	for _, l := range c.Legs {
		if l.State == petition.SealedUp {
			return l.Unit
		}
	}
	return c.Legs[len(c.Legs)-1].Unit
}

// blank leaves of a leg in lists only unit, number and dates, whichever unit's it is.
func (s *Store) blank(ctx context.Context, l *legRow) error {
	l.State, l.Queue, l.Stage = string(petition.SealedUp), string(petition.Done), string(petition.StageEnded)
	l.Open, l.Track, l.Topic, l.Channel, l.Handler, l.Wake = false, "", "", "", sql.ID{}, 0
	l.Due, l.Warn, l.Clock, l.DueDay = 0, 0, "", ""
	l.Kind, l.Occasion, l.People, l.SignDue, l.EndedAt, l.Fate, l.Turns = "", "", 0, 0, 0, "", ""
	l.Sort = l.sortKey()
	var err error
	l.Line, err = s.sealLine(ctx, *l, line{})
	return err
}

// moveReport stores what sealUp prepared: the report comes, and bodies, tokens and
// keys of the case go.
func (s *Store) moveReport(ctx context.Context, tx sql.Tx, ch *change, sums figures) error {
	if err := ch.moved.insert(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE event SET body = ? WHERE case_id = ?`, []byte{}, ch.id); err != nil {
		return err
	}
	if err := s.dropNotices(ctx, tx, ch.id, sums); err != nil {
		return err
	}
	if err := dropDecisions(ctx, tx, ch.id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM token WHERE case_id = ?`, ch.id)
	return err
}
