package petition

import (
	_ "embed" // the schedules are data
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Calendar knows which days are worked: holidays of the State Council's yearly
// schedules and the weekend days worked in exchange (调休). For a year without a
// schedule, and as a nil Calendar, it knows weekends only, and says so.
type Calendar struct {
	off   map[string]string // day → holiday
	work  map[string]string // day → holiday it makes up for
	years map[string]string // year → the schedule's number
}

//go:embed data/calendar.csv
var calendarData string

var defaultCalendar = sync.OnceValues(func() (*Calendar, error) {
	return ParseCalendar(strings.NewReader(calendarData))
})

// DefaultCalendar is the State Council's schedules of 2024, 2025 and 2026.
func DefaultCalendar() *Calendar {
	c, err := defaultCalendar()
	if err != nil {
		panic(err) // our own data; a test reads it
	}
	return c
}

// ParseCalendar reads CSV lines of three kinds:
//
//	2026,year,国办发明电〔2025〕7号    the schedule of the year is complete
//	2026-02-17,off,春节              a holiday
//	2026-02-14,work,春节             a weekend day that is worked
//
// The kinds may also be written 年, 放假 and 上班, and the commas as a Chinese keyboard types
// them. Lines with # are remarks. It fails with an Invalid error that names the line.
func ParseCalendar(r io.Reader) (*Calendar, error) {
	c := &Calendar{off: map[string]string{}, work: map[string]string{}, years: map[string]string{}}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(strings.NewReader(strings.ReplaceAll(string(text), "，", ",")))
	in.Comment, in.FieldsPerRecord, in.TrimLeadingSpace = '#', 3, true
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err == nil {
			err = c.add(row[0], row[1], row[2])
		}
		if err != nil {
			line, _ := in.FieldPos(0)
			return nil, &Error{Kind: Invalid, Key: "error.bad_calendar",
				Args: map[string]string{"line": fmt.Sprint(line)}, Err: err}
		}
	}
}

// dayKinds are the Chinese words for the kinds of line.
var dayKinds = map[string]string{"年": "year", "放假": "off", "上班": "work"}

func (c *Calendar) add(day, kind, name string) error {
	day, kind = strings.TrimSpace(day), strings.TrimSpace(kind)
	if said, ok := dayKinds[kind]; ok {
		kind = said
	}
	if kind == "year" {
		_, err := ParseDay(day + "-01-01")
		c.years[day] = name
		return err
	}
	if _, err := ParseDay(day); err != nil {
		return err
	}
	if c.off[day] != "" || c.work[day] != "" {
		return fmt.Errorf("%s stands twice", day)
	}
	switch kind {
	case "off":
		c.off[day] = name
	case "work":
		c.work[day] = name
	default:
		return fmt.Errorf("%q is neither off, work nor year", kind)
	}
	return nil
}

// With is the calendar with the years of a newer one in place of its own.
func (c *Calendar) With(newer *Calendar) *Calendar {
	all := &Calendar{off: map[string]string{}, work: map[string]string{}, years: map[string]string{}}
	for year, name := range c.years {
		if _, replaced := newer.years[year]; !replaced {
			all.years[year] = name
		}
	}
	copyDays(all.off, c.off, newer.years)
	copyDays(all.work, c.work, newer.years)
	for year, name := range newer.years {
		all.years[year] = name
	}
	copyDays(all.off, newer.off, nil)
	copyDays(all.work, newer.work, nil)
	return all
}

func copyDays(to, from, except map[string]string) {
	for day, name := range from {
		if _, skip := except[day[:4]]; !skip {
			to[day] = name
		}
	}
}

// Working tells whether a day "2006-01-02" is worked; known is false where the
// year's schedule is missing and only the weekend rule could answer.
func (c *Calendar) Working(day string) (working, known bool) {
	t, err := ParseDay(day)
	if err != nil {
		return false, false
	}
	return c.works(t)
}

func (c *Calendar) works(t time.Time) (working, known bool) {
	weekday := t.In(Shanghai).Weekday()
	weekend := weekday == time.Saturday || weekday == time.Sunday
	if c == nil {
		return !weekend, false
	}
	day := Day(t)
	_, known = c.years[day[:4]]
	if _, worked := c.work[day]; worked {
		return true, known
	}
	if _, free := c.off[day]; free {
		return false, known
	}
	return !weekend, known
}

