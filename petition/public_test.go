package petition

import (
	"slices"
	"testing"
)

// The whole way of a claim as its petitioner reads it, step by step.
func TestPetitionerReadsTheWholeWay(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").
		do(atDesk(town), Act{Action: AskInfo, Text: "Which year?", Deadline: "2026-03-09"}).shown(ShownAsked)
	if f := Project(s.c, s.r, s.now); f.Ask == nil || f.Ask.What != "Which year?" || f.Ask.Until != "2026-03-09" ||
		!slices.Equal(f.Can, []Action{Supply, Withdraw, Correct, AskViews, AskNews}) || f.Clock.Kind != NoticeClock || f.Clock.Due != "2026-03-17" {
		t.Errorf("asked: %+v", f)
	}
	s.on("2026-03-05").do(Petitioner, Act{Action: AddInfo, Text: "1998", At: noon(t, "2026-03-04")}). // the answer, by whatever button
														refused(atDesk(town), Act{Action: AskInfo}, Conflict, "error.asked_before").
														do(headOf(town), Act{Action: Refer, To: county}).shown(ShownPassed).
														do(atDesk(county), Act{Action: Register}).shown(ShownPassed).
														do(unitHeadOf(county), Act{Action: Accept}).shown(ShownAccepted).
														do(handlerAt(county), Act{Action: Start}).
														do(handlerAt(county), Act{Action: Note, Text: "We asked the archive.", Public: true}).
														do(handlerAt(county), Act{Action: Note, Text: "internal"}).
														do(unitHeadOf(county), Act{Action: Extend, Days: 10}).
														toServed(county).
														do(handlerAt(county), Act{Action: AskClosing}).
														do(Petitioner, Act{Action: Rate}).
														do(auditorAt(county), Act{Action: AuditPass}).shown(ShownClosed)
	f := Project(s.c, s.r, s.now)
	var steps []string
	for _, step := range f.Steps {
		steps = append(steps, step.Key)
	}
	want := []string{"step.submitted", "step.registered", "step.asked", "step.supplied", "step.passed", "step.registered",
		"step.accepted", "step.started", "step.note", "step.extended", "step.replied", "step.rated", "step.closed"}
	if !slices.Equal(steps, want) {
		t.Errorf("steps %v", steps)
	}
	var letters []PaperKind
	for _, letter := range f.Letters {
		letters = append(letters, letter.Kind)
		if letter.UnitName == "" || letter.Day == "" || letter.SignedBy != "" {
			t.Errorf("letter %+v", letter)
		}
	}
	if !slices.Equal(letters, []PaperKind{InfoRequest, WhereaboutsNotice, AcceptanceNotice, ExtensionNotice, OpinionPaper}) {
		t.Errorf("letters %v", letters)
	}
	if f.Steps[3].At != noon(t, "2026-03-04") || f.Unit.ID != county || f.Outcome != Supported || f.Rating == nil || f.Filing != nil {
		t.Errorf("%+v", f)
	}
	if f.Clock == nil || f.Clock.Kind != ReviewClock || !slices.Equal(f.Can, []Action{AskReview, Rate, Correct, AskViews, AskNews}) {
		t.Errorf("clock %+v can %v", f.Clock, f.Can)
	}
}

// A draft and an unserved signature show nothing; a corrected opinion is served anew,
// and the first stays, marked.
func TestOpinionIsALetterWhenServed(t *testing.T) {
	s := reach[Signed](t)
	if f := Project(s.c, s.r, s.now); f.Outcome != "" || len(f.Letters) != 1 || f.Status != ShownHandling {
		t.Errorf("signed: %+v", f)
	}
	s.do(handlerAt(town), Act{Action: Serve}).do(handlerAt(town), Act{Action: AskClosing}).
		do(auditorAt(town), Act{Action: AuditReturn}).
		do(handlerAt(town), Act{Action: Draft, Outcome: NotSupported}).shown(ShownReplied)
	if f := Project(s.c, s.r, s.now); f.Outcome != Supported {
		t.Errorf("an unserved correction shows: %s", f.Outcome)
	}
	s.refused(Petitioner, Act{Action: Withdraw}, Conflict, "error.too_late_to_withdraw")
	s.on("2026-04-01").do(unitHeadOf(town), Act{Action: Sign}).do(handlerAt(town), Act{Action: Serve})
	f := Project(s.c, s.r, s.now)
	opinions := f.Letters[1:]
	if len(opinions) != 2 || !opinions[0].Replaced || opinions[1].Replaced || f.Outcome != NotSupported {
		t.Errorf("%+v", opinions)
	}
	s.due(1, ReviewClock, "2026-05-06")
	if k := s.clock(1, HandlingClock); Day(k.Stopped) != "2026-03-02" {
		t.Errorf("K4 stopped %s", k.Stopped)
	}
}

