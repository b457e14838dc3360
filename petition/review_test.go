package petition

import (
	"slices"
	"testing"
)

// A county's opinion is reviewed by the city and re-reviewed by the province, each
// with its days (Art. 35, 36), and then it is final.
func TestReviewAndReReview(t *testing.T) {
	s := answer(filed(t, county, PurposeRequest, "2026-03-02"), county)
	s.due(1, ReviewClock, "2026-04-01")
	s.on("2026-03-10").do(Petitioner, Act{Action: AskReview, Text: "1998 was left out"}).
		state(1, Challenged).state(2, ReviewAsked).shown(ShownReview).due(2, ReviewOpinionClock, "2026-04-09")
	if l := s.c.Leg(2); l.Unit != town || l.Kind != Review || l.Queue() != ToReview {
		t.Errorf("%+v", l)
	}
	if k := s.clock(1, ReviewClock); k.Running() {
		t.Error("K5 runs on after the review was asked")
	}
	s.do(atDesk(town), Act{Action: TakeReview}).shown(ShownReview)
	s.refused(handlerAt(town), Act{Action: Draft, Outcome: Supported}, Invalid, "problem.outcome_missing")
	s.on("2026-03-20")
	decideReview(s, town, Upheld).state(2, Reviewed).state(1, Challenged).shown(ShownReviewed).
		due(2, ReReviewClock, "2026-04-20") // the 19th is a Sunday
	s.on("2026-04-20").do(Petitioner, Act{Action: AskReview, Text: "again"}).shown(ShownReReview).
		due(3, ReReviewOpinionClock, "2026-05-20")
	s.on("2026-05-12")
	decideReview(s, prov, Changed).state(3, Final).state(2, ClosedFinal).state(1, ClosedFinal).shown(ShownFinal)
	s.refused(Petitioner, Act{Action: AskReview}, Conflict, "error.move_not_possible")
	var kinds []PaperKind
	for _, p := range Project(s.c, s.r, s.now).Letters {
		kinds = append(kinds, p.Kind)
	}
	want := []PaperKind{AcceptanceNotice, OpinionPaper, ReviewAcceptance, ReviewOpinion, ReReviewOpinion}
	if !slices.Equal(kinds, want) {
		t.Errorf("letters %v", kinds)
	}
}

// The right to a review ends with its last day, which rolls over a holiday; what was
// sent in time and arrives late counts.
func TestReviewInTime(t *testing.T) {
	s := reach[Replied](t)
	s.on("2026-04-02").refused(Petitioner, Act{Action: AskReview}, Conflict, "error.too_late_for_review")
	s.do(Petitioner, Act{Action: AskReview, At: noon(t, "2026-04-01")}).state(1, Challenged)
	if got := Day(s.c.Leg(2).Received); got != "2026-04-01" {
		t.Errorf("K6 counts from %s", got)
	}
}

// Nobody above in the tree as it is known: the way is told on the paper, not here.
func TestReviewNeedsAUnitAbove(t *testing.T) {
	s := answer(filed(t, prov, PurposeRequest, "2026-03-02"), prov)
	s.refused(Petitioner, Act{Action: AskReview}, Conflict, "error.no_unit_above")
}

// A refused request leaves the case where it was, with what was left of its closing.
func TestRefusedReviewGoesBack(t *testing.T) {
	s := reach[ClosingAudit](t).do(Petitioner, Act{Action: AskReview}).
		do(headOf(prov), Act{Action: RefuseReview}).state(1, Replied).state(2, NotReviewed).shown(ShownReplied)
	s.do(handlerAt(town), Act{Action: AskClosing}).do(auditorAt(town), Act{Action: AuditPass}).state(1, Closed)
}

// What was annulled is done again with the same 60 days, and not with the same result
// on the same facts.
func TestRedoMayNotRepeat(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").
		do(unitHeadOf(county), Act{Action: Accept}).do(handlerAt(county), Act{Action: Start})
	decideReview(s, county, NotSupported).do(Petitioner, Act{Action: AskReview}).do(atDesk(town), Act{Action: TakeReview})
	s.on("2026-03-20")
	decideReview(s, town, SentBack).state(2, Annulled).state(1, Handling).shown(ShownHandling).
		due(1, HandlingClock, "2026-05-19")
	s.refused(handlerAt(county), Act{Action: Draft, Outcome: NotSupported}, Invalid, "problem.same_outcome")
	if _, err := s.try(handlerAt(county), Act{Action: Draft, Outcome: NotSupported, NewFacts: "a register was found"}); err != nil {
		t.Errorf("the same result on new facts: %v", err)
	}
	decideReview(s, county, Supported).state(1, Replied).do(Petitioner, Act{Action: AskReview}).state(3, ReviewAsked)
}

// What was granted and not done is chased at the leg that granted it, also when the case
// has gone on above it.
func TestGrantedIsChasedBelowTheFinalOpinion(t *testing.T) {
	s := answer(filed(t, county, PurposeRequest, "2026-03-02"), county).do(Petitioner, Act{Action: AskReview}).
		do(atDesk(town), Act{Action: TakeReview})
	decideReview(s, town, Upheld).do(Petitioner, Act{Action: AskReview})
	decideReview(s, prov, Upheld).state(3, Final).state(1, ClosedFinal)
	a, after, ok := s.c.NextOfItself(1, s.r)
	if !ok || a != ChaseExecution {
		t.Fatalf("%s %v", a, ok)
	}
	s.on(Day(after.AddDate(0, 0, 1))).do(System, Act{Action: a, Leg: 1}).state(1, Supervised).state(3, Final)
}

// A hearing stops only the clock of the re-review (Art. 36).
func TestOnlyTheReReviewWaitsForAHearing(t *testing.T) {
	s := reach[Handling](t)
	before := s.clock(1, HandlingClock).Due
	s.do(unitHeadOf(town), Act{Action: OpenHearing}).on("2026-03-22").do(handlerAt(town), Act{Action: CloseHearing}).state(1, Handling)
	if got := s.clock(1, HandlingClock).Due; got != before {
		t.Errorf("K4 moved from %s to %s", before, got)
	}
	s = answer(filed(t, county, PurposeRequest, "2026-03-02"), county).do(Petitioner, Act{Action: AskReview}).
		do(atDesk(town), Act{Action: TakeReview})
	decideReview(s, town, Upheld).do(Petitioner, Act{Action: AskReview}).due(3, ReReviewOpinionClock, "2026-04-01")
	s.do(unitHeadOf(prov), Act{Action: OpenHearing}).on("2026-03-12").do(unitHeadOf(prov), Act{Action: CloseHearing}).
		state(3, UnderReview).due(3, ReReviewOpinionClock, "2026-04-13") // ten days, and the 11th is a Saturday
}

// Row 34: the window passes unused, and what was under way by mail is waited for.
func TestWindowPassesUnused(t *testing.T) {
	s := reach[Closed](t)
	s.on("2026-04-03").refused(System, Act{Action: Conclude}, Conflict, "error.window_open")
	s.on("2026-04-05").do(System, Act{Action: Conclude}).state(1, ClosedFinal).shown(ShownClosed)
	s.refused(Petitioner, Act{Action: AskReview}, Conflict, "error.move_not_possible")
}
