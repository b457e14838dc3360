package officedb

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"huiyin/petition"
)

// markCell is where a mark is added up.
type markCell struct{ unit, day, what string }

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
