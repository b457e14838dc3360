package petition

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// sealed tells a report about a cadre act by act.
type sealed struct {
	t   tester
	r   *CadreReport
	now time.Time
}

func reported(t tester, day string) *sealed {
	t.Helper()
	f := file(PurposeReport)
	f.Reported = []Reported{{Name: "somebody", Unit: "a bureau", Post: "head"}}
	s := &sealed{t: t, now: noon(t, day)}
	r, err := FoldCadre(ID{1}, county, []Event{{N: 1, At: s.now, By: Petitioner, Act: Act{Action: Submit, Filing: f, At: s.now}}})
	if err != nil {
		t.Fatal(err)
	}
	s.r = r
	return s
}

func cadreOf(unit UnitID, name string) Actor { return staff(unit, name, CadreSupervisor) }

var (
	first1  = cadreOf(county, "one")
	second2 = cadreOf(county, "two")
	third3  = leaderOf(county)
)

func (s *sealed) try(by Actor, a Action, reason string, step CadreStep, deadline string) ([]Event, error) {
	return DecideCadre(s.r, by, Act{Action: a, Reason: reason, Text: reason, Cadre: &step, Deadline: deadline}, testRules(), s.now)
}

func (s *sealed) do(by Actor, a Action, step CadreStep) *sealed {
	s.t.Helper()
	es, err := s.try(by, a, "because", step, "2026-09-01")
	if err != nil {
		s.t.Fatalf("%s by %s in %s: %v", a, by.Name, s.r.State, err)
	}
	return s.fold(es)
}

func (s *sealed) fold(es []Event) *sealed {
	s.t.Helper()
	r, err := FoldCadre(s.r.ID, s.r.Unit, append(slices.Clone(s.r.Events), es...))
	if err != nil {
		s.t.Fatal(err)
	}
	s.r = r
	return s
}

func (s *sealed) refused(by Actor, a Action, step CadreStep, kind Kind, key string) *sealed {
	s.t.Helper()
	_, err := s.try(by, a, "because", step, "2026-09-01")
	if !Is(err, kind) || !strings.Contains(err.Error(), key) {
		s.t.Fatalf("%s: %v, want %s", a, err, key)
	}
	return s
}

func (s *sealed) registered() *sealed {
	s.t.Helper()
	return s.do(first1, CadreRegister, CadreStep{Number: "JB-7Q2", Reported: []Respondent{{Reported: Reported{Name: "somebody"}, At: county2, Manager: county}}})
}

func (s *sealed) agreed() *sealed {
	s.t.Helper()
	return s.do(second2, CadreAgree, CadreStep{}).do(third3, CadreAgree, CadreStep{})
}

var verification = CadreStep{Grade: ClueClear, Way: WayVerify, Team: []ID{first1.Staff, second2.Staff}}

func (s *sealed) state(want CadreState) *sealed {
	s.t.Helper()
	if s.r.State != want {
		s.t.Fatalf("%s, want %s", s.r.State, want)
	}
	return s
}

// A named county-managed cadre and concrete facts: graded clear by one and agreed to by
// two others, and verified by a team.
func TestScenario2_1_ClearFactsAreVerified(t *testing.T) {
	s := reported(t, "2026-03-02").registered().state(CadreRegistered)
	s.refused(first1, Dispose, CadreStep{Grade: ClueVague, Way: WayVerify, Team: verification.Team}, Invalid, "problem.way_unfit")
	s.refused(first1, Dispose, CadreStep{Grade: ClueClear, Way: WayKeep}, Invalid, "problem.way_unfit")
	s.refused(first1, Dispose, CadreStep{Grade: ClueClear, Way: WayVerify, Team: verification.Team[:1]}, Invalid, "problem.team_of_two")
	s.do(first1, Dispose, verification).state(CadreRegistered)
	s.refused(first1, CadreAgree, CadreStep{}, Forbidden, "error.agreed_before")
	s.do(second2, CadreAgree, CadreStep{}).state(CadreRegistered)
	s.refused(second2, CadreAgree, CadreStep{}, Forbidden, "error.agreed_before")
	s.do(third3, CadreAgree, CadreStep{}).state(CadreVerifying)
	s.refused(cadreOf(county, "three"), Find, CadreStep{Finding: FoundTrue}, Forbidden, "error.not_in_team")
	s.do(first1, Find, CadreStep{Finding: FoundTrue}).do(second2, CadreAgree, CadreStep{}).state(CadreFound)
	s.refused(first1, CadreClose, CadreStep{}, Conflict, "error.no_measure")
	s.do(first1, Measured, CadreStep{Measure: &Measure{Kind: "admonish", Text: "a talk"}}).do(first1, CadreClose, CadreStep{}).state(CadreClosed)
}

