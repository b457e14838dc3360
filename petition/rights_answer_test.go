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
