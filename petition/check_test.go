package petition

import (
	"slices"
	"strings"
	"testing"
)

// raw decides an act as it is, nothing filled in.
func raw(s *story, by Actor, act Act) error {
	_, err := Decide(s.c, by, act, Facts{}, s.r, s.now)
	return err
}

// problemsOf lists "field key" of a refusal.
func problemsOf(t *testing.T, err error) []string {
	t.Helper()
	e, ok := err.(*Error)
	if !ok || e.Kind != Invalid || !strings.Contains(e.Error(), e.Key) {
		t.Fatalf("got %v, want problems at fields", err)
	}
	var all []string
	for _, p := range e.Problems {
		all = append(all, p.Field+" "+p.Key)
	}
	slices.Sort(all)
	return all
}

// An empty form of each action names every field that is missing, and no other.
func TestEmptyFormsNameTheirFields(t *testing.T) {
	for _, tt := range []struct {
		state  State
		by     Actor
		action Action
		want   string
	}{
		{Submitted, atDesk(town), Register, "number problem.number"},
		{Registered, atDesk(town), AskInfo, "paper problem.paper_missing, text problem.text_missing"},
		{Registered, headOf(town), Redirect, "body.name problem.body_name_missing, body.phone problem.body_phone_missing, paper problem.paper_missing, reason problem.reason_missing"},
		{Registered, headOf(town), Refuse, "ground problem.ground_missing, paper problem.paper_missing, reason problem.reason_missing"},
		{Registered, headOf(town), Refer, "paper problem.paper_missing, reason problem.reason_missing, to problem.to_missing"},
		{Registered, leaderOf(town), Assign, "deadline problem.day_missing, paper problem.paper_missing, reason problem.reason_missing, to problem.to_missing"},
		{Registered, unitHeadOf(town), Accept, "paper problem.paper_missing, reason problem.reason_missing"},
		{Registered, headOf(town), Distribute, "office problem.office_missing"},
		{Registered, headOf(town), SealUp, "reason problem.reason_missing"},
		{Registered, headOf(town), ReplaceCode, "reason problem.reason_missing"},
		{Registered, headOf(town), Note, "text problem.text_missing"},
		{AwaitingInfo, Petitioner, Supply, "text problem.text_missing"},
		{Referred, unitHeadOf(county), Object, "reason problem.reason_missing"},
		{Objected, headOf(town), AgreeBack, "reason problem.reason_missing"},
		{Objected, headOf(town), Overrule, "reason problem.reason_missing"},
		{Handling, unitHeadOf(town), Extend, "days problem.extension_days, paper problem.paper_missing, reason problem.reason_missing"},
		{Handling, handlerAt(town), Draft, "outcome problem.outcome_missing, paper problem.paper_missing"},
		{PendingSign, unitHeadOf(town), ReturnDraft, "reason problem.reason_missing"},
		{Signed, handlerAt(town), Serve, "service.method problem.service_missing"},
		{ClosingAudit, auditorAt(town), AuditReturn, "reason problem.reason_missing"},
		{Replied, Petitioner, Rate, "rating problem.rating_missing"},
	} {
		err := raw(reach[tt.state](t), tt.by, Act{Action: tt.action})
		if got := strings.Join(problemsOf(t, err), ", "); got != tt.want {
			t.Errorf("%s in %s: %s", tt.action, tt.state, got)
		}
	}
}

// A proposal is checked like the act itself, before it troubles the head.
func TestProposalsAreChecked(t *testing.T) {
	for _, action := range []Action{Redirect, Refuse, Refer, Assign} {
		if got := problemsOf(t, raw(reach[Registered](t), atDesk(town), Act{Action: action})); len(got) < 3 {
			t.Errorf("%s: %v", action, got)
		}
	}
}

