package backoffice

import (
	"context"

	"huiyin/petition"
)

// AnalysisStore counts what came, for analyses of a period or of a matter (clause 11).
type AnalysisStore interface {
	// Arrivals are the matters that came to a unit and those below it in the days from one to
	// another, each at the unit that it is counted for, in sums by unit, content code, channel
	// and month. NotFound for all but overseers of the unit.
	Arrivals(ctx context.Context, by petition.Actor, q ArrivalQuery) ([]Arrival, error)
}

// ArrivalQuery asks for sums.
type ArrivalQuery struct {
	Unit     petition.UnitID // "" for the actor's own
	From, To string          // days, inclusive
	Topic    petition.Topic  // with all below it; "" for all
}

// Arrival is a sum; reports about cadres and what was sealed up are in none.
type Arrival struct {
	Unit    petition.UnitID
	Topic   petition.Topic // "" where nobody has coded it yet
	Channel petition.Channel
	Month   string // "2026-10"
	N       int
	Judged  int // of these: whether they were the first was decided
	Again   int // and they were not
}
