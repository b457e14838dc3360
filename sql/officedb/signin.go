package officedb

import (
	"context"
	"crypto/hmac"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	triesAllowed = 10
	triesWindow  = 15 * time.Minute
)

// account is what signing in reads.
type account struct {
	ID         []byte `db:"id"`
	Password   string `db:"password"`
	TOTP       []byte `db:"totp"`
	Step       int64  `db:"totp_step"`
	MustChange bool   `db:"must_change"`
	Active     bool   `db:"active"`
	Changed    int64  `db:"changed_at"`
}

// lapsed tells whether a one-time password lay unused for too long.
func (a account) lapsed(now time.Time) bool {
	return a.MustChange && !now.Before(sql.Time(a.Changed).Add(temporaryLife))
}

// SignIn checks, in this order: that the name was not tried too often (known or
// not: the count is kept by keyed hash), the password (unknown names cost the same
// work), that the account is active and its one-time password fresh, and the code where the account has
// a second factor. It fails with Throttled or, for every other reason alike, with Forbidden.
func (s *Store) SignIn(ctx context.Context, login, password, otp string, now time.Time) (backoffice.Session, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	bucket := s.attemptBucket(login)
	if err := s.countAttempt(ctx, login, bucket, now); err != nil {
		return backoffice.Session{}, err
	}
	acc, err := s.account(ctx, login)
	if err != nil {
		return backoffice.Session{}, err
	}
	ok, err := s.hasher.matches(ctx, password, acc.Password)
	if err != nil {
		return backoffice.Session{}, err
	}
	if !ok || !acc.Active || acc.lapsed(now) {
		return backoffice.Session{}, wrongSignIn()
	}
	step, err := s.checkOTP(login, acc, otp, now)
	if err != nil {
		return backoffice.Session{}, err
	}
	return s.openSession(ctx, acc, bucket, step, now)
}

func wrongSignIn() error {
	return &petition.Error{Kind: petition.Forbidden, Key: "error.sign_in"}
}

// account reads the account of a login; for an unknown one it gives a decoy that no
// password opens.
func (s *Store) account(ctx context.Context, login string) (account, error) {
	var acc account
	err := s.db.Get(ctx, &acc, `
		SELECT id, password, totp, totp_step, must_change, active, changed_at FROM staff WHERE login = ?`, login)
	if petition.Is(err, petition.NotFound) {
		return account{Password: s.hasher.decoy}, nil
	}
	return acc, err
}

// checkOTP returns the time step of a good one-time code, 0 for accounts without.
func (s *Store) checkOTP(login string, acc account, code string, now time.Time) (int64, error) {
	if len(acc.TOTP) == 0 {
		return 0, nil
	}
	secret, err := s.keys.master.Open(acc.TOTP, totpPlace(login))
	if err != nil {
		return 0, err
	}
	return codeStep(string(secret), code, acc.Step, now)
}

// codeStep is the time step of a one-time code, one later than the last that was used;
// Forbidden if it is no good code.
func codeStep(secret, code string, last int64, now time.Time) (int64, error) {
	const period = 30
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	for _, skew := range []int64{0, -1, 1} {
		step := now.Unix()/period + skew
		want, err := totp.GenerateCode(secret, time.Unix(step*period, 0).UTC())
		if err != nil {
			return 0, err
		}
		if hmac.Equal([]byte(want), []byte(code)) && step > last {
			return step, nil
		}
	}
	return 0, wrongSignIn()
}

// SetTOTP gives an account a second factor and returns its address for an
// authenticator (otpauth://…). It fails with NotFound for an unknown login.
func (s *Store) SetTOTP(ctx context.Context, login, issuer string, now time.Time) (string, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login})
	if err != nil {
		return "", err
	}
	sealed := s.keys.master.Seal([]byte(key.Secret()), totpPlace(login))
	return key.URL(), s.changeAccount(ctx, login, "second_factor", now, `
		UPDATE staff SET totp = ?, totp_step = 0 WHERE id = ?`, sealed)
}

func totpPlace(login string) []byte { return place("staff", "totp", []byte(login)) }

func (s *Store) attemptBucket(login string) [32]byte {
	return s.keys.throttle.MAC("sign-in", []byte(login))
}

// forgive forgets the tries counted against a login.
func (s *Store) forgive(ctx context.Context, login string) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM attempt WHERE bucket = ?`, s.attemptBucket(login))
		return err
	})
}

// countAttempt counts before anything is checked, so that many tries at once are
// counted too. The first that is too many is recorded. It fails with Throttled.
func (s *Store) countAttempt(ctx context.Context, login string, bucket [32]byte, now time.Time) error {
	var n int
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		old := now.Add(-triesWindow)
		_, err := tx.Exec(ctx, `DELETE FROM attempt WHERE bucket = ? AND began_at <= ?`, bucket, old)
		if err != nil {
			return err
		}
		rows, err := tx.Exec(ctx, `UPDATE attempt SET n = n + 1 WHERE bucket = ?`, bucket)
		if err != nil {
			return err
		}
		if rows == 0 {
			n = 1
			_, err = tx.Exec(ctx, `INSERT INTO attempt (bucket, began_at, n) VALUES (?, ?, 1)`, bucket, now)
			return err
		}
		if err := tx.Get(ctx, &n, `SELECT n FROM attempt WHERE bucket = ?`, bucket); err != nil || n != triesAllowed+1 {
			return err
		}
		var known []sql.ID
		if err := tx.Select(ctx, &known, `SELECT id FROM staff WHERE login = ?`, login); err != nil {
			return err
		}
		known = append(known, sql.ID{}) // an unknown name is recorded too, without it
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "sign_in_throttled", about: petition.ID(known[0]), at: now}))
	})
	if sql.Duplicate(err) { // two first tries at once
		return s.countAttempt(ctx, login, bucket, now)
	}
	if err == nil && n > triesAllowed {
		return &petition.Error{Kind: petition.Throttled, Key: "error.sign_in_throttled"}
	}
	return err
}
