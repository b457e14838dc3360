package petition

import (
	"slices"
	"testing"
)

// The rights over one's own data last as long as the matter does, change nothing, and
// are told back.
func TestOwnDataCanBeAskedAboutInEveryState(t *testing.T) {
	for state, make := range reach {
		s := make(t)
		at := s.c.current()
		if at == nil || at.State != state || at.State == SealedUp {
			continue
		}
		for _, a := range []Action{Correct, AskViews} {
			s.do(Petitioner, Act{Action: a, Text: "words"})
			if now := s.c.current().State; now != state {
				t.Errorf("%s leads from %s to %s", a, state, now)
			}
		}
		f := Project(s.c, s.r, s.now)
		keys := []string{f.Steps[len(f.Steps)-2].Key, f.Steps[len(f.Steps)-1].Key}
		if !slices.Equal(keys, []string{"step.corrected", "step.views_asked"}) || !slices.Contains(f.Can, AskViews) {
			t.Errorf("%s: told %v, can %v", state, keys, f.Can)
		}
	}
	s := reach[Handling](t)
	s.refused(Petitioner, Act{Action: Correct, Text: " "}, Invalid, "problem.text_missing")
	s.refused(handlerAt(town), Act{Action: AskViews}, Forbidden, "error.not_your_move")
}

func TestAnIdentityNumberTellsTheAge(t *testing.T) {
	for _, c := range []struct {
		kind, number, day string
		years             int
		known             bool
	}{
		{"resident", "11010519491231002X", "2026-12-30", 76, true},
		{"resident", "11010519491231002X", "2026-12-31", 77, true},
		{"resident", "110105194912310021", "2026-12-31", 0, false},
		{"passport", "E12345678", "2026-12-31", 0, false},
		{"resident", "", "2026-12-31", 0, false},
	} {
		if years, known := AgeAt(c.kind, c.number, noon(t, c.day)); years != c.years || known != c.known {
			t.Errorf("%+v: %d %v", c, years, known)
		}
	}
}

// A guardian files for a minor: a number that tells of a grown-up is refused.
func TestAGuardianFilesForAMinorOnly(t *testing.T) {
	f := *file(PurposeRequest)
	f.Guardian, f.AgentRelation, f.Agent = true, "mother", &Person{Name: "Li Mei", Mobile: "19000000123"}
	f.ConsentAt = noon(t, "2026-11-22")
	for number, fine := range map[string]bool{"": true, "110105201501010014": true, "11010519491231002X": false} {
		f.Person.IDType, f.Person.IDNumber = "resident", number
		if number != "" && number[6] == '2' {
			f.Person.IDNumber = number[:17] + string(residentCheck(number[:17]))
		}
		refused := slices.ContainsFunc(CheckFiling(f, testRules()), func(p Problem) bool { return p.Key == "problem.not_minor" })
		if refused == fine {
			t.Errorf("%q: refused %v", number, refused)
		}
	}
	f.Agent = nil
	if !slices.ContainsFunc(CheckFiling(f, testRules()), func(p Problem) bool { return p.Field == "agent.name" }) {
		t.Error("a guardian without a name")
	}
}

// Only reports go up, and of them those that the department addressed must not read.
func TestWhatTheDepartmentMustNotReadGoesUp(t *testing.T) {
	for _, c := range []struct {
		f  Filing
		up bool
	}{
		{Filing{Purpose: PurposeReport}, false}, {Filing{Purpose: PurposeReport, ConcernsHead: true}, true},
		{Filing{Purpose: PurposeReport, Up: true}, true}, {Filing{Purpose: PurposeRequest, Up: true}, false},
	} {
		if c.f.GoesUp() != c.up {
			t.Errorf("%+v", c.f)
		}
	}
}
