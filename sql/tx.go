package sql

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/jmoiron/sqlx"
)

// Tx is a transaction under way. Its errors are of the kinds of package petition;
// Duplicate still recognises them.
type Tx interface {
	// Exec runs a statement and tells how many rows it found.
	Exec(ctx context.Context, query string, args ...any) (rows int64, err error)
	// Get reads one row into a struct or value; NotFound if there is none.
	Get(ctx context.Context, dest any, query string, args ...any) error
	// Select reads rows into a slice.
	Select(ctx context.Context, dest any, query string, args ...any) error
}

// Job is what happens in one transaction. It may run more than once, so all it
// leaves outside the database must be set anew each time.
type Job func(ctx context.Context, tx Tx) error

// plainTx runs statements as they come: for the MySQL family, where preparing them
// costs a round trip more than it saves.
type plainTx struct{ c *sqlx.Tx }

func (t plainTx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.c.ExecContext(ctx, query, bound(args)...)
	if err != nil {
		return 0, kinded(err)
	}
	rows, err := res.RowsAffected()
	return rows, kinded(err)
}

func (t plainTx) Get(ctx context.Context, dest any, query string, args ...any) error {
	return kinded(t.c.GetContext(ctx, dest, query, bound(args)...))
}

func (t plainTx) Select(ctx context.Context, dest any, query string, args ...any) error {
	return kinded(t.c.SelectContext(ctx, dest, query, bound(args)...))
}

// protect runs a job and makes a panic in it an error of that job alone.
func protect(ctx context.Context, run Job, tx Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	return run(ctx, tx)
}
