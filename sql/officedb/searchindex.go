package officedb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Index is the full-text index of one node: a file of keyed tokens, derived from the
// events and rebuilt from nothing when it is deleted. It is the same whatever the
// office's own database is. Only ordinary cases are in it.
type Index struct {
	db    *sql.DB
	store *Store
	fed   bool // since it was opened; Feed runs one at a time

	folder string // of the compartments' own files
	mu     sync.Mutex
	sealed map[exchange.Holder]*sealedIndex
}

const (
	feedBatch = 200
	// feedOverlap is how far back each look begins, because transactions may commit out
	// of order; firstOverlap is for the first look after a start.
	feedOverlap  = 10 * time.Second
	firstOverlap = 24 * time.Hour
)

// OpenIndex opens the index in a file, and makes it where there is none. Feed brings it
// up to date.
func (s *Store) OpenIndex(ctx context.Context, file string) (*Index, error) {
	db, err := openIndexFile(ctx, file)
	if err != nil {
		return nil, err
	}
	x := &Index{db: db, store: s, folder: file + ".sealed", sealed: make(map[exchange.Holder]*sealedIndex)}
	s.index.Store(x)
	return x, nil
}

// openIndexFile opens a file of tokens, and makes it where there is none.
func openIndexFile(ctx context.Context, file string) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	db, err := sql.Open(ctx, "sqlite:"+file)
	if err != nil {
		return nil, fmt.Errorf("the search index (delete %s to have it built anew): %w", file, err)
	}
	err = db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, statement := range []string{
			`CREATE VIRTUAL TABLE IF NOT EXISTS doc USING fts5(body, content='', contentless_delete=1, detail=none, tokenize='ascii')`,
			`CREATE TABLE IF NOT EXISTS ref (
				row INTEGER PRIMARY KEY, -- of doc: the instant of receipt, so that the newest stand last
				case_id BLOB NOT NULL UNIQUE,
				revision INTEGER NOT NULL) STRICT`,
			`CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT`,
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return emptyIfOld(ctx, tx)
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// indexForm grows whenever what stands in a document changes.
const indexForm = 3

// emptyIfOld throws away what was made by an older program, to be built anew.
func emptyIfOld(ctx context.Context, tx sql.Tx) error {
	var form int
	err := tx.Get(ctx, &form, `SELECT at FROM mark WHERE name = 'form'`)
	if err == nil && form == indexForm || err != nil && !petition.Is(err, petition.NotFound) {
		return err
	}
	for _, statement := range []string{`INSERT INTO doc (doc) VALUES ('delete-all')`, `DELETE FROM ref`, `DELETE FROM mark`} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO mark (name, at) VALUES ('form', ?)`, indexForm)
	return err
}

// Close closes the files; searches then find nothing to ask.
func (x *Index) Close() error {
	x.store.index.CompareAndSwap(x, nil)
	x.mu.Lock()
	defer x.mu.Unlock()
	err := x.db.Close()
	for _, one := range x.sealed {
		err = errors.Join(err, one.close())
	}
	clear(x.sealed)
	return err
}

// Feed takes in what changed, batch by batch, until nothing is left. It may be stopped
// anywhere and run again; one at a time runs.
func (x *Index) Feed(ctx context.Context) error {
	from, err := x.fedTo(ctx)
	if err != nil {
		return err
	}
	overlap := feedOverlap
	if !x.fed {
		overlap, x.fed = firstOverlap, true
	}
	at, after := from-overlap.Microseconds(), petition.ID{}
	for {
		var rows []changedRow
		err := x.store.db.Select(ctx, &rows, `
			SELECT id, revision, received, sealed_up, changed_at FROM cases
			WHERE changed_at >= ? AND (changed_at > ? OR id > ?) ORDER BY changed_at, id LIMIT ?`, at, at, after, feedBatch)
		if err != nil || len(rows) == 0 {
			return err
		}
		if err := x.take(ctx, rows); err != nil {
			return err
		}
		last := rows[len(rows)-1]
		at, after = last.Changed, petition.ID(last.ID)
	}
}

// changedRow is a case that may have to be taken in anew.
type changedRow struct {
	ID       sql.ID `db:"id"`
	Revision int64  `db:"revision"`
	Received int64  `db:"received"`
	SealedUp bool   `db:"sealed_up"`
	Changed  int64  `db:"changed_at"`
	Row      int64  `db:"row"` // of doc; 0 if it is not there
	body     string // empty if there is nothing to take in
}

func (x *Index) fedTo(ctx context.Context) (int64, error) {
	var at int64
	err := x.db.Get(ctx, &at, `SELECT at FROM mark WHERE name = 'fed'`)
	if petition.Is(err, petition.NotFound) {
		return 0, nil
	}
	return at, err
}

func (x *Index) marks() marks { return newMarks(x.store.keys.search) }

// take puts one batch into the index: what changed since it was last taken.
func (x *Index) take(ctx context.Context, rows []changedRow) error {
	fresh, err := missing(ctx, x.db, rows)
	if err != nil {
		return err
	}
	if err := x.read(ctx, fresh); err != nil {
		return err
	}
	return x.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, r := range fresh {
			if err := r.write(ctx, tx); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO mark (name, at) VALUES ('fed', ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at`,
			rows[len(rows)-1].Changed)
		return err
	})
}

