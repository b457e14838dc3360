package portaldb

import (
	"context"
	"time"

	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql"
)

// Draft finds a draft; NotFound if it expired or never was.
func (s *Store) Draft(ctx context.Context, id [32]byte) (portal.Draft, error) {
	var row struct {
		Version int        `db:"version"`
		Sealed  []byte     `db:"sealed"`
		Expires sql.Moment `db:"expires"`
	}
	// A point read is over before anybody could call it off: watching for that costs
	// more than the read.
	err := s.db.Get(context.WithoutCancel(ctx), &row,
		`SELECT version, sealed, expires FROM draft WHERE id = ? AND expires > ?`, id, s.now())
	return portal.Draft{ID: id, Version: row.Version, Sealed: row.Sealed, Expires: row.Expires.Time}, err
}

// SaveDraft writes a draft if its version is still the one read (0: there was none);
// else Conflict.
func (s *Store) SaveDraft(ctx context.Context, d portal.Draft) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if d.Version == 0 {
			return addDraft(ctx, tx, d)
		}
		n, err := tx.Exec(ctx, `
			UPDATE draft SET sealed = ?, expires = ?, version = version + 1
			WHERE id = ? AND version = ?`, d.Sealed, d.Expires, d.ID, d.Version)
		if err == nil && n == 0 {
			err = &petition.Error{Kind: petition.Conflict, Key: "error.conflict"}
		}
		return err
	})
}

func addDraft(ctx context.Context, tx sql.Tx, d portal.Draft) error {
	_, err := tx.Exec(ctx, `INSERT INTO draft (id, version, sealed, expires) VALUES (?, 1, ?, ?)`,
		d.ID, d.Sealed, d.Expires)
	return err
}

// leaveDraft replaces a draft by what filing leaves of it, whatever its version: a
// page open in another window must not keep its content alive.
func leaveDraft(ctx context.Context, tx sql.Tx, d portal.Draft) error {
	n, err := tx.Exec(ctx, `
		UPDATE draft SET sealed = ?, expires = ?, version = version + 1 WHERE id = ?`,
		d.Sealed, d.Expires, d.ID)
	if err == nil && n == 0 {
		err = addDraft(ctx, tx, d)
	}
	return err
}

// DropDraft forgets a draft and its unclaimed files.
func (s *Store) DropDraft(ctx context.Context, id [32]byte) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM draft WHERE id = ?`, id); err != nil {
			return err
		}
		var files []sql.ID
		if err := tx.Select(ctx, &files, `SELECT id FROM file WHERE draft = ?`, id); err != nil {
			return err
		}
		for _, file := range files {
			if err := dropFile(ctx, tx, id, petition.ID(file)); err != nil {
				return err
			}
		}
		return nil
	})
}

// AddChunk stores one sealed chunk of an attachment of a draft: chunk 0 first.
// NotFound if the file is not this draft's or was filed already; Conflict if the
// chunk is there.
func (s *Store) AddChunk(ctx context.Context, c portal.Chunk) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if c.N == 0 {
			_, err := tx.Exec(ctx, `INSERT INTO file (id, draft, item, expires) VALUES (?, ?, ?, ?)`,
				c.File, c.Draft, []byte{}, c.Expires)
			if err != nil {
				return err
			}
		}
		n, err := tx.Exec(ctx, `
			INSERT INTO file_chunk (file, n, sealed) SELECT id, ?, ? FROM file
			WHERE id = ? AND draft = ?`, c.N, c.Sealed, c.File, c.Draft)
		if err == nil && n == 0 {
			err = &petition.Error{Kind: petition.NotFound, Key: "error.not_found"}
		}
		return err
	})
}

// DropFile forgets an attachment that was not yet filed.
func (s *Store) DropFile(ctx context.Context, draft [32]byte, file petition.ID) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		return dropFile(ctx, tx, draft, file)
	})
}

// dropFile deletes a file and its chunks if it is still that draft's.
func dropFile(ctx context.Context, tx sql.Tx, draft [32]byte, file petition.ID) error {
	n, err := tx.Exec(ctx, `DELETE FROM file WHERE id = ? AND draft = ?`, file, draft)
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM file_chunk WHERE file = ?`, file)
	return err
}

// claim gives a draft's files to the item that carries them. All must still be there.
func claim(ctx context.Context, tx sql.Tx, draft [32]byte, files []petition.ID, item petition.ID) error {
	for _, file := range files {
		n, err := tx.Exec(ctx, `UPDATE file SET item = ?, draft = ? WHERE id = ? AND draft = ?`,
			item, []byte{}, file, draft)
		if err != nil {
			return err
		}
		if n == 0 {
			return &petition.Error{Kind: petition.Invalid, Key: "error.invalid",
				Problems: []petition.Problem{{Field: "files", Key: "problem.file_gone"}}}
		}
	}
	return nil
}

// micro is an instant as the database gives it back.
func micro(t time.Time) time.Time { return sql.Time(sql.Instant(t)) }
