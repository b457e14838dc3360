package petition

import (
	"slices"
	"time"
)

// SeatStep is what became of a place at a leader's session (接访名额).
type SeatStep string

const (
	SeatAsked    SeatStep = "asked"    // 申请预约: with the petition itself
	SeatInvited  SeatStep = "invited"  // 约请
	SeatGiven    SeatStep = "given"    // 确认名额
	SeatWaiting  SeatStep = "waiting"  // 候补
	SeatDeclined SeatStep = "declined" // 不安排: with the reason
	SeatCame     SeatStep = "came"     // 到场: what was said
	SeatAbsent   SeatStep = "absent"   // 未到
)

// Seat is in a note on the case: which session it is about, and what became of it. All but
// who came and what was said is told to the petitioner.
type Seat struct {
	Session ID       `json:"session"`
	Step    SeatStep `json:"step"`
	Day     string   `json:"day"` // of the session
}

// Told tells whether the petitioner reads of it.
func (s SeatStep) Told() bool { return s != SeatCame && s != SeatAbsent }

// Taken tells whether the step takes one of the places.
func (s SeatStep) Taken() bool { return slices.Contains(SeatsTaken, s) }

// SeatsTaken are the steps that take one of a session's places.
var SeatsTaken = []SeatStep{SeatInvited, SeatGiven, SeatCame, SeatAbsent}

// seatNext is what may follow on what; "" is a case without a place at the session.
var seatNext = map[SeatStep][]SeatStep{
	"":           {SeatInvited},
	SeatAsked:    {SeatGiven, SeatWaiting, SeatDeclined},
	SeatWaiting:  {SeatGiven, SeatDeclined},
	SeatGiven:    {SeatCame, SeatAbsent, SeatDeclined},
	SeatInvited:  {SeatCame, SeatAbsent, SeatDeclined},
	SeatDeclined: {SeatInvited},
}

// NextSeats lists what may be recorded of a place now: attendance from the session's day
// on, the rest until it is over.
func NextSeats(now SeatStep, day, today string) []SeatStep {
	return slices.DeleteFunc(slices.Clone(seatNext[now]), func(s SeatStep) bool {
		if s.Told() {
			return day < today
		}
		return day > today
	})
}

// SeatAt is what became of the case's place at a session; "" if it never had one.
func (c *Case) SeatAt(session ID) SeatStep {
	var at SeatStep
	for _, s := range c.Seats() {
		if s.Session == session {
			at = s.Step
		}
	}
	return at
}

// SeatEntry is one step as it was recorded.
type SeatEntry struct {
	Seat
	N    int
	At   time.Time
	By   string
	Text string
}

// Seats lists every step of the case's places at sessions, the earliest first.
func (c *Case) Seats() []SeatEntry {
	var all []SeatEntry
	for _, e := range c.Events {
		switch f := e.Act.Filing; {
		case e.Act.Seat != nil:
			all = append(all, SeatEntry{*e.Act.Seat, e.N, e.At, e.By.Name, e.Act.Text})
		case f != nil && !f.Session.IsZero() && f.Track() != Report:
			all = append(all, SeatEntry{Seat: Seat{Session: f.Session, Step: SeatAsked}, N: e.N, At: e.At})
		}
	}
	return all
}

// checkSeat: the counter keeps places; each step follows on the last, and says something.
func checkSeat(d *decision, f *form) {
	s := d.act.Seat
	if s == nil {
		return
	}
	f.need(d.by.Is(counter...), "seat", "error.not_your_role")
	next := NextSeats(d.c.SeatAt(s.Session), s.Day, Day(d.now))
	f.need(!s.Session.IsZero() && slices.Contains(next, s.Step), "seat", "problem.seat")
	f.need(d.act.Public == s.Step.Told(), "public", "problem.choice")
	f.atMost("text", d.act.Text, 5000)
}
