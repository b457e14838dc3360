package portaldb

import (
	"context"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Arrived lists items that were delivered and not yet applied, oldest first.
func (s *Store) Arrived(ctx context.Context, limit int) ([]exchange.Item, error) {
	var rows []struct {
		ID        sql.ID     `db:"id"`
		Sender    string     `db:"sender"`
		Recipient string     `db:"recipient"`
		Made      sql.Moment `db:"made"`
		Sealed    []byte     `db:"sealed"`
		Sig       []byte     `db:"sig"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT id, sender, recipient, made, sealed, sig FROM inbox ORDER BY id LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	items := make([]exchange.Item, len(rows))
	for i, r := range rows {
		items[i] = exchange.Item{ID: petition.ID(r.ID), From: r.Sender, To: r.Recipient,
			Made: r.Made.Time, Sealed: r.Sealed, Sig: r.Sig}
	}
	return items, nil
}

// Apply does in one transaction what the arrivals say, forgets them in the inbox,
// remembers their ids, and stores the acknowledgements. An arrival that was applied
// before has no effect.
func (s *Store) Apply(ctx context.Context, arrivals []exchange.Arrival, acks []exchange.Item) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, a := range arrivals {
			if err := s.applyOnce(ctx, tx, a); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `DELETE FROM inbox WHERE id = ?`, a.Item); err != nil {
				return err
			}
		}
		for _, ack := range acks {
			if err := addItem(ctx, tx, ack); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && len(acks) > 0 {
		s.sent()
	}
	return err
}

func (s *Store) applyOnce(ctx context.Context, tx sql.Tx, a exchange.Arrival) error {
	_, err := tx.Exec(ctx, `INSERT INTO seen (id, at) VALUES (?, ?)`, a.Item, s.now())
	if sql.Duplicate(err) {
		return nil
	}
	if err != nil {
		return err
	}
	switch {
	case a.Refused != "":
		return setAside(ctx, tx, a, s.now())
	case a.Folder != nil:
		return putFolder(ctx, tx, a, *a.Folder)
	case a.Grant != nil:
		return putGrant(ctx, tx, a, *a.Grant)
	case a.Directory != nil:
		return putDirectory(ctx, tx, *a.Directory)
	}
	return forgetSent(ctx, tx, a.From, a.Ack.Items)
}

// putFolder shows a newer folder; an older one has no effect. A case that came on
// paper is not here before its first folder or code.
func putFolder(ctx context.Context, tx sql.Tx, a exchange.Arrival, u exchange.FolderUpdate) error {
	n, err := tx.Exec(ctx, `
		UPDATE filing SET folder = ?, folder_version = ?
		WHERE id = ? AND office = ? AND folder_version < ?`,
		u.Sealed, u.Version, u.Filing, a.From, u.Version)
	if err != nil || n > 0 {
		return err
	}
	return ensureFiling(ctx, tx, a, u.Filing, u.Sealed, u.Version)
}

// ensureFiling makes the row of a case that came on paper. It is Forbidden to speak
// about another office's filing.
func ensureFiling(ctx context.Context, tx sql.Tx, a exchange.Arrival, filing petition.ID, folder []byte, version int) error {
	var office string
	err := tx.Get(ctx, &office, `SELECT office FROM filing WHERE id = ?`, filing)
	if err == nil && office != a.From {
		err = &petition.Error{Kind: petition.Forbidden, Key: "error.forbidden"}
	}
	if !petition.Is(err, petition.NotFound) {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO filing (id, office, received, size, body_hash, item, copy, receipt, folder, folder_version)
		VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)`,
		filing, a.From, a.Made, []byte{}, []byte{}, []byte{}, []byte{}, folder, version)
	return err
}

// putGrant gives a code and takes others back. What was taken back stays known, so
// that a code given by an item that comes late stays dead.
func putGrant(ctx context.Context, tx sql.Tx, a exchange.Arrival, u exchange.GrantUpdate) error {
	if err := ensureFiling(ctx, tx, a, u.Filing, nil, 0); err != nil {
		return err
	}
	if u.Give != nil {
		if u.Give.Filing != u.Filing {
			return &petition.Error{Kind: petition.Invalid, Key: "error.invalid"}
		}
		if err := addGrant(ctx, tx, *u.Give); err != nil && !sql.Duplicate(err) {
			return err
		}
	}
	if u.Renewed {
		if err := renew(ctx, tx, u); err != nil {
			return err
		}
	}
	for _, l := range u.Revoke {
		n, err := tx.Exec(ctx, `
			UPDATE code_grant SET revoked = 1, wrapped = ? WHERE locator = ? AND filing = ?`,
			[]byte{}, l, u.Filing)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO code_grant (locator, filing, wrapped, rights, revoked) VALUES (?, ?, ?, '', 1)`,
			l, u.Filing, []byte{})
		if err != nil && !sql.Duplicate(err) {
			return err
		}
	}
	return nil
}

// renew drops what lies here under an old reading key; the folder comes under the new
// one with a later item. Messages on their way reach the office all the same.
func renew(ctx context.Context, tx sql.Tx, u exchange.GrantUpdate) error {
	copied := u.Copy
	if copied == nil {
		copied = []byte{}
	}
	_, err := tx.Exec(ctx, `UPDATE filing SET copy = ?, folder = ? WHERE id = ?`, copied, []byte{}, u.Filing)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE said SET done = 1, copy = ? WHERE filing = ?`, []byte{}, u.Filing)
	return err
}

// forgetSent deletes what an office has taken in: only its acknowledgement does, and
// only for what was addressed to it.
func forgetSent(ctx context.Context, tx sql.Tx, office string, items []petition.ID) error {
	for part := range sql.Parts(items) {
		var mine []sql.ID
		args := append(sql.Args(part), office)
		err := tx.Select(ctx, &mine, `
			SELECT id FROM outbox WHERE id IN (`+sql.Marks(len(part))+`) AND recipient = ?`, args...)
		if err != nil {
			return err
		}
		if err := forgetItems(ctx, tx, sql.IDs(mine)); err != nil {
			return err
		}
	}
	return nil
}

func forgetItems(ctx context.Context, tx sql.Tx, items []petition.ID) error {
	if len(items) == 0 {
		return nil
	}
	marks, args := sql.Marks(len(items)), sql.Args(items)
	var files []sql.ID
	if err := tx.Select(ctx, &files, `SELECT id FROM file WHERE item IN (`+marks+`)`, args...); err != nil {
		return err
	}
	for _, file := range files {
		if _, err := tx.Exec(ctx, `DELETE FROM file_chunk WHERE file = ?`, file); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM file WHERE id = ?`, file); err != nil {
			return err
		}
	}
	done := append([]any{[]byte{}}, args...)
	if _, err := tx.Exec(ctx, `UPDATE said SET done = 1, copy = ? WHERE item IN (`+marks+`)`, done...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM outbox WHERE id IN (`+marks+`)`, args...)
	return err
}
