package petition_test

import (
	"testing"

	. "huiyin/petition"
)

// lifeOf is a case with legs at two units and these events on the second.
func lifeOf(events ...Act) *Case {
	c := &Case{Legs: []Leg{{N: 1, Unit: "9901"}, {N: 2, Unit: "990101"}}}
	for i, a := range events {
		if a.Leg == 0 {
			a.Leg = 2
		}
		c.Events = append(c.Events, Event{N: i + 1, At: dutyNow, By: Actor{Kind: ByStaff, Unit: "9901"}, Act: a})
	}
	return c
}

// What an audit finds is to be supervised, and so is who is told twice the same thing; to
// object once, and to ask the superior, is a unit's right (2022 Art. 23, 24, 40).
func TestBreachesAreWhatTheRecordShows(t *testing.T) {
	object, lost, back := Act{Action: Object}, Act{Action: Overrule}, Act{Action: AuditReturn}
	faulty := func(c DutyCause) Act { return Act{Action: AuditReturn, Fault: c} }
	for name, one := range map[string]struct {
		life []Act
		want []Breach
	}{
		"nothing":             {life: []Act{{Action: Register}, {Action: AuditPass}}},
		"one objection":       {life: []Act{object, lost}},
		"and upheld":          {life: []Act{object, lost, object, {Action: AgreeBack}}},
		"told twice":          {life: []Act{object, lost, {Action: Dispute}, {Action: RuleReceiver}}, want: []Breach{{Evasion, 4, 2, "9901", "2026-11-02"}}},
		"told three times":    {life: []Act{lost, lost, lost}, want: []Breach{{Evasion, 2, 2, "9901", "2026-11-02"}}},
		"two units once each": {life: []Act{lost, {Action: Overrule, Leg: 1}}},
		"one return":          {life: []Act{back}},
		"two returns":         {life: []Act{back, back}, want: []Breach{{Evasion, 2, 2, "9901", "2026-11-02"}}},
		"wrong procedure":     {life: []Act{faulty(WrongProcedure)}, want: []Breach{{WrongProcedure, 1, 2, "9901", "2026-11-02"}}},
		"false, and again":    {life: []Act{faulty(FalseWork), faulty(FalseWork)}, want: []Breach{{FalseWork, 1, 2, "9901", "2026-11-02"}, {FalseWork, 2, 2, "9901", "2026-11-02"}}},
		"on no leg":           {life: []Act{{Action: AuditReturn, Fault: FalseWork, Leg: 9}}},
	} {
		got := lifeOf(one.life...).Breaches()
		if len(got) != len(one.want) {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for i, b := range got {
			if b != one.want[i] {
				t.Errorf("%s: %+v, not %+v", name, b, one.want[i])
			}
		}
	}
}

// Every clock whose day a unit must keep has a cause of the list.
func TestCauseOfAMissedDay(t *testing.T) {
	for clock, want := range map[ClockKind]DutyCause{NoticeClock: LateClose, HandlingClock: LateClose, ReportClock: NoFeedback, ExecutionClock: NotExecuted} {
		if got := CauseOf(clock); got != want {
			t.Errorf("%s: %s, not %s", clock, got, want)
		}
	}
}

// A supervision may name a cause of the list, and nothing else names any.
func TestOnlyASupervisionHasACause(t *testing.T) {
	by := actor(1, "9901", Supervisor, Leader)
	act := DutyAct{Action: DraftDuty, Kind: Supervision, Form: LetterForm, Owner: "990101", Title: "t", Due: "2026-11-20"}
	for _, cause := range append([]DutyCause{""}, DutyCauses...) {
		act.Cause = cause
		d := &Duty{}
		step(t, nil, d, by, act)
		if d.Cause != cause {
			t.Errorf("%q became %q", cause, d.Cause)
		}
	}
	act.Cause = "because"
	wantProblem(t, act, by, "cause")
	wantProblem(t, DutyAct{Action: DraftDuty, Kind: Tracking, Cause: Evasion, Owner: "990101", Title: "t", Due: "2026-11-20"}, by, "cause")
}
