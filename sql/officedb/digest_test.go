package officedb

import (
	"testing"

	"huiyin/petition"
)

// The compartment reads any month; a leader only one that was put to him; for everybody
// else there is none, and nobody's office log says that there is.
func TestDigestIsForTheCompartmentAndWhomItIsPutTo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.reported(county)
		w.reported(county)
		w.reported(county2)
		second := w.hire(county, "leader2", petition.Leader)
		before := w.counted()["audit"]
		one, leader := w.who(county, petition.CadreSupervisor), w.who(county, petition.Leader)
		d, err := w.s.Digest(t.Context(), one, "2026-03", w.now)
		if err != nil || d.Came != 2 || d.Kinds[0].Key != "B1" {
			t.Fatalf("%+v, %v", d, err)
		}
		_, err = w.s.Digest(t.Context(), leader, "2026-03", w.now)
		w.want(err, petition.NotFound)
		w.must(w.s.PutDigest(t.Context(), one, "2026-03", leader.Staff, w.now))
		if d, err = w.s.Digest(t.Context(), leader, "2026-03", w.now); err != nil || d.Came != 2 {
			t.Errorf("put to him: %+v, %v", d, err)
		}
		_, err = w.s.Digest(t.Context(), leader, "2026-02", w.now)
		w.want(err, petition.NotFound)
		put, err := w.s.PutDigests(t.Context(), leader)
		if err != nil || len(put) != 1 || put[0].Month != "2026-03" || put[0].Leader != leader.Name {
			t.Errorf("%+v, %v", put, err)
		}
		if put, err = w.s.PutDigests(t.Context(), second); err != nil || len(put) != 0 {
			t.Errorf("another leader: %+v, %v", put, err)
		}
		for _, a := range w.staff {
			if a.Is(petition.CadreSupervisor) || a.Staff == leader.Staff {
				continue
			}
			_, err := w.s.Digest(t.Context(), a, "2026-03", w.now)
			w.want(err, petition.NotFound)
			w.want(w.s.PutDigest(t.Context(), a, "2026-03", leader.Staff, w.now), petition.NotFound)
		}
		if d, err := w.s.Digest(t.Context(), w.who(city, petition.CadreSupervisor), "2026-03", w.now); err != nil || d.Came != 0 {
			t.Errorf("the city's own: %+v, %v", d, err)
		}
		w.want(w.s.PutDigest(t.Context(), one, "2026-03", w.who(city, petition.Leader).Staff, w.now), petition.Invalid)
		w.want(w.s.PutDigest(t.Context(), one, "2026-03", one.Staff, w.now), petition.Invalid)
		w.want(w.s.PutDigest(t.Context(), one, "2026-05", leader.Staff, w.now), petition.Invalid)
		_, err = w.s.Digest(t.Context(), one, "march", w.now)
		w.want(err, petition.Invalid)
		if n := w.counted()["audit"]; n != before {
			t.Errorf("%d entries in the office's log, %d before", n, before)
		}
		w.sound()
	})
}

// Of a report about oneself no figure tells.
func TestDigestDoesNotCountWhatIsAboutTheReader(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.reported(county)
	one := w.who(county, petition.CadreSupervisor)
	second := w.hire(county, "second", petition.CadreSupervisor)
	w.inCompartment(second, id, cadreAct(petition.CadreRegister, petition.CadreStep{Reported: []petition.Respondent{
		{Reported: petition.Reported{Name: "he"}, Manager: county, Staff: one.Staff}}}))
	for by, want := range map[string]int{one.Name: 0, second.Name: 1} {
		d, err := w.s.Digest(t.Context(), w.staff[string(county)+"/"+by], "2026-03", w.now)
		if err != nil || d.Came != want || d.Hand != want {
			t.Errorf("%s: %+v, %v", by, d, err)
		}
	}
}
