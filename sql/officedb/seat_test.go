package officedb

import (
	"testing"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
)

// A place is asked for with the petition, confirmed, and taken; the portal learns how many
// are left; what the leader says becomes a duty about the case.
func TestScenario13_2_WhatIsSaidAtASessionBecomesATask(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg, head := t.Context(), w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)
		session := w.planned(county, "2026-03-10")
		f := aFiling(county, "pay of a village cadre")
		f.Session = session
		id := w.filed(f)
		w.do(reg, id, registerAct())
		seats := func(by petition.Actor) []backoffice.SeatRow {
			t.Helper()
			all, err := w.s.Seats(ctx, by, session)
			w.must(err)
			return all
		}
		if all := seats(reg); len(all) != 1 || all[0].Step != petition.SeatAsked || all[0].Case != id {
			t.Fatalf("asked: %+v", all)
		}
		keep := func(by petition.Actor, step petition.SeatStep, text string) error {
			return w.s.KeepSeat(ctx, by, session, backoffice.SeatStep{Case: id, Step: step, Text: text}, w.now)
		}
		w.want(keep(reg, petition.SeatCame, "too early"), petition.Invalid)
		w.want(keep(w.who(county, petition.Handler), petition.SeatGiven, "come"), petition.Invalid)
		w.want(keep(w.who(county2, petition.Registrar), petition.SeatGiven, "come"), petition.NotFound)
		w.must(keep(reg, petition.SeatGiven, "come at nine"))
		w.want(keep(reg, petition.SeatGiven, "again"), petition.Invalid)
		if got := w.publishedAt(county); got[0].Taken != 1 {
			t.Errorf("published: %+v", got)
		}
		c, err := w.s.Case(ctx, reg, id)
		w.must(err)
		rules, err := w.s.Rules(ctx)
		w.must(err)
		steps := petition.Project(c, rules, w.now).Steps
		if last := steps[len(steps)-1]; last.Text != "come at nine" {
			t.Errorf("the petitioner reads %+v", last)
		}
		told := petition.DutyAct{Owner: county, Case: id, Title: "check the list", Due: "2026-03-20", Values: map[string]string{"instruction": "check it"}}
		_, err = w.s.InstructAt(ctx, head, session, told, w.now)
		w.want(err, petition.Invalid) // nobody came yet
		w.now = noon(t, "2026-03-10")
		w.must(keep(reg, petition.SeatCame, "said that three months are missing"))
		if c, err = w.s.Case(ctx, reg, id); err != nil || len(petition.Project(c, rules, w.now).Steps) != len(steps) {
			t.Errorf("what was said is told to the portal: %v", err)
		}
		_, err = w.s.InstructAt(ctx, reg, session, told, w.now)
		w.want(err, petition.Forbidden)
		_, err = w.s.InstructAt(ctx, w.who(county2, petition.OfficeHead), session, told, w.now)
		w.want(err, petition.NotFound)
		d, err := w.s.InstructAt(ctx, head, session, told, w.now)
		if err != nil || d.Kind != petition.Instruction || d.Case != id || d.Values["said_by"] != "Chen" || d.State != petition.DutyOpen || d.Due != "2026-03-20" {
			t.Fatalf("%+v %v", d, err)
		}
		page, err := w.s.Duties(ctx, head, backoffice.DutyQuery{List: backoffice.DutiesOut, Side: backoffice.DutiesBelow, Session: session, Now: w.now})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != d.ID {
			t.Fatalf("%+v %v", page, err)
		}
		w.must(w.s.ActDuty(ctx, w.who(county, petition.UnitHead), d.ID, 1, petition.DutyAct{Action: petition.AnswerDuty,
			Values: map[string]string{"result": "the list is right now"}}, w.now))
		w.must(w.s.ActDuty(ctx, head, d.ID, 2, petition.DutyAct{Action: petition.CloseDuty, Outcome: "done", Text: "thank you"}, w.now))
		ledger, err := w.s.Ledger(ctx, head, backoffice.LedgerQuery{Ledger: backoffice.LedgerReception, Now: w.now})
		if err != nil || len(ledger.Rows) != 1 || ledger.Rows[0].Case != id {
			t.Errorf("the ledger: %+v %v", ledger, err)
		}
		// An office head sets no instruction of his own.
		_, err = w.s.SetDuty(ctx, head, petition.DutyAct{Action: petition.SetDuty, Kind: petition.Instruction, Owner: county, Title: "x", Due: "2026-03-20",
			Values: map[string]string{"instruction": "x"}}, w.now)
		w.want(err, petition.Forbidden)
	})
}

