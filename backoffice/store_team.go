package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// TeamStore keeps the books of who carries a unit's petition work. Those who work at a
// unit read its own, those who oversee it also those of the units below; office heads
// write their unit's.
type TeamStore interface {
	Teams(ctx context.Context, by petition.Actor) (map[petition.UnitID]petition.Team, error)
	// AddTeamEntry adds a line after those that were seen; Conflict if another came first.
	AddTeamEntry(ctx context.Context, by petition.Actor, seen int, e petition.TeamEntry, now time.Time) error
}
