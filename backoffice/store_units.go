package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// UnitStore is what may be asked of the database about units themselves: mergers, what
// the public reads of them, their own rules, and what they note besides cases.
type UnitStore interface {
	// A merger is asked for by the system administrator and decided by the security
	// administrator; from then on the successor takes over. CloseUnit ends it once nothing
	// is left there. To everybody else they answer NotFound.
	Mergers(ctx context.Context, by petition.Actor) ([]Merger, error)
	Merger(ctx context.Context, by petition.Actor, id petition.ID) (Merger, error)
	AskMerger(ctx context.Context, by petition.Actor, in Merger, now time.Time) (petition.ID, error)
	DecideMerger(ctx context.Context, by petition.Actor, id petition.ID, approve bool, answer string, now time.Time) error
	CloseUnit(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) error

	// SaveUnitCard changes what the public reads of the actor's own unit; office heads do
	// it (NotFound for others). Invalid names every mistake. A new directory goes out.
	SaveUnitCard(ctx context.Context, by petition.Actor, card UnitCard, now time.Time) error

	// Handing is the merger in which a cadre supervisor's compartment has to be handed
	// over; ok is false where there is none. HandOverCompartment does it.
	Handing(ctx context.Context, by petition.Actor) (m Merger, ok bool, err error)
	HandOverCompartment(ctx context.Context, by petition.Actor, now time.Time) error
}

// Merger is a unit that goes into another (并入).
type Merger struct {
	ID        petition.ID
	Unit      petition.UnitID
	Successor petition.UnitID
	Document  string // the decision that it rests on

	Asker   string
	Asked   time.Time
	State   string // waiting, approved, refused
	Decider string
	Decided time.Time
	Answer  string
	Sealed  time.Time // the compartment was handed over; zero until then
	Closed  time.Time // the unit is closed; zero until then
	Left    Left
}

// Left is what still keeps a unit from being closed.
type Left struct {
	Legs        int // that the successor has not taken over yet
	Accounts    int // in use
	Below       int // units that stand below it
	Notices     int // from other units, which nobody has taken note of
	Reviews     int // of what the unit decided, in hand at the successor
	Compartment bool
}

// Nothing tells whether the unit can be closed.
func (l Left) Nothing() bool { return l == Left{} }

// UnitCard is what the public reads of a unit: where and when it receives people, and who
// handles letters (clause 7).
type UnitCard struct {
	Address, Postcode, Phone, Hours, Room string
	LettersName                           string
}
