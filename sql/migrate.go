package sql

import (
	"context"
	stdsql "database/sql"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

// migrateLock names the lock that migrations hold; waiting for it ends after
// lockTimeout.
const (
	migrateLock = "huiyin_migrate"
	lockTimeout = 2 * time.Minute
)

// Migrate brings the schema forward. The files lie in one folder per engine, mysql/
// and sqlite/, numbered; they are safe to run again after a stop in the middle, and
// two programs that start at once take turns.
func Migrate(ctx context.Context, db *DB, files fs.FS) error {
	folder, err := fs.Sub(files, string(db.engine))
	if err != nil {
		return err
	}
	pool, dialect, err := db.migrator()
	if err != nil {
		return err
	}
	defer pool.Close()
	release, err := db.lockMigrations(ctx, pool)
	if err != nil {
		return err
	}
	defer release()
	p, err := goose.NewProvider(dialect, pool, folder, goose.WithTableName("schema_version"),
		goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}

// migrator is a pool of its own: schema changes have nothing to do with the writer.
func (db *DB) migrator() (*stdsql.DB, goose.Dialect, error) {
	_, rest, _ := cutURL(db.url)
	if db.engine == SQLite {
		pool, err := stdsql.Open("sqlite", sqliteDSN(rest, "_txlock=immediate"))
		return pool, goose.DialectSQLite3, err
	}
	c, err := mysqlConnector(rest)
	if err != nil {
		return nil, "", err
	}
	return stdsql.OpenDB(c), goose.DialectMySQL, nil
}

// lockMigrations holds off other programs. The lock goes with the connection, so a
// program that dies leaves none behind. SQLite has no named locks: an exclusive
// transaction on a small file beside the database is one.
func (db *DB) lockMigrations(ctx context.Context, pool *stdsql.DB) (release func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	if db.engine == SQLite {
		return lockFile(ctx, db.url)
	}
	c, err := pool.Conn(ctx)
	if err != nil {
		return nil, kinded(err)
	}
	var got stdsql.NullInt64
	err = c.QueryRowContext(ctx, `SELECT GET_LOCK(CONCAT(?, '.', DATABASE()), ?)`,
		migrateLock, int(lockTimeout.Seconds())).Scan(&got)
	if err != nil || got.Int64 != 1 {
		c.Close()
		return nil, shedLock(err)
	}
	return func() {
		_, _ = c.ExecContext(context.WithoutCancel(ctx),
			`DO RELEASE_LOCK(CONCAT(?, '.', DATABASE()))`, migrateLock)
		c.Close()
	}, nil
}

func lockFile(ctx context.Context, url string) (release func(), err error) {
	_, file, _ := cutURL(url)
	file += ".lock"
	if err := makeFile(file); err != nil {
		return nil, err
	}
	lock, err := stdsql.Open("sqlite",
		"file:"+escaped(file)+"?_txlock=exclusive&_pragma=busy_timeout(120000)")
	if err != nil {
		return nil, kinded(err)
	}
	tx, err := lock.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		lock.Close()
		return nil, shedLock(err)
	}
	return func() {
		_ = tx.Rollback()
		lock.Close()
	}, nil
}

func shedLock(err error) error {
	return fmt.Errorf("another program holds the migration lock: %w", err)
}
