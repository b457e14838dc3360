// Package portaldb keeps what the portal stores, in SQLite or a MySQL-family
// database: it implements portal.Store, which is all that the internet may ask, and
// exchange.Inbox, the portal's end of the mail line.
//
// Everything private that it is given is ciphertext already; it has no key. Start
// reading at migrations/sqlite/0001_portal.sql, then filing.go.
package portaldb

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"time"

	"huiyin/exchange"
	"huiyin/portal"
	"huiyin/sql"
)

//go:embed migrations
var files embed.FS

// Migrations are the schema's steps, one folder per engine, for sql.Migrate.
func Migrations() fs.FS {
	sub, err := fs.Sub(files, "migrations")
	if err != nil { // only for a malformed name
		panic(err)
	}
	return sub
}

// Store is a portal's database. It is safe for concurrent use, also by several nodes.
type Store struct {
	db          *sql.DB
	now         func() time.Time
	sent        func()
	directories directories
	tries       *tries
	days        days
}

var (
	_ portal.Store   = (*Store)(nil)
	_ exchange.Inbox = (*Store)(nil)
)

// Config is all that a store needs.
type Config struct {
	DB  *sql.DB
	Now func() time.Time
	// Sent, if set, is called when something was put into the outbox: a courier in the
	// same process need not wait for its next look.
	Sent func()
}

// New makes a store on a migrated database.
func New(c Config) (*Store, error) {
	if c.DB == nil || c.Now == nil {
		return nil, errors.New("a portal store needs a database and a clock")
	}
	if c.Sent == nil {
		c.Sent = func() {}
	}
	return &Store{db: c.DB, now: c.Now, sent: c.Sent, tries: newTries(c.DB)}, nil
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.Ping(ctx) }

// Close stores what is still in memory: the tries counted last.
func (s *Store) Close(ctx context.Context) error { return s.tries.flush(ctx) }
