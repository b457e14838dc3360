package officedb

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	searchPage  = 20
	searchBatch = 25  // candidates read at once: a page and a few that do not count
	searchMost  = 400 // candidates looked at for one page; then: narrow your search
)

// Search finds cases, newest first. A hit counts only if the reader may see the case
// and the words stand in its text: what is hidden from him leaves no hit, no count and
// no gap. Every search is on record as keyed tokens; one for a name needs a purpose. It
// fails with Invalid for words too short to look for, and with Unavailable where this
// node has no index.
func (s *Store) Search(ctx context.Context, by petition.Actor, q backoffice.SearchQuery, now time.Time) (backoffice.SearchPage, error) {
	var out backoffice.SearchPage
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return out, err
	}
	if !sc.actor.Is(workers...) {
		return out, notFound()
	}
	x := s.index.Load()
	if x == nil {
		return out, &petition.Error{Kind: petition.Unavailable, Key: "error.no_index"}
	}
	tokens, err := x.asked(sc, q)
	if err != nil {
		return out, err
	}
	if err := s.logSearch(ctx, sc, tokens, q.Purpose, now); err != nil {
		return out, err
	}
	match := strings.Join(append(slices.Clone(tokens), x.within(sc)), " AND ")
	return out, s.found(ctx, sc, x, q, match, &out)
}

// asked is what is looked for, as tokens.
func (x *Index) asked(sc scope, q backoffice.SearchQuery) ([]string, error) {
	m := x.marks()
	tokens := m.text(q.Words)
	wrong := tooShort("words", q.Words)
	if q.About != "" {
		tokens = append(tokens, m.about(q.About)...)
		wrong = append(wrong, tooShort("about", q.About)...)
	}
	if q.Name != "" {
		if !sc.actor.Is(identifiers...) {
			return nil, &petition.Error{Kind: petition.Forbidden, Key: "error.not_your_role"}
		}
		if strings.TrimSpace(q.Purpose) == "" {
			wrong = append(wrong, petition.Problem{Field: "purpose", Key: "problem.purpose_words"})
		}
		tokens = append(tokens, m.of(markName, normal(q.Name)))
	}
	if q.Topic != "" {
		tokens = append(tokens, m.of(markTopic, string(q.Topic)))
	}
	if q.Track != "" {
		tokens = append(tokens, m.of(markTrack, string(q.Track)))
	}
	if q.Unit != "" {
		tokens = append(tokens, m.of(markTree, string(q.Unit)))
	}
	if len(tokens) == 0 && len(wrong) == 0 {
		wrong = append(wrong, petition.Problem{Field: "words", Key: "problem.search_empty"})
	}
	if len(wrong) > 0 {
		return nil, &petition.Error{Kind: petition.Invalid, Key: "error.check_form", Problems: wrong}
	}
	slices.Sort(tokens)
	return slices.Compact(tokens), nil
}

// tooShort is the problem of a single Chinese character, which the index does not know.
func tooShort(field, words string) []petition.Problem {
	han, _ := runs(words)
	if slices.ContainsFunc(han, func(run []rune) bool { return len(run) < 2 }) {
		return []petition.Problem{{Field: field, Key: "problem.search_short"}}
	}
	return nil
}

// within limits the index to what the reader's role reaches; the guard in SQL decides.
func (x *Index) within(sc scope) string {
	m := x.marks()
	own := m.of(markUnit, string(sc.actor.Unit))
	if sc.actor.Is(overseers...) {
		return "(" + own + " OR " + m.of(markTree, string(sc.actor.Unit)) + ")"
	}
	return own
}

// found walks the hits from the newest on until the page is full.
func (s *Store) found(ctx context.Context, sc scope, x *Index, q backoffice.SearchQuery, match string, out *backoffice.SearchPage) (err error) {
	out.Rows, out.Next, out.Narrow, err = walkHits(ctx, x.db, match, q.Before,
		func(ids []petition.ID) (looker[backoffice.QueueRow], error) { return s.candidates(ctx, sc, q, ids) })
	return err
}

// looker opens a candidate and tells whether it counts.
type looker[T any] func(id petition.ID) (row T, ok bool, err error)

