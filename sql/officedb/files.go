package officedb

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// pendingLimit is how long a file may lie here that no event names.
const pendingLimit = 24 * time.Hour

func addPending(ctx context.Context, tx sql.Tx, file petition.ID, now time.Time, sealed []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO file_pending (file, made_at, sealed) VALUES (?, ?, ?)`, file, now, sealed)
	return err
}

// renewPending lets a file wait longer while its item is still being tried, so that the
// sweep never comes between the copy and the taking.
func renewPending(ctx context.Context, tx sql.Tx, file petition.ID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE file_pending SET made_at = ? WHERE file = ? AND made_at <= ?`,
		now, file, now.Add(-pendingLimit/2))
	return err
}

// OpenFile streams an attachment to w: the working copy, or the original where that is
// asked for or there is no other. It checks, in this order: the case is visible; the
// reader's role and unit may identify (Forbidden), because attachments show who people
// are; the file is one of the case's; a purpose is stated. The log entry is stored
// before the first byte goes out.
func (s *Store) OpenFile(ctx context.Context, by petition.Actor, id, file petition.ID, original bool, purpose string, now time.Time, w io.Writer) (petition.File, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.File{}, err
	}
	h, err := s.hold(ctx, sc, id)
	if petition.Is(err, petition.NotFound) {
		return s.openReportFile(ctx, sc, id, file, original, purpose, now, w)
	}
	if err != nil {
		return petition.File{}, err
	}
	f, internal, ok := findFile(h.c.Events, file)
	if !ok {
		return petition.File{}, notFound()
	}
	if !internal && !sc.identifiable(h.c) {
		return petition.File{}, &petition.Error{Kind: petition.Forbidden, Key: "error.identity_not_yours"}
	}
	seen, err := s.looked(sc, id, viewedFile, purpose, now)
	if err != nil {
		return petition.File{}, err
	}
	seen.file = file
	if err := s.log(ctx, seen); err != nil {
		return petition.File{}, err
	}
	return s.stream(ctx, f, original, w)
}

// stream opens a file's chunks one after the other.
func (s *Store) stream(ctx context.Context, f petition.File, original bool, w io.Writer) (petition.File, error) {
	if f.Clean != nil && !original {
		f = *f.Clean
	}
	if len(f.Key) != len(exchange.Key{}) {
		return petition.File{}, notFound()
	}
	key := exchange.Key(f.Key)
	f.Key, f.Clean = nil, nil
	fetch := func(n int) ([]byte, error) {
		var sealed []byte
		err := s.db.Get(ctx, &sealed, `SELECT sealed FROM file_chunk WHERE file = ? AND n = ?`, f.ID, n)
		return sealed, err
	}
	return f, attachment.Open(key, f.ID, f.Chunks, fetch, w)
}

// findFile looks for a file in all that was filed, sent and written; internal tells
// that staff added it.
func findFile(events []petition.Event, id petition.ID) (f petition.File, internal, ok bool) {
	for _, e := range events {
		files := e.Act.Files
		if e.Act.Filing != nil {
			files = append(append([]petition.File(nil), files...), e.Act.Filing.Files...)
		}
		for _, f := range files {
			if f.ID == id {
				return f, e.By.Kind == petition.ByStaff && e.Act.Filing == nil, true
			}
		}
	}
	return petition.File{}, false, false
}

// AddFile seals and stores an internal document of a visible case. What it returns has
// no key: an act that names the file by its id finds it here. A document that no act
// names within a day is forgotten.
func (s *Store) AddFile(ctx context.Context, by petition.Actor, id petition.ID, name, mediaType string, r io.Reader, now time.Time) (petition.File, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.File{}, err
	}
	if err := s.mayOpen(ctx, sc, id); err != nil {
		return petition.File{}, err
	}
	f := petition.File{Name: name, Type: mediaType}
	if f.ID, err = newID(now); err != nil {
		return petition.File{}, err
	}
	key := exchange.NewKey()
	f.Key = key[:]
	keep := func(n int, sealed []byte) error { return s.addChunk(ctx, f.ID, n, sealed, now) }
	if f.Size, f.Chunks, err = attachment.Seal(ctx, r, key, f.ID, keep); err != nil {
		return petition.File{}, err
	}
	if err := s.describePending(ctx, id, f); err != nil {
		return petition.File{}, err
	}
	f.Key = nil
	return f, nil
}

func (s *Store) addChunk(ctx context.Context, file petition.ID, n int, sealed []byte, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if n == 0 {
			if err := addPending(ctx, tx, file, now, nil); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO file_chunk (file, n, sealed) VALUES (?, ?, ?)`, file, n, sealed)
		return err
	})
}

func pendingPlace(caseID, file petition.ID) []byte {
	return place("file_pending", "sealed", caseID[:], file[:])
}

// describePending keeps the name and key of a document until an act names it; it is
// bound to its case.
func (s *Store) describePending(ctx context.Context, caseID petition.ID, f petition.File) error {
	plain, err := json.Marshal(f)
	if err != nil {
		return err
	}
	sealed := s.keys.master.Seal(plain, pendingPlace(caseID, f.ID))
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE file_pending SET sealed = ? WHERE file = ?`, sealed, f.ID)
		return err
	})
}

// pendingFiles completes the files that an act names by id. It fails with Invalid for
// one that was not added to this case, or is gone.
func (s *Store) pendingFiles(ctx context.Context, caseID petition.ID, files []petition.File) ([]petition.File, error) {
	out := make([]petition.File, 0, len(files))
	for _, f := range files {
		var sealed []byte
		err := s.db.Get(ctx, &sealed, `SELECT sealed FROM file_pending WHERE file = ?`, f.ID)
		if err != nil && !petition.Is(err, petition.NotFound) {
			return nil, err
		}
		plain, bad := s.keys.master.Open(sealed, pendingPlace(caseID, f.ID))
		if err != nil || bad != nil {
			return nil, invalid("files", "problem.file_gone")
		}
		var whole petition.File
		if err := json.Unmarshal(plain, &whole); err != nil {
			return nil, err
		}
		out = append(out, whole)
	}
	return out, nil
}

// sweepFiles forgets files that no event names in time, but those of an item that waits
// in quarantine: here is the only copy.
func (s *Store) sweepFiles(ctx context.Context, now time.Time) error {
	var old []sql.ID
	limit := now.Add(-pendingLimit)
	err := s.db.Select(ctx, &old, `
		SELECT p.file FROM file_pending p
		WHERE p.made_at <= ? AND NOT EXISTS (
			SELECT 1 FROM quarantine_file q LEFT JOIN quarantine_released r ON r.id = q.item
			WHERE q.file = p.file AND r.id IS NULL)
		ORDER BY p.made_at LIMIT 200`, limit)
	if err != nil {
		return err
	}
	for _, f := range old {
		err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
			rows, err := tx.Exec(ctx, `DELETE FROM file_pending WHERE file = ? AND made_at <= ?`, f, limit)
			if err != nil || rows == 0 { // named by an event just now, or its item is still tried
				return err
			}
			_, err = tx.Exec(ctx, `DELETE FROM file_chunk WHERE file = ?`, f)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
