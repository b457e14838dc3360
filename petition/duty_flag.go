package petition

// ReportCodes are how the report of a mark may be coded: in time or late, as the record
// says; never reported, it was forgotten or hidden, which somebody judges (2022 Art. 25;
// scenarios 8.4, 11.2).
func (d *Duty) ReportCodes() []string {
	for _, e := range d.Entries {
		if e.Act.Action != AnswerDuty {
			continue
		}
		if Day(e.At) <= d.Entries[0].Act.Due {
			return []string{"on_time"}
		}
		return []string{"late", "concealed"}
	}
	return []string{"omitted", "concealed"}
}

// ends tells whether the act settles the duty for good. A mark is withdrawn only by who
// could code it: else whoever forgot the report could take the mark away.
func (w *dutyDecision) ends() bool {
	return w.act.Action == CloseDuty || w.act.Action == WithdrawDuty && w.d.Kind == Flagged
}

// closes tells whether the actor is one of those who close a duty of its kind.
func (w *dutyDecision) closes() bool {
	closers := dutyRules[w.d.Kind].Closers
	return closers == nil || w.by.Is(closers...)
}
