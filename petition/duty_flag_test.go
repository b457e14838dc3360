package petition_test

import (
	"slices"
	"strings"
	"testing"

	. "huiyin/petition"
)

// aFlag is a mark whose report was due on the given day, and is answered on dutyNow's if at
// all.
func aFlag(t *testing.T, due string, reported bool) *Duty {
	t.Helper()
	d := aDuty(t, actor(1, "990101", Registrar), Flagged, "", "990101")
	d.Entries[0].Act.Due, d.Due = due, due
	if reported {
		step(t, d, d, actor(1, "990101", Registrar), DutyAct{Action: AnswerDuty, Values: map[string]string{"report": "to the city"}})
	}
	return d
}

// Late, omitted and concealed are coded apart, and only as the record allows; who marks it
// does not code it.
func TestScenario11_2_LateOmittedAndConcealedAreCodedApart(t *testing.T) {
	for name, one := range map[string]struct {
		due      string
		reported bool
		codes    string
	}{
		"in time":        {"2026-11-02", true, "on_time"},
		"a day late":     {"2026-11-01", true, "late concealed"},
		"never reported": {"2026-11-01", false, "omitted concealed"},
	} {
		for _, code := range []string{"on_time", "late", "omitted", "concealed", ""} {
			d := aFlag(t, one.due, one.reported)
			act := DutyAct{Action: CloseDuty, Outcome: code, Text: "seen"}
			_, err := DecideDuty(d, actor(2, "990101", Leader), act, aTree(), dutyNow)
			if fits := code != "" && slices.Contains(strings.Fields(one.codes), code); fits != (err == nil) || !fits && !Is(err, Invalid) {
				t.Errorf("%s as %q: %v", name, code, err)
			}
			for _, by := range []Actor{actor(1, "990101", Registrar, OfficeHead), actor(2, "9901", Leader)} {
				if _, err := DecideDuty(d, by, act, aTree(), dutyNow); !Is(err, Forbidden) {
					t.Errorf("%v closes: %v", by.Roles, err)
				}
			}
		}
	}
}

// The day of a report is not put off.
func TestScenario11_2_AReportIsNotPutOff(t *testing.T) {
	d := aFlag(t, "2026-11-05", false)
	act := DutyAct{Action: PostponeDuty, Due: "2026-11-20", Text: "wait"}
	for _, by := range []Actor{actor(1, "990101", Registrar), actor(2, "990101", Leader)} {
		if _, err := DecideDuty(d, by, act, aTree(), dutyNow); !Is(err, Conflict) || slices.Contains(DutyOffers(d, by), PostponeDuty) {
			t.Errorf("%v: %v", by.Roles, err)
		}
	}
	gone := DutyAct{Action: WithdrawDuty, Text: "a mistake"}
	if _, err := DecideDuty(d, actor(1, "990101", Registrar, OfficeHead), gone, aTree(), dutyNow); !Is(err, Forbidden) {
		t.Errorf("who marked it takes it away: %v", err)
	}
	if _, err := DecideDuty(d, actor(2, "990101", Leader), gone, aTree(), dutyNow); err != nil {
		t.Errorf("the leader: %v", err)
	}
	wantProblem(t, DutyAct{Action: DraftDuty, Kind: Tracking, Flag: ID{3}, Owner: "990101", Title: "t", Due: "2026-11-20"}, actor(1, "9901", Leader), "flag")
}
