package petition

// Old is what an earlier ledger says of a case that was taken over from it (旧台账). Its
// dates are history: they start and stop clocks where they say, and are nobody's word here.
type Old struct {
	Number  string `json:"number"`            // in the earlier ledger
	Noticed string `json:"noticed,omitempty"` // day on which the first notice was given
	Closed  string `json:"closed,omitempty"`  // day on which it was closed; "" where it goes on
	Result  string `json:"result,omitempty"`  // how it was answered
}

// longestResult is how many characters the answer of an earlier ledger may have.
const longestResult = 2000

// checkOld: the days stand in their order, and none is to come.
func (d *decision) checkOld(f *form) {
	old := d.act.Old
	f.need(!blank(old.Number) && length(old.Number) <= longestCover, "old.number", "problem.old_number")
	f.atMost("old.result", old.Result, longestResult)
	came, today := Day(d.act.At), Day(d.now)
	for _, one := range []struct{ field, day string }{{"old.noticed", old.Noticed}, {"old.closed", old.Closed}} {
		_, err := ParseDay(one.day)
		f.need(one.day == "" || err == nil && one.day >= came && one.day <= today, one.field, "problem.old_day")
	}
	f.need(old.Noticed == "" || old.Closed == "" || old.Noticed <= old.Closed, "old.closed", "problem.old_day")
}

// takenOver is the first leg of a case that an earlier ledger knew: one that was closed
// there lies in the archive, and no clock runs on it.
func (l *Leg) takenOver(old Old) {
	if old.Noticed != "" {
		l.Notified = EndOfDay(old.Noticed)
	}
	if old.Closed != "" {
		l.State, l.Ended = Archived, EndOfDay(old.Closed)
		l.Notified = first(l.Notified, l.Ended)
	}
}
