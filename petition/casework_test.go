package petition

import (
	"strings"
	"testing"
)

// A mixed petition is divided before anything is sent on; its matters keep one parent
// number, each with its own track and clocks.
func TestScenario1_4_MixedContentIsDivided(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	one := []Part{{Purpose: PurposeRequest, Topic: "C6", Title: "a", Facts: "f"}}
	s.refused(headOf(county), Act{Action: Divide, Parts: one}, Invalid, "problem.parts_missing")
	s.refused(headOf(county), Act{Action: Divide, Parts: append(one, Part{Title: "b"})}, Invalid, "problem.facts_missing")
	s.do(headOf(county), Act{Action: Divide}).state(1, Divided).shown(ShownDivided)

	for i, act := range Children(s.c) {
		es, err := Decide(nil, Registering(headOf(county)), act, Facts{}, s.r, s.now)
		if err != nil {
			t.Fatal(err)
		}
		child, err := Fold(ID{byte(i + 2)}, es)
		if err != nil {
			t.Fatal(err)
		}
		if child.Number != s.c.Number+"-"+string(rune('1'+i)) || child.Parent.Number != s.c.Number || Day(child.Received) != "2026-03-02" {
			t.Errorf("child %+v", child)
		}
		if want := []Track{Claim, Advice}[i]; child.Track != want {
			t.Errorf("%s is on track %s", child.Number, child.Track)
		}
		for _, o := range child.Available(headOf(county), s.r, s.now) {
			if o.Action == Divide {
				t.Error("a part can be divided again")
			}
		}
	}
}

// A first petition is taken on by its first handler within one working day.
func TestScenario3_1_FirstHandlerSignsOn(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-06") // a Friday
	s.refused(handlerAt(county), Act{Action: SignFor, Leg: 1}, Conflict, "error.not_first")
	s.do(atDesk(county), Act{Action: Judge, First: true})
	if got := Day(s.c.SignForDue(s.r)); got != "2026-03-09" {
		t.Errorf("to be signed for by %s", got)
	}
	s.refused(atDesk(county), Act{Action: Judge, First: true}, Conflict, "error.judged_before")
	s.do(handlerAt(county), Act{Action: SignFor, Leg: 1})
	if l := s.c.Leg(1); l.SignedFor.IsZero() || l.Handler.IsZero() {
		t.Errorf("%+v", l)
	}
	s.refused(handlerAt(county), Act{Action: SignFor, Leg: 1}, Conflict, "error.signed_for")
}

// A repeat names the earlier matter, and the earlier one records what became of it
// and why (3.2, 3.3).
func TestScenario3_2_ReturnIsRecordedWithItsCause(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	s.refused(atDesk(county), Act{Action: Judge, Link: &Link{}}, Invalid, "problem.link_missing")
	s.do(atDesk(county), Act{Action: Judge, Link: &Link{Number: "XF-linked"}})
	if s.c.Repeat.First || s.c.Repeat.Link == nil {
		t.Errorf("%+v", s.c.Repeat)
	}
	old := reach[Closed](t)
	old.refused(atDesk(town), Act{Action: Turn, Turned: &Turned{Kind: TurnRepeat}}, Invalid, "problem.choice")
	old.do(atDesk(town), Act{Action: Turn, Turned: &Turned{Kind: TurnRepeat, Cause: "poor"}, Link: &Link{Number: s.c.Number}})
	if len(old.c.Turns) != 1 || old.c.Turns[0].Link.Number != s.c.Number || old.c.Turns[0].At.IsZero() {
		t.Errorf("%+v", old.c.Turns)
	}
}

func TestScenario3_3_JointAfterSingleIsRecorded(t *testing.T) {
	old := reach[Replied](t).do(headOf(town), Act{Action: Turn, Turned: &Turned{Kind: TurnJoint, Cause: "late"}, Link: &Link{Number: "XF-joint"}})
	if old.c.Turns[0].Kind != TurnJoint {
		t.Errorf("%+v", old.c.Turns)
	}
}

// Simplified handling: ten working days to answer; not for what was assigned, is
// joint, may belong to a court, comes back, or was taken on late.
func TestScenario3_5_SimplifiedHandling(t *testing.T) {
	s := reach[Accepted](t).do(unitHeadOf(town), Act{Action: Simplify}).state(1, Handling).due(1, SimpleClock, "2026-03-16")
	s.refused(unitHeadOf(town), Act{Action: Extend}, Conflict, "error.extend_simple")
	s.do(unitHeadOf(town), Act{Action: Ordinary}).due(1, HandlingClock, "2026-05-06") // 1 May is a holiday

	for key, change := range map[string]func(c *Case){
		"error.not_simple_joint":    func(c *Case) { c.Filing.Cosigners = 3 },
		"error.not_simple_legal":    func(c *Case) { c.Filing.Court = "yes" },
		"error.not_simple_assigned": func(c *Case) { c.Arrival = FromUpperTask },
		"error.not_simple_repeat":   func(c *Case) { c.Repeat = &Repeat{} },
		"error.not_simple_late":     func(c *Case) { c.Leg(1).AcceptedAt = noon(t, "2026-03-06") },
	} {
		s := reach[Accepted](t)
		change(s.c)
		s.refused(unitHeadOf(town), Act{Action: Simplify}, Conflict, key)
	}
	s = reach[Assigned](t).do(unitHeadOf(county), Act{Action: Accept})
	s.refused(unitHeadOf(county), Act{Action: Simplify}, Conflict, "error.not_simple_assigned")
}

