package petition

import (
	"slices"
	"time"
)

// Accountability is the file in which a unit answers for a first petition that was handled
// late or badly (初信初访责任追究, clause 3, scenario 3.4): of work, never of who petitions.
type Accountability struct {
	ID      ID
	Unit    UnitID // that opened it
	About   UnitID // whose work it is
	Case    ID
	Number  string
	State   AccountState
	Entries []AccountEntry
}

// AccountState is where a file stands.
type AccountState string

const (
	AccountOpen    AccountState = "open"    // 待决定
	AccountDecided AccountState = "decided" // 待反馈
	AccountClosed  AccountState = "closed"  // 已结
)

// AccountStep is what an entry does.
type AccountStep string

const (
	AccountAdd      AccountStep = "add"      // 督查提出: facts and the measure proposed
	AccountPursue   AccountStep = "pursue"   // 决定追究
	AccountDrop     AccountStep = "drop"     // 决定不予追究
	AccountFeedback AccountStep = "feedback" // 反馈落实情况
)

// AccountMeasures are what can be proposed and decided (domain clause 3; petition
// regulation of 2022, Arts. 42-46): 责令改正、提醒谈话、批评教育、通报、建议追责.
var AccountMeasures = []string{"correct", "remind", "criticise", "circular", "propose"}

// AccountEntry is what was written down once.
type AccountEntry struct {
	Step    AccountStep `json:"step"`
	Faults  []Fault     `json:"faults,omitempty"`  // of the opening: what the case's own events show
	Text    string      `json:"text"`              // facts; reasons of the decision; what was done
	Measure string      `json:"measure,omitempty"` // proposed, or decided
	Staff   ID          `json:"-"`
	Officer string      `json:"-"`
	At      time.Time   `json:"-"`
}

// Fault is something in the work on a first petition that the events show.
type Fault struct {
	Kind  string    `json:"kind"`           // LateNotice or Turning
	Unit  UnitID    `json:"unit,omitempty"` // whose
	Due   string    `json:"due,omitempty"`  // day of a notice that was missed
	Turn  TurnKind  `json:"turn,omitempty"` // of a Turning: what became of it, and why
	Cause string    `json:"cause,omitempty"`
	At    time.Time `json:"at,omitzero"` // when the notice went out, or it turned; zero: not yet
}

// What faults there are: a first notice that missed its day (Art. 23), and a conversion that
// the work caused.
const (
	LateNotice = "late_notice"
	Turning    = "turn"
)

// FaultsOf lists what went wrong with a first petition: notices that missed their day, and
// conversions that the unit's lateness or poor work caused. None for a repeat.
func FaultsOf(c *Case, r Rules, now time.Time) []Fault {
	if c.Repeat == nil || !c.Repeat.First {
		return nil
	}
	var all []Fault
	for _, k := range c.Clocks(r, now) {
		if k.Kind != NoticeClock {
			continue
		}
		end := first(k.Stopped, now)
		if end.After(k.Due) {
			all = append(all, Fault{Kind: LateNotice, Unit: k.Unit, Due: Day(k.Due), At: k.Stopped})
		}
	}
	for _, t := range c.Turns {
		if t.Cause != "other" {
			all = append(all, Fault{Kind: Turning, Turn: t.Kind, Cause: t.Cause, At: t.At})
		}
	}
	return all
}

// CheckAccountability refuses, with Invalid, what is not filled in, and with Conflict what
// the file does not take now. Before is nil for a new one, which needs a fault that the
// case's events show. Nobody decides what he has proposed himself (Forbidden).
func CheckAccountability(before *Accountability, e AccountEntry) error {
	f := &form{}
	f.impersonal("text", e.Text, true)
	if e.Step == AccountAdd || e.Step == AccountPursue {
		f.need(slices.Contains(AccountMeasures, e.Measure), "measure", "problem.choice")
	}
	switch {
	case before == nil && e.Step == AccountAdd:
		f.need(len(e.Faults) > 0, "number", "problem.no_fault")
	case before != nil && before.State == AccountOpen && (e.Step == AccountPursue || e.Step == AccountDrop):
		if before.Entries[0].Staff == e.Staff {
			return forbidden("error.own_proposal")
		}
	case before != nil && before.State == AccountDecided && e.Step == AccountFeedback:
	default:
		return conflict("error.move_not_possible")
	}
	return f.err()
}

// After is where the file stands after a step.
func (s AccountStep) After() AccountState {
	switch s {
	case AccountAdd:
		return AccountOpen
	case AccountPursue:
		return AccountDecided
	}
	return AccountClosed
}
