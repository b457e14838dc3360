package officedb

import (
	"context"
	"crypto/rand"
	"strconv"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// temporaryLife is how long a one-time password opens an account that has not signed
// in with it.
const temporaryLife = 7 * 24 * time.Hour

// oneTimePassword is 16 letters and digits in groups of four: 80 bits, easy to copy.
func oneTimePassword() string {
	text := rand.Text()
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:16]}, "-")
}

// officer reads an account that an administrator may do something to. Those of the three
// are not among them (Forbidden), nor what lies outside the subtree (NotFound). A reason
// must be stated.
func (s *Store) officer(ctx context.Context, by petition.Actor, role petition.Role, id petition.ID, why string, now time.Time) (scope, backoffice.Account, error) {
	sc, err := s.administrator(ctx, by, role)
	if err != nil {
		return sc, backoffice.Account{}, err
	}
	acc, err := s.accountIn(ctx, sc, id, now)
	if err != nil {
		return sc, acc, err
	}
	if isAdministrator(acc.Roles) {
		return sc, acc, &petition.Error{Kind: petition.Forbidden, Key: "error.admin_account"}
	}
	if strings.TrimSpace(why) == "" {
		return sc, acc, invalid("why", "problem.account_why")
	}
	return sc, acc, nil
}

func (sc scope) act(action string, about petition.ID, why string, now time.Time) accountAct {
	return accountAct{action: action, by: sc.actor.Staff, unit: sc.actor.Unit, about: about,
		why: strings.TrimSpace(why), at: now}
}

// CloseAccount takes an officer's account out of use at once; the system administrator
// does it. It fails with Invalid while cases are in this person's hands: they are handed
// over first.
func (s *Store) CloseAccount(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) error {
	sc, _, err := s.officer(ctx, by, petition.SystemAdmin, id, why, now)
	if err != nil {
		return err
	}
	err = s.alter(ctx, sc.act("account_disabled", id, why, now), `
		UPDATE staff SET active = 0, changed_at = ?
		WHERE NOT EXISTS (SELECT 1 FROM leg l WHERE`+heldLeg+`) AND id = ?`, now, id)
	if !petition.Is(err, petition.NotFound) { // the account was there a moment ago
		return err
	}
	n, err := inHand(ctx, s.db, id)
	if err != nil {
		return err
	}
	return &petition.Error{Kind: petition.Invalid, Key: "error.check_form", Problems: []petition.Problem{
		{Field: "why", Key: "problem.account_holds", Args: map[string]string{"n": strconv.Itoa(n)}}}}
}

// EndAccountSessions signs an officer out everywhere; the system administrator does it.
func (s *Store) EndAccountSessions(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) error {
	sc, _, err := s.officer(ctx, by, petition.SystemAdmin, id, why, now)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := endSessions(ctx, tx, id, nil); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(sc.act("sessions_ended", id, why, now)))
	})
}

// A password that one administrator has seen must not be enough to become an officer. So
// it opens an account only together with the second factor that the person bound: it is
// not given without one, and as long as it stands the factor is not unbound. Who has
// neither password nor telephone gets a new password by two administrators (closed, asked
// to be reopened, approved), or by the operator at the command line.

// ResetAccount gives an officer's account a one-time password, shown to the security
// administrator once, and forgives the tries that were wrong. The second factor stays;
// it fails with Conflict where none is bound.
func (s *Store) ResetAccount(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) (string, error) {
	sc, acc, err := s.officer(ctx, by, petition.SecurityAdmin, id, why, now)
	if err != nil {
		return "", err
	}
	if !acc.Active {
		return "", &petition.Error{Kind: petition.Conflict, Key: "error.account_closed"}
	}
	password := oneTimePassword()
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = s.alter(ctx, sc.act("password_reset", id, why, now), `
		UPDATE staff SET password = ?, must_change = 1, changed_at = ? WHERE LENGTH(totp) > 0 AND id = ?`, hash, now)
	if petition.Is(err, petition.NotFound) { // the account was there a moment ago
		return "", &petition.Error{Kind: petition.Conflict, Key: "error.reset_unbound"}
	}
	if err != nil {
		return "", err
	}
	return password, s.forgive(ctx, acc.Login)
}

// UnbindAccount takes an officer's second factor away (a lost telephone); the security
// administrator does it. It fails with Conflict while the password is a one-time one.
func (s *Store) UnbindAccount(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) error {
	sc, _, err := s.officer(ctx, by, petition.SecurityAdmin, id, why, now)
	if err != nil {
		return err
	}
	err = s.alter(ctx, sc.act("factor_unbound", id, why, now), `
		UPDATE staff SET totp = ?, totp_step = 0 WHERE must_change = 0 AND id = ?`, []byte{})
	if petition.Is(err, petition.NotFound) {
		return &petition.Error{Kind: petition.Conflict, Key: "error.unbind_temporary"}
	}
	return err
}