// missing is what an index does not have as it is now, with its place there, if any.
func missing(ctx context.Context, db *sql.DB, rows []changedRow) ([]changedRow, error) {
	have := make(map[sql.ID]changedRow)
	for part := range slices.Chunk(rows, 100) {
		var some []changedRow
		args := make([]any, len(part))
		for i, r := range part {
			args[i] = r.ID
		}
		err := db.Select(ctx, &some, `SELECT case_id AS id, row, revision FROM ref WHERE case_id IN (`+sql.Marks(len(part))+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			have[r.ID] = r
		}
	}
	var fresh []changedRow
	for _, r := range rows {
		if had, ok := have[r.ID]; !ok || had.Revision != r.Revision || r.SealedUp {
			r.Row = had.Row
			fresh = append(fresh, r)
		}
	}
	return fresh, nil
}

// read makes the words of those that are not sealed up. What was sealed up since the
// batch was listed comes again as that.
func (x *Index) read(ctx context.Context, rows []changedRow) error {
	var ids []petition.ID
	for _, r := range rows {
		if !r.SealedUp {
			ids = append(ids, petition.ID(r.ID))
		}
	}
	rules, err := x.store.Rules(ctx)
	if err != nil {
		return err
	}
	cases, err := x.store.readCases(ctx, ids)
	if err != nil {
		return err
	}
	m := x.marks()
	for i, r := range rows {
		if c, ok := cases[petition.ID(r.ID)]; ok {
			rows[i].body, rows[i].Revision = m.document(c.c, rules), c.revision
		}
	}
	return nil
}

func (r changedRow) write(ctx context.Context, tx sql.Tx) error {
	if r.Row != 0 {
		if _, err := tx.Exec(ctx, `DELETE FROM doc WHERE rowid = ?`, r.Row); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM ref WHERE row = ?`, r.Row); err != nil {
			return err
		}
	}
	if r.body == "" {
		return nil
	}
	if r.Row == 0 {
		r.Row = r.Received
		for {
			var n int
			err := tx.Get(ctx, &n, `SELECT 1 FROM ref WHERE row = ?`, r.Row)
			if petition.Is(err, petition.NotFound) {
				break
			}
			if err != nil {
				return err
			}
			r.Row++
		}
	}
	if _, err := tx.Exec(ctx, `INSERT INTO doc (rowid, body) VALUES (?, ?)`, r.Row, r.body); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO ref (row, case_id, revision) VALUES (?, ?, ?)`, r.Row, r.ID, r.Revision)
	return err
}

// RunIndex keeps this node's index in a file until the context ends. Where the file
// cannot be opened, searches say so and all else goes on.
func (s *Store) RunIndex(ctx context.Context, log *slog.Logger, file string) {
	x, err := s.OpenIndex(ctx, file)
	if err != nil {
		log.Error("no search on this node", "err", err)
		return
	}
	defer func() {
		if err := x.Close(); err != nil {
			log.Error("close the search index", "err", err)
		}
	}()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if err := x.Feed(ctx); err != nil && ctx.Err() == nil {
			log.Error("feed the search index", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
