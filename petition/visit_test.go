package petition

import (
	"testing"
	"time"
)

func TestCheckVisit(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, Shanghai)
	right := VisitEntry{Step: VisitArrive, People: 3, Arrived: "09:00", Room: "101", Officer: ID{1}}
	for name, tt := range map[string]struct {
		change func(e *VisitEntry)
		want   string
	}{
		"right":           {func(*VisitEntry) {}, ""},
		"nobody":          {func(e *VisitEntry) { e.People = 0 }, "people problem.visitors"},
		"a whole town":    {func(e *VisitEntry) { e.People = MaxVisitors + 1 }, "people problem.visitors"},
		"no hour":         {func(e *VisitEntry) { e.Arrived = "9 am" }, "arrived problem.hour"},
		"later today":     {func(e *VisitEntry) { e.Arrived = "13:00" }, "arrived problem.future"},
		"left too early":  {func(e *VisitEntry) { e.Left = "08:59" }, "left problem.visit_left"},
		"leaves later":    {func(e *VisitEntry) { e.Left = "12:01" }, "left problem.visit_left"},
		"no room":         {func(e *VisitEntry) { e.Room = " " }, "room problem.room_missing"},
		"a number":        {func(e *VisitEntry) { e.Room = "13800138000" }, "room problem.personal_number"},
		"nobody receives": {func(e *VisitEntry) { e.Officer = ID{} }, "officer problem.officer_missing"},
		"no reason":       {func(e *VisitEntry) { e.Step = VisitCorrect }, "why problem.why_missing"},
	} {
		e := right
		tt.change(&e)
		err := CheckVisit(nil, "2026-03-02", e, now)
		got := ""
		if refused, ok := err.(*Error); ok && len(refused.Problems) > 0 {
			got = refused.Problems[0].Field + " " + refused.Problems[0].Key
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q (%v)", name, got, tt.want, err)
		}
	}
	if err := CheckVisit(nil, "2026-03-03", right, now); !Is(err, Invalid) {
		t.Errorf("a visit of tomorrow: %v", err)
	}
}

// Five people are a collective visit (domain §3.2); who leaves leaves the rest as it was.
func TestVisitsByKindAndStep(t *testing.T) {
	if (VisitEntry{People: 4}).Channel() != ByVisit || (VisitEntry{People: 5}).Channel() != ByGroupVisit {
		t.Error("five people are a collective visit, four are not")
	}
	v := Visit{Entries: []VisitEntry{{Step: VisitArrive, People: 7, Arrived: "09:00", Room: "101", Why: "x"}}}
	if next := v.Next(VisitEntry{Step: VisitLeave, Left: "10:00"}); next.People != 7 || next.Left != "10:00" || next.Why != "" {
		t.Errorf("%+v", next)
	}
}