// What a cadre of the upper level is reported for is not registered here, it goes up.
func TestScenario2_3_ManagedAboveGoesUp(t *testing.T) {
	s := reported(t, "2026-03-02")
	s.refused(first1, CadreRegister, CadreStep{Number: "n", Reported: []Respondent{{Reported: Reported{Name: "x"}, Manager: town}}},
		Invalid, "problem.manager_elsewhere")
	if ks := s.r.CadreClocks(testRules()); len(ks) != 1 || ks[0].Kind != CadreUpClock || Day(ks[0].Due) != "2026-03-09" {
		t.Errorf("%+v", ks)
	}
	s.do(first1, SendUp, CadreStep{}).state(CadreSentUp)
	if got := CadreOffers(s.r, first1, testRules(), s.now); len(got) != 0 {
		t.Errorf("a stub can still %v", got)
	}
}

// A report that proves false is not closed before the clarification is decided, with
// the cadre's consent and its form.
func TestScenario2_4_FalseReportIsCleared(t *testing.T) {
	s := reported(t, "2026-03-02").registered().do(first1, Dispose, verification).agreed()
	s.do(first1, Find, CadreStep{Finding: FoundFalse}).do(third3, CadreAgree, CadreStep{})
	s.refused(first1, CadreClose, CadreStep{}, Conflict, "error.not_cleared")
	s.refused(first1, ClearName, CadreStep{Clear: &Clearing{Do: true, Form: "letter", Reason: "r"}}, Invalid, "problem.clearing_consent")
	s.refused(first1, ClearName, CadreStep{Clear: &Clearing{Do: true, Consent: true, Form: "tv", Reason: "r"}}, Invalid, "cadre.clear.form")
	s.refused(first1, ClearName, CadreStep{Clear: &Clearing{}}, Invalid, "cadre.clear.reason")
	s.do(first1, ClearName, CadreStep{Clear: &Clearing{Do: true, Consent: true, Form: "letter", Reason: "r"}}).
		do(first1, CadreClose, CadreStep{}).state(CadreClosed)
}

// A mistaken report has no step against whoever made it; malice needs evidence and the
// approval of the level above.
func TestScenario2_5_MistakeIsNoMalice(t *testing.T) {
	s := reported(t, "2026-03-02").registered().do(first1, Dispose, verification).agreed()
	s.refused(first1, Find, CadreStep{Finding: FoundMalice}, Invalid, "problem.evidence_missing")
	s.refused(first1, Find, CadreStep{Finding: FoundMalice, Evidence: "forged letters"}, Invalid, "problem.higher_missing")
	s.do(first1, Find, CadreStep{Finding: FoundFalse}).do(second2, CadreAgree, CadreStep{})
	for _, a := range CadreOffers(s.r, first1, testRules(), s.now) {
		if !slices.Contains([]Action{FeedBack, Measured, ClearName, CadreClose, Reopen, CadreNote}, a) {
			t.Errorf("%s is offered after a mistake", a)
		}
	}
}

