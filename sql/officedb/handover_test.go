package officedb

import (
	"testing"

	"huiyin/petition"
)

// All that a leaver has in hand goes to a colleague in one act, each case with the reason
// in its log; what cannot go stays and is named; a second time does nothing twice.
func TestALeaversCasesAreHandedOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		leaver, head := w.who(county, petition.Handler), w.who(county, petition.UnitHead)
		heir := w.hire(county, "heir", petition.Handler)
		ids := []petition.ID{w.accepted(county, "one"), w.accepted(county, "two")}
		w.registered(county, "nobody's")
		asked := w.accepted(county, "asked to wait")
		w.do(w.who(county, petition.Handler), asked, petition.Act{Action: petition.Start})
		w.do(w.who(county, petition.Handler), asked, petition.Act{Action: petition.Extend, Days: 10, Reason: "hard", Paper: aPaper(petition.ExtensionNotice)})

		admin := w.who(prov, petition.SystemAdmin)
		w.want(w.s.CloseAccount(t.Context(), admin, leaver.Staff, "moved away", w.now), petition.Invalid)
		if a, err := w.s.Account(t.Context(), admin, leaver.Staff, w.now); err != nil || a.Holds != 3 || !a.Active {
			t.Fatalf("%+v %v", a, err)
		}
		all, err := w.s.Holdings(t.Context(), head)
		w.must(err)
		if len(all) != 1 || all[0].ID != leaver.Staff || all[0].Count != 3 {
			t.Fatalf("holdings: %+v", all)
		}
		_, err = w.s.HandOver(t.Context(), head, leaver.Staff, heir.Staff, " ", w.now)
		w.want(err, petition.Invalid)
		for _, to := range []petition.Actor{leaver, w.who(county, petition.Registrar), w.who(county2, petition.Handler)} {
			_, err = w.s.HandOver(t.Context(), head, leaver.Staff, to.Staff, "handover", w.now)
			w.want(err, petition.Invalid)
		}
		for _, by := range []petition.Actor{leaver, w.who(county, petition.Registrar), admin} {
			_, err = w.s.HandOver(t.Context(), by, leaver.Staff, heir.Staff, "handover", w.now)
			w.want(err, petition.NotFound)
		}
		other, err := w.s.HandOver(t.Context(), w.who(county2, petition.UnitHead), leaver.Staff, w.who(county2, petition.Handler).Staff, "handover", w.now)
		if err != nil || other.Done != 0 {
			t.Fatalf("another unit: %+v %v", other, err)
		}

		did, err := w.s.HandOver(t.Context(), head, leaver.Staff, heir.Staff, "handover", w.now)
		if err != nil || did.Done != 2 || len(did.Left) != 1 || did.Left[0].Case != asked || did.Left[0].Key != "error.waits_for_approval" {
			t.Fatalf("%+v %v", did, err)
		}
		w.do(w.who(county, petition.UnitHead), asked, petition.Act{Action: petition.Decline, Reason: "hand it over first"})
		for i, want := range []int{1, 0} {
			did, err := w.s.HandOver(t.Context(), head, leaver.Staff, heir.Staff, "handover", w.now)
			if err != nil || did.Done != want || len(did.Left) != 0 {
				t.Fatalf("again, time %d: %+v %v", i+1, did, err)
			}
		}
		for _, id := range ids {
			c, err := w.s.Case(t.Context(), head, id)
			w.must(err)
			last := c.Events[len(c.Events)-1]
			if c.Leg(1).Handler != heir.Staff || last.Act.Action != petition.Distribute || last.Act.Reason != "handover" || last.By.Staff != head.Staff {
				t.Errorf("%+v", last)
			}
		}
		w.must(w.s.CloseAccount(t.Context(), admin, leaver.Staff, "moved away", w.now))
		if wrong, err := w.s.Recount(t.Context()); err != nil || wrong != "" {
			t.Errorf("%s %v", wrong, err)
		}
	})
}
