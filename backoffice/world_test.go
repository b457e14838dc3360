package backoffice_test

import (
	"context"
	"crypto/rand"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"huiyin/backoffice"
	"huiyin/demo"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql/officedb"
	"huiyin/sql/storetest"
)

var serveAt = flag.String("serve", "", "serve the demonstration's desk at this address instead of testing")

// desk is an office with the demonstration's units and people on a real database.
type desk struct {
	t     testing.TB
	store *officedb.Store
	face  *backoffice.Office
	now   time.Time
	fence int64
	news  *exchange.HolderKey // the notifier's
}

// now is the day on which the tests' world stands.
var worldDay = time.Date(2026, 11, 20, 9, 30, 0, 0, petition.Shanghai)

// newDesk has people and no case.
func newDesk(t testing.TB) *desk { return newDeskAt(t, worldDay) }

func newDeskAt(t testing.TB, now time.Time) *desk {
	t.Helper()
	keys, err := exchange.NewOfficeKeys("office")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, now: now}
	d.news, err = exchange.NewHolderKey(exchange.NewKey())
	d.must(err)
	offer := exchange.NewsOffer{Key: d.news.Public(), Ways: petition.NewsWays}
	d.store, err = officedb.Open(t.Context(), officedb.Config{DB: storetest.Open(t, storetest.SQLiteURL(t)), Keys: keys,
		Portals: []string{"portal"}, Name: "Test", Demo: true, News: offer, Cost: officedb.Cost{Passes: 1, KiB: 64}})
	d.must(err)
	units := demo.Units()
	for i := range units {
		units[i].Installation = "office"
	}
	d.must(d.store.SaveUnits(t.Context(), units, d.now))
	d.must(d.store.ImportPolicies(t.Context(), demo.Policies(), d.now))
	hash, err := d.store.HashPassword(t.Context(), demo.Password)
	d.must(err)
	for _, a := range demo.Staff() {
		_, err := d.store.AddStaff(t.Context(), officedb.NewStaff{ID: a.ID, Login: a.Login, Name: a.Name, Unit: a.Unit,
			Office: a.Office, Roles: a.Roles, Hash: hash}, d.now)
		d.must(err)
	}
	fence, ok, err := d.store.Lease(t.Context(), d.now)
	if err != nil || !ok {
		t.Fatalf("lease: %v %v", ok, err)
	}
	d.fence = fence
	d.face, err = backoffice.New(backoffice.Options{Store: d.store, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Now: func() time.Time { return d.now }, Name: "Test", PublicURL: "https://xf.example.cn", News: offer})
	d.must(err)
	return d
}

