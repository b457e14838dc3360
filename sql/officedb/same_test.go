package officedb

import (
	"slices"
	"testing"

	"huiyin/petition"
)

// alike lists the titles that are suggested beside a case.
func (w *world) alike(by petition.Actor, id petition.ID) []string {
	w.t.Helper()
	rows, err := w.s.SameMatter(w.t.Context(), by, id)
	w.must(err)
	var titles []string
	for _, r := range rows {
		titles = append(titles, r.Title)
	}
	slices.Sort(titles)
	return titles
}

// by makes a filing of somebody else's.
func by(f petition.Filing, name, number, mobile string) petition.Filing {
	f.Person.Name, f.Person.IDNumber, f.Person.Mobile = name, number, mobile
	return f
}

// The same identity or mobile number suggests a case; the same name only on the same
// group of content codes; a closed case, and one out of sight, are not suggested.
func TestSameMatter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "first")
		w.filed(by(aFiling(county, "same number"), "other", "11010519491231002x ", "13900000001"))
		w.filed(by(aFiling(county, "same mobile"), "another", "", "138 0013 8000"))
		w.filed(by(aFiling(county, "same name"), "周明华", "", "13900000002"))
		elsewhere := by(aFiling(county, "same name, other topic"), "周明华", "", "13900000003")
		elsewhere.Topic = "F1"
		w.filed(elsewhere)
		w.filed(by(aFiling(county, "stranger"), "赵一", "", "13900000004"))
		w.filed(by(aFiling(county2, "next county"), "周明华", "11010519491231002X", "13800138000"))
		closed := w.registered(county, "closed")
		w.do(w.who(county, petition.OfficeHead), closed, petition.Act{Action: petition.Redirect, Reason: "not ours",
			Body: &petition.Body{Name: "Bureau", Phone: "12333"}, Paper: aPaper(petition.RedirectNotice)})

		near := []string{"same mobile", "same name", "same number"}
		if got := w.alike(w.who(county, petition.Registrar), id); !slices.Equal(got, near) {
			t.Errorf("the county is pointed at %v, want %v", got, near)
		}
		wide := []string{"next county", "same mobile", "same name", "same number"}
		if got := w.alike(w.who(city, petition.Registrar), id); !slices.Equal(got, wide) {
			t.Errorf("the city is pointed at %v, want %v", got, wide)
		}
		rows, err := w.s.AlikeFilings(t.Context(), w.who(county, petition.Registrar), aFiling(county, "a letter"))
		w.must(err)
		if len(rows) != 4 { // the first among them
			t.Errorf("a letter is pointed at %d cases", len(rows))
		}
		_, err = w.s.SameMatter(t.Context(), w.who(county2, petition.Registrar), id)
		w.want(err, petition.NotFound)
	})
}

// Excluded cases are not suggested, and anonymous ones have nothing to be found by.
func TestSameMatterKeepsQuiet(t *testing.T) {
	w := newWorldSQLite(t)
	id, other := w.registered(county, "first"), w.registered(county, "second")
	registrar := w.who(county, petition.Registrar)
	w.must(w.s.Exclude(t.Context(), other, registrar.Staff, w.now))
	if got := w.alike(registrar, id); len(got) != 0 {
		t.Errorf("pointed at %v", got)
	}
	if tokens := w.s.tokensOf(petition.Filing{Anonymous: true}); len(tokens) != 0 {
		t.Errorf("tokens %v", tokens)
	}
}
