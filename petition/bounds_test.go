package petition

import (
	"strings"
	"testing"
)

// A slip of the pen sets no day of the year 9999, and no field takes a book: each says so
// at its place.
func TestDaysAndWordsHaveBounds(t *testing.T) {
	book := strings.Repeat("长", longestWords+1)
	s := filed(t, county, PurposeRequest, "2026-03-02")
	s.refused(atDesk(county), Act{Action: AskInfo, Deadline: "9999-12-31"}, Invalid, "problem.day_far")
	s.refused(atDesk(county), Act{Action: AskInfo, Deadline: "2031-03-03"}, Invalid, "problem.day_far")
	s.refused(handlerAt(county), Act{Action: Accept, Reason: book}, Invalid, "problem.too_long")
	s.do(handlerAt(county), Act{Action: Accept}).do(unitHeadOf(county), Act{Action: Approve}).do(handlerAt(county), Act{Action: Start})
	s.refused(handlerAt(county), Act{Action: Note, Text: book}, Invalid, "problem.too_long")

	draft, _ := fill(s, handlerAt(county), Act{Action: Draft, Outcome: Supported})
	far := *draft.Execution
	far.Due = "9999-12-31"
	s.refused(handlerAt(county), Act{Action: Draft, Outcome: Supported, Execution: &far}, Invalid, "problem.day_far")
	paper := *draft.Paper
	paper.Sections = append([]Section{}, paper.Sections...)
	paper.Sections[1].Text = book
	_, err := s.try(handlerAt(county), Act{Action: Draft, Outcome: Supported, Paper: &paper})
	wantRefusal(t, err, Invalid, "problem.too_long")
	if e := err.(*Error); e.Problems[0].Field != "paper.sections.1" || e.Problems[0].Args["max"] != "20000" {
		t.Errorf("%+v", e.Problems)
	}
	paper.Sections[1].Text = book[len("长"):]
	s.do(handlerAt(county), Act{Action: Draft, Outcome: Supported, Paper: &paper})
}

// What is too long in more than one way is said once.
func TestALengthIsSaidOnce(t *testing.T) {
	f := &form{}
	f.atMost("text", "abc", 2)
	f.atMost("text", "abc", 1)
	if len(f.problems) != 1 || f.problems[0].Args["max"] != "2" {
		t.Errorf("%+v", f.problems)
	}
}
