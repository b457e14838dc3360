package officedb

import (
	stdsql "database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// granted makes the office's schema and its users, and names the database to each.
func granted(t *testing.T) (url func(user string) string) {
	t.Helper()
	server := storetest.Server(t)
	mine := storetest.MySQLURL(t, server)
	if err := sql.Migrate(t.Context(), storetest.Open(t, mine), Migrations()); err != nil {
		t.Fatal(err)
	}
	name := mine[strings.LastIndex(mine, "/")+1:]
	admin, err := stdsql.Open("mysql", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Close() })
	script, err := os.ReadFile("grants.mysql.sql")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.NewReplacer("huiyin_office.", name+".", "'huiyin_", "'"+name+"_")
	for _, line := range strings.Split(names.Replace(string(script)), ";") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if _, err := admin.Exec(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	t.Cleanup(func() {
		for _, u := range []string{"office", "office_owner"} {
			_, _ = admin.Exec("DROP USER '" + name + "_" + u + "'@'%'")
		}
	})
	_, where, _ := strings.Cut(server, "@")
	return func(user string) string {
		return "mysql:" + name + "_" + user + ":" + map[string]string{"office_owner": "change-me-1", "office": "change-me-2"}[user] + "@" + where + name
	}
}

// The office does all its work with its own rights and no others.
func TestOfficeWithItsRightsOnly(t *testing.T) {
	url := granted(t)
	w := newWorld(t, storetest.Open(t, url("office")))
	w.secretLife()
	id := w.accepted(county, "Party age")
	_, err := w.s.ReplaceCode(t.Context(), w.who(county, petition.Registrar), id, "lost", false, w.now)
	w.must(err)
	w.edited(w.now, yearWith("test", "2026-03-03,off,test"))
	w.sequence()
	w.must(w.s.log(t.Context(), view{chain: officeChain, at: w.now, action: "test"}))
	w.sequence()
	w.must(w.s.SystemTick(t.Context(), w.now.AddDate(0, 1, 0)))
	asked := w.asked(w.request(backoffice.OpenAccount, "new", petition.ID{}, petition.Handler))
	_, err = w.s.DecideRequest(t.Context(), w.who(prov, petition.SecurityAdmin), asked, true, "", w.now)
	w.must(err)
	w.must(w.s.SetFactorPolicy(t.Context(), FactorForNobody, w.now))
	w.must(w.s.Exclude(t.Context(), id, w.who(county, petition.Leader).Staff, w.now))
	it, file, _, from := w.sealedItem(county)
	w.must(w.s.Quarantine(t.Context(), w.taking(it.ID, ""), it, []petition.ID{file}, "no key"))
	w.must(w.s.Release(t.Context(), from, it.ID, w.now))
	w.sound()
}

// The record cannot be rewritten with them, nor the schema changed, nor anything read
// elsewhere.
func TestRightsEndThere(t *testing.T) {
	_, dsn, _ := strings.Cut(granted(t)("office"), ":")
	db, err := stdsql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{
		`DELETE FROM event`, `UPDATE event SET at = 0`, `UPDATE event SET hash = ''`, `DELETE FROM cases`,
		`DELETE FROM audit`, `UPDATE audit SET staff = ''`, `DELETE FROM chain`, `DELETE FROM report`,
		`DELETE FROM log_head`, `UPDATE log_head SET size = 0`, `DELETE FROM log_tile`, `UPDATE unsequenced SET hash = ''`,
		`UPDATE report_entry SET at = 0`, `UPDATE holder SET wrapped = ''`, `DELETE FROM inbox`, `DELETE FROM account_request`, `DELETE FROM staff`, `DELETE FROM quarantine`,
		`DELETE FROM quarantine_file`, `DELETE FROM quarantine_released`, `UPDATE quarantine_released SET released_at = 0`,
		`DROP TABLE event`, `ALTER TABLE event ADD x INT`, `CREATE TABLE x (id INT)`, `SELECT user FROM mysql.user`,
	} {
		_, err := db.Exec(q)
		my, ok := errors.AsType[*mysql.MySQLError](err)
		if !ok || my.Number != 1142 && my.Number != 1143 {
			t.Errorf("the office could: %s (%v)", q, err)
		}
	}
}
