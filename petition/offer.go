package petition

import "time"

// Offer is something an actor may do now.
type Offer struct {
	Action   Action
	Leg      int
	Approver bool // it needs somebody's approval: it will be a proposal first
	Consequence
}

// Consequence is what follows from a move.
type Consequence struct {
	To     State     // "" where the state stays
	Paper  PaperKind // what the petitioner receives
	Letter PaperKind // what another unit receives, or the file
	Clock  Effect
}

// Available lists what the actor may do now, the primary action first. An offer
// made here is never refused by Decide for who, when or where; only for what is
// filled in.
func (c *Case) Available(by Actor, r Rules, now time.Time) []Offer { return nil }
