package portaldb_test

import (
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/portaldb"
)

func apply(t *testing.T, s *portaldb.Store, arrivals ...exchange.Arrival) error {
	t.Helper()
	for i := range arrivals {
		arrivals[i].Item, arrivals[i].Made = newID(t), today
		if arrivals[i].From == "" {
			arrivals[i].From = "office"
		}
	}
	return s.Apply(t.Context(), arrivals, nil)
}

func folder(filing petition.ID, version int, what string) exchange.Arrival {
	return exchange.Arrival{Folder: &exchange.FolderUpdate{Filing: filing, Version: version, Sealed: []byte(what)}}
}

func TestNewerFolderWins(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		in := filed(t, code, "body")
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		err := apply(t, s, folder(in.Filing, 3, "three"), folder(in.Filing, 2, "two"), folder(in.Filing, 3, "again"))
		if err != nil {
			t.Fatal(err)
		}
		if o, err := s.Opened(t.Context(), code.Locator()); err != nil || string(o.Folder) != "three" {
			t.Errorf("%s, %v", o.Folder, err)
		}
		stranger := folder(in.Filing, 9, "nine")
		stranger.From = "another office"
		if err := apply(t, s, stranger); !petition.Is(err, petition.Forbidden) {
			t.Errorf("another office wrote it: %v", err)
		}
	})
}

// A letter's case is followed like any other: its folder may come before its code.
func TestPaperCaseOpens(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		filing, code := newID(t), exchange.NewCode()
		g := code.Grant(filing, exchange.NewKey(), exchange.MayRate)
		give := exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: filing, Give: &g}}
		if err := apply(t, s, folder(filing, 1, "one"), give, give); err != nil {
			t.Fatal(err)
		}
		o, err := s.Opened(t.Context(), code.Locator())
		if err != nil || string(o.Folder) != "one" || len(o.Copy) != 0 || !o.Grant.May(exchange.MayRate) {
			t.Fatalf("%+v, %v", o, err)
		}
		next := exchange.NewCode()
		ng := next.Grant(filing, exchange.NewKey())
		swap := exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: filing, Give: &ng, Revoke: []exchange.Locator{code.Locator()}}}
		if err := apply(t, s, swap); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Opened(t.Context(), code.Locator()); !petition.Is(err, petition.NotFound) {
			t.Errorf("the old code: %v", err)
		}
		if _, err := s.Opened(t.Context(), next.Locator()); err != nil {
			t.Errorf("the new code: %v", err)
		}
		// A code that was taken back before the item that gives it arrived stays dead.
		late := exchange.NewCode()
		lg := late.Grant(filing, exchange.NewKey())
		err = apply(t, s,
			exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: filing, Revoke: []exchange.Locator{late.Locator()}}},
			exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: filing, Give: &lg}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Opened(t.Context(), late.Locator()); !petition.Is(err, petition.NotFound) {
			t.Errorf("the late code: %v", err)
		}
	})
}

// With a renewed reading key the old copy, folder and messages are gone, whatever
// somebody kept of the old code; an older folder does not come back.
func TestARenewedKeyLeavesNothingOld(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code, next := exchange.NewCode(), exchange.NewCode()
		in := filed(t, code, "body")
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		g := next.Grant(in.Filing, exchange.NewKey(), exchange.MayAdd)
		renewed := exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: in.Filing, Give: &g, Revoke: []exchange.Locator{code.Locator()},
			Renewed: true, Copy: []byte("new copy")}}
		if err := apply(t, s, folder(in.Filing, 2, "old folder"), renewed, folder(in.Filing, 1, "older folder")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Opened(t.Context(), code.Locator()); !petition.Is(err, petition.NotFound) {
			t.Errorf("the stolen code: %v", err)
		}
		o, err := s.Opened(t.Context(), next.Locator())
		if err != nil || string(o.Copy) != "new copy" || len(o.Folder) != 0 || o.Waiting != 0 {
			t.Errorf("before the folder: %+v %v", o, err)
		}
		if err := apply(t, s, folder(in.Filing, 3, "new folder")); err != nil {
			t.Fatal(err)
		}
		if o, err := s.Opened(t.Context(), next.Locator()); err != nil || string(o.Folder) != "new folder" {
			t.Errorf("after it: %+v %v", o, err)
		}
	})
}

func TestNewerDirectoryWins(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, c *clock) {
		if list, err := s.Directories(t.Context()); err != nil || len(list) != 0 {
			t.Fatalf("%v, %v", list, err)
		}
		for _, v := range []int64{2, 3, 1} {
			d := exchange.Directory{Installation: "office", Version: v, Units: []exchange.UnitEntry{{Unit: petition.Unit{ID: "530100"}, Key: []byte{byte(v)}}}}
			if err := apply(t, s, exchange.Arrival{Directory: &d}); err != nil {
				t.Fatal(err)
			}
		}
		other := exchange.Directory{Installation: "another", Version: 1}
		if err := apply(t, s, exchange.Arrival{Directory: &other, From: "another"}); err != nil {
			t.Fatal(err)
		}
		c.add(2 * time.Second)
		list, err := s.Directories(t.Context())
		if err != nil || len(list) != 2 || list[1].Version != 3 || list[1].Units[0].Key[0] != 3 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// Only the office that an item is for can have it deleted.
func TestAckDeletesItsOwn(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		in := filed(t, code, "body")
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		ack := exchange.Arrival{Ack: &exchange.Ack{Items: []petition.ID{in.Item.ID, newID(t)}}, From: "another"}
		if err := apply(t, s, ack); err != nil || count(t, db, `SELECT COUNT(*) FROM outbox`) != 1 {
			t.Errorf("another office acknowledged: %v", err)
		}
		ack.From = "office"
		if err := apply(t, s, ack, ack); err != nil || count(t, db, `SELECT COUNT(*) FROM outbox`) != 0 {
			t.Errorf("%v", err)
		}
		got, err := s.File(t.Context(), filed(t, code, "body"))
		if err != nil || !got.Sent {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestArrivalTwiceIsOnce(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		box := &sql.Mailbox{DB: db}
		it := exchange.Item{ID: newID(t), From: "office", To: "portal", Made: today, Sealed: []byte("x"), Sig: []byte("y")}
		for range 2 {
			if err := box.Deliver(t.Context(), []exchange.Item{it, it}); err != nil {
				t.Fatal(err)
			}
			list, err := s.Arrived(t.Context(), 10)
			if err != nil || len(list) != 1 || list[0].ID != it.ID || !list[0].Made.Equal(it.Made) {
				t.Fatalf("%+v, %v", list, err)
			}
			err = s.Apply(t.Context(), []exchange.Arrival{{Item: it.ID, Made: today, Refused: "not signed"}}, nil)
			if err != nil {
				t.Fatal(err)
			}
		}
		if n := count(t, db, `SELECT COUNT(*) FROM refused`); n != 1 {
			t.Errorf("%d set aside", n)
		}
	})
}
