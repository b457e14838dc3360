package sql

import (
	"context"
	"fmt"
	"strings"

	"huiyin/exchange"
	"huiyin/petition"
)

// Mailbox is a portal's outbox and inbox as the office's courier sees them. Its
// database user may SELECT from outbox, file and file_chunk and INSERT into inbox;
// the statements here need nothing else.
type Mailbox struct {
	DB *DB
	// Delivered, if set, is called when something was put into the inbox.
	Delivered func()
}

var _ exchange.Mailbox = (*Mailbox)(nil)

// Waiting lists items for an installation by id, from the one after the given id.
func (m *Mailbox) Waiting(ctx context.Context, to string, after petition.ID, limit int) ([]petition.ID, error) {
	var ids []ID
	err := m.DB.Select(ctx, &ids, `
		SELECT id FROM outbox WHERE recipient = ? AND id > ? ORDER BY id LIMIT ?`,
		to, after, limit)
	return IDs(ids), err
}

type itemRow struct {
	ID        ID     `db:"id"`
	Sender    string `db:"sender"`
	Recipient string `db:"recipient"`
	Made      Moment `db:"made"`
	Sealed    []byte `db:"sealed"`
	Sig       []byte `db:"sig"`
}

// Fetch reads items; one that is gone by now is left out.
func (m *Mailbox) Fetch(ctx context.Context, ids []petition.ID) ([]exchange.Item, error) {
	var rows []itemRow
	for part := range Parts(ids) {
		var some []itemRow
		err := m.DB.Select(ctx, &some, `
			SELECT id, sender, recipient, made, sealed, sig FROM outbox
			WHERE id IN (`+Marks(len(part))+`) ORDER BY id`, Args(part)...)
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	items := make([]exchange.Item, len(rows))
	for i, r := range rows {
		items[i] = r.item()
	}
	return items, nil
}

func (r itemRow) item() exchange.Item {
	return exchange.Item{ID: petition.ID(r.ID), From: r.Sender, To: r.Recipient,
		Made: r.Made.Time, Sealed: r.Sealed, Sig: r.Sig}
}

// Files lists the files that each of the items carries.
func (m *Mailbox) Files(ctx context.Context, items []petition.ID) (map[petition.ID][]petition.ID, error) {
	files := make(map[petition.ID][]petition.ID)
	for part := range Parts(items) {
		var rows []struct {
			ID   ID `db:"id"`
			Item ID `db:"item"`
		}
		err := m.DB.Select(ctx, &rows, `
			SELECT id, item FROM file WHERE item IN (`+Marks(len(part))+`) ORDER BY id`, Args(part)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			item := petition.ID(r.Item)
			files[item] = append(files[item], petition.ID(r.ID))
		}
	}
	return files, nil
}

// Chunks lists the numbers of a file's chunks.
func (m *Mailbox) Chunks(ctx context.Context, file petition.ID) ([]int, error) {
	var ns []int
	err := m.DB.Select(ctx, &ns, `SELECT n FROM file_chunk WHERE file = ? ORDER BY n`, file)
	return ns, err
}

// Chunk reads one; NotFound if it is gone.
func (m *Mailbox) Chunk(ctx context.Context, file petition.ID, n int) ([]byte, error) {
	var sealed []byte
	err := m.DB.Get(ctx, &sealed, `SELECT sealed FROM file_chunk WHERE file = ? AND n = ?`, file, n)
	return sealed, err
}

// Deliver puts items into the inbox; one that lies there already stays once.
func (m *Mailbox) Deliver(ctx context.Context, items []exchange.Item) error {
	if len(items) == 0 {
		return nil
	}
	err := m.DB.Write(ctx, func(ctx context.Context, tx Tx) error {
		for _, it := range items {
			_, err := tx.Exec(ctx, `
				INSERT INTO inbox (id, sender, recipient, made, sealed, sig)
				VALUES (?, ?, ?, ?, ?, ?)`,
				it.ID, it.From, it.To, it.Made, it.Sealed, it.Sig)
			if err != nil && !Duplicate(err) {
				return fmt.Errorf("into the inbox: %w", err)
			}
		}
		return nil
	})
	if err == nil && m.Delivered != nil {
		m.Delivered()
	}
	return err
}

// partSize is how many ids stand in one statement at most.
const partSize = 100

// Parts cuts a list of ids into pieces for Marks.
func Parts(ids []petition.ID) func(yield func([]petition.ID) bool) {
	return func(yield func([]petition.ID) bool) {
		for len(ids) > 0 {
			n := min(len(ids), partSize)
			if !yield(ids[:n]) {
				return
			}
			ids = ids[n:]
		}
	}
}

// Marks is n question marks for an IN list.
func Marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// Args is values of one kind as arguments.
func Args[T any](values []T) []any {
	args := make([]any, len(values))
	for i, id := range values {
		args[i] = id
	}
	return args
}

// IDs is stored ids as ids.
func IDs(stored []ID) []petition.ID {
	ids := make([]petition.ID, len(stored))
	for i, id := range stored {
		ids[i] = petition.ID(id)
	}
	return ids
}
