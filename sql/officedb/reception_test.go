package officedb

import (
	"testing"

	"huiyin/petition"
)

func aSession(day string) petition.Session {
	return petition.Session{Kind: petition.FixedSession, Leader: "Chen", Post: "deputy head", Portfolio: "cadres", Day: day,
		From: "09:00", Until: "11:30", Place: "Room 2", Subject: "pay of village cadres", Places: 2}
}

// planned is a session that was entered, approved and published.
func (w *world) planned(unit petition.UnitID, day string) petition.ID {
	w.t.Helper()
	head, lead, ctx := w.who(unit, petition.OfficeHead), w.who(unit, petition.Leader), w.t.Context()
	p, err := w.s.Plan(ctx, head, "", 2026)
	w.must(err)
	one, n := aSession(day), len(p.Entries)
	id, err := w.s.ActPlan(ctx, head, 2026, n, petition.PlanAct{Action: petition.EnterSession, Session: &one}, w.now)
	w.must(err)
	for i, step := range []struct {
		by petition.Actor
		a  petition.PlanAction
	}{{head, petition.SubmitPlan}, {lead, petition.ApprovePlan}, {head, petition.PublishPlan}} {
		_, err := w.s.ActPlan(ctx, step.by, 2026, n+1+i, petition.PlanAct{Action: step.a}, w.now)
		w.must(err)
	}
	return id
}

func (w *world) publishedAt(unit petition.UnitID) []petition.Session {
	w.t.Helper()
	d, err := w.s.Directory(w.t.Context(), w.now)
	w.must(err)
	u, _ := d.Unit(unit)
	return u.Sessions
}

func TestScenario13_1_APublishedPlanGoesToThePortal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head, lead := t.Context(), w.who(county, petition.OfficeHead), w.who(county, petition.Leader)
		one := aSession("2026-04-01")
		enter := petition.PlanAct{Action: petition.EnterSession, Session: &one}
		for _, by := range []petition.Actor{w.who(county, petition.Registrar), lead, w.who(county, petition.Handler)} {
			_, err := w.s.ActPlan(ctx, by, 2026, 0, enter, w.now)
			w.want(err, petition.Forbidden)
		}
		for _, by := range []petition.Actor{w.who(county, petition.SystemAdmin), w.who(county, petition.CadreSupervisor), petition.Petitioner} {
			_, err := w.s.ActPlan(ctx, by, 2026, 0, enter, w.now)
			w.want(err, petition.NotFound)
			_, err = w.s.Plan(ctx, by, "", 2026)
			w.want(err, petition.NotFound)
		}
		id, err := w.s.ActPlan(ctx, head, 2026, 0, enter, w.now)
		w.must(err)
		_, err = w.s.ActPlan(ctx, head, 2026, 0, enter, w.now)
		w.want(err, petition.Conflict)
		if got := w.publishedAt(county); len(got) != 0 {
			t.Fatalf("published before anybody approved it: %+v", got)
		}
		for i, step := range []struct {
			by petition.Actor
			a  petition.PlanAction
		}{{head, petition.SubmitPlan}, {lead, petition.ApprovePlan}, {head, petition.PublishPlan}} {
			if got := w.publishedAt(county); len(got) != 0 {
				t.Fatalf("published before %s", step.a)
			}
			_, err := w.s.ActPlan(ctx, step.by, 2026, 1+i, petition.PlanAct{Action: step.a}, w.now)
			w.must(err)
		}
		got := w.publishedAt(county)
		if len(got) != 1 || got[0].ID != id || got[0].Leader != "Chen" || got[0].Portfolio != "cadres" || got[0].Unit != county {
			t.Fatalf("%+v", got)
		}
		if others := w.publishedAt(county2); len(others) != 0 {
			t.Errorf("the neighbour's: %+v", others)
		}
		_, err = w.s.ActPlan(ctx, head, 2026, 4, petition.PlanAct{Action: petition.CallOff, Session: &petition.Session{ID: id}, Text: "the room is flooded"}, w.now)
		w.must(err)
		if got := w.publishedAt(county); got[0].Off != "the room is flooded" {
			t.Errorf("%+v", got)
		}
		// Those above read it, those beside do not; last year's is not published any more.
		p, err := w.s.Plan(ctx, w.who(city, petition.Leader), county, 2026)
		if err != nil || len(p.Entries) != 5 || p.Entries[0].By.Staff != head.Staff {
			t.Errorf("%+v %v", p, err)
		}
		_, err = w.s.Plan(ctx, w.who(county2, petition.OfficeHead), county, 2026)
		w.want(err, petition.NotFound)
		w.now = noon(t, "2027-01-01")
		if got := w.publishedAt(county); len(got) != 0 {
			t.Errorf("in the year after: %+v", got)
		}
	})
}
