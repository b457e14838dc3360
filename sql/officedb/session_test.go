package officedb

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"huiyin/backoffice"
	"huiyin/petition"
)

func (w *world) signIn(login string) backoffice.Session {
	w.t.Helper()
	s, err := w.s.SignIn(w.t.Context(), login, testPassword, "", w.now)
	w.must(err)
	return s
}

func TestSessionLives(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		s := w.signIn(" 530102.Registrar ")
		if s.Actor.Unit != county || !s.Actor.Is(petition.Registrar) || s.Form == "" || s.Form == s.Token || s.Login != "530102.registrar" {
			t.Fatalf("signed in as %+v", s)
		}
		again, err := w.open().Session(ctx, s.Token, w.now.Add(29*time.Minute))
		w.must(err)
		if again.Form != s.Form {
			t.Error("another node gives another form token")
		}
		_, err = w.s.Session(ctx, s.Token, w.now.Add(58*time.Minute)) // idle counts from the last look
		w.must(err)
		_, err = w.s.Session(ctx, s.Token, w.now.Add(58*time.Minute+idleLimit))
		w.want(err, petition.NotFound)
		_, err = w.s.Session(ctx, "no such token", w.now)
		w.want(err, petition.NotFound)
	})
}

func TestSessionEndsAfterTwelveHoursWhateverIsDone(t *testing.T) {
	w := newWorldSQLite(t)
	s := w.signIn("530102.registrar")
	for at := w.now; at.Before(w.now.Add(absoluteLimit)); at = at.Add(20 * time.Minute) {
		_, err := w.s.Session(t.Context(), s.Token, at)
		w.must(err)
	}
	_, err := w.s.Session(t.Context(), s.Token, w.now.Add(absoluteLimit))
	w.want(err, petition.NotFound)
}

func TestSessionsAreRevoked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for name, revoke := range map[string]func(s backoffice.Session) error{
			"sign out": func(s backoffice.Session) error { return w.s.SignOut(ctx, s.Token, w.now) },
			"reset":    func(backoffice.Session) error { return w.s.ResetPassword(ctx, "530102.handler", testPassword, w.now) },
			"change": func(s backoffice.Session) error {
				err := w.s.ChangePassword(ctx, s.Actor, testPassword, "another long secret", w.now)
				w.must(w.s.ResetPassword(ctx, "530102.handler", testPassword, w.now))
				return err
			},
			"end": func(s backoffice.Session) error {
				list, err := w.s.Sessions(ctx, s.Actor, w.now)
				w.must(err)
				w.want(w.s.EndSession(ctx, w.who(county, petition.Leader), list[0].ID, w.now), petition.NotFound)
				return w.s.EndSession(ctx, s.Actor, list[0].ID, w.now)
			},
		} {
			s := w.signIn("530102.handler")
			w.must(revoke(s))
			if _, err := w.s.Session(ctx, s.Token, w.now); !petition.Is(err, petition.NotFound) {
				t.Errorf("after %s: %v", name, err)
			}
		}
		s := w.signIn("530102.handler")
		if !s.Changed {
			t.Error("a password that was reset need not be changed")
		}
		w.must(w.s.DisableStaff(ctx, "530102.handler", w.now))
		_, err := w.s.Session(ctx, s.Token, w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.SignIn(ctx, "530102.handler", testPassword, "", w.now)
		w.want(err, petition.Forbidden)
	})
}

// Unknown names are throttled like known ones; one name's tries close no other; a good
// sign-in forgives.
func TestThrottling(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for _, login := range []string{"530102.leader", "nobody"} {
			for range triesAllowed {
				_, err := w.s.SignIn(ctx, login, "wrong password", "", w.now)
				w.want(err, petition.Forbidden)
			}
			_, err := w.s.SignIn(ctx, login, testPassword, "", w.now)
			w.want(err, petition.Throttled)
		}
		w.signIn("530102.handler")
		_, err := w.s.SignIn(ctx, "nobody", "wrong password", "", w.now.Add(triesWindow))
		w.want(err, petition.Forbidden)
		_, err = w.s.SignIn(ctx, "530102.leader", testPassword, "", w.now.Add(triesWindow))
		w.must(err)
		for range 2 * triesAllowed {
			w.signIn("530102.registrar")
		}
	})
}

func TestUnknownNamesCostTheSameWork(t *testing.T) {
	w := newWorldSQLite(t)
	acc, err := w.s.account(t.Context(), "nobody")
	w.must(err)
	cost, _, _, err := readPHC(acc.Password)
	w.must(err)
	known, err := w.s.account(t.Context(), "530102.handler")
	w.must(err)
	if real, _, _, _ := readPHC(known.Password); real != cost {
		t.Errorf("unknown %+v, known %+v", cost, real)
	}
}

func TestOneTimeCode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		url, err := w.s.SetTOTP(ctx, "530102.leader", "Huiyin", w.now)
		w.must(err)
		_, rest, _ := strings.Cut(url, "secret=")
		secret, _, _ := strings.Cut(rest, "&")
		code, err := totp.GenerateCode(secret, w.now)
		w.must(err)
		for _, bad := range []string{"", "000000", code + "1"} {
			_, err := w.s.SignIn(ctx, "530102.leader", testPassword, bad, w.now)
			w.want(err, petition.Forbidden)
		}
		_, err = w.s.SignIn(ctx, "530102.leader", testPassword, code, w.now)
		w.must(err)
		_, err = w.s.SignIn(ctx, "530102.leader", testPassword, code, w.now) // once
		w.want(err, petition.Forbidden)
		code, err = totp.GenerateCode(secret, w.now.Add(time.Minute))
		w.must(err)
		_, err = w.s.SignIn(ctx, "530102.leader", testPassword, code, w.now.Add(time.Minute))
		w.must(err)
	})
}

func TestPasswordRules(t *testing.T) {
	w := newWorldSQLite(t)
	by := w.who(county, petition.Handler)
	for _, c := range []struct{ old, new string }{
		{"wrong password", "another long secret"}, {testPassword, testPassword}, {testPassword, "short"},
		{testPassword, strings.Repeat("x", 201)}, {testPassword, "530102.HANDLER"}, {testPassword, "\xff\xfe not text at all"},
	} {
		w.want(w.s.ChangePassword(t.Context(), by, c.old, c.new, w.now), petition.Invalid)
	}
	w.want(w.s.ResetPassword(t.Context(), "nobody", "another long secret", w.now), petition.NotFound)
	w.want(w.s.DisableStaff(t.Context(), "nobody", w.now), petition.NotFound)
}

func TestSecretsOfAccountsAreNotStored(t *testing.T) {
	w := newWorldSQLite(t)
	s := w.signIn("530102.handler")
	var n int
	w.must(w.db.Get(t.Context(), &n, `SELECT COUNT(*) FROM session WHERE id = ?`, []byte(s.Token)))
	if n != 0 {
		t.Error("the token itself is stored")
	}
	if !strings.HasPrefix(w.hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hash %q", w.hash)
	}
}