// The same facts after a final opinion are no longer taken; new facts are (row 39).
func TestScenario4_4_FinalOpinionIsNotTakenTwice(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	s.refused(headOf(county), Act{Action: NoLongerTake, Link: &Link{}}, Invalid, "problem.link_missing")
	s.refused(headOf(county), Act{Action: NoLongerTake, Link: &Link{}, Prior: &Prior{Number: "复核〔2020〕1号"}}, Invalid, "problem.prior_unit_missing")
	s.refused(headOf(county), Act{Action: NoLongerTake, Prior: &Prior{Unit: "City Department", Day: "2020-05-01"}}, Invalid, "problem.prior_number_missing")
	s.do(headOf(county), Act{Action: NoLongerTake}).state(1, NoLonger).shown(ShownNoLonger)

	s = filed(t, county, PurposeRequest, "2026-03-02").do(headOf(county), Act{Action: Renew})
	if s.c.After == nil {
		t.Error("not linked to the ended matter")
	}
	s.do(unitHeadOf(county), Act{Action: Accept}).state(1, Accepted)
}

// Litigation is guided to the competent organ with its procedure and an address.
func TestScenario4_5_LitigationIsGuided(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	s.refused(headOf(county), Act{Action: Divert, Procedure: "32"}, Invalid, "problem.procedure_missing")
	s.refused(headOf(county), Act{Action: Divert, Procedure: JudicialWay, Body: &Body{Name: "Court"}}, Invalid, "problem.body_phone_missing")
	s.do(headOf(county), Act{Action: Divert}).state(1, Diverted).shown(ShownDiverted)
	if _, runs := s.c.NextClock(1, s.r, s.now); runs {
		t.Error("a clock runs on, though the matter has its own procedure")
	}
}

// An opinion that grants is not drafted without a task to carry it out, and what is
// not carried out in time is supervised (row 37).
func TestScenario5_1_GrantedMustBeDone(t *testing.T) {
	s := reach[Handling](t)
	s.refused(handlerAt(town), Act{Action: Draft, Outcome: Supported, Execution: &Execution{}}, Invalid, "problem.execution_missing")
	s = reach[Closed](t).due(1, ExecutionClock, "2026-05-01")
	s.on("2026-05-01").refused(System, Act{Action: ChaseExecution}, Conflict, "error.not_lapsed")
	s.on("2026-05-02").do(System, Act{Action: ChaseExecution}).state(1, Supervised).shown(ShownClosed)
	s.do(handlerAt(town), Act{Action: Execute, Leg: 1}).state(1, Closed)
	s.refused(handlerAt(town), Act{Action: Execute, Leg: 1}, Conflict, "error.nothing_to_execute")
}

// Like cases with opposite outcomes: the signer says why.
func TestScenario5_3_OppositeOutcomesNeedAReason(t *testing.T) {
	s := reach[PendingSign](t)
	act, facts := fill(s, unitHeadOf(town), Act{Action: Sign})
	facts.Contrary, act.Reason = []Link{{Number: "XF-other"}}, ""
	if _, err := Decide(s.c, unitHeadOf(town), act, facts, s.r, s.now); !Is(err, Invalid) {
		t.Errorf("signed without a word: %v", err)
	}
	act.Reason = "the other had paid his dues"
	if _, err := Decide(s.c, unitHeadOf(town), act, facts, s.r, s.now); err != nil {
		t.Error(err)
	}
}

