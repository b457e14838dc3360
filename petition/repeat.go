package petition

import (
	"slices"
	"time"
)

// Repeat is whether a matter is a first petition (初次) or a repeat (重复: 同人同事,
// domain §3.7). A person decides it; the program only suggests.
type Repeat struct {
	First  bool
	Link   *Link // the earlier case, of a repeat
	By     Actor
	At     time.Time
	Reason string
}

// TurnKind is how an earlier matter came back (转化, clause 3).
type TurnKind string

const (
	TurnRepeat   TurnKind = "repeat"   // 初次→重复
	TurnJoint    TurnKind = "joint"    // 个人→联名
	TurnVisit    TurnKind = "visit"    // 来信→来访
	TurnDisorder TurnKind = "disorder" // 正常→非正常
)

// TurnKinds and TurnCauses are the closed lists of clause 3.
var (
	TurnKinds  = []TurnKind{TurnRepeat, TurnJoint, TurnVisit, TurnDisorder}
	TurnCauses = []string{"late", "poor", "other"} // 不及时、不到位、其他
)

// Turned is one conversion, recorded against the unit that had the matter first.
type Turned struct {
	Kind  TurnKind  `json:"kind"`
	Cause string    `json:"cause"`
	Link  *Link     `json:"link,omitempty"` // the later case
	At    time.Time `json:"at,omitzero"`
}

// checkJudge: a repeat names the earlier case; both ways need reasons.
func checkJudge(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	if !d.act.First {
		d.checkEarlier(f)
	}
}

// checkEarlier: the link names a case that exists, on the same track, and is not this.
func (d *decision) checkEarlier(f *form) {
	linked := d.facts.Linked
	switch {
	case d.act.Link == nil || blank(d.act.Link.Number):
		f.need(false, "link.number", "problem.link_missing")
	case linked == nil || linked.Number != d.act.Link.Number:
		f.need(false, "link.number", "problem.link_unknown")
	default:
		f.need(linked.ID.IsZero() || linked.ID != d.c.ID, "link.number", "problem.link_self")
	}
}

// checkTurn: what became of it and why.
func checkTurn(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	turned := d.act.Turned
	if turned == nil {
		turned = &Turned{}
	}
	f.need(slices.Contains(TurnKinds, turned.Kind), "turned.kind", "problem.choice")
	f.need(slices.Contains(TurnCauses, turned.Cause), "turned.cause", "problem.choice")
}

// guardSignFor: a first petition is taken on once (scenario 3.1).
func guardSignFor(d *decision, l *Leg) error {
	if d.c.Repeat == nil || !d.c.Repeat.First {
		return conflict("error.not_first")
	}
	return unless(!l.SignedFor.IsZero(), "error.signed_for")
}

// SignForDue is until when the first handler must take a first petition on: the end of
// the next working day after it was judged one (ours).
func (c *Case) SignForDue(r Rules) time.Time {
	if c.Repeat == nil || !c.Repeat.First {
		return time.Time{}
	}
	day, _ := r.Days.addWorking(startOfDay(c.Repeat.At), 1)
	return endOfDay(day)
}

// checkMerge is row 6: the same matter of the same people is in hand.
func checkMerge(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	d.checkLink(f, s)
}

// Prior is an opinion from before this system: no case here to link to.
type Prior struct {
	Number string `json:"number"`
	Day    string `json:"day"`
	Unit   string `json:"unit"`
}

// checkNoLonger is row 9: it has its final opinion, here or on paper (Art. 36).
func checkNoLonger(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	if prior := d.act.Prior; prior != nil {
		f.need(!blank(prior.Number), "prior.number", "problem.prior_number_missing")
		f.need(!blank(prior.Unit), "prior.unit", "problem.prior_unit_missing")
		d.pastDay(f, "prior.day", prior.Day, time.Time{})
	} else {
		d.checkEarlier(f)
		if d.facts.Linked != nil {
			at := d.facts.Linked.current()
			f.need(at != nil && at.State.Ultimate(), "link.number", "problem.link_not_final")
		}
	}
	if d.act.Paper != nil {
		f.need(len(d.act.Paper.Basis) > 0, "paper.basis", "problem.basis_missing")
	}
}

// checkRenew is row 39: new facts to a matter that has ended.
func checkRenew(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	d.checkEarlier(f)
	if d.facts.Linked != nil {
		at := d.facts.Linked.current()
		f.need(at != nil && at.State.Answered(), "link.number", "problem.link_not_ended")
	}
}
