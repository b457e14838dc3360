package petition

import "time"

// A review (复查) and a re-review (复核) have legs of their own, one level up each time
// (Art. 35, 36). The leg under review waits as Challenged; what the level above says
// ends it, or sends it back to be done again.

// reviewOutcomes is what a review may say: a re-review has the last word and sends
// nothing back.
func reviewOutcomes(k LegKind) []Outcome {
	if k == ReReview {
		return []Outcome{Upheld, Changed}
	}
	return []Outcome{Upheld, Changed, SentBack}
}

// OutcomesFor lists what the opinion of a leg may conclude.
func (c *Case) OutcomesFor(l *Leg) []Outcome {
	if l.Kind.Reviews() {
		return reviewOutcomes(l.Kind)
	}
	return Outcomes(c.Track)
}

// reviewed is the consequence of a move on a leg that reviews: its own papers and
// clocks, and the states in which it ends.
func (q Consequence) reviewed(a Action, l *Leg) Consequence {
	if !l.Kind.Reviews() {
		return q
	}
	switch {
	case a == Serve && l.Kind == ReReview:
		q.To, q.Paper, q.Clock = Final, ReReviewOpinion, StopReReviewOpinion|StopAll
	case a == Serve && l.Outcome == SentBack:
		q.To, q.Paper, q.Clock = Annulled, ReviewOpinion, StopReviewOpinion|StartHandling
	case a == Serve:
		q.To, q.Paper, q.Clock = Reviewed, ReviewOpinion, StopReviewOpinion|StartReReview
	case a == OpenHearing && l.Kind == ReReview:
		q.Clock = PauseReReviewOpinion
	case a == CloseHearing && l.Kind == ReReview:
		q.Clock = ResumeReReviewOpinion
	}
	return q
}

// superior is the unit that reviews what a leg's unit decided: the one directly above
// it. ok is false at the top of the tree as it is known here.
func (d *decision) superior(l *Leg) (UnitID, bool) {
	if d.r.Units == nil {
		return "", false
	}
	above := d.r.Units.Above(l.Unit)
	if len(above) == 0 || above[0].Gone() {
		return "", false
	}
	return above[0].ID, true
}

// guardAskReview: within the days of K5 or K7, counted from proven service; what was
// sent in time counts, whenever it arrives.
func guardAskReview(d *decision, l *Leg) error {
	if _, hosted := d.superior(l); !hosted {
		return conflict("error.no_unit_above")
	}
	return unless(d.sent().After(d.windowEnd(l)), "error.too_late_for_review")
}

// windowEnd is until when a review of the leg's answer may be asked.
func (d *decision) windowEnd(l *Leg) time.Time {
	kind := ReviewClock
	if l.Kind == Review {
		kind = ReReviewClock
	}
	due := reckoner{law: d.r.LawOf(d.c, l.Unit), days: d.r.Days, leg: l}
	return due.count(kind, l.RepliedAt, 0, 0).Due
}

// guardConclude is row 34: nobody asked for a review in time. The days of the mail
// line are left to pass too, so that what was sent on the last day still arrives.
func guardConclude(d *decision, l *Leg) error {
	if l.RepliedAt.IsZero() {
		return conflict("error.not_replied")
	}
	return unless(!d.now.After(d.windowEnd(l).AddDate(0, 0, mailDays)), "error.window_open")
}

// mailDays is how long what the portal took in on the last day may be under way.
const mailDays = 3

// recordAskReview: a closing that waited for its audit must be asked again afterwards.
func recordAskReview(c *Case, l *Leg, e Event) {
	l.ChallengedAt = sentAt(e)
	if l.Before != ClosingAudit {
		return
	}
	if desk := c.Leg(l.AuditAt); desk != nil {
		desk.AuditOf = 0
	}
	l.Before, l.AuditAt, l.OwnPassed = Replied, 0, false
}

func recordNotReviewed(c *Case, l *Leg, e Event) {
	l.Ended = e.At
	if under := c.Leg(l.From); under != nil && under.State == Challenged {
		under.State, under.ChallengedAt = under.Before, time.Time{}
	}
}

// reviewServed: a re-review ends the case; an annulment opens the leg below again; in
// other cases the petitioner has the word.
func reviewServed(c *Case, l *Leg, e Event) {
	switch l.State {
	case Final:
		c.end(e.At)
	case Annulled:
		l.Ended = e.At
		if under := c.Leg(l.From); under != nil {
			under.redo(e.At)
		}
	}
}

// redo starts the handling anew (row 30): the same clock from now, another result or
// other facts.
func (l *Leg) redo(at time.Time) {
	l.State, l.Annulled = Handling, l.Outcome
	l.Redone++
	l.AcceptedAt = at
	l.FirstReply, l.RepliedAt, l.SignedAt, l.Ended, l.ChallengedAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}, time.Time{}
	l.ReportedAt = time.Time{}
	l.ExtendedBy, l.Simple, l.OwnPassed, l.Before = 0, false, false, ""
	l.Draft, l.Execution, l.Agreement = nil, nil, ""
}

// reviewClocks are the clocks of a leg that reviews: K6 and K7, or K8.
func (due reckoner) reviewClocks(now time.Time) []Clock {
	l := due.leg
	if l.Kind == ReReview {
		k := due.count(ReReviewOpinionClock, l.Received, 0, l.hearingDays(now))
		k.Paused = l.State == InHearing
		k.Stopped = first(l.FirstReply, l.Ended)
		return []Clock{k}
	}
	k := due.count(ReviewOpinionClock, l.Received, 0, 0)
	k.Stopped = first(l.FirstReply, l.Ended)
	ks := []Clock{k}
	if due.law.Clocks[ReviewTakenClock].Days > 0 {
		taken := due.count(ReviewTakenClock, l.Received, 0, 0)
		taken.Stopped = first(l.Notified, l.Ended)
		ks = append(ks, taken)
	}
	if !l.RepliedAt.IsZero() && l.State != Annulled {
		k7 := due.count(ReReviewClock, l.RepliedAt, 0, 0)
		k7.Stopped = l.ChallengedAt
		ks = append(ks, k7)
	}
	return ks
}

// hearingDays is how many days hearings took, the one under way included; only the
// re-review does not count them (Art. 36).
func (l *Leg) hearingDays(now time.Time) int {
	days := l.HearingDays
	if !l.HearingAt.IsZero() {
		days += max(0, DaysBetween(l.HearingAt, now))
	}
	return days
}

func checkRefuseReview(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	if d.act.Paper != nil {
		f.need(len(d.act.Paper.Basis) > 0, "paper.basis", "problem.basis_missing")
	}
}

// sentAt is when the petitioner acted, if the act says so, else when it was recorded.
func sentAt(e Event) time.Time {
	if !e.Act.At.IsZero() && e.Act.At.Before(e.At) {
		return e.Act.At
	}
	return e.At
}
