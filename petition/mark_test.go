package petition

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// marked writes the marks of a leg for one indicator: "2026-03-17 1/1".
func (s *story) marked(leg int, what Indicator) string {
	s.t.Helper()
	var all []string
	for _, m := range s.c.Marks(leg, s.r) {
		if m.What == what {
			all = append(all, fmt.Sprintf("%s %d/%d", m.Day, m.Num, m.Den))
		}
	}
	return strings.Join(all, " ")
}

func (s *story) marks(leg int, what Indicator, want string) *story {
	s.t.Helper()
	if got := s.marked(leg, what); got != want {
		s.t.Fatalf("%s of leg %d: %q, want %q", what, leg, got, want)
	}
	return s
}

// What falls due is marked on its last day from the beginning, as not done; done in time
// it counts there, however early it was.
func TestWhatFallsDueIsMarkedOnItsLastDay(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").
		marks(1, NoticesInTime, "2026-03-17 0/1").
		marks(1, OverdueStock, "2026-03-18 1/0 2026-05-19 1/0").
		marks(1, AnswersInTime, "2026-05-18 0/1") // accepted by itself at the end of the notice limit
	s.on("2026-03-05").do(unitHeadOf(county), Act{Action: Accept}).
		marks(1, NoticesInTime, "2026-03-17 1/1").
		marks(1, AnswersInTime, "2026-05-06 0/1"). // 4 May and the holiday before are passed over
		marks(1, ExtendedShare, "2026-03-05 0/1")
	s.on("2026-04-01").do(handlerAt(county), Act{Action: Start}).toServed(county).
		marks(1, AnswersInTime, "2026-05-06 1/1").
		marks(1, ClosedInTime, "2026-05-06 1/1").
		marks(1, MeanDays, "2026-04-01 30/1").
		marks(1, OverdueStock, "").
		marks(1, RatedAtAll, "2026-05-01 0/1")
}

// What is late stays late: the stock rises on the day after and falls on the day it is
// done.
func TestWhatIsLateComesAndGoesInTheStock(t *testing.T) {
	filed(t, county, PurposeRequest, "2026-03-02").on("2026-03-20").do(unitHeadOf(county), Act{Action: Accept}).
		marks(1, NoticesInTime, "2026-03-17 0/1").
		marks(1, OverdueStock, "2026-03-18 1/0 2026-03-20 -1/0 2026-05-19 1/0")
}

// What ended before its day owes nothing; the petitioner who takes it back is no miss.
func TestWhatEndedBeforeItsDayOwesNothing(t *testing.T) {
	filed(t, county, PurposeRequest, "2026-03-02").on("2026-03-04").do(Petitioner, Act{Action: Withdraw}).
		marks(1, NoticesInTime, "").marks(1, AnswersInTime, "").marks(1, OverdueStock, "")
}

func TestAReferralIsMarkedWhereItCameFromAndWhereItWent(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").on("2026-03-04").do(headOf(town), Act{Action: Refer, To: county})
	if s.c.Leg(2) == nil {
		t.Fatal("no second leg")
	}
	s.marks(1, PassedInTime, "2026-03-17 1/1").marks(1, NoticesInTime, "").
		marks(2, ObjectionShare, "2026-03-04 0/1").
		marks(1, Items, "").marks(2, Items, "2026-03-02 1/0"). // counted once, where it lies
		marks(2, OnlineShare, "2026-03-02 1/1")
	s.on("2026-03-05").do(unitHeadOf(county), Act{Action: Object}).
		marks(2, ObjectionShare, "2026-03-04 1/1").
		marks(2, NoticesInTime, "") // its limit stands still until that is decided
}

func TestFirstPetitionsAreMarkedByWhatBecameOfThem(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").do(atDesk(county), Act{Action: Judge, First: true}).
		marks(1, RepeatShare, "2026-03-02 0/1").marks(1, NeverAgain, "2026-03-02 1/1").marks(1, DoneOnce, "")
	s.toReply(county).on("2026-03-10").do(handlerAt(county), Act{Action: AskClosing}).do(auditorAt(county), Act{Action: AuditPass}).
		marks(1, DoneOnce, "2026-06-08 1/1").marks(1, SentBackShare, "2026-03-10 0/1")
	s.on("2026-04-01").do(atDesk(county), Act{Action: Turn, Turned: &Turned{Kind: TurnRepeat, Cause: "poor"}, Link: &Link{Number: s.c.Number}}).
		marks(1, NeverAgain, "2026-03-02 0/1").marks(1, DoneOnce, "2026-06-08 0/1")
}

func TestVisitsAreCountedByGroupAndByPeople(t *testing.T) {
	visited(t, county, "2026-03-02").marks(1, Visits, "2026-03-02 1/0").marks(1, Visitors, "2026-03-02 1/0").
		marks(1, Items, "").marks(1, GroupVisits, "").marks(1, OnlineShare, "2026-03-02 0/1")
}

// A rating is marked on its day for both who are rated, and counts among those that could
// be given.
func TestARatingIsMarkedForBoth(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").toReply(county).on("2026-03-10").
		do(Petitioner, Act{Action: Rate, Rating: &Rating{Office: "good", Unit: "poor", Words: "It took long."}})
	s.marks(1, OfficeLiked, "2026-03-10 1/1").marks(1, UnitLiked, "2026-03-10 0/1").marks(1, RatedAtAll, "2026-04-01 1/1")
}

func TestWhatIsNotToBeCountedLeavesNoMark(t *testing.T) {
	report := begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeReport), Unit: county})
	if marks := report.c.Marks(1, report.r); len(marks) != 0 {
		t.Errorf("a report about a cadre: %v", marks)
	}
	old := begin(t, "2026-03-02").do(atDesk(county), takenOver(t, Old{Number: "9"}))
	if marks := old.c.Marks(1, old.r); len(marks) != 0 {
		t.Errorf("of an earlier ledger: %v", marks)
	}
	if marks := old.c.Marks(7, old.r); marks != nil {
		t.Errorf("a leg that there is not: %v", marks)
	}
}

// Every indicator of the list can be marked, but the one that is the rest of another.
func TestEveryIndicatorIsListedOnce(t *testing.T) {
	seen := map[Indicator]bool{}
	for _, i := range Indicators {
		if seen[i] {
			t.Errorf("%s twice", i)
		}
		seen[i] = true
	}
	f := Figures{RepeatShare: {3, 10}}
	if got := f.Of(FirstShare); got != (Tally{7, 10}) {
		t.Errorf("first ones: %+v", got)
	}
	f.Add(Figures{RepeatShare: {1, 2}, Items: {Num: 5}})
	if f[RepeatShare] != (Tally{4, 12}) || f[Items] != (Tally{Num: 5}) {
		t.Errorf("added: %+v", f)
	}
	if !slices.Contains(Indicators, FirstShare) {
		t.Error("the share of first ones is not listed")
	}
}
