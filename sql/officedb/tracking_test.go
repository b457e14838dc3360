package officedb

import (
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// A superior's decision is registered with its source, words, day and owner; its progress
// is reported until it is closed; overdue it is so for both levels, is asked for by the
// night's job, and may be supervised. Nobody beside them learns of it.
func TestScenario8_5_ADecisionIsTrackedUntilClosed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		lead, head, sup := w.who(city, petition.Leader), w.who(county, petition.OfficeHead), w.who(city, petition.Supervisor)
		d := w.duty(lead, petition.Tracking, "", county, petition.ID{})
		if d.Values["decided_by"] == "" || d.Values["decided_on"] == "" || d.Values["decision"] == "" || d.Due != "2026-03-20" {
			t.Fatalf("registered: %+v", d)
		}
		act := func(by petition.Actor, a petition.DutyAct) {
			t.Helper()
			got, err := w.s.Duty(ctx, by, d.ID)
			w.must(err)
			w.must(w.s.ActDuty(ctx, by, d.ID, len(got.Entries), a, w.now))
		}
		act(head, petition.DutyAct{Action: petition.ProgressDuty, Text: "three of five are done"})
		late := func(by petition.Actor) (rows int, c backoffice.DutyCounts) {
			t.Helper()
			side := backoffice.DutiesOurs
			if by.Unit == city {
				side = backoffice.DutiesSet
			}
			page, err := w.s.Duties(ctx, by, backoffice.DutyQuery{List: backoffice.DutiesLive, Side: side, Kind: petition.Tracking, Late: true, Now: w.now})
			w.must(err)
			c, err = w.s.DutyCounts(ctx, by, w.now)
			w.must(err)
			return len(page.Rows), c
		}
		for _, by := range []petition.Actor{lead, head} {
			if n, c := late(by); n != 0 || c.Late+c.SetLate != 0 {
				t.Errorf("late before its day: %d %+v", n, c)
			}
		}
		w.now = noon(t, "2026-03-21")
		if n, c := late(lead); n != 1 || c.SetLate != 1 || c.Late != 0 {
			t.Errorf("above: %d %+v", n, c)
		}
		if n, c := late(head); n != 1 || c.Late != 1 || c.SetLate != 0 {
			t.Errorf("below: %d %+v", n, c)
		}
		if _, err := w.s.Supervise(ctx, w.now); err != nil {
			t.Fatal(err)
		}
		if rows := w.draftedFor(sup, petition.NoFeedback); len(rows) != 1 || !strings.Contains(rows[0].Title, d.Title) {
			t.Errorf("asked for: %+v", rows)
		}
		act(head, petition.DutyAct{Action: petition.ProgressDuty, Text: "four of five"})
		act(head, petition.DutyAct{Action: petition.AnswerDuty, Values: map[string]string{"result": "all five"}})
		act(lead, petition.DutyAct{Action: petition.CloseDuty, Outcome: "done", Text: "seen on the spot"})
		got, err := w.s.Duty(ctx, head, d.ID)
		if err != nil || got.State != petition.DutyClosed || len(got.Entries) != 5 {
			t.Errorf("closed: %+v %v", got, err)
		}
		w.want(w.s.ActDuty(ctx, head, d.ID, 5, petition.DutyAct{Action: petition.ProgressDuty, Text: "more"}, w.now), petition.Conflict)
		_, err = w.s.Duty(ctx, w.who(county2, petition.OfficeHead), d.ID)
		w.want(err, petition.NotFound)
	})
}

// A supervision may press on with a tracked decision: at who answers for it, and only what
// the supervisor sees.
func TestScenario8_2_ASupervisionOfADecision(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		sup := w.who(city, petition.Supervisor)
		decision := w.duty(w.who(city, petition.Leader), petition.Tracking, "", county, petition.ID{})
		other := w.duty(w.who(city, petition.Leader), petition.Instruction, "", county, petition.ID{})
		for _, form := range petition.DutyForms(petition.Supervision) {
			act := petition.DutyAct{Action: petition.SetDuty, Kind: petition.Supervision, Form: form, Owner: county, Decision: decision.ID,
				Title: "how far is it", Due: "2026-03-20", Values: dutyWords(petition.DutyFields(petition.Supervision, form))}
			made, err := w.s.SetDuty(t.Context(), sup, act, w.now)
			w.must(err)
			got, err := w.s.Duty(t.Context(), w.who(county, petition.OfficeHead), made.ID)
			if err != nil || got.Decision != decision.ID {
				t.Errorf("%s: %+v %v", form, got, err)
			}
			act.Owner = county2
			_, err = w.s.SetDuty(t.Context(), sup, act, w.now)
			w.problems(err, "owner")
			act.Owner, act.Decision = county, other.ID
			_, err = w.s.SetDuty(t.Context(), sup, act, w.now)
			w.problems(err, "owner")
			act.Decision = decision.ID
			_, err = w.s.SetDuty(t.Context(), w.who(county2, petition.Supervisor), act, w.now)
			w.want(err, petition.NotFound)
		}
	})
}
