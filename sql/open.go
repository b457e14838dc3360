package sql

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	maxConns   = 32   // more are slower on every machine measured
	maxWaiting = 1024 // writers; beyond, they are shed
	maxReaders = 8    // SQLite
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine  Engine
	url     string
	pool    *sqlx.DB      // SQLite: readers only
	reads   *statements   // SQLite: the MySQL family gains nothing by preparing
	writer  *writer       // SQLite
	waiting chan struct{} // MySQL: one for each writer
}

func init() {
	sqlx.BindDriver("sqlite", sqlx.QUESTION) // sqlx does not know modernc's name
}

// Open opens "sqlite:data/portal.db" or "mysql:user:password@unix(/s.sock)/portal":
// after the colon a file, made with mode 0600 where there is none, or a DSN of
// go-sql-driver, to which the parameters that we rely on are added. It fails with
// Unavailable if nothing answers.
func Open(ctx context.Context, url string) (*DB, error) {
	engine, rest, ok := cutURL(url)
	if !ok || rest == "" {
		return nil, fmt.Errorf("a database is named sqlite:FILE or mysql:DSN")
	}
	var db *DB
	var err error
	switch engine {
	case SQLite:
		db, err = openSQLite(rest)
	case MySQL:
		db, err = openMySQL(rest)
	default:
		return nil, fmt.Errorf("no such database engine: %q", engine)
	}
	if err != nil {
		return nil, err
	}
	db.url = url
	if err := db.Ping(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// cutURL parts the engine from what names the database to it.
func cutURL(url string) (engine Engine, rest string, ok bool) {
	head, rest, ok := strings.Cut(url, ":")
	return Engine(head), rest, ok
}

// Engine tells which family it is.
func (db *DB) Engine() Engine { return db.engine }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error { return kinded(db.pool.PingContext(ctx)) }

// Close waits for the writes under way and closes.
func (db *DB) Close() error {
	if db.writer != nil {
		db.writer.close()
	}
	return db.pool.Close()
}

// Get reads one row into a struct or value; NotFound if there is none.
func (db *DB) Get(ctx context.Context, dest any, query string, args ...any) error {
	if db.reads == nil {
		return kinded(db.pool.GetContext(ctx, dest, query, bound(args)...))
	}
	return kinded(db.reads.use(ctx, query, func(st *sqlx.Stmt) error {
		return st.GetContext(ctx, dest, bound(args)...)
	}))
}

// Select reads rows into a slice.
func (db *DB) Select(ctx context.Context, dest any, query string, args ...any) error {
	if db.reads == nil {
		return kinded(db.pool.SelectContext(ctx, dest, query, bound(args)...))
	}
	return kinded(db.reads.use(ctx, query, func(st *sqlx.Stmt) error {
		return st.SelectContext(ctx, dest, bound(args)...)
	}))
}

func openSQLite(file string) (*DB, error) {
	if err := makeFile(file); err != nil {
		return nil, err
	}
	write, err := sqlx.Open("sqlite", sqliteDSN(file, "_txlock=immediate"))
	if err != nil {
		return nil, kinded(err)
	}
	write.SetMaxOpenConns(1)
	// WAL is a property of the file: the first connection sets it before any reader.
	if err := write.Ping(); err != nil {
		write.Close()
		return nil, kinded(err)
	}
	read, err := sqlx.Open("sqlite", sqliteDSN(file, "_pragma=query_only(1)"))
	if err != nil {
		write.Close()
		return nil, kinded(err)
	}
	read.SetMaxOpenConns(maxReaders)
	read.SetMaxIdleConns(maxReaders)
	return &DB{engine: SQLite, pool: read, reads: newStatements(read), writer: newWriter(write)}, nil
}

// makeFile makes the folder and an empty file that only its owner may read; the WAL
// takes its mode from it.
func makeFile(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func sqliteDSN(file string, more ...string) string {
	var b strings.Builder
	b.WriteString("file:")
	b.WriteString(escaped(file))
	sep := byte('?')
	for _, p := range sqlitePragmas {
		b.WriteByte(sep)
		b.WriteString("_pragma=" + p)
		sep = '&'
	}
	for _, m := range more {
		b.WriteString("&" + m)
	}
	return b.String()
}

func escaped(file string) string { return (&url.URL{Path: file}).EscapedPath() }

func openMySQL(dsn string) (*DB, error) {
	c, err := mysqlConnector(dsn)
	if err != nil {
		return nil, err
	}
	pool := sqlx.NewDb(stdsql.OpenDB(c), "mysql")
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxConns)
	pool.SetConnMaxLifetime(10 * time.Minute)
	return &DB{engine: MySQL, pool: pool, waiting: make(chan struct{}, maxWaiting)}, nil
}

func mysqlConnector(dsn string) (driver.Connector, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("the database's DSN: %w", err)
	}
	cfg.Collation = "utf8mb4_bin"
	cfg.ParseTime = false
	cfg.ClientFoundRows = true
	cfg.InterpolateParams = true
	cfg.MultiStatements = false
	if cfg.Timeout == 0 {
		cfg.Timeout = 5 * time.Second
	}
	if cfg.ReadTimeout == 0 {
		cfg.ReadTimeout = time.Minute
	}
	if cfg.WriteTimeout == 0 {
		cfg.WriteTimeout = time.Minute
	}
	if cfg.Params == nil {
		cfg.Params = make(map[string]string)
	}
	maps.Copy(cfg.Params, mysqlVariables)
	inner, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("the database's DSN: %w", err)
	}
	return readCommitted{inner}, nil
}

// readCommitted sets the isolation level on each new connection, once, so that no
// transaction pays a round trip for it.
type readCommitted struct{ driver.Connector }

func (r readCommitted) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := r.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := c.(driver.ExecerContext).ExecContext(ctx, isolation, nil); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}
