package officedb

import (
	"context"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// Exclude bars a member of staff from a case, whatever the role: from now on it does
// not exist for that person, in any list, count or search. Twice is once.
func (s *Store) Exclude(ctx context.Context, id, staff petition.ID, now time.Time) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO exclusion (staff, case_id) VALUES (?, ?)`, staff, id); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, view{chain: officeChain, at: now, action: "excluded", staff: staff})
	})
	if sql.Duplicate(err) {
		return nil
	}
	return err
}
