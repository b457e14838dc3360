package officedb

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"huiyin/petition"
)

// markCell is where a mark is added up: under its day, and under its month, so that a
// year is read without its days.
type markCell struct{ unit, day, what string }

// monthKey is the key of a day's month: "M2026-09". Months stand behind all days.
func monthKey(day string) string { return "M" + day[:len("2026-09")] }

// markSpans are the ranges of keys that make up the days from one to another: days to
// the end of the first month, whole months, days of the last one. From "" it is the
// beginning.
func markSpans(from, to string) [][2]string {
	var all [][2]string
	if from != "" && from[8:] != "01" {
		end := min(to, lastOfMonth(from))
		all = append(all, [2]string{from, end})
		from = dayAfter(end)
	}
	if from > to {
		return all
	}
	whole := to[:7]
	if to != lastOfMonth(to) {
		all = append(all, [2]string{max(from, whole+"-01"), to})
		whole = dayBefore(whole + "-01")[:7]
	}
	first := "M"
	if from != "" {
		first = monthKey(from)
	}
	if last := "M" + whole; first <= last {
		all = append(all, [2]string{first, last})
	}
	return all
}

func lastOfMonth(day string) string { return dayOff(day[:7]+"-01", 1, -1) }

func dayAfter(day string) string { return dayOff(day, 0, 1) }

func dayBefore(day string) string { return dayOff(day, 0, -1) }

// dayOff is the day so many months and days off.
func dayOff(day string, months, days int) string {
	at, err := petition.ParseDay(day)
	if err != nil { // every day here was reckoned or checked
		return day
	}
	return petition.Day(at.AddDate(0, months, days))
}

// marksText writes a leg's marks for its row: "notice:2026-03-17:1:1 …".
func marksText(marks []petition.Mark) string {
	parts := make([]string, len(marks))
	for i, m := range marks {
		parts[i] = fmt.Sprintf("%s:%s:%d:%d", m.What, m.Day, m.Num, m.Den)
	}
	return strings.Join(parts, " ")
}

// eachMark reads what marksText wrote; nothing else writes it.
func eachMark(text string, do func(what, day string, t petition.Tally)) {
	for part := range strings.FieldsSeq(text) {
		what, rest, _ := strings.Cut(part, ":")
		day, rest, _ := strings.Cut(rest, ":")
		num, den, _ := strings.Cut(rest, ":")
		n, err := strconv.Atoi(num)
		d, err2 := strconv.Atoi(den)
		if err == nil && err2 == nil {
			do(what, day, petition.Tally{Num: n, Den: d})
		}
	}
}

// recountMarks takes the kept sums off what the legs come to.
func (s *Store) recountMarks(ctx context.Context, want figures) error {
	var rows []struct {
		Unit string `db:"unit"`
		Day  string `db:"day"`
		What string `db:"what"`
		Num  int    `db:"num"`
		Den  int    `db:"den"`
	}
	err := s.db.Select(ctx, &rows, `SELECT unit, day, what, num, den FROM indicator_day`)
	for _, r := range rows {
		want.mark(markCell{r.Unit, r.Day, r.What}, petition.Tally{Num: -r.Num, Den: -r.Den})
	}
	return err
}
