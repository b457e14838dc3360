package petition

import "time"

// Decide turns what somebody wants to do into the events that record it, or refuses.
// The case may be nil (or empty) for Submit and for Register of a letter, visit or
// call. Events come numbered and dated, ready to be applied and stored together.
//
// It refuses with Forbidden who may not do it, with Conflict what cannot happen now,
// and with Invalid, a Problem at each field, what is not filled in as it must be. An
// act that needs somebody's agreement becomes a Propose event; the Approve of it is
// followed by the act's own events. Leg 0 means the leg where the case lies (for
// petitioners) or where it lies at the actor's unit (for staff).
func Decide(c *Case, by Actor, act Act, facts Facts, r Rules, now time.Time) ([]Event, error) {
	if c == nil {
		c = &Case{}
	}
	d := &decision{c: c, by: by, act: act, facts: facts, r: r, now: c.moment(now)}
	if act.Action == Approve || act.Action == Decline {
		return d.answer()
	}
	d.address()
	where, err := d.standing(d.act.Action, d.c.Leg(d.act.Leg))
	if err != nil {
		return nil, err
	}
	d.complete(where)
	if err := d.check(where); err != nil {
		return nil, err
	}
	if where.proposes {
		proposed := d.act
		return d.events(Act{Action: Propose, Leg: where.desk.N, Proposed: &proposed}), nil
	}
	return d.happen(), nil
}

// decision is one call of Decide.
type decision struct {
	c     *Case
	by    Actor
	act   Act
	facts Facts
	r     Rules
	now   time.Time

	agreed bool // somebody with the right to has approved it
}

// moment is the instant of the next event: never before the last one, whatever the
// clocks of two nodes say, and in whole microseconds, as it is stored.
func (c *Case) moment(now time.Time) time.Time {
	now = now.UTC().Truncate(time.Microsecond)
	if n := len(c.Events); n > 0 && now.Before(c.Events[n-1].At) {
		return c.Events[n-1].At
	}
	return now
}

// address finds the leg that is meant. What a petitioner sends when it is no longer
// asked for, or was asked for in the meantime, is taken all the same. What comes by
// itself names its leg: it need not be where the case lies.
func (d *decision) address() {
	if d.by.Kind == BySystem && d.act.Leg != 0 {
		return
	}
	if d.by.Kind != ByStaff {
		if l := d.c.current(); l != nil {
			d.act.Leg = l.N
			d.act.Action = answerOrAddition(d.act.Action, l.State)
		}
		return
	}
	if d.act.Leg == 0 {
		d.act.Leg = d.c.legAt(d.by.Unit)
	}
	if l := d.c.Leg(d.act.Leg); l != nil && l.ObjectionOf != 0 && (d.act.Action == AgreeBack || d.act.Action == Overrule) {
		d.act.Leg = l.ObjectionOf // the sender's leg was named for the one that objects
	}
}

func answerOrAddition(a Action, s State) Action {
	switch {
	case a == Supply && s != AwaitingInfo:
		return AddInfo
	case a == AddInfo && s == AwaitingInfo:
		return Supply
	}
	return a
}

// legAt is the newest leg that the unit has to do with; 0 if none.
func (c *Case) legAt(unit UnitID) int {
	for i := len(c.Legs) - 1; i >= 0; i-- {
		if c.Legs[i].Unit == unit && !c.Legs[i].State.handedBack() {
			if audited := c.Legs[i].AuditOf; audited != 0 {
				return audited
			}
			if c.Legs[i].State == Deciding {
				return c.Legs[i].From
			}
			return c.Legs[i].N
		}
	}
	return 0
}

// answer approves or declines the proposal that waits at the leg.
func (d *decision) answer() ([]Event, error) {
	if d.act.Leg == 0 {
		d.act.Leg = d.c.legAt(d.by.Unit)
	}
	if up := d.c.superiorLeg(d.act.Leg); up != nil && up.Unit == d.by.Unit {
		d.act.Leg = up.N // the leg below was named for the one that decides about it
	}
	desk := d.c.Leg(d.act.Leg)
	if err := d.mayAnswer(desk); err != nil {
		return nil, err
	}
	answer := Act{Action: d.act.Action, Leg: desk.N, Text: d.act.Text, Reason: d.act.Reason}
	if d.act.Action == Decline {
		if blank(d.act.Reason) {
			return nil, invalid(Problem{Field: "reason", Key: "problem.reason_missing"})
		}
		return d.events(answer), nil
	}
	edited := d.act.Paper
	d.act = desk.Pending.Act
	if edited != nil {
		d.act.Paper = edited
	}
	d.agreed = true
	where, err := d.approved()
	if err != nil {
		return nil, err
	}
	d.complete(where)
	if err := d.check(where); err != nil {
		return nil, err
	}
	return append(d.events(answer), d.happenFrom(len(d.c.Events)+2)...), nil
}

// happen records the act, and what follows from it of itself.
func (d *decision) happen() []Event { return d.happenFrom(len(d.c.Events) + 1) }

func (d *decision) happenFrom(n int) []Event {
	acts := []Act{d.act}
	switch {
	case d.opens():
		acts = append(acts, d.opening())
	case d.act.Action == Refuse && d.act.Ground == SkipLevel:
		// The unit below learns of it, so that the visitor is expected there (4.1).
		acts = append(acts, Act{Action: Tell, Leg: d.act.Leg, To: d.act.To, Reason: d.act.Reason})
	case d.act.Action == Draft && d.act.Gap != nil:
		// What is missing is a matter of its own from here on (scenario 5.2).
		acts[0].Gap = nil
		acts = append(acts, Act{Action: RecordGap, Leg: d.act.Leg, Gap: d.act.Gap})
	}
	return d.numbered(n, acts...)
}

// opens tells whether the act opens a leg at another unit.
func (d *decision) opens() bool {
	switch d.act.Action {
	case Refer, Assign, AskReview, Dispute:
		return true
	case AskRecusal, DeclareRecusal: // of the head: the unit above decides, where there is one
		_, hosted := d.superior(d.c.Leg(d.act.Leg))
		return d.act.Head && hosted
	}
	return false
}

// opening is the leg of the receiver, or of the unit above that reviews or decides.
func (d *decision) opening() Act {
	open := Act{Action: Receive, Leg: len(d.c.Legs) + 1, Unit: d.act.To, From: d.act.Leg, At: d.act.At}
	l := d.c.Leg(d.act.Leg)
	switch d.act.Action {
	case Refer:
		open.Kind = Referral
	case Assign:
		open.Kind, open.Deadline = Assignment, d.act.Deadline
	case AskReview:
		open.Kind = Review
		if l.Kind == Review {
			open.Kind = ReReview
		}
		open.Unit, _ = d.superior(l)
	case Dispute:
		open.Kind = Superior
		open.Unit, _ = d.superior(d.c.Leg(l.From))
	default:
		open.Kind = Superior
		open.Unit, _ = d.superior(l)
	}
	return open
}

func (d *decision) events(acts ...Act) []Event { return d.numbered(len(d.c.Events)+1, acts...) }

func (d *decision) numbered(n int, acts ...Act) []Event {
	es := make([]Event, len(acts))
	for i, a := range acts {
		es[i] = Event{N: n + i, At: d.now, By: d.by, Act: a}
	}
	return es
}

func invalid(problems ...Problem) error {
	return &Error{Kind: Invalid, Key: "error.check_form", Problems: problems}
}

func forbidden(key string) error { return &Error{Kind: Forbidden, Key: key} }

func conflict(key string) error { return &Error{Kind: Conflict, Key: key} }
