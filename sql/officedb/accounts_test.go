package officedb

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"huiyin/backoffice"
	"huiyin/petition"
)

func (w *world) request(kind backoffice.RequestKind, login string, about petition.ID, roles ...petition.Role) backoffice.AccountRequest {
	return backoffice.AccountRequest{Kind: kind, Account: about, Login: login, Name: "新人", Unit: county, Office: "org",
		Roles: roles, Reason: "new in office"}
}

// asked is a request that waits.
func (w *world) asked(in backoffice.AccountRequest) petition.ID {
	w.t.Helper()
	id, err := w.s.AskAccount(w.t.Context(), w.who(prov, petition.SystemAdmin), in, w.now)
	w.must(err)
	return id
}

func (w *world) account(login string) backoffice.Account {
	w.t.Helper()
	page, err := w.s.Accounts(w.t.Context(), w.who(prov, petition.SecurityAdmin), backoffice.AccountQuery{Text: login, Now: w.now})
	w.must(err)
	for _, a := range page.Rows {
		if a.Login == login {
			return a
		}
	}
	w.t.Fatalf("no account %s", login)
	return backoffice.Account{}
}

func TestAnAccountNeedsTwoAdministrators(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		system, security := w.who(prov, petition.SystemAdmin), w.who(prov, petition.SecurityAdmin)
		id := w.asked(w.request(backoffice.OpenAccount, " New.Handler ", petition.ID{}, petition.Handler))
		_, err := w.s.SignIn(ctx, "new.handler", "", "", w.now)
		w.want(err, petition.Forbidden)
		_, err = w.s.AskAccount(ctx, system, w.request(backoffice.OpenAccount, "new.handler", petition.ID{}, petition.Handler), w.now)
		w.want(err, petition.Conflict)

		_, err = w.s.DecideRequest(ctx, security, id, false, " ", w.now) // says no why
		w.want(err, petition.Invalid)
		password, err := w.s.DecideRequest(ctx, security, id, true, "", w.now)
		w.must(err)
		_, err = w.s.DecideRequest(ctx, security, id, true, "", w.now)
		w.want(err, petition.Conflict)

		s, err := w.s.SignIn(ctx, "new.handler", password, "", w.now)
		w.must(err)
		if !s.Changed || !s.Actor.Is(petition.Handler) || s.Actor.Unit != county {
			t.Errorf("signed in as %+v", s)
		}
		_, err = w.s.SignIn(ctx, "new.handler", password, "", w.now.Add(temporaryLife)) // lapsed
		w.want(err, petition.Forbidden)
		got, err := w.s.Request(ctx, system, id)
		w.must(err)
		if got.State != "approved" || got.Asker == "" || got.Decider == "" || got.Reason != "new in office" {
			t.Errorf("the request is %+v", got)
		}
		w.sequence()
		w.sound()
	})
}

func TestDutiesChangeWhenApproved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		security := w.who(prov, petition.SecurityAdmin)
		a := w.account("530102.handler")
		in := w.request(backoffice.ChangeAccount, "", a.ID, petition.Registrar, petition.Handler)
		in.Unit = county2
		refused, approved := w.asked(in), petition.ID{}
		if got := w.account("530102.handler"); got.Unit != county || len(got.Roles) != 1 {
			t.Errorf("before the decision: %+v", got)
		}
		if _, err := w.s.DecideRequest(ctx, security, refused, false, "not yet", w.now); err != nil {
			t.Fatal(err)
		}
		if got := w.account("530102.handler"); got.Unit != county {
			t.Errorf("after a refusal: %+v", got)
		}
		w.now = w.now.Add(time.Second)
		approved = w.asked(in)
		page, err := w.s.Requests(ctx, security, true, petition.ID{})
		w.must(err)
		if len(page.Rows) != 1 || page.Rows[0].ID != approved {
			t.Errorf("waiting: %+v", page.Rows)
		}
		password, err := w.s.DecideRequest(ctx, security, approved, true, "", w.now)
		w.must(err)
		if got := w.account("530102.handler"); password != "" || got.Unit != county2 || len(got.Roles) != 2 || got.Name != "新人" {
			t.Errorf("password %q, %+v", password, got)
		}
		decided, err := w.s.Requests(ctx, security, false, petition.ID{})
		w.must(err)
		if len(decided.Rows) != 2 || decided.Rows[1].Answer != "not yet" {
			t.Errorf("decided: %+v", decided.Rows)
		}
	})
}