// walkHits looks at candidates from the newest on until a page is full of those that
// count; next is where the page after it begins, and 0 where there is none. A batch of them
// is read at once, before the first is opened.
func walkHits[T any](ctx context.Context, db *sql.DB, match string, before int64, read func([]petition.ID) (looker[T], error)) (rows []T, next int64, narrow bool, err error) {
	if before == 0 {
		before = 1 << 62
	}
	for looked := 0; looked < searchMost; looked += searchBatch {
		var hits []struct {
			Row int64  `db:"row"`
			ID  sql.ID `db:"case_id"`
		}
		err := db.Select(ctx, &hits, `
			SELECT ref.row, ref.case_id FROM doc JOIN ref ON ref.row = doc.rowid
			WHERE doc MATCH ? AND doc.rowid < ? ORDER BY doc.rowid DESC LIMIT ?`, match, before, searchBatch)
		if err != nil {
			return nil, 0, false, fmt.Errorf("the search index: %w", err)
		}
		ids := make([]petition.ID, len(hits))
		for i, one := range hits {
			ids[i] = petition.ID(one.ID)
		}
		look, err := read(ids)
		if err != nil {
			return nil, 0, false, err
		}
		for _, one := range hits {
			row, ok, err := look(petition.ID(one.ID))
			if err != nil {
				return nil, 0, false, err
			}
			if ok && len(rows) == searchPage {
				return rows, before, false, nil
			}
			if ok {
				rows = append(rows, row)
			}
			before = one.Row
		}
		if len(hits) < searchBatch {
			return rows, 0, false, nil
		}
	}
	return rows, before, true, nil
}

// candidates reads those that the reader may see and their legs; the rest counts for
// nothing.
func (s *Store) candidates(ctx context.Context, sc scope, q backoffice.SearchQuery, ids []petition.ID) (looker[backoffice.QueueRow], error) {
	if len(ids) == 0 {
		return nil, nil
	}
	shut, err := s.shutCases(ctx, ids, visibleCase, sc.guard()...)
	if err != nil {
		return nil, err
	}
	legs, err := legsOfMany(ctx, s.db, slices.Collect(maps.Keys(shut)))
	return func(id petition.ID) (backoffice.QueueRow, bool, error) {
		one := shut[id]
		if one == nil {
			return backoffice.QueueRow{}, false, nil
		}
		return s.hit(ctx, sc, q, one, legs[id])
	}, err
}

// hit opens a candidate and looks whether it is what was asked for.
func (s *Store) hit(ctx context.Context, sc scope, q backoffice.SearchQuery, one *shutCase, legs []legRow) (backoffice.QueueRow, bool, error) {
	c, err := s.openShut(ctx, one)
	if err != nil {
		return backoffice.QueueRow{}, false, err
	}
	c = s.veiled(sc, c)
	if q.Words != "" && !contains(caseText(c), q.Words) || q.About != "" && !contains(c.Filing.About, q.About) {
		return backoffice.QueueRow{}, false, nil
	}
	at := 0
	for i, l := range legs {
		if l.Unit == string(sc.actor.Unit) || at == 0 {
			at = i
		}
	}
	row := legs[at]
	day := petition.Day(c.Received)
	switch {
	case q.State != "" && row.State != string(q.State), q.From != "" && day < q.From, q.To != "" && day > q.To:
		return backoffice.QueueRow{}, false, nil
	}
	rows, err := s.lines(ctx, sc, []legRow{row})
	if err != nil {
		return backoffice.QueueRow{}, false, err
	}
	return rows[0], true, nil
}

// logSearch keeps what was looked for, as tokens; the purpose is sealed.
func (s *Store) logSearch(ctx context.Context, sc scope, tokens []string, purpose string, now time.Time) error {
	id, err := newID(now)
	if err != nil {
		return err
	}
	var packed []byte
	for _, t := range tokens {
		b, err := hex.DecodeString(t[1:])
		if err != nil {
			return err
		}
		packed = append(packed, b...)
	}
	sealed := []byte{}
	if purpose != "" {
		sealed = s.keys.master.Seal([]byte(purpose), place("search_log", "purpose", id[:]))
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO search_log (id, at, staff, unit, tokens, purpose) VALUES (?, ?, ?, ?, ?, ?)`,
			id, now, sc.actor.Staff, sc.actor.Unit, packed, sealed)
		return err
	})
}
