package petition

import (
	"strings"
	"testing"
)

// A matter of C-class goes to the organization office, and the 15 days begin.
func TestScenario1_1_TopicLeadsToOffice(t *testing.T) {
	f := file(PurposeRequest)
	f.Topic = "C1"
	s := begin(t, "2026-03-02").
		do(Petitioner, Act{Action: Submit, Filing: f, Unit: county}).
		do(atDesk(county), Act{Action: Register})
	if got := s.c.Leg(1).Office; got != "organization" {
		t.Errorf("office %q", got)
	}
	s.due(1, NoticeClock, "2026-03-17").shown(ShownChecking)
}

// A wage complaint is redirected by name and telephone, with a recorded explanation,
// once the head agrees.
func TestScenario1_2_RedirectNamesTheBody(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	s.refused(atDesk(county), Act{Action: Redirect, Reason: " "}, Invalid, "problem.reason_missing")
	s.refused(atDesk(county), Act{Action: Redirect, Body: &Body{Name: "Labour Inspection"}}, Invalid, "problem.body_phone_missing")
	s.refused(atDesk(county), Act{Action: Redirect, Body: &Body{Phone: "12333"}}, Invalid, "problem.body_name_missing")

	s.do(atDesk(county), Act{Action: Redirect}).state(1, Registered).shown(ShownChecking)
	if got := s.c.Leg(1).Queue(); got != ToApprove {
		t.Errorf("queue %s", got)
	}
	s.refused(atDesk(county), Act{Action: Approve}, Forbidden, "error.not_your_role")
	s.do(headOf(county), Act{Action: Approve}).state(1, Redirected).shown(ShownRedirected)
	folder := Project(s.c, s.r, s.now)
	if len(folder.Letters) != 1 || folder.Letters[0].Kind != RedirectNotice || folder.Letters[0].Day != "2026-03-02" {
		t.Errorf("letters %+v", folder.Letters)
	}
	if k := s.clock(1, NoticeClock); k.Running() {
		t.Error("the notice went out and K2 runs on")
	}
}

// Advice about the department's own work is never refused as out of scope.
func TestScenario1_3_AdviceIsNotRefused(t *testing.T) {
	f := file(PurposeAdvice)
	f.Topic = "G1"
	s := begin(t, "2026-03-02").
		do(Petitioner, Act{Action: Submit, Filing: f, Unit: county}).
		do(atDesk(county), Act{Action: Register})
	s.refused(headOf(county), Act{Action: Redirect}, Conflict, "error.advice_in_scope")
	for _, g := range []Ground{SkipLevel, FinalOpinion, Litigation, LegallyEnded} {
		s.refused(headOf(county), Act{Action: Refuse, Ground: g}, Invalid, "problem.ground_not_for_track")
	}
	for _, o := range s.c.Available(atDesk(county), s.r, s.now) {
		if o.Action == Redirect {
			t.Error("a redirect is offered")
		}
	}
}

// A village matter brought in person to the province: refusal, and the county hears.
func TestScenario4_1_SkipLevelVisitIsRefusedAndCountyTold(t *testing.T) {
	s := visited(t, prov, "2026-03-02")
	s.refused(headOf(prov), Act{Action: Refuse, Ground: SkipLevel}, Invalid, "problem.competent_missing")
	s.refused(headOf(prov), Act{Action: Refuse, Ground: SkipLevel, To: town}, Invalid, "problem.not_skipped")
	s.do(headOf(prov), Act{Action: Refuse, Ground: SkipLevel, To: county}).state(1, NotAccepted).shown(ShownRefused)
	last := s.c.Events[len(s.c.Events)-1]
	if last.Act.Action != Tell || last.Act.To != county {
		t.Errorf("the county was not told: %+v", last.Act)
	}
}

// The same matter online: that ground is impossible, and a referral is open.
func TestScenario4_2_SkipLevelNeverRefusesOnline(t *testing.T) {
	for _, channel := range Channels {
		if channel.Visit() {
			continue
		}
		s := begin(t, "2026-03-02")
		f := file(PurposeRequest)
		f.Channel = channel
		if channel == ByWeb || channel == ByMobile {
			s.do(Petitioner, Act{Action: Submit, Filing: f, Unit: prov}).do(atDesk(prov), Act{Action: Register})
		} else {
			s.do(atDesk(prov), Act{Action: Register, Filing: f, Channel: channel})
		}
		s.refused(headOf(prov), Act{Action: Refuse, Ground: SkipLevel, To: county}, Invalid, "problem.ground_visit_only")
		for _, g := range GroundsFor(s.c, prov, s.r) {
			if g.Code == SkipLevel {
				t.Errorf("channel %s is offered the skip-level ground", channel)
			}
		}
		s.do(headOf(prov), Act{Action: Refer, To: county}).state(1, Passed).state(2, Referred).shown(ShownPassed)
	}
}

