package sql

import (
	"context"
	"database/sql/driver"

	"github.com/jmoiron/sqlx"
)

// session is the writer's one connection and its prepared statements.
type session struct {
	conn *sqlx.Conn
	kept *statements
}

func newSession(ctx context.Context, pool *sqlx.DB) (*session, error) {
	c, err := pool.Connx(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: c, kept: newStatements(c)}, nil
}

func (s *session) exec(ctx context.Context, query string) error {
	return s.kept.use(ctx, query, func(st *sqlx.Stmt) error {
		_, err := st.ExecContext(ctx)
		return err
	})
}

// close gives the connection up for good: the pool must not hand it out again.
func (s *session) close() {
	_ = s.conn.Raw(func(any) error { return driver.ErrBadConn })
	s.conn.Close()
}

// liteTx is a job's view of the writer's transaction.
type liteTx struct {
	*session
	broken error // the transaction ended by itself: what follows would commit alone
}

func (t *liteTx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	var rows int64
	err := t.run(ctx, query, func(st *sqlx.Stmt) error {
		res, err := st.ExecContext(ctx, bound(args)...)
		if err == nil {
			rows, err = res.RowsAffected()
		}
		return err
	})
	return rows, err
}

func (t *liteTx) Get(ctx context.Context, dest any, query string, args ...any) error {
	return t.run(ctx, query, func(st *sqlx.Stmt) error {
		return st.GetContext(ctx, dest, bound(args)...)
	})
}

func (t *liteTx) Select(ctx context.Context, dest any, query string, args ...any) error {
	return t.run(ctx, query, func(st *sqlx.Stmt) error {
		return st.SelectContext(ctx, dest, bound(args)...)
	})
}

// run does one statement, unless the transaction is gone.
func (t *liteTx) run(ctx context.Context, query string, do func(*sqlx.Stmt) error) error {
	if t.broken != nil {
		return t.broken
	}
	err := kinded(t.kept.use(ctx, query, do))
	if endsTransaction(err) {
		t.broken = err
	}
	return err
}
