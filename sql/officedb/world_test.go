package officedb

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// The units of the tests: a province, a city, two counties.
const (
	prov    petition.UnitID = "530000"
	city    petition.UnitID = "530100"
	county  petition.UnitID = "530102"
	county2 petition.UnitID = "530103"
)

const testPassword = "a test needs no secret"

// world is an office with staff in every role of every unit, and a portal's way in.
type world struct {
	t     testing.TB
	s     *Store
	db    *sql.DB
	keys  *exchange.OfficeKeys
	news  *exchange.HolderKey // the notifier's
	now   time.Time
	fence int64
	hash  string
	staff map[string]petition.Actor // "530102/registrar"
	rule  petition.Policy           // of the library; zero until something cites it
}

// each runs a test in a world of its own on every engine.
func each(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) { run(t, newWorld(t, open())) })
}

// newWorldSQLite is for what no engine can change.
func newWorldSQLite(t testing.TB) *world {
	t.Helper()
	return newWorld(t, storetest.Open(t, storetest.SQLiteURL(t)))
}

func newWorld(t testing.TB, db *sql.DB) *world {
	t.Helper()
	keys, err := exchange.NewOfficeKeys("office")
	if err != nil {
		t.Fatal(err)
	}
	news, err := exchange.NewHolderKey(exchange.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, keys: keys, news: news, now: noon(t, "2026-03-02"), staff: make(map[string]petition.Actor)}
	w.s = w.open()
	ctx := t.Context()
	w.must(w.s.SaveUnits(ctx, []petition.Unit{
		testUnit(prov, "", petition.Province), testUnit(city, prov, petition.City),
		testUnit(county, city, petition.County), testUnit(county2, city, petition.County)}, w.now))
	w.hash, err = w.s.HashPassword(ctx, testPassword)
	w.must(err)
	for _, u := range []petition.UnitID{prov, city, county, county2} {
		for _, r := range petition.Roles {
			w.hire(u, string(r), r)
		}
	}
	fence, ok, err := w.s.Lease(ctx, w.now)
	if err != nil || !ok {
		t.Fatalf("lease: %v %v", ok, err)
	}
	w.fence = fence
	return w
}

