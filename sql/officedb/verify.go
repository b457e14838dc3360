package officedb

import (
	"context"
	"errors"
	"fmt"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// verifyBatch is how many rows Verify reads at a time.
const verifyBatch = 500

// Broken is the first place where the record is not what was written.
type Broken struct {
	Chain string // "case 0abc…", "office", "cadre/530102", "report 0abc…"; "log", "head" and others of verify_log.go
	N     int64  // the entry; one past the last if some are missing at the end
	Last  int64  // not 0: it is one of those from N to Last
	Why   string
}

func (b *Broken) Error() string {
	if b.Last > b.N {
		return fmt.Sprintf("%s, entries %d to %d: one %s", b.Chain, b.N, b.Last, b.Why)
	}
	return fmt.Sprintf("%s, entry %d: %s", b.Chain, b.N, b.Why)
}

// Verify follows every chain of events, views and reports from its beginning, holds
// all of them against the log of record, and that against its signed heads, exported
// ones included. It names the first entry that was edited, deleted, reordered or cut
// off, as a *Broken. Bodies are opened where a key is left; an event whose body was
// destroyed with its key still proves its envelope.
func (s *Store) Verify(ctx context.Context) error {
	_, err := s.Inspect(ctx)
	return err
}

// Inspect is Verify, and counts what it went through.
func (s *Store) Inspect(ctx context.Context) (Tally, error) {
	if err := s.verifyCases(ctx); err != nil {
		return Tally{}, err
	}
	if err := s.verifyViews(ctx); err != nil {
		return Tally{}, err
	}
	if err := s.verifyReports(ctx); err != nil {
		return Tally{}, err
	}
	return s.verifyLog(ctx)
}

// unreadable tells whether a row could not be read because of what stands in it.
func unreadable(ctx context.Context, err error) bool {
	_, known := errors.AsType[*petition.Error](err)
	return err != nil && !known && ctx.Err() == nil
}

func (s *Store) verifyCases(ctx context.Context) error {
	var after sql.ID
	for {
		var rows []caseRow
		err := s.db.Select(ctx, &rows, `
			SELECT id, version, revision, head, secrets, sealed_up FROM cases WHERE id > ? ORDER BY id LIMIT ?`,
			after, verifyBatch)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := s.verifyUnchanged(ctx, row); err != nil {
				return err
			}
			after = row.ID
		}
		if len(rows) < verifyBatch {
			return s.verifyStrays(ctx)
		}
	}
}

// verifyStrays finds events of cases that were deleted.
func (s *Store) verifyStrays(ctx context.Context) error {
	var stray struct {
		ID sql.ID `db:"case_id"`
		N  int64  `db:"n"`
	}
	err := s.db.Get(ctx, &stray, `
		SELECT e.case_id, e.n FROM event e LEFT JOIN cases c ON c.id = e.case_id
		WHERE c.id IS NULL OR e.n > c.version LIMIT 1`)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &Broken{Chain: caseChain(petition.ID(stray.ID)), N: stray.N, Why: "stands after the last event"}
}

// verifyUnchanged verifies a case, and once more if it was written meanwhile.
func (s *Store) verifyUnchanged(ctx context.Context, row caseRow) error {
	for {
		wrong := s.verifyCase(ctx, row)
		if wrong == nil {
			return nil
		}
		var now caseRow
		err := s.db.Get(ctx, &now, `
			SELECT id, version, revision, head, secrets, sealed_up FROM cases WHERE id = ?`, row.ID)
		if err != nil || now.Revision == row.Revision {
			return wrong
		}
		row = now
	}
}

func caseChain(id petition.ID) string { return "case " + id.String() }

func (s *Store) verifyCase(ctx context.Context, row caseRow) error {
	id := petition.ID(row.ID)
	rows, err := eventsOf(ctx, s.db, id, row.Version)
	if unreadable(ctx, err) {
		return s.unreadableEvent(ctx, id, row.Version)
	}
	if err != nil {
		return err
	}
	var key *exchange.Key
	if !row.SealedUp {
		var keys []wrapped
		if err := s.db.Select(ctx, &keys, `SELECT holder, wrapped FROM case_key WHERE case_id = ?`, id); err != nil {
			return err
		}
		k, err := s.unwrap(ctx, id, keys)
		if err != nil {
			return &Broken{Chain: caseChain(id), N: 1, Why: err.Error()}
		}
		key = &k
	}
	return verifyEvents(id, rows, key, row)
}

