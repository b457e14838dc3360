package petition

import (
	"fmt"
	"strconv"
	"time"
)

// Period is a year, a quarter or a month of the calendar: "2026", "2026-Q3", "2026-09".
type Period string

// Span is its first and last day. It fails with Invalid for what is no period.
func (p Period) Span() (from, to string, err error) {
	begin, months, err := p.begin()
	if err != nil {
		return "", "", err
	}
	return Day(begin), Day(begin.AddDate(0, months, -1)), nil
}

// Before is the period of the same length before it.
func (p Period) Before() Period {
	begin, months, err := p.begin()
	if err != nil {
		return ""
	}
	return periodAt(begin.AddDate(0, -months, 0), months)
}

// Over tells whether its last day has passed.
func (p Period) Over(now time.Time) bool {
	_, to, err := p.Span()
	return err == nil && Day(now) > to
}

// Months is how many it has.
func (p Period) Months() int {
	_, months, err := p.begin()
	if err != nil {
		return 0
	}
	return months
}

func (p Period) begin() (time.Time, int, error) {
	bad := &Error{Kind: Invalid, Key: "problem.period"}
	text := string(p)
	if len(text) < 4 {
		return time.Time{}, 0, bad
	}
	first, months := text+"-01-01", 12
	if len(text) == len("2026-Q3") && text[4:6] == "-Q" {
		quarter, err := strconv.Atoi(text[6:])
		if err != nil || quarter < 1 || quarter > 4 {
			return time.Time{}, 0, bad
		}
		first, months = fmt.Sprintf("%s-%02d-01", text[:4], 3*quarter-2), 3
	} else if len(text) == len("2026-09") {
		first, months = text+"-01", 1
	}
	begin, err := ParseDay(first)
	if err != nil {
		return time.Time{}, 0, bad
	}
	return begin, months, nil
}

func periodAt(t time.Time, months int) Period {
	t = t.In(Shanghai)
	switch months {
	case 12:
		return Period(t.Format("2006"))
	case 3:
		return Period(fmt.Sprintf("%d-Q%d", t.Year(), (int(t.Month())+2)/3))
	}
	return Period(t.Format("2006-01"))
}

// PeriodsUntil are the periods that a page offers: this year and the last, the last four
// quarters and the last twelve months, the newest first.
func PeriodsUntil(now time.Time) []Period {
	var all []Period
	for _, kind := range []struct{ months, n int }{{12, 2}, {3, 4}, {1, 12}} {
		begin, _, _ := periodAt(now, kind.months).begin()
		for i := range kind.n {
			all = append(all, periodAt(begin.AddDate(0, -i*kind.months, 0), kind.months))
		}
	}
	return all
}
