package petition_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	. "huiyin/petition"
)

// aTree is a province with a city and its county, and another city.
func aTree() *Units {
	return NewUnits([]Unit{{ID: "99", Level: Province, Installation: "x"}, {ID: "9901", Parent: "99", Level: City, Path: "/99/9901/"},
		{ID: "990101", Parent: "9901", Level: County, Path: "/99/9901/990101/"}, {ID: "9902", Parent: "99", Level: City}})
}

var dutyNow = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

func actor(n byte, unit UnitID, roles ...Role) Actor {
	return Actor{Kind: ByStaff, Staff: ID{n}, Unit: unit, Roles: roles}
}

func filled(fields []DutyField) map[string]string {
	v := make(map[string]string)
	for _, f := range fields {
		if v[f.Name] = "words"; f.Day {
			v[f.Name] = "2026-11-05"
		}
	}
	return v
}

func aDuty(t *testing.T, by Actor, k DutyKind, form DutyForm, owner UnitID) *Duty {
	t.Helper()
	d := &Duty{}
	act := DutyAct{Action: SetDuty, Kind: k, Form: form, Owner: owner, Title: "title", Due: "2026-11-20", Values: filled(DutyFields(k, form))}
	step(t, nil, d, by, act)
	return d
}

// step decides on was, and applies what came of it to d.
func step(t *testing.T, was, d *Duty, by Actor, act DutyAct) {
	t.Helper()
	e, err := DecideDuty(was, by, act, aTree(), dutyNow)
	if err == nil {
		err = d.Apply(e)
	}
	if err != nil {
		t.Fatalf("%s: %v", act.Action, err)
	}
}

// Every kind and form: whole it is set, and without any one thing it must say it is not,
// with the problem at that field (scenario 8.2).
func TestScenario8_2_EachFormHasItsOwnLeast(t *testing.T) {
	seen := make(map[string]bool)
	for _, k := range DutyKinds {
		forms := DutyForms(k)
		if len(forms) == 0 {
			forms = []DutyForm{""}
		}
		for _, form := range forms {
			by := actor(1, "9901", OfficeHead, Leader, Supervisor, UnitHead)
			owners := DutyOwners(aTree(), by.Unit, k)
			if len(owners) == 0 {
				t.Fatalf("%s has no owner", k)
			}
			whole := DutyAct{Action: SetDuty, Kind: k, Form: form, Owner: owners[0].ID, Title: "t", Due: "2026-11-20", Values: filled(DutyFields(k, form))}
			if DutyOfCase(k) {
				whole.Case, whole.Person = ID{1}, ID{2}
				for field, a := range map[string]DutyAct{"case": whole, "person": whole} {
					if a.Person = (ID{2}); field == "person" {
						a.Person = ID{}
					} else {
						a.Case = ID{}
					}
					wantProblem(t, a, by, field)
				}
			}
			if _, err := DecideDuty(nil, by, whole, aTree(), dutyNow); err != nil {
				t.Errorf("%s %s: %v", k, form, err)
			}
			names := ""
			for _, f := range DutyFields(k, form) {
				names += f.Name + " "
				if f.Free {
					continue
				}
				act := whole
				act.Values = filled(DutyFields(k, form))
				delete(act.Values, f.Name)
				wantProblem(t, act, by, "values."+f.Name)
			}
			if k == Supervision && seen[names] {
				t.Errorf("two forms ask for the same: %s", names)
			}
			seen[names] = true
			for _, spoil := range []func(*DutyAct) string{
				func(a *DutyAct) string { a.Due = "2026-11-01"; return "due" },
				func(a *DutyAct) string { a.Due = "soon"; return "due" },
				func(a *DutyAct) string { a.Owner = "9902"; return "owner" },
				func(a *DutyAct) string { a.Title = " "; return "title" },
				func(a *DutyAct) string { a.Form = "song"; return "form" },
			} {
				act := whole
				field := spoil(&act)
				wantProblem(t, act, by, field)
			}
		}
	}
}

