package petition

import "slices"

// Gap is a policy that is missing: no clear rule covers what the case asks, and one is
// needed (政策空白, scenario 5.2). Somebody has it in hand until a day.
type Gap struct {
	What      string `json:"what"` // what is not regulated, and what is proposed
	Owner     ID     `json:"owner"`
	OwnerName string `json:"owner_name"`
	Due       string `json:"due"` // day
}

// GapStatus is how far the proposal has come.
type GapStatus string

const (
	GapProposed   GapStatus = "proposed"    // 已提出
	GapSent       GapStatus = "sent"        // 已送有权机关
	GapAdopted    GapStatus = "adopted"     // 已采纳
	GapNotAdopted GapStatus = "not_adopted" // 未采纳
)

// GapStatuses lists every status in the order of its life.
var GapStatuses = []GapStatus{GapProposed, GapSent, GapAdopted, GapNotAdopted}

// Settled tells whether nothing is left to be done.
func (s GapStatus) Settled() bool { return s == GapAdopted || s == GapNotAdopted }

// Next lists what a proposal can become: it may be sent on more than once, and is settled
// only by who it was sent to.
func (s GapStatus) Next() []GapStatus {
	switch s {
	case GapProposed:
		return []GapStatus{GapSent}
	case GapSent:
		return []GapStatus{GapSent, GapAdopted, GapNotAdopted}
	}
	return nil
}

// GapStep is what became of a proposal.
type GapStep struct {
	Status GapStatus
	To     string // who it was sent to
	Text   string // what was proposed, decided, and why

	// Owner has it in hand from this step on, and Text is the reason; zero where that stays.
	Owner     ID     `json:",omitzero"`
	OwnerName string `json:",omitzero"`
}

// CheckGapStep tells what is wrong with the next step. It fails with Conflict where the
// proposal is settled.
func CheckGapStep(now GapStatus, s GapStep) error {
	if now.Settled() {
		return conflict("error.gap_settled")
	}
	f := &form{}
	f.need(slices.Contains(now.Next(), s.Status), "status", "problem.choice")
	f.need(s.Status != GapSent || !blank(s.To), "to", "problem.gap_to")
	f.need(!blank(s.Text), "text", "problem.text_missing")
	f.atMost("to", s.To, 100)
	f.atMost("text", s.Text, 2000)
	return f.err()
}

// CheckGapOwner tells what is wrong with giving a gap to somebody else: active tells that
// the person is on the staff of the unit now. It fails with Conflict where the proposal is
// settled.
func CheckGapOwner(now GapStatus, before ID, s GapStep, active bool) error {
	if now.Settled() {
		return conflict("error.gap_settled")
	}
	f := &form{}
	f.need(!s.Owner.IsZero() && active, "owner", "problem.gap_owner")
	f.need(s.Owner != before, "owner", "problem.gap_owner_same")
	f.need(!blank(s.Text), "reason", "problem.reason_missing")
	f.atMost("reason", s.Text, 500)
	return f.err()
}

// guardGap: a case shows one gap; what else is missing is written to the same proposal.
func guardGap(d *decision, _ *Leg) error { return unless(d.c.Gap != nil, "error.gap_known") }

func checkRecordGap(d *decision, f *form, _ standing) { d.checkGap(f) }

// checkGap: what is missing, who has it in hand, until when.
func (d *decision) checkGap(f *form) {
	gap := d.act.Gap
	if gap == nil {
		gap = &Gap{}
	}
	f.need(!blank(gap.What), "gap.what", "problem.gap_what")
	f.atMost("gap.what", gap.What, 2000)
	f.need(!gap.Owner.IsZero() && d.facts.GapOwner, "gap.owner", "problem.gap_owner")
	d.futureDay(f, "gap.due", gap.Due)
}
