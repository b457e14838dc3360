package sql

import (
	"context"
	"time"

	"huiyin/petition"
)

// Lease lets one of several programs do a job, by a row in table lease of the office
// database (name, holder, fence, expires). The fence grows each time the lease
// changes hands: work done under an older fence is refused by Check.
type Lease struct {
	DB     *DB
	Name   string
	Holder petition.ID   // this program, new at each start
	Length time.Duration // how long it lasts without being renewed
}

type leaseRow struct {
	Holder  ID    `db:"holder"`
	Fence   int64 `db:"fence"`
	Expires int64 `db:"expires"`
}

// Take takes or renews the lease. Without it (somebody else has it) ok is false and
// that is no error.
func (l Lease) Take(ctx context.Context, now time.Time) (fence int64, ok bool, err error) {
	err = l.DB.Write(ctx, func(ctx context.Context, tx Tx) error {
		fence, ok = 0, false
		row, err := l.row(ctx, tx)
		if err != nil {
			return err
		}
		mine := petition.ID(row.Holder) == l.Holder && row.Fence > 0
		if !mine && row.Expires > Instant(now) {
			return nil
		}
		fence = row.Fence
		if !mine {
			fence++
		}
		// The condition makes two takers at once one winner.
		n, err := tx.Exec(ctx, `
			UPDATE lease SET holder = ?, fence = ?, expires = ?
			WHERE name = ? AND fence = ? AND holder = ?`,
			l.Holder, fence, Instant(now.Add(l.Length)), l.Name, row.Fence, row.Holder)
		ok = n == 1
		return err
	})
	return fence, ok && err == nil, err
}

// row reads the lease, making an unheld one where there is none.
func (l Lease) row(ctx context.Context, tx Tx) (leaseRow, error) {
	var row leaseRow
	err := tx.Get(ctx, &row, `SELECT holder, fence, expires FROM lease WHERE name = ?`, l.Name)
	if !petition.Is(err, petition.NotFound) {
		return row, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO lease (name, holder, fence, expires) VALUES (?, ?, 0, 0)`,
		l.Name, row.Holder)
	if Duplicate(err) {
		return row, tx.Get(ctx, &row, `SELECT holder, fence, expires FROM lease WHERE name = ?`, l.Name)
	}
	return row, err
}

// Check refuses, with Conflict, what is done under a fence that is no longer the
// newest. It is called inside the transaction that does the work.
func (l Lease) Check(ctx context.Context, tx Tx, fence int64) error {
	var now int64
	if err := tx.Get(ctx, &now, `SELECT fence FROM lease WHERE name = ?`, l.Name); err != nil {
		return err
	}
	if now != fence {
		return &petition.Error{Kind: petition.Conflict, Key: "error.conflict"}
	}
	return nil
}

// Free gives the lease back, so that another need not wait until it expires.
func (l Lease) Free(ctx context.Context) error {
	return l.DB.Write(ctx, func(ctx context.Context, tx Tx) error {
		_, err := tx.Exec(ctx, `UPDATE lease SET expires = 0 WHERE name = ? AND holder = ?`,
			l.Name, l.Holder)
		return err
	})
}
