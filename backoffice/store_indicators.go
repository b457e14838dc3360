package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// IndicatorStore is what the pages of indicators ask of the database. Those who oversee a
// unit read its figures and those of the units below; to everybody else NotFound.
type IndicatorStore interface {
	// Indicators are the kept figures of a unit ("" for the actor's own) and of each below
	// it, month by month, of the days from one to another that are over. Cases that the
	// actor must not know of are taken off.
	Indicators(ctx context.Context, by petition.Actor, q IndicatorQuery) ([]IndicatorRow, error)
	// Snapshots are the revisions of a period that the unit's head closed, the newest first.
	Snapshots(ctx context.Context, by petition.Actor, unit petition.UnitID, period petition.Period) ([]petition.Snapshot, error)
	// ClosePeriod keeps the figures of the actor's unit and those below as they are now,
	// after the revisions that were seen: Conflict if another came first, Invalid before the
	// period is over and for a later revision without a reason.
	ClosePeriod(ctx context.Context, by petition.Actor, period petition.Period, seen int, reason string, now time.Time) error
}

// IndicatorQuery asks for figures.
type IndicatorQuery struct {
	Unit     petition.UnitID
	From, To string // days, inclusive
	Now      time.Time
}

// IndicatorRow is what one unit's own legs left in a month. What is a stock is all that
// came and went until the end of the span, under the month "".
type IndicatorRow struct {
	Unit    petition.UnitID
	Month   string // "2026-09"
	Figures petition.Figures
}
