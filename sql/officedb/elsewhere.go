package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// elsewhere guards what is told of a case c outside somebody's scope, the unit that has it
// and its number: open, not sealed up, and none that he must not know of. Reports about
// cadres are in other tables and never here. Its argument is the staff id.
const elsewhere = ` c.sealed_up = 0 AND c.number IS NOT NULL AND l.is_open = 1 AND l.state <> 'passed'
	AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = c.id) `

// InHand finds by its whole number which unit has a case in hand. It fails with NotFound
// for a number that was never given, for what is done, for what was sealed up, and for
// those who work at no desk: all alike. Who asked is in the log of searches.
func (s *Store) InHand(ctx context.Context, by petition.Actor, number string, now time.Time) (petition.Link, error) {
	sc, err := s.deskScope(ctx, by)
	if err != nil {
		return petition.Link{}, err
	}
	tokens := newMarks(s.keys.search).text(number)
	slices.Sort(tokens)
	if err := s.logSearch(ctx, sc, slices.Compact(tokens), "", now); err != nil {
		return petition.Link{}, err
	}
	var unit string
	err = s.db.Get(ctx, &unit, `
		SELECT l.unit FROM cases c JOIN leg l ON l.case_id = c.id WHERE c.number = ? AND`+elsewhere+`ORDER BY l.n DESC LIMIT 1`,
		number, sc.actor.Staff)
	return petition.Link{Number: number, Unit: petition.UnitID(unit)}, err
}

// SameElsewhere are open cases of other units that share an identity or a mobile number
// with one that the reader may see: unit and number only.
func (s *Store) SameElsewhere(ctx context.Context, by petition.Actor, id petition.ID) ([]petition.Link, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	var n int
	if err := s.db.Get(ctx, &n, `SELECT 1 FROM cases c WHERE c.id = ? AND`+visibleCase, append([]any{id}, sc.guard()...)...); err != nil {
		return nil, err
	}
	args := append([]any{id, tokenID, tokenMobile, id}, sc.actor.Staff)
	var rows []struct {
		Case   sql.ID `db:"id"`
		Number string `db:"number"`
		Unit   string `db:"unit"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT DISTINCT c.id, c.number, l.unit
		FROM token mine JOIN token t ON t.kind = mine.kind AND t.token = mine.token
		JOIN cases c ON c.id = t.case_id JOIN leg l ON l.case_id = c.id
		WHERE mine.case_id = ? AND mine.kind IN (?, ?) AND t.case_id <> ? AND`+elsewhere+`
			AND NOT EXISTS (SELECT 1 FROM leg v JOIN unit u ON u.id = v.unit WHERE v.case_id = c.id
				AND ((? = 1 AND v.unit = ?) OR (? = 1 AND u.path >= ? AND u.path < ?)))
		ORDER BY c.number LIMIT ?`, append(append(args, sc.guard()[1:]...), likeliest)...)
	out := make([]petition.Link, 0, len(rows))
	for _, r := range rows {
		out = append(out, petition.Link{Number: r.Number, Unit: petition.UnitID(r.Unit)})
	}
	return out, err
}
