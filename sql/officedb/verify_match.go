package officedb

import (
	"context"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"huiyin/petition"
	"huiyin/sql"
)

const (
	matchPart = 4 << 20 // leaves compared in one pass: some 300 MB
	entryPage = 5000    // entries read at a time
)

// entryRef names an entry.
type entryRef struct {
	kind string // "case", "report"; "" for a chain of views
	id   petition.ID
	name string // of a chain of views
	n    int64
}

func (r entryRef) broken(why string) *Broken {
	b := &Broken{Chain: r.name, N: r.n, Why: why}
	switch r.kind {
	case "case":
		b.Chain = caseChain(r.id)
	case "report":
		b.Chain = reportChain(r.id)
	}
	return b
}

// match holds the hashes of all entries against those in the log and in the queue:
// each must have its partner.
type match struct {
	s       *Store
	size    int64                  // of the log
	waiting map[tlog.Hash]*waiting // the queue, read before the log

	strange []strange // entries that are in neither, in the order of their chains
	missing int64     // first position without an entry; 0 for none
	twice   int64     // first position whose entry has one before; 0 for none
}

type waiting struct {
	place  int64 // in the queue, from 1
	seen   bool  // there is such an entry
	placed bool  // it is in the log as well
}

type strange struct {
	ref  entryRef
	leaf tlog.Hash
}

// waitingHashes reads the queue. An entry that waits twice is *Broken.
func (s *Store) waitingHashes(ctx context.Context) (map[tlog.Hash]*waiting, error) {
	out := make(map[tlog.Hash]*waiting)
	var after sql.ID
	for place := int64(1); ; {
		var rows []struct {
			ID   sql.ID `db:"id"`
			Hash []byte `db:"hash"`
		}
		err := s.db.Select(ctx, &rows, `SELECT id, hash FROM unsequenced WHERE id > ? ORDER BY id LIMIT ?`, after, entryPage)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			leaf := tlog.RecordHash(r.Hash)
			if out[leaf] != nil {
				return nil, &Broken{Chain: queueChain, N: place, Why: "stands there a second time"}
			}
			out[leaf] = &waiting{place: place}
			place, after = place+1, r.ID
		}
		if len(rows) < entryPage {
			return out, nil
		}
	}
}

// run compares, part by part of the hashes so that any log fits into memory.
func (m *match) run(ctx context.Context) error {
	parts := 1 + m.size/matchPart
	for part := range parts {
		if err := m.part(ctx, func(h tlog.Hash) bool { return int64(h[0])%parts == part }); err != nil {
			return err
		}
	}
	return nil
}

