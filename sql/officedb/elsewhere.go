package officedb

import (
	"context"
	"slices"
	"strings"
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
	tokens, err := s.tokensOfCase(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.openElsewhere(ctx, sc, id, tokens)
}

// FilingElsewhere tells the same of a filing that has no case yet, to those who register.
// What it told is in the log of searches, as a search for the person's numbers: a form
// that is never sent asks too.
func (s *Store) FilingElsewhere(ctx context.Context, by petition.Actor, f petition.Filing, now time.Time) ([]petition.Link, error) {
	sc, err := s.deskScope(ctx, by)
	if err != nil {
		return nil, err
	}
	found, err := s.openElsewhere(ctx, sc, petition.ID{}, s.tokensOf(f))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	var asked []string
	for _, p := range people(f) {
		asked = append(asked, newMarks(s.keys.search).text(p.IDNumber+" "+p.Mobile)...)
	}
	slices.Sort(asked)
	return found, s.logSearch(ctx, sc, slices.Compact(asked), "", now)
}

// openElsewhere are open cases outside somebody's scope that have one of the tokens: of an
// identity or a mobile number, for a name alone is many people's. but is the case itself.
func (s *Store) openElsewhere(ctx context.Context, sc scope, but petition.ID, tokens []token) ([]petition.Link, error) {
	var args []any
	for _, t := range tokens {
		if t.Kind == tokenID || t.Kind == tokenMobile {
			args = append(args, t.Kind, t.Token)
		}
	}
	if len(args) == 0 {
		return nil, nil
	}
	var rows []struct {
		Case   sql.ID `db:"id"`
		Number string `db:"number"`
		Unit   string `db:"unit"`
	}
	const one = `(t.kind = ? AND t.token = ?)`
	where := one + strings.Repeat(" OR "+one, len(args)/2-1)
	args = append(append(append(args, but, sc.actor.Staff), sc.guard()[1:]...), likeliest)
	err := s.db.Select(ctx, &rows, `
		SELECT DISTINCT c.id, c.number, l.unit
		FROM token t JOIN cases c ON c.id = t.case_id JOIN leg l ON l.case_id = c.id
		WHERE (`+where+`) AND t.case_id <> ? AND`+elsewhere+`
			AND NOT EXISTS (SELECT 1 FROM leg v JOIN unit u ON u.id = v.unit WHERE v.case_id = c.id
				AND ((? = 1 AND v.unit = ?) OR (? = 1 AND u.path >= ? AND u.path < ?)))
		ORDER BY c.number LIMIT ?`, args...)
	out := make([]petition.Link, 0, len(rows))
	for _, r := range rows {
		out = append(out, petition.Link{Number: r.Number, Unit: petition.UnitID(r.Unit)})
	}
	return out, err
}