func wantProblem(t *testing.T, act DutyAct, by Actor, field string) {
	t.Helper()
	_, err := DecideDuty(nil, by, act, aTree(), dutyNow)
	refused, ok := errors.AsType[*Error](err)
	if !ok || !slices.ContainsFunc(refused.Problems, func(p Problem) bool { return p.Field == field }) {
		t.Errorf("%s %s without %s: %v", act.Kind, act.Form, field, err)
	}
}

// Every action in every state by everybody: what is offered is what is not refused for
// state or person, and only the two sides may do anything.
func TestDutyMoves(t *testing.T) {
	lead := actor(1, "9901", Leader)
	head, handler := actor(2, "990101", UnitHead), actor(3, "990101", Handler)
	var stands []*Duty
	add := func(acts ...func(d *Duty)) {
		d := aDuty(t, lead, Instruction, "", "990101")
		for _, act := range acts {
			act(d)
		}
		stands = append(stands, d)
	}
	answer := func(d *Duty) {
		step(t, d, d, head, DutyAct{Action: AnswerDuty, Values: filled(AnswerFields(d.Kind, d.Form))})
	}
	add()
	add(func(d *Duty) { step(t, d, d, head, DutyAct{Action: GiveDuty, Person: handler.Staff}) })
	add(answer)
	add(answer, func(d *Duty) { step(t, d, d, lead, DutyAct{Action: CloseDuty, Outcome: "done", Text: "seen"}) })
	add(answer, func(d *Duty) { step(t, d, d, lead, DutyAct{Action: ReturnDuty, Due: "2026-11-30", Text: "more"}) })
	add(func(d *Duty) { step(t, d, d, lead, DutyAct{Action: WithdrawDuty, Text: "settled"}) })
	want := []DutyState{DutyOpen, DutyOpen, DutyAnswered, DutyClosed, DutyOpen, DutyWithdrawn}
	everybody := []Actor{lead, head, handler, actor(4, "9902", Leader, UnitHead, OfficeHead), actor(5, "99", Leader),
		actor(6, "990101", Registrar), Petitioner, System}
	for i, d := range stands {
		if d.State != want[i] {
			t.Fatalf("stands %d: %s, not %s", i, d.State, want[i])
		}
		for _, by := range everybody {
			offers := DutyOffers(d, by)
			if by.Unit != d.From && by.Unit != d.Owner && len(offers) > 0 {
				t.Errorf("%s offers %v to one of %q", d.State, offers, by.Unit)
			}
			for _, a := range DutyActions {
				_, err := DecideDuty(d, by, DutyAct{Action: a}, aTree(), dutyNow)
				refused := Is(err, Forbidden) || Is(err, Conflict)
				if refused == slices.Contains(offers, a) {
					t.Errorf("%s %s by %v: offered %v, but %v", d.State, a, by.Roles, !refused, err)
				}
			}
		}
	}
	if !slices.Contains(DutyOffers(stands[1], handler), AnswerDuty) || slices.Contains(DutyOffers(stands[0], handler), AnswerDuty) {
		t.Error("a handler answers what was given to him, and only that")
	}
}

// What goes up is settled by the unit above, which codes whether it came in time
// (scenario 8.4).
func TestScenario8_4_AboveAcknowledgesAndCodes(t *testing.T) {
	low, up := actor(1, "990101", OfficeHead), actor(2, "9901", Leader)
	d := aDuty(t, low, Important, "", "9901")
	for _, a := range []DutyAction{SignDuty, CloseDuty} {
		if _, err := DecideDuty(d, low, DutyAct{Action: a, Outcome: "on_time", Text: "x"}, aTree(), dutyNow); !Is(err, Forbidden) {
			t.Errorf("the reporter does %s: %v", a, err)
		}
	}
	step(t, d, d, up, DutyAct{Action: SignDuty})
	step(t, d, d, low, DutyAct{Action: ProgressDuty, Text: "half of them have gone home"})
	for _, code := range []string{"", "fine"} {
		if _, err := DecideDuty(d, up, DutyAct{Action: CloseDuty, Outcome: code, Text: "x"}, aTree(), dutyNow); !Is(err, Invalid) {
			t.Errorf("closed as %q: %v", code, err)
		}
	}
	step(t, d, d, up, DutyAct{Action: CloseDuty, Outcome: "late", Text: "reported a day after"})
	if d.State != DutyClosed || d.Outcome != "late" || len(d.Entries) != 4 {
		t.Errorf("%+v", d)
	}
}

