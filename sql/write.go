package sql

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	writeTries   = 8
	writeTimeout = 30 * time.Second
)

// Write runs the job in ONE transaction and returns after its COMMIT, or with an
// error if nothing was stored. On SQLite many jobs share a commit (writer.go); on
// the MySQL family the job is run again when the engine gave it up for a conflict.
//
// The job's context is not the request's: a reader who goes away leaves no half
// answer behind. Unavailable after a COMMIT means that the outcome is unknown: ask
// again with the same id.
func (db *DB) Write(ctx context.Context, job func(ctx context.Context, tx Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.writer != nil {
		return kinded(db.writer.write(ctx, job))
	}
	select {
	case db.waiting <- struct{}{}:
		defer func() { <-db.waiting }()
	default:
		return shed("too many writers wait")
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	return kinded(db.retried(ctx, job))
}

func (db *DB) retried(ctx context.Context, job Job) error {
	for try := 1; ; try++ {
		err := db.once(ctx, job)
		if err == nil || faultOf(err) != conflict || try == writeTries {
			return err
		}
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << try))
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return err
		}
	}
}

func (db *DB) once(ctx context.Context, job Job) error {
	tx, err := db.pool.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after COMMIT
	if err := protect(ctx, job, plainTx{tx}); err != nil {
		return err
	}
	return tx.Commit()
}