// An opinion on a claim says what was asked, what was found, what is decided, on which
// articles, and what can be done against it.
func TestOpinionIsWhole(t *testing.T) {
	s := reach[Handling](t)
	for key, change := range map[string]func(p *Paper){
		"problem.opinion_parts_missing": func(p *Paper) { p.Sections = p.Sections[:2] },
		"problem.basis_missing":         func(p *Paper) { p.Basis = []string{" "} },
		"problem.remedy_missing":        func(p *Paper) { p.Remedy = "" },
		"problem.title_missing":         func(p *Paper) { p.Title = "" },
		"problem.text_missing":          func(p *Paper) { p.Sections[1].Text = "\n" },
		"problem.paper_kind":            func(p *Paper) { p.Kind = ReplyLetter },
	} {
		paper := paperFor(s, Act{Action: Draft})
		change(paper)
		s.refused(handlerAt(town), Act{Action: Draft, Paper: paper}, Invalid, key)
	}
	for _, o := range []Outcome{Adopted, Answered, "won"} {
		s.refused(handlerAt(town), Act{Action: Draft, Outcome: o}, Invalid, "problem.outcome_missing")
	}
	for _, o := range Outcomes(Claim) {
		s := reach[Handling](t)
		if o == Mediated || o == SettledClaim {
			s.refused(handlerAt(town), Act{Action: Draft, Outcome: o}, Invalid, "problem.agreement_missing")
			s.do(handlerAt(town), Act{Action: Settle, Outcome: o})
		}
		if es, err := s.try(handlerAt(town), Act{Action: Draft, Outcome: o}); err != nil || es[0].Act.Outcome != o {
			t.Errorf("%s: %v", o, err)
		}
	}
}

// The signer puts number, day and name on the opinion and changes no word of it.
func TestSignatureFreezesThePaper(t *testing.T) {
	s := reach[PendingSign](t).on("2026-03-05")
	s.do(leaderOf(town), Act{Action: Sign, Paper: &Paper{Number: "7", Title: "Another", Sections: []Section{{Text: "other words"}}}})
	got := s.c.Leg(1).Draft
	if got.Number != "7" || got.Title != "Notice" || len(got.Sections) != 3 || got.Day != "2026-03-05" || got.SignedBy != "lead" {
		t.Errorf("%+v", got)
	}
}

func TestServiceIsProven(t *testing.T) {
	s := reach[Signed](t)
	for key, service := range map[string]Service{
		"problem.service_missing":  {Method: "pigeon", Day: "2026-03-02", Proof: "x"},
		"problem.proof_missing":    {Method: "other", Day: "2026-03-02"},
		"problem.receiver_missing": {Method: "hand", Day: "2026-03-02", Proof: "signed"},
		"problem.day_missing":      {Method: "online", Day: "yesterday"},
		"problem.day_too_early":    {Method: "online", Day: "2026-03-01"},
		"problem.day_future":       {Method: "online", Day: "2026-03-03"},
	} {
		s.refused(handlerAt(town), Act{Action: Serve, Service: &service}, Invalid, key)
	}
	s.do(handlerAt(town), Act{Action: Serve, Service: &Service{Method: "online", Day: "2026-03-02"}}).state(1, Replied)
}

func TestRefusalSaysWhyAndWhere(t *testing.T) {
	s := reach[Registered](t)
	for key, change := range map[string]func(p *Paper){
		"problem.basis_missing":  func(p *Paper) { p.Basis = nil },
		"problem.remedy_missing": func(p *Paper) { p.Remedy = " " },
	} {
		paper := paperFor(s, Act{Action: Refuse})
		change(paper)
		s.refused(headOf(town), Act{Action: Refuse, Paper: paper}, Invalid, key)
	}
	s.refused(headOf(town), Act{Action: Refuse, Ground: WindowUnused}, Invalid, "problem.ground_not_in_law")
	s.refused(headOf(town), Act{Action: Refuse, Ground: "R9"}, Invalid, "problem.ground_missing")
}

// The number is given once, by the unit that registers first.
func TestNumberIsGivenOnce(t *testing.T) {
	s := reach[Submitted](t)
	for _, number := range []string{"", "XF1", CaseNumber(county, "2026-03-02", 1), CaseNumber(town, "2026-03-02", 1) + "0"} {
		if err := raw(s, atDesk(town), Act{Action: Register, Number: number}); err == nil {
			t.Errorf("%q is taken", number)
		}
	}
	s = reach[Referred](t)
	s.refused(atDesk(county), Act{Action: Register, Number: CaseNumber(county, "2026-03-02", 1)}, Invalid, "problem.number_fixed")
	s.refused(atDesk(county), Act{Action: Register, Topic: "Q1"}, Invalid, "problem.topic_missing")
	number := s.c.Number
	s.do(atDesk(county), Act{Action: Register, Topic: "C4"})
	if s.c.Number != number || s.c.Topic != "C4" {
		t.Errorf("%s %s", s.c.Number, s.c.Topic)
	}
}

