package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"huiyin/attachment"
	"huiyin/backoffice"
	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/officedb"
	"huiyin/sql/portaldb"
	"huiyin/web"
)

// installation is the name of a box in its own mail line.
const installation = "box"

// box is both faces, opened.
type box struct {
	log        *slog.Logger
	portalDB   *sql.DB
	officeDB   *sql.DB
	portalKeys *exchange.PortalKeys
	officeKeys *exchange.OfficeKeys
	filings    *portaldb.Store
	cases      *officedb.Store
	courier    *exchange.Courier
	receiver   *exchange.Receiver
	newsKey    *exchange.HolderKey // nil where nobody is told of news
}

// openBox opens keys and databases, making them on the first start.
func openBox(ctx context.Context, c *config) (*box, error) {
	if err := exchange.CheckKeyFolder(c.Keys, c.Data); err != nil {
		return nil, err
	}
	if err := checkDemo(c); err != nil {
		return nil, err
	}
	if c.Demo && len(c.Ways()) == 0 {
		c.NewsFile = filepath.Join(c.Data, "news.txt")
	}
	b := &box{log: slog.New(slog.NewJSONHandler(os.Stderr, nil))}
	if err := b.open(ctx, c); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *box) open(ctx context.Context, c *config) error {
	if err := b.openKeys(c); err != nil {
		return err
	}
	if err := b.openDatabases(ctx, c); err != nil {
		return err
	}
	return b.openMail()
}

func (b *box) openKeys(c *config) (err error) {
	if b.portalKeys, err = exchange.EnsurePortalKeys(c.Keys, installation); err != nil {
		return fmt.Errorf("the portal's keys: %w", err)
	}
	if b.officeKeys, err = exchange.EnsureOfficeKeys(c.Keys, installation); err != nil {
		return fmt.Errorf("the office's keys: %w", err)
	}
	b.newsKey, err = c.Key(c.Keys)
	return err
}

func (b *box) openDatabases(ctx context.Context, c *config) (err error) {
	if b.portalDB, err = sql.Open(ctx, c.portalDatabase()); err != nil {
		return fmt.Errorf("portal database: %w", err)
	}
	if b.officeDB, err = sql.Open(ctx, c.officeDatabase()); err != nil {
		return fmt.Errorf("office database: %w", err)
	}
	if err := sql.Migrate(ctx, b.portalDB, portaldb.Migrations()); err != nil {
		return fmt.Errorf("portal database: %w", err)
	}
	b.filings, err = portaldb.New(portaldb.Config{DB: b.portalDB, Now: time.Now, Sent: func() { b.courier.Wake() }})
	if err != nil {
		return fmt.Errorf("portal database: %w", err)
	}
	quiet, err := c.Quiet()
	if err != nil {
		return err
	}
	b.cases, err = officedb.Open(ctx, officedb.Config{DB: b.officeDB, Keys: b.officeKeys, News: c.Offer(b.newsKey), Quiet: quiet,
		Portals: []string{installation}, Name: c.Name, Demo: c.Demo, Heads: c.Heads})
	if err != nil {
		return fmt.Errorf("office database: %w", err)
	}
	return nil
}

func (b *box) close() {
	for _, db := range []*sql.DB{b.portalDB, b.officeDB} {
		if db != nil {
			if err := db.Close(); err != nil {
				b.log.Error("close database", "err", err)
			}
		}
	}
}

// opener lets the operator's commands reach an installation that there is.
func (c *config) opener() desk.Opener {
	begun := c.beginner().Begun(c.Keys)
	return func(ctx context.Context) (*officedb.Store, func(), error) {
		if err := exchange.CheckKeyFolder(c.Keys, c.Data); err != nil {
			return nil, nil, err
		}
		if c.OfficeDatabase == "" && !used(c.Data) {
			return nil, nil, fmt.Errorf("%s holds no installation: check --data, or begin one with `units import`", c.Data)
		}
		return begun(ctx)
	}
}

// beginner lets the command that begins an installation make it.
func (c *config) beginner() desk.Beginner {
	return func(ctx context.Context) (*officedb.Store, func(), error) {
		c.Demo = c.Demo || isDemo(c.Data) // a command takes the folder for what it is
		b, err := openBox(ctx, c)
		if err != nil {
			return nil, nil, err
		}
		return b.cases, b.close, nil
	}
}

// portalKey lets them check what came from the portal, which stands on the same box.
func (c *config) portalKey() desk.Portal {
	return func() (exchange.PortalPublic, error) {
		keys, err := exchange.EnsurePortalKeys(c.Keys, installation)
		if err != nil {
			return exchange.PortalPublic{}, fmt.Errorf("the portal's keys: %w", err)
		}
		return keys.Public(), nil
	}
}

