package desk_test

import (
	"io"
	"testing"

	"huiyin/cmd/desk"
	"huiyin/demo"
	"huiyin/exchange"
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
