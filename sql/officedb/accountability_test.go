package officedb

import (
	"testing"

	"huiyin/petition"
)

// A file is read where it was opened, and by the unit concerned once it is decided; not by
// whoever must not know of the case, nor once that was sealed up.
func TestScenario3_4_WhoReadsAnAccountabilityFile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Judge, First: true, Reason: "none before"})
		supervisor, leader, head := w.who(city, petition.Supervisor), w.who(city, petition.Leader), w.who(county, petition.OfficeHead)
		e := petition.AccountEntry{Text: "nothing was said in time", Measure: "remind"}
		_, err := w.s.AddAccountability(t.Context(), supervisor, id, e, w.now)
		w.want(err, petition.Invalid)
		w.now = w.now.AddDate(0, 0, 30)
		_, err = w.s.AddAccountability(t.Context(), leader, id, e, w.now)
		w.want(err, petition.NotFound)
		file, err := w.s.AddAccountability(t.Context(), supervisor, id, e, w.now)
		w.must(err)
		_, err = w.s.AddAccountability(t.Context(), supervisor, id, e, w.now)
		w.want(err, petition.Conflict)
		_, err = w.s.Accountability(t.Context(), head, file)
		w.want(err, petition.NotFound)
		decision := petition.AccountEntry{Step: petition.AccountPursue, Text: "true", Measure: "correct"}
		w.want(w.s.StepAccountability(t.Context(), supervisor, file, 1, decision, w.now), petition.Forbidden)
		w.want(w.s.StepAccountability(t.Context(), leader, file, 7, decision, w.now), petition.Conflict)
		w.must(w.s.StepAccountability(t.Context(), leader, file, 1, decision, w.now))
		a, err := w.s.Accountability(t.Context(), head, file)
		if err != nil || a.State != petition.AccountDecided || a.About != county || a.Entries[1].Measure != "correct" ||
			len(a.Entries[0].Faults) == 0 || a.Entries[0].Faults[0].Kind != petition.LateNotice {
			t.Errorf("%+v, %v", a, err)
		}
		_, err = w.s.Accountability(t.Context(), w.who(county2, petition.OfficeHead), file)
		w.want(err, petition.NotFound)
		_, err = w.s.Accountabilities(t.Context(), w.who(county, petition.Handler))
		w.want(err, petition.NotFound)
		w.must(w.s.Exclude(t.Context(), id, head.Staff, w.now))
		_, err = w.s.Accountability(t.Context(), head, file)
		w.want(err, petition.NotFound)
		w.must(w.s.StepAccountability(t.Context(), supervisor, file, 2, petition.AccountEntry{Step: petition.AccountFeedback, Text: "done"}, w.now))
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.SealUp, Reason: "a report"})
		if all, err := w.s.Accountabilities(t.Context(), supervisor); err != nil || len(all) != 0 {
			t.Errorf("of a sealed case: %+v, %v", all, err)
		}
		w.sound()
	})
}
