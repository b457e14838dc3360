package portaldb_test

import (
	"strings"
	"testing"

	"huiyin/sql/storetest"
)

// Nothing that a request or a pass of the courier asks walks through a table.
func TestNoQueryScans(t *testing.T) {
	db := storetest.Open(t, storetest.SQLiteURL(t))
	newStore(t, db)
	for _, q := range []string{
		`SELECT g.filing FROM code_grant g JOIN filing f ON f.id = g.filing WHERE g.locator = ? AND g.revoked = 0`,
		`SELECT COUNT(*) FROM said m WHERE m.filing = ? AND m.done = 0`,
		`SELECT id, at, copy FROM said WHERE filing = ? AND done = 0 ORDER BY at`,
		`SELECT version FROM draft WHERE id = ? AND expires > ?`,
		`SELECT id FROM outbox WHERE recipient = ? AND id > ? ORDER BY id LIMIT ?`,
		`SELECT id, item FROM file WHERE item IN (?, ?)`,
		`SELECT n FROM file_chunk WHERE file = ? ORDER BY n`,
		`SELECT slot, n FROM tries WHERE bucket = ? AND slot IN (?, ?)`,
		`SELECT id FROM draft WHERE expires < ? ORDER BY expires LIMIT ?`,
		`SELECT id FROM captcha WHERE expires < ? ORDER BY expires LIMIT ?`,
		`SELECT id FROM file WHERE draft = ?`,
		`UPDATE said SET done = 1 WHERE item IN (?, ?)`,
	} {
		var rows []struct {
			ID      int    `db:"id"`
			Parent  int    `db:"parent"`
			NotUsed int    `db:"notused"`
			Detail  string `db:"detail"`
		}
		args := make([]any, strings.Count(q, "?"))
		for i := range args {
			args[i] = 1
		}
		if err := db.Select(t.Context(), &rows, `EXPLAIN QUERY PLAN `+q, args...); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		for _, r := range rows {
			if strings.HasPrefix(r.Detail, "SCAN") || strings.Contains(r.Detail, "TEMP B-TREE") {
				t.Errorf("%s: %s", q, r.Detail)
			}
		}
	}
}