// Every mistake of a request is named at once; administrators are none of the pages'.
func TestRequestsAreChecked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, system := t.Context(), w.who(prov, petition.SystemAdmin)
		_, err := w.s.AskAccount(ctx, system, backoffice.AccountRequest{Kind: backoffice.OpenAccount, Login: "Ü", Unit: "999999",
			Roles: []petition.Role{petition.AuditAdmin}}, w.now)
		w.problems(err, "login", "name", "unit", "roles", "why")
		_, err = w.s.AskAccount(ctx, system, w.request(backoffice.OpenAccount, "530102.handler", petition.ID{}, petition.Handler), w.now)
		w.problems(err, "login")
		_, err = w.s.AskAccount(ctx, w.who(county, petition.SystemAdmin), func() backoffice.AccountRequest {
			in := w.request(backoffice.OpenAccount, "fine", petition.ID{}, petition.Handler)
			in.Unit = county2 // not below
			return in
		}(), w.now)
		w.problems(err, "unit")
		for _, r := range administrators {
			_, err = w.s.AskAccount(ctx, system, w.request(backoffice.ChangeAccount, "", w.who(county, r).Staff, petition.Handler), w.now)
			w.want(err, petition.Forbidden)
		}
		_, err = w.s.AskAccount(ctx, system, w.request(backoffice.ReopenAccount, "", w.who(county, petition.Handler).Staff, petition.Handler), w.now)
		w.want(err, petition.Conflict)
	})
}

func (w *world) problems(err error, fields ...string) {
	w.t.Helper()
	w.want(err, petition.Invalid)
	var got []string
	e, _ := err.(*petition.Error)
	for _, p := range e.Problems {
		got = append(got, p.Field)
	}
	if strings.Join(got, " ") != strings.Join(fields, " ") {
		w.t.Errorf("problems at %v, want %v", got, fields)
	}
}

func TestAccountsAreClosedReopenedAndReset(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		system, security := w.who(prov, petition.SystemAdmin), w.who(prov, petition.SecurityAdmin)
		a := w.account("530102.handler")
		s := w.signIn("530102.handler")
		if got := w.account("530102.handler"); got.Sessions != 1 {
			t.Errorf("%d sessions", got.Sessions)
		}
		w.want(w.s.EndAccountSessions(ctx, system, a.ID, "", w.now), petition.Invalid)
		w.must(w.s.EndAccountSessions(ctx, system, a.ID, "lost computer", w.now))
		_, err := w.s.Session(ctx, s.Token, w.now)
		w.want(err, petition.NotFound)

		for range triesAllowed + 1 {
			_, _ = w.s.SignIn(ctx, "530102.handler", "wrong password", "", w.now)
		}
		secret := w.bound("530102.handler")
		password, err := w.s.ResetAccount(ctx, security, a.ID, "forgotten", w.now)
		w.must(err)
		_, err = w.s.SignIn(ctx, "530102.handler", testPassword, "", w.now)
		w.want(err, petition.Forbidden) // and not Throttled: the tries are forgiven
		s, err = w.s.SignIn(ctx, "530102.handler", password, code(t, secret, w), w.now)
		w.must(err)

		w.must(w.s.CloseAccount(ctx, system, a.ID, "moved", w.now))
		_, err = w.s.Session(ctx, s.Token, w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.ResetAccount(ctx, security, a.ID, "again", w.now)
		w.want(err, petition.Conflict)
		id := w.asked(w.request(backoffice.ReopenAccount, "", a.ID, petition.Handler))
		password, err = w.s.DecideRequest(ctx, security, id, true, "", w.now)
		w.must(err)
		w.now = w.now.Add(time.Minute)
		s, err = w.s.SignIn(ctx, "530102.handler", password, code(t, secret, w), w.now)
		w.must(err)
		if !s.Changed {
			t.Error("the one-time password need not be changed")
		}
	})
}

