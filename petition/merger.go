package petition

// Former is a unit that had a leg until it was merged into another.
type Former struct {
	Unit  UnitID
	Until int // the event that took the leg over
}

// UnitAt is the unit whose the leg was when an event happened: what a unit did stays its
// own in the history after the unit is gone.
func (l *Leg) UnitAt(event int) UnitID {
	for _, f := range l.Former {
		if event < f.Until {
			return f.Unit
		}
	}
	return l.Unit
}

// guardTakeOver: only a successor takes over, and only what may still need somebody; no
// clock is touched (Art. 24: 分立、合并、撤销的，由继续行使其职权的机关、单位处理).
func guardTakeOver(d *decision, l *Leg) error {
	if d.r.Units.Acting(l.Unit) == l.Unit {
		return conflict("error.no_successor")
	}
	return unless(l.State == Passed && !l.Ended.IsZero(), "error.move_not_possible")
}

// Inherits is the first leg that a successor has to take over; ok is false once none is
// left.
func (c *Case) Inherits(r Rules) (leg int, ok bool) {
	for _, l := range c.Legs {
		d := &decision{c: c, by: System, r: r}
		if _, err := d.standing(TakeOver, &l); err == nil {
			return l.N, true
		}
	}
	return 0, false
}

func recordTakenOver(_ *Case, l *Leg, e Event) {
	l.Former = append(l.Former, Former{Unit: l.Unit, Until: e.N})
	l.Unit = e.Act.To
}

// tellTakenOver tells it once, where the petitioner's matter lies.
func tellTakenOver(t *teller, e Event) {
	if at := t.c.current(); at == nil || at.N != e.Act.Leg {
		return
	}
	t.step(Step{Key: "step.taken_over", To: contact(t.r, e.Act.To).Name}, e)
}
