package petition

import (
	"slices"
	"time"
)

// Offer is something an actor may do now.
type Offer struct {
	Action   Action
	Leg      int
	Approver bool // it needs somebody's approval: it will be a proposal first
	Consequence
}

// Consequence is what follows from a move, for the reader to know beforehand.
type Consequence struct {
	To     State     // "" where the state stays
	Paper  PaperKind // what the petitioner receives
	Letter PaperKind // what another unit receives, or the file
	Clock  Effect
}

// Available lists what the actor may do now, the primary action first. An offer
// made here is never refused by Decide for who, when or where; only for what is
// filled in.
func (c *Case) Available(by Actor, r Rules, now time.Time) []Offer {
	d := &decision{c: c, by: by, r: r, now: c.moment(now)}
	var offers []Offer
	for i := len(c.Legs) - 1; i >= 0; i-- {
		offers = append(offers, d.offers(&c.Legs[i])...)
	}
	slices.SortStableFunc(offers, func(a, b Offer) int {
		return slices.Index(Actions, a.Action) - slices.Index(Actions, b.Action)
	})
	return offers
}

// offers is what may be done to one leg.
func (d *decision) offers(l *Leg) []Offer {
	var offers []Offer
	if l.Pending != nil && d.mayAnswer(l) == nil {
		offers = d.answers(l)
	}
	if d.by.Kind == ByPetitioner && l != d.c.current() {
		return offers
	}
	for a := range moves[l.State] {
		if a == AddInfo && !l.State.Open() {
			continue // taken if it arrives, but not invited
		}
		s, err := d.standing(a, l)
		if err != nil {
			continue
		}
		offers = append(offers, Offer{Action: a, Leg: l.N, Approver: s.proposes,
			Consequence: s.move.consequence(a, d.c, l)})
	}
	return offers
}

// answers are approval, with the consequence of what was proposed, and the contrary.
func (d *decision) answers(l *Leg) []Offer {
	decline := Offer{Action: Decline, Leg: l.N}
	asked := *d
	asked.act = l.Pending.Act
	s, err := asked.approved()
	if err != nil {
		return []Offer{decline} // it was possible when it was proposed
	}
	return []Offer{{Action: Approve, Leg: l.N,
		Consequence: s.move.consequence(asked.act.Action, d.c, s.leg)}, decline}
}
