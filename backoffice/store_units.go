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
	HoursEn                               string // in English, for those who read the portal in English
	LettersName                           string
}

// DisputeStore keeps early signs of disputes (苗头). Those who work at a unit read its own,
// those who oversee it also those of the units below; whoever works there writes.
type DisputeStore interface {
	// Disputes are the open ones, what is to be looked at first; or the closed ones, the
	// newest first, from the one before an id.
	Disputes(ctx context.Context, by petition.Actor, open bool, before petition.ID) (DisputePage, error)
	Dispute(ctx context.Context, by petition.Actor, id petition.ID) (petition.LocalDispute, error)
	AddDispute(ctx context.Context, by petition.Actor, e petition.DisputeEntry, now time.Time) (petition.ID, error)
	// StepDispute adds an entry after those that were seen; Conflict if another came first.
	StepDispute(ctx context.Context, by petition.Actor, id petition.ID, seen int, e petition.DisputeEntry, now time.Time) error
}

// DisputePage is a page of disputes.
type DisputePage struct {
	Rows []petition.LocalDispute
	More bool
}

// IncidentStore keeps incidents (Art. 26). Registrars and office heads write them; office
// heads and leaders of the unit itself read them, with a purpose that is recorded.
type IncidentStore interface {
	Incidents(ctx context.Context, by petition.Actor, purpose string, now time.Time) ([]petition.Incident, error)
	AddIncident(ctx context.Context, by petition.Actor, i petition.Incident, months int, now time.Time) error
}

// RuleStore keeps local implementing rules (具体实施办法): public, so that everybody who
// works at a desk reads all of them; office heads write those of their own unit.
type RuleStore interface {
	// LocalRules are the newest versions, those of the actor's own unit first.
	LocalRules(ctx context.Context, by petition.Actor) ([]petition.LocalRule, error)
	// LocalRule is every version of one, the newest first; NotFound if there is none.
	LocalRule(ctx context.Context, by petition.Actor, id petition.ID) ([]petition.LocalRule, error)
	// SaveLocalRule adds a version after the one that was seen (Version), or a new rule
	// where the id is zero; Conflict if another came first. A new directory goes out.
	SaveLocalRule(ctx context.Context, by petition.Actor, r petition.LocalRule, now time.Time) (petition.ID, error)
}
