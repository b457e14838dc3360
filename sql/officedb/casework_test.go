package officedb

import (
	"slices"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// The parts of a divided petition are cases of their own at the unit; the petitioner
// follows them under the one code, and what he does to one reaches that one.
func TestScenario1_4_PartsUnderOneCode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age, and a suggestion")
		registrar, head := w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)
		w.do(registrar, id, petition.Act{Action: petition.Divide, Reason: "two matters", Parts: []petition.Part{
			{Purpose: petition.PurposeRequest, Topic: "C6", Title: "Party age", Facts: "It is two years short."},
			{Purpose: petition.PurposeAdvice, Topic: "G1", Title: "Opening hours", Facts: "Please open at noon."}}})
		c := w.do(head, id, petition.Act{Action: petition.Approve})
		if len(c.Parts) != 2 || c.Parts[0].Case.IsZero() || c.Leg(1).State != petition.Divided {
			t.Fatalf("%+v", c.Parts)
		}
		f := w.folder(id)
		if len(f.Matters) != 2 || f.Matters[0].Title != "Party age" || f.Status != petition.ShownDivided {
			t.Fatalf("%+v", f)
		}
		claim, advice := c.Parts[0].Case, c.Parts[1].Case
		for part, track := range map[petition.ID]petition.Track{claim: petition.Claim, advice: petition.Advice} {
			child, err := w.s.Case(t.Context(), registrar, part)
			w.must(err)
			if child.Track != track || child.Parent == nil || child.Parent.Case != id {
				t.Errorf("%+v", child)
			}
		}
		found, err := w.s.Find(t.Context(), registrar, c.Number+"-2")
		if err != nil || found != advice {
			t.Errorf("%s-2 is %v, %v", c.Number, found, err)
		}
		w.do(w.who(county, petition.UnitHead), claim, acceptAct())
		if f := w.folder(id); f.Matters[0].Status != petition.ShownAccepted || len(f.Matters[0].Letters) != 1 || f.Matters[1].Status != petition.ShownChecking {
			t.Errorf("%+v", f.Matters)
		}
		m := exchange.Message{ID: w.id(), Filing: id, At: w.now, Matter: 2, Act: petition.Act{Action: petition.Withdraw}}
		w.must(w.s.TakeMessage(t.Context(), w.taking(w.id(), ""), m))
		if f := w.folder(id); f.Matters[1].Status != petition.ShownWithdrawn || f.Matters[0].Status != petition.ShownAccepted {
			t.Errorf("%+v", f.Matters)
		}
		w.sound()
	})
}

// A review opens a leg at the unit above, which gets the key; once refused, it has
// nothing more to do with the case and no longer holds the key.
func TestReviewLegHoldsTheKeyWhileItLasts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "Party age")
		w.answer(id, county)
		w.said(id, petition.Act{Action: petition.AskReview, Text: "1998 was left out"})
		if got := w.page(w.who(city, petition.Registrar), petition.ToReview); len(got) != 1 {
			t.Errorf("to review at the city: %v", got)
		}
		w.holds(id, county, city)
		w.do(w.who(city, petition.OfficeHead), id, petition.Act{Action: petition.RefuseReview, Reason: "too late",
			Paper: aPaper(petition.ReviewRefusal)})
		w.holds(id, county)
		w.sound()
	})
}

// What was granted and not done in time, and the time for a review, pass by themselves.
func TestTimePassesByItself(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "Party age")
		handler := w.who(county, petition.Handler)
		w.handle(id, county)
		w.do(w.who(county, petition.ClosingAuditor), id, w.auditPass())
		w.must(w.s.SystemTick(t.Context(), noon(t, "2026-04-02")))
		w.state(handler, id, petition.Closed)
		w.must(w.s.SystemTick(t.Context(), noon(t, "2026-04-06")))
		w.state(handler, id, petition.ClosedFinal)
		w.must(w.s.SystemTick(t.Context(), noon(t, "2026-06-02")))
		w.state(handler, id, petition.Supervised)
		w.do(handler, id, petition.Act{Action: petition.Execute, Text: "the register is corrected",
			Execution: &petition.Execution{Done: "2026-03-02"}})
		w.state(handler, id, petition.ClosedFinal)
		w.sound()
	})
}

// holds expects exactly these units to hold the case's key.
func (w *world) holds(id petition.ID, units ...petition.UnitID) {
	w.t.Helper()
	var have []string
	w.must(w.db.Select(w.t.Context(), &have, `SELECT holder FROM case_key WHERE case_id = ? ORDER BY holder`, id))
	if len(have) != len(units) {
		w.t.Fatalf("held by %v", have)
	}
	for i, u := range units {
		if have[len(units)-1-i] != string(exchange.UnitHolder(u)) && have[i] != string(exchange.UnitHolder(u)) {
			w.t.Errorf("held by %v", have)
		}
	}
}

// What the follow page offers reaches the case: a wish to correct one's data, a question
// who has looked, an urging; also when the matter is over. They stand in the folder.
func TestTheRightsOfTheFollowPageReachTheCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "Party age")
		for _, a := range []petition.Action{petition.Urge, petition.Correct, petition.AskViews, petition.AskRecusal, petition.Withdraw, petition.AskViews} {
			w.said(id, petition.Act{Action: a, Text: "words of " + string(a)})
		}
		c, err := w.s.Case(t.Context(), w.who(county, petition.Registrar), id)
		w.must(err)
		var got []petition.Action
		for _, e := range c.Events[len(c.Events)-6:] {
			got = append(got, e.Act.Action)
		}
		want := []petition.Action{petition.Urge, petition.Correct, petition.AskViews, petition.AskRecusal, petition.Withdraw, petition.AskViews}
		if !slices.Equal(got, want) {
			t.Errorf("%v", got)
		}
		steps := w.folder(id).Steps
		if last := steps[len(steps)-1]; last.Key != "step.views_asked" || !last.Mine || last.Text != "words of ask_views" {
			t.Errorf("%+v", last)
		}
		w.sound()
	})
}
