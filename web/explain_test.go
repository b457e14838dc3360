package web

import (
	"testing"
	"time"

	"huiyin/petition"
)

// TestNobodySaysOfThePastThatItIsStillToBeAnnounced: the holidays of a year to come are not
// known yet; those of a year that is over are not recorded.
func TestNobodySaysOfThePastThatItIsStillToBeAnnounced(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 30, 0, 0, petition.Shanghai)
	for day, want := range map[string]string{"1990-03-01": "explain.unknown_past", "2028-01-04": "explain.unknown"} {
		lines := Explain(petition.NoticeClock, false, []petition.ExplainStep{{Kind: petition.ExplainUnknown, Day: day}}, now)
		if lines[0].Key != want {
			t.Errorf("%s: %s", day, lines[0].Key)
		}
	}
}
