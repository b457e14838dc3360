package petition

import (
	"slices"
	"strconv"
	"time"
)

// teamLeast is how many people must work mainly on petitions (clause 14).
var teamLeast = map[Level]int{Province: 2, City: 1, County: 1}

// TeamYears is after how many years in one post somebody is put on the list for rotation
// (ours: the opinion asks for rotation and names no number).
const TeamYears = 5

// TeamLeast is how many people must work mainly on petitions at a level; 0 where the
// opinion names none.
func TeamLeast(l Level) int { return teamLeast[l] }

// TeamLack is something of clauses 12 and 14 that a unit still owes.
type TeamLack struct {
	Key  string // "principal", "in_charge", "others", "staff", "training", "rotation"
	Name string // training, rotation: of whom
	N    int    // staff: the least; rotation: years in post
	Have int    // staff: how many there are
}

// Full is how many people the unit has mainly on petition work.
func (t Team) Full() int {
	return len(slices.DeleteFunc(t.Standing(TeamPost), func(e TeamEntry) bool { return !e.Full }))
}

// Hours is how many hours somebody was trained in a year, "2026".
func (t Team) Hours(name, year string) (hours int) {
	for _, e := range t.Of(TeamTraining) {
		if e.Day[:4] == year && slices.Contains(e.Names(), name) {
			hours += e.Hours
		}
	}
	return hours
}

// Lacks is what the unit owes in a year, as it stands on a day (scenarios 12.1, 14.1,
// 14.2). Nothing is asked of a unit that is gone.
func (t Team) Lacks(u Unit, year int, now time.Time) []TeamLack {
	if u.Gone() {
		return nil
	}
	var all []TeamLack
	duties := t.Standing(TeamDuty)
	for _, role := range TeamRoles {
		if !slices.ContainsFunc(duties, func(e TeamEntry) bool { return e.Role == role }) {
			all = append(all, TeamLack{Key: string(role)})
		}
	}
	if least, have := TeamLeast(u.Level), t.Full(); have < least {
		all = append(all, TeamLack{Key: "staff", N: least, Have: have})
	}
	for _, e := range t.Standing(TeamPost) {
		if t.Hours(e.Name, strconv.Itoa(year)) == 0 {
			all = append(all, TeamLack{Key: "training", Name: e.Name})
		}
		if n := yearsSince(e.Day, now); n > TeamYears {
			all = append(all, TeamLack{Key: "rotation", Name: e.Name, N: n})
		}
	}
	return all
}

// yearsSince is how many whole years have passed since a day.
func yearsSince(day string, now time.Time) int {
	from, err := ParseDay(day)
	if err != nil {
		return 0
	}
	today := now.In(Shanghai)
	n := today.Year() - from.Year()
	if from.AddDate(n, 0, 0).After(today) {
		n--
	}
	return n
}
