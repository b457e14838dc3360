package portaldb

import (
	"context"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql"
)

// Opened is what a receipt code's locator leads to. Unknown and revoked codes get the
// same answer from the same single statement.
func (s *Store) Opened(ctx context.Context, locator exchange.Locator) (portal.Opened, error) {
	var row struct {
		Filing   sql.ID     `db:"filing"`
		Wrapped  []byte     `db:"wrapped"`
		Rights   string     `db:"rights"`
		Received sql.Moment `db:"received"`
		Copy     []byte     `db:"copy"`
		Folder   []byte     `db:"folder"`
		Receipt  []byte     `db:"receipt"`
		Waiting  int        `db:"waiting"`
	}
	err := s.db.Get(context.WithoutCancel(ctx), &row, `
		SELECT g.filing, g.wrapped, g.rights, f.received, f.copy, f.folder, f.receipt,
			(SELECT COUNT(*) FROM said m WHERE m.filing = f.id AND m.done = 0) AS waiting
		FROM code_grant g JOIN filing f ON f.id = g.filing
		WHERE g.locator = ? AND g.revoked = 0`, locator)
	if err != nil {
		return portal.Opened{}, err
	}
	filing := petition.ID(row.Filing)
	return portal.Opened{Filing: filing, Received: row.Received.Time, Copy: row.Copy,
		Folder: row.Folder, Receipt: row.Receipt, Waiting: row.Waiting,
		Grant: exchange.Grant{Locator: locator, Filing: filing, Wrapped: row.Wrapped,
			Rights: readRights(row.Rights)}}, nil
}

// Say stores a follow-up message and its outbox item; the same id twice is once, also
// after the office has it.
func (s *Store) Say(ctx context.Context, m portal.Said) error {
	stored := false
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		stored = false
		n, err := tx.Exec(ctx, `
			INSERT INTO said (id, filing, at, item, copy, done)
			SELECT ?, id, ?, ?, ?, 0 FROM filing WHERE id = ?`,
			m.ID, m.At, m.Item.ID, m.Copy, m.Filing)
		if sql.Duplicate(err) {
			return nil
		}
		if err == nil && n == 0 {
			err = &petition.Error{Kind: petition.NotFound, Key: "error.not_found"}
		}
		if err != nil {
			return err
		}
		if err := addItem(ctx, tx, m.Item); err != nil {
			return err
		}
		stored = true
		return claim(ctx, tx, m.Draft, m.Files, m.Item.ID)
	})
	if err == nil && stored {
		s.sent()
	}
	return err
}

// Said lists the messages that the office does not have yet; once it has, its folder
// tells of them.
func (s *Store) Said(ctx context.Context, filing petition.ID) ([]portal.Said, error) {
	var rows []struct {
		ID   sql.ID     `db:"id"`
		At   sql.Moment `db:"at"`
		Copy []byte     `db:"copy"`
	}
	err := s.db.Select(context.WithoutCancel(ctx), &rows, `
		SELECT id, at, copy FROM said WHERE filing = ? AND done = 0 ORDER BY at, id`, filing)
	if err != nil {
		return nil, err
	}
	list := make([]portal.Said, len(rows))
	for i, r := range rows {
		list[i] = portal.Said{ID: petition.ID(r.ID), Filing: filing, At: r.At.Time, Copy: r.Copy}
	}
	return list, nil
}