// What an offer promises for claims, advice and enquiries.
func TestConsequences(t *testing.T) {
	find := func(s *story, by Actor, a Action) Offer {
		t.Helper()
		for _, o := range s.c.Available(by, s.r, s.now) {
			if o.Action == a {
				return o
			}
		}
		t.Fatalf("%s is not offered", a)
		return Offer{}
	}
	accept := find(filed(t, town, PurposeRequest, "2026-03-02"), handlerAt(town), Accept)
	if !accept.Approver || accept.To != Accepted || accept.Paper != AcceptanceNotice || accept.Clock != StopNotice|StartHandling {
		t.Errorf("%+v", accept)
	}
	advice := find(filed(t, town, PurposeAdvice, "2026-03-02"), unitHeadOf(town), Accept)
	if advice.Approver || advice.Clock != StopNotice|StartPromise {
		t.Errorf("%+v", advice)
	}
	inbound := find(reach[Referred](t), unitHeadOf(county), Accept)
	if inbound.Leg != 2 || inbound.Clock != StopNotice|StopObjection|StartHandling {
		t.Errorf("%+v", inbound)
	}
	serve := find(reach[Signed](t), handlerAt(town), Serve)
	if serve.Paper != OpinionPaper || serve.Clock != StopHandling|StartReview {
		t.Errorf("%+v", serve)
	}
	asked := filed(t, town, PurposeAsk, "2026-03-02").do(handlerAt(town), Act{Action: Draft}).do(unitHeadOf(town), Act{Action: Sign})
	if o := find(asked, handlerAt(town), Serve); o.To != Closed || o.Paper != ReplyLetter || o.Clock != StopPromise|StopNotice {
		t.Errorf("%+v", o)
	}
	own := reach[ClosingAudit](t)
	if o := find(own, auditorAt(town), AuditReturn); o.Clock != 0 || o.To != Handling {
		t.Errorf("%+v", o)
	}
	proposed := reach[Registered](t).do(atDesk(town), Act{Action: Refer, To: county})
	if o := proposed.c.Available(headOf(town), proposed.r, proposed.now)[0]; o.Action != Approve || o.To != Passed || o.Paper != WhereaboutsNotice {
		t.Errorf("%+v", o)
	}
}

// What was possible when it was proposed may be too late when it is approved: then
// only declining is offered.
func TestApprovalComesTooLate(t *testing.T) {
	s := reach[Handling](t).do(handlerAt(town), Act{Action: Extend, Days: 5}).on("2026-07-01")
	s.refused(unitHeadOf(town), Act{Action: Approve}, Conflict, "error.too_late_to_extend")
	offers := s.c.Available(unitHeadOf(town), s.r, s.now)
	if len(offers) == 0 || offers[0].Action != Decline {
		t.Errorf("%+v", offers)
	}
	s.do(unitHeadOf(town), Act{Action: Decline}).state(1, Handling)
}

// Nobody does anything for a unit that is not his, whatever roles he holds.
func TestOtherUnitsDoNothing(t *testing.T) {
	for _, state := range States {
		s := reach[state](t)
		for _, unit := range []UnitID{prov, county2, other, ""} {
			if s.c.legAt(unit) != 0 {
				continue // it reviews, or decides
			}
			all := Actor{Kind: ByStaff, Staff: ID{5}, Unit: unit, Roles: Roles}
			if offers := s.c.Available(all, s.r, s.now); len(offers) != 0 {
				t.Errorf("%s: %s is offered %+v", state, unit, offers)
			}
			for _, action := range Actions {
				for leg := range len(s.c.Legs) + 2 {
					if _, err := s.try(all, Act{Action: action, Leg: leg}); err == nil {
						t.Errorf("%s: %s by a stranger from %q", state, action, unit)
					}
				}
			}
		}
	}
}

// Administrators read no case and do nothing to one, in their own unit either.
func TestAdministratorsDoNothing(t *testing.T) {
	for _, state := range States {
		s := reach[state](t)
		for _, l := range s.c.Legs {
			admin := staff(l.Unit, "admin", SystemAdmin, SecurityAdmin, AuditAdmin)
			if offers := s.c.Available(admin, s.r, s.now); len(offers) != 0 {
				t.Errorf("%s: %+v", state, offers)
			}
		}
	}
}