func (m *match) part(ctx context.Context, mine func(tlog.Hash) bool) error {
	places := make(map[tlog.Hash]int64)
	err := m.s.eachTile(ctx, 0, m.size, func(n int64, hashes []tlog.Hash) error {
		for i, h := range hashes {
			if mine(h) {
				m.place(places, h, n*tileWidth+int64(i)+1)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = m.s.eachEntry(ctx, func(ref entryRef, hash []byte) {
		leaf := tlog.RecordHash(hash)
		if !mine(leaf) {
			return
		}
		_, placed := places[leaf]
		delete(places, leaf)
		w := m.waiting[leaf]
		if w != nil {
			w.seen = true
		}
		if !placed && w == nil {
			m.strange = append(m.strange, strange{ref, leaf})
		}
	})
	for _, place := range places {
		m.missing = earlier(m.missing, place)
	}
	return err
}

func (m *match) place(places map[tlog.Hash]int64, h tlog.Hash, at int64) {
	if _, before := places[h]; before {
		m.twice = earlier(m.twice, at)
	}
	places[h] = at
	if w := m.waiting[h]; w != nil {
		w.placed = true
	}
}

// earlier is the smaller of two positions, of which 0 is none.
func earlier(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// verdict names the first thing that is wrong. Where the log is not the signed one,
// a position without an entry is where it was changed; else the log is believed and
// the entry was changed.
func (m *match) verdict(ctx context.Context, inLog error) error {
	if b, ok := errors.AsType[*Broken](inLog); ok {
		if b.Chain == logChain && b.N <= m.missing && m.missing <= b.Last {
			b.N, b.Last = m.missing, 0
		}
		return b
	}
	if err := m.stillStrange(ctx); err != nil {
		return err
	}
	if m.missing > 0 {
		return &Broken{Chain: logChain, N: m.missing, Why: "its entry was deleted or changed"}
	}
	if m.twice > 0 {
		return &Broken{Chain: logChain, N: m.twice, Why: "its entry has a position before"}
	}
	return m.queue(ctx)
}

// stillStrange drops the entries that were written since the queue was read: by now
// they wait or were sequenced. It fails with the first that is left.
func (m *match) stillStrange(ctx context.Context) error {
	if len(m.strange) == 0 {
		return nil
	}
	known, err := m.s.waitingHashes(ctx)
	if err != nil {
		return err
	}
	last, err := m.s.lastHead(ctx)
	if err != nil {
		return err
	}
	err = m.s.eachTile(ctx, 0, last.Size, func(n int64, hashes []tlog.Hash) error {
		for i, h := range hashes {
			if n*tileWidth+int64(i) >= m.size {
				known[h] = &waiting{}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range m.strange {
		if known[s.leaf] == nil {
			return s.ref.broken("is not the one that was sequenced, and does not wait for it")
		}
	}
	return nil
}

// queue finds what waits and is no entry, or waits although it has a position.
func (m *match) queue(ctx context.Context) error {
	var first *waiting
	placed := false
	for _, w := range m.waiting {
		placed = placed || w.placed
		if !w.seen && (first == nil || w.place < first.place) {
			first = w
		}
	}
	if first != nil {
		return &Broken{Chain: queueChain, N: first.place, Why: "is no entry, or one that was changed"}
	}
	if !placed {
		return nil
	}
	now, err := m.s.waitingHashes(ctx) // those that were only sequenced meanwhile are gone
	if err != nil {
		return err
	}
	for leaf, w := range m.waiting {
		if w.placed && now[leaf] != nil {
			return &Broken{Chain: queueChain, N: now[leaf].place, Why: "has a position already"}
		}
	}
	return nil
}

// eachEntry reads the hash of every entry there is.
func (s *Store) eachEntry(ctx context.Context, visit func(ref entryRef, hash []byte)) error {
	if err := s.eachSealedEntry(ctx, "case", eventPage, visit); err != nil {
		return err
	}
	if err := s.eachView(ctx, visit); err != nil {
		return err
	}
	return s.eachSealedEntry(ctx, "report", reportPage, visit)
}

// Pages of entries, from the one after (id, n).
const (
	eventPage = `
		SELECT case_id AS id, n, hash FROM event
		WHERE case_id >= ? AND (case_id > ? OR n > ?) ORDER BY case_id, n LIMIT ?`
	reportPage = `
		SELECT report AS id, n, hash FROM report_entry
		WHERE report >= ? AND (report > ? OR n > ?) ORDER BY report, n LIMIT ?`
)

func (s *Store) eachSealedEntry(ctx context.Context, kind, page string, visit func(ref entryRef, hash []byte)) error {
	var id sql.ID
	n := int64(-1)
	for {
		var rows []struct {
			ID   sql.ID `db:"id"`
			N    int64  `db:"n"`
			Hash []byte `db:"hash"`
		}
		if err := s.db.Select(ctx, &rows, page, id, id, n, entryPage); err != nil {
			return err
		}
		for _, r := range rows {
			visit(entryRef{kind: kind, id: petition.ID(r.ID), n: r.N}, r.Hash)
			id, n = r.ID, r.N
		}
		if len(rows) < entryPage {
			return nil
		}
	}
}

func (s *Store) eachView(ctx context.Context, visit func(ref entryRef, hash []byte)) error {
	chain, n := "", int64(-1)
	for {
		var rows []struct {
			Chain string `db:"chain"`
			N     int64  `db:"n"`
			Hash  []byte `db:"hash"`
		}
		err := s.db.Select(ctx, &rows, `
			SELECT chain, n, hash FROM audit
			WHERE chain >= ? AND (chain > ? OR n > ?) ORDER BY chain, n LIMIT ?`, chain, chain, n, entryPage)
		if err != nil {
			return err
		}
		for _, r := range rows {
			visit(entryRef{name: r.Chain, n: r.N}, r.Hash)
			chain, n = r.Chain, r.N
		}
		if len(rows) < entryPage {
			return nil
		}
	}
}
