package desk_test

import (
	"io"
	"testing"
	"time"

	"huiyin/cmd/desk"
	"huiyin/demo"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/officedb"
	"huiyin/sql/storetest"
)

func TestTheDemonstrationLoadsOnceAndIsWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		keys, err := exchange.NewOfficeKeys("box")
		if err != nil {
			t.Fatal(err)
		}
		store, err := officedb.Open(t.Context(), officedb.Config{DB: open(), Keys: keys, Portals: []string{"box"}, Demo: true})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := desk.LoadDemo(t.Context(), store, "box", io.Discard); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		if wrong, err := store.Recount(t.Context()); err != nil || wrong != "" {
			t.Errorf("counts: %s %v", wrong, err)
		}
		rules, err := store.Rules(t.Context())
		if err != nil || len(rules.Units.All()) != len(demo.Units()) {
			t.Errorf("%d units, %v", len(rules.Units.All()), err)
		}
		items, err := store.Outgoing(t.Context(), [16]byte{}, 100)
		if err != nil || len(items) < 2*len(demo.KnownCases()) {
			t.Errorf("%d items for the portal, %v", len(items), err)
		}
	})
}

// TestTheDemonstrationLives: its first tick finds nothing to do, and what is done to a
// part of a divided petition reaches the petitioner with the whole.
func TestTheDemonstrationLives(t *testing.T) {
	db := storetest.Open(t, storetest.SQLiteURL(t))
	keys, err := exchange.NewOfficeKeys("box")
	if err != nil {
		t.Fatal(err)
	}
	store, err := officedb.Open(t.Context(), officedb.Config{DB: db, Keys: keys, Portals: []string{"box"}, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.LoadDemo(t.Context(), store, "box", io.Discard); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{
		`SELECT COUNT(*) FROM accountability`:                        2,
		`SELECT COUNT(*) FROM accountability WHERE state = 'closed'`: 1,
		`SELECT COUNT(*) FROM view_request WHERE answered_at > 0`:    1,
		`SELECT COUNT(*) FROM view_request WHERE answered_at = 0`:    1,
		`SELECT COUNT(*) FROM reception_plan WHERE action = 'enter'`: 6,
	} {
		if n := count(t, db, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	events := count(t, db, `SELECT COUNT(*) FROM event`)
	if err := store.SystemTick(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if now := count(t, db, `SELECT COUNT(*) FROM event`); now != events {
		t.Errorf("the first tick made %d events", now-events)
	}
	sent := count(t, db, `SELECT COUNT(*) FROM outbox`)
	if told := tellPart(t, db, store); told == 0 {
		t.Fatal("there is no part to work on")
	}
	if now := count(t, db, `SELECT COUNT(*) FROM outbox`); now != sent+1 {
		t.Errorf("%d items for the portal after an act on a part", now-sent)
	}
	if err := store.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// tellPart writes a note for the petitioner on a part that is being handled; it says on
// how many.
func tellPart(t *testing.T, db *sql.DB, store *officedb.Store) int {
	t.Helper()
	var parts []sql.ID
	if err := db.Select(t.Context(), &parts, `SELECT id FROM cases WHERE number LIKE 'XF%-1'`); err != nil {
		t.Fatal(err)
	}
	for _, id := range parts {
		for _, a := range demo.Staff() {
			c, err := store.Case(t.Context(), a.Actor(), petition.ID(id))
			if err != nil || !a.Is(petition.Registrar) || a.Unit != c.Legs[0].Unit {
				continue
			}
			act := petition.Act{Action: petition.Note, Text: "正在核对材料。", Public: true}
			if _, err := store.Act(t.Context(), a.Actor(), c.ID, c.Version(), act, time.Now()); err != nil {
				t.Fatalf("%s, %s: %v", c.Number, c.Legs[0].State, err)
			}
			return 1
		}
	}
	return 0
}

func count(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.Get(t.Context(), &n, query); err != nil {
		t.Fatal(err)
	}
	return n
}
