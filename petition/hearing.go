package petition

import "time"

// A hearing (听证, Art. 31) for what is grave, tangled or disputed. It stops no clock
// but that of the re-review (Art. 36).

// checkOpenHearing: the petitioner learns day, place and what it is about.
func checkOpenHearing(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	plain(f, "text", d.act.Text)
	d.futureDay(f, "deadline", d.act.Deadline)
}

// checkCloseHearing: what was said and what follows from it goes on file.
func checkCloseHearing(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
}

func recordHearing(_ *Case, l *Leg, e Event) { l.HearingAt = e.At }

func recordHeard(_ *Case, l *Leg, e Event) {
	l.HearingDays += max(0, DaysBetween(l.HearingAt, e.At))
	l.HearingAt = time.Time{}
}

// checkSettle is row 20: both sides agreed and signed (Art. 33).
func checkSettle(d *decision, f *form, _ standing) {
	f.need(d.act.Outcome == Mediated || d.act.Outcome == SettledClaim, "outcome", "problem.outcome_missing")
	f.need(!blank(d.act.Text), "text", "problem.agreement_missing")
	plain(f, "text", d.act.Text)
}
