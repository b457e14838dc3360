package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// ReceptionStore is what pages of leaders' reception (接访下访) ask of the database.
type ReceptionStore interface {
	// Plan is a unit's sessions of a year; "" is the actor's own unit. Overseers read those
	// below. ActPlan adds an entry to the own unit's, after those seen, and tells the session
	// it is about; it fails like petition.DecidePlan.
	Plan(ctx context.Context, by petition.Actor, unit petition.UnitID, year int) (*petition.Plan, error)
	ActPlan(ctx context.Context, by petition.Actor, year, seen int, act petition.PlanAct, now time.Time) (petition.ID, error)
	// ReceptionSession finds one with the plan that it stands in; NotFound like Plan.
	ReceptionSession(ctx context.Context, by petition.Actor, id petition.ID) (petition.Session, *petition.Plan, error)
	// Seats lists whose cases have a place at a session, the earliest first.
	Seats(ctx context.Context, by petition.Actor, session petition.ID) ([]SeatRow, error)
	// KeepSeat records what became of a place; for the counter of the session's unit.
	KeepSeat(ctx context.Context, by petition.Actor, session petition.ID, k SeatStep, now time.Time) error
	// InstructAt makes a duty of what a leader said at a session about a case heard there.
	InstructAt(ctx context.Context, by petition.Actor, session petition.ID, act petition.DutyAct, now time.Time) (*petition.Duty, error)
	// Backlog is the open cases of the actor's unit and, for overseers, of those below that
	// came more than so many days ago, the oldest first; ContractResults what became of the
	// cases that leaders took on.
	Backlog(ctx context.Context, by petition.Actor, days int, now time.Time) (Backlog, error)
	ContractResults(ctx context.Context, by petition.Actor) ([]ContractResult, error)
}

// SeatRow is a case with a place at a session.
type SeatRow struct {
	Case   petition.ID
	Number string
	Title  string
	Step   petition.SeatStep
	Log    []petition.SeatEntry // the earliest first
}

// SeatStep is what the counter records of a place.
type SeatStep struct {
	Case   petition.ID // zero: that of Number is invited
	Number string
	Step   petition.SeatStep
	Text   string
}

// Backlog is a list of open cases (积案).
type Backlog struct {
	Rows []BacklogRow
	More bool // not all are named
}

// BacklogRow is an old case and the leader who answers for it.
type BacklogRow struct {
	QueueRow
	Contract petition.ID // the live duty; zero: nobody answers for it yet
	Leader   string
	Due      string
}

// ContractResult counts the cases that a leader took on by what became of them. It never
// counts whether somebody went on petitioning.
type ContractResult struct {
	Unit       petition.UnitID
	Leader     string
	Live       int
	Resolved   int
	Explained  int
	Continuing int
}
