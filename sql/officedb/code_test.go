package officedb

import (
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// grants is what the portal was told about codes of a filing.
func (w *world) grants(id petition.ID) []exchange.GrantUpdate {
	w.t.Helper()
	var out []exchange.GrantUpdate
	for _, a := range w.outgoing() {
		if a.Grant != nil && a.Grant.Filing == id {
			out = append(out, *a.Grant)
		}
	}
	return out
}

func walkIn(unit petition.UnitID) petition.Act {
	f := aFiling(unit, "A letter")
	f.Channel = petition.ByLetter
	return petition.Act{Channel: petition.ByLetter, Topic: "C6", Filing: &f, Unit: unit}
}

// A letter gets a code: with it the case can be followed on the portal.
func TestRegisterForGivesACodeThatOpens(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, code, err := w.s.RegisterFor(t.Context(), w.who(county, petition.Registrar), walkIn(county), w.now)
		w.must(err)
		given := w.grants(id)
		if len(given) != 1 || given[0].Give == nil {
			t.Fatalf("grants %+v", given)
		}
		reading, err := given[0].Give.Open(code)
		w.must(err)
		if want, _ := w.s.ReadingKey(t.Context(), id); want != reading {
			t.Error("the code opens another key")
		}
		if f := w.folder(id); f.Title != "A letter" || f.Number == "" || f.Filing == nil {
			t.Errorf("the portal shows %+v", f)
		}
		if got := w.page(w.who(county, petition.Registrar), petition.ToTriage); len(got) != 1 {
			t.Errorf("to triage: %v", got)
		}
		_, _, err = w.s.RegisterFor(t.Context(), w.who(county, petition.Leader), walkIn(county), w.now)
		w.want(err, petition.Forbidden)
		report := walkIn(county)
		report.Filing.Purpose = petition.PurposeReport
		_, _, err = w.s.RegisterFor(t.Context(), w.who(county, petition.Registrar), report, w.now)
		w.want(err, petition.Invalid)
		w.sound()
	})
}

// A lost code is replaced after a purpose is stated; the old one dies with the same
// item that gives the new one, and the look at the file is logged.
func TestReplaceCode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lost := exchange.NewCode()
		id := w.filedWith(aFiling(county, "Party age"), lost)
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		_, err := w.s.ReplaceCode(t.Context(), registrar, id, "", w.now)
		w.want(err, petition.Invalid)
		_, err = w.s.ReplaceCode(t.Context(), w.who(county, petition.Handler), id, "lost", w.now)
		w.want(err, petition.Forbidden)
		first, err := w.s.ReplaceCode(t.Context(), registrar, id, "lost his slip", w.now)
		w.must(err)
		w.now = w.now.Add(time.Minute)
		second, err := w.s.ReplaceCode(t.Context(), registrar, id, "lost it again", w.now)
		w.must(err)
		updates := w.grants(id)
		if len(updates) != 2 {
			t.Fatalf("%d updates", len(updates))
		}
		for i, c := range []struct{ gone, given exchange.Code }{{lost, first}, {first, second}} {
			u := updates[i]
			if len(u.Revoke) != 1 || u.Revoke[0] != c.gone.Locator() {
				t.Errorf("update %d revokes %v", i, u.Revoke)
			}
			if _, err := u.Give.Open(c.given); err != nil {
				t.Errorf("update %d: %v", i, err)
			}
		}
		views := w.views(registrar, id)
		if len(views) != 2 || views[0].What != viewedCode || views[0].Purpose != "lost his slip" {
			t.Errorf("logged %+v", views)
		}
		w.sound()
	})
}

func TestAnonymousCodeCannotBeReplaced(t *testing.T) {
	w := newWorldSQLite(t)
	f := aFiling(county, "An idea")
	f.Purpose, f.Anonymous, f.Person = petition.PurposeAdvice, true, petition.Person{}
	id := w.filed(f)
	_, err := w.s.ReplaceCode(t.Context(), w.who(county, petition.Registrar), id, "lost", w.now)
	w.want(err, petition.Forbidden)
	if len(w.grants(id)) != 0 || len(w.views(w.who(county, petition.Registrar), id)) != 0 {
		t.Error("a refused replacement left traces")
	}
}
