package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"huiyin/attachment"
	"huiyin/backoffice"
	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/sql"
	"huiyin/sql/officedb"
	"huiyin/web"
)

// bureau is the office's side, opened.
type bureau struct {
	log   *slog.Logger
	keys  *exchange.OfficeKeys
	peer  exchange.PortalPublic
	db    *sql.DB
	cases *officedb.Store
	news  *exchange.HolderKey // the notifier's; nil where nobody is told of news
}

// open loads the keys and opens the office's database.
func (c *config) open(ctx context.Context) (*bureau, error) {
	b := &bureau{log: slog.New(slog.NewJSONHandler(os.Stderr, nil))}
	var err error
	if b.keys, err = exchange.EnsureOfficeKeys(c.Keys, c.Installation); err != nil {
		return nil, fmt.Errorf("the office's keys: %w", err)
	}
	if b.peer, err = exchange.LoadPortalPublic(c.PortalKey); err != nil {
		return nil, fmt.Errorf("the portal's public key (copy portal.pub from its key folder): %w", err)
	}
	if b.news, err = c.Key(c.Keys); err != nil {
		return nil, err
	}
	quiet, err := c.Quiet()
	if err != nil {
		return nil, err
	}
	if b.db, err = sql.Open(ctx, c.Database); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	b.cases, err = officedb.Open(ctx, officedb.Config{DB: b.db, Keys: b.keys, News: c.Offer(b.news), Quiet: quiet,
		Portals: []string{b.peer.Installation}, Name: c.Name, Demo: c.Demo, Heads: c.Heads})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), b.db.Close())
	}
	return b, nil
}

func (b *bureau) close() {
	if err := b.db.Close(); err != nil {
		b.log.Error("close database", "err", err)
	}
}

type serve struct{}

// Run serves until the context ends.
func (serve) Run(ctx context.Context, c *config, out io.Writer) error {
	b, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.cases.KeepWorld(ctx, c.Demo); err != nil {
		return err
	}
	if c.Demo {
		if err := desk.LoadDemo(ctx, b.cases, desk.Installation(c.Installation), out); err != nil {
			return err
		}
	}
	face, err := c.face(b)
	if err != nil {
		return err
	}
	portal, err := sql.Open(ctx, c.Mailbox)
	if err != nil {
		return fmt.Errorf("the portal's mailbox: %w", err)
	}
	defer func() { _ = portal.Close() }()
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	done, err := b.startWork(behind, portal, c)
	if err != nil {
		stop()
		return err
	}
	defer func() { stop(); done.Wait() }()
	health := &web.Health{Ready: face.Ready}
	go func() { <-ctx.Done(); health.Drain() }()
	return web.Serve(ctx, b.log, func(at map[string]string) {
		fmt.Fprintf(out, "back office  http://%s\n", at["office"])
		if c.Demo {
			desk.AnnounceDemo(out)
		}
	}, web.Face{Name: "office", Address: c.Address, Handler: face.Handler()},
		web.Face{Name: "admin", Address: c.Admin, Handler: health.Handler()})
}

// face makes the staff's pages.
func (c *config) face(b *bureau) (*backoffice.Office, error) {
	scanner, err := attachment.ScannerAt(c.Clamd)
	if err != nil {
		return nil, err
	}
	return backoffice.New(backoffice.Options{Store: b.cases, Log: b.log, TLS: c.TLS, Proxies: c.Proxies, Name: c.Name,
		Demo: c.Demo, PublicURL: c.PublicURL, Font: c.Font, Scanner: scanner, News: c.Offer(b.news), Now: time.Now, Random: rand.Reader})
}

// startWork starts the courier and the regular jobs.
func (b *bureau) startWork(ctx context.Context, portal *sql.DB, c *config) (*sync.WaitGroup, error) {
	if err := b.cases.SendDirectory(ctx, time.Now()); err != nil {
		return nil, fmt.Errorf("send the directory: %w", err)
	}
	courier, err := exchange.NewCourier(exchange.CourierConfig{Office: b.cases, Keys: b.keys, Portal: b.peer,
		Mailbox: &sql.Mailbox{DB: portal}, Now: time.Now, Log: b.log})
	if err != nil {
		return nil, err
	}
	var news *notifier.Notifier
	if b.news != nil {
		if news, err = notifier.New(b.cases, b.news, c.Gateways, b.log); err != nil {
			return nil, err
		}
	}
	var done sync.WaitGroup
	done.Go(func() { courier.Run(ctx) })
	done.Go(func() { web.Every(ctx, b.log, "lapse and sweep", time.Minute, b.cases.SystemTick) })
	done.Go(func() { web.Every(ctx, b.log, "reckon limits anew", 5*time.Second, b.cases.LimitTick) })
	done.Go(func() { b.cases.RunSequencer(ctx, b.log) })
	done.Go(func() { b.cases.RunIndex(ctx, b.log, c.Index) })
	if news != nil {
		done.Go(func() { news.Run(ctx) })
	}
	return &done, nil
}
