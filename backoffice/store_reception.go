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
}
