package petition

import (
	"slices"
	"testing"
)

func TestAPlaceIsRecordedInItsOrder(t *testing.T) {
	const day = "2026-04-01"
	for _, one := range []struct {
		now   SeatStep
		today string
		want  []SeatStep
	}{
		{"", "2026-03-30", []SeatStep{SeatInvited}},
		{"", "2026-04-02", nil},
		{SeatAsked, "2026-03-30", []SeatStep{SeatGiven, SeatWaiting, SeatDeclined}},
		{SeatGiven, "2026-03-30", []SeatStep{SeatDeclined}},
		{SeatGiven, day, []SeatStep{SeatCame, SeatAbsent, SeatDeclined}},
		{SeatInvited, "2026-04-02", []SeatStep{SeatCame, SeatAbsent}},
		{SeatCame, "2026-04-02", nil},
	} {
		if got := NextSeats(one.now, day, one.today); !slices.Equal(got, one.want) {
			t.Errorf("after %q on %s: %v, want %v", one.now, one.today, got, one.want)
		}
	}
	if SeatWaiting.Taken() || !SeatCame.Taken() || SeatCame.Told() || !SeatDeclined.Told() {
		t.Error("what takes a place, and what is told")
	}
}
