package officedb

import (
	"context"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// sealedIndex is the index of one compartment: a file of its own, its tokens under a key
// that comes from the compartment's, opened when its own people search and brought up to
// date then. Nothing of it stands in the index of ordinary cases; deleted, it is built
// anew.
type sealedIndex struct {
	mu    sync.Mutex // one brings it up to date at a time
	db    *sql.DB
	key   exchange.Key
	unit  petition.UnitID
	store *Store
}

func (x *sealedIndex) close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.db.Close()
}

// compartmentIndex opens the index of a compartment. Its file is named by a MAC, so that
// the folder does not tell whose they are.
func (x *Index) compartmentIndex(ctx context.Context, unit petition.UnitID) (*sealedIndex, error) {
	h, err := x.store.holder(ctx, exchange.CadreHolder(unit))
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if have := x.sealed[h.id]; have != nil {
		return have, nil
	}
	name := x.store.keys.search.MAC("sealed index", []byte(h.id))
	db, err := openIndexFile(ctx, filepath.Join(x.folder, hex.EncodeToString(name[:16])+".db"))
	if err != nil {
		return nil, err
	}
	x.sealed[h.id] = &sealedIndex{db: db, key: h.search, unit: unit, store: x.store}
	return x.sealed[h.id], nil
}

// feed takes in what is new or has changed, and drops what was sealed up.
func (x *sealedIndex) feed(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	var all []changedRow
	err := x.store.db.Select(ctx, &all, `
		SELECT id, version AS revision, received, CASE WHEN moved_at > 0 THEN 1 ELSE 0 END AS sealed_up
		FROM report WHERE unit = ? ORDER BY id`, x.unit)
	if err != nil {
		return err
	}
	fresh, err := missing(ctx, x.db, all)
	if err != nil {
		return err
	}
	fresh = slices.DeleteFunc(fresh, func(r changedRow) bool { return r.SealedUp && r.Row == 0 })
	for batch := range slices.Chunk(fresh, feedBatch) {
		if err := x.take(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

func (x *sealedIndex) take(ctx context.Context, rows []changedRow) error {
	m := newMarks(x.key)
	for i, r := range rows {
		if r.SealedUp {
			continue
		}
		opened, err := x.store.openReport(ctx, petition.ID(r.ID))
		if err != nil {
			return err
		}
		tokens := m.text(reportText(opened))
		slices.Sort(tokens)
		rows[i].body, rows[i].Revision = strings.Join(slices.Compact(tokens), " "), int64(opened.version)
	}
	return x.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, r := range rows {
			if err := r.write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// SearchReports finds reports of the reader's own compartment by words that stand in them,
// newest first. It checks: the reader is a cadre supervisor (else NotFound, as for what is
// not there); the words can be looked for (Invalid). A hit counts only if this reader may
// open the report and the words stand in its text. The search is on record as tokens under
// the compartment's key. It fails with Unavailable where this node has no index.
func (s *Store) SearchReports(ctx context.Context, by petition.Actor, words string, before int64, now time.Time) (backoffice.ReportPage, error) {
	var out backoffice.ReportPage
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return out, err
	}
	if !sc.actor.Is(petition.CadreSupervisor) {
		return out, notFound()
	}
	whole := s.index.Load()
	if whole == nil {
		return out, &petition.Error{Kind: petition.Unavailable, Key: "error.no_index"}
	}
	x, err := whole.compartmentIndex(ctx, sc.actor.Unit)
	if err != nil {
		return out, err
	}
	tokens, err := x.asked(words)
	if err != nil {
		return out, err
	}
	if err := s.logSearch(ctx, sc, tokens, "", now); err != nil {
		return out, err
	}
	if err := x.feed(ctx); err != nil {
		return out, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return out, err
	}
	out.Rows, out.Next, out.Narrow, err = walkHits(ctx, x.db, strings.Join(tokens, " AND "), before,
		func([]petition.ID) (looker[backoffice.ReportRow], error) {
			return func(id petition.ID) (backoffice.ReportRow, bool, error) {
				return s.reportHit(ctx, sc, words, id, rules)
			}, nil
		})
	return out, err
}

// asked is what is looked for, as tokens of the compartment.
func (x *sealedIndex) asked(words string) ([]string, error) {
	tokens, wrong := newMarks(x.key).text(words), tooShort("words", words)
	if len(tokens) == 0 && len(wrong) == 0 {
		wrong = []petition.Problem{{Field: "words", Key: "problem.search_words"}}
	}
	if len(wrong) > 0 {
		return nil, &petition.Error{Kind: petition.Invalid, Key: "error.check_form", Problems: wrong}
	}
	slices.Sort(tokens)
	return slices.Compact(tokens), nil
}

// reportHit opens a candidate if the reader may, and looks whether the words stand there.
func (s *Store) reportHit(ctx context.Context, sc scope, words string, id petition.ID, rules petition.Rules) (backoffice.ReportRow, bool, error) {
	r, err := s.reportFor(ctx, sc, id)
	if petition.Is(err, petition.NotFound) {
		return backoffice.ReportRow{}, false, nil
	}
	if err != nil || !contains(reportText(r), words) {
		return backoffice.ReportRow{}, false, err
	}
	file, err := r.fold()
	if err != nil {
		return backoffice.ReportRow{}, false, err
	}
	return r.row(file, rules), true, nil
}

// reportText is every word of a report and of what was done about it; not who reported.
func reportText(r *report) string {
	f := r.filing()
	all := []string{f.Title, f.Facts, f.Request, f.Reasons, f.Place, f.When, f.About}
	for _, p := range f.Reported {
		all = append(all, p.Name, p.Unit, p.Post)
	}
	for _, e := range r.events {
		act := e.Act
		if act.Proposed != nil {
			act = *act.Proposed
		}
		all = append(all, act.Text, act.Reason)
		if act.Cadre != nil {
			all = append(all, act.Cadre.Words()...)
		}
	}
	return strings.Join(all, "\n")
}