// fill brings in so many told cases.
func (d *desk) fill(n int) {
	d.t.Helper()
	cases, err := demo.World(n, 32, d.now).Collect()
	d.must(err)
	all := make([]officedb.LoadedCase, 0, len(cases))
	for _, c := range cases {
		all = append(all, officedb.LoadedCase{ID: c.ID, Events: c.Events, Reading: exchange.Key(c.Reading)})
	}
	d.must(d.store.Load(d.t.Context(), all, d.now))
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// account finds somebody of the demonstration who holds a role at a unit.
func account(t testing.TB, unit petition.UnitID, role petition.Role) demo.Account {
	t.Helper()
	for _, a := range demo.Staff() {
		if a.Unit == unit && (petition.Actor{Roles: a.Roles}).Is(role) {
			return a
		}
	}
	t.Fatalf("nobody is %s at %s", role, unit)
	return demo.Account{}
}

func actor(a demo.Account) petition.Actor {
	return petition.Actor{Kind: petition.ByStaff, Staff: a.ID, Name: a.Name, Unit: a.Unit, Roles: a.Roles}
}

// browser is somebody's browser: it keeps cookies and the token of the last form.
type browser struct {
	d       *desk
	cookies map[string]string
	token   string
}

func (d *desk) browser() *browser { return &browser{d: d, cookies: map[string]string{}} }

// signIn is a browser of somebody who is signed in.
func (d *desk) signIn(a demo.Account) *browser {
	d.t.Helper()
	b := d.browser()
	b.get("/sign-in")
	w, _ := b.post("/sign-in", url.Values{"login": {a.Login}, "password": {demo.Password}})
	if w.Code != http.StatusSeeOther {
		d.t.Fatalf("sign in as %s: %d %s", a.Login, w.Code, w.Body)
	}
	b.get("/about") // for the session's own token
	return b
}

func (d *desk) as(unit petition.UnitID, role petition.Role) *browser {
	d.t.Helper()
	return d.signIn(account(d.t, unit, role))
}

func (b *browser) send(r *http.Request) (*httptest.ResponseRecorder, *goquery.Document) {
	b.d.t.Helper()
	for k, v := range b.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	w := httptest.NewRecorder()
	b.d.face.Handler().ServeHTTP(w, r)
	for _, k := range w.Result().Cookies() {
		b.cookies[k.Name] = k.Value
		if k.MaxAge < 0 {
			delete(b.cookies, k.Name)
		}
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	b.d.must(err)
	if token, ok := doc.Find("input[name=token]").First().Attr("value"); ok {
		b.token = token
	}
	return w, doc
}

func (b *browser) get(path string) (*httptest.ResponseRecorder, *goquery.Document) {
	b.d.t.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// page gets a page that must be there.
func (b *browser) page(path string) *goquery.Document {
	b.d.t.Helper()
	w, doc := b.get(path)
	if w.Code != http.StatusOK {
		b.d.t.Fatalf("GET %s: %d %s", path, w.Code, text(doc))
	}
	return doc
}

func (b *browser) post(path string, v url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	b.d.t.Helper()
	if !v.Has("token") {
		v.Set("token", b.token)
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// done posts what must be taken and follows to the next page.
func (b *browser) done(path string, v url.Values) *goquery.Document {
	b.d.t.Helper()
	w, doc := b.post(path, v)
	if w.Code != http.StatusSeeOther {
		b.d.t.Fatalf("POST %s: %d %s", path, w.Code, text(doc))
	}
	return b.page(w.Header().Get("Location"))
}

func text(doc *goquery.Document) string {
	return strings.Join(strings.Fields(doc.Find("main").Text()), " ")
}

// filed is a case that came through the portal.
func (d *desk) filed(f petition.Filing) petition.ID {
	d.t.Helper()
	id, err := petition.MakeID(d.now, rand.Reader)
	d.must(err)
	item, err := petition.MakeID(d.now, rand.Reader)
	d.must(err)
	to := exchange.UnitHolder(f.Unit)
	if f.Track() == petition.Report {
		to = exchange.CadreHolder(f.Unit)
	}
	d.must(d.store.TakeFiling(d.t.Context(), exchange.Taking{Item: item, From: "portal", Fence: d.fence, Holder: to, Now: d.now},
		exchange.SealedFiling{ID: id, Received: d.now, Filing: f, Reading: exchange.NewKey(), Locator: exchange.NewCode().Locator()}))
	return id
}

// do acts on a case as it is now, past the pages.
func (d *desk) do(by demo.Account, id petition.ID, act petition.Act) *petition.Case {
	d.t.Helper()
	found, err := d.store.Case(d.t.Context(), actor(by), id)
	d.must(err)
	after, err := d.store.Act(d.t.Context(), actor(by), id, found.Version(), act, d.now)
	if err != nil {
		d.t.Fatalf("%s by %s: %v", act.Action, by.Name, err)
	}
	return after
}

// TestServe serves the desk to look at; it is no test.
func TestServe(t *testing.T) {
	if *serveAt == "" {
		t.Skip("only with -serve")
	}
	d := newDeskAt(t, time.Now())
	d.fill(200)
	server := &http.Server{Addr: *serveAt, Handler: d.face.Handler(), ReadHeaderTimeout: time.Second}
	t.Cleanup(func() { _ = server.Shutdown(context.Background()) })
	t.Log(server.ListenAndServe())
}
