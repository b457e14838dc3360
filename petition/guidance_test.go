package petition

import "testing"

// Guidance is a note that says who explained, when, how and with what result; the
// petitioner's clocks and rights stay as they are.
func TestGuidanceIsRecordedAndCounted(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").on("2026-03-05")
	given := Guidance{By: "王某", Day: "2026-03-04", Way: "talk", Result: "partly"}
	with := func(g Guidance) Act {
		return Act{Action: Note, Text: "explained Art. 31 and the days", Guidance: &g}
	}
	for field, bad := range map[string]func(*Guidance){
		"guidance.by": func(g *Guidance) { g.By = " " }, "guidance.way": func(g *Guidance) { g.Way = "threat" },
		"guidance.result": func(g *Guidance) { g.Result = "" }, "guidance.day": func(g *Guidance) { g.Day = "2026-03-06" },
	} {
		g := given
		bad(&g)
		_, err := s.try(atDesk(town), with(g))
		refusal, ok := err.(*Error)
		if !ok || len(refusal.Problems) != 1 || refusal.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := s.try(leaderOf(town), with(given)); err == nil {
		t.Error("a leader writes no notes")
	}
	state, clocks := s.c.Legs[0].State, s.c.Clocks(s.r, s.now)
	s.do(atDesk(town), with(given)).do(atDesk(town), Act{Action: Note, Text: "only a note"})
	if got := s.c.GuidanceGiven(); len(got) != 1 || got[0].Act.Guidance.Result != "partly" {
		t.Errorf("%+v", got)
	}
	if s.c.Legs[0].State != state || len(s.c.Clocks(s.r, s.now)) != len(clocks) {
		t.Error("guidance changed the matter")
	}
	for _, step := range Project(s.c, s.r, s.now).Steps {
		if step.Key == "step.note" {
			t.Error("the petitioner reads an internal record")
		}
	}
}