// Answers that come late are taken, not lost.
func TestLateSupplyIsAnAddition(t *testing.T) {
	s := reach[AwaitingInfo](t)
	s.refused(System, Act{Action: Lapse}, Conflict, "error.not_lapsed")
	s.on("2026-03-11").do(System, Act{Action: Lapse}).state(1, Registered).
		do(Petitioner, Act{Action: Supply, Text: "1998"}).state(1, Registered)
	if got := s.c.Events[len(s.c.Events)-1].Act.Action; got != AddInfo {
		t.Errorf("recorded as %s", got)
	}
}

func TestRatingWindow(t *testing.T) {
	s := reach[Replied](t) // 2 March 2026; the window ends on 1 April
	s.refused(Petitioner, Act{Action: Rate, Rating: &Rating{Office: "great", Unit: "fair"}}, Invalid, "problem.grade_missing")
	s.on("2026-04-02").refused(Petitioner, Act{Action: Rate}, Conflict, "error.too_late_to_rate")
	// sent in time and carried over late
	s.do(Petitioner, Act{Action: Rate, At: noon(t, "2026-04-01")})

	s = reach[Replied](t).on("2026-03-10").do(Petitioner, Act{Action: Rate})
	s.on("2026-03-18").refused(Petitioner, Act{Action: Rate}, Conflict, "error.rated_already")
	s.on("2026-03-17").do(Petitioner, Act{Action: Rate, Rating: &Rating{Office: "poor", Unit: "poor"}}).
		refused(Petitioner, Act{Action: Rate}, Conflict, "error.rated_already")
	if s.c.Rating.Office != "poor" {
		t.Errorf("%+v", s.c.Rating)
	}
}

// A report shows that it was received, at the unit the reporter chose, and nothing else.
func TestReportShowsReceived(t *testing.T) {
	s := begin(t, "2026-03-02").do(System, Act{Action: Submit, Filing: file(PurposeReport), Unit: prov}).shown(ShownReceived)
	if f := Project(s.c, s.r, s.now); f.Unit.ID != county || len(f.Steps) != 1 || f.Can != nil {
		t.Errorf("%+v", f)
	}
	// a claim that turned out to be one
	f := Project(reach[SealedUp](t).c, testRules(), noon(t, "2026-03-03"))
	if f.Status != ShownReceived || len(f.Steps) != 1 || f.Letters != nil || f.Clock != nil || f.Track != Report {
		t.Errorf("%+v", f)
	}
}

// While a proposal waits nothing else moves the leg, but notes and the petitioner may.
func TestProposalStandsInTheWay(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").do(atDesk(town), Act{Action: Assign, To: county})
	for _, act := range []Action{Accept, Redirect, Refuse, Refer, AskInfo, Distribute, SealUp} {
		for _, by := range []Actor{atDesk(town), headOf(town), unitHeadOf(town), leaderOf(town)} {
			if _, err := s.try(by, Act{Action: act}); err == nil {
				t.Errorf("%s by %s passed the proposal", act, by.Name)
			}
		}
	}
	s.refused(headOf(town), Act{Action: Approve}, Forbidden, "error.not_your_role") // R→L: the leader
	s.do(atDesk(town), Act{Action: Note}).do(Petitioner, Act{Action: AddInfo}).
		refused(leaderOf(town), Act{Action: Decline, Reason: " "}, Invalid, "problem.reason_missing").
		do(leaderOf(town), Act{Action: Decline}).state(1, Registered)
	if s.c.Leg(1).Pending != nil || len(s.c.Legs) != 1 {
		t.Error("the proposal stands")
	}
	s.refused(leaderOf(town), Act{Action: Approve}, Conflict, "error.nothing_to_approve")
	s.do(atDesk(town), Act{Action: Refer, To: county}).do(Petitioner, Act{Action: Withdraw}).state(1, Withdrawn).shown(ShownWithdrawn)
	if s.c.Leg(1).Pending != nil {
		t.Error("a proposal outlives the case")
	}
}

// The approver may better the paper; what he approves goes out.
func TestApproverEditsThePaper(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").do(atDesk(town), Act{Action: Redirect})
	better := paperFor(s, Act{Action: Redirect})
	better.Title = "Better"
	s.on("2026-03-04").do(headOf(town), Act{Action: Approve, Paper: better})
	if got := Project(s.c, s.r, s.now).Letters[0]; got.Title != "Better" || got.Day != "2026-03-04" {
		t.Errorf("%+v", got)
	}
}

func TestTransfersGoDownOnly(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02")
	for _, to := range []UnitID{town, prov, other, "999999"} {
		_, err := s.try(headOf(town), Act{Action: Refer, To: to})
		if err == nil {
			t.Errorf("referred to %s", to)
		}
	}
	s.refused(headOf(town), Act{Action: Refer, To: gone}, Invalid, "problem.to_closed")
	s.refused(leaderOf(town), Act{Action: Assign, To: county, Deadline: "2026-03-02"}, Invalid, "problem.day_not_future")
	low := filed(t, county, PurposeRequest, "2026-03-02")
	low.refused(headOf(county), Act{Action: Refer, To: town}, Conflict, "error.nobody_below")
}

