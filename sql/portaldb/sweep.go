package portaldb

import (
	"context"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

const (
	sweepAtOnce = 200                  // rows in one transaction, so that nobody waits long
	filesAtOnce = 10                   // a file has up to 80 chunks
	seenLife    = 180 * 24 * time.Hour // how late an item may be delivered again
)

// Sweep deletes expired drafts, files, captchas, tries and day keys. It may be run on
// several nodes at once.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	if err := s.sweepFiles(ctx, now); err != nil {
		return err
	}
	for _, sweep := range []func(context.Context, sql.Tx, time.Time) (int, error){
		sweepDrafts, sweepCaptchas, sweepTries, sweepDays, sweepSeen,
	} {
		if err := s.sweepAll(ctx, now, sweep); err != nil {
			return err
		}
	}
	return nil
}

// sweepAll runs one sweep in small transactions until it finds nothing more.
func (s *Store) sweepAll(ctx context.Context, now time.Time, sweep func(context.Context, sql.Tx, time.Time) (int, error)) error {
	for {
		found := 0
		err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) (err error) {
			found, err = sweep(ctx, tx, now)
			return err
		})
		if err != nil || found < sweepAtOnce {
			return err
		}
	}
}

func sweepDrafts(ctx context.Context, tx sql.Tx, now time.Time) (int, error) {
	var ids []sql.Hash
	err := tx.Select(ctx, &ids, `SELECT id FROM draft WHERE expires < ? ORDER BY expires LIMIT ?`, now, sweepAtOnce)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if _, err := tx.Exec(ctx, `DELETE FROM draft WHERE id = ? AND expires < ?`, id, now); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func sweepCaptchas(ctx context.Context, tx sql.Tx, now time.Time) (int, error) {
	var ids []sql.ID
	err := tx.Select(ctx, &ids, `SELECT id FROM captcha WHERE expires < ? ORDER BY expires LIMIT ?`, now, sweepAtOnce)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	for part := range sql.Parts(sql.IDs(ids)) {
		_, err := tx.Exec(ctx, `DELETE FROM captcha WHERE id IN (`+sql.Marks(len(part))+`)`, sql.Args(part)...)
		if err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func sweepTries(ctx context.Context, tx sql.Tx, now time.Time) (int, error) {
	var rows []struct {
		Bucket sql.Hash `db:"bucket"`
		Start  int64    `db:"slot"`
	}
	err := tx.Select(ctx, &rows, `SELECT bucket, slot FROM tries WHERE expires < ? ORDER BY expires LIMIT ?`, now, sweepAtOnce)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		if _, err := tx.Exec(ctx, `DELETE FROM tries WHERE bucket = ? AND slot = ?`, r.Bucket, r.Start); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

func sweepDays(ctx context.Context, tx sql.Tx, now time.Time) (int, error) {
	n, err := tx.Exec(ctx, `DELETE FROM day_key WHERE expires < ?`, now)
	return int(min(n, sweepAtOnce-1)), err
}

func sweepSeen(ctx context.Context, tx sql.Tx, now time.Time) (int, error) {
	var ids []sql.ID
	err := tx.Select(ctx, &ids, `SELECT id FROM seen WHERE at < ? ORDER BY at LIMIT ?`, now.Add(-seenLife), sweepAtOnce)
	if err != nil {
		return 0, err
	}
	for part := range sql.Parts(sql.IDs(ids)) {
		_, err := tx.Exec(ctx, `DELETE FROM seen WHERE id IN (`+sql.Marks(len(part))+`)`, sql.Args(part)...)
		if err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// sweepFiles deletes files that nobody filed and whose draft is gone or expired too.
func (s *Store) sweepFiles(ctx context.Context, now time.Time) error {
	for {
		var rows []struct {
			ID    sql.ID   `db:"id"`
			Draft sql.Hash `db:"draft"`
		}
		err := s.db.Select(ctx, &rows, `
			SELECT f.id, f.draft FROM file f LEFT JOIN draft d ON d.id = f.draft AND d.expires >= ?
			WHERE f.item = ? AND f.expires < ? AND d.id IS NULL
			ORDER BY f.expires LIMIT ?`, now, []byte{}, now, filesAtOnce)
		if err != nil || len(rows) == 0 {
			return err
		}
		err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
			for _, r := range rows {
				if err := dropFile(ctx, tx, r.Draft, petition.ID(r.ID)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}
