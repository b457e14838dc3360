package demo

import (
	"time"

	"huiyin/petition"
)

// GapStep is what somebody recorded about a gap in policy after it was found.
type GapStep struct {
	Case petition.ID
	Seen int // steps before it
	By   petition.Actor
	At   time.Time
	Step petition.GapStep
}

// GapSteps are what became of the gaps that cases found: those whose day has passed were
// sent on, and every second of them has its result.
func GapSteps(cases []Case, now time.Time) []GapStep {
	var all []GapStep
	settled := 0
	for _, c := range cases {
		for _, e := range c.Events {
			g := e.Act.Gap
			if e.Act.Action != petition.RecordGap || !now.After(petition.EndOfDay(g.Due)) {
				continue
			}
			owner := ownerOf(g.Owner)
			all = append(all, GapStep{c.ID, 0, owner, e.At.AddDate(0, 0, 20), petition.GapStep{Status: petition.GapSent,
				To: words.GapTo.literal(), Text: words.GapSent.literal()}})
			if settled++; settled%2 == 0 {
				all = append(all, GapStep{c.ID, 1, owner, e.At.AddDate(0, 0, 40), petition.GapStep{Status: petition.GapAdopted,
					Text: words.GapAdopted.literal()}})
			}
		}
	}
	return all
}

func ownerOf(id petition.ID) petition.Actor {
	for _, a := range staff {
		if a.ID == id {
			return a.Actor()
		}
	}
	return petition.Actor{}
}