// Row 18: nobody who was asked to keep away touches the matter again, nobody decides
// about himself, and the head's recusal is decided above.
func TestRecusal(t *testing.T) {
	s := reach[Handling](t).do(Petitioner, Act{Action: AskRecusal, Text: "he is my brother-in-law"})
	if s.c.Leg(1).Queue() != ToRecuse {
		t.Errorf("queue %s", s.c.Leg(1).Queue())
	}
	s.refused(Petitioner, Act{Action: AskRecusal}, Conflict, "error.recusal_asked")
	s.refused(unitHeadOf(town), Act{Action: DecideRecusal, Granted: true, Handler: handlerAt(town).Staff}, Invalid, "problem.new_handler_missing")
	s.do(unitHeadOf(town), Act{Action: DecideRecusal, Granted: true, Whom: handlerAt(town).Staff})
	s.refused(handlerAt(town), Act{Action: Draft}, Forbidden, "error.recused")
	s.do(staff(town, "hand2", Handler), Act{Action: Draft})

	s = reach[Handling](t).do(handlerAt(town), Act{Action: AskRecusal, Text: "he is my brother-in-law"})
	if asked := s.c.Leg(1).Recusal; asked.By != ByPetitioner || asked.Reason != "he is my brother-in-law" || !asked.Whom.IsZero() {
		t.Errorf("written down at the counter: %+v", asked)
	}

	s = reach[Handling](t).do(unitHeadOf(town), Act{Action: DeclareRecusal, Leg: 1})
	if l := s.c.Leg(2); l.Unit != prov || l.State != Deciding || s.c.Queue(*l) != ToRecuse {
		t.Errorf("%+v", l)
	}
	s.refused(leaderOf(town), Act{Action: DecideRecusal, Leg: 1}, Forbidden, "error.not_your_unit")
	s.do(leaderOf(prov), Act{Action: DecideRecusal, Leg: 1, Granted: true}).state(2, Decided).state(1, Handling)
	s.refused(unitHeadOf(town), Act{Action: Extend}, Forbidden, "error.recused")
	if got := Project(s.c, s.r, s.now).Letters; len(got) != 1 {
		t.Errorf("what staff declare among themselves is a letter: %+v", got)
	}
}

// Who asked that an officer keep away is told what was decided; what staff declare among
// themselves is no step of the petitioner's.
func TestRecusalIsToldToWhoeverAsked(t *testing.T) {
	told := func(s *story) string {
		for _, step := range Project(s.c, s.r, s.now).Steps {
			if strings.Contains(step.Key, "recusal_") && !step.Mine {
				return step.Key
			}
		}
		return ""
	}
	ask := Act{Action: AskRecusal, Text: "he is my brother-in-law"}
	s := reach[Handling](t).do(Petitioner, ask).do(unitHeadOf(town), Act{Action: DecideRecusal, Granted: true, Whom: handlerAt(town).Staff})
	if got := told(s); got != "step.recusal_granted" {
		t.Errorf("granted: %q", got)
	}
	s = reach[Handling](t).do(Petitioner, ask).do(unitHeadOf(town), Act{Action: DecideRecusal, Reason: "not related"})
	if got := told(s); got != "step.recusal_denied" {
		t.Errorf("denied: %q", got)
	}
	s = reach[Handling](t).do(unitHeadOf(town), Act{Action: DeclareRecusal, Leg: 1}).
		do(leaderOf(prov), Act{Action: DecideRecusal, Leg: 1, Granted: true})
	if got := told(s); got != "" {
		t.Errorf("declared by staff: %q", got)
	}
}

// A dispute over competence goes to the common superior, once (Art. 24).
func TestDisputeGoesUp(t *testing.T) {
	s := reach[Disputed](t).state(3, Deciding).shown(ShownPassed)
	s.refused(headOf(town), Act{Action: RuleSender, Leg: 2}, Forbidden, "error.not_your_unit")
	s.do(headOf(prov), Act{Action: RuleSender}).state(2, Returned).state(1, Registered).state(3, Decided)

	s = reach[Disputed](t).do(atDesk(prov), Act{Action: RuleReceiver}).do(headOf(prov), Act{Action: Approve}).state(2, Referred)
	s.refused(unitHeadOf(county), Act{Action: Dispute}, Conflict, "error.no_dispute")
	s.do(unitHeadOf(county), Act{Action: Accept}).state(2, Accepted)
}

// Row 6: merged into the same person's matter in hand, with its number.
func TestMerge(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	s.refused(headOf(county), Act{Action: Merge, Link: &Link{}}, Invalid, "problem.link_missing")
	s.do(headOf(county), Act{Action: Merge}).state(1, Merged).shown(ShownMerged)
	if s.c.Into == nil || s.c.Into.Number != "XF-linked" {
		t.Errorf("%+v", s.c.Into)
	}
}

// Row 38: the file rests some days after the last window, and not before what was
// granted is done.
func TestArchive(t *testing.T) {
	s := reach[Closed](t).refused(atDesk(town), Act{Action: Archive, Leg: 1}, Conflict, "error.not_executed")
	s.do(handlerAt(town), Act{Action: Execute, Leg: 1})
	s.on("2026-04-20").refused(atDesk(town), Act{Action: Archive, Leg: 1}, Conflict, "error.too_early_to_archive")
	s.on("2026-06-03").do(atDesk(town), Act{Action: Archive, Leg: 1}).state(1, Archived).shown(ShownClosed)
}
