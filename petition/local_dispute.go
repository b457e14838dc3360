package petition

import (
	"regexp"
	"slices"
	"time"
)

// DisputeKind is what a dispute that begins is about (clause 7, source prevention).
type DisputeKind string

// Emergency is what happens now and cannot wait (突发紧急情况, 2022 Art. 25): it is followed
// up every day until it is over.
const Emergency DisputeKind = "emergency"

// DisputeKinds are the project's own list: the offices' matters, as disputes over them
// are first heard of, and what is urgent.
var DisputeKinds = []DisputeKind{"election", "members", "conduct", "treatment", "selection", "units", Emergency, "other"}

// LocalDispute is an early sign of a dispute (苗头), or an emergency: of a matter and a place.
// It has no place for the name of anybody who complains.
type LocalDispute struct {
	ID      ID
	Unit    UnitID
	Open    bool
	Next    string // day by which somebody looks again; "" once closed
	Entries []DisputeEntry
}

// DisputeStep is what an entry does.
type DisputeStep string

const (
	DisputeAdd    DisputeStep = "add"    // 登记
	DisputeFollow DisputeStep = "follow" // 跟进
	DisputeClose  DisputeStep = "close"  // 销号
)

// DisputeEntry is what was written down once; later entries correct earlier ones.
type DisputeEntry struct {
	Step     DisputeStep `json:"step"`
	Kind     DisputeKind `json:"kind,omitempty"`
	When     string      `json:"when,omitempty"` // of an emergency: when it was so, "2006-01-02 15:04"
	Place    string      `json:"place,omitempty"`
	People   int         `json:"people,omitempty"` // about how many it concerns
	Asked    string      `json:"asked,omitempty"`  // what is asked for
	Measures string      `json:"measures"`         // what was done, or will be; of a closing: how it ended
	Next     string      `json:"next,omitempty"`   // day of the next look
	Officer  string      `json:"-"`                // who of the staff wrote it
	At       time.Time   `json:"-"`
}

// Now is how the dispute stands: each fact as it was written last.
func (d LocalDispute) Now() DisputeEntry {
	var now DisputeEntry
	for _, e := range d.Entries {
		if e.Kind != "" {
			now.Kind = e.Kind
		}
		if e.Place != "" {
			now.Place = e.Place
		}
		if e.Asked != "" {
			now.Asked = e.Asked
		}
		if e.People > 0 {
			now.People = e.People
		}
		if e.When != "" && now.When == "" { // when it began
			now.When = e.When
		}
		now.Step, now.Measures, now.Next, now.Officer, now.At = e.Step, e.Measures, e.Next, e.Officer, e.At
	}
	return now
}

// Late tells whether the day of the next look has passed.
func (d LocalDispute) Late(now time.Time) bool { return d.Open && d.Next < Day(now) }

// Urgent tells whether it is an emergency.
func (d LocalDispute) Urgent() bool { return d.Now().Kind == Emergency }

// longestEntry is how many characters a field of a dispute or an incident may have.
const longestEntry = 1000

// personal are numbers that name a person: of identity cards and mobile telephones.
var personal = regexp.MustCompile(`\d{17}[\dXx]|1[3-9]\d{9}`)

// impersonal demands words of a bearable length that hold no number of a person.
func (f *form) impersonal(field, text string, needed bool) {
	f.need(!needed || !blank(text), field, "problem."+field+"_missing")
	f.atMost(field, text, longestEntry)
	f.need(!personal.MatchString(text), field, "problem.personal_number")
}

// CheckDispute refuses, with Invalid, what is not filled in as it must be, and with
// Conflict what a closed dispute takes no more. Before is nil for a new one.
func CheckDispute(before *LocalDispute, e DisputeEntry, now time.Time) error {
	f := &form{}
	if before == nil {
		f.need(slices.Contains(DisputeKinds, e.Kind), "kind", "problem.kind_missing")
		f.need(e.People >= 1, "people", "problem.people_missing")
	} else if !before.Open {
		return conflict("error.dispute_closed")
	}
	f.need(e.People >= 0 && e.People <= 1_000_000, "people", "problem.people_missing")
	f.impersonal("place", e.Place, before == nil)
	f.impersonal("asked", e.Asked, before == nil)
	f.impersonal("measures", e.Measures, true)
	urgent := e.Kind == Emergency || before != nil && before.Urgent()
	f.happened(e.When, urgent && before == nil, now)
	if e.Step != DisputeClose {
		day, err := ParseDay(e.Next)
		f.need(err == nil && e.Next >= Day(now) && day.Before(now.AddDate(1, 0, 0)), "next", "problem.next_missing")
		f.need(!urgent || e.Next <= Day(now.AddDate(0, 0, 1)), "next", "problem.next_urgent")
	}
	return f.err()
}

// happened demands a moment that has passed, where there is one or must be.
func (f *form) happened(when string, needed bool, now time.Time) {
	if when == "" && !needed {
		return
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", when, Shanghai)
	f.need(err == nil, "when", "problem.when_missing")
	f.need(err != nil || !at.After(now), "when", "problem.day_future")
}
