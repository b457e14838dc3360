package officedb

import (
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// A unit's own office head writes its card; the directory says it, a list brought in
// without those lines leaves it, and nobody else may.
func TestAUnitWritesItsOwnCard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		card := backoffice.UnitCard{Address: " Lane 1 ", Phone: "0871-1", Hours: "9 to 5", Room: "Room 2", LettersName: "王某"}
		for _, by := range []petition.Actor{w.who(county, petition.Registrar), w.who(county, petition.Leader), w.who(prov, petition.SystemAdmin)} {
			w.want(w.s.SaveUnitCard(t.Context(), by, card, w.now), petition.NotFound)
		}
		head := w.who(county, petition.OfficeHead)
		for _, bad := range []backoffice.UnitCard{{Phone: "1"}, {Address: "x"}, {Address: "x", Phone: "1", Room: strings.Repeat("长", 121)}, {Address: "x", Phone: strings.Repeat("1", 33)}} {
			w.want(w.s.SaveUnitCard(t.Context(), head, bad, w.now), petition.Invalid)
		}
		w.must(w.s.SaveUnitCard(t.Context(), head, card, w.now))
		w.must(w.s.SaveUnits(t.Context(), []petition.Unit{testUnit(prov, "", petition.Province), testUnit(city, prov, petition.City),
			testUnit(county, city, petition.County), testUnit(county2, city, petition.County)}, w.now))
		d, err := w.s.Directory(t.Context(), w.now)
		w.must(err)
		u, _ := d.Unit(county)
		if u.Address != "Lane 1" || u.Room != "Room 2" || u.Hours != "9 to 5" || u.LettersName != "王某" || !u.LettersHandler {
			t.Errorf("%+v", u.Unit)
		}
		if u.Phone != "0871-0000000" { // the list has one
			t.Errorf("telephone %s", u.Phone)
		}
		if other, _ := d.Unit(county2); other.Room != "" {
			t.Errorf("another unit's card changed: %+v", other.Unit)
		}
		w.sound()
	})
}
