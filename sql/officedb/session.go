package officedb

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	idleLimit     = 30 * time.Minute
	absoluteLimit = 12 * time.Hour
	touchEvery    = time.Minute // a session is not written at every page
	tokenBytes    = 32
)

var tokenText = base64.RawURLEncoding

// openSession stores a new session: only the hash of its token. The tries counted
// against the name are forgiven and a one-time code is spent in the same transaction.
func (s *Store) openSession(ctx context.Context, acc account, bucket [32]byte, step int64, now time.Time) (backoffice.Session, error) {
	raw := make([]byte, tokenBytes)
	_, _ = rand.Read(raw) // never fails
	token := tokenText.EncodeToString(raw)
	id := sha256.Sum256([]byte(token))
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		spent, err := tx.Exec(ctx, `
			UPDATE staff SET totp_step = ? WHERE id = ? AND active = 1 AND password = ? AND (? = 0 OR totp_step < ?)`,
			max(step, acc.Step), acc.ID, acc.Password, step, step)
		if err != nil {
			return err
		}
		if spent == 0 { // disabled, changed, or the code was used, just now
			return wrongSignIn()
		}
		if _, err := tx.Exec(ctx, `DELETE FROM attempt WHERE bucket = ?`, bucket); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO session (id, staff, made_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)`,
			id, acc.ID, now, now, now.Add(absoluteLimit))
		if err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "sign_in", by: petition.ID(acc.ID), at: now}))
	})
	if err != nil {
		return backoffice.Session{}, err
	}
	return s.Session(ctx, token, now)
}

// Session finds a live session: known, within both limits, its account active and
// with a role. It fails with NotFound for every other.
func (s *Store) Session(ctx context.Context, token string, now time.Time) (backoffice.Session, error) {
	id := sha256.Sum256([]byte(token))
	var row struct {
		Staff      []byte `db:"staff"`
		Seen       int64  `db:"seen_at"`
		Login      string `db:"login"`
		MustChange bool   `db:"must_change"`
		Bound      bool   `db:"bound"`
		Policy     string `db:"policy"`
	}
	err := s.db.Get(ctx, &row, `
		SELECT e.staff, e.seen_at, s.login, s.must_change, LENGTH(s.totp) > 0 AS bound,
			COALESCE((SELECT value FROM setting WHERE name = 'second_factor'), '') AS policy
		FROM session e JOIN staff s ON s.id = e.staff
		WHERE e.id = ? AND e.expires_at > ? AND e.seen_at > ? AND s.active = 1`,
		id, now, now.Add(-idleLimit))
	if err != nil {
		return backoffice.Session{}, err
	}
	sc, err := s.scopeOf(ctx, petition.Actor{Kind: petition.ByStaff, Staff: petition.ID(row.Staff)})
	if err != nil {
		return backoffice.Session{}, err
	}
	if now.Sub(sql.Time(row.Seen)) >= touchEvery {
		if err := s.touchSession(ctx, id, now); err != nil {
			return backoffice.Session{}, err
		}
	}
	return backoffice.Session{Token: token, ID: tokenText.EncodeToString(id[:]), Actor: sc.actor, Form: s.formToken(token, petition.ID(row.Staff)),
		Login: row.Login, Changed: row.MustChange, Bound: row.Bound,
		Bare: !row.Bound && s.factorNeeded(FactorPolicy(row.Policy), sc.actor.Roles)}, nil
}

func (s *Store) touchSession(ctx context.Context, id [32]byte, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE session SET seen_at = ? WHERE id = ?`, now, id)
		return err
	})
}

// SignOut ends a session and records it; an unknown one is no error.
func (s *Store) SignOut(ctx context.Context, token string, now time.Time) error {
	id := sha256.Sum256([]byte(token))
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var staff []sql.ID
		if err := tx.Select(ctx, &staff, `SELECT staff FROM session WHERE id = ?`, id); err != nil || len(staff) == 0 {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE id = ?`, id); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "sign_out", by: petition.ID(staff[0]), at: now}))
	})
}

// Sessions lists where the actor is signed in, newest first.
func (s *Store) Sessions(ctx context.Context, by petition.Actor, now time.Time) ([]backoffice.SignedIn, error) {
	var rows []struct {
		ID   sql.Hash   `db:"id"`
		Made sql.Moment `db:"made_at"`
		Seen sql.Moment `db:"seen_at"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT id, made_at, seen_at FROM session
		WHERE staff = ? AND expires_at > ? AND seen_at > ?
		ORDER BY made_at DESC, id`, by.Staff, now, now.Add(-idleLimit))
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.SignedIn, 0, len(rows))
	for _, r := range rows {
		out = append(out, backoffice.SignedIn{ID: tokenText.EncodeToString(r.ID[:]), Since: r.Made.Time, Seen: r.Seen.Time})
	}
	return out, nil
}

// EndSession ends one of the actor's own sessions. It fails with NotFound for any other.
func (s *Store) EndSession(ctx context.Context, by petition.Actor, id string, now time.Time) error {
	hash, err := tokenText.DecodeString(id)
	if err != nil {
		return notFound()
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `DELETE FROM session WHERE id = ? AND staff = ?`, hash, by.Staff)
		if err != nil {
			return err
		}
		if rows == 0 {
			return notFound()
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "session_ended", by: by.Staff, unit: by.Unit, at: now}))
	})
}

// ChangePassword sets a new password and ends every session of the account; the
// person signs in anew. It fails with Invalid for a wrong old or a weak new password.
func (s *Store) ChangePassword(ctx context.Context, by petition.Actor, old, new string, now time.Time) error {
	var login string
	err := s.db.Get(ctx, &login, `SELECT login FROM staff WHERE id = ? AND active = 1`, by.Staff)
	if err != nil {
		return err
	}
	bucket := s.attemptBucket(login)
	if err := s.countAttempt(ctx, login, bucket, now); err != nil {
		return err
	}
	acc, err := s.account(ctx, login)
	if err != nil {
		return err
	}
	if err := s.checkChange(ctx, acc, login, old, new); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, new)
	if err != nil {
		return err
	}
	return s.alter(ctx, accountAct{action: "password_changed", by: by.Staff, unit: by.Unit, about: by.Staff, at: now}, `
		UPDATE staff SET password = ?, must_change = 0, changed_at = ? WHERE id = ?`, hash, now)
}

func (s *Store) checkChange(ctx context.Context, acc account, login, old, new string) error {
	ok, err := s.hasher.matches(ctx, old, acc.Password)
	if err != nil {
		return err
	}
	if !ok {
		return invalid("old", "problem.password_wrong")
	}
	if old == new {
		return invalid("new", "problem.password_same")
	}
	return checkPassword("new", new, login)
}

// sweepSessions forgets old tries and dead sessions.
func (s *Store) sweepSessions(ctx context.Context, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE expires_at <= ?`, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM attempt WHERE began_at <= ?`, now.Add(-triesWindow))
		return err
	})
}
