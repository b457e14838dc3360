package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/demo"
	"huiyin/petition"
)

func TestWrongAndUnknownSignInsLookAlike(t *testing.T) {
	d := newDesk(t)
	known := account(t, "990102", petition.Handler).Login
	var said []string
	for _, v := range []url.Values{
		{"login": {known}, "password": {"not the password"}},
		{"login": {"nobody.at-all"}, "password": {"not the password"}},
	} {
		b := d.browser()
		b.get("/sign-in")
		w, doc := b.post("/sign-in", v)
		if w.Code != http.StatusForbidden {
			t.Errorf("%v: %d", v, w.Code)
		}
		if got := doc.Find("input[name=login]").AttrOr("value", ""); got != v.Get("login") {
			t.Errorf("the name typed came back as %q", got)
		}
		if got := doc.Find("input[name=password]").AttrOr("value", ""); got != "" {
			t.Errorf("the password came back: %q", got)
		}
		said = append(said, doc.Find(".flash--bad").Text())
	}
	if said[0] != said[1] || said[0] == "" {
		t.Errorf("two answers: %q", said)
	}
}

func TestSignInLeadsToOwnPagesOnly(t *testing.T) {
	d := newDesk(t)
	a := account(t, "990102", petition.Handler)
	for next, want := range map[string]string{
		"/queue?mine=yes": "/queue?mine=yes", "": "/queue", "//evil.example": "/queue", "https://evil.example": "/queue",
		`/\evil.example`: "/queue", "evil": "/queue",
	} {
		b := d.browser()
		b.get("/sign-in?next=" + url.QueryEscape(next))
		w, _ := b.post("/sign-in", url.Values{"login": {a.Login}, "password": {demo.Password}, "next": {next}})
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("next %q leads to %q", next, got)
		}
	}
}

func TestEverybodyBeginsWhereTheWorkIs(t *testing.T) {
	d := newDesk(t)
	for role, want := range map[petition.Role]string{
		petition.Registrar: "/queue", petition.Handler: "/queue", petition.Leader: "/leader",
		petition.CadreSupervisor: "/reports", petition.SystemAdmin: "/accounts", petition.SecurityAdmin: "/requests", petition.AuditAdmin: "/audit",
	} {
		b := d.signIn(account(t, unitOf(role), role))
		if w, _ := b.get("/"); w.Header().Get("Location") != want {
			t.Errorf("%s begins at %q", role, w.Header().Get("Location"))
		}
	}
}

func TestSignOutEndsTheSessionAtOnce(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Handler)
	kept := b.cookies["office"]
	b.done("/sign-out", url.Values{})
	b.cookies["office"] = kept
	if w, _ := b.get("/queue"); w.Code != http.StatusSeeOther {
		t.Errorf("the old cookie still opens the list: %d", w.Code)
	}
}

func TestAFormWithoutItsDoorIsAskedAgain(t *testing.T) {
	d := newDesk(t)
	a := account(t, "990102", petition.Handler)
	b := d.browser()
	w, doc := b.post("/sign-in", url.Values{"login": {a.Login}, "password": {demo.Password}, "token": {"made up"}})
	if w.Code != http.StatusForbidden || doc.Find("form input[name=login]").Length() != 1 {
		t.Errorf("%d %s", w.Code, text(doc))
	}
}

func TestAPasswordIsChangedAndEverySessionEnds(t *testing.T) {
	d := newDesk(t)
	a := account(t, "990102", petition.Handler)
	b, other := d.signIn(a), d.signIn(a)
	doc := b.page("/me")
	if n := doc.Find(`form[action="/me/session"]`).Length(); n != 2 {
		t.Errorf("%d sessions listed", n)
	}
	for _, one := range []struct{ old, fresh, again, field string }{
		{"", "", "", "old"},
		{demo.Password, "long enough a word", "another one", "again"},
		{"wrong", "long enough a word", "long enough a word", "old"},
		{demo.Password, "short", "short", "new"},
	} {
		w, doc := b.post("/me/password", url.Values{"old": {one.old}, "new": {one.fresh}, "again": {one.again}})
		if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-"+one.field+"-error").Length() != 1 {
			t.Errorf("%+v: %d %s", one, w.Code, text(doc))
		}
		if doc.Find(`input[type=password][value!=""]`).Length() != 0 {
			t.Error("a password came back")
		}
	}
	next := b.done("/me/password", url.Values{"old": {demo.Password}, "new": {"long enough a word"}, "again": {"long enough a word"}})
	if next.Find(".signin").Length() != 1 || next.Find(".flash").Length() != 1 {
		t.Errorf("after the change: %s", text(next))
	}
	if w, _ := other.get("/queue"); w.Code != http.StatusSeeOther {
		t.Errorf("the other session lives on: %d", w.Code)
	}
}

func TestOneSessionEndsAnother(t *testing.T) {
	d := newDesk(t)
	a := account(t, "990102", petition.Handler)
	b := d.signIn(a)
	d.now = d.now.Add(60e9)
	other := d.signIn(a)
	doc := other.page("/me")
	ids := doc.Find(`form[action="/me/session"] input[name=id]`)
	oldest := ids.Eq(ids.Length()-1).AttrOr("value", "")
	if done := other.done("/me/session", url.Values{"id": {oldest}}); !strings.Contains(text(done), "已经退出") {
		t.Errorf("no word of it: %s", text(done))
	}
	if w, _ := b.get("/queue"); w.Code != http.StatusSeeOther {
		t.Errorf("the session lives on: %d", w.Code)
	}
}