// A reporter who gave a name, confirmed by a call, is told twice, each time within
// fifteen working days (K13).
func TestRealNameReporterIsTold(t *testing.T) {
	s := reported(t, "2026-03-02").registered()
	s.refused(first1, TellAccepted, CadreStep{How: "call"}, Conflict, "error.no_real_name")
	s.do(first1, ConfirmName, CadreStep{How: "call"})
	due := func(kind ClockKind) string {
		for _, k := range s.r.CadreClocks(testRules()) {
			if k.Kind == kind && k.Running() {
				return Day(k.Due)
			}
		}
		return ""
	}
	if due(CadreTakenClock) != "2026-03-23" {
		t.Errorf("to be told by %s", due(CadreTakenClock))
	}
	s.do(first1, TellAccepted, CadreStep{How: "call"})
	if due(CadreTakenClock) != "" {
		t.Error("told, and the clock runs")
	}
	s.do(first1, Dispose, CadreStep{Grade: ClueVague, Way: WayInquire}).agreed().state(CadreInquiring)
	if due(InquiryClock) != "2026-03-23" {
		t.Errorf("answer by %s", due(InquiryClock))
	}
	s.do(first1, NoteAnswer, CadreStep{}).do(first1, Find, CadreStep{Finding: FoundUnknown}).do(second2, CadreAgree, CadreStep{})
	s.refused(first1, CadreClose, CadreStep{}, Conflict, "error.not_fed_back")
	s.do(first1, FeedBack, CadreStep{How: "visit"}).do(first1, CadreClose, CadreStep{}).state(CadreClosed)
}

// Whoever is reported never learns that the report exists, whatever his roles.
func TestReportedOfficerSeesNothing(t *testing.T) {
	s := reported(t, "2026-03-02").do(first1, CadreRegister, CadreStep{Number: "n",
		Reported: []Respondent{{Reported: Reported{Name: "two"}, Manager: county, Staff: second2.Staff}}})
	for _, a := range CadreActions {
		if _, err := s.try(second2, a, "r", verification, "2026-09-01"); !Is(err, NotFound) && !Is(err, Conflict) {
			t.Errorf("%s: %v", a, err)
		}
	}
	if got := CadreOffers(s.r, second2, testRules(), s.now); len(got) != 0 {
		t.Errorf("offered %v", got)
	}
	at, _ := testRules().Units.Unit(county2)
	s = reported(t, "2026-03-02").registered()
	if !s.r.Excluded(at, testRules().Units) {
		t.Error("the unit where the cadre works may know")
	}
}

// Walks through the compartment: only its own people act, whoever proposes never
// agrees alone, and the reporter reads three words and nothing else.
func TestCadreWalks(t *testing.T) {
	people := []Actor{first1, second2, third3, cadreOf(town, "upper"), atDesk(county), Petitioner, System}
	steps := []CadreStep{verification, {Grade: ClueVague, Way: WayInquire}, {Grade: ClueNone, Way: WayEnd}, {Grade: ClueNone, Way: WayKeep},
		{Grade: ClueClear, Way: WayTransfer}, {Number: "n", Reported: []Respondent{{Reported: Reported{Name: secret}, Manager: county}}},
		{Finding: FoundFalse}, {Finding: FoundTrue}, {Measure: &Measure{Kind: "remind", Text: secret}}, {How: "call"},
		{Clear: &Clearing{Reason: secret}}}
	rapid.Check(t, func(t *rapid.T) {
		s := reported(t, "2026-03-02")
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			by := rapid.SampledFrom(people).Draw(t, "by")
			a := rapid.SampledFrom(CadreActions).Draw(t, "action")
			step := rapid.SampledFrom(steps).Draw(t, "step")
			s.now = s.now.Add(24 * time.Hour)
			es, err := s.try(by, a, secret, step, "2027-09-01")
			if err != nil {
				continue
			}
			if by.Unit != county || (!by.Is(CadreSupervisor) && a != CadreAgree && a != CadreDisagree) {
				t.Fatalf("%s by %s of %s", a, by.Name, by.Unit)
			}
			s.fold(es)
			b, err := json.Marshal(ProjectCadre(s.r, testRules()))
			if err != nil || strings.Contains(string(b), secret) {
				t.Fatalf("the reporter reads %s", b)
			}
			if p := s.r.Pending; p != nil && slices.Contains(p.Agreed, p.By.Staff) {
				t.Fatal("agreed to by the proposer")
			}
		}
	})
}
