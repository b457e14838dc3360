package officedb

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// canary is a text that stands nowhere by chance.
func canary(what string) string { return "canary" + what + "竹叶青" }

func canaryFiling(unit petition.UnitID) petition.Filing {
	f := aFiling(unit, canary("title"))
	f.Facts, f.Request, f.Reasons, f.Place, f.About = canary("facts"), canary("request"), canary("reasons"), canary("place"), canary("about")
	f.Person.Name, f.Person.Address, f.Person.Mobile = canary("name"), canary("address"), "13912345678"
	return f
}

// canaries is what must not be found: also numbers that have no word in them.
var canaries = []string{"canary", "竹叶青", "11010519491231002X", "13912345678"}

// secretLife fills a database with secrets of every kind.
func (w *world) secretLife() {
	w.t.Helper()
	ctx := w.t.Context()
	wished := canaryFiling(county)
	wished.News = w.wishes("13912345678", canary("mail")+"@example.cn")
	id := w.filed(wished)
	registrar := w.who(county, petition.Registrar)
	w.do(registrar, id, registerAct())
	f, err := w.s.AddFile(ctx, registrar, id, canary("file")+".txt", "text/plain", strings.NewReader(canary("content")), w.now)
	w.must(err)
	w.do(registrar, id, petition.Act{Action: petition.Note, Text: canary("note"), Files: []petition.File{f}})
	_, err = w.s.Reveal(ctx, registrar, id, canary("purpose"), w.now)
	w.must(err)
	_, err = w.s.OpenFile(ctx, registrar, id, f.ID, false, canary("purpose"), w.now, io.Discard)
	w.must(err)
	w.said(id, petition.Act{Action: petition.AddInfo, Text: canary("message")})
	w.do(w.who(county, petition.OfficeHead), id, petition.Act{Action: petition.Redirect, Reason: canary("reason"),
		Body: &petition.Body{Name: canary("body"), Phone: "12333"}, Paper: aPaper(petition.RedirectNotice)})
	report := canaryFiling(county)
	report.Purpose, report.Topic = petition.PurposeReport, "B1"
	rid := w.filed(report)
	_, err = w.s.Report(ctx, w.who(county, petition.CadreSupervisor), rid, canary("purpose"), w.now)
	w.must(err)
	w.do(registrar, w.registered(county, canary("sealed")), petition.Act{Action: petition.SealUp, Reason: canary("why")})
	w.signIn("530102.registrar")
	_, err = w.s.SetTOTP(ctx, "530102.leader", "Huiyin", w.now)
	w.must(err)
}

// Whoever carries the office's database away without its master key finds nothing.
func TestStolenFilesShowNothing(t *testing.T) {
	url := storetest.SQLiteURL(t)
	w := newWorld(t, storetest.Open(t, url))
	w.secretLife()
	folder := filepath.Dir(strings.TrimPrefix(url, "sqlite:"))
	files, err := os.ReadDir(folder)
	w.must(err)
	read := 0
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(folder, f.Name()))
		w.must(err)
		read += len(b)
		for _, c := range append(canaries, string(w.keys.Master[:])) {
			if bytes.Contains(b, []byte(c)) {
				t.Errorf("%s holds %q", f.Name(), c)
			}
		}
	}
	if read < 100_000 {
		t.Errorf("only %d bytes were searched", read)
	}
}

// The same for every column of every table, on both engines.
func TestNoColumnShowsAnything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.secretLife()
		for table, columns := range w.schema() {
			for _, column := range columns {
				for _, c := range canaries {
					if n := w.holding(table, column, c); n != 0 {
						t.Errorf("%s.%s holds %q %d times", table, column, c, n)
					}
				}
			}
		}
	})
}

func (w *world) holding(table, column, what string) int {
	w.t.Helper()
	var n int
	w.must(w.db.Get(w.t.Context(), &n,
		fmt.Sprintf("SELECT COUNT(*) FROM %s WHERE INSTR(%s, ?) > 0", table, column), []byte(what)))
	return n
}

// schema is every table with its columns, as the engine has them.
func (w *world) schema() map[string][]string {
	w.t.Helper()
	query := `SELECT m.name AS tab, p.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid`
	if w.db.Engine() == sql.MySQL {
		query = `SELECT TABLE_NAME AS tab, COLUMN_NAME AS col FROM information_schema.COLUMNS
			WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`
	}
	var rows []struct {
		Table  string `db:"tab"`
		Column string `db:"col"`
	}
	w.must(w.db.Select(w.t.Context(), &rows, query))
	out := make(map[string][]string)
	for _, r := range rows {
		if r.Table != "schema_version" {
			out[r.Table] = append(out[r.Table], r.Column)
		}
	}
	return out
}

// Both engines have the same tables with the same columns in the same order.
func TestMigrationsArePairs(t *testing.T) {
	server := storetest.Server(t)
	lite := newWorldSQLite(t).schema()
	my := newWorld(t, storetest.Open(t, storetest.MySQLURL(t, server))).schema()
	if a, b := fmt.Sprint(lite), fmt.Sprint(my); a != b {
		t.Errorf("schemas differ:\nsqlite %s\nmysql  %s", a, b)
	}
}

// A database opened with another master key says so.
func TestWrongMasterKeyIsTold(t *testing.T) {
	w := newWorldSQLite(t)
	other := *w.keys
	other.Master[0] ^= 1
	_, err := Open(t.Context(), Config{DB: w.db, Keys: &other, Portals: []string{"portal"}})
	if err == nil || !strings.Contains(err.Error(), "master key") {
		t.Errorf("opened with another master key: %v", err)
	}
}
