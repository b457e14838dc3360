package petition

import (
	"strconv"
	"time"
)

// Visit is a line of the reception desk's register (来访登记): when how many came, where
// and by whom they were received. It names no visitor; who came stands in the case, if one
// comes of it, as identity (domain §7: nobody is listed).
type Visit struct {
	ID      ID
	Unit    UnitID
	Day     string
	Entries []VisitEntry
	Cases   []Link // cases that came of it, as far as the reader sees them
}

// VisitStep is what an entry does.
type VisitStep string

const (
	VisitArrive  VisitStep = "arrive"  // 登记
	VisitLeave   VisitStep = "leave"   // 离开
	VisitCorrect VisitStep = "correct" // 更正
)

// VisitEntry is the line as it was written once; later entries correct earlier ones.
type VisitEntry struct {
	Step    VisitStep `json:"step"`
	People  int       `json:"people"`
	Arrived string    `json:"arrived"`        // "15:04"
	Left    string    `json:"left,omitempty"` // "" while they are there
	Room    string    `json:"room"`
	Officer ID        `json:"officer"` // who receives them
	Name    string    `json:"name"`    // the officer's
	Why     string    `json:"why,omitempty"`
	By      string    `json:"-"` // who wrote it
	At      time.Time `json:"-"`
}

// GroupVisit is how many people make a visit a collective one (集体来访, domain §3.2).
const GroupVisit = 5

// MaxVisitors bounds what is a slip of the keyboard.
const MaxVisitors = 5000

// Now is the line as it was written last.
func (v Visit) Now() VisitEntry {
	if len(v.Entries) == 0 {
		return VisitEntry{}
	}
	return v.Entries[len(v.Entries)-1]
}

// Channel is the form of the visit by how many came.
func (e VisitEntry) Channel() Channel {
	if e.People >= GroupVisit {
		return ByGroupVisit
	}
	return ByVisit
}

// Next is the entry that follows the newest by a step: it keeps what the step does not say.
func (v Visit) Next(e VisitEntry) VisitEntry {
	if e.Step != VisitLeave {
		return e
	}
	next := v.Now()
	next.Step, next.Left, next.Why = VisitLeave, e.Left, ""
	return next
}

// CheckVisit refuses, with Invalid, a line that is not filled in as it must be, and with
// Conflict to see somebody off twice. Before is nil for a new one.
func CheckVisit(before *Visit, day string, e VisitEntry, now time.Time) error {
	if before != nil && e.Step == VisitLeave && before.Now().Left != "" {
		return conflict("error.visit_left")
	}
	f := &form{}
	f.need(e.People >= 1 && e.People <= MaxVisitors, "people", "problem.visitors", "max", strconv.Itoa(MaxVisitors))
	came, ok := momentOf(day, e.Arrived)
	f.need(ok, "arrived", "problem.hour")
	f.need(!ok || !came.After(now), "arrived", "problem.future")
	if e.Left != "" || e.Step == VisitLeave {
		left, ok := momentOf(day, e.Left)
		f.need(ok && !left.Before(came) && !left.After(now), "left", "problem.visit_left")
	}
	f.need(!blank(e.Room) && length(e.Room) <= longestCover, "room", "problem.room_missing", "max", strconv.Itoa(longestCover))
	f.need(!personal.MatchString(e.Room), "room", "problem.personal_number")
	f.need(!e.Officer.IsZero(), "officer", "problem.officer_missing")
	if e.Step == VisitCorrect {
		f.impersonal("why", e.Why, true)
	}
	return f.err()
}

// momentOf is a minute of a day.
func momentOf(day, hour string) (time.Time, bool) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, Shanghai)
	return at, err == nil
}
