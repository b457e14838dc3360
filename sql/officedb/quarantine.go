package officedb

import (
	"context"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Quarantine keeps an item that cannot be opened, whole, for a person to look at. Its
// files stay as long: the portal forgets its own with the acknowledgement.
func (s *Store) Quarantine(ctx context.Context, t exchange.Taking, it exchange.Item, files []petition.ID, reason string) error {
	if r := []rune(reason); len(r) > 200 {
		reason = string(r[:200])
	}
	return s.taking(ctx, t, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO quarantine (id, from_end, to_end, made_at, taken_at, reason, sealed, sig)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			it.ID, it.From, it.To, it.Made, t.Now, reason, it.Sealed, it.Sig)
		if err != nil {
			return err
		}
		for _, file := range files {
			if _, err := tx.Exec(ctx, `INSERT INTO quarantine_file (file, item) VALUES (?, ?)`, file, it.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Quarantined is an item that was set aside, as an operator may see it: never what it
// says.
type Quarantined struct {
	ID    petition.ID
	From  string // portal
	Taken time.Time
	Why   string
	Files int
}

// Quarantined lists the items that wait in quarantine, oldest first.
func (s *Store) Quarantined(ctx context.Context) ([]Quarantined, error) {
	var rows []struct {
		ID    sql.ID     `db:"id"`
		From  string     `db:"from_end"`
		Taken sql.Moment `db:"taken_at"`
		Why   string     `db:"reason"`
		Files int        `db:"files"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT q.id, q.from_end, q.taken_at, q.reason,
			(SELECT COUNT(*) FROM quarantine_file f WHERE f.item = q.id) AS files
		FROM quarantine q LEFT JOIN quarantine_released r ON r.id = q.id
		WHERE r.id IS NULL ORDER BY q.taken_at, q.id`)
	if err != nil {
		return nil, err
	}
	items := make([]Quarantined, len(rows))
	for i, r := range rows {
		items[i] = Quarantined{ID: petition.ID(r.ID), From: r.From, Taken: r.Taken.Time, Why: r.Why, Files: r.Files}
	}
	return items, nil
}

// Release takes an item out of quarantine, if it opens now and came from this portal;
// see exchange.Retry. It fails with NotFound if there is none, with Conflict if it was
// released before.
func (s *Store) Release(ctx context.Context, from exchange.PortalPublic, id petition.ID, now time.Time) error {
	var row struct {
		From   string     `db:"from_end"`
		To     string     `db:"to_end"`
		Made   sql.Moment `db:"made_at"`
		Sealed []byte     `db:"sealed"`
		Sig    []byte     `db:"sig"`
	}
	err := s.db.Get(ctx, &row, `SELECT from_end, to_end, made_at, sealed, sig FROM quarantine WHERE id = ?`, id)
	if err != nil {
		return err
	}
	it := exchange.Item{ID: id, From: row.From, To: row.To, Made: row.Made.Time, Sealed: row.Sealed, Sig: row.Sig}
	opener := exchange.Opener{Installation: s.office.Installation, Intake: s.office.Intake, Keys: s,
		Portals: exchange.Trusted{from.Installation: from.Signing}}
	return exchange.Retry(ctx, opener, s, it, now)
}

// releasing runs what a quarantined item does in one transaction with the proof that it
// was released. The row's key lets only one do it, so the courier's lease, which the
// running service holds, is not asked for.
func (s *Store) releasing(ctx context.Context, t exchange.Taking, do func(ctx context.Context, tx sql.Tx) error) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var n int
		if err := tx.Get(ctx, &n, `SELECT 1 FROM quarantine WHERE id = ?`, t.Item); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO quarantine_released (id, released_at) VALUES (?, ?)`, t.Item, t.Now)
		if err != nil {
			return err
		}
		return do(ctx, tx)
	})
}
