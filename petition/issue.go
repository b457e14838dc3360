package petition

import (
	"slices"
	"time"
)

// Issue is a common issue (共性问题, scenario 11.1): matters on one content code that came
// together in one area within one month. The program only proposes it; a person decides
// whether it is one, and what the department advises. It names nobody.
type Issue struct {
	ID    ID
	Unit  UnitID // whose area: the unit and all below it
	Topic Topic
	Month string // "2026-10"
	Steps []IssueStep
}

// IssueStatus is how far an issue has come.
type IssueStatus string

const (
	IssueFound      IssueStatus = "found"       // 待研判
	IssueConfirmed  IssueStatus = "confirmed"   // 确认为共性问题
	IssueSetAside   IssueStatus = "set_aside"   // 不作为共性问题
	IssueAdvised    IssueStatus = "advised"     // 已提出政策建议
	IssueAdopted    IssueStatus = "adopted"     // 采纳
	IssuePartly     IssueStatus = "partly"      // 部分采纳
	IssueNotAdopted IssueStatus = "not_adopted" // 未采纳
)

// IssueStatuses lists every status in the order of its life.
var IssueStatuses = []IssueStatus{IssueFound, IssueConfirmed, IssueSetAside, IssueAdvised, IssueAdopted, IssuePartly, IssueNotAdopted}

// Next lists what an issue can become. What was set aside may still be confirmed, and what
// was adopted in part or not at all may be advised again.
func (s IssueStatus) Next() []IssueStatus {
	switch s {
	case IssueFound:
		return []IssueStatus{IssueConfirmed, IssueSetAside}
	case IssueSetAside:
		return []IssueStatus{IssueConfirmed}
	case IssueConfirmed, IssuePartly, IssueNotAdopted:
		return []IssueStatus{IssueAdvised}
	case IssueAdvised:
		return []IssueStatus{IssueAdopted, IssuePartly, IssueNotAdopted}
	}
	return nil
}

// Confirmed tells whether somebody found that it is a common issue.
func (s IssueStatus) Confirmed() bool { return s != IssueFound && s != IssueSetAside }

// Answered tells whether it says what became of advice.
func (s IssueStatus) Answered() bool {
	return s == IssueAdopted || s == IssuePartly || s == IssueNotAdopted
}

// IssueStep is one entry about an issue.
type IssueStep struct {
	Status  IssueStatus `json:"-"`
	Due     string      `json:"-"` // advised: the day by which an answer is asked for
	Officer string      `json:"-"`
	At      time.Time   `json:"-"`

	To   string `json:"to,omitempty"` // advised: who it was sent to
	Text string `json:"text"`         // what the problem is; why not; what is advised; what was decided and why
}

// Status is how far it has come.
func (i Issue) Status() IssueStatus {
	if len(i.Steps) == 0 {
		return IssueFound
	}
	return i.Steps[len(i.Steps)-1].Status
}

// Last is the newest entry with a status; a zero one if there is none.
func (i Issue) Last(s IssueStatus) IssueStep {
	for _, e := range slices.Backward(i.Steps) {
		if e.Status == s {
			return e
		}
	}
	return IssueStep{}
}

// Late tells whether advice has had no answer by its day.
func (i Issue) Late(now time.Time) bool {
	return i.Status() == IssueAdvised && now.After(EndOfDay(i.Last(IssueAdvised).Due))
}

// CheckIssueStep refuses, with Invalid, what is not filled in as it must be, and with
// Conflict what an adopted issue would still become.
func CheckIssueStep(now IssueStatus, s IssueStep, at time.Time) error {
	if len(now.Next()) == 0 {
		return conflict("error.gap_settled")
	}
	f := &form{}
	f.need(slices.Contains(now.Next(), s.Status), "status", "problem.choice")
	f.need(!blank(s.Text), "text", "problem.text_missing")
	f.atMost("text", s.Text, 2000)
	if s.Status == IssueAdvised {
		f.need(!blank(s.To), "to", "problem.gap_to")
		f.atMost("to", s.To, 100)
		_, err := ParseDay(s.Due)
		f.need(err == nil, "due", "problem.day_missing")
		f.need(err != nil || s.Due > Day(at), "due", "problem.day_not_future")
	}
	return f.err()
}

// How many matters come together before the program proposes an issue (ours): a unit may
// choose another number for its area.
const (
	IssueLeast     = 5
	issueLeastLow  = 2
	issueLeastHigh = 100
)

// CheckIssueLeast refuses, with Invalid, a number out of reason.
func CheckIssueLeast(n int) error {
	f := &form{}
	f.need(n >= issueLeastLow && n <= issueLeastHigh, "least", "problem.issue_least")
	return f.err()
}

// IssueMatter is a matter that may belong to an issue: where it lies, and what it is about.
type IssueMatter struct {
	Case  ID
	Unit  UnitID
	Topic Topic
}

// IssueFinding is an issue that the matters of a month propose.
type IssueFinding struct {
	Unit  UnitID
	Topic Topic
	Cases []ID
}

// FindIssues gathers matters by content code in the smallest areas in which enough come
// together. A wider area is proposed besides only for what makes no issue further down.
// Least is the number for a unit's area.
func FindIssues(units *Units, all []IssueMatter, least func(UnitID) int) []IssueFinding {
	type cell struct {
		unit  UnitID
		topic Topic
	}
	loose := make(map[cell][]ID)
	topics := make(map[UnitID][]Topic) // in the order in which they came
	put := func(unit UnitID, topic Topic, cases ...ID) {
		if !slices.Contains(topics[unit], topic) {
			topics[unit] = append(topics[unit], topic)
		}
		loose[cell{unit, topic}] = append(loose[cell{unit, topic}], cases...)
	}
	for _, m := range all {
		put(m.Unit, m.Topic, m.Case)
	}
	var found []IssueFinding
	for _, u := range slices.Backward(units.All()) { // those below before those above
		for _, topic := range topics[u.ID] {
			cases := loose[cell{u.ID, topic}]
			if len(cases) >= least(u.ID) {
				found = append(found, IssueFinding{u.ID, topic, cases})
			} else if u.Parent != "" {
				put(u.Parent, topic, cases...)
			}
		}
	}
	return found
}
