package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// PaperText is the newest text of a unit for a kind of paper that is not younger than an
// instant; "" where there is none.
func (s *Store) PaperText(ctx context.Context, unit petition.UnitID, kind petition.PaperKind, at time.Time) (string, error) {
	var found []string
	err := s.db.Select(ctx, &found, `SELECT text FROM paper_text WHERE unit = ? AND kind = ? AND at <= ?
		ORDER BY version DESC LIMIT 1`, string(unit), string(kind), at.UnixMilli())
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// PaperTexts are all versions of the actor's unit, newest first. NotFound for all but
// office heads.
func (s *Store) PaperTexts(ctx context.Context, by petition.Actor) ([]backoffice.PaperText, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return nil, notFound()
	}
	var rows []struct {
		Kind    string `db:"kind"`
		Version int    `db:"version"`
		Text    string `db:"text"`
		At      int64  `db:"at"`
		Name    string `db:"name"`
	}
	err = s.db.Select(ctx, &rows, `SELECT p.kind, p.version, p.text, p.at, s.name FROM paper_text p
		JOIN staff s ON s.id = p.staff WHERE p.unit = ? ORDER BY p.at DESC, p.kind, p.version DESC`, string(sc.actor.Unit))
	if err != nil {
		return nil, err
	}
	all := make([]backoffice.PaperText, len(rows))
	for i, r := range rows {
		all[i] = backoffice.PaperText{Kind: petition.PaperKind(r.Kind), Version: r.Version, Text: r.Text,
			At: time.UnixMilli(r.At), Name: r.Name}
	}
	return all, nil
}

// SavePaperText adds a version after the one that was seen. Conflict if somebody was
// faster; NotFound for all but office heads.
func (s *Store) SavePaperText(ctx context.Context, by petition.Actor, kind petition.PaperKind, seen int, text string, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return notFound()
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var last int
		if err := tx.Get(ctx, &last, `SELECT COALESCE(MAX(version), 0) FROM paper_text WHERE unit = ? AND kind = ?`,
			string(sc.actor.Unit), string(kind)); err != nil {
			return err
		}
		if last != seen {
			return overtaken()
		}
		_, err := tx.Exec(ctx, `INSERT INTO paper_text (unit, kind, version, text, at, staff) VALUES (?, ?, ?, ?, ?, ?)`,
			string(sc.actor.Unit), string(kind), seen+1, text, now.UnixMilli(), sc.actor.Staff)
		return err
	})
}
