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
}

// SignIn checks, in this order: that the name was not tried too often (known or
// not: the count is kept by keyed hash), the password (unknown names cost the same
// work), that the account is active, and the one-time code where the account has
// one. It fails with Throttled or, for every other reason alike, with Forbidden.
func (s *Store) SignIn(ctx context.Context, login, password, otp string, now time.Time) (backoffice.Session, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	bucket := s.attemptBucket(login)
	if err := s.countAttempt(ctx, bucket, now); err != nil {
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
	if !ok || !acc.Active {
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
		SELECT id, password, totp, totp_step, must_change, active FROM staff WHERE login = ?`, login)
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
	const period = 30
	for _, skew := range []int64{0, -1, 1} {
		step := now.Unix()/period + skew
		want, err := totp.GenerateCode(string(secret), time.Unix(step*period, 0).UTC())
		if err != nil {
			return 0, err
		}
		if hmac.Equal([]byte(want), []byte(strings.TrimSpace(code))) && step > acc.Step {
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
		UPDATE staff SET totp = ?, totp_step = 0, changed_at = ? WHERE login = ?`, sealed)
}

func totpPlace(login string) []byte { return place("staff", "totp", []byte(login)) }

func (s *Store) attemptBucket(login string) [32]byte {
	return s.keys.throttle.MAC("sign-in", []byte(login))
}

// countAttempt counts before anything is checked, so that many tries at once are
// counted too. It fails with Throttled.
func (s *Store) countAttempt(ctx context.Context, bucket [32]byte, now time.Time) error {
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
		return tx.Get(ctx, &n, `SELECT n FROM attempt WHERE bucket = ?`, bucket)
	})
	if sql.Duplicate(err) { // two first tries at once
		return s.countAttempt(ctx, bucket, now)
	}
	if err == nil && n > triesAllowed {
		return &petition.Error{Kind: petition.Throttled, Key: "error.sign_in_throttled"}
	}
	return err
}
