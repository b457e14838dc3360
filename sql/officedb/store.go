package officedb

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/petition"
	"huiyin/sql"
)

//go:embed migrations
var files embed.FS

// Migrations are the schema's steps, one folder for each engine.
func Migrations() fs.FS {
	sub, err := fs.Sub(files, "migrations")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return sub
}

// Config is what a Store is made of.
type Config struct {
	DB      *sql.DB
	Keys    *exchange.OfficeKeys
	Portals []string // installations of the portals that show this office's cases; the first is the usual one
	Name    string   // of the deployment, shown in the portal's masthead
	Demo    bool
	Cost    Cost               // of password checks; zero means DefaultCost
	News    exchange.NewsOffer // how petitioners can be told of news; empty: they cannot
	Quiet   petition.Quiet     // when none are told
	Heads   string             // file, off the box, that RunSequencer appends signed heads to and Verify compares; "" for none
}

// Store is the office's database. It is safe for concurrent use, and keeps nothing
// that another node needs.
type Store struct {
	db      *sql.DB
	dialect dialect
	keys    *ring
	office  *exchange.OfficeKeys
	signer  exchange.Signer
	portals []string
	name    string
	demo    bool
	hasher  *hasher
	heads   string
	news    exchange.NewsOffer
	quiet   petition.Quiet
	me      petition.ID // this program, as holder of leases

	arrivals *arrivals
	index    atomic.Pointer[Index] // nil where this node has none

	rulesMu     sync.Mutex
	rules       petition.Rules
	rulesSeen   bool
	rulesAt     time.Time
	rulesNumber string

	reckoning sync.Mutex // held while this program works on edits of the rules
	checking  sync.Mutex // held while the whole record is verified for a page
}

var (
	_ backoffice.Store = (*Store)(nil)
	_ exchange.Office  = (*Store)(nil)
	_ notifier.Queue   = (*Store)(nil)
)

// Open brings the schema forward and opens the store. It fails if the database's keys
// were wrapped under another master key.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.DB == nil || cfg.Keys == nil || len(cfg.Portals) == 0 {
		return nil, errors.New("an office needs a database, keys and a portal")
	}
	if err := sql.Migrate(ctx, cfg.DB, Migrations()); err != nil {
		return nil, err
	}
	hasher, err := newHasher(cfg.Cost)
	if err != nil {
		return nil, err
	}
	me, err := petition.MakeID(time.Now(), rand.Reader)
	if err != nil {
		return nil, err
	}
	s := &Store{db: cfg.DB, dialect: dialectOf(cfg.DB.Engine()), keys: newRing(cfg.Keys.Master), office: cfg.Keys,
		signer: cfg.Keys.Signer, portals: cfg.Portals, name: cfg.Name, demo: cfg.Demo, hasher: hasher,
		heads: cfg.Heads, news: cfg.News, quiet: cfg.Quiet, me: me, arrivals: newArrivals()}
	return s, s.loadHolders(ctx)
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.Ping(ctx) }
