package demo

import (
	"testing"

	"huiyin/petition"
)

// Units have to answer for work on first petitions: there are cases that show what the
// notes tell of.
func TestThereAreFaultsToAnswerFor(t *testing.T) {
	for seed := uint64(1); seed <= 5; seed++ {
		_, cases := folded(t, 200, seed, today)
		shown := map[string]int{}
		for _, c := range cases {
			if len(c.Legs) == 0 || c.Track == petition.Report {
				continue
			}
			if u, _ := Rules().Units.Unit(c.Legs[0].Unit); u.Parent != "990100" && u.ID != "990100" {
				continue
			}
			if faults := petition.FaultsOf(c, Rules(), today); len(faults) > 0 {
				shown[faults[0].Kind]++
			}
		}
		wanted := map[string]int{}
		for _, a := range NotesAt(today).Accounts {
			wanted[a.Fault]++
		}
		for kind, n := range wanted {
			if shown[kind] < n {
				t.Errorf("seed %d: %d cases with %s, %d files", seed, shown[kind], kind, n)
			}
		}
	}
}
