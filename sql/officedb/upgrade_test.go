package officedb

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
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

// An upgrade sorts what waits anew: by state where the rows tell it, and once by the
// program where only the sealed bodies do; what was told before can be read.
func TestOldRowsAreSortedAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := open()
		w := newWorld(t, db)
		replied, proposed := w.accepted(county, "Answered"), w.registered(county, "Proposed")
		w.do(w.who(county, petition.Registrar), proposed, petition.Act{Action: petition.Redirect, Reason: "why", Text: "why",
			Body: &petition.Body{Name: "Bureau", Phone: "12333"}, Paper: aPaper(petition.RedirectNotice)})
		told := w.guided("Told")
		w.exec(`UPDATE leg SET queue = 'handle', state = 'replied' WHERE case_id = ?`, replied)
		w.exec(`UPDATE leg SET queue = 'approve' WHERE case_id = ?`, proposed)
		w.exec(`DROP TABLE form_used`)
		w.exec(`DROP TABLE notice`)
		w.exec(`DELETE FROM schema_version WHERE version_id >= 3`)
		w.must(sql.Migrate(t.Context(), db, upTo(t, "0003")))
		if q := w.queueOfCase(replied); q != petition.ToClose {
			t.Errorf("answered: %s", q)
		}
		wrong, err := w.s.Recount(t.Context())
		if err != nil || wrong != "" {
			t.Errorf("the counts: %v %s", err, wrong)
		}
		page, err := w.s.Notices(t.Context(), w.who(county, petition.Registrar), backoffice.NoticeQuery{})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].Case != told || page.Unread != 1 {
			t.Errorf("what was told: %v %+v", err, page)
		}
		w.exec(`UPDATE leg SET queue = 'approve_leader' WHERE case_id = ?`, proposed) // as if nobody knew yet
		w.exec(`UPDATE queue_count SET queue = 'approve_leader' WHERE queue = 'approve'`)
		w.must(w.s.SystemTick(t.Context(), w.now))
		if q := w.queueOfCase(proposed); q != petition.ToApprove {
			t.Errorf("proposed: %s", q)
		}
		w.exec(`UPDATE leg SET queue = 'approve_leader' WHERE case_id = ?`, proposed)
		w.must(w.s.SystemTick(t.Context(), w.now.Add(time.Hour)))
		if q := w.queueOfCase(proposed); q != "approve_leader" {
			t.Error("it is derived anew with every tick")
		}
	})
}

func (w *world) queueOfCase(id petition.ID) petition.Queue {
	w.t.Helper()
	var q string
	w.must(w.db.Get(w.t.Context(), &q, `SELECT queue FROM leg WHERE case_id = ? AND n = 1`, id))
	return petition.Queue(q)
}
