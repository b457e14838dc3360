package petition

import "time"

// Fold makes the case that its events tell of. It fails with an Invalid error if
// they do not tell of a possible life.
func Fold(id ID, events []Event) (*Case, error) {
	c := &Case{ID: id, Events: make([]Event, 0, len(events))}
	for _, e := range events {
		if err := c.Apply(e); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Apply adds one event. It fails with an Invalid error if the event is not the next
// one or cannot follow; then the case is as it was.
func (c *Case) Apply(e Event) error {
	if e.N != len(c.Events)+1 {
		return badEvent()
	}
	if err := c.take(e); err != nil {
		return err
	}
	c.Events = append(c.Events, e)
	return nil
}

func badEvent() error { return &Error{Kind: Invalid, Key: "error.bad_event"} }

func (c *Case) take(e Event) error {
	switch a := e.Act.Action; {
	case len(c.Legs) == 0:
		return c.begin(e)
	case a == Receive:
		return c.receive(e)
	case a == Propose:
		return c.propose(e)
	case a == Approve, a == Decline:
		return c.answer(e)
	case a == Recount:
		return c.recounted(e)
	case a == Tell:
		if c.Leg(e.Act.Leg) == nil {
			return badEvent()
		}
		return nil
	}
	return c.move(e)
}

// begin opens the first leg (rows 1 and 3).
func (c *Case) begin(e Event) error {
	act := e.Act
	m, ok := moveIn("", act.Action)
	if !ok || act.Action == Receive || act.Filing == nil || !m.on(act.Filing.Track()) {
		return badEvent()
	}
	c.Filing, c.Track = *act.Filing, act.Filing.Track()
	c.Received, c.Law = e.At, act.Law
	if !act.At.IsZero() {
		c.Received = act.At
	}
	c.Legs = append(c.Legs, Leg{N: 1, Unit: act.Unit, Kind: Own, State: m.To, Received: c.Received})
	c.describe(act)
	c.Legs[0].give(act)
	if c.Old = act.Old; c.Old != nil {
		c.Legs[0].takenOver(*c.Old)
	}
	return nil
}

// describe takes what registration fixes.
func (c *Case) describe(act Act) {
	if act.Number != "" {
		c.Number = act.Number
	}
	if act.Topic != "" {
		c.Topic = act.Topic
	}
	if act.Channel != "" {
		c.Channel = act.Channel
	}
	if act.Arrival != "" {
		c.Arrival = act.Arrival
	}
	if act.Parent != nil {
		c.Parent = act.Parent
	}
}

// receive opens the receiver's leg (rows 11 and 12).
func (c *Case) receive(e Event) error {
	act := e.Act
	from := c.Leg(act.From)
	if act.Leg != len(c.Legs)+1 || from == nil {
		return badEvent()
	}
	l := Leg{N: act.Leg, Unit: act.Unit, Kind: act.Kind, From: act.From, Received: sentAt(e), AssignDue: act.Deadline}
	passed := from.State == Passed && !c.openBelow(act.From)
	challenged := from.State == Challenged && !c.openBelow(act.From)
	switch {
	case act.Kind == Referral && passed:
		l.State = Referred
	case act.Kind == Assignment && passed:
		l.State = Assigned
	case act.Kind == Review && challenged && !from.Kind.Reviews():
		l.State = ReviewAsked
	case act.Kind == ReReview && challenged && from.Kind == Review:
		l.State = UnderReview
	case act.Kind == Superior && c.superiorLeg(act.From) == nil && (from.State == Disputed || from.Recusal != nil):
		l.State = Deciding
	default:
		return badEvent()
	}
	c.Legs = append(c.Legs, l)
	return nil
}

// openBelow tells whether the leg's case already lies with a receiver.
func (c *Case) openBelow(n int) bool {
	for _, l := range c.Legs {
		if l.From == n && l.Kind != Superior && !l.State.handedBack() {
			return true
		}
	}
	return false
}

func (c *Case) propose(e Event) error {
	l := c.Leg(e.Act.Leg)
	if l == nil || l.Pending != nil || !l.Ended.IsZero() || e.Act.Proposed == nil {
		return badEvent()
	}
	target := c.Leg(e.Act.Proposed.Leg)
	if target == nil {
		return badEvent()
	}
	if m, ok := moveIn(target.State, e.Act.Proposed.Action); !ok || m.Approver == nil {
		return badEvent()
	}
	l.Pending = &Proposal{By: e.By, At: e.At, Act: *e.Act.Proposed}
	return nil
}

func (c *Case) answer(e Event) error {
	l := c.Leg(e.Act.Leg)
	if l == nil || l.Pending == nil {
		return badEvent()
	}
	l.Pending = nil
	return nil
}

// move takes one row of the table.
func (c *Case) move(e Event) error {
	l := c.Leg(e.Act.Leg)
	if l == nil {
		return badEvent()
	}
	m, ok := moveIn(l.State, e.Act.Action)
	if !ok || !m.on(c.Track) || !whole(e.Act) {
		return badEvent()
	}
	to := m.consequence(e.Act.Action, c, l).To
	l.give(e.Act)
	if to.Interrupts() {
		l.Before = l.State
	}
	if to != "" {
		l.State = to
	}
	if record := records[e.Act.Action]; record != nil {
		record(c, l, e)
	}
	c.taken(c.Leg(e.Act.Leg), e)
	return nil
}

// whole tells that what the record functions rely on is there.
func whole(act Act) bool {
	switch act.Action {
	case Draft, Sign:
		return act.Paper != nil
	case Serve:
		return act.Service != nil
	case Rate:
		return act.Rating != nil
	case Execute:
		return act.Execution != nil
	case Turn:
		return act.Turned != nil
	case TakeOver:
		return act.To != ""
	case RecordGap:
		return act.Gap != nil
	}
	return true
}

// give hands the leg to an office and a handler where the act names them.
func (l *Leg) give(act Act) {
	if act.Office != "" {
		l.Office = act.Office
	}
	if !act.Handler.IsZero() {
		l.Handler, l.HandlerName = act.Handler, act.HandlerName
	}
}

// end closes every leg: nothing more is to be done anywhere.
func (c *Case) end(at time.Time) {
	for i := range c.Legs {
		l := &c.Legs[i]
		if l.Ended.IsZero() {
			l.Ended = at
		}
		l.Pending, l.ObjectionOf, l.AuditOf, l.AuditAt, l.Recusal = nil, 0, 0, 0, nil
		switch l.State {
		case Challenged:
			l.State = ClosedFinal
		case Deciding:
			l.State = Decided
		}
	}
}

// current is the leg where the case lies now; nil before there is one.
func (c *Case) current() *Leg {
	for i := len(c.Legs) - 1; i >= 0; i-- {
		if l := &c.Legs[i]; l.Kind != Superior && !l.State.handedBack() {
			return l
		}
	}
	return nil
}
