package petition

import "slices"

// DutyCause is why a matter is supervised: a closed list, after the opinion's clause 8,
// 2022 Art. 40 and 2005 Art. 36.
type DutyCause string

const (
	LateClose      DutyCause = "late"         // 逾期: a lawful day was missed
	NoFeedback     DutyCause = "no_feedback"  // 不反馈: what was asked by a day was not answered
	WrongProcedure DutyCause = "procedure"    // 程序不当
	Evasion        DutyCause = "evasion"      // 推诿敷衍
	NotExecuted    DutyCause = "not_executed" // 不执行处理意见
	FalseWork      DutyCause = "false_work"   // 弄虚作假

	// WeakWork is why the program proposes a guidance plan (scenario 12.3).
	WeakWork DutyCause = "weak" // 按期答复率低、重复信访率高
)

// DutyCauses lists them in the order in which pages show them.
var DutyCauses = []DutyCause{LateClose, NoFeedback, WrongProcedure, Evasion, NotExecuted, FalseWork}

// AuditFaults is what a closing audit may find besides that a file is not ready: it is
// returned, and supervised (退回并督办, domain §5.3).
var AuditFaults = []DutyCause{WrongProcedure, Evasion, FalseWork}

// CauseOf is why a missed day of a clock is supervised.
func CauseOf(k ClockKind) DutyCause {
	switch k {
	case ReportClock:
		return NoFeedback
	case ExecutionClock:
		return NotExecuted
	}
	return LateClose
}

// evasions is how often a unit may say that a matter is not its own, or hand in a file that
// is not ready, and be told otherwise, before somebody looks at how it works (ours). To
// object once, and to take the answer to the common superior, is its right (Art. 23, 24).
const evasions = 2

// Breach is something that happened to a case and is to be supervised.
type Breach struct {
	Cause DutyCause
	Event int    // the one that shows it
	Leg   int    // of the unit that answers for it
	By    UnitID // that found it
	Day   string // on which it did
}

// Breaches finds what was done wrongly on a case, as its record shows: a closing audit said
// so; or a unit was told twice that a matter is its own, or that its file is not ready.
// Missed days are not among it: see Case.NextClock.
func (c *Case) Breaches() []Breach {
	var all []Breach
	lost, returns := make(map[UnitID]int), make(map[int]int)
	for _, e := range c.Events {
		leg := c.Leg(e.Act.Leg)
		if leg == nil {
			continue
		}
		one := Breach{Event: e.N, Leg: leg.N, By: e.By.Unit, Day: Day(e.At)}
		switch e.Act.Action {
		case Overrule, RuleReceiver:
			if lost[leg.Unit]++; lost[leg.Unit] == evasions {
				one.Cause = Evasion
			}
		case AuditReturn:
			returns[leg.N]++
			if one.Cause = e.Act.Fault; one.Cause == "" && returns[leg.N] == evasions {
				one.Cause = Evasion
			}
		}
		if one.Cause != "" {
			all = append(all, one)
		}
	}
	return all
}

// checkFault: what an audit finds is in the list.
func (d *decision) checkFault(f *form) {
	f.need(d.act.Fault == "" || slices.Contains(AuditFaults, d.act.Fault), "fault", "problem.choice")
}
