package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// AnnualStore keeps the annual reports (年度报告, scenario 8.3) of a unit and those below it.
// Overseers read what was filed; a unit's own head and leaders write, those of the unit
// above take it in.
type AnnualStore interface {
	// AnnualYears are the years on which there may be reports, the newest first: from the
	// first that has figures to the one that runs.
	AnnualYears(ctx context.Context, by petition.Actor, now time.Time) ([]int, error)
	// Annuals are the reports on a year of the actor's unit and of those below it that are
	// kept here, in the order of the tree, without their texts.
	Annuals(ctx context.Context, by petition.Actor, year int) ([]petition.Annual, error)
	Annual(ctx context.Context, by petition.Actor, unit petition.UnitID, year int, now time.Time) (AnnualFile, error)
	// StepAnnual adds an entry after those that were seen; Conflict if another came first.
	// Filing locks the figures, and closes the year where nobody has.
	StepAnnual(ctx context.Context, by petition.Actor, unit petition.UnitID, year, seen int, step petition.AnnualStep, now time.Time) error
	// AnnualDue is the day, "01-31", on which reports of the units below the actor's are due.
	// SetAnnualDue sets it.
	AnnualDue(ctx context.Context, by petition.Actor) (string, error)
	SetAnnualDue(ctx context.Context, by petition.Actor, day string, now time.Time) error
}

// AnnualFile is a report as one reader may see it.
type AnnualFile struct {
	petition.Annual
	Above  petition.UnitID         // that takes it in; "" where that is not kept here
	Writes bool                    // the reader drafts and files it
	Judges bool                    // the reader returns or accepts it
	Live   *petition.AnnualFigures // what filing would lock now; nil for who does not write
	Hidden bool                    // the figures hold a case that the reader must not know of
}