// Whatever one security administrator does to an account, in whatever order, the password
// that he sees never opens it without the second factor that the person bound.
func TestNoAdministratorBecomesAnOfficer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, security, a := t.Context(), w.who(prov, petition.SecurityAdmin), w.account("530102.handler")
		_, err := w.s.ResetAccount(ctx, security, a.ID, "x", w.now)
		w.want(err, petition.Conflict)
		_, err = w.s.SignIn(ctx, "530102.handler", testPassword, "", w.now)
		w.must(err) // a refusal changes nothing

		secret := w.bound("530102.handler")
		w.must(w.s.UnbindAccount(ctx, security, a.ID, "first the factor", w.now))
		_, err = w.s.ResetAccount(ctx, security, a.ID, "then the password", w.now)
		w.want(err, petition.Conflict)

		secret = w.bound("530102.handler")
		password, err := w.s.ResetAccount(ctx, security, a.ID, "first the password", w.now)
		w.must(err)
		w.want(w.s.UnbindAccount(ctx, security, a.ID, "then the factor", w.now), petition.Conflict)
		for _, bad := range []string{"", "000000"} {
			_, err = w.s.SignIn(ctx, "530102.handler", password, bad, w.now)
			w.want(err, petition.Forbidden)
		}
		s, err := w.s.SignIn(ctx, "530102.handler", password, code(t, secret, w), w.now)
		w.must(err)
		w.must(w.s.ChangePassword(ctx, s.Actor, password, "only the person knows", w.now))
		w.must(w.s.UnbindAccount(ctx, security, a.ID, "a lost telephone", w.now))
		_, err = w.s.SignIn(ctx, "530102.handler", password, "", w.now)
		w.want(err, petition.Forbidden)
	})
}

// bound binds a second factor to an account and gives its secret.
func (w *world) bound(login string) string {
	w.t.Helper()
	url, err := w.s.SetTOTP(w.t.Context(), login, "Huiyin", w.now)
	w.must(err)
	_, rest, _ := strings.Cut(url, "secret=")
	secret, _, _ := strings.Cut(rest, "&")
	return secret
}