// faces makes the two handlers.
func (b *box) faces(c *config) (*portal.Portal, *backoffice.Office, error) {
	scanner, err := attachment.ScannerAt(c.Clamd)
	if err != nil {
		return nil, nil, err
	}
	p, err := portal.New(portal.Options{Store: b.filings, Log: b.log, Signer: b.portalKeys.Signer,
		Secret: b.portalKeys.Secret(), Scanner: scanner, TLS: c.TLS, Proxies: c.Proxies,
		Origin: c.PublicURL, Name: c.Name})
	if err != nil {
		return nil, nil, err
	}
	o, err := backoffice.New(backoffice.Options{Store: b.cases, Log: b.log, TLS: c.TLS, Proxies: c.Proxies,
		Name: c.Name, Demo: c.Demo, PublicURL: c.PublicURL, Scanner: scanner, Font: c.Font, News: c.Offer(b.newsKey),
		Now: time.Now, Random: rand.Reader})
	return p, o, err
}

// openMail makes the line between the two databases. Each end wakes the other, so
// that what is sent moves as soon as it appears.
func (b *box) openMail() (err error) {
	mailbox := &sql.Mailbox{DB: b.portalDB, Delivered: func() { b.receiver.Wake() }}
	b.courier, err = exchange.NewCourier(exchange.CourierConfig{Office: b.cases, Keys: b.officeKeys,
		Portal: b.portalKeys.Public(), Mailbox: mailbox, Now: time.Now, Log: b.log})
	if err != nil {
		return err
	}
	b.receiver, err = exchange.NewReceiver(b.filings, b.portalKeys,
		[]exchange.OfficePublic{b.officeKeys.Public()}, time.Now, b.log)
	return err
}

type serve struct{}

// Run serves both faces until the context ends.
func (serve) Run(ctx context.Context, c *config, out io.Writer) error {
	b, err := openBox(ctx, c)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.cases.KeepWorld(ctx, c.Demo); err != nil {
		return err
	}
	if c.Demo {
		if err := desk.LoadDemo(ctx, b.cases, installation, out); err != nil {
			return err
		}
	}
	citizens, staff, err := b.faces(c)
	if err != nil {
		return err
	}
	health := &web.Health{Ready: func(ctx context.Context) error {
		return errors.Join(citizens.Ready(ctx), staff.Ready(ctx))
	}}
	// Work behind the pages outlives the last request, so that what it was told still
	// goes out before the databases close.
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	done, err := b.startWork(behind, c)
	if err != nil {
		stop()
		return err
	}
	defer func() { stop(); done.Wait() }()
	go func() { <-ctx.Done(); health.Drain() }()
	return web.Serve(ctx, b.log, func(at map[string]string) { announce(out, c, at) },
		web.Face{Name: "portal", Address: c.Portal, Handler: citizens.Handler()},
		web.Face{Name: "office", Address: c.Office, Handler: staff.Handler()},
		web.Face{Name: "admin", Address: c.Admin, Handler: health.Handler()})
}

// startWork starts the mail line and the regular jobs.
func (b *box) startWork(ctx context.Context, c *config) (*sync.WaitGroup, error) {
	if err := b.cases.SendDirectory(ctx, time.Now()); err != nil {
		return nil, fmt.Errorf("send the directory: %w", err)
	}
	var news *notifier.Notifier
	if b.newsKey != nil {
		var err error
		if news, err = notifier.New(b.cases, b.newsKey, c.Gateways, b.log); err != nil {
			return nil, err
		}
	}
	var done sync.WaitGroup
	done.Go(func() { b.courier.Run(ctx) })
	done.Go(func() { b.receiver.Run(ctx) })
	done.Go(func() { web.Every(ctx, b.log, "sweep the portal", time.Minute, b.filings.Sweep) })
	done.Go(func() { web.Every(ctx, b.log, "lapse and sweep in the office", time.Minute, b.cases.SystemTick) })
	done.Go(func() { web.Every(ctx, b.log, "reckon limits anew", 5*time.Second, b.cases.LimitTick) })
	done.Go(func() { b.cases.RunSequencer(ctx, b.log) })
	done.Go(func() { b.cases.RunIndex(ctx, b.log, c.searchIndex()) })
	if news != nil {
		done.Go(func() { news.Run(ctx) })
	}
	return &done, nil
}

func announce(out io.Writer, c *config, at map[string]string) {
	fmt.Fprintf(out, "\n  portal       http://%s\n  back office  http://%s\n  health       http://%s/readyz\n", at["portal"], at["office"], at["admin"])
	if c.Demo {
		desk.AnnounceDemo(out)
	}
}
