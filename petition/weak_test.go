package petition

import "testing"

// Rates make a unit weak, never how much comes; a few matters make no rate.
func TestScenario12_3_WeakByRatesNotByVolume(t *testing.T) {
	for name, c := range map[string]struct {
		answers, repeats Tally
		want             int
	}{
		"nothing":               {},
		"sound":                 {answers: Tally{8, 10}, repeats: Tally{2, 10}},
		"late":                  {answers: Tally{7, 10}, want: 1},
		"late, of four":         {answers: Tally{0, 4}},
		"late, of a thousand":   {answers: Tally{799, 1000}, want: 1},
		"sound, of a thousand":  {answers: Tally{950, 1000}, repeats: Tally{10, 1000}},
		"repeats":               {repeats: Tally{3, 10}, want: 1},
		"both":                  {answers: Tally{1, 10}, repeats: Tally{9, 10}, want: 2},
		"repeats, one of three": {repeats: Tally{1, 3}},
	} {
		if got := Weaknesses(Figures{AnswersInTime: c.answers, RepeatShare: c.repeats}); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if p := QuarterBefore("2026-01-01"); p != "2025-Q4" || p.After() != "2026-Q1" || QuarterBefore("2026-03-31") != "2025-Q4" {
		t.Errorf("before New Year: %s", p)
	}
}
