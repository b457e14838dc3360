package petition

import (
	"errors"
	"time"
)

// The units of the tests: a province, a city, two counties and a closed one.
const (
	prov    UnitID = "530000"
	town    UnitID = "530100"
	county  UnitID = "530102"
	county2 UnitID = "530103"
	gone    UnitID = "530199"
	other   UnitID = "540000"
)

func testRules() Rules {
	unit := func(id, parent UnitID, path string, level Level, pilot, closed bool) Unit {
		return Unit{ID: id, Parent: parent, Path: path, Level: level, Name: "Organization Department of " + string(id),
			Phone: "0871-0000000", Pilot: pilot, Closed: closed}
	}
	return Rules{Laws: DefaultLaws(), Days: DefaultCalendar(), Units: NewUnits([]Unit{
		unit(prov, "", "/530000/", Province, true, false),
		unit(town, prov, "/530000/530100/", City, true, false),
		unit(county, town, "/530000/530100/530102/", County, true, false),
		unit(county2, town, "/530000/530100/530103/", County, false, false),
		unit(gone, town, "/530000/530100/530199/", County, true, true),
		unit(other, "", "/540000/", Province, true, false),
	})}
}

// staff is the same person for the same unit and name.
func staff(unit UnitID, name string, roles ...Role) Actor {
	var id ID
	copy(id[:], string(unit)+"/"+name)
	return Actor{Kind: ByStaff, Staff: id, Name: name, Unit: unit, Roles: roles}
}

func atDesk(unit UnitID) Actor     { return staff(unit, "reg", Registrar) }
func headOf(unit UnitID) Actor     { return staff(unit, "head", OfficeHead) }
func handlerAt(unit UnitID) Actor  { return staff(unit, "hand", Handler) }
func unitHeadOf(unit UnitID) Actor { return staff(unit, "uhead", UnitHead) }
func leaderOf(unit UnitID) Actor   { return staff(unit, "lead", Leader) }
func auditorAt(unit UnitID) Actor  { return staff(unit, "aud", ClosingAuditor) }

// everybody is one of each role in each unit, the petitioner and the program.
func everybody() []Actor {
	all := []Actor{Petitioner, System}
	for _, u := range []UnitID{prov, town, county, county2} {
		all = append(all, atDesk(u), headOf(u), handlerAt(u), unitHeadOf(u), leaderOf(u), auditorAt(u),
			staff(u, "sys", SystemAdmin), staff(u, "cadre", CadreSupervisor), staff(u, "sup", Supervisor))
	}
	return all
}

// tester is *testing.T and *rapid.T alike.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// story tells a case act by act.
type story struct {
	t   tester
	c   *Case
	r   Rules
	now time.Time
	seq int
}

func begin(t tester, day string) *story {
	t.Helper()
	return &story{t: t, c: &Case{ID: ID{1}}, r: testRules(), now: noon(t, day)}
}

func noon(t tester, day string) time.Time {
	t.Helper()
	d, err := ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return d.Add(12 * time.Hour)
}

func (s *story) on(day string) *story { s.t.Helper(); s.now = noon(s.t, day); return s }

func (s *story) try(by Actor, act Act) ([]Event, error) {
	act, facts := fill(s, by, act)
	return Decide(s.c, by, act, facts, s.r, s.now)
}

// do expects the act to be taken, and a fold of the history to be the same case.
func (s *story) do(by Actor, act Act) *story {
	s.t.Helper()
	es, err := s.try(by, act)
	if err != nil {
		s.t.Fatalf("%s by %s %v: %v", act.Action, by.Name, by.Roles, err)
	}
	for _, e := range es {
		if err := s.c.Apply(e); err != nil {
			s.t.Fatalf("apply %s: %v", e.Act.Action, err)
		}
	}
	return s
}

// refused expects the kind of refusal, and the key at the act or at one of its fields.
func (s *story) refused(by Actor, act Act, kind Kind, key string) *story {
	s.t.Helper()
	_, err := s.try(by, act)
	wantRefusal(s.t, err, kind, key)
	return s
}

func wantRefusal(t tester, err error, kind Kind, key string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a refusal %s %s", err, kind, key)
	}
	found := e.Key == key
	for _, p := range e.Problems {
		found = found || p.Key == key
	}
	if e.Kind != kind || !found {
		t.Fatalf("got %v, want %s %s", e, kind, key)
	}
}

func (s *story) state(leg int, want State) *story {
	s.t.Helper()
	if got := s.c.Leg(leg); got == nil || got.State != want {
		s.t.Fatalf("leg %d: got %+v, want %s", leg, got, want)
	}
	return s
}

func (s *story) shown(want PublicStatus) *story {
	s.t.Helper()
	if got := Project(s.c, s.r, s.now).Status; got != want {
		s.t.Fatalf("shown %s, want %s", got, want)
	}
	return s
}

// clock finds a clock of a leg.
func (s *story) clock(leg int, kind ClockKind) Clock {
	s.t.Helper()
	for _, k := range s.c.Clocks(s.r, s.now) {
		if k.Leg == leg && k.Kind == kind {
			return k
		}
	}
	s.t.Fatalf("leg %d has no clock %s", leg, kind)
	return Clock{}
}

func (s *story) due(leg int, kind ClockKind, day string) *story {
	s.t.Helper()
	if k := s.clock(leg, kind); Day(k.Due) != day {
		s.t.Fatalf("%s of leg %d is due %s, want %s; %+v", kind, leg, Day(k.Due), day, k.Explain)
	}
	return s
}

// file is a filing that every form accepts.
func file(purpose Purpose) *Filing {
	return &Filing{Purpose: purpose, Topic: "C6", Unit: county, Title: "Years of membership",
		Facts: "The years before 1998 are missing in the register.", Request: "Count them.",
		Person:    Person{Name: "Zhou Min", Region: "530102", Address: "12 Lake Road", Mobile: "13800000000"},
		ConsentAt: time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC), Channel: ByWeb}
}

// filed is a claim from the portal, registered at the unit.
func filed(t tester, unit UnitID, purpose Purpose, day string) *story {
	t.Helper()
	return begin(t, day).
		do(Petitioner, Act{Action: Submit, Filing: file(purpose), Unit: unit}).
		do(atDesk(unit), Act{Action: Register, Leg: 1})
}

// visited is a claim brought in person.
func visited(t tester, unit UnitID, day string) *story {
	t.Helper()
	f := file(PurposeRequest)
	f.Channel = ByVisit
	return begin(t, day).do(atDesk(unit), Act{Action: Register, Filing: f, Channel: ByVisit})
}

// toReply takes a registered case to the served reply.
func (s *story) toReply(unit UnitID) *story {
	s.t.Helper()
	return s.do(unitHeadOf(unit), Act{Action: Accept}).do(handlerAt(unit), Act{Action: Start}).toServed(unit)
}

func (s *story) toServed(unit UnitID) *story {
	s.t.Helper()
	return s.do(handlerAt(unit), Act{Action: Draft}).do(unitHeadOf(unit), Act{Action: Sign}).
		do(handlerAt(unit), Act{Action: Serve})
}

func ticks(ok bool) []Checked {
	var all []Checked
	for _, item := range Checklist {
		all = append(all, Checked{Item: item, OK: ok})
	}
	return all
}
