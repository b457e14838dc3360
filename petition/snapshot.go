package petition

import "time"

// Snapshot is a unit's figures of a period as they were when its head closed it. It stays
// as it is; who finds it wrong closes the period once more, and says why.
type Snapshot struct {
	Unit     UnitID
	Period   Period
	Revision int // 1, 2, …
	At       time.Time
	Name     string  // who closed it
	Reason   string  // "" for the first
	Figures  Figures // of the unit and all below it
	Below    []UnitFigures
}

// UnitFigures are the figures of a unit and all below it.
type UnitFigures struct {
	Unit    UnitID  `json:"unit"`
	Figures Figures `json:"figures"`
}
