package portaldb_test

import (
	stdsql "database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"huiyin/exchange"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/portaldb"
	"huiyin/sql/storetest"
)

// granted makes the portal's schema and its users, and names the database to each.
func granted(t *testing.T) (admin *stdsql.DB, url func(user string) string) {
	t.Helper()
	server := storetest.Server(t)
	mine := storetest.MySQLURL(t, server)
	owner := storetest.Open(t, mine)
	if err := sql.Migrate(t.Context(), owner, portaldb.Migrations()); err != nil {
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
	// The template's names become this test's: users are the server's, not a database's.
	names := strings.NewReplacer("huiyin_portal.", name+".", "'huiyin_", "'"+name+"_")
	for _, line := range strings.Split(names.Replace(string(script)), ";") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if _, err := admin.Exec(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	t.Cleanup(func() {
		for _, u := range []string{"portal", "portal_owner", "courier"} {
			_, _ = admin.Exec("DROP USER '" + name + "_" + u + "'@'%'")
		}
	})
	passwords := map[string]string{"portal_owner": "change-me-1", "portal": "change-me-2", "courier": "change-me-3"}
	_, where, _ := strings.Cut(server, "@")
	return admin, func(user string) string {
		return "mysql:" + name + "_" + user + ":" + passwords[user] + "@" + where + name
	}
}

// The whole line works with each side's own rights and no others.
func TestLineWithItsRightsOnly(t *testing.T) {
	_, url := granted(t)
	portalDB := storetest.Open(t, url("portal"))
	courierDB := storetest.Open(t, url("courier"))
	c := &clock{t: today}
	store, err := portaldb.New(portaldb.Config{DB: portalDB, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	l := &line{t: t, db: portalDB, store: store, clock: c, offices: []*office{newOffice(t, "office")}}
	if l.portal, err = exchange.NewPortalKeys("portal"); err != nil {
		t.Fatal(err)
	}
	o := l.offices[0]
	s := l.file(o, "甲", 2)
	courier := l.courier(o.as(1), o.keys, &sql.Mailbox{DB: courierDB})
	r := l.receiver(store)
	for range 4 {
		if _, err := courier.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	l.atRest()
	if l.shown(s) != "甲" {
		t.Errorf("shown: %q", l.shown(s))
	}
	everything(t, store)
}

// everything does what the line test does not.
func everything(t *testing.T, s *portaldb.Store) {
	t.Helper()
	ctx := t.Context()
	d := portal.Draft{ID: [32]byte{1}, Sealed: []byte("x"), Expires: today}
	file := newID(t)
	steps := map[string]error{
		"draft":  s.SaveDraft(ctx, d),
		"chunk":  s.AddChunk(ctx, portal.Chunk{Draft: d.ID, File: file, Expires: today}),
		"drop":   s.DropFile(ctx, d.ID, file),
		"sweep":  s.Sweep(ctx, today.AddDate(1, 0, 0)),
		"forget": s.DropDraft(ctx, d.ID),
	}
	_, steps["hit"] = s.Hit(ctx, [32]byte{1}, 1e9, today)
	_, steps["key"] = s.DayKey(ctx, "2026-11-22")
	_, steps["directories"] = s.Directories(ctx)
	steps["close"] = s.Close(ctx)
	for name, err := range steps {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What neither side needs, neither side may do.
func TestRightsEndThere(t *testing.T) {
	admin, url := granted(t)
	if _, err := admin.Exec(`CREATE DATABASE IF NOT EXISTS huiyin_other_test`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = admin.Exec(`DROP DATABASE huiyin_other_test`) })
	if _, err := admin.Exec(`CREATE TABLE IF NOT EXISTS huiyin_other_test.office_case (id INT)`); err != nil {
		t.Fatal(err)
	}
	for user, refused := range map[string][]string{
		"portal": {
			`SELECT id FROM huiyin_other_test.office_case`,
			`DROP TABLE filing`, `ALTER TABLE filing ADD x INT`, `CREATE TABLE x (id INT)`,
			`DELETE FROM filing`, `DELETE FROM code_grant`, `DELETE FROM said`, `UPDATE outbox SET sealed = ''`,
			`INSERT INTO inbox (id, sender, recipient, made, sealed, sig) VALUES ('', '', '', 0, '', '')`,
			`SELECT user FROM mysql.user`, `SELECT LOAD_FILE('/etc/passwd') INTO OUTFILE '/tmp/huiyin-out'`,
		},
		"courier": {
			`SELECT id FROM huiyin_other_test.office_case`,
			`SELECT id FROM inbox`, `DELETE FROM inbox`, `DELETE FROM outbox`, `UPDATE outbox SET sealed = ''`,
			`INSERT INTO outbox (id, sender, recipient, made, sealed, sig) VALUES ('', '', '', 0, '', '')`,
			`SELECT id FROM filing`, `SELECT locator FROM code_grant`, `SELECT id FROM draft`, `SELECT id FROM said`,
			`SELECT day FROM day_key`, `SELECT bucket FROM tries`, `DELETE FROM file`, `DELETE FROM file_chunk`,
			`DROP TABLE inbox`,
		},
	} {
		_, dsn, _ := strings.Cut(url(user), ":")
		db, err := stdsql.Open("mysql", dsn)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range refused {
			if _, err := db.Exec(q); err == nil || !denied(err) {
				t.Errorf("%s could: %s (%v)", user, q, err)
			}
		}
		db.Close()
	}
}

// denied tells an error about rights by its number.
func denied(err error) bool {
	my, ok := errors.AsType[*mysql.MySQLError](err)
	if !ok {
		return false
	}
	switch my.Number {
	case 1044, 1045, 1142, 1143, 1227: // database, user, table, column, special right
		return true
	}
	return false
}
