// Package storetest opens each database engine for the tests of the stores, so that
// one suite is run on all of them.
//
// SQLite is always there. The MySQL family is tested where HUIYIN_TEST_MYSQL names a
// server, as the DSN up to and including the slash: root@unix(/run/s.sock)/
package storetest

import (
	"context"
	"crypto/rand"
	stdsql "database/sql"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/go-sql-driver/mysql" // to make and drop test databases

	"huiyin/sql"
)

// Each runs the test once on each engine. Every call of open gives a new, empty
// database, which is gone after the test.
func Each(t *testing.T, run func(t *testing.T, open func() *sql.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		run(t, func() *sql.DB { return Open(t, SQLiteURL(t)) })
	})
	t.Run("mysql", func(t *testing.T) {
		server := Server(t)
		run(t, func() *sql.DB { return Open(t, MySQLURL(t, server)) })
	})
}

// Open opens a database until the end of the test.
func Open(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// SQLiteURL names a file that is not there yet.
func SQLiteURL(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }

// Server is the MySQL-family server for tests; without one the test is skipped.
func Server(t testing.TB) string {
	t.Helper()
	server := os.Getenv("HUIYIN_TEST_MYSQL")
	if server == "" {
		t.Skip("HUIYIN_TEST_MYSQL names no server")
	}
	head, _, _ := strings.Cut(server, "?")
	return strings.TrimSuffix(head, "/") + "/"
}

// MySQLURL makes a database on the server and names it; it is dropped after the test.
func MySQLURL(t testing.TB, server string) string {
	t.Helper()
	name := "t_" + hex.EncodeToString(random(8))
	admin, err := stdsql.Open("mysql", server)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec("CREATE DATABASE " + name +
		" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	return "mysql:" + server + name
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}
