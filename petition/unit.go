package petition

import "strings"

// UnitID is a unit's six-digit code; it stands in case numbers.
type UnitID string

// Level is a unit's place in the tree.
type Level string

const (
	Centre   Level = "centre"   // 中央
	Province Level = "province" // 省
	City     Level = "city"     // 市
	County   Level = "county"   // 县
)

// Unit is an Organization Department (组织部门) in the tree.
type Unit struct {
	ID     UnitID
	Parent UnitID // empty at the top
	Path   string // "/530000/530100/530102/": scope is a prefix match
	Level  Level
	Name   string // 全称, as it signs letters
	Short  string // 简称, for lists
	Sign   string // 机关代字, the first part of a letter's number
	Region string // GB/T 2260 code of its area
	Area   string // the area's name, e.g. 云川市

	Pilot      bool   // 网上信访试点: takes online filings (clause 10)
	PilotSince string // day, "2006-01-02"

	Address, Postcode, Phone, Hours, Room string
	HoursEn                               string // Hours in English; "" where nobody wrote them
	LettersHandler                        bool   // 有人办理来信 (clause 7)
	LettersName                           string // who: the handler of letters is named to the public

	Installation string // which installation hosts it
	Successor    UnitID `toml:"-"` // 并入: what comes to it goes there, open matters included (Art. 24); "" while it stands
	Closed       bool
}

// Gone tells whether nothing new may come to the unit: it is closed, or another has taken
// over from it.
func (u Unit) Gone() bool { return u.Closed || u.Successor != "" }

// HoursIn are the hours in a language; as they are where there are no others.
func (u Unit) HoursIn(lang string) string { return inLanguage(lang, u.Hours, u.HoursEn) }

func inLanguage(lang, said, english string) string {
	if lang == "en" && english != "" {
		return english
	}
	return said
}

// Within tells whether the unit lies in the subtree under top (top included).
func (u Unit) Within(top Unit) bool { return top.Path != "" && strings.HasPrefix(u.Path, top.Path) }

// Units is the tree.
type Units struct {
	list []Unit
	byID map[UnitID]int
}

// NewUnits keeps the order given: parents before children, siblings as listed.
func NewUnits(list []Unit) *Units {
	t := &Units{list: list, byID: make(map[UnitID]int, len(list))}
	for i, u := range list {
		t.byID[u.ID] = i
	}
	return t
}

// All is every unit in listing order.
func (t *Units) All() []Unit { return t.list }

// Unit finds a unit; ok is false if there is none.
func (t *Units) Unit(id UnitID) (u Unit, ok bool) {
	i, ok := t.byID[id]
	if !ok {
		return Unit{}, false
	}
	return t.list[i], true
}

// Children lists the units directly below.
func (t *Units) Children(id UnitID) []Unit {
	var kids []Unit
	for _, u := range t.list {
		if u.Parent == id {
			kids = append(kids, u)
		}
	}
	return kids
}

// Above lists the units from the direct parent to the top.
func (t *Units) Above(id UnitID) []Unit {
	var up []Unit
	u, ok := t.Unit(id)
	for ok && u.Parent != "" {
		if u, ok = t.Unit(u.Parent); ok {
			up = append(up, u)
		}
	}
	return up
}

// Lack is something of clause 7 that a unit does not have yet.
type Lack string

const (
	NoLetters Lack = "letters" // nobody is named who handles letters
	NoRoom    Lack = "room"    // no reception room
)

// Lacks tells what of clause 7 the unit does not have (scenario 7.1); the unit above reads
// it too. Nothing is asked of one that is gone.
func (u Unit) Lacks() []Lack {
	var all []Lack
	if u.Gone() {
		return nil
	}
	if u.LettersName == "" {
		all = append(all, NoLetters)
	}
	if u.Room == "" {
		all = append(all, NoRoom)
	}
	return all
}

// Acting is the unit that answers for a unit's matters now: itself, or, after mergers,
// the last successor.
func (t *Units) Acting(id UnitID) UnitID {
	if t == nil {
		return id
	}
	for range t.list { // a ring of successors is refused where one is named; it must not hang either
		u, ok := t.Unit(id)
		if !ok || u.Successor == "" {
			return id
		}
		id = u.Successor
	}
	return id
}

// NearestPilot is the unit itself or the nearest unit above that takes online
// filings; ok is false where none does.
func (t *Units) NearestPilot(id UnitID) (u Unit, ok bool) {
	if self, found := t.Unit(id); found && self.Pilot && !self.Gone() {
		return self, true
	}
	for _, up := range t.Above(id) {
		if up.Pilot && !up.Gone() {
			return up, true
		}
	}
	return Unit{}, false
}

// Below lists the open units under a unit, at any depth, that a case may be sent to.
func Below(t *Units, id UnitID) []Unit {
	if t == nil {
		return nil
	}
	top, ok := t.Unit(id)
	if !ok {
		return nil
	}
	var below []Unit
	for _, u := range t.All() {
		if u.ID != id && !u.Gone() && u.Within(top) {
			below = append(below, u)
		}
	}
	return below
}

// depth is how many units stand above.
func (t *Units) depth(id UnitID) int { return len(t.Above(id)) }
