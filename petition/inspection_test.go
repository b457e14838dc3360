package petition

import (
	"slices"
	"strings"
	"testing"
)

func inspected(acts ...InspectionStep) Inspection {
	return Inspection{Unit: "9901", About: "990101", Steps: append([]InspectionStep{{Act: InspectionAsk, Names: true}}, acts...)}
}

// Two people approve, the head of the office and a leader; names wait for a word of their
// own; nothing follows a refusal (scenario 12.4).
func TestScenario12_4_TwoApprovalsAndOneForNames(t *testing.T) {
	id := func(n byte) ID { return ID{n} }
	head := Actor{Kind: ByStaff, Unit: "9901", Staff: id(1), Roles: []Role{OfficeHead}}
	lead := Actor{Kind: ByStaff, Unit: "9901", Staff: id(2), Roles: []Role{Leader}}
	both := Actor{Kind: ByStaff, Unit: "9901", Staff: id(1), Roles: []Role{OfficeHead, Leader}}
	other := Actor{Kind: ByStaff, Unit: "990101", Staff: id(3), Roles: []Role{OfficeHead, Leader}}
	byHead := InspectionStep{Act: InspectionHead, Staff: id(1)}
	byLead := InspectionStep{Act: InspectionLeader, Staff: id(2)}
	for name, c := range map[string]struct {
		i    Inspection
		by   Actor
		want []InspectionAct
	}{
		"new, the head":               {inspected(), head, []InspectionAct{InspectionHead, InspectionRefuse}},
		"new, a leader":               {inspected(), lead, nil},
		"new, another unit":           {inspected(), other, nil},
		"half, a leader":              {inspected(byHead), lead, []InspectionAct{InspectionLeader, InspectionRefuse}},
		"half, the head again":        {inspected(byHead), both, nil},
		"approved, the head":          {inspected(byHead, byLead), head, []InspectionAct{InspectionTake}},
		"approved, a leader":          {inspected(byHead, byLead), lead, []InspectionAct{InspectionNames, InspectionNoNames}},
		"approved, one who is both":   {inspected(byHead, byLead), both, []InspectionAct{InspectionTake}},
		"names answered":              {inspected(byHead, byLead, InspectionStep{Act: InspectionNoNames}), lead, nil},
		"refused":                     {inspected(InspectionStep{Act: InspectionRefuse}), head, nil},
		"approved, no names asked of": {Inspection{Unit: "9901", Steps: []InspectionStep{{Act: InspectionAsk}, byHead, byLead}}, lead, nil},
	} {
		if got := InspectionOffers(c.i, c.by); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
	named := inspected(byHead, byLead, InspectionStep{Act: InspectionNames})
	if inspected(byHead, byLead).WithNames() || !named.WithNames() || inspected(byHead, InspectionStep{Act: InspectionNames}).WithNames() {
		t.Error("names go out without, or not with, a leader's word")
	}
	if err := CheckInspectionStep(inspected(), lead, InspectionStep{Act: InspectionHead}); !Is(err, Conflict) {
		t.Errorf("a leader for the head: %v", err)
	}
	for _, act := range []InspectionAct{InspectionRefuse, InspectionHead} {
		err := CheckInspectionStep(inspected(), head, InspectionStep{Act: act, Text: " "})
		if (act == InspectionRefuse) != Is(err, Invalid) {
			t.Errorf("%s without words: %v", act, err)
		}
	}
}

// A request says who asks by which letter, of what days and what for.
func TestAnInspectionSaysWhatItMust(t *testing.T) {
	units := []Unit{{ID: "9901"}, {ID: "990101"}}
	good := InspectionStep{Team: "市委第二巡察组", Document: "〔2026〕3号", From: "2026-01-01", To: "2026-10-31", Text: "巡察"}
	if err := CheckInspection("990101", good, units, "2026-11-01"); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*InspectionStep, *UnitID){
		"about":    func(_ *InspectionStep, u *UnitID) { *u = "9902" },
		"team":     func(s *InspectionStep, _ *UnitID) { s.Team = " " },
		"document": func(s *InspectionStep, _ *UnitID) { s.Document = strings.Repeat("号", longestTeam+1) },
		"from":     func(s *InspectionStep, _ *UnitID) { s.From = "January" },
		"to":       func(s *InspectionStep, _ *UnitID) { s.To = "2026-11-02" },
		"text":     func(s *InspectionStep, _ *UnitID) { s.Text = "" },
	} {
		bad, about := good, UnitID("990101")
		spoil(&bad, &about)
		err := CheckInspection(about, bad, units, "2026-11-01")
		if e, ok := err.(*Error); !ok || !slices.ContainsFunc(e.Problems, func(p Problem) bool { return p.Field == field }) {
			t.Errorf("%s: %v", field, err)
		}
	}
}
