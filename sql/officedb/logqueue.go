package officedb

import (
	"context"
	"encoding/binary"
	"time"

	"huiyin/sql"
)

// The log of record is a Merkle log (RFC 6962, as in golang.org/x/mod/sumdb/tlog) over
// the hashes of all entries: events of cases, entries of reports, views. An entry's
// hash goes into the queue in the transaction that writes the entry; the sequencer
// (sequencer.go) takes it from there within a second, gives it a position and signs
// the new head (loghead.go), which is also written to a file off the box
// (logexport.go). Verify (verify_log.go) compares all of them with the entries.
//
// The queue and the log hold nothing but hashes over random salt or ciphertext: an
// entry of a sealed compartment looks like any other.

const (
	queueHead = `INSERT INTO unsequenced (id, hash) VALUES `
	queueMark = `(?, ?)`
)

// enqueue gives entries to the sequencer, in the transaction that writes them.
func enqueue(ctx context.Context, tx sql.Tx, at time.Time, hashes ...sql.Hash) error {
	rows, err := queueRows(at, hashes)
	if err != nil {
		return err
	}
	return insertRows(ctx, tx, queueHead, queueMark, rows)
}

// queueRows numbers the hashes upward from one random id, so that they are sequenced
// in this order and the engine appends instead of scattering them.
func queueRows(at time.Time, hashes []sql.Hash) ([][]any, error) {
	id, err := newID(at)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, 0, len(hashes))
	for i, h := range hashes {
		binary.BigEndian.PutUint32(id[12:], uint32(i))
		rows = append(rows, []any{sql.ID(id), h})
	}
	return rows, nil
}

// queueEvents gives the events of a change to the sequencer.
func queueEvents(ctx context.Context, tx sql.Tx, events []eventRow) error {
	if len(events) == 0 {
		return nil
	}
	return enqueue(ctx, tx, sql.Time(events[0].At), hashesOf(events)...)
}

func hashesOf(events []eventRow) []sql.Hash {
	out := make([]sql.Hash, 0, len(events))
	for _, e := range events {
		out = append(out, e.Hash)
	}
	return out
}
