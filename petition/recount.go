package petition

import (
	"slices"
	"time"
)

// DueChange is a limit whose last day an edit of calendar or legal profile moved.
type DueChange struct {
	Leg   int       `json:"leg"`
	Clock ClockKind `json:"clock"`
	Was   string    `json:"was,omitempty"`   // day; "" where the limit did not run before
	Is    string    `json:"is,omitempty"`    // day; "" where it runs no more
	Kept  bool      `json:"kept,omitempty"`  // the edit gave an earlier day, and a right of the petitioner stays as it was
	Shown bool      `json:"shown,omitempty"` // the petitioner had been told Was
}

// Late tells whether the edit itself makes the limit overdue.
func (d DueChange) Late(now time.Time) bool {
	return !d.Clock.Right() && d.Is != "" && now.After(EndOfDay(d.Is)) && (d.Was == "" || !now.After(EndOfDay(d.Was)))
}

// Recounted compares the limits that run under the rules before an edit with those after
// it. A right of the petitioner (K5, K7) is never shortened: where the new count ends
// earlier, the day that stood holds.
func (c *Case) Recounted(before, after Rules, now time.Time) []DueChange {
	if c.Track == Report {
		return nil
	}
	var all []DueChange
	for i := range c.Legs {
		all = append(all, c.legRecounted(&c.Legs[i], before, after, now)...)
	}
	return all
}

func (c *Case) legRecounted(l *Leg, before, after Rules, now time.Time) []DueChange {
	was, is := running(c.legClocks(l, before, now)), running(c.legClocks(l, after, now))
	var kinds []ClockKind
	for _, k := range slices.Concat(was, is) {
		if !slices.Contains(kinds, k.Kind) {
			kinds = append(kinds, k.Kind)
		}
	}
	shown := ClockKind("")
	if at := c.current(); at != nil && at.N == l.N {
		if k := c.shownClock(l, before, now); k != nil {
			shown = k.Kind
		}
	}
	var all []DueChange
	for _, kind := range kinds {
		d := DueChange{Leg: l.N, Clock: kind, Was: dueOn(was, kind), Is: dueOn(is, kind)}
		if d.Was == d.Is {
			continue
		}
		if kind.Right() && d.Is < d.Was {
			d.Is, d.Kept = d.Was, true
		}
		d.Shown = kind == shown && !d.Kept
		all = append(all, d)
	}
	return all
}

func running(ks []Clock) []Clock {
	return slices.DeleteFunc(ks, func(k Clock) bool { return !k.Running() })
}

func dueOn(ks []Clock, kind ClockKind) string {
	for _, k := range ks {
		if k.Kind == kind {
			return Day(k.Due)
		}
	}
	return ""
}

// RecountEvent records what an edit moved, once for each edit; ok is false where it moved
// nothing or stands there already. why names the edit for whoever reads the log.
func (c *Case) RecountEvent(edit ID, why string, before, after Rules, now time.Time) (e Event, ok bool) {
	for _, had := range c.Events {
		if had.Act.Action == Recount && had.Act.Edit == edit {
			return Event{}, false
		}
	}
	dues := c.Recounted(before, after, now)
	if len(dues) == 0 {
		return Event{}, false
	}
	return Event{N: len(c.Events) + 1, At: c.moment(now), By: System,
		Act: Act{Action: Recount, Leg: dues[0].Leg, Edit: edit, Reason: why, Dues: dues}}, true
}

// recounted keeps the days of rights that stood before the edit.
func (c *Case) recounted(e Event) error {
	for _, d := range e.Act.Dues {
		if c.Leg(d.Leg) == nil {
			return badEvent()
		}
	}
	for _, d := range e.Act.Dues {
		l := c.Leg(d.Leg)
		if !d.Clock.Right() || d.Was <= l.Kept[d.Clock] {
			continue
		}
		if l.Kept == nil {
			l.Kept = map[ClockKind]string{}
		}
		l.Kept[d.Clock] = d.Was
	}
	return nil
}

// tellRecounted tells of the day that the petitioner had been told, and of no other.
func tellRecounted(t *teller, e Event) {
	for _, d := range e.Act.Dues {
		if d.Shown && d.Is != "" {
			t.step(Step{Key: "step.recounted", Text: e.Act.Reason, Was: d.Was, Day: d.Is}, e)
		}
	}
}
