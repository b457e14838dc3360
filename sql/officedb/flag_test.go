package officedb

import (
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// lateFlags counts the marks past their day that a reader sees.
func (w *world) lateFlags(by petition.Actor) int {
	w.t.Helper()
	page, err := w.s.Duties(w.t.Context(), by, backoffice.DutyQuery{List: backoffice.DutiesLive, Side: backoffice.DutiesBelow,
		Kind: petition.Flagged, Late: true, Now: w.now})
	w.must(err)
	return len(page.Rows)
}

// What is marked as important and not reported by its day is late (迟报) for the leader of
// the department and for the level above, where a letter is drafted once; nobody beside
// learns of it.
func TestScenario11_2_AnImportantFlagWithoutAReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		desk, lead, up, sup := w.who(county, petition.Registrar), w.who(county, petition.Leader), w.who(city, petition.Leader), w.who(city, petition.Supervisor)
		id := w.registered(county, "a village on the road")
		flag := w.duty(desk, petition.Flagged, "", county, id)
		for _, by := range []petition.Actor{lead, up} {
			if n := w.lateFlags(by); n != 0 {
				t.Fatalf("late before its day: %d", n)
			}
		}
		w.now = noon(t, "2026-03-21")
		for range 3 {
			if _, err := w.s.Supervise(t.Context(), w.now); err != nil {
				t.Fatal(err)
			}
		}
		if w.lateFlags(lead) != 1 || w.lateFlags(up) != 1 || w.lateFlags(w.who(county2, petition.Leader)) != 0 {
			t.Errorf("late: here %d, above %d, beside %d", w.lateFlags(lead), w.lateFlags(up), w.lateFlags(w.who(county2, petition.Leader)))
		}
		rows := w.draftedFor(sup, petition.NoFeedback)
		if len(rows) != 1 || rows[0].Owner != county || !strings.Contains(rows[0].Title, "重要情况") {
			t.Fatalf("drafted above: %+v", rows)
		}
		if rows := w.draftedFor(lead, petition.NoFeedback); len(rows) != 0 {
			t.Errorf("drafted here: %+v", rows)
		}
		w.must(w.s.ActDuty(t.Context(), lead, flag.ID, 1, petition.DutyAct{Action: petition.CloseDuty, Outcome: "omitted", Text: "forgotten over the holiday"}, w.now))
		if w.lateFlags(up) != 0 {
			t.Error("late although it was coded")
		}
	})
}

// The report upward answers the mark in one act; only an open mark of the own unit is
// answered, and a report that is refused leaves it open.
func TestScenario11_2_TheReportAnswersTheFlag(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		desk := w.who(county, petition.Registrar)
		flag := w.duty(desk, petition.Flagged, "", county, petition.ID{})
		act := petition.DutyAct{Action: petition.SetDuty, Kind: petition.Important, Owner: city, Flag: flag.ID, Title: "a village on the road", Due: "2026-03-20"}
		state := func() petition.DutyState {
			t.Helper()
			d, err := w.s.Duty(ctx, desk, flag.ID)
			w.must(err)
			return d.State
		}
		if _, err := w.s.SetDuty(ctx, desk, act, w.now); !petition.Is(err, petition.Invalid) || state() != petition.DutyOpen {
			t.Fatalf("an empty report: %v, the mark is %s", err, state())
		}
		act.Values = dutyWords(petition.DutyFields(petition.Important, ""))
		_, err := w.s.SetDuty(ctx, w.who(county2, petition.Registrar), act, w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.SetDuty(ctx, desk, act, w.now)
		w.must(err)
		if state() != petition.DutyAnswered {
			t.Fatalf("the mark is %s", state())
		}
		_, err = w.s.SetDuty(ctx, desk, act, w.now)
		w.want(err, petition.NotFound)
		if rows := w.dutyList(w.who(city, petition.OfficeHead), backoffice.DutiesLive, backoffice.DutiesOurs); len(rows) != 1 {
			t.Errorf("above: %+v", rows)
		}
		other := w.duty(w.who(city, petition.Leader), petition.Instruction, "", county, petition.ID{})
		act.Flag = other.ID
		_, err = w.s.SetDuty(ctx, desk, act, w.now)
		w.want(err, petition.NotFound)
	})
}