// open is another node on the same database.
func (w *world) open() *Store {
	w.t.Helper()
	s, err := Open(w.t.Context(), Config{DB: w.db, Keys: w.keys, Portals: []string{"portal"}, Name: "Test",
		News: w.offer(), Quiet: petition.Quiet{From: 21 * time.Hour, Until: 8 * time.Hour}, Cost: Cost{Passes: 1, KiB: 64}})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// offer is how people can be told of news.
func (w *world) offer() exchange.NewsOffer {
	return exchange.NewsOffer{Key: w.news.Public(), Ways: petition.NewsWays}
}

func testUnit(id, parent petition.UnitID, level petition.Level) petition.Unit {
	return petition.Unit{ID: id, Parent: parent, Level: level, Name: "Department " + string(id),
		Sign: "D" + string(id), Phone: "0871-0000000", Pilot: true, PilotSince: "2020-01-01"}
}

func noon(t testing.TB, day string) time.Time {
	t.Helper()
	d, err := petition.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return d.Add(12 * time.Hour)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// want fails the test unless the error is of the kind.
func (w *world) want(err error, kind petition.Kind) {
	w.t.Helper()
	if !petition.Is(err, kind) {
		w.t.Fatalf("got %v, want %s", err, kind)
	}
}

func (w *world) hire(unit petition.UnitID, name string, roles ...petition.Role) petition.Actor {
	w.t.Helper()
	login := string(unit) + "." + strings.ReplaceAll(name, "_", "-")
	id, err := w.s.AddStaff(w.t.Context(), NewStaff{Login: login, Name: name, Unit: unit, Roles: roles, Hash: w.hash}, w.now)
	w.must(err)
	a := petition.Actor{Kind: petition.ByStaff, Staff: id, Name: name, Unit: unit, Roles: roles}
	w.staff[string(unit)+"/"+name] = a
	return a
}

func (w *world) who(unit petition.UnitID, role petition.Role) petition.Actor {
	w.t.Helper()
	a, ok := w.staff[string(unit)+"/"+string(role)]
	if !ok {
		w.t.Fatalf("nobody is %s at %s", role, unit)
	}
	return a
}

func (w *world) id() petition.ID {
	w.t.Helper()
	id, err := petition.MakeID(w.now, rand.Reader)
	w.must(err)
	return id
}

// aFiling is a claim as the portal's form makes it.
func aFiling(unit petition.UnitID, title string) petition.Filing {
	return petition.Filing{Purpose: petition.PurposeRequest, Topic: "C6", Unit: unit, Title: title,
		Facts: "It happened in the spring, and nobody has answered since.", Request: "Please look into it.",
		Person: petition.Person{Name: "周明华", IDType: "id", IDNumber: "11010519491231002X", Mobile: "13800138000",
			Region: "530102", Address: "Renmin Road 1"},
		ConsentAt: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
}

func (w *world) taking(item petition.ID, to exchange.Holder) exchange.Taking {
	return exchange.Taking{Item: item, From: "portal", Fence: w.fence, Holder: to, Now: w.now}
}

// filed brings a filing in as the courier does.
func (w *world) filed(f petition.Filing) petition.ID {
	w.t.Helper()
	return w.filedWith(f, exchange.NewCode())
}

func (w *world) filedWith(f petition.Filing, code exchange.Code) petition.ID {
	w.t.Helper()
	id := w.id()
	sealed := exchange.SealedFiling{ID: id, Received: w.now, Filing: f, Reading: exchange.NewKey(), Locator: code.Locator()}
	to := exchange.UnitHolder(f.Unit)
	if f.Track() == petition.Report {
		to = exchange.CadreHolder(f.Unit)
	}
	w.must(w.s.TakeFiling(w.t.Context(), w.taking(w.id(), to), sealed))
	return id
}

// said brings a petitioner's message in.
func (w *world) said(filing petition.ID, act petition.Act) {
	w.t.Helper()
	m := exchange.Message{ID: w.id(), Filing: filing, At: w.now, Act: act}
	w.must(w.s.TakeMessage(w.t.Context(), w.taking(w.id(), ""), m))
}

// do acts on the case as it is now and expects that to be taken.
func (w *world) do(by petition.Actor, id petition.ID, act petition.Act) *petition.Case {
	w.t.Helper()
	c, err := w.try(by, id, act)
	if err != nil {
		w.t.Fatalf("%s by %s of %s: %v", act.Action, by.Name, by.Unit, err)
	}
	return c
}

func (w *world) try(by petition.Actor, id petition.ID, act petition.Act) (*petition.Case, error) {
	ctx := w.t.Context()
	c, err := w.s.Case(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return w.s.Act(ctx, by, id, c.Version(), act, w.now)
}

// aPaper is a paper that the rules take.
func aPaper(kind petition.PaperKind) *petition.Paper {
	return &petition.Paper{Kind: kind, Title: "Notice", To: "周**", Basis: []string{"Art. 23"}, Remedy: "Ask us.",
		Sections: []petition.Section{{Text: "What we have to tell you."}}}
}

func registerAct() petition.Act { return petition.Act{Action: petition.Register, Topic: "C6"} }

// registered is a case that the unit has registered.
func (w *world) registered(unit petition.UnitID, title string) petition.ID {
	w.t.Helper()
	id := w.filed(aFiling(unit, title))
	w.do(w.who(unit, petition.Registrar), id, registerAct())
	return id
}

func acceptAct() petition.Act {
	return petition.Act{Action: petition.Accept, Reason: "ours", Paper: aPaper(petition.AcceptanceNotice)}
}

func referAct(to petition.UnitID) petition.Act {
	return petition.Act{Action: petition.Refer, To: to, Reason: "theirs", Paper: aPaper(petition.WhereaboutsNotice)}
}

// accepted is a case whose notice went out.
func (w *world) accepted(unit petition.UnitID, title string) petition.ID {
	w.t.Helper()
	id := w.registered(unit, title)
	w.do(w.who(unit, petition.Registrar), id, petition.Act{Action: petition.Distribute, Office: "org",
		Handler: w.who(unit, petition.Handler).Staff})
	w.do(w.who(unit, petition.UnitHead), id, acceptAct())
	return id
}

// page lists a queue.
func (w *world) page(by petition.Actor, q petition.Queue) []string {
	w.t.Helper()
	p, err := w.s.Queue(w.t.Context(), by, queueOf(q, w.now))
	w.must(err)
	var titles []string
	for _, r := range p.Rows {
		titles = append(titles, r.Title)
	}
	return titles
}

// exec changes the database behind the store's back.
func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	w.must(w.db.Write(context.Background(), func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return err
	}))
}
