package petition

import "testing"

// Whoever asked who had looked is answered by the auditor, once, whatever the state; the
// answer stands on the follow page.
func TestWhoAskedWhoLookedIsAnswered(t *testing.T) {
	auditor := staff(prov, "audit", AuditAdmin) // of a unit above
	for _, state := range []State{Submitted, Handling, Replied, Closed, Withdrawn} {
		s := reach[state](t)
		answer := Act{Action: AnswerViews, Leg: 1, Text: "2026-03-03 town registrar identity"}
		s.refused(auditor, answer, Conflict, "error.no_views_asked")
		s.do(Petitioner, Act{Action: AskViews, Text: "who?"})
		s.refused(handlerAt(town), answer, Forbidden, "error.not_your_role")
		s.refused(auditor, Act{Action: AnswerViews, Leg: 1, Text: " "}, Invalid, "problem.text_missing")
		s.do(auditor, answer)
		if s.c.Leg(1).State != state && state != Closed {
			t.Errorf("%s became %s", state, s.c.Leg(1).State)
		}
		steps := Project(s.c, s.r, s.now).Steps
		if last := steps[len(steps)-1]; last.Key != "step.views_answered" || last.Text != answer.Text || last.Mine {
			t.Errorf("%s: the petitioner reads %+v", state, last)
		}
		s.refused(auditor, answer, Conflict, "error.no_views_asked")
	}
}

// Who asked to have data put right is answered once: they are put right, or the reason is
// told. What stood there stays on record, and nobody puts right what nobody asked about.
func TestWhoAskedForACorrectionIsAnswered(t *testing.T) {
	for _, state := range []State{Submitted, Handling, Replied, Closed, Withdrawn} {
		s := reach[state](t)
		desk, before := atDesk(town), s.c.Filing.Person
		right := before
		right.Name = "Zhou Minh"
		answer := Act{Action: AnswerCorrect, Leg: 1, Granted: true, Person: &right}
		s.refused(desk, answer, Conflict, "error.no_correction_asked")
		s.do(Petitioner, Act{Action: Correct, Text: "my name is Minh"})
		s.refused(handlerAt(town), answer, Forbidden, "error.not_your_role")
		wrong := right
		wrong.Mobile = "123"
		for key, bad := range map[string]Act{
			"problem.correct_same": {Action: AnswerCorrect, Leg: 1, Granted: true, Person: &before},
			"problem.name_length":  {Action: AnswerCorrect, Leg: 1, Granted: true},
			"problem.mobile":       {Action: AnswerCorrect, Leg: 1, Granted: true, Person: &wrong},
			"problem.text_missing": {Action: AnswerCorrect, Leg: 1, Text: " "},
		} {
			s.refused(desk, bad, Invalid, key)
		}
		s.do(desk, answer)
		if s.c.Filing.Person != right || s.c.Events[0].Act.Filing.Person != before || len(s.c.AskedCorrect) != 0 {
			t.Errorf("%s: %+v, on record %+v", state, s.c.Filing.Person, s.c.Events[0].Act.Filing.Person)
		}
		if all := s.c.Persons(); all[0] != right || len(all) < 2 || all[1] != before {
			t.Errorf("%s: %+v", state, all)
		}
		steps := Project(s.c, s.r, s.now).Steps
		if last := steps[len(steps)-1]; last.Key != "step.correct_made" || last.Mine {
			t.Errorf("%s: the petitioner reads %+v", state, last)
		}
		s.refused(desk, answer, Conflict, "error.no_correction_asked")
	}
	s := reach[Handling](t)
	s.do(Petitioner, Act{Action: Correct, Text: "my name is Minh"}).do(atDesk(town), Act{Action: AnswerCorrect, Text: "the card says Min"})
	steps := Project(s.c, s.r, s.now).Steps
	if last := steps[len(steps)-1]; last.Key != "step.correct_declined" || last.Text != "the card says Min" {
		t.Errorf("declined: %+v", last)
	}
}
