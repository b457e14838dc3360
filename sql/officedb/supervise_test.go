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

// draftedFor are the drafts of a cause at the reader's unit.
func (w *world) draftedFor(by petition.Actor, cause petition.DutyCause) []backoffice.DutyRow {
	w.t.Helper()
	page, err := w.s.Duties(w.t.Context(), by, backoffice.DutyQuery{List: backoffice.DutiesDrafts, Side: backoffice.DutiesSet, Cause: cause, Now: w.now})
	w.must(err)
	return page.Rows
}

// What clause 8 names beside missed days is drafted once for each fact, by who found it,
// with its cause, and stands in the list of that cause and no other.
func TestScenario8_1_EveryTriggerIsFoundOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		sup, head, auditor := w.who(city, petition.Supervisor), w.who(county, petition.OfficeHead), w.who(county, petition.ClosingAuditor)
		handler := w.who(county, petition.Handler)
		id := w.accepted(county, "an answer nobody can follow")
		w.answer(id, county)
		closing := petition.Act{Action: petition.AskClosing, Paper: aPaper(petition.HandlingReport)}
		w.do(handler, id, closing)
		w.do(auditor, id, petition.Act{Action: petition.AuditReturn, Reason: "it was never visited", Fault: petition.FalseWork})
		told := w.duty(w.who(city, petition.Leader), petition.Instruction, "", county, petition.ID{})
		lost := w.registered(city, "nobody's matter")
		w.do(w.who(city, petition.Leader), lost, petition.Act{Action: petition.Assign, To: county2, Deadline: "2026-05-20", Reason: "important", Paper: aPaper(petition.WhereaboutsNotice)})
		w.must(w.s.SystemTick(ctx, w.now))
		for range 2 { // before the instruction's day, and on one day however often
			if _, err := w.s.Supervise(ctx, w.now); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(w.draftedFor(sup, petition.NoFeedback)) + len(w.draftedFor(sup, petition.Evasion)); n != 0 {
			t.Fatalf("%d drafted too early", n)
		}
		w.now = noon(t, "2026-03-21")
		for range 3 {
			w.must(w.s.SystemTick(ctx, w.now))
			if _, err := w.s.Supervise(ctx, w.now); err != nil {
				t.Fatal(err)
			}
		}
		asked := w.draftedFor(sup, petition.NoFeedback)
		if len(asked) != 1 || asked[0].Owner != county || !strings.Contains(asked[0].Title, told.Title) || asked[0].Cause != petition.NoFeedback {
			t.Errorf("the instruction: %+v", asked)
		}
		found := w.draftedFor(head, petition.FalseWork)
		if len(found) != 1 || found[0].From != county {
			t.Fatalf("what the audit found: %+v", found)
		}
		d, err := w.s.Duty(ctx, head, found[0].ID)
		if err != nil || d.Cause != petition.FalseWork || d.Case != id || !strings.Contains(d.Values["problem"], w.number(id)) {
			t.Errorf("its draft: %+v %v", d, err)
		}
		if n := len(w.draftedFor(head, petition.Evasion)); n != 0 {
			t.Errorf("%d of another cause", n)
		}
		if _, err := w.s.Duty(ctx, w.who(county2, petition.OfficeHead), found[0].ID); !petition.Is(err, petition.NotFound) {
			t.Errorf("another county: %v", err)
		}
		w.must(w.s.ActDuty(ctx, sup, asked[0].ID, 1, petition.DutyAct{Action: petition.WithdrawDuty, Text: "it came by telephone"}, w.now))
		w.now = noon(t, "2026-03-22")
		w.must(w.s.SystemTick(ctx, w.now))
		if n := len(w.draftedFor(sup, petition.NoFeedback)); n != 0 {
			t.Errorf("%d drafted again for what somebody withdrew", n)
		}
	})
}

// A unit whose file came back twice is asked who answers for it, once, by the unit whose
// audit returned it.
func TestScenario8_1_WhoseFileComesBackTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "handed in and handed in again")
		handler, head := w.who(county, petition.Handler), w.who(county, petition.OfficeHead)
		w.answer(id, county)
		for i, want := range []int{0, 1, 1} {
			w.do(handler, id, petition.Act{Action: petition.AskClosing, Paper: aPaper(petition.HandlingReport)})
			w.do(w.who(county, petition.ClosingAuditor), id, petition.Act{Action: petition.AuditReturn, Reason: "two questions are not answered"})
			if _, err := w.s.Supervise(t.Context(), w.now); err != nil {
				t.Fatal(err)
			}
			if rows := w.draftedFor(head, petition.Evasion); len(rows) != want || want == 1 && rows[0].Owner != county {
				t.Fatalf("returned %d times: %+v", i+1, rows)
			}
		}
	})
}

// A person who supervises names the cause too; it is listed under it.
func TestACauseThatAPersonNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		sup := w.who(city, petition.Supervisor)
		act := petition.DutyAct{Action: petition.SetDuty, Kind: petition.Supervision, Form: petition.Talk, Cause: petition.WrongProcedure, Owner: county,
			Title: "talk", Due: "2026-03-20", Values: dutyWords(petition.DutyFields(petition.Supervision, petition.Talk))}
		for range 2 { // two about the same are two
			_, err := w.s.SetDuty(t.Context(), sup, act, w.now)
			w.must(err)
		}
		for cause, want := range map[petition.DutyCause]int{petition.WrongProcedure: 2, petition.LateClose: 0, "": 2} {
			page, err := w.s.Duties(t.Context(), sup, backoffice.DutyQuery{List: backoffice.DutiesLive, Side: backoffice.DutiesSet, Cause: cause, Now: w.now})
			if err != nil || len(page.Rows) != want {
				t.Errorf("%q: %+v %v", cause, page.Rows, err)
			}
		}
	})
}
