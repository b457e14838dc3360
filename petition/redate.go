package petition

import "time"

// guardRedate: what came through the portal has the instant at which its server took it;
// only what was taken in at a desk, by the unit that took it in, can have been written
// down wrongly.
func guardRedate(d *decision, l *Leg) error {
	if l.N != 1 {
		return conflict("error.move_not_possible")
	}
	return unless(d.c.Channel == ByWeb || d.c.Channel == ByMobile, "error.received_by_portal")
}

// checkRedate: the day of receipt lies between the first rules kept here and the
// registration. Both days stay on record, and every limit counts from the right one.
func checkRedate(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	at := d.act.At
	if at.IsZero() {
		f.need(false, "at", "problem.day_missing")
		return
	}
	if d.c.Old == nil {
		d.underLaw(f, at)
	}
	f.need(!at.After(d.c.Events[0].At), "at", "problem.redate_late")
	f.need(Day(at) != Day(d.c.Received), "at", "problem.redate_same")
}

// underLaw asks for a day of receipt to which some rules kept here applied.
func (d *decision) underLaw(f *form, at time.Time) {
	first := d.r.Laws.first()
	f.need(Day(at) >= first, "at", "problem.before_law", "day", first)
}