// A session by invitation: a case is named by its number. What turns out to be a report
// about a cadre loses its place, and leaves no trace in the count.
func TestSomebodyIsInvitedAndAReportLosesItsPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg := t.Context(), w.who(county, petition.Registrar)
		session, id := w.planned(county, "2026-03-10"), w.registered(county, "a tangled matter")
		c, err := w.s.Case(ctx, reg, id)
		w.must(err)
		invite := backoffice.SeatStep{Number: "XF000", Step: petition.SeatInvited, Text: "please come"}
		w.want(w.s.KeepSeat(ctx, reg, session, invite, w.now), petition.Invalid)
		invite.Number = c.Number
		w.must(w.s.KeepSeat(ctx, reg, session, invite, w.now))
		if got := w.publishedAt(county); got[0].Taken != 1 {
			t.Fatalf("%+v", got)
		}
		w.do(reg, id, petition.Act{Action: petition.SealUp, Reason: "it is about a cadre"})
		all, err := w.s.Seats(ctx, reg, session)
		if err != nil || len(all) != 0 || w.publishedAt(county)[0].Taken != 0 {
			t.Errorf("%+v %v", all, err)
		}
		report := aFiling(county, "about a cadre")
		report.Purpose, report.Session = petition.PurposeReport, session
		w.filedWith(report, exchange.NewCode())
		if all, err := w.s.Seats(ctx, w.who(county, petition.Leader), session); err != nil || len(all) != 0 {
			t.Errorf("a report has a place: %+v %v", all, err)
		}
	})
}

// An old open case is listed until a leader answers for it; what came of it is counted.
func TestScenario13_3_ABacklogCaseNeedsAResponsibleLeader(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head, lead := t.Context(), w.who(county, petition.OfficeHead), w.who(county, petition.Leader)
		id := w.accepted(county, "open for long")
		w.now = noon(t, "2026-05-10")
		w.registered(county, "a young one")
		list := func(by petition.Actor) []backoffice.BacklogRow {
			t.Helper()
			b, err := w.s.Backlog(ctx, by, 60, w.now)
			w.must(err)
			return b.Rows
		}
		if rows := list(w.who(city, petition.Leader)); len(rows) != 1 || rows[0].Case != id || !rows[0].Contract.IsZero() {
			t.Fatalf("%+v", rows)
		}
		if rows := list(w.who(county2, petition.Leader)); len(rows) != 0 {
			t.Errorf("the neighbour sees %+v", rows)
		}
		for _, by := range []petition.Actor{w.who(county, petition.Handler), w.who(county, petition.CadreSupervisor), w.who(city, petition.SystemAdmin)} {
			_, err := w.s.Backlog(ctx, by, 60, w.now)
			w.want(err, petition.NotFound)
			_, err = w.s.ContractResults(ctx, by)
			w.want(err, petition.NotFound)
		}
		act := petition.DutyAct{Action: petition.SetDuty, Kind: petition.Contract, Owner: county, Title: "open for long", Due: "2026-06-10",
			Values: map[string]string{"difficulty": "two offices disagree"}}
		_, err := w.s.SetDuty(ctx, head, act, w.now)
		w.want(err, petition.Invalid) // about no case, and nobody by name
		act.Case, act.Person = id, lead.Staff
		_, err = w.s.SetDuty(ctx, w.who(county, petition.Handler), act, w.now)
		w.want(err, petition.Forbidden)
		d, err := w.s.SetDuty(ctx, head, act, w.now)
		w.must(err)
		if rows := list(head); len(rows) != 1 || rows[0].Contract != d.ID || rows[0].Leader != lead.Name || rows[0].Due != "2026-06-10" {
			t.Fatalf("%+v", rows)
		}
		results := func() backoffice.ContractResult {
			t.Helper()
			all, err := w.s.ContractResults(ctx, w.who(prov, petition.Supervisor))
			if err != nil || len(all) != 1 || all[0].Leader != lead.Name || all[0].Unit != county {
				t.Fatalf("%+v %v", all, err)
			}
			return all[0]
		}
		if r := results(); r.Live != 1 || r.Resolved != 0 {
			t.Errorf("%+v", r)
		}
		w.want(w.s.ActDuty(ctx, w.who(county, petition.UnitHead), d.ID, 1, petition.DutyAct{Action: petition.AnswerDuty}, w.now), petition.Forbidden)
		w.must(w.s.ActDuty(ctx, lead, d.ID, 1, petition.DutyAct{Action: petition.ProgressDuty, Text: "met both offices"}, w.now))
		w.must(w.s.ActDuty(ctx, lead, d.ID, 2, petition.DutyAct{Action: petition.AnswerDuty,
			Values: dutyWords(petition.AnswerFields(petition.Contract, ""))}, w.now))
		w.must(w.s.ActDuty(ctx, head, d.ID, 3, petition.DutyAct{Action: petition.CloseDuty, Outcome: "resolved", Text: "paid"}, w.now))
		if r := results(); r.Live != 0 || r.Resolved != 1 {
			t.Errorf("%+v", r)
		}
		ledger, err := w.s.Ledger(ctx, head, backoffice.LedgerQuery{Ledger: backoffice.LedgerContracts, Now: w.now})
		if err != nil || len(ledger.Rows) != 1 || ledger.Rows[0].Case != id {
			t.Errorf("the ledger: %+v %v", ledger, err)
		}
	})
}
