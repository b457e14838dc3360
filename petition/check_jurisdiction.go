package petition

import "slices"

// checkPath: a recorded decision path uses its own words only.
func (d *decision) checkPath(f *form) {
	p := d.act.Check
	if p == nil {
		return
	}
	yesNo := []string{"", "yes", "no"}
	f.need(slices.Contains(yesNo, p.InScope), "check.in_scope", "problem.choice")
	f.need(slices.Contains([]string{"", "own", "below", "above"}, p.Level), "check.level", "problem.choice")
	f.need(p.InHand == "here" || slices.Contains(yesNo, p.InHand), "check.in_hand", "problem.choice")
	f.need(slices.Contains(yesNo, p.Final), "check.final", "problem.choice")
	f.need(slices.Contains(yesNo, p.Legal), "check.legal", "problem.choice")
	f.need(slices.Contains(yesNo, p.CadreReport), "check.cadre_report", "problem.choice")
}

// checkRedirect is row 7: nobody is sent away without a name and a telephone number,
// and the explanation is on record before the case leaves (scenario 1.2).
func checkRedirect(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	body := d.act.Body
	if body == nil {
		body = &Body{}
	}
	f.need(!blank(body.Name), "body.name", "problem.body_name_missing")
	f.need(!blank(body.Phone), "body.phone", "problem.body_phone_missing")
	plain(f, "body.where", body.Where)
	plain(f, "body.bring", body.Bring)
}

// checkRefuse is row 8: the ground exists in the law of the case and for its channel
// and track (scenarios 4.1-4.3); the paper names the articles and what to do next.
func checkRefuse(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	g, known := GroundOf(d.act.Ground)
	if !known {
		f.need(false, "ground", "problem.ground_missing")
		return
	}
	f.need(!g.Visit || d.c.Channel.Visit(), "ground", "problem.ground_visit_only")
	f.need(slices.Contains(g.Tracks, d.c.Track), "ground", "problem.ground_not_for_track")
	f.need(d.r.LawNow(d.c).Grounds[g.Code] != "", "ground", "problem.ground_not_in_law")
	if g.Linked {
		d.checkLink(f, s)
	}
	if g.Skips {
		d.checkSkipped(f, s)
	}
	if d.act.Paper != nil {
		f.need(len(d.act.Paper.Basis) > 0, "paper.basis", "problem.basis_missing")
		f.need(!blank(d.act.Paper.Remedy), "paper.remedy", "problem.remedy_missing")
	}
}

// checkLink: the matter is accepted or being handled here or at a unit below, to which
// this one is the superior (Art. 19; scenario 4.3).
func (d *decision) checkLink(f *form, s standing) {
	linked := d.facts.Linked
	if d.act.Link == nil || blank(d.act.Link.Number) {
		f.need(false, "link.number", "problem.link_missing")
		return
	}
	if linked == nil || linked.Number != d.act.Link.Number {
		f.need(false, "link.number", "problem.link_unknown")
		return
	}
	f.need(linked.ID.IsZero() || linked.ID != d.c.ID, "link.number", "problem.link_self")
	at := linked.current()
	f.need(at != nil && linked.Track == d.c.Track && at.State.Open(), "link.number", "problem.link_not_open")
	if at != nil {
		f.need(d.within(at.Unit, s.desk.Unit), "link.number", "problem.link_elsewhere")
	}
}

// checkSkipped: a visit may go to the competent unit or one level up (Art. 20), so
// the competent unit must lie at least two levels below.
func (d *decision) checkSkipped(f *form, s standing) {
	if d.act.To == "" {
		f.need(false, "to", "problem.competent_missing")
		return
	}
	f.need(slices.ContainsFunc(Skipped(d.r.Units, s.desk.Unit), func(u Unit) bool { return u.ID == d.act.To }),
		"to", "problem.not_skipped")
}

func (d *decision) within(unit, top UnitID) bool {
	u, ok := d.unit(unit)
	above, known := d.unit(top)
	return ok && known && u.Within(above)
}

// checkRefer is row 11: to an open unit below.
func checkRefer(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	if d.act.To == "" {
		f.need(false, "to", "problem.to_missing")
		return
	}
	to, known := d.unit(d.act.To)
	f.need(known && !to.Gone(), "to", "problem.to_closed")
	f.need(!known || (to.ID != s.desk.Unit && d.within(to.ID, s.desk.Unit)), "to", "problem.to_not_below")
}

// checkAssign is row 12: as a referral, and with a day by which to report.
func checkAssign(d *decision, f *form, s standing) {
	checkRefer(d, f, s)
	d.futureDay(f, "deadline", d.act.Deadline)
}
