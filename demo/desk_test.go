package demo

import (
	"testing"
	"time"

	"huiyin/petition"
)

// What the desks wrote down is as the rules demand it, whatever the hour; scans are there.
func TestTheDesksAreWhatTheRulesDemand(t *testing.T) {
	for _, hour := range []int{1, 9, 23} {
		now := time.Date(2026, 11, 20, hour, 30, 0, 0, petition.Shanghai)
		visits := DeskVisits(now)
		groups := 0
		for _, v := range visits {
			if err := petition.CheckVisit(nil, v.Day, v.Entry, now); err != nil {
				t.Errorf("%s %s: %v", v.Day, v.Entry.Arrived, err)
			}
			if v.Entry.Channel() == petition.ByGroupVisit {
				groups++
			}
		}
		if len(visits) != len(deskData.Visit) || groups == 0 {
			t.Errorf("at %d o'clock %d of %d visits, %d collective", hour, len(visits), len(deskData.Visit), groups)
		}
		for _, l := range DeskLetters(now) {
			by := petition.Actor{Kind: petition.ByStaff, Unit: l.Unit, Roles: []petition.Role{petition.Registrar}}
			l.Act.Number = petition.CaseNumber(l.Unit, petition.Day(now), 1)
			if _, err := petition.Decide(nil, by, l.Act, petition.Facts{}, Rules(), now); err != nil {
				t.Errorf("%s: %v", l.Act.Filing.Title, err)
			}
			for _, name := range l.Scans {
				if b, err := DeskScan(name); err != nil || len(b) == 0 {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}
