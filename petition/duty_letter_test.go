package petition_test

import (
	"testing"

	. "huiyin/petition"
)

// A letter goes out with every form of supervision and of advice, and with nothing else; each rests on an article of both laws.
func TestWhichDutiesGoOutWithALetter(t *testing.T) {
	seen := make(map[PaperKind]bool)
	for _, k := range DutyKinds {
		for _, f := range append(DutyForms(k), "") {
			got := DutyLetter(k, f)
			if want := (k == Supervision || k == Recommendation) && f != ""; (got != "") != want {
				t.Errorf("%s %s: %q", k, f, got)
			}
			seen[got] = true
		}
	}
	for _, letter := range DutyLetters {
		if !seen[letter] {
			t.Errorf("nothing goes out with %s", letter)
		}
		for _, law := range DefaultLaws() {
			if law.Papers[letter] == "" {
				t.Errorf("%s rests on no article of %s", letter, law.ID)
			}
		}
	}
}

// The letter says what was said when it went out: the draft's own words are replaced by
// those it was sent with, and a later day and answer change nothing.
func TestALetterStaysAsItWasSent(t *testing.T) {
	by, owner := actor(1, "9901", Supervisor), actor(2, "990101", UnitHead)
	var d Duty
	step := func(by Actor, act DutyAct) {
		t.Helper()
		var now *Duty
		if len(d.Entries) > 0 {
			now = &d
		}
		e, err := DecideDuty(now, by, act, aTree(), dutyNow)
		if err == nil {
			err = d.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	step(by, DutyAct{Action: DraftDuty, Kind: Supervision, Form: LetterForm, Owner: "990101", Title: "late", Due: Day(dutyNow.AddDate(0, 0, 5)),
		Values: map[string]string{"problem": "drafted"}})
	if then, sent := d.AsSent(); sent != nil || then.Values["problem"] != "drafted" {
		t.Errorf("a draft: %+v, sent %+v", then, sent)
	}
	first, later := Day(dutyNow.AddDate(0, 0, 9)), Day(dutyNow.AddDate(0, 0, 20))
	step(by, DutyAct{Action: IssueDuty, Due: first, Values: map[string]string{"problem": "as sent", "demand": "soon"}})
	step(by, DutyAct{Action: PostponeDuty, Due: later, Text: "asked for"})
	step(owner, DutyAct{Action: AnswerDuty, Values: map[string]string{"findings": "found", "rectification": "mended"}})
	then, sent := d.AsSent()
	if sent == nil || sent.N != 2 || then.Due != first || then.Values["problem"] != "as sent" || then.Values["findings"] != "" {
		t.Errorf("as sent: %+v, by %+v", then, sent)
	}
	if d.Due != later || d.State != DutyAnswered {
		t.Errorf("the duty itself: %+v", d)
	}
}
