// Command portal is the internet side alone: it seals what citizens file and holds no
// key that opens it. Several nodes may share one database. Start reading at run.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/portaldb"
	"huiyin/web"
)

// program is the whole command line.
type program struct {
	config
	Serve   serve   `cmd:"" default:"withargs" help:"Serve the portal (what happens without a command)."`
	Migrate migrate `cmd:"" help:"Bring the database's tables forward; needs a user who may alter them."`
	web.About
}

// config is what the program can be told.
type config struct {
	web.Deployment
	Database     string   `help:"mysql:USER:PASSWORD@tcp(HOST)/NAME or sqlite:FILE." default:"sqlite:data/portal.db" secret:""`
	Keys         string   `help:"Folder of the portal's keys." default:"keys"`
	OfficeKey    []string `help:"Public key files (office.pub) of the offices behind this portal." default:"keys/office.pub"`
	Installation string   `help:"Name of this portal in the mail line." default:"portal"`
	Address      string   `help:"Address to serve." default:"127.0.0.1:8080"`
	Admin        string   `help:"Address of /livez, /readyz and /metrics." default:"127.0.0.1:8082"`
	PublicURL    string   `help:"The address as citizens type it, for QR codes."`
}

func main() { web.Main("portal", run) }

// run does what the arguments say until it is done or the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	var p program
	chosen, err := web.Command(ctx, &p, "portal", "Huiyin (回音): the portal that citizens see.", args, out)
	if err != nil {
		return err
	}
	return chosen.Run(&p.config)
}

type serve struct{}

// Run serves until the context ends.
func (serve) Run(ctx context.Context, c *config, out io.Writer) error {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	keys, err := exchange.EnsurePortalKeys(c.Keys, c.Installation)
	if err != nil {
		return fmt.Errorf("the portal's keys: %w", err)
	}
	db, store, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err := db.Close(); err != nil {
			log.Error("close database", "err", err)
		}
	}()
	face, err := c.face(store, keys, log)
	if err != nil {
		return err
	}
	receiver, err := c.receiver(store, keys, log)
	if err != nil {
		return err
	}
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	var done sync.WaitGroup
	done.Go(func() { receiver.Run(behind) })
	done.Go(func() { web.Every(behind, log, "sweep", time.Minute, store.Sweep) })
	defer func() { stop(); done.Wait() }()
	health := &web.Health{Ready: face.Ready}
	go func() { <-ctx.Done(); health.Drain() }()
	return web.Serve(ctx, log, func(at map[string]string) {
		fmt.Fprintf(out, "portal       http://%s\n", at["portal"])
	}, web.Face{Name: "portal", Address: c.Address, Handler: face.Handler()},
		web.Face{Name: "admin", Address: c.Admin, Handler: health.Handler()})
}

func (c *config) open(ctx context.Context) (*sql.DB, *portaldb.Store, error) {
	db, err := sql.Open(ctx, c.Database)
	if err != nil {
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	if err := sql.Migrate(ctx, db, portaldb.Migrations()); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("database (run `portal migrate` as a user who may alter tables): %w", err), db.Close())
	}
	store, err := portaldb.New(portaldb.Config{DB: db, Now: time.Now})
	return db, store, err
}

func (c *config) face(store *portaldb.Store, keys *exchange.PortalKeys, log *slog.Logger) (*portal.Portal, error) {
	scanner, err := attachment.ScannerAt(c.Clamd)
	if err != nil {
		return nil, err
	}
	return portal.New(portal.Options{Store: store, Log: log, Signer: keys.Signer, Secret: keys.Secret(),
		Scanner: scanner, TLS: c.TLS, Proxies: c.Proxies, Origin: c.PublicURL, Name: c.Name})
}

func (c *config) receiver(store *portaldb.Store, keys *exchange.PortalKeys, log *slog.Logger) (*exchange.Receiver, error) {
	var offices []exchange.OfficePublic
	for _, file := range c.OfficeKey {
		o, err := exchange.LoadOfficePublic(file)
		if err != nil {
			return nil, fmt.Errorf("the office's public key (copy office.pub from its key folder): %w", err)
		}
		offices = append(offices, o)
	}
	return exchange.NewReceiver(store, keys, offices, time.Now, log)
}

type migrate struct{}

// Run brings the tables forward and makes the portal's keys if there are none.
func (migrate) Run(ctx context.Context, c *config) error {
	if _, err := exchange.EnsurePortalKeys(c.Keys, c.Installation); err != nil {
		return fmt.Errorf("the portal's keys: %w", err)
	}
	db, _, err := c.open(ctx)
	if err != nil {
		return err
	}
	return db.Close()
}
