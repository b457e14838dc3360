package petition

// Simplified handling (简易办理, 国信发〔2016〕8号): plain matters are answered within
// working days instead of months.

// guardSimplify is scenario 3.5: not what was assigned, may be refused, is joint or
// a repeat; and taken on within the days that simplified handling allows.
func guardSimplify(d *decision, l *Leg) error {
	law := d.r.LawOf(d.c, l.Unit)
	limit, known := law.Clocks[SimpleClock]
	switch {
	case !known || limit.Days == 0:
		return conflict("error.not_simple_law")
	case l.Kind == Assignment || d.c.Arrival == FromUpperTask:
		return conflict("error.not_simple_assigned")
	case d.c.Filing.Cosigners > 1 || d.c.Channel == ByGroupVisit:
		return conflict("error.not_simple_joint")
	case d.c.Filing.Court == "yes":
		return conflict("error.not_simple_legal")
	case d.c.Repeat != nil && !d.c.Repeat.First:
		return conflict("error.not_simple_repeat")
	}
	taken, _ := d.r.Days.addWorking(startOfDay(l.Received), law.SimpleAccept)
	return unless(l.AcceptedAt.After(endOfDay(taken)), "error.not_simple_late")
}

// guardOrdinary: back to the 60 days, where it proves less plain than it looked.
func guardOrdinary(_ *decision, l *Leg) error { return unless(!l.Simple, "error.not_simple") }
