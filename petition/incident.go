package petition

import (
	"slices"
	"time"
)

// Behaviour is one of those that Art. 26 of the regulation of 2022 names; nothing else is
// an incident.
type Behaviour string

// Behaviours are Art. 26 (1) to (6).
var Behaviours = []Behaviour{"assembly", "weapons", "harm", "staying", "incitement", "disorder"}

// Incident is an event at a reception (clause 6): when, where, what kind of behaviour, how
// many people, what was done. It has no field for anybody's name and leads to no petition:
// whatever happened, the petition continues on its merits.
type Incident struct {
	ID       ID        `json:"-"`
	Unit     UnitID    `json:"-"`
	Day      string    `json:"-"` // "2006-01-02"
	Kind     Behaviour `json:"-"`
	Expires  string    `json:"-"`        // day after which only unit, day and kind remain
	Hour     string    `json:"hour"`     // "15:04"
	Place    string    `json:"place"`    //
	People   int       `json:"people"`   // how many took part
	Measures string    `json:"measures"` // what the unit did
	Officer  string    `json:"-"`        // who of the staff wrote it
	At       time.Time `json:"-"`
	Expired  bool      `json:"-"`
}

// IncidentMonths are how long the record of an incident may be kept, the usual first.
var IncidentMonths = []int{6, 3, 12}

// CheckIncident refuses, with Invalid, what is not filled in as it must be.
func CheckIncident(i Incident, months int, now time.Time) error {
	f := &form{}
	f.need(slices.Contains(Behaviours, i.Kind), "kind", "problem.kind_missing")
	at, err := time.ParseInLocation("2006-01-02 15:04", i.Day+" "+i.Hour, Shanghai)
	f.need(err == nil, "day", "problem.day_missing")
	f.need(err != nil || !at.After(now), "day", "problem.day_future")
	f.need(i.People >= 1 && i.People <= 1_000_000, "people", "problem.people_missing")
	f.impersonal("place", i.Place, true)
	f.impersonal("measures", i.Measures, true)
	f.need(slices.Contains(IncidentMonths, months), "months", "problem.months_missing")
	return f.err()
}
