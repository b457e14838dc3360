package officedb

import (
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// Units come back as they were saved, in order, with paths; another node sees a change
// within a second.
func TestUnitsAndRules(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.open()
		r, err := other.Rules(t.Context())
		w.must(err)
		u, ok := r.Units.Unit(county)
		if !ok || u.Path != "/530000/530100/530102/" || u.Installation != "office" || !u.Pilot || u.Phone == "" {
			t.Errorf("unit %+v", u)
		}
		if all := r.Units.All(); len(all) != 4 || all[0].ID != prov || all[3].ID != county2 {
			t.Errorf("units %+v", all)
		}
		changed := testUnit(prov, "", petition.Province)
		changed.Name = "Renamed 改名"
		w.must(w.s.SaveUnits(t.Context(), []petition.Unit{changed}, w.now))
		time.Sleep(rulesAge)
		r, err = other.Rules(t.Context())
		w.must(err)
		if u, _ := r.Units.Unit(prov); u.Name != "Renamed 改名" {
			t.Errorf("the other node sees %q", u.Name)
		}
		orphan := testUnit("530201", "530200", petition.County)
		w.want(w.s.SaveUnits(t.Context(), []petition.Unit{orphan}, w.now), petition.Invalid)
	})
}

// A unit that another installation hosts has no keys here and is not announced.
func TestUnitsHostedElsewhere(t *testing.T) {
	w := newWorldSQLite(t)
	far := testUnit("540000", "", petition.Province)
	far.Installation = "another office"
	w.must(w.s.SaveUnits(t.Context(), []petition.Unit{far}, w.now))
	_, err := w.s.HolderKey(t.Context(), exchange.UnitHolder("540000"))
	w.want(err, petition.NotFound)
	d, err := w.s.Directory(t.Context(), w.now)
	w.must(err)
	if _, ok := d.Unit("540000"); ok {
		t.Error("a unit hosted elsewhere is announced as ours")
	}
}

// Two units, two compartments: four keys, none the other's.
func TestKeysOfHoldersDiffer(t *testing.T) {
	w := newWorldSQLite(t)
	seen := make(map[string]exchange.Holder)
	for _, u := range []petition.UnitID{prov, city, county, county2} {
		for _, h := range []exchange.Holder{exchange.UnitHolder(u), exchange.CadreHolder(u)} {
			k, err := w.s.HolderKey(t.Context(), h)
			w.must(err)
			if first, twice := seen[string(k.Public())]; twice {
				t.Errorf("%s and %s have one key", first, h)
			}
			seen[string(k.Public())] = h
		}
	}
}

// Ciphertext moved to another row opens nowhere.
func TestSealedValuesStayInTheirPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.registered(county, "first"), w.registered(county, "second")
		registrar := w.who(county, petition.Registrar)
		var line []byte
		w.must(w.db.Get(t.Context(), &line, `SELECT line FROM leg WHERE case_id = ?`, a))
		w.exec(`UPDATE leg SET line = ? WHERE case_id = ?`, line, b)
		if _, err := w.s.Queue(t.Context(), registrar, queueOf(petition.ToTriage, w.now)); err == nil {
			t.Error("another case's line opens")
		}
		var key []byte
		w.must(w.db.Get(t.Context(), &key, `SELECT wrapped FROM case_key WHERE case_id = ?`, a))
		w.exec(`UPDATE case_key SET wrapped = ? WHERE case_id = ?`, key, b)
		if _, err := w.s.Case(t.Context(), registrar, b); err == nil {
			t.Error("another case's key opens")
		}
	})
}

// Text that engines like to change comes back as it was written.
func TestTextsComeBackAsWritten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, title := range []string{"𠮷野家 / 𠮶", "Straße STRASSE strasse", "trailing blank ", "é e", "' OR 1=1 --", "a\tb"} {
			f := aFiling(county, title)
			id := w.filed(f)
			c, err := w.s.Case(t.Context(), w.who(county, petition.Registrar), id)
			w.must(err)
			if c.Filing.Title != title || !c.Received.Equal(w.now) {
				t.Errorf("%q came back as %q at %s", title, c.Filing.Title, c.Received)
			}
		}
		w.hire(county, "a", petition.Handler)
		_, err := w.s.Find(t.Context(), w.who(county, petition.Registrar), "' OR 1=1 --")
		w.want(err, petition.NotFound)
	})
}
