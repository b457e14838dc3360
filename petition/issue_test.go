package petition

import (
	"slices"
	"testing"
	"time"
)

// Every step has what it must say; nothing follows adoption.
func TestIssueStepsSayWhatTheyMust(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, Shanghai)
	good := IssueStep{Text: "x", To: "y", Due: "2026-11-03"}
	for _, from := range IssueStatuses {
		for _, to := range IssueStatuses {
			s := good
			s.Status = to
			err := CheckIssueStep(from, s, now)
			switch want := slices.Contains(from.Next(), to); {
			case want && err != nil:
				t.Errorf("%s to %s: %v", from, to, err)
			case !want && from == IssueAdopted && !Is(err, Conflict):
				t.Errorf("after adoption: %v", err)
			case !want && from != IssueAdopted && !Is(err, Invalid):
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
	for what, s := range map[string]IssueStep{
		"no words":     {Status: IssueAdvised, To: "y", Due: "2026-11-03"},
		"nobody":       {Status: IssueAdvised, Text: "x", Due: "2026-11-03"},
		"no day":       {Status: IssueAdvised, Text: "x", To: "y"},
		"today":        {Status: IssueAdvised, Text: "x", To: "y", Due: "2026-11-02"},
		"not yet":      {Status: IssueAdopted, Text: "x"},
		"what is none": {Status: "nonsense", Text: "x"},
	} {
		if err := CheckIssueStep(IssueConfirmed, s, now); !Is(err, Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Advice is late when its day has passed without an answer.
func TestAdviceIsLateAfterItsDay(t *testing.T) {
	i := Issue{Steps: []IssueStep{{Status: IssueConfirmed}, {Status: IssueAdvised, Due: "2026-11-10"}}}
	if i.Late(EndOfDay("2026-11-10")) || !i.Late(EndOfDay("2026-11-10").Add(time.Second)) {
		t.Error("at the end of the day")
	}
	i.Steps = append(i.Steps, IssueStep{Status: IssueNotAdopted})
	if i.Late(EndOfDay("2026-12-10")) || !i.Status().Answered() || !i.Status().Confirmed() || i.Last(IssueAdvised).Due != "2026-11-10" {
		t.Error("answered")
	}
	if new(Issue).Status() != IssueFound || IssueSetAside.Confirmed() || IssueFound.Confirmed() {
		t.Error("what nobody has found")
	}
}

// Matters make an issue in the smallest area in which enough come together; a wider area
// counts only what made none further down.
func TestIssuesAreFoundInTheSmallestArea(t *testing.T) {
	units := NewUnits([]Unit{{ID: "P"}, {ID: "C", Parent: "P"}, {ID: "A", Parent: "C"}, {ID: "B", Parent: "C"}, {ID: "D", Parent: "P"}})
	n := byte(0)
	some := func(unit UnitID, topic Topic, count int) (all []IssueMatter) {
		for range count {
			n++
			all = append(all, IssueMatter{Case: ID{n}, Unit: unit, Topic: topic})
		}
		return all
	}
	for _, c := range []struct {
		name string
		all  []IssueMatter
		want []IssueFinding
	}{
		{"nothing", nil, nil},
		{"too few", slices.Concat(some("A", "C1", 2), some("A", "C2", 2)), nil},
		{"one county", some("A", "C1", 3), []IssueFinding{{Unit: "A", Topic: "C1"}}},
		{"two counties together", slices.Concat(some("A", "C1", 2), some("B", "C1", 1)), []IssueFinding{{Unit: "C", Topic: "C1"}}},
		{"one county, and too little beside it", slices.Concat(some("A", "C1", 4), some("B", "C1", 2)), []IssueFinding{{Unit: "A", Topic: "C1"}}},
		{"one county, and the rest of the province", slices.Concat(some("A", "C1", 3), some("B", "C1", 2), some("D", "C1", 1)),
			[]IssueFinding{{Unit: "A", Topic: "C1"}, {Unit: "P", Topic: "C1"}}},
	} {
		counted := 0
		found := FindIssues(units, c.all, func(UnitID) int { return 3 })
		slices.SortFunc(found, func(a, b IssueFinding) int { return int(a.Unit[0]) - int(b.Unit[0]) })
		if len(found) != len(c.want) {
			t.Errorf("%s: %+v", c.name, found)
			continue
		}
		for i, f := range found {
			counted += len(f.Cases)
			if f.Unit != c.want[i].Unit || f.Topic != c.want[i].Topic || len(f.Cases) < 3 {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
		if counted > len(c.all) {
			t.Errorf("%s: something is counted twice", c.name)
		}
	}
}
