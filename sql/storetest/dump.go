package storetest

import (
	stdsql "database/sql"
	"strings"
	"testing"

	"huiyin/sql"
)

// Dump reads every cell of every table of a database as bytes, by table: what a thief
// of the database would hold.
func Dump(t testing.TB, url string) map[string][][]byte {
	t.Helper()
	db := Open(t, url)
	list := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if db.Engine() == sql.MySQL {
		list = `SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()`
	}
	var tables []string
	if err := db.Select(t.Context(), &tables, list); err != nil {
		t.Fatal(err)
	}
	raw := reopen(t, url)
	all := map[string][][]byte{}
	for _, table := range tables {
		all[table] = cells(t, raw, table)
	}
	return all
}

func reopen(t testing.TB, url string) *stdsql.DB {
	t.Helper()
	driver, dsn, _ := strings.Cut(url, ":")
	raw, err := stdsql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return raw
}

// cells reads a table whose name came from the database's own list.
func cells(t testing.TB, db *stdsql.DB, table string) [][]byte {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for rows.Next() {
		row := make([]stdsql.RawBytes, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for _, cell := range row {
			all = append(all, append([]byte(nil), cell...))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
