package petition

import "time"

// NextOfItself is the move that a leg makes without anybody, and the instant after which
// it does: what was asked and not answered lapses (row 5), the time for a review passes
// (row 34), what was granted and not done is chased (row 37). ok is false where nothing
// is to come.
func (c *Case) NextOfItself(leg int, r Rules) (a Action, after time.Time, ok bool) {
	l := c.Leg(leg)
	if l == nil || c.Track == Report {
		return "", time.Time{}, false
	}
	if l.State == AwaitingInfo {
		return Lapse, EndOfDay(l.AskedUntil), true
	}
	d := decision{c: c, r: r}
	if _, in := moveIn(l.State, Conclude); in && c.Track == Claim && !l.RepliedAt.IsZero() {
		a, after, ok = Conclude, d.windowEnd(l).AddDate(0, 0, mailDays), true
	}
	if _, in := moveIn(l.State, ChaseExecution); in && guardExecute(&d, l) == nil {
		if due := EndOfDay(l.Execution.Due); !ok || due.Before(after) {
			a, after, ok = ChaseExecution, due, true
		}
	}
	return a, after, ok
}
