package petition

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// merged is the test's tree after one unit went into another.
func merged(from, to UnitID) Rules {
	r := testRules()
	list := slices.Clone(r.Units.All())
	for i := range list {
		if list[i].ID == from {
			list[i].Successor = to
		}
	}
	r.Units = NewUnits(list)
	return r
}

// In every state in which something may still be done, the successor goes on with the
// leg: state, clocks and handler stay, the petitioner reads who has it, and what the old
// unit did stays its own.
func TestASuccessorTakesOverWithClocksUnchanged(t *testing.T) {
	for _, state := range States {
		s := reach[state](t)
		leg := s.c.current()
		state = leg.State // what was passed on, or waits for a review, lies elsewhere now
		from, to := leg.Unit, county2
		s.refused(System, Act{Action: TakeOver, Leg: leg.N}, Conflict, refusalOf(state))
		was := *leg
		clocks := s.c.Clocks(s.r, s.now)
		s.r = merged(from, to)
		if !slices.Contains(Inherited(), state) {
			s.refused(System, Act{Action: TakeOver, Leg: was.N}, Conflict, "error.move_not_possible")
			continue
		}
		for _, by := range everybody() {
			if _, err := s.try(by, Act{Action: TakeOver, Leg: was.N}); by.Kind != BySystem && err == nil {
				t.Errorf("%s: %s of %s took it over", state, by.Name, by.Unit)
			}
		}
		s.do(System, Act{Action: TakeOver, Leg: was.N})
		is := s.c.Leg(was.N)
		if is.Unit != to || is.State != was.State || is.Handler != was.Handler || is.Received != was.Received {
			t.Errorf("%s: %+v", state, is)
		}
		if is.UnitAt(len(s.c.Events)-1) != from || is.UnitAt(len(s.c.Events)) != to {
			t.Errorf("%s: the past is no longer the old unit's", state)
		}
		for i, k := range s.c.Clocks(s.r, s.now) {
			if k.Due != clocks[i].Due || k.Start != clocks[i].Start || k.Paused != clocks[i].Paused || k.Stopped != clocks[i].Stopped {
				t.Errorf("%s: clock %s moved: %+v, was %+v", state, k.Kind, k, clocks[i])
			}
		}
		folder := Project(s.c, s.r, s.now)
		last := folder.Steps[len(folder.Steps)-1]
		if s.c.current().N == was.N && (folder.Unit.ID != to || last.Key != "step.taken_over" || last.To == "") {
			t.Errorf("%s: the petitioner reads %s, %+v", state, folder.Unit.ID, last)
		}
		for _, step := range folder.Steps[:len(folder.Steps)-1] {
			if step.Unit == contact(s.r, to).Name {
				t.Errorf("%s: %s is told as done by the successor", state, step.Key)
			}
		}
		s.refused(System, Act{Action: TakeOver, Leg: was.N}, Conflict, "error.no_successor")
	}
}

// refusalOf is why a unit that stands hands nothing over.
func refusalOf(s State) string {
	if slices.Contains(Inherited(), s) {
		return "error.no_successor"
	}
	return "error.move_not_possible"
}

// However a case walked, once its unit is merged every leg of it that may still be worked
// on goes to a unit that stands, and folding its events gives the same case.
func TestNoLegIsLostInAMerger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &story{t: t, c: &Case{ID: ID{1}}, r: testRules(), now: noonOf("2025-01-10")}
		s.do(System, Act{Action: Submit, Filing: file(PurposeRequest), Unit: rapid.SampledFrom([]UnitID{town, county}).Draw(t, "unit")})
		for range rapid.IntRange(0, 25).Draw(t, "steps") {
			if !walk(t, s) {
				break
			}
		}
		s.r = merged(county, county2)
		for leg, ok := s.c.Inherits(s.r); ok; leg, ok = s.c.Inherits(s.r) {
			s.do(System, Act{Action: TakeOver, Leg: leg})
		}
		for _, l := range s.c.Legs {
			if u, _ := s.r.Units.Unit(l.Unit); s.c.Queue(l) != Done && u.Gone() {
				t.Fatalf("leg %d, %s, waits at a unit that is gone", l.N, l.State)
			}
		}
		replay(t, s.c, nil)
	})
}

func TestActingFollowsEveryMergerAndNoRing(t *testing.T) {
	units := NewUnits([]Unit{{ID: "1", Successor: "2"}, {ID: "2", Successor: "3"}, {ID: "3"}, {ID: "8", Successor: "9"}, {ID: "9", Successor: "8"}})
	for from, want := range map[UnitID]UnitID{"1": "3", "2": "3", "3": "3", "unknown": "unknown"} {
		if got := units.Acting(from); got != want {
			t.Errorf("%s is answered for by %s", from, got)
		}
	}
	units.Acting("8") // comes back
	var none *Units
	if none.Acting("1") != "1" {
		t.Error("without a tree a unit answers for itself")
	}
}
