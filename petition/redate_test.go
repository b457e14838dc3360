package petition

import "testing"

// A day of receipt that was written down wrongly is corrected once the head agrees; every
// limit counts from the right day, both days are told, and the first stays on record.
func TestAWrongDayOfReceiptIsCorrected(t *testing.T) {
	s := visited(t, county, "2026-03-10")
	right := noon(t, "2026-03-02")
	s.due(1, NoticeClock, "2026-03-25").
		refused(atDesk(county), Act{Action: Redate}, Invalid, "problem.day_missing").
		refused(atDesk(county), Act{Action: Redate, At: noon(t, "2026-03-11")}, Invalid, "problem.redate_late").
		refused(atDesk(county), Act{Action: Redate, At: noon(t, "2026-03-10").Add(-1)}, Invalid, "problem.redate_same").
		refused(atDesk(county), Act{Action: Redate, At: noon(t, "2004-03-20")}, Invalid, "problem.before_law").
		refused(handlerAt(county), Act{Action: Redate, At: right}, Forbidden, "error.not_your_role").
		refused(headOf(town), Act{Action: Redate, Leg: 1, At: right}, Forbidden, "error.not_your_unit")
	if _, err := Decide(s.c, atDesk(county), Act{Action: Redate, At: right}, Facts{}, s.r, s.now); !Is(err, Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	s.do(atDesk(county), Act{Action: Redate, At: right}).due(1, NoticeClock, "2026-03-25") // proposed
	s.do(headOf(county), Act{Action: Approve}).due(1, NoticeClock, "2026-03-17")
	shown := Project(s.c, s.r, s.now)
	last := shown.Steps[len(shown.Steps)-1]
	if Day(shown.Received) != "2026-03-02" || last.Key != "step.redated" || last.Was != "2026-03-10" || last.Day != "2026-03-02" {
		t.Errorf("shown %+v, last %+v", Day(shown.Received), last)
	}
	s.do(headOf(county), Act{Action: Redate, At: noon(t, "2026-03-03")}).due(1, NoticeClock, "2026-03-18")
	again := Project(s.c, s.r, s.now).Steps
	if last := again[len(again)-1]; last.Was != "2026-03-02" || last.Day != "2026-03-03" {
		t.Errorf("the second correction tells %+v", last)
	}
	if got := Day(s.c.Events[0].At); got != "2026-03-10" {
		t.Errorf("registered %s", got)
	}
}

// A correction over the day on which the law changed puts the case under the law of its day.
func TestTheLawFollowsTheCorrectedDay(t *testing.T) {
	s := visited(t, county, "2022-05-03")
	if got := s.r.Law(s.c).ID; got != "2022" {
		t.Fatal(got)
	}
	s.do(headOf(county), Act{Action: Redate, At: noon(t, "2022-04-29")})
	if got := s.r.Law(s.c).ID; got != "2005" {
		t.Errorf("under %s", got)
	}
}

// The portal's time is the server's; and once the answer is served, or the case lies with
// another unit, there is nothing to correct.
func TestWhatCannotBeRedated(t *testing.T) {
	day := Act{Action: Redate, At: noon(t, "2026-03-01")}
	filed(t, county, PurposeRequest, "2026-03-02").refused(atDesk(county), day, Conflict, "error.received_by_portal")

	s := visited(t, town, "2026-03-02").do(headOf(town), Act{Action: Refer, To: county})
	s.refused(atDesk(town), Act{Action: Redate, Leg: 1, At: day.At}, Conflict, "error.move_not_possible")
	s.refused(atDesk(county), Act{Action: Redate, Leg: 2, At: day.At}, Conflict, "error.move_not_possible")

	for state, actions := range moves {
		if _, ok := actions[Redate]; ok && (state.Answered() || state.Over()) {
			t.Errorf("%s may be redated", state)
		}
	}
}
