package officedb

import (
	"testing"

	"huiyin/petition"
)

// waiting is a claim that waits for a signature.
func (w *world) waiting(unit petition.UnitID, f petition.Filing, o petition.Outcome) petition.ID {
	w.t.Helper()
	id := w.filed(f)
	w.do(w.who(unit, petition.Registrar), id, registerAct())
	w.do(w.who(unit, petition.Registrar), id, petition.Act{Action: petition.Distribute, Office: "org", Handler: w.who(unit, petition.Handler).Staff})
	w.do(w.who(unit, petition.UnitHead), id, acceptAct())
	w.drafted(unit, id, o)
	return id
}

// A like case that ended the other way is named before the signature, and the signer's
// reason is kept with it.
func TestScenario5_3_ALikeCaseWithTheOppositeOutcomeAsksForAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		other := w.ruled(county, said(county, "离任补助没有领到", yearsOwed), petition.NotSupported)
		w.ruled(county, said(county, "党费多收了", duesPaid), petition.NotSupported)      // about something else
		w.ruled(county, said(county, "补助领到了", yearsOwed+"请核对。"), petition.Explained) // not the contrary
		id := w.waiting(county, said(county, "离任村干部补助", yearsOwed+"请尽快核实。"), petition.Supported)
		signer := w.who(county, petition.UnitHead)
		found, err := w.s.Contrary(ctx, signer, id, 1)
		w.must(err)
		if len(found) != 1 || found[0].Link.Case != other || found[0].Outcome != petition.NotSupported || found[0].Title != "离任补助没有领到" {
			t.Fatalf("%+v", found)
		}
		_, err = w.try(signer, id, petition.Act{Action: petition.Sign})
		w.want(err, petition.Invalid)
		c := w.do(signer, id, petition.Act{Action: petition.Sign, Reason: "任职年限有档案证明，前案没有。"})
		last := c.Events[len(c.Events)-1].Act
		if last.Reason == "" || len(last.Contrary) != 1 || last.Contrary[0].Case != other {
			t.Errorf("kept: %+v", last)
		}
		// And the other way round: from now on a refusal of the like is warned of too.
		next := w.waiting(county, said(county, "补助", yearsOwed), petition.NotSupported)
		if found, err = w.s.Contrary(ctx, signer, next, 1); err != nil || len(found) != 1 || found[0].Link.Case != id {
			t.Errorf("%+v %v", found, err)
		}
	})
}

// Words apart, resting on the same article is likeness enough.
func TestScenario5_3_TheSameArticleIsLikeness(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.filed(said(county, "补助", yearsOwed))
		w.do(w.who(county, petition.Registrar), id, registerAct())
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Distribute, Office: "org", Handler: w.who(county, petition.Handler).Staff})
		w.do(w.who(county, petition.UnitHead), id, acceptAct())
		w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.Start})
		refusal := w.opinion(petition.NotSupported)
		refusal.Cites = w.cites()
		refusal.Paper.Basis = append(refusal.Paper.Basis, refusal.Cites[0].Printed)
		w.do(w.who(county, petition.Handler), id, refusal)
		w.do(w.who(county, petition.UnitHead), id, petition.Act{Action: petition.Sign})
		next := w.waiting(county, said(county, "党费", duesPaid), petition.Supported)
		found, err := w.s.Contrary(t.Context(), w.who(county, petition.UnitHead), next, 1)
		w.must(err)
		if len(found) != 1 || !found[0].Shared {
			t.Errorf("%+v", found)
		}
	})
}

// Of a case that the signer may not see only the unit is told; a report that was sealed
// up, and a case that must not exist for the signer, are not there at all.
func TestScenario5_3_NothingIsToldThatTheSignerMayNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.ruled(county2, said(county2, "别处的补助", yearsOwed), petition.NotSupported)
		id := w.waiting(county, said(county, "补助", yearsOwed), petition.Supported)
		signer := w.who(county, petition.UnitHead)
		found, err := w.s.Contrary(ctx, signer, id, 1)
		w.must(err)
		if len(found) != 1 || found[0].Link != (petition.Link{Unit: county2}) || found[0].Title != "" || !found[0].At.IsZero() {
			t.Errorf("%+v", found)
		}
		_, err = w.s.Contrary(ctx, w.who(county2, petition.UnitHead), id, 1)
		w.want(err, petition.NotFound)

		own := w.ruled(county, said(county, "本县的补助", yearsOwed), petition.NotSupported)
		if found, err = w.s.Contrary(ctx, signer, id, 1); err != nil || len(found) != 2 {
			t.Fatalf("%+v %v", found, err)
		}
		w.must(w.s.Exclude(ctx, own, signer.Staff, w.now))
		if found, err = w.s.Contrary(ctx, signer, id, 1); err != nil || len(found) != 1 || found[0].Link.Unit != county2 {
			t.Errorf("who is excluded reads %+v %v", found, err)
		}
	})
}

// A decided claim that turns out to be a report about a cadre leaves no decision behind.
func TestScenario5_3_ASealedCaseIsNoLikeCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.accepted(county, "补助")
		w.answer(other, county)
		handler := w.who(county, petition.Handler)
		w.do(handler, other, petition.Act{Action: petition.AskClosing, Paper: aPaper(petition.HandlingReport)})
		w.do(w.who(county, petition.ClosingAuditor), other, petition.Act{Action: petition.AuditReturn, Reason: "again"})
		w.do(handler, other, petition.Act{Action: petition.SealUp, Reason: "it is about a cadre"})
		for _, table := range []string{`decision`, `citation`} {
			var n int
			w.must(w.db.Get(t.Context(), &n, `SELECT COUNT(*) FROM `+table+` WHERE case_id = ?`, other))
			if n != 0 {
				t.Errorf("%d rows of %s stay", n, table)
			}
		}
		file, err := w.s.Policy(t.Context(), w.who(city, petition.Leader), w.rule.ID)
		w.must(err)
		if len(file.Cases) != 0 {
			t.Errorf("the policy's page names %+v", file.Cases)
		}
		id := w.waiting(county, aFiling(county, "补助"), petition.NotSupported)
		found, err := w.s.Contrary(t.Context(), w.who(county, petition.UnitHead), id, 1)
		w.must(err)
		if len(found) != 0 {
			t.Errorf("%+v", found)
		}
	})
}

func TestLikenessIsTheShareOfCommonWords(t *testing.T) {
	w := newWorldSQLite(t)
	sketch := func(text string) []byte { return w.s.sketch(petition.Filing{Facts: text}) }
	if got := likeness(sketch(yearsOwed), sketch(yearsOwed)); got != 1 {
		t.Errorf("the same text: %f", got)
	}
	if got := likeness(sketch(yearsOwed), sketch(duesPaid)); got > 0.05 {
		t.Errorf("another matter: %f", got)
	}
	if got := likeness(sketch(yearsOwed), sketch(yearsOwed+duesPaid)); got < 0.3 || got > 0.8 {
		t.Errorf("half of it: %f", got)
	}
	if likeness(nil, nil) != 0 || likeness(nil, sketch(duesPaid)) != 0 {
		t.Error("nothing is like something")
	}
	other := newWorldSQLite(t)
	if got := likeness(sketch(yearsOwed), other.s.sketch(petition.Filing{Facts: yearsOwed})); got != 0 {
		t.Errorf("without the key: %f", got)
	}
}
