package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/sql/storetest"
	"huiyin/web"
)

// world is a whole box at work with the demonstration world: both faces over HTTP, the
// mail line between them.
type world struct {
	box    *box
	config *config
	portal string // address
	office string
	data   string // folder
	log    *lockedLog
	stop   func() // ends the pages and the work behind them; the databases stay
	answer func(token string) (string, error)
}

// lockedLog keeps what the program logs.
type lockedLog struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *lockedLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(b)
}

// eachEngine runs a story in a world of its own on SQLite and on MariaDB.
func eachEngine(t *testing.T, story func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { story(t, newWorld(t, &config{})) })
	t.Run("mysql", func(t *testing.T) {
		server := storetest.Server(t)
		story(t, newWorld(t, &config{PortalDatabase: storetest.MySQLURL(t, server), OfficeDatabase: storetest.MySQLURL(t, server)}))
	})
}

func newWorld(t *testing.T, c *config) *world {
	t.Helper()
	if c.Data == "" {
		top := t.TempDir()
		c.Data, c.Keys = filepath.Join(top, "data"), filepath.Join(top, "keys")
	}
	c.Demo, c.Name = true, "云川省网上信访"
	b, err := openBox(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.close)
	if err := desk.LoadDemo(t.Context(), b.cases, installation, io.Discard); err != nil {
		t.Fatal(err)
	}
	w := &world{box: b, config: c, data: c.Data, log: new(lockedLog)}
	b.log = slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log of this world:\n%s", w.log.Bytes())
		}
	})
	w.serve(t, c)
	return w
}

// serve puts both faces on the loopback and starts the work behind them.
func (w *world) serve(t *testing.T, c *config) {
	t.Helper()
	citizens, staff, err := w.box.faces(c)
	if err != nil {
		t.Fatal(err)
	}
	front, back := httptest.NewServer(citizens.Handler()), httptest.NewServer(staff.Handler())
	w.portal, w.office = front.URL, back.URL
	ctx, stop := context.WithCancel(context.Background())
	done, err := w.box.startWork(ctx, c)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	// The pages end before the work behind them, and that before the databases.
	w.stop = sync.OnceFunc(func() { front.Close(); back.Close(); stop(); done.Wait() })
	t.Cleanup(w.stop)
	captchas, err := web.NewCaptchas(exchange.Key(w.box.portalKeys.Secret()).Derive("portal captcha"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w.answer = captchas.Answer
}
