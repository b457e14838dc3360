package officedb

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// Touched tells a compartment which searches since an instant were for words that stand
// in its reports: whoever made them learned nothing, and is found here. It fails with
// NotFound for everybody but the compartment's own people.
func (s *Store) Touched(ctx context.Context, by petition.Actor, since time.Time) ([]backoffice.TouchingSearch, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if !sc.actor.Is(petition.CadreSupervisor) {
		return nil, notFound()
	}
	var ids []sql.ID
	err = s.db.Select(ctx, &ids, `SELECT id FROM report WHERE unit = ? AND moved_at = 0 ORDER BY id DESC LIMIT ?`, sc.actor.Unit, pageLargest)
	if err != nil {
		return nil, err
	}
	known, err := s.reportTokens(ctx, ids, func(*petition.CadreReport) bool { return true })
	if err != nil {
		return nil, err
	}
	rows, err := s.searchesSince(ctx, since, "/", "0")
	if err != nil {
		return nil, err
	}
	var out []backoffice.TouchingSearch
	for _, r := range rows {
		for report, tokens := range known {
			if touches(r.Tokens, tokens) {
				out = append(out, backoffice.TouchingSearch{At: r.At.Time, Name: r.Name, Unit: petition.UnitID(r.Unit), Report: report})
			}
		}
	}
	return out, nil
}

// TouchedSealed tells the audit administrator which searches of his subtree were for words
// that stand in any sealed report: when, and by whom, once for each search. Which report it
// was, whose compartment and what was looked for is not said; and of a report about
// somebody of his own unit, or about himself, there is nothing here, as if it were not
// there. It fails with NotFound for everybody else.
func (s *Store) TouchedSealed(ctx context.Context, by petition.Actor, since time.Time) ([]backoffice.TouchingSearch, error) {
	sc, err := s.administrator(ctx, by, petition.AuditAdmin)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	own, _ := rules.Units.Unit(sc.actor.Unit)
	var ids []sql.ID
	if err := s.db.Select(ctx, &ids, `SELECT id FROM report WHERE moved_at = 0 ORDER BY id DESC`); err != nil {
		return nil, err
	}
	known, err := s.reportTokens(ctx, ids, func(r *petition.CadreReport) bool {
		return !r.Excluded(own, rules.Units) && !r.HiddenFrom(sc.actor)
	})
	if err != nil {
		return nil, err
	}
	low, high := subtree(sc.path)
	rows, err := s.searchesSince(ctx, since, low, high)
	if err != nil {
		return nil, err
	}
	var out []backoffice.TouchingSearch
	for _, r := range rows {
		for _, tokens := range known {
			if touches(r.Tokens, tokens) {
				out = append(out, backoffice.TouchingSearch{At: r.At.Time, Name: r.Name, Unit: petition.UnitID(r.Unit)})
				break
			}
		}
	}
	return out, nil
}

// loggedSearch is a search as its log has it.
type loggedSearch struct {
	At     sql.Moment `db:"at"`
	Name   string     `db:"name"`
	Unit   string     `db:"unit"`
	Tokens []byte     `db:"tokens"`
}

// searchesSince are the newest searches of units in a range of paths.
func (s *Store) searchesSince(ctx context.Context, since time.Time, low, high string) ([]loggedSearch, error) {
	var rows []loggedSearch
	err := s.db.Select(ctx, &rows, `
		SELECT l.at, COALESCE(s.name, '') AS name, l.unit, l.tokens
		FROM search_log l JOIN unit u ON u.id = l.unit LEFT JOIN staff s ON s.id = l.staff
		WHERE l.at >= ? AND u.path >= ? AND u.path < ? ORDER BY l.at DESC, l.id LIMIT ?`, since, low, high, pageLargest)
	return rows, err
}

// touches tells whether all that was looked for stands in a report.
func touches(asked []byte, known map[string]bool) bool {
	if len(asked) == 0 {
		return false
	}
	for chunk := range slices.Chunk(asked, 8) {
		if !known[string(chunk)] {
			return false
		}
	}
	return true
}

// reportTokens is the words and names of those of the reports that may be told of.
func (s *Store) reportTokens(ctx context.Context, ids []sql.ID, told func(*petition.CadreReport) bool) (map[petition.ID]map[string]bool, error) {
	m := newMarks(s.keys.search)
	known := make(map[petition.ID]map[string]bool)
	for _, id := range ids {
		r, err := s.openReport(ctx, petition.ID(id))
		if err != nil {
			return nil, err
		}
		file, err := r.fold()
		if err != nil {
			return nil, err
		}
		if !told(file) {
			continue
		}
		f := r.filing()
		all := m.text(strings.Join([]string{f.Title, f.Facts, f.Request, f.Reasons, f.About, f.Place}, "\n"))
		all = append(all, m.about(f.About)...)
		for _, p := range people(f) {
			all = append(all, m.of(markName, normal(p.Name)))
		}
		for _, p := range f.Reported {
			all = append(all, m.of(markName, normal(p.Name)))
			all = append(all, m.text(p.Name+"\n"+p.Unit+"\n"+p.Post)...)
			all = append(all, m.about(p.Unit)...)
		}
		set := make(map[string]bool)
		for _, t := range all {
			b, err := hex.DecodeString(t[1:])
			if err != nil {
				return nil, err
			}
			set[string(b)] = true
		}
		known[r.id] = set
	}
	return known, nil
}
