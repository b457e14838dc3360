package sql

import (
	"context"
	"sync"

	"github.com/jmoiron/sqlx"
)

// maxStatements bounds what a cache keeps; a query beyond it is prepared each time.
const maxStatements = 256

// statements keeps prepared statements, which on SQLite saves parsing each time.
type statements struct {
	mu   sync.RWMutex
	db   preparer
	kept map[string]*sqlx.Stmt
}

type preparer interface {
	PreparexContext(ctx context.Context, query string) (*sqlx.Stmt, error)
}

func newStatements(db preparer) *statements {
	return &statements{db: db, kept: make(map[string]*sqlx.Stmt)}
}

// use prepares the query, or finds it prepared, and does something with it.
func (s *statements) use(ctx context.Context, query string, do func(*sqlx.Stmt) error) error {
	s.mu.RLock()
	st := s.kept[query]
	s.mu.RUnlock()
	if st != nil {
		return do(st)
	}
	st, err := s.db.PreparexContext(ctx, query)
	if err != nil {
		return err
	}
	if !s.keep(query, st) {
		defer st.Close()
	}
	return do(st)
}

// keep tells whether the cache has taken the statement over.
func (s *statements) keep(query string, st *sqlx.Stmt) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[query] != nil || len(s.kept) >= maxStatements {
		return false
	}
	s.kept[query] = st
	return true
}
