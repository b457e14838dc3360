package petition

import "time"

// Clock is a limit that runs, ran or is paused for one leg.
type Clock struct {
	Kind    ClockKind
	Leg     int
	Unit    UnitID    // whose limit it is
	Start   time.Time // the event from which it counts
	Warn    time.Time // end of the last day as counted, before any roll over a holiday
	Due     time.Time // end of the last day: overdue only after this instant
	Stopped time.Time // zero while it runs
	Paused  bool      // an objection is open: Due moves on with every day
	Days    int       // its length in days, extension included; 0 for a set day
	Working bool      // Days are working days
	House   bool      // our own promise, not a limit in law
	Guess   bool      // a day beyond the known calendar was needed: only weekends counted
	Explain []ExplainStep
}

// ExplainStep is one step of how a due date was reached. Pages word it by Kind.
type ExplainStep struct {
	Kind    ExplainKind `json:"kind"`
	Day     string      `json:"day"` // the day reached by this step
	Days    int         `json:"days,omitempty"`
	Working bool        `json:"working,omitempty"`
	Article string      `json:"article,omitempty"` // of the legal profile
	Law     string      `json:"law,omitempty"`     // name of the legal profile
	Holiday string      `json:"holiday,omitempty"` // name of the holiday rolled over; "" for a weekend
}

// ExplainKind says what a step did.
type ExplainKind string

const (
	ExplainStart   ExplainKind = "start"   // counting starts after this day
	ExplainDeemed  ExplainKind = "deemed"  // no notice in time: deemed accepted on this day
	ExplainSet     ExplainKind = "set"     // the assigner set this day
	ExplainRule    ExplainKind = "rule"    // so many days by this article
	ExplainBefore  ExplainKind = "before"  // so many days, before any law that we know applied
	ExplainExtend  ExplainKind = "extend"  // prolonged by so many days
	ExplainPause   ExplainKind = "pause"   // so many days did not count: objection
	ExplainRoll    ExplainKind = "roll"    // last day was no working day
	ExplainUnknown ExplainKind = "unknown" // the calendar of that year is not known yet
	ExplainKept    ExplainKind = "kept"    // an edit of the rules gave an earlier day: what was said before holds
)

// Running tells whether the clock still counts.
func (k Clock) Running() bool { return k.Stopped.IsZero() }

// Urgency is the colour of a due date and the words beside it.
type Urgency string

const (
	Over Urgency = "over" // the end has passed
	Soon Urgency = "soon" // three days or less
	Week Urgency = "week" // seven days or less
	Calm Urgency = "ok"
)

// Urgency tells how near the limit is.
func (k Clock) Urgency(now time.Time) Urgency {
	left := DaysBetween(now, k.Warn)
	switch {
	case now.After(k.Due):
		return Over
	case left <= 3:
		return Soon
	case left <= 7:
		return Week
	}
	return Calm
}

// Clocks derives every clock of the case, those that stopped too: leg by leg, in the
// order K2, K3, K4, P60, K5, K9. Reports about cadres have none here.
func (c *Case) Clocks(r Rules, now time.Time) []Clock {
	if c.Track == Report {
		return nil
	}
	var all []Clock
	for i := range c.Legs {
		all = append(all, c.legClocks(&c.Legs[i], r, now)...)
	}
	return all
}

// NextClock is the running duty of a leg that is due first; ok is false where none
// runs. What is a right and not a duty (K3, K5) is left out, and so is what is paused.
// An objection is to be decided while the sender's own K2 lasts: taken back, the matter
// is his again from the original receipt (row 14).
func (c *Case) NextClock(leg int, r Rules, now time.Time) (next Clock, ok bool) {
	l := c.Leg(leg)
	if l == nil || c.Track == Report {
		return Clock{}, false
	}
	for _, k := range c.legClocks(l, r, now) {
		if k.Kind == NoticeClock && l.ObjectionOf != 0 {
			k.Stopped = time.Time{}
		}
		duty := k.Kind != ObjectionClock && !k.Kind.Right()
		if duty && k.Running() && !k.Paused && (!ok || k.Due.Before(next.Due)) {
			next, ok = k, true
		}
	}
	return next, ok
}

func (c *Case) legClocks(l *Leg, r Rules, now time.Time) []Clock {
	law := r.LawOf(c, l.Unit)
	due := reckoner{law: law, days: r.Days, leg: l}
	switch {
	case l.Kind.Reviews():
		return due.reviewClocks(now)
	case l.Kind == Superior:
		return nil
	}
	notice := due.notice(now)
	ks := []Clock{notice}
	if l.From > 0 {
		ks = append(ks, due.objection())
	}
	if k, runs := due.handling(c.Track, notice, now); runs {
		ks = append(ks, k)
	}
	if k, runs := due.promise(c.Track); runs {
		ks = append(ks, k)
	}
	if c.Track == Claim && !l.RepliedAt.IsZero() {
		k := due.count(ReviewClock, l.RepliedAt, 0, 0)
		k.Stopped = l.ChallengedAt
		ks = append(ks, k)
	}
	if k, runs := due.executionClock(); runs {
		ks = append(ks, k)
	}
	if l.AssignDue != "" {
		ks = append(ks, due.report(now))
	}
	return ks
}
