package petition

import "time"

// reckoner derives the due dates of one leg (domain §2.1) and keeps the reasons.
type reckoner struct {
	law  Law
	days *Calendar
	leg  *Leg
}

// notice is K2: from receipt at this unit to the first written notice; an objection
// pauses it.
func (due reckoner) notice(now time.Time) Clock {
	l := due.leg
	k := due.count(NoticeClock, l.Received, 0, l.paused(now))
	k.Paused = l.State == Objected || l.State == Disputed
	k.Stopped = first(l.Notified, l.Ended)
	return k
}

// objection is K3: it is over when the unit objects or takes the case.
func (due reckoner) objection() Clock {
	l := due.leg
	k := due.count(ObjectionClock, l.Received, 0, 0)
	k.Stopped = first(l.ObjectedAt, l.TakenAt, l.Ended)
	return k
}

// handling is K4. Where no notice went out in time the petition counts as accepted
// at the end of K2, to protect the petitioner (domain §2.1, ours).
func (due reckoner) handling(t Track, notice Clock, now time.Time) (k Clock, runs bool) {
	l := due.leg
	if t != Claim {
		return Clock{}, false
	}
	start, deemed := l.AcceptedAt, false
	missed := l.Notified.IsZero() && l.Ended.IsZero() && !notice.Paused && now.After(notice.Due)
	if missed || (!start.IsZero() && start.After(notice.Due) && l.Redone == 0) {
		start, deemed = notice.Due, true
	}
	if start.IsZero() {
		return Clock{}, false
	}
	kind := HandlingClock
	if l.Simple {
		kind = SimpleClock
	}
	k = due.count(kind, start, l.ExtendedBy, 0)
	if deemed {
		k.Explain[0].Kind = ExplainDeemed
	}
	k.Stopped = first(l.FirstReply, l.Ended)
	return k, true
}

// promise is our own target: for advice from acceptance, for enquiries from receipt.
func (due reckoner) promise(t Track) (k Clock, runs bool) {
	l := due.leg
	start := l.AcceptedAt
	if t == Enquiry {
		start = l.Received
	}
	if start.IsZero() || (t != Advice && t != Enquiry) {
		return Clock{}, false
	}
	k = due.count(PromiseClock, start, 0, 0)
	k.Stopped = first(l.FirstReply, l.Ended)
	if l.State == Passed {
		k.Stopped = first(k.Stopped, l.Notified)
	}
	return k, true
}

// report is K9: the day that the assigner set, moved by the days of an objection.
func (due reckoner) report(now time.Time) Clock {
	l, limit := due.leg, due.law.Clocks[ReportClock]
	k := Clock{Kind: ReportClock, Leg: l.N, Unit: l.Unit, Start: l.Received, Paused: l.State == Objected || l.State == Disputed}
	end := EndOfDay(l.AssignDue)
	k.step(ExplainStep{Kind: ExplainSet, Article: limit.Article, Law: due.law.Name}, end)
	if n := l.paused(now); n > 0 && !l.DueReset {
		end = end.AddDate(0, 0, n)
		k.step(ExplainStep{Kind: ExplainPause, Days: n}, end)
	}
	k.Warn, k.Due = end, end
	k.Stopped = first(l.ReportedAt, l.Ended)
	return k
}

// count goes from the start over the profile's days, an extension and a pause to the
// last day, and on over a holiday where the profile rolls. Petitioners' rights always
// roll (domain §2.1).
func (due reckoner) count(kind ClockKind, start time.Time, extension, pause int) Clock {
	limit := due.law.Clocks[kind]
	k := Clock{Kind: kind, Leg: due.leg.N, Unit: due.leg.Unit, Start: start,
		Days: limit.Days + extension, Working: limit.Working, House: limit.House}
	day := startOfDay(start)
	k.step(ExplainStep{Kind: ExplainStart}, day)
	day = due.ruled(&k, day, limit)
	if extension > 0 {
		day = day.AddDate(0, 0, extension)
		k.step(ExplainStep{Kind: ExplainExtend, Days: extension, Article: due.law.Extension.Article, Law: due.law.Name}, day)
	}
	if pause > 0 {
		day = day.AddDate(0, 0, pause)
		k.step(ExplainStep{Kind: ExplainPause, Days: pause}, day)
	}
	k.Warn, k.Due = endOfDay(day), endOfDay(day)
	if !limit.Working && (due.law.RollEnd || kind.Right()) {
		due.roll(&k, day)
	}
	if kept := due.leg.Kept[kind]; kept > Day(k.Due) {
		k.Due = EndOfDay(kept)
		k.step(ExplainStep{Kind: ExplainKept}, k.Due)
	}
	if k.Guess {
		k.step(ExplainStep{Kind: ExplainUnknown}, k.Due)
	}
	return k
}

// ruled counts the days of the article itself.
func (due reckoner) ruled(k *Clock, day time.Time, limit Limit) time.Time {
	n := limit.Days
	if !due.law.ExcludeFirstDay {
		day = day.AddDate(0, 0, -1) // so that the first day counts as one of them
	}
	if limit.Working {
		var known bool
		day, known = due.days.addWorking(day, n)
		k.Guess = !known
	} else {
		day = day.AddDate(0, 0, n)
	}
	s := ExplainStep{Kind: ExplainRule, Days: n, Working: limit.Working, Article: limit.Article, Law: due.law.Name}
	if Day(k.Start) < due.law.From { // counted alike, but no article of it applied on that day
		s.Kind, s.Article, s.Law = ExplainBefore, "", ""
	}
	k.step(s, day)
	return day
}

func (due reckoner) roll(k *Clock, day time.Time) {
	to, known := due.days.roll(day)
	k.Guess = k.Guess || !known
	if !to.Equal(day) {
		k.Due = endOfDay(to)
		k.step(ExplainStep{Kind: ExplainRoll, Days: DaysBetween(day, to), Holiday: due.days.Holiday(Day(day))}, to)
	}
}

// step adds a reason and the day it leads to.
func (k *Clock) step(s ExplainStep, to time.Time) {
	s.Day = Day(to)
	k.Explain = append(k.Explain, s)
}

// paused is how many days an objection has kept the leg's clocks from counting.
func (l *Leg) paused(now time.Time) int {
	if l.ObjectedAt.IsZero() {
		return 0
	}
	until := first(l.ObjectionOver, l.Ended)
	if until.IsZero() {
		until = now
	}
	return max(0, DaysBetween(l.ObjectedAt, until))
}

// first is the earliest instant that is set; zero if none is.
func first(ts ...time.Time) time.Time {
	var early time.Time
	for _, t := range ts {
		if !t.IsZero() && (early.IsZero() || t.Before(early)) {
			early = t
		}
	}
	return early
}
