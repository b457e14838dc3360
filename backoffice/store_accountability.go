package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// AccountabilityStore keeps the files in which units answer for first petitions.
type AccountabilityStore interface {
	// Accountabilities lists the files in sight, newest first; Accountability opens one. AddAccountability opens
	// a file about a case, StepAccountability decides on it or notes the feedback, on what was
	// seen (Conflict else).
	Accountabilities(ctx context.Context, by petition.Actor) ([]petition.Accountability, error)
	Accountability(ctx context.Context, by petition.Actor, id petition.ID) (petition.Accountability, error)
	AddAccountability(ctx context.Context, by petition.Actor, id petition.ID, e petition.AccountEntry, now time.Time) (petition.ID, error)
	StepAccountability(ctx context.Context, by petition.Actor, id petition.ID, seen int, e petition.AccountEntry, now time.Time) error
}

// MayStep tells whether a step of a file is the actor's by post: a leader of the unit that
// opened it decides, a supervisor there notes the feedback.
func MayStep(a petition.Accountability, by petition.Actor, step petition.AccountStep) bool {
	if by.Unit != a.Unit {
		return false
	}
	if step == petition.AccountFeedback {
		return by.Is(petition.Supervisor)
	}
	return by.Is(petition.Leader)
}
