package demo

import (
	"time"

	"huiyin/petition"
)

// tick is how soon after its instant a move that comes by itself is recorded.
const tick = 30 * time.Second

// catchUp lets happen what came by itself before an instant: what was asked lapsed, the
// time for a review passed, what was promised and not done was chased. Whoever loads
// the cases then finds nothing that should have happened before.
func (t *tale) catchUp(to time.Time) {
	for t.err == nil {
		leg, action, after, found := t.nextOfItself()
		if !found || !after.Before(to) {
			return
		}
		at := after.Add(tick)
		if at.After(to) {
			at = to
		}
		t.record(petition.System, petition.Act{Action: action, Leg: leg}, petition.Facts{}, at)
	}
}

// nextOfItself is the earliest of the moves that legs make of themselves.
func (t *tale) nextOfItself() (leg int, action petition.Action, after time.Time, found bool) {
	for _, l := range t.c.Legs {
		a, at, ok := t.c.NextOfItself(l.N, t.rules)
		if ok && (!found || at.Before(after)) {
			leg, action, after, found = l.N, a, at, true
		}
	}
	return leg, action, after, found
}
