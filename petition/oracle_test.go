package petition

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// The oracle counts days one by one on plain integers and knows the State Council's
// schedules as they were announced, in ranges. It shares no code with the package.

// schedule is the announcements of 2024, 2025 and 2026: free from-to, and weekend
// days worked.
var schedule = struct {
	free   [][2]string
	worked []string
}{
	free: [][2]string{
		{"2024-01-01", "2024-01-01"}, {"2024-02-10", "2024-02-17"}, {"2024-04-04", "2024-04-06"},
		{"2024-05-01", "2024-05-05"}, {"2024-06-10", "2024-06-10"}, {"2024-09-15", "2024-09-17"},
		{"2024-10-01", "2024-10-07"},
		{"2025-01-01", "2025-01-01"}, {"2025-01-28", "2025-02-04"}, {"2025-04-04", "2025-04-06"},
		{"2025-05-01", "2025-05-05"}, {"2025-05-31", "2025-06-02"}, {"2025-10-01", "2025-10-08"},
		{"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"},
		{"2026-05-01", "2026-05-05"}, {"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"},
		{"2026-10-01", "2026-10-07"},
	},
	worked: []string{
		"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
		"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
		"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
	},
}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func monthDays(y, m int) int {
	if m == 2 && leap(y) {
		return 29
	}
	return []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
}

// naiveDay is a date with the weekday counted along; 1 January 2023 was a Sunday (0).
type naiveDay struct{ y, m, d, week int }

func (n naiveDay) String() string { return fmt.Sprintf("%04d-%02d-%02d", n.y, n.m, n.d) }

func (n naiveDay) next() naiveDay {
	n.week = (n.week + 1) % 7
	if n.d++; n.d > monthDays(n.y, n.m) {
		n.d = 1
		n.m++
	}
	if n.m > 12 {
		n.m, n.y = 1, n.y+1
	}
	return n
}

func (n naiveDay) working() bool {
	day := n.String()
	for _, w := range schedule.worked {
		if w == day {
			return true
		}
	}
	for _, f := range schedule.free {
		if f[0] <= day && day <= f[1] {
			return false
		}
	}
	return n.week != 0 && n.week != 6
}

// naiveDue steps over the days after the start, one by one, then over free days.
func naiveDue(start naiveDay, days int, working, roll bool) (warn, due string) {
	at := start
	for days > 0 {
		at = at.next()
		if !working || at.working() {
			days--
		}
	}
	warn = at.String()
	for roll && !at.working() {
		at = at.next()
	}
	return warn, at.String()
}

// everyDay lists the days of 2023-12 to 2026-11.
func everyDay() []naiveDay {
	var all []naiveDay
	for n := (naiveDay{2023, 1, 1, 0}); n.String() < "2026-11-30"; n = n.next() {
		if n.String() >= "2023-12-25" {
			all = append(all, n)
		}
	}
	return all
}

func TestClocksAgainstNaiveCounting(t *testing.T) {
	days := everyDay()
	rnd := rand.New(rand.NewPCG(2022, 15))
	r := testRules()
	for range 10_000 {
		start := days[rnd.IntN(len(days))]
		at, err := ParseDay(start.String())
		if err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Duration(rnd.Int64N(int64(24 * time.Hour)))) // any time of that day
		extra, pause := rnd.IntN(31), rnd.IntN(12)
		checkDues(t, r, start, at, extra, pause)
	}
}

// checkDues compares every clock that starts at an instant.
func checkDues(t *testing.T, r Rules, start naiveDay, at time.Time, extra, pause int) {
	t.Helper()
	objected := startOfDay(at).AddDate(0, 0, 1).Add(9 * time.Hour)
	l := Leg{N: 1, From: 1, Unit: county, Kind: Referral, State: Handling, Received: at, AcceptedAt: at, Notified: at,
		RepliedAt: at, ExtendedBy: extra, ObjectedAt: objected, ObjectionOver: objected.AddDate(0, 0, pause)}
	c := &Case{Track: Claim, Received: at, Law: "2022", Legs: []Leg{l}}
	wants := map[ClockKind]struct {
		days          int
		working, roll bool
	}{
		NoticeClock:    {15 + pause, false, true},
		ObjectionClock: {5, true, false},
		HandlingClock:  {60 + extra, false, true},
		ReviewClock:    {30, false, true},
	}
	seen := 0
	for _, k := range c.Clocks(r, at) {
		want, known := wants[k.Kind]
		if !known {
			t.Fatalf("clock %s", k.Kind)
		}
		seen++
		warn, due := naiveDue(start, want.days, want.working, want.roll)
		if Day(k.Warn) != warn || Day(k.Due) != due {
			t.Fatalf("%s from %s: warn %s due %s, want %s %s; %+v", k.Kind, at, Day(k.Warn), Day(k.Due), warn, due, k.Explain)
		}
		checkShape(t, k)
	}
	if seen != len(wants) {
		t.Fatalf("%d clocks", seen)
	}
}

// checkShape is what holds for every clock whatever its length.
func checkShape(t tester, k Clock) {
	t.Helper()
	if next := k.Due.Add(time.Microsecond).In(Shanghai); next.Hour() != 0 || next.Minute() != 0 || Day(next) == Day(k.Due) {
		t.Fatalf("%s is due at %s, no end of a day", k.Kind, k.Due)
	}
	if k.Due.Before(k.Warn) {
		t.Fatalf("%s warns %s after it is due %s", k.Kind, k.Warn, k.Due)
	}
	last := k.Explain[len(k.Explain)-1]
	if last.Day != Day(k.Due) {
		t.Fatalf("%s is due %s but explained to %s", k.Kind, Day(k.Due), last.Day)
	}
	if k.Urgency(k.Due) == Over || k.Urgency(k.Due.Add(time.Microsecond)) != Over {
		t.Fatalf("%s: overdue is not exactly after its end", k.Kind)
	}
}

// The calendar agrees with the announcements on every day, and knows that it does.
func TestCalendarAgainstAnnouncements(t *testing.T) {
	c := DefaultCalendar()
	for _, n := range everyDay() {
		working, known := c.Working(n.String())
		if n.y == 2023 {
			if known {
				t.Errorf("%s is known", n)
			}
			continue
		}
		if working != n.working() || !known {
			t.Errorf("%s: working %v known %v, want %v", n, working, known, n.working())
		}
	}
}