// Registration cannot turn an online filing into a visit, to refuse it afterwards.
func TestScenario4_2_ChannelOfAFilingIsFixed(t *testing.T) {
	begin(t, "2026-03-02").
		do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: prov}).
		refused(atDesk(prov), Act{Action: Register, Channel: ByVisit}, Invalid, "problem.channel_fixed")
}

// The county has it in hand, so the city does not take it a second time.
func TestScenario4_3_InHandNeedsTheLink(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02")
	refuse := Act{Action: Refuse, Ground: InHand, Link: &Link{Number: "XF1"}}
	act, facts := fill(s, headOf(town), refuse)
	try := func(facts Facts) error {
		_, err := Decide(s.c, headOf(town), act, facts, s.r, s.now)
		return err
	}
	wantRefusal(t, try(Facts{}), Invalid, "problem.link_unknown")

	ended := *facts.Linked
	ended.Legs = []Leg{{N: 1, Unit: county, State: Closed}}
	wantRefusal(t, try(Facts{Linked: &ended}), Invalid, "problem.link_not_open")

	above := *facts.Linked
	above.Legs = []Leg{{N: 1, Unit: prov, State: Handling}}
	wantRefusal(t, try(Facts{Linked: &above}), Invalid, "problem.link_elsewhere")

	itself := *facts.Linked
	itself.ID = s.c.ID
	wantRefusal(t, try(Facts{Linked: &itself}), Invalid, "problem.link_self")

	bare := act
	bare.Link = nil
	_, err := Decide(s.c, headOf(town), bare, facts, s.r, s.now)
	wantRefusal(t, err, Invalid, "problem.link_missing")

	s.do(headOf(town), refuse).state(1, NotAccepted)
	if got := s.c.Events[len(s.c.Events)-1].Act.Link; got == nil || got.Number != "XF1" {
		t.Errorf("link %+v", got)
	}
}

// The assigner audits after the unit itself; a return restores handling with a new
// day and is counted.
func TestScenario7_2_AssignedCaseIsAuditedTwice(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").
		do(leaderOf(town), Act{Action: Assign, To: county, Deadline: "2026-05-20"}).
		state(2, Assigned).due(2, ReportClock, "2026-05-20").
		do(atDesk(county), Act{Action: Register}).toReply(county).
		do(handlerAt(county), Act{Action: AskClosing}).state(2, ClosingAudit)
	if s.clock(2, ReportClock).Running() {
		t.Error("K9 runs after the report")
	}
	s.refused(auditorAt(town), Act{Action: AuditPass, Leg: 2}, Forbidden, "error.not_your_unit")
	s.do(auditorAt(county), Act{Action: AuditPass}).state(2, ClosingAudit)
	if l := s.c.Leg(2); !l.OwnPassed || l.Queue() != Waiting || s.c.Leg(1).Queue() != ToAudit {
		t.Errorf("after the own audit: %+v", l)
	}
	s.refused(auditorAt(town), Act{Action: AuditReturn, Leg: 2, Deadline: "2026-03-02"}, Invalid, "problem.day_not_future")
	s.do(auditorAt(town), Act{Action: AuditReturn, Deadline: "2026-06-30"}).state(2, Handling).shown(ShownReplied)
	if l := s.c.Leg(2); l.Returns != 1 || l.Queue() != ToHandle || s.c.Leg(1).Queue() != Waiting {
		t.Errorf("after the return: %+v", l)
	}
	s.due(2, ReportClock, "2026-06-30")
	if !s.clock(2, ReportClock).Running() {
		t.Error("K9 was not opened again")
	}
	s.do(handlerAt(county), Act{Action: AskClosing}).
		do(auditorAt(county), Act{Action: AuditPass}).
		do(auditorAt(town), Act{Action: AuditPass, Leg: 2}).state(2, Closed).shown(ShownClosed)
	if s.c.Leg(1).Ended.IsZero() || s.c.Leg(1).Queue() != Done {
		t.Error("the assigner still has something to do")
	}
}

// An audit needs every line for a pass, and reasons for a return.
func TestScenario7_2_ChecklistDecides(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").toReply(county).
		do(handlerAt(county), Act{Action: AskClosing})
	for i, item := range Checklist {
		open := ticks(true)
		open[i].OK = false
		s.refused(auditorAt(county), Act{Action: AuditPass, Audit: open}, Invalid, "problem.item_open")
		if item == "" {
			t.Error("an item without a name")
		}
	}
	s.refused(auditorAt(county), Act{Action: AuditPass, Audit: append(ticks(true), Checked{Item: "answered"})}, Invalid, "problem.choice")
	s.refused(auditorAt(county), Act{Action: AuditReturn, Reason: " "}, Invalid, "problem.reason_missing")
	s.refused(auditorAt(county), Act{Action: AuditReturn, Fault: LateClose}, Invalid, "problem.choice")
	s.refused(auditorAt(county), Act{Action: AuditPass, Fault: FalseWork}, Invalid, "problem.fault_passed")
	s.do(auditorAt(county), Act{Action: AuditPass}).state(1, Closed)
}