// Holiday names the holiday on a day; "" on weekends and other days.
func (c *Calendar) Holiday(day string) string {
	if c == nil {
		return ""
	}
	return c.off[day]
}

// addWorking is the n-th working day after t, and whether every day on the way was
// in a known schedule.
func (c *Calendar) addWorking(t time.Time, n int) (time.Time, bool) {
	all := true
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		working, known := c.works(t)
		all = all && known
		if working {
			n--
		}
	}
	return t, all
}

// roll is the day itself if it is worked, else the next day that is.
func (c *Calendar) roll(t time.Time) (to time.Time, known bool) {
	for {
		working, ok := c.works(t)
		if working {
			return t, ok
		}
		t = t.AddDate(0, 0, 1)
	}
}

// Years are the years whose schedule is known, with the number of its announcement.
func (c *Calendar) Years() map[string]string { return maps.Clone(c.years) }

// CSV writes the days of some years as ParseCalendar reads them; of all years if none is
// named.
func (c *Calendar) CSV(years ...string) string {
	in := func(year string) bool { return len(years) == 0 || slices.Contains(years, year) }
	var lines []string
	for year, name := range c.years {
		if in(year) {
			lines = append(lines, year+",year,"+name)
		}
	}
	for kind, days := range map[string]map[string]string{"off": c.off, "work": c.work} {
		for day, name := range days {
			if in(day[:4]) {
				lines = append(lines, day+","+kind+","+name)
			}
		}
	}
	slices.Sort(lines) // a year's own line stands before its days: "," < "-"
	return strings.Join(lines, "\n") + "\n"
}

// Sound refuses, with Invalid, a calendar that no announcement can mean: days of a year that
// it does not name, a make-up day that is worked anyway, a holiday without a name, a year
// without one of the statutory holidays: a list with days left out would replace the year.
func (c *Calendar) Sound() error {
	f := &form{}
	f.need(len(c.years) > 0, "days", "problem.calendar_year")
	for year, name := range c.years {
		f.need(!blank(name), "days", "problem.calendar_number", "year", year)
		lacks := c.lacks(year)
		f.need(len(lacks) == 0, "days", "problem.calendar_lacks", "year", year, "days", strings.Join(lacks, "、"))
	}
	for _, day := range slices.Sorted(maps.Keys(c.off)) {
		f.need(c.years[day[:4]] != "", "days", "problem.calendar_other", "day", day)
		f.need(!blank(c.off[day]), "days", "problem.calendar_name", "day", day)
	}
	for _, day := range slices.Sorted(maps.Keys(c.work)) {
		f.need(c.years[day[:4]] != "", "days", "problem.calendar_other", "day", day)
		t, err := ParseDay(day)
		weekend := err == nil && (t.Weekday() == time.Saturday || t.Weekday() == time.Sunday)
		f.need(weekend, "days", "problem.calendar_weekday", "day", day)
	}
	return f.err()
}

// statutory are the public holidays of every year (《全国年节及纪念日放假办法》第二条) by the
// names that announcements give them: those of the solar calendar with their days, of which
// a weekend need not be named; the others fall on a day that only the schedule knows.
var statutory = []struct {
	name string
	days []string
}{{"元旦", []string{"01-01"}}, {"春节", nil}, {"清明", nil}, {"劳动节", []string{"05-01"}}, {"端午", nil}, {"中秋", nil},
	{"国庆节", []string{"10-01", "10-02", "10-03"}}}

// lacks are the statutory holidays that the schedule of a year leaves out.
func (c *Calendar) lacks(year string) []string {
	var names []string
	for _, h := range statutory {
		there := h.days != nil || c.named(year, h.name)
		for _, day := range h.days {
			working, _ := c.Working(year + "-" + day)
			there = there && !working
		}
		if !there {
			names = append(names, h.name)
		}
	}
	return names
}

// named tells whether a holiday of the year bears a name, alone or with another: 国庆节、中秋节.
func (c *Calendar) named(year, name string) bool {
	for day, holiday := range c.off {
		if day[:4] == year && strings.Contains(holiday, name) {
			return true
		}
	}
	return false
}
