package officedb

import (
	"fmt"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// When a quarter has ended, a plan is proposed to the unit above for whom rates show to be
// weak, once, however often the job runs and on however many nodes; a person sends it or
// withdraws it with a reason.
func TestScenario12_3_AWeakUnitIsProposedForGuidance(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for i := range 6 { // accepted, and never answered
			w.accepted(county, fmt.Sprintf("late %d", i))
		}
		for i := range 12 { // much more comes here, and nothing is late
			w.said(w.registered(county2, fmt.Sprintf("more %d", i)), petition.Act{Action: petition.Withdraw, Text: "settled"})
		}
		drafts := func() []backoffice.DutyRow {
			page, err := w.s.Duties(ctx, w.who(city, petition.Supervisor), backoffice.DutyQuery{List: backoffice.DutiesDrafts,
				Side: backoffice.DutiesSet, Kind: petition.HelpPlan, Now: w.now})
			w.must(err)
			return page.Rows
		}
		w.now = noon(t, "2026-06-30") // answers fell due in May
		w.must(w.s.ProposeGuidance(ctx, w.now))
		if got := drafts(); len(got) != 0 {
			t.Fatalf("before the quarter has ended: %+v", got)
		}
		w.now = noon(t, "2026-07-01")
		other := w.open()
		for range 2 {
			w.must(w.s.SystemTick(ctx, w.now))
			w.must(w.s.ProposeGuidance(ctx, w.now))
			w.must(other.guidanceOf(ctx, "2026-Q2", w.now))
		}
		found := drafts()
		if len(found) != 1 || found[0].Owner != county || found[0].From != city || found[0].Title != "2026年第2季度帮扶"+w.unitShort(county) {
			t.Fatalf("proposed: %+v", found)
		}
		head := w.who(city, petition.OfficeHead)
		plan, err := w.s.Duty(ctx, head, found[0].ID)
		w.must(err)
		if plan.Values["weakness"] != "2026年第2季度到期的6件里，按期答复0件。" || plan.Values["plan"] == "" {
			t.Errorf("%q", plan.Values)
		}
		w.want(w.s.ActDuty(ctx, head, plan.ID, 1, petition.DutyAct{Action: petition.WithdrawDuty}, w.now), petition.Invalid)
		w.must(w.s.ActDuty(ctx, head, plan.ID, 1, petition.DutyAct{Action: petition.IssueDuty, Due: petition.Day(w.now.AddDate(0, 0, 60)),
			Values: plan.Values}, w.now))
		if plan, err = w.s.Duty(ctx, w.who(county, petition.OfficeHead), plan.ID); err != nil || plan.State != petition.DutyOpen {
			t.Errorf("the unit itself: %+v, %v", plan, err)
		}
		w.now = noon(t, "2026-10-01")
		w.must(w.s.ProposeGuidance(ctx, w.now))
		if got := drafts(); len(got) != 0 {
			t.Errorf("a quarter in which nothing fell due: %+v", got)
		}
	})
}

func (w *world) unitShort(id petition.UnitID) string {
	w.t.Helper()
	rules, err := w.s.Rules(w.t.Context())
	w.must(err)
	u, _ := rules.Units.Unit(id)
	return u.Short
}