// Whoever handled a case may not audit its closing, whatever roles he holds.
func TestScenario7_3_HandlerNeverAuditsOwnCase(t *testing.T) {
	both := handlerAt(county)
	both.Roles = []Role{Handler, ClosingAuditor, UnitHead}
	s := filed(t, county, PurposeRequest, "2026-03-02").
		do(both, Act{Action: Accept}).do(both, Act{Action: Start}).
		do(both, Act{Action: Draft}).do(both, Act{Action: Sign}).do(both, Act{Action: Serve}).
		do(both, Act{Action: AskClosing})
	s.refused(both, Act{Action: AuditPass}, Forbidden, "error.own_case_audit")
	s.refused(both, Act{Action: AuditReturn}, Forbidden, "error.own_case_audit")
	for _, o := range s.c.Available(both, s.r, s.now) {
		if o.Action == AuditPass || o.Action == AuditReturn {
			t.Errorf("%s is offered to the handler", o.Action)
		}
	}
	s.do(auditorAt(county), Act{Action: AuditPass}).state(1, Closed)
}

// Handing the case over at the end does not make an auditor of its handler.
func TestScenario7_3_FormerHandlerNeverAudits(t *testing.T) {
	both := handlerAt(county)
	both.Roles = []Role{Handler, ClosingAuditor}
	second := staff(county, "second", Handler)
	s := filed(t, county, PurposeRequest, "2026-03-02").
		do(unitHeadOf(county), Act{Action: Accept}).do(both, Act{Action: Start}).toServed(county).
		do(headOf(county), Act{Action: Distribute, Handler: second.Staff}).
		do(second, Act{Action: AskClosing})
	s.refused(both, Act{Action: AuditPass}, Forbidden, "error.own_case_audit")
}

// Nor does somebody who was given the case last, and has not touched it.
func TestScenario7_3_NewHandlerNeverAudits(t *testing.T) {
	last := staff(county, "last", Handler, ClosingAuditor)
	s := filed(t, county, PurposeRequest, "2026-03-02").toReply(county).
		do(headOf(county), Act{Action: Distribute, Handler: last.Staff}).
		do(last, Act{Action: AskClosing})
	s.c.Events[len(s.c.Events)-1].By = handlerAt(county) // as if another had asked for him
	s.refused(last, Act{Action: AuditPass}, Forbidden, "error.own_case_audit")
}

// Nor does the one who signed the answer: he would audit his own decision. A third person
// of a small office does, and the same one may have registered.
func TestScenario7_3_SignerNeverAudits(t *testing.T) {
	head := staff(county, "both", UnitHead, ClosingAuditor)
	third := staff(county, "third", Registrar, ClosingAuditor)
	s := filed(t, county, PurposeRequest, "2026-03-02").
		do(head, Act{Action: Accept}).do(handlerAt(county), Act{Action: Start}).
		do(handlerAt(county), Act{Action: Draft}).do(head, Act{Action: Sign}).do(handlerAt(county), Act{Action: Serve}).
		do(handlerAt(county), Act{Action: AskClosing})
	s.refused(head, Act{Action: AuditPass}, Forbidden, "error.own_case_audit")
	s.do(third, Act{Action: AuditPass}).state(1, Closed)
}

// Words of the office stay in the office.
func TestPapersSpeakPlainly(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	for _, word := range []string{"越级上访者", "缠访", "闹访", "退件", "无理要求"} {
		paper := paperFor(s, Act{Action: Redirect})
		paper.Sections[1].Text = "您是" + word
		s.refused(headOf(county), Act{Action: Redirect, Paper: paper}, Invalid, "problem.internal_word")
		s.refused(atDesk(county), Act{Action: AskInfo, Text: word}, Invalid, "problem.internal_word")
		s.refused(atDesk(county), Act{Action: Note, Text: word, Public: true}, Invalid, "problem.internal_word")
		s.do(atDesk(county), Act{Action: Note, Text: word})
	}
	for _, fine := range []string{"应当逐级走访", "对方无理由拒绝", "清退件数"} {
		if w := InternalWord(fine); w != "" {
			t.Errorf("%q holds %q", fine, w)
		}
	}
	if strings.Contains(internalWordData, "逐级走访\n") {
		t.Error("a published term is on the list")
	}
}
