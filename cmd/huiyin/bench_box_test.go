package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/cmd/desk"
	"huiyin/demo"
	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql/officedb"
	"huiyin/sql/storetest"
	"huiyin/web"
)

// rig is a box at work, its two faces on loopback.
type rig struct {
	*box
	b        *testing.B
	config   *config
	citizens *portal.Portal
	staff    *backoffice.Office
	portalAt string
	officeAt string
}

// benchEach runs the benchmark on SQLite, and on the MySQL family where
// HUIYIN_TEST_MYSQL names a server.
func benchEach(b *testing.B, run func(b *testing.B, c *config)) {
	b.Run("sqlite", func(b *testing.B) { run(b, benchConfig(b.TempDir())) })
	b.Run("mysql", func(b *testing.B) {
		server := storetest.Server(b)
		c := benchConfig(b.TempDir())
		c.PortalDatabase, c.OfficeDatabase = storetest.MySQLURL(b, server), storetest.MySQLURL(b, server)
		run(b, c)
	})
}

// benchConfig is a box in a folder. The one proxy believed is the benchmark, so that
// visitors come from many addresses: the limits per client stay in force.
func benchConfig(folder string) *config {
	return &config{Deployment: web.Deployment{Name: "bench", Proxies: []string{"127.0.0.1"}},
		Data: filepath.Join(folder, "data"), Keys: filepath.Join(folder, "keys"), Demo: true, PublicURL: "http://127.0.0.1"}
}

// start opens the box and serves both faces as the program does. Nothing behind the
// pages runs yet: see work.
func start(b *testing.B, c *config) *rig {
	b.Helper()
	opened, err := openBox(b.Context(), c)
	must(b, err)
	b.Cleanup(opened.close)
	r := &rig{box: opened, b: b, config: c}
	r.log = slog.New(slog.NewTextHandler(b.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	r.citizens, r.staff, err = r.faces(c)
	must(b, err)
	at := serveOn(b, web.Face{Name: "portal", Handler: r.citizens.Handler()}, web.Face{Name: "office", Handler: r.staff.Handler()})
	r.portalAt, r.officeAt = at["portal"], at["office"]
	return r
}

// serveOn serves faces on free ports of loopback until the benchmark ends.
func serveOn(b *testing.B, faces ...web.Face) map[string]string {
	for i := range faces {
		faces[i].Address = "127.0.0.1:0"
	}
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan map[string]string, 1), make(chan error, 1)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	go func() { ended <- web.Serve(ctx, quiet, func(at map[string]string) { ready <- at }, faces...) }()
	b.Cleanup(func() {
		stop()
		<-ended
	})
	select {
	case at := <-ready:
		return at
	case err := <-ended:
		b.Fatal(err)
		return nil
	}
}

func serveBare(b *testing.B, h http.Handler) string {
	return serveOn(b, web.Face{Name: "bare", Handler: h})["bare"]
}

// populate brings in the demonstration's units and staff.
func (r *rig) populate() {
	r.b.Helper()
	ctx, now := r.b.Context(), time.Now()
	units := demo.Units()
	for i := range units {
		units[i].Installation = installation
	}
	must(r.b, r.cases.SaveUnits(ctx, units, now))
	hash, err := r.cases.HashPassword(ctx, demo.Password)
	must(r.b, err)
	for _, a := range demo.Staff() {
		_, err := r.cases.AddStaff(ctx, officedb.NewStaff{ID: a.ID, Login: a.Login, Name: a.Name, Unit: a.Unit,
			Office: a.Office, Roles: a.Roles, Hash: hash}, now)
		must(r.b, err)
	}
}

// load tells n cases and stores them, block by block.
func (r *rig) load(n int) {
	r.b.Helper()
	ctx, now := r.b.Context(), time.Now()
	world := demo.World(n, 32, now)
	var block []demo.Case
	store := func() {
		must(r.b, r.cases.Load(ctx, desk.Loaded(block), now))
		block = block[:0]
	}
	for c, err := range world.All() {
		must(r.b, err)
		if block = append(block, c); len(block) == 500 {
			store()
		}
	}
	store()
	must(r.b, r.cases.ContinueSeries(ctx, world.Series()))
}

// carry moves all that lies in both mailboxes, so that the portal knows the units.
func (r *rig) carry() {
	r.b.Helper()
	must(r.b, r.cases.SendDirectory(r.b.Context(), time.Now()))
	for {
		out, err := r.courier.Pass(r.b.Context())
		must(r.b, err)
		in, err := r.receiver.Pass(r.b.Context())
		must(r.b, err)
		if out+in == 0 {
			return
		}
	}
}

// work starts the mail line and the regular jobs as the program does, and returns
// what stops them.
func (r *rig) work() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done, err := r.startWork(ctx, &config{Index: filepath.Join(r.b.TempDir(), "search.db")})
	must(r.b, err)
	return func() { cancel(); done.Wait() }
}

// account is somebody of the demonstration with the role at the unit.
func (r *rig) account(unit petition.UnitID, role petition.Role) demo.Account {
	r.b.Helper()
	for _, a := range demo.Staff() {
		if a.Unit == unit && a.Is(role) {
			return a
		}
	}
	r.b.Fatalf("no %s at %s", role, unit)
	return demo.Account{}
}

// signIn is the cookie of such a person.
func (r *rig) signIn(unit petition.UnitID, role petition.Role) string {
	r.b.Helper()
	s, err := r.cases.SignIn(r.b.Context(), r.account(unit, role).Login, demo.Password, "", time.Now())
	must(r.b, err)
	return "Cookie: office=" + s.Token + "\r\n"
}