// What is one administrator's is not there for the other two, for officers, and outside
// the subtree; nobody does anything to an administrator.
func TestAdministratorsRestrainEachOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		a := w.account("530102.handler")
		id := w.asked(w.request(backoffice.OpenAccount, "fine", petition.ID{}, petition.Handler))
		acts := map[petition.Role][]func(by petition.Actor) error{
			petition.SystemAdmin: {
				func(by petition.Actor) error { return w.s.EndAccountSessions(ctx, by, a.ID, "x", w.now) },
				func(by petition.Actor) error {
					_, err := w.s.AskAccount(ctx, by, w.request(backoffice.ChangeAccount, "", a.ID, petition.Handler), w.now)
					return err
				},
				func(by petition.Actor) error { _, err := w.s.UnitStaff(ctx, by); return err },
				func(by petition.Actor) error { return w.s.CloseAccount(ctx, by, a.ID, "x", w.now) },
			},
			petition.SecurityAdmin: {
				func(by petition.Actor) error { return w.s.UnbindAccount(ctx, by, a.ID, "x", w.now) },
				func(by petition.Actor) error { _, err := w.s.DecideRequest(ctx, by, id, true, "", w.now); return err },
			},
			petition.AuditAdmin: {
				func(by petition.Actor) error { _, err := w.s.AuditLog(ctx, by, backoffice.AuditQuery{}); return err },
				func(by petition.Actor) error {
					_, err := w.s.ExportAudit(ctx, by, backoffice.AuditQuery{}, "检查", 10, w.now)
					return err
				},
				func(by petition.Actor) error { _, err := w.s.LogState(ctx, by); return err },
				func(by petition.Actor) error { _, err := w.s.CheckLog(ctx, by, w.now); return err },
			},
		}
		for holder, all := range acts {
			for i, act := range all {
				for _, r := range petition.Roles {
					if r != holder {
						if err := act(w.who(prov, r)); !petition.Is(err, petition.NotFound) {
							t.Errorf("act %d of the %s by the %s: %v", i, holder, r, err)
						}
					}
				}
			}
		}
		for _, r := range []petition.Role{petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin} {
			target := w.who(county, r).Staff
			w.want(w.s.CloseAccount(ctx, w.who(prov, petition.SystemAdmin), target, "x", w.now), petition.Forbidden)
			w.want(w.s.UnbindAccount(ctx, w.who(prov, petition.SecurityAdmin), target, "x", w.now), petition.Forbidden)
			_, err := w.s.ResetAccount(ctx, w.who(prov, petition.SecurityAdmin), target, "x", w.now)
			w.want(err, petition.Forbidden)
		}
		w.want(w.s.CloseAccount(ctx, w.who(county2, petition.SystemAdmin), a.ID, "x", w.now), petition.NotFound)
		_, err := w.s.DecideRequest(ctx, w.who(county2, petition.SecurityAdmin), id, true, "", w.now)
		w.want(err, petition.NotFound)
		for _, role := range []petition.Role{petition.SystemAdmin, petition.SecurityAdmin} {
			for _, act := range acts[role] {
				w.must(act(w.who(prov, role)))
				if role == petition.SystemAdmin { // one request about an account at a time
					w.exec(`UPDATE account_request SET state = 'refused' WHERE staff = ?`, a.ID)
				}
			}
		}
	})
}

func TestAccountsAreFilteredAndPaged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, by := t.Context(), w.who(prov, petition.SystemAdmin)
		count := func(q backoffice.AccountQuery) (n int) {
			q.Now = w.now
			for {
				page, err := w.s.Accounts(ctx, by, q)
				w.must(err)
				n += len(page.Rows)
				if q.After = page.Next; page.Next == "" {
					return n
				}
			}
		}
		w.must(w.s.DisableStaff(ctx, "530102.leader", w.now))
		_, err := w.s.SetTOTP(ctx, "530102.cadre", "Huiyin", w.now)
		w.must(err)
		roles := len(petition.Roles)
		for name, c := range map[string]struct {
			q    backoffice.AccountQuery
			want int
		}{
			"all":    {backoffice.AccountQuery{}, 4 * roles},
			"unit":   {backoffice.AccountQuery{Unit: county}, roles},
			"role":   {backoffice.AccountQuery{Role: petition.Handler}, 4},
			"text":   {backoffice.AccountQuery{Text: "530102.HAND"}, 1},
			"closed": {backoffice.AccountQuery{State: "closed"}, 1},
			"bare":   {backoffice.AccountQuery{State: "bare", Unit: county}, roles - 2},
			"mark":   {backoffice.AccountQuery{Text: "%"}, 0},
		} {
			if got := count(c.q); got != c.want {
				t.Errorf("%s: %d accounts, want %d", name, got, c.want)
			}
		}
		if by = w.who(county, petition.SystemAdmin); count(backoffice.AccountQuery{}) != roles {
			t.Error("the county sees other units' accounts")
		}
		all, err := w.s.AllStaff(ctx, w.now)
		w.must(err)
		if len(all) != 4*roles || all[0].Roles == nil {
			t.Errorf("%d of staff", len(all))
		}
		staff, err := w.s.UnitStaff(ctx, w.who(prov, petition.SystemAdmin))
		w.must(err)
		if len(staff) != 4 || staff[county][petition.Handler] != 1 || staff[county][petition.Leader] != 0 || staff[county][""] != roles-1 {
			t.Errorf("%v", staff)
		}
	})
}

