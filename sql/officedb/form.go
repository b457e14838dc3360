package officedb

import (
	"context"
	"crypto/sha256"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// formLife is how long a form that registered something is remembered: nobody keeps a
// page open longer.
const formLife = 30 * 24 * time.Hour

// formHash names a form of somebody's. A form without a number of its own is not
// remembered.
func formHash(by petition.ID, form string) []byte {
	if form == "" {
		return nil
	}
	h := sha256.Sum256(exchange.Bind("form", by[:], []byte(form)))
	return h[:]
}

// useForm remembers, in the transaction of what a form registers, that it did. It fails
// with Conflict (intake.twice) if it has before, on whichever node.
func useForm(ctx context.Context, tx sql.Tx, form []byte, made petition.ID, now time.Time) error {
	if len(form) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO form_used (form, case_id, at) VALUES (?, ?, ?)`, form, made, now)
	if sql.Duplicate(err) {
		return &petition.Error{Kind: petition.Conflict, Key: "intake.twice", Err: err}
	}
	return err
}

// FormUsed tells whether a form of the actor's has registered something, and what; the
// zero id where that is not the actor's to open.
func (s *Store) FormUsed(ctx context.Context, by petition.Actor, form string) (petition.ID, bool, error) {
	var made sql.ID
	err := s.db.Get(ctx, &made, `SELECT case_id FROM form_used WHERE form = ?`, formHash(by.Staff, form))
	if petition.Is(err, petition.NotFound) {
		return petition.ID{}, false, nil
	}
	return petition.ID(made), err == nil, err
}

func (s *Store) sweepForms(ctx context.Context, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM form_used WHERE at < ?`, now.Add(-formLife))
		return err
	})
}
