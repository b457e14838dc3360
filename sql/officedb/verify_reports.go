package officedb

import (
	"context"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// reportHead is a report's row, as far as its entries rest on it.
type reportHead struct {
	ID      sql.ID `db:"id"`
	Unit    string `db:"unit"`
	Version int    `db:"version"`
	Wrapped []byte `db:"wrapped"`
	MovedAt int64  `db:"moved_at"` // sealed up: the key is gone, and only the hashes can be checked
}

func reportChain(id petition.ID) string { return "report " + id.String() }

func (s *Store) verifyReports(ctx context.Context) error {
	var after sql.ID
	for {
		var rows []reportHead
		err := s.db.Select(ctx, &rows, `
			SELECT id, unit, version, wrapped, moved_at FROM report WHERE id > ? ORDER BY id LIMIT ?`, after, verifyBatch)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.verifyReport(ctx, r); err != nil {
				return err
			}
			after = r.ID
		}
		if len(rows) < verifyBatch {
			return s.verifyStrayEntries(ctx)
		}
	}
}

// verifyReport opens every entry: its place is bound into the seal, so that one moved
// to another report opens there no more.
func (s *Store) verifyReport(ctx context.Context, row reportHead) error {
	id := petition.ID(row.ID)
	entries, err := s.entriesOf(ctx, id, row.Version)
	if err != nil {
		return err
	}
	r := report{id: id}
	if row.MovedAt == 0 {
		holder := exchange.CadreHolder(petition.UnitID(row.Unit))
		if r.key, err = s.unwrap(ctx, id, []wrapped{{Holder: holder, Key: row.Wrapped}}); err != nil {
			return &Broken{Chain: reportChain(id), N: 1, Why: err.Error()}
		}
	}
	for i, e := range entries {
		r.head = entryHash(r.head, e)
		switch {
		case e.N != i+1:
			return &Broken{Chain: reportChain(id), N: int64(i + 1), Why: "is missing"}
		case r.head != e.Hash:
			return &Broken{Chain: reportChain(id), N: int64(i + 1), Why: "was changed, or what stands before it"}
		case row.MovedAt == 0 && r.open(e) != nil:
			return &Broken{Chain: reportChain(id), N: int64(i + 1), Why: "does not open"}
		}
	}
	if len(entries) != row.Version {
		return &Broken{Chain: reportChain(id), N: int64(len(entries) + 1), Why: "is missing"}
	}
	return nil
}

func (s *Store) entriesOf(ctx context.Context, id petition.ID, upTo int) ([]sealedEntry, error) {
	read := func(upTo int) (entries []sealedEntry, err error) {
		err = s.db.Select(ctx, &entries, `
			SELECT n, at, hash, sealed FROM report_entry WHERE report = ? AND n <= ? ORDER BY n`, id, upTo)
		return entries, err
	}
	entries, err := read(upTo)
	if !unreadable(ctx, err) {
		return entries, err
	}
	n := 1
	for ; n < upTo; n++ {
		if _, err := read(n); unreadable(ctx, err) {
			break
		}
	}
	return nil, &Broken{Chain: reportChain(id), N: int64(n), Why: "cannot be read: " + err.Error()}
}

// verifyStrayEntries finds entries behind the end of their report, or of none.
func (s *Store) verifyStrayEntries(ctx context.Context) error {
	var stray struct {
		ID sql.ID `db:"report"`
		N  int64  `db:"n"`
	}
	err := s.db.Get(ctx, &stray, `
		SELECT e.report, e.n FROM report_entry e LEFT JOIN report r ON r.id = e.report
		WHERE r.id IS NULL OR e.n > r.version ORDER BY e.report, e.n LIMIT 1`)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &Broken{Chain: reportChain(petition.ID(stray.ID)), N: stray.N, Why: "stands behind the last entry"}
}
