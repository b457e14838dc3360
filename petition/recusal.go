package petition

import (
	"slices"
	"time"
)

// Recusal is somebody's wish that a member of staff keep away from the matter (回避,
// Art. 28). The handler's is decided by the head of the unit, the head's by the unit
// above.
type Recusal struct {
	By     ActorKind
	At     time.Time
	Whom   ID   // zero where the petitioner meant whoever handles it
	Head   bool // the head of the unit is meant
	Reason string
}

// checkAskRecusal: the petitioner says why.
func checkAskRecusal(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	f.atMost("text", d.act.Text, 500)
}

// guardAskRecusal: one at a time, and there must be somebody to keep away.
func guardAskRecusal(d *decision, l *Leg) error {
	if l.Recusal != nil {
		return conflict("error.recusal_asked")
	}
	if d.by.Kind == ByStaff && slices.Contains(l.Recused, d.by.Staff) {
		return conflict("error.recused")
	}
	return nil
}

// guardDecideRecusal: nobody decides about himself.
func guardDecideRecusal(d *decision, l *Leg) error {
	if l.Recusal == nil {
		return conflict("error.nothing_to_approve")
	}
	if l.Recusal.Whom == d.by.Staff {
		return forbidden("error.own_recusal")
	}
	if l.Recusal.Head && d.c.superiorLeg(l.N) == nil && !d.by.Is(Leader) {
		return forbidden("error.not_your_role")
	}
	return nil
}

// checkDecideRecusal: reasons; and where the handler goes, who takes over.
func checkDecideRecusal(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	asked := s.leg.Recusal
	if !d.act.Granted || asked == nil || asked.Head || s.leg.Handler.IsZero() {
		return
	}
	if asked.Whom.IsZero() || asked.Whom == s.leg.Handler {
		f.need(!d.act.Handler.IsZero() && d.act.Handler != s.leg.Handler, "handler", "problem.new_handler_missing")
		f.need(slices.Contains(d.facts.HandlerRoles, Handler), "handler", "problem.handler_unfit")
	}
}

// completeRecusal: who declares means himself; a head of unit is decided on above.
func (d *decision) completeRecusal() {
	d.act.Whom = d.by.Staff
	d.act.Head = d.by.Is(UnitHead)
}

func recordRecusalAsked(_ *Case, l *Leg, e Event) {
	l.Recusal = &Recusal{By: e.By.Kind, At: e.At, Whom: e.Act.Whom, Head: e.Act.Head, Reason: e.Act.Reason}
	if e.Act.Action == AskRecusal { // also where staff wrote it down for him
		l.Recusal.By, l.Recusal.Reason = ByPetitioner, e.Act.Text
	}
}

// recordRecusal: who keeps away can no longer act on the leg.
func recordRecusal(c *Case, l *Leg, e Event) {
	asked := l.Recusal
	l.Recusal = nil
	c.decided(l.N, e.At)
	if asked == nil || !e.Act.Granted {
		return
	}
	for _, who := range []ID{asked.Whom, e.Act.Whom} {
		if !who.IsZero() && !slices.Contains(l.Recused, who) {
			l.Recused = append(l.Recused, who)
		}
	}
}

// superiorLeg is the leg of the unit that was asked to decide about leg n; nil if none
// was, or if it has.
func (c *Case) superiorLeg(n int) *Leg {
	for i := range c.Legs {
		if l := &c.Legs[i]; l.Kind == Superior && l.From == n && l.State == Deciding {
			return l
		}
	}
	return nil
}

// decided closes the superior's leg.
func (c *Case) decided(n int, at time.Time) {
	if l := c.superiorLeg(n); l != nil {
		l.State, l.Ended = Decided, at
	}
}