// Province assigns to the city, the city refers to the county: all three audit.
func TestClosingClimbsToTheAssigner(t *testing.T) {
	s := filed(t, prov, PurposeRequest, "2026-03-02").
		do(leaderOf(prov), Act{Action: Assign, To: town}).
		do(atDesk(town), Act{Action: Register}).do(headOf(town), Act{Action: Refer, To: county}).
		do(atDesk(county), Act{Action: Register}).toReply(county).
		refused(handlerAt(county), Act{Action: AskClosing, Text: " "}, Invalid, "problem.report_missing").
		do(handlerAt(county), Act{Action: AskClosing})
	if s.clock(2, ReportClock).Running() {
		t.Error("the city's report clock runs")
	}
	s.do(auditorAt(county), Act{Action: AuditPass}).refused(auditorAt(town), Act{Action: AuditPass, Leg: 3}, Forbidden, "error.not_your_unit").
		do(auditorAt(prov), Act{Action: AuditReturn, Deadline: "2026-07-01"}).state(3, Handling).due(2, ReportClock, "2026-07-01").
		do(handlerAt(county), Act{Action: AskClosing}).do(auditorAt(county), Act{Action: AuditPass}).
		do(auditorAt(prov), Act{Action: AuditPass}).state(3, Closed)
}

func TestAnonymousCodeIsNotReplaced(t *testing.T) {
	f := file(PurposeAdvice)
	f.Anonymous, f.Person = true, Person{}
	s := begin(t, "2026-03-02").do(System, Act{Action: Submit, Filing: f, Unit: county}).
		do(atDesk(county), Act{Action: Register}).
		refused(atDesk(county), Act{Action: ReplaceCode}, Forbidden, "error.anonymous_code")
	if f := s.c.Filing; f.Reachable() {
		t.Error("an anonymous person has an address")
	}
}

// A case belongs to its handler; another handler of the unit must be given it first.
func TestOnlyTheHandlerHandles(t *testing.T) {
	second := staff(county, "second", Handler)
	s := filed(t, county, PurposeRequest, "2026-03-02").do(headOf(county), Act{Action: Distribute})
	if q := s.c.Leg(1).Queue(); q != ToAccept {
		t.Errorf("queue %s", q)
	}
	s.refused(second, Act{Action: Accept}, Forbidden, "error.not_your_case")
	s.do(handlerAt(county), Act{Action: Accept}).do(unitHeadOf(county), Act{Action: Approve}).
		refused(second, Act{Action: Start}, Forbidden, "error.not_your_case").
		do(headOf(county), Act{Action: Distribute, Handler: second.Staff}).do(second, Act{Action: Start})
	act := Act{Action: Distribute, Handler: auditorAt(county).Staff, Leg: 1}
	_, err := Decide(s.c, headOf(county), act, Facts{HandlerRoles: []Role{ClosingAuditor}}, s.r, s.now)
	wantRefusal(t, err, Invalid, "problem.handler_unfit")
}

// Clocks of two nodes differ: history never goes back in time.
func TestEventsNeverGoBack(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").on("2026-03-01").do(atDesk(county), Act{Action: Note})
	es := s.c.Events
	if es[2].At.Before(es[1].At) {
		t.Errorf("%s before %s", es[2].At, es[1].At)
	}
	if err := s.c.Apply(es[1]); err == nil {
		t.Error("the same event twice")
	}
}

// Whoever waits for an answer is told until when, whatever the units settle meanwhile.
func TestWhoeverWaitsIsTold(t *testing.T) {
	for _, state := range []State{Submitted, Registered, AwaitingInfo, Referred, Assigned, Objected, Returned,
		Accepted, Handling, Extended, PendingSign, Signed} {
		s := reach[state](t)
		for _, day := range []string{"2026-03-03", "2026-03-09"} {
			if f := Project(s.c, s.r, noon(t, day)); f.Clock == nil || f.Clock.Due == "" || f.Clock.Kind == ReviewClock {
				t.Errorf("%s on %s: no day is named: %+v", state, day, f.Clock)
			}
		}
	}
	s := reach[Objected](t)
	told := Project(s.c, s.r, s.now).Clock.Due
	if later := Project(s.c, s.r, noon(t, "2026-03-09")).Clock.Due; later != told {
		t.Errorf("the day moved from %s to %s while the units talked", told, later)
	}
}

// The sender decides an objection while his own 15 days from the original receipt last.
func TestAnUndecidedObjectionHasADayAtTheSender(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").
		on("2026-03-03").do(headOf(town), Act{Action: Refer, To: county})
	if k, runs := s.c.NextClock(1, s.r, s.now); runs {
		t.Errorf("passed on, and %s runs at the sender", k.Kind)
	}
	s.on("2026-03-06").do(unitHeadOf(county), Act{Action: Object})
	if k, runs := s.c.NextClock(1, s.r, s.now); !runs || k.Kind != NoticeClock || Day(k.Due) != "2026-03-17" {
		t.Errorf("the sender has %+v", k)
	}
	s.do(headOf(town), Act{Action: Overrule, Leg: 2})
	if k, runs := s.c.NextClock(1, s.r, s.now); runs {
		t.Errorf("decided, and %s runs at the sender", k.Kind)
	}
}
