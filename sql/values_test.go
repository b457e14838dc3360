package sql_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// schema is a small one of the tests' own, one folder per engine.
var schema = fstest.MapFS{
	"sqlite/0001_first.sql": {Data: []byte(`-- +goose Up
CREATE TABLE thing (id BLOB PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX thing_name ON thing (name);
CREATE TABLE lease (name TEXT PRIMARY KEY, holder BLOB NOT NULL, fence INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
`)},
	"mysql/0001_first.sql": {Data: []byte(`-- +goose Up
CREATE TABLE thing (id BINARY(16) PRIMARY KEY, name VARCHAR(40) NOT NULL, at BIGINT NOT NULL, body MEDIUMBLOB NOT NULL,
  KEY thing_name (name)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE lease (name VARCHAR(40) PRIMARY KEY, holder BINARY(16) NOT NULL, fence BIGINT NOT NULL, expires BIGINT NOT NULL)
  DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;
`)},
}

type thing struct {
	ID   sql.ID     `db:"id"`
	Name string     `db:"name"`
	At   sql.Moment `db:"at"`
	Body []byte     `db:"body"`
}

func migrated(t *testing.T, db *sql.DB) *sql.DB {
	t.Helper()
	if err := sql.Migrate(t.Context(), db, schema); err != nil {
		t.Fatal(err)
	}
	return db
}

func add(ctx context.Context, tx sql.Tx, id byte, name string, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO thing (id, name, at, body) VALUES (?, ?, ?, ?)`,
		petition.ID{id}, name, at, []byte{0, id})
	return err
}

// Rows that differ only in what some databases overlook come back exactly as they
// went in, and are told apart by a comparison; only a trailing blank is not told
// apart by every engine, which is why input is trimmed.
func TestRoundTrip(t *testing.T) {
	names := []string{"a", "A", "á", "a ", " a", "é", "e\u0301", "吉", "𠮷", "𠮶", "ß", "ss", "", "\u00a0"}
	at := time.Date(2026, 11, 22, 8, 0, 0, 123456000, time.UTC)
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := migrated(t, open())
		for i, name := range names {
			err := db.Write(t.Context(), func(ctx context.Context, tx sql.Tx) error {
				return add(ctx, tx, byte(i+1), name, at.Add(time.Duration(i)*time.Microsecond))
			})
			if err != nil {
				t.Fatalf("%q: %v", name, err)
			}
		}
		for i, name := range names {
			var got thing
			err := db.Get(t.Context(), &got, `SELECT id, name, at, body FROM thing WHERE id = ?`,
				petition.ID{byte(i + 1)})
			if err != nil {
				t.Fatalf("%q: %v", name, err)
			}
			want := at.Add(time.Duration(i) * time.Microsecond)
			if got.Name != name || got.ID != (sql.ID{byte(i + 1)}) || !got.At.Equal(want) ||
				string(got.Body) != string([]byte{0, byte(i + 1)}) {
				t.Errorf("%q came back as %+v", name, got)
			}
			var same []string
			err = db.Select(t.Context(), &same, `SELECT name FROM thing WHERE name = ?`, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range same {
				if strings.TrimRight(s, " ") != strings.TrimRight(name, " ") {
					t.Errorf("%q is taken for %q", s, name)
				}
			}
		}
	})
}

// The program may be started twice at once, and again after it has been upgraded.
func TestMigrateTwiceAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := open()
		errs := make(chan error, 4)
		for range cap(errs) {
			go func() { errs <- sql.Migrate(t.Context(), db, schema) }()
		}
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Fatal(err)
			}
		}
		migrated(t, db)
	})
}

func TestErrorsHaveKinds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := migrated(t, open())
		var n int
		err := db.Get(t.Context(), &n, `SELECT 1 FROM thing WHERE name = ?`, "none")
		if !petition.Is(err, petition.NotFound) {
			t.Errorf("no row: %v", err)
		}
		again := func(ctx context.Context, tx sql.Tx) error { return add(ctx, tx, 1, "x", time.Time{}) }
		if err := db.Write(t.Context(), again); err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), again)
		if !sql.Duplicate(err) || !petition.Is(err, petition.Conflict) {
			t.Errorf("the same row twice: %v", err)
		}
		if err := db.Get(t.Context(), &n, `SELECT nonsense`); err == nil || sql.Duplicate(err) {
			t.Errorf("nonsense: %v", err)
		}
	})
}

func TestOpenRefusesOtherEngines(t *testing.T) {
	for _, url := range []string{"", "data/x.db", "oracle:x", "sqlite:", "mysql:no dsn"} {
		if db, err := sql.Open(t.Context(), url); err == nil {
			db.Close()
			t.Errorf("%q was opened", url)
		}
	}
}
