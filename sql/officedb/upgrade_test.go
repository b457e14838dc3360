package officedb

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"huiyin/sql"
	"huiyin/sql/storetest"
)

// upTo is the schema's steps up to one of them.
func upTo(t *testing.T, last string) fs.FS {
	t.Helper()
	out := make(fstest.MapFS)
	err := fs.WalkDir(Migrations(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name()[:len(last)] > last {
			return err
		}
		b, err := fs.ReadFile(Migrations(), path)
		out[path] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A database from before the log of record gets its entries into it, also if the step
// was stopped midway and is run again.
func TestOldEntriesAreSequenced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := open()
		if err := sql.Migrate(t.Context(), db, upTo(t, "0001")); err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, db: db}
		for i := range 3 {
			w.exec(`INSERT INTO audit (chain, n, at, staff, unit, action, case_id, file, digest, hash, purpose)
				VALUES ('office', ?, 0, ?, '', 'test', ?, ?, ?, ?, ?)`,
				i+1, sql.ID{}, sql.ID{}, sql.ID{}, sql.Hash{}, sql.Hash{byte(i)}, []byte{})
		}
		if db.Engine() == sql.MySQL { // there a step is no transaction
			w.exec(`CREATE TABLE unsequenced (id BINARY(16) NOT NULL PRIMARY KEY, hash BINARY(32) NOT NULL)`)
			w.exec(`INSERT INTO unsequenced SELECT SUBSTR(hash, 1, 16), hash FROM audit WHERE n = 2`)
		}
		if err := sql.Migrate(t.Context(), db, Migrations()); err != nil {
			t.Fatal(err)
		}
		var hashes []sql.Hash
		w.must(db.Select(t.Context(), &hashes, `SELECT hash FROM unsequenced ORDER BY id`))
		if len(hashes) != 3 || hashes[2] != (sql.Hash{2}) {
			t.Errorf("%v wait", hashes)
		}
	})
}

// Nothing is signed on top of a log that is not the signed one; what was changed is
// named, and the rest waits.
func TestNothingIsBuiltOnAnEditedLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.seen("one")
		w.sequence()
		w.seen("two")
		w.keepCopies()
		for name, spoil := range map[string]func(){
			"a leaf is changed":     func() { w.exec(`UPDATE log_tile SET hashes = ? WHERE level = 0`, make([]byte, 32*w.sequenced())) },
			"the log is cut":        func() { w.exec(`UPDATE log_tile SET hashes = ?`, make([]byte, 32)) },
			"the log is lengthened": func() { w.exec(`UPDATE log_tile SET hashes = ?`, make([]byte, 32*w.sequenced()+32)) },
			"the log is gone":       func() { w.exec(`DELETE FROM log_tile`) },
			"the head is changed":   func() { w.exec(`UPDATE log_head SET size = size - 1`) },
			"the heads are gone":    func() { w.exec(`DELETE FROM log_head`) },
		} {
			spoil()
			before := w.inTable("unsequenced")
			_, err := w.s.Sequence(t.Context(), w.now)
			if b, ok := errors.AsType[*Broken](err); !ok || b.N == 0 {
				t.Errorf("%s: %v", name, err)
			}
			if got := w.inTable("unsequenced"); got != before {
				t.Errorf("%s: %d wait, before %d", name, got, before)
			}
			w.restore(recordTables...)
		}
		if n := w.sequence(); n != 1 {
			t.Errorf("%d were sequenced once the log was mended", n)
		}
		w.sound()
	})
}

func (w *world) sequenced() int {
	w.t.Helper()
	var n int
	w.must(w.db.Get(w.t.Context(), &n, `SELECT MAX(size) FROM log_head`))
	return n
}

func (w *world) inTable(table string) (n int) {
	w.t.Helper()
	w.must(w.db.Get(w.t.Context(), &n, `SELECT COUNT(*) FROM `+table))
	return n
}
