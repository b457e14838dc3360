package petition

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var teamNow = time.Date(2026, 12, 30, 4, 0, 0, 0, time.UTC)

// aTeam adds entries to a book as the store numbers them.
func aTeam(t *testing.T, entries ...TeamEntry) Team {
	t.Helper()
	team := Team{Unit: county}
	for i, e := range entries {
		e.N = i + 1
		if err := CheckTeam(team, e, teamNow); err != nil {
			t.Fatalf("entry %d: %v", e.N, err)
		}
		team.Entries = append(team.Entries, e)
	}
	return team
}

func lackKeys(all []TeamLack) string {
	var keys []string
	for _, l := range all {
		keys = append(keys, strings.TrimSuffix(l.Key+":"+l.Name, ":"))
	}
	return strings.Join(keys, " ")
}

func wholeTeam() []TeamEntry {
	return []TeamEntry{
		{Kind: TeamDuty, Role: TeamPrincipal, Name: "甲", Post: "部长", Day: "2025-01-01"},
		{Kind: TeamDuty, Role: TeamInCharge, Name: "乙", Post: "副部长", Day: "2025-01-01"},
		{Kind: TeamDuty, Role: TeamOthers, Name: "丙", Post: "副部长", Day: "2025-01-01"},
		{Kind: TeamPost, Name: "丁", Full: true, Day: "2024-03-01"},
		{Kind: TeamTraining, Name: "丁、戊", Hours: 8, Text: "新条例", Day: "2026-05-01"},
	}
}

// A unit that has named no one in one of the three roles is flagged, also after whoever
// had it left.
func TestScenario12_1_EachOfThreeRolesIsNamed(t *testing.T) {
	u := Unit{ID: county, Level: County}
	if got := lackKeys(Team{Unit: county}.Lacks(u, 2026, teamNow)); got != "principal in_charge others staff" {
		t.Errorf("an empty book lacks %q", got)
	}
	whole := aTeam(t, wholeTeam()...)
	if got := lackKeys(whole.Lacks(u, 2026, teamNow)); got != "" {
		t.Errorf("a whole one lacks %q", got)
	}
	left := aTeam(t, append(wholeTeam(), TeamEntry{Kind: TeamDuty, Ends: 2, Day: "2026-11-01"})...)
	if got := lackKeys(left.Lacks(u, 2026, teamNow)); got != "in_charge" {
		t.Errorf("after one left: %q", got)
	}
	if end, ok := left.EndOf(2); !ok || end.Day != "2026-11-01" {
		t.Errorf("%+v", end)
	}
	if got := left.Lacks(Unit{Level: County, Closed: true}, 2026, teamNow); got != nil {
		t.Errorf("a closed unit owes %v", got)
	}
}

// The least is two at a province and one below; who does it besides other work does not
// count.
func TestScenario14_1_TheLeastStaff(t *testing.T) {
	for level, least := range map[Level]int{Province: 2, City: 1, County: 1, Centre: 0} {
		for have := range 3 {
			entries := []TeamEntry{{Kind: TeamPost, Name: "兼", Day: "2026-01-01"}}
			for range have {
				entries = append(entries, TeamEntry{Kind: TeamPost, Name: "专", Full: true, Day: "2026-01-01"})
			}
			all := aTeam(t, entries...).Lacks(Unit{Level: level}, 2026, teamNow)
			at := slices.IndexFunc(all, func(l TeamLack) bool { return l.Key == "staff" })
			if (at >= 0) != (have < least) {
				t.Errorf("%s with %d: %+v", level, have, all)
			}
			if at >= 0 && (all[at].N != least || all[at].Have != have) {
				t.Errorf("%s: %+v", level, all[at])
			}
		}
	}
}

// Who was not trained this year, or has been in one post for long, is on the lists.
func TestScenario14_2_TrainingAndRotationLists(t *testing.T) {
	u := Unit{Level: County}
	team := aTeam(t, append(wholeTeam(), TeamEntry{Kind: TeamPost, Name: "己", Day: "2020-12-30"},
		TeamEntry{Kind: TeamPost, Name: "庚", Day: "2020-12-31"}, TeamEntry{Kind: TeamTraining, Name: "己 庚", Hours: 4, Text: "写作", Day: "2025-12-31"})...)
	if got := lackKeys(team.Lacks(u, 2026, teamNow)); got != "training:己 rotation:己 training:庚" {
		t.Errorf("in 2026: %q", got)
	}
	if got := lackKeys(team.Lacks(u, 2025, teamNow)); got != "training:丁 rotation:己" {
		t.Errorf("in 2025: %q", got)
	}
	if got := team.Hours("丁", "2026"); got != 8 {
		t.Errorf("%d hours", got)
	}
}

func TestAnEntryOfTheBookIsWhole(t *testing.T) {
	for name, one := range map[string]struct {
		e     TeamEntry
		field string
	}{
		"no kind":        {TeamEntry{Name: "甲", Text: "x", Day: "2026-01-01"}, "kind"},
		"no day":         {TeamEntry{Kind: TeamPost, Name: "甲"}, "day"},
		"a day to come":  {TeamEntry{Kind: TeamPost, Name: "甲", Day: "2027-01-01"}, "day"},
		"nobody":         {TeamEntry{Kind: TeamPost, Name: " ", Day: "2026-01-01"}, "name"},
		"two at once":    {TeamEntry{Kind: TeamPost, Name: "甲、乙", Day: "2026-01-01"}, "name"},
		"no role":        {TeamEntry{Kind: TeamDuty, Name: "甲", Post: "部长", Day: "2026-01-01"}, "role"},
		"no post":        {TeamEntry{Kind: TeamDuty, Role: TeamOthers, Name: "甲", Day: "2026-01-01"}, "post"},
		"no hours":       {TeamEntry{Kind: TeamTraining, Name: "甲", Text: "x", Day: "2026-01-01"}, "hours"},
		"no subject":     {TeamEntry{Kind: TeamTraining, Name: "甲", Hours: 1, Day: "2026-01-01"}, "text"},
		"moved nowhere":  {TeamEntry{Kind: TeamRotation, Name: "甲", Day: "2026-01-01"}, "post"},
		"thanked for":    {TeamEntry{Kind: TeamCommendation, Name: "甲", Day: "2026-01-01"}, "text"},
		"empty meeting":  {TeamEntry{Kind: TeamMeeting, Day: "2026-01-01"}, "text"},
		"a long subject": {TeamEntry{Kind: TeamLiaison, Text: strings.Repeat("长", 1001), Day: "2026-01-01"}, "text"},
	} {
		err := CheckTeam(Team{}, one.e, teamNow)
		e, ok := err.(*Error)
		if !ok || e.Kind != Invalid || !slices.ContainsFunc(e.Problems, func(p Problem) bool { return p.Field == one.field }) {
			t.Errorf("%s: %v", name, err)
		}
	}
	team := aTeam(t, wholeTeam()...)
	for name, e := range map[string]TeamEntry{
		"what is not there": {Kind: TeamDuty, Ends: 9, Day: "2026-01-01"},
		"of another kind":   {Kind: TeamPost, Ends: 1, Day: "2026-01-01"},
		"what happened":     {Kind: TeamTraining, Ends: 5, Day: "2026-06-01"},
	} {
		if err := CheckTeam(team, e, teamNow); !Is(err, Conflict) {
			t.Errorf("ends %s: %v", name, err)
		}
	}
	if err := CheckTeam(team, TeamEntry{Kind: TeamDuty, Ends: 1, Day: "2024-12-31"}, teamNow); !Is(err, Invalid) {
		t.Errorf("ended before it began: %v", err)
	}
}
