package officedb

import (
	"slices"
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// An assigned case past its date: the job of the night drafts a letter with a day, once
// however often it runs, at who assigned it; it is sent by a person, and has its number then.
func TestScenario8_1_AnAssignedCasePastItsDate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.registered(city, "an assigned matter")
		w.do(w.who(city, petition.Registrar), id, petition.Act{Action: petition.Assign, To: county, Deadline: "2026-03-20",
			Reason: "important", Paper: aPaper(petition.WhereaboutsNotice)})
		w.do(w.who(city, petition.Leader), id, petition.Act{Action: petition.Approve})
		w.registered(county2, "in time")
		sup := w.who(city, petition.Supervisor)
		drafts := func() []backoffice.DutyRow { return w.dutyList(sup, backoffice.DutiesDrafts, backoffice.DutiesSet) }
		w.now = noon(t, "2026-03-10")
		w.must(w.s.SystemTick(ctx, w.now))
		if len(drafts()) != 0 {
			t.Fatalf("before its day: %+v", drafts())
		}
		w.now = noon(t, "2026-03-21")
		for range 3 {
			w.must(w.s.SystemTick(ctx, w.now))
			if _, err := w.s.Supervise(ctx, w.now); err != nil {
				t.Fatal(err)
			}
		}
		late := slices.DeleteFunc(drafts(), func(d backoffice.DutyRow) bool { return d.Owner != county })
		if len(late) != 1 || late[0].Kind != petition.Supervision || late[0].Form != petition.LetterForm || late[0].Number != "" {
			t.Fatalf("drafted: %+v", late)
		}
		got, err := w.s.Duty(ctx, sup, late[0].ID)
		if err != nil || got.Case != id || !strings.Contains(got.Values["problem"], w.number(id)) || got.Due != "2026-04-05" {
			t.Fatalf("the draft: %+v %v", got, err)
		}
		_, err = w.s.Duty(ctx, w.who(county, petition.OfficeHead), late[0].ID)
		w.want(err, petition.NotFound)
		w.must(w.s.ActDuty(ctx, sup, late[0].ID, 1, petition.DutyAct{Action: petition.IssueDuty, Due: "2026-04-01", Values: got.Values}, w.now))
		sent, err := w.s.Duty(ctx, w.who(county, petition.OfficeHead), late[0].ID)
		if err != nil || sent.Number == "" || sent.Due != "2026-04-01" {
			t.Errorf("sent: %+v %v", sent, err)
		}
	})
}
