package officedb

import (
	"context"
	"testing"
)

func contextWithStop(t *testing.T) (context.Context, func()) {
	ctx, stop := context.WithCancel(t.Context())
	return ctx, stop
}

// recordTables is all that a record consists of.
var recordTables = []string{"event", "audit", "report_entry", "cases", "chain", "report", "case_key", "unsequenced", "log_tile", "log_head"}

// keepCopies sets the record aside.
func (w *world) keepCopies() {
	w.t.Helper()
	for _, table := range recordTables {
		w.exec(`DROP TABLE IF EXISTS kept_` + table)
		w.exec(`CREATE TABLE kept_` + table + ` AS SELECT * FROM ` + table)
	}
}

// restore brings tables back as they were set aside.
func (w *world) restore(tables ...string) {
	w.t.Helper()
	for _, table := range tables {
		w.exec(`DELETE FROM ` + table)
		w.exec(`INSERT INTO ` + table + ` SELECT * FROM kept_` + table)
	}
}