func code(t *testing.T, secret string, w *world) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, w.now)
	w.must(err)
	return c
}

func TestASecondFactorIsBoundByACode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		s, other := w.signIn("530102.leader"), w.signIn("530102.leader")
		if !s.Bare || s.Bound {
			t.Errorf("outside a demonstration a second factor is not asked for: %+v", s)
		}
		offer, err := w.s.OfferCode(ctx, s.Actor, "Huiyin", "", w.now)
		w.must(err)
		again, err := w.s.OfferCode(ctx, s.Actor, "Huiyin", offer.Sealed, w.now.Add(time.Minute))
		w.must(err)
		if again != offer || strings.Contains(offer.Sealed, offer.Secret) || !strings.Contains(offer.URL, offer.Secret) {
			t.Errorf("offered %+v, again %+v", offer, again)
		}
		stranger, err := w.s.OfferCode(ctx, w.who(county, petition.Handler), "Huiyin", offer.Sealed, w.now)
		w.must(err)
		if stranger.Secret == offer.Secret {
			t.Error("one person's offer opens for another")
		}
		good := backoffice.CodeBinding{Sealed: offer.Sealed, Code: code(t, offer.Secret, w), Password: testPassword}
		for field, spoil := range map[string]func(b *backoffice.CodeBinding){
			"password": func(b *backoffice.CodeBinding) { b.Password = "wrong password" },
			"code":     func(b *backoffice.CodeBinding) { b.Sealed = stranger.Sealed },
		} {
			b := good
			spoil(&b)
			w.problems(w.s.BindCode(ctx, s, b, w.now), field)
		}
		w.problems(w.s.BindCode(ctx, s, good, w.now.Add(offerLife)), "code")
		w.must(w.s.BindCode(ctx, s, good, w.now))
		if s, err = w.s.Session(ctx, s.Token, w.now); err != nil || !s.Bound || s.Bare {
			t.Errorf("the session that bound it: %+v %v", s, err)
		}
		_, err = w.s.Session(ctx, other.Token, w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.SignIn(ctx, "530102.leader", testPassword, good.Code, w.now) // spent
		w.want(err, petition.Forbidden)

		w.now = w.now.Add(time.Minute)
		second, err := w.s.OfferCode(ctx, s.Actor, "Huiyin", "", w.now)
		w.must(err)
		b := backoffice.CodeBinding{Sealed: second.Sealed, Code: code(t, second.Secret, w), Password: testPassword}
		w.problems(w.s.BindCode(ctx, s, b, w.now), "old")
		b.Old = code(t, offer.Secret, w)
		w.must(w.s.BindCode(ctx, s, b, w.now))

		w.must(w.s.UnbindAccount(ctx, w.who(prov, petition.SecurityAdmin), s.Actor.Staff, "lost", w.now))
		s = w.signIn("530102.leader")
		if s.Bound {
			t.Error("still bound")
		}
	})
}

func TestWhoMustBindASecondFactor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.want(w.s.SetFactorPolicy(ctx, "some", w.now), petition.Invalid)
		for _, c := range []struct {
			policy         FactorPolicy
			officer, admin bool
		}{{FactorForNobody, false, false}, {FactorForAdministrators, false, true}, {FactorForAll, true, true}} {
			w.must(w.s.SetFactorPolicy(ctx, c.policy, w.now))
			if got := w.signIn("530102.handler").Bare; got != c.officer {
				t.Errorf("%s: an officer must: %v", c.policy, got)
			}
			if got := w.signIn("530102.audit-admin").Bare; got != c.admin {
				t.Errorf("%s: an administrator must: %v", c.policy, got)
			}
		}
	})
}