// unreadableEvent finds the first event that cannot be read.
func (s *Store) unreadableEvent(ctx context.Context, id petition.ID, upTo int) error {
	for n := 1; n <= upTo; n++ {
		if _, err := eventsOf(ctx, s.db, id, n); unreadable(ctx, err) {
			return &Broken{Chain: caseChain(id), N: int64(n), Why: "cannot be read: " + err.Error()}
		} else if err != nil {
			return err
		}
	}
	return &petition.Error{Kind: petition.Unavailable, Key: "error.unavailable"}
}

func verifyEvents(id petition.ID, rows []eventRow, key *exchange.Key, row caseRow) error {
	var head [32]byte
	for i, r := range rows {
		n := i + 1
		if r.N != n {
			return &Broken{Chain: caseChain(id), N: int64(n), Why: "is missing"}
		}
		if why := verifyBody(id, r, key); why != "" {
			return &Broken{Chain: caseChain(id), N: int64(n), Why: why}
		}
		if head = r.envelope(id).Hash(r.Promise, head); head != r.Hash {
			return &Broken{Chain: caseChain(id), N: int64(n), Why: "was changed, or what stands before it"}
		}
	}
	if len(rows) != row.Version {
		return &Broken{Chain: caseChain(id), N: int64(len(rows) + 1), Why: "is missing"}
	}
	if head != row.Head {
		return &Broken{Chain: caseChain(id), N: int64(len(rows)), Why: "is not the last that was written"}
	}
	return nil
}

// verifyBody tells what is wrong with a body; "" for nothing.
func verifyBody(id petition.ID, r eventRow, key *exchange.Key) string {
	if key == nil && len(r.Body) > 0 {
		return "has a body again"
	}
	if key == nil {
		return ""
	}
	body, err := key.Open(r.Body, bodyPlace(id, r.N))
	if err != nil {
		return "its body does not open"
	}
	promise, err := petition.Commitment(body)
	if err != nil || promise != r.Promise {
		return "its body is not the one that was written"
	}
	return ""
}

func (s *Store) verifyViews(ctx context.Context) error {
	var chains []struct {
		Name string   `db:"name"`
		N    int64    `db:"n"`
		Hash sql.Hash `db:"hash"`
	}
	if err := s.db.Select(ctx, &chains, `SELECT name, n, hash FROM chain ORDER BY name`); err != nil {
		return err
	}
	for _, c := range chains {
		if err := s.verifyChain(ctx, c.Name, c.N, c.Hash); err != nil {
			return err
		}
	}
	return s.verifyStrayViews(ctx)
}

// verifyStrayViews finds entries behind the end of their chain, or of none.
func (s *Store) verifyStrayViews(ctx context.Context) error {
	var stray struct {
		Chain string `db:"chain"`
		N     int64  `db:"n"`
	}
	err := s.db.Get(ctx, &stray, `
		SELECT a.chain, a.n FROM audit a LEFT JOIN chain c ON c.name = a.chain
		WHERE c.name IS NULL OR a.n > c.n ORDER BY a.chain, a.n LIMIT 1`)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &Broken{Chain: stray.Chain, N: stray.N, Why: "stands behind the last entry"}
}

func (s *Store) verifyChain(ctx context.Context, name string, length int64, last sql.Hash) error {
	var n int64
	var head sql.Hash
	page := verifyBatch
	for {
		var rows []link
		err := s.db.Select(ctx, &rows, `
			SELECT n, at, staff, unit, action, case_id, file, digest, hash, purpose FROM audit
			WHERE chain = ? AND n > ? AND n <= ? ORDER BY n LIMIT ?`, name, n, length, page)
		if unreadable(ctx, err) && page > 1 {
			page = 1 // to find which
			continue
		}
		if unreadable(ctx, err) {
			return &Broken{Chain: name, N: n + 1, Why: "cannot be read: " + err.Error()}
		}
		if err != nil {
			return err
		}
		for _, l := range rows {
			n++
			if why := l.wrong(name, n, head); why != "" {
				return &Broken{Chain: name, N: n, Why: why}
			}
			head = l.Hash
		}
		if len(rows) < page {
			break
		}
	}
	if n != length || head != last {
		return &Broken{Chain: name, N: n + 1, Why: "is missing, or too much"}
	}
	return nil
}

// wrong tells what is wrong with the n-th entry of a chain; "" for nothing.
func (l link) wrong(chain string, n int64, previous sql.Hash) string {
	switch {
	case l.N != n:
		return "is missing"
	case l.Digest != digestOf(l.Purpose):
		return "its purpose was changed"
	case l.hash(chain, previous) != l.Hash:
		return "was changed, or what stands before it"
	}
	return ""
}
