package officedb

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"time"

	"github.com/pquerna/otp/totp"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// FactorPolicy is who must bind a second factor before anything else.
type FactorPolicy string

const (
	FactorForAll            FactorPolicy = "all"
	FactorForAdministrators FactorPolicy = "administrators"
	FactorForNobody         FactorPolicy = "nobody"
)

// FactorPolicies lists them; the first holds where nothing was set, except in a
// demonstration, whose accounts are everybody's.
var FactorPolicies = []FactorPolicy{FactorForAll, FactorForAdministrators, FactorForNobody}

func (s *Store) factorNeeded(p FactorPolicy, roles []petition.Role) bool {
	switch p {
	case FactorForNobody:
		return false
	case FactorForAdministrators:
		return isAdministrator(roles)
	case FactorForAll:
		return true
	}
	return !s.demo
}

// SetFactorPolicy says who must bind a second factor; done at the command line. It fails
// with Invalid for an unknown policy.
func (s *Store) SetFactorPolicy(ctx context.Context, p FactorPolicy, now time.Time) error {
	known := false
	for _, one := range FactorPolicies {
		known = known || one == p
	}
	if !known {
		return invalid("for", "problem.factor_policy")
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `UPDATE setting SET value = ?, changed_at = ? WHERE name = 'second_factor'`, p, now)
		if err == nil && rows == 0 {
			_, err = tx.Exec(ctx, `INSERT INTO setting (name, value, changed_at) VALUES ('second_factor', ?, ?)`, p, now)
		}
		if err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "factor_policy", why: string(p), at: now}))
	})
}

// offerLife is how long an offered secret may be bound.
const offerLife = 30 * time.Minute

var base32Text = base32.StdEncoding.WithPadding(base32.NoPadding)

func offerPlace(by petition.ID) []byte { return place("staff", "totp offered", by[:]) }

// OfferCode makes a secret for the actor, or opens one that was offered: nothing is
// stored until it is bound, and what the page keeps meanwhile is sealed to the actor.
func (s *Store) OfferCode(ctx context.Context, by petition.Actor, issuer, sealed string, now time.Time) (backoffice.CodeOffer, error) {
	var acc struct {
		Login string `db:"login"`
		Bound bool   `db:"bound"`
	}
	err := s.db.Get(ctx, &acc, `SELECT login, LENGTH(totp) > 0 AS bound FROM staff WHERE id = ? AND active = 1`, by.Staff)
	if err != nil {
		return backoffice.CodeOffer{}, err
	}
	opts := totp.GenerateOpts{Issuer: issuer, AccountName: acc.Login}
	if secret, ok := s.offered(by.Staff, sealed, now); ok {
		if opts.Secret, err = base32Text.DecodeString(secret); err != nil {
			return backoffice.CodeOffer{}, err
		}
	} else {
		sealed = ""
	}
	key, err := totp.Generate(opts)
	if err != nil {
		return backoffice.CodeOffer{}, err
	}
	if sealed == "" {
		plain := append(binary.BigEndian.AppendUint64(nil, uint64(sql.Instant(now))), key.Secret()...)
		sealed = tokenText.EncodeToString(s.keys.master.Seal(plain, offerPlace(by.Staff)))
	}
	return backoffice.CodeOffer{URL: key.URL(), Secret: key.Secret(), Sealed: sealed, Bound: acc.Bound}, nil
}

// offered opens what OfferCode sealed for somebody, if that was not too long ago.
func (s *Store) offered(by petition.ID, sealed string, now time.Time) (secret string, ok bool) {
	raw, err := tokenText.DecodeString(sealed)
	if err != nil {
		return "", false
	}
	plain, err := s.keys.master.Open(raw, offerPlace(by))
	if err != nil || len(plain) <= 8 {
		return "", false
	}
	made := sql.Time(int64(binary.BigEndian.Uint64(plain)))
	return string(plain[8:]), now.Before(made.Add(offerLife)) && !now.Before(made.Add(-time.Minute))
}

// BindCode stores a second factor after these checks, in this order: that not too much
// was tried, the password, the code of the factor bound now, that the offer is fresh,
// and a code made from it. It fails with Throttled, or Invalid at the field.
func (s *Store) BindCode(ctx context.Context, in backoffice.Session, b backoffice.CodeBinding, now time.Time) error {
	bucket := s.attemptBucket(in.Login)
	if err := s.countAttempt(ctx, in.Login, bucket, now); err != nil {
		return err
	}
	acc, err := s.account(ctx, in.Login)
	if err != nil {
		return err
	}
	ok, err := s.hasher.matches(ctx, b.Password, acc.Password)
	if err != nil {
		return err
	}
	if !ok || !acc.Active {
		return invalid("password", "problem.password_wrong")
	}
	if _, err := s.checkOTP(in.Login, acc, b.Old, now); petition.Is(err, petition.Forbidden) {
		return invalid("old", "problem.code_wrong")
	} else if err != nil {
		return err
	}
	secret, ok := s.offered(in.Actor.Staff, b.Sealed, now)
	if !ok {
		return invalid("code", "problem.code_stale")
	}
	step, err := codeStep(secret, b.Code, 0, now)
	if petition.Is(err, petition.Forbidden) {
		return invalid("code", "problem.code_wrong")
	}
	if err != nil {
		return err
	}
	keep, err := tokenText.DecodeString(in.ID)
	if err != nil {
		return notFound()
	}
	err = s.alter(ctx, accountAct{action: "second_factor", by: in.Actor.Staff, unit: in.Actor.Unit, about: in.Actor.Staff,
		keep: keep, at: now}, `UPDATE staff SET totp = ?, totp_step = ? WHERE id = ?`,
		s.keys.master.Seal([]byte(secret), totpPlace(in.Login)), step)
	if err != nil {
		return err
	}
	return s.forgive(ctx, in.Login)
}
