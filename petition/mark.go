package petition

import (
	"slices"
	"time"
)

// OnceDays is how long a first petition is watched after it was closed, before it counts
// as settled once (domain §3.9, W).
const OnceDays = 90

// Mark is what a leg contributes to an indicator on a day. What fell due is marked on
// its last day, done or not: a mark of a day that is still to come is only a promise.
type Mark struct {
	What Indicator
	Day  string
	Tally
}

// Marks are the contributions of a leg. They follow from events and rules alone, and do not
// change with time. Reports about cadres, what was sealed up and what an earlier ledger
// brought leave none.
func (c *Case) Marks(leg int, r Rules) []Mark {
	l := c.Leg(leg)
	if l == nil || c.Track == Report || c.Old != nil || l.State == SealedUp || l.Kind == Superior || l.Kind.Reviews() {
		return nil
	}
	m := marker{c: c, l: l, law: r.LawOf(c, l.Unit)}
	m.limits(c.legClocks(l, r, farAway))
	m.way()
	if c.HomeLeg() == leg {
		m.arrival()
		m.occasion()
		m.rating()
	}
	return m.all
}

// farAway is when every limit has passed that does not run for ever.
var farAway = time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)

// HomeLeg is the leg of the unit that the matter is counted for: the first that was not
// passed on; 0 if there is none.
func (c *Case) HomeLeg() int {
	for _, l := range c.Legs {
		if !l.Kind.Reviews() && l.Kind != Superior && l.State != Passed && l.State != Returned {
			return l.N
		}
	}
	return 0
}

// marker gathers the marks of one leg.
type marker struct {
	c   *Case
	l   *Leg
	law Law
	all []Mark
}

func (m *marker) add(what Indicator, day string, num, den int) {
	m.all = append(m.all, Mark{what, day, Tally{num, den}})
}

// share counts one of an indicator, and whether it is so.
func (m *marker) share(what Indicator, day string, so bool) {
	num := 0
	if so {
		num = 1
	}
	m.add(what, day, num, 1)
}

// limits marks what was due: in time or not. A leg that ended before the day without what
// was due owed nothing.
func (m *marker) limits(clocks []Clock) {
	for _, k := range clocks {
		var what []Indicator
		var done time.Time
		switch k.Kind {
		case NoticeClock:
			what, done = []Indicator{NoticesInTime}, m.l.Notified
			if m.l.State == Passed {
				what = []Indicator{PassedInTime}
			}
		case HandlingClock, SimpleClock:
			what, done = []Indicator{AnswersInTime}, m.l.FirstReply
			if m.l.AssignDue == "" {
				what = append(what, ClosedInTime)
			}
		case ReportClock:
			what, done = []Indicator{ClosedInTime}, m.l.ReportedAt
		}
		if len(what) > 0 && !k.Paused {
			m.limit(k, what, done)
		}
	}
}

func (m *marker) limit(k Clock, what []Indicator, done time.Time) {
	if done.IsZero() && !m.l.Ended.IsZero() && !m.l.Ended.After(k.Due) {
		return
	}
	inTime := !done.IsZero() && !done.After(k.Due)
	for _, one := range what {
		m.share(one, Day(k.Due), inTime)
	}
	if inTime {
		return
	}
	m.add(OverdueStock, Day(k.Due.AddDate(0, 0, 1)), 1, 0)
	if over := first(done, m.l.Ended); !over.IsZero() {
		m.add(OverdueStock, Day(over), -1, 0)
	}
}

// way marks how the leg came, was handled and closed.
func (m *marker) way() {
	l := m.l
	if l.Kind == Referral || l.Kind == Assignment {
		m.share(ObjectionShare, Day(l.Received), !l.ObjectedAt.IsZero())
	}
	if !l.AcceptedAt.IsZero() && m.c.Track == Claim {
		m.share(ExtendedShare, Day(l.AcceptedAt), l.ExtendedBy > 0)
	}
	for _, e := range m.c.Events {
		if a := e.Act.Action; e.Act.Leg == l.N && (a == AuditPass || a == AuditReturn) {
			m.share(SentBackShare, Day(e.At), a == AuditReturn)
		}
	}
	if !l.FirstReply.IsZero() {
		m.add(MeanDays, Day(l.FirstReply), DaysBetween(l.Received, l.FirstReply), 1)
	}
}

// arrival marks how a matter came: letters and what is like them by item, visits by group
// and by people, collective ones apart.
func (m *marker) arrival() {
	day, people := Day(m.c.Received), max(1, m.c.Filing.Cosigners)
	m.share(OnlineShare, day, m.c.Channel.Online())
	if !m.c.Channel.Visit() {
		m.add(Items, day, 1, 0)
		if people > 1 {
			m.add(JointItems, day, 1, 0)
		}
		return
	}
	m.add(Visits, day, 1, 0)
	m.add(Visitors, day, people, 0)
	if m.c.Channel == ByGroupVisit || people >= GroupVisit {
		m.add(GroupVisits, day, 1, 0)
		m.add(GroupVisitors, day, people, 0)
	}
}

// occasion marks whether a matter came for the first time, and what became of it then,
// once somebody has decided that.
func (m *marker) occasion() {
	if m.c.Repeat == nil {
		return
	}
	day := Day(m.c.Received)
	m.share(RepeatShare, day, !m.c.Repeat.First)
	if !m.c.Repeat.First {
		return
	}
	m.share(NeverAgain, day, !slices.ContainsFunc(m.c.Turns, func(t Turned) bool { return t.Kind == TurnRepeat }))
	if m.l.Concluded() {
		m.share(DoneOnce, Day(m.l.Ended.AddDate(0, 0, OnceDays)), m.c.DoneOnce(m.l))
	}
}

// Concluded tells whether the leg's file is closed.
func (l *Leg) Concluded() bool {
	return slices.Contains([]State{Closed, ClosedFinal, Final, Archived}, l.State)
}

// DoneOnce tells whether a closed first petition was neither sent back by an audit nor
// done again after a review, and did not come back within the days for which it is
// watched (一次性办结, domain §3.9).
func (c *Case) DoneOnce(l *Leg) bool {
	until := l.Ended.AddDate(0, 0, OnceDays)
	return l.Returns == 0 && l.Redone == 0 &&
		!slices.ContainsFunc(c.Turns, func(t Turned) bool { return t.At.Before(until) })
}

// rating marks what the petitioner said of both, and whether one who could say it did,
// counted when the time for it is over (domain §3.8: first registrations only).
func (m *marker) rating() {
	c, l := m.c, m.l
	if c.Rating != nil {
		day, liked := Day(c.Rating.At), []string{"good", "fair"}
		m.share(OfficeLiked, day, slices.Contains(liked, c.Rating.Office))
		m.share(UnitLiked, day, slices.Contains(liked, c.Rating.Unit))
	}
	if !l.RepliedAt.IsZero() && (c.Repeat == nil || c.Repeat.First) {
		m.share(RatedAtAll, Day(l.RepliedAt.AddDate(0, 0, m.law.RateDays)), c.Rating != nil)
	}
}