// A day cannot be put forward, an answer that came back needs a new one, and what is not
// late today is late the day after its last.
func TestDutyDays(t *testing.T) {
	lead, head := actor(1, "9901", Leader), actor(2, "990101", OfficeHead)
	d := aDuty(t, lead, Instruction, "", "990101")
	if d.Late("2026-11-20") || !d.Late("2026-11-21") {
		t.Error("late on the wrong day")
	}
	for _, day := range []string{"2026-11-19", "2026-11-20", "2026-10-01"} {
		if _, err := DecideDuty(d, lead, DutyAct{Action: PostponeDuty, Due: day, Text: "x"}, aTree(), dutyNow); !Is(err, Invalid) {
			t.Errorf("postponed to %s: %v", day, err)
		}
	}
	step(t, d, d, head, DutyAct{Action: AnswerDuty, Values: map[string]string{"result": "done", "other": "nobody asked"}})
	if d.Late("2027-01-01") || d.Values["other"] != "" || d.Values["result"] != "done" {
		t.Errorf("answered: %+v", d)
	}
	if _, err := DecideDuty(d, lead, DutyAct{Action: ReturnDuty, Text: "x"}, aTree(), dutyNow); !Is(err, Invalid) {
		t.Errorf("returned without a day: %v", err)
	}
	step(t, d, d, lead, DutyAct{Action: ReturnDuty, Due: "2026-11-09", Text: "figures are missing"})
	if d.State != DutyOpen || d.Due != "2026-11-09" {
		t.Errorf("returned: %+v", d)
	}
}

// A draft that the program made is issued by a person, whole.
func TestDraftIsIssuedByAPerson(t *testing.T) {
	d := &Duty{}
	act := DutyAct{Action: DraftDuty, Kind: Supervision, Form: LetterForm, Owner: "990101", Title: "late", Due: "2026-11-20"}
	by := System
	by.Unit = "9901"
	step(t, nil, d, by, act)
	head := actor(1, "9901", Supervisor)
	if d.State != DutyDraft || len(DutyOffers(d, actor(2, "990101", UnitHead))) > 0 {
		t.Errorf("draft: %+v", d)
	}
	if _, err := DecideDuty(d, head, DutyAct{Action: IssueDuty, Due: "2026-11-20"}, aTree(), dutyNow); !Is(err, Invalid) {
		t.Errorf("issued empty: %v", err)
	}
	step(t, d, d, head, DutyAct{Action: IssueDuty, Due: "2026-11-20", Values: filled(DutyFields(d.Kind, d.Form))})
	if d.State != DutyOpen {
		t.Errorf("issued: %+v", d)
	}
}

// A duty's day and words have bounds, too.
func TestADutyIsDueWithinYears(t *testing.T) {
	by := actor(1, "9901", Leader)
	whole := DutyAct{Action: SetDuty, Kind: Instruction, Owner: "9901", Title: "t", Due: "2026-11-20", Values: filled(DutyFields(Instruction, ""))}
	far := whole
	far.Due = "9999-12-31"
	wantProblem(t, far, by, "due")
	long := whole
	long.Values = map[string]string{"instruction": strings.Repeat("长", 20_001)}
	wantProblem(t, long, by, "values.instruction")
}
