package petition

import (
	"slices"
	"time"
)

// Inspection is a request of an inspection team (巡视巡察, scenario 12.4; 2022 Art. 41): what
// petitions say of a unit and of those below it. The head of the petition office and then
// a leader of the department approve it, two people; petitioners' names go out only where a
// leader approves that separately.
type Inspection struct {
	ID    ID
	Unit  UnitID // that was asked
	About UnitID // the unit inspected, with all below it
	Steps []InspectionStep
}

// InspectionAct is what is done with a request.
type InspectionAct string

const (
	InspectionAsk     InspectionAct = "ask"      // 登记
	InspectionHead    InspectionAct = "head"     // 信访机构负责人同意
	InspectionLeader  InspectionAct = "leader"   // 部领导同意
	InspectionNames   InspectionAct = "names"    // 部领导同意提供信访人姓名
	InspectionNoNames InspectionAct = "no_names" // 部领导不同意提供姓名
	InspectionRefuse  InspectionAct = "refuse"   // 不同意
	InspectionTake    InspectionAct = "take"     // 提供
)

// InspectionStep is one entry about a request.
type InspectionStep struct {
	Act     InspectionAct `json:"-"`
	Staff   ID            `json:"-"`
	Officer string        `json:"-"`
	At      time.Time     `json:"-"`

	Team     string `json:"team,omitempty"`     // ask: who inspects
	Document string `json:"document,omitempty"` // ask: their letter
	From     string `json:"from,omitempty"`     // ask: days that figures are wanted of
	To       string `json:"to,omitempty"`
	Names    bool   `json:"names,omitempty"` // ask: petitioners' names are wanted too; take: they went out
	Text     string `json:"text,omitempty"`  // ask: what for; refuse, names, no_names: why
}

// Ask is what was asked for.
func (i Inspection) Ask() InspectionStep {
	if len(i.Steps) == 0 {
		return InspectionStep{}
	}
	return i.Steps[0]
}

// Did is the newest entry of an act; nil if there is none.
func (i Inspection) Did(a InspectionAct) *InspectionStep {
	for n := range slices.Backward(i.Steps) {
		if i.Steps[n].Act == a {
			return &i.Steps[n]
		}
	}
	return nil
}

// InspectionState is how far a request has come.
type InspectionState string

const (
	InspectionWaitsHead   InspectionState = "waits_head"   // 待信访机构负责人审批
	InspectionWaitsLeader InspectionState = "waits_leader" // 待部领导审批
	InspectionApproved    InspectionState = "approved"     // 已同意
	InspectionRefused     InspectionState = "refused"      // 不同意
)

// State is how far it has come.
func (i Inspection) State() InspectionState {
	switch {
	case i.Did(InspectionRefuse) != nil:
		return InspectionRefused
	case i.Did(InspectionLeader) != nil:
		return InspectionApproved
	case i.Did(InspectionHead) != nil:
		return InspectionWaitsLeader
	}
	return InspectionWaitsHead
}

// WithNames tells whether petitioners' names may go out.
func (i Inspection) WithNames() bool {
	return i.State() == InspectionApproved && i.Did(InspectionNames) != nil
}

// InspectionOffers lists what the actor may do with a request of his unit now.
func InspectionOffers(i Inspection, by Actor) []InspectionAct {
	if by.Kind != ByStaff || by.Unit != i.Unit {
		return nil
	}
	switch i.State() {
	case InspectionWaitsHead:
		if by.Is(OfficeHead) {
			return []InspectionAct{InspectionHead, InspectionRefuse}
		}
	case InspectionWaitsLeader:
		if by.Is(Leader) && i.Did(InspectionHead).Staff != by.Staff {
			return []InspectionAct{InspectionLeader, InspectionRefuse}
		}
	case InspectionApproved:
		var all []InspectionAct
		if i.Ask().Names && i.Did(InspectionNames) == nil && i.Did(InspectionNoNames) == nil && by.Is(Leader) &&
			i.Did(InspectionHead).Staff != by.Staff {
			all = append(all, InspectionNames, InspectionNoNames)
		}
		if by.Is(OfficeHead) {
			all = append(all, InspectionTake)
		}
		return all
	}
	return nil
}

// Lengths of what a request says, in characters.
const (
	longestTeam    = 100
	longestPurpose = 500
)

// CheckInspection refuses, with Invalid naming every field, a request that does not say who
// asks by which letter, about what days, what for. Overseen are the units that the unit asked
// answers for.
func CheckInspection(about UnitID, ask InspectionStep, overseen []Unit, today string) error {
	f := &form{}
	f.need(slices.ContainsFunc(overseen, func(u Unit) bool { return u.ID == about }), "about", "problem.choice")
	f.need(!blank(ask.Team), "team", "problem.inspection_team")
	f.atMost("team", ask.Team, longestTeam)
	f.need(!blank(ask.Document), "document", "problem.inspection_document")
	f.atMost("document", ask.Document, longestTeam)
	_, err := ParseDay(ask.From)
	f.need(err == nil, "from", "problem.day_missing")
	_, err = ParseDay(ask.To)
	f.need(err == nil && ask.To >= ask.From && ask.To <= today, "to", "problem.inspection_to")
	f.need(!blank(ask.Text), "text", "problem.inspection_text")
	f.atMost("text", ask.Text, longestPurpose)
	return f.err()
}

// CheckInspectionStep refuses what is not offered (Conflict) and, with Invalid, a refusal
// or a word about names without its reason.
func CheckInspectionStep(i Inspection, by Actor, step InspectionStep) error {
	if !slices.Contains(InspectionOffers(i, by), step.Act) {
		return conflict("error.move_not_possible")
	}
	f := &form{}
	if step.Act != InspectionHead && step.Act != InspectionLeader {
		f.need(!blank(step.Text), "text", "problem.reason_missing")
	}
	f.atMost("text", step.Text, longestPurpose)
	return f.err()
}
