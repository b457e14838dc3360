package portaldb_test

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/portaldb"
)

var today = time.Date(2026, 11, 22, 9, 30, 0, 123456000, time.UTC)

// clock is moved by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func newStore(t testing.TB, db *sql.DB) (*portaldb.Store, *clock) {
	t.Helper()
	if err := sql.Migrate(t.Context(), db, portaldb.Migrations()); err != nil {
		t.Fatal(err)
	}
	c := &clock{t: today}
	s, err := portaldb.New(portaldb.Config{DB: db, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(context.Background()) })
	return s, c
}

func newID(t testing.TB) petition.ID {
	t.Helper()
	id, err := petition.MakeID(today, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// filed is a filing as the portal makes it, with an item that nobody can open.
func filed(t testing.TB, code exchange.Code, body string) portal.Filed {
	t.Helper()
	id, reading := newID(t), exchange.NewKey()
	return portal.Filed{
		Filing: id, Received: today, BodyHash: code.BodyHash([]byte(body)), Size: 4096,
		Copy: []byte("copy of " + body), Receipt: []byte("receipt of " + body),
		Grant:   code.Grant(id, reading, exchange.MayAdd, exchange.MayRate),
		Item:    exchange.Item{ID: newID(t), From: "portal", To: "office", Made: today, Sealed: []byte(body), Sig: []byte("sig")},
		Captcha: [16]byte(newID(t)), CaptchaExpires: today.Add(time.Hour),
		Draft: portal.Draft{ID: [32]byte(exchange.NewKey()), Sealed: []byte("only the code"), Expires: today.Add(24 * time.Hour)},
	}
}

func count(t testing.TB, db *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.Get(t.Context(), &n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
