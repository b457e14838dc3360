package officedb

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

const (
	sequencerLease = 10 * time.Second
	sequencerPause = 500 * time.Millisecond // promised: 1 s
	sequencerBatch = 4096                   // entries under one head
	sequencerTurn  = 8                      // batches before the lease is renewed
)

func (s *Store) sequencer() sql.Lease {
	return sql.Lease{DB: s.db, Name: "sequencer", Holder: s.me, Length: sequencerLease}
}

// Sequence gives a position in the log of record to entries that have none, oldest
// first, signs the new heads, and tells how many; more may wait. One
// program at a time does it, by a lease; for the others it is nothing to do. It fails
// with *Broken, and signs nothing, if the stored log is not the one that was signed.
func (s *Store) Sequence(ctx context.Context, now time.Time) (n int, err error) {
	if waits, err := s.somethingWaits(ctx); err != nil || !waits {
		return 0, err
	}
	fence, mine, err := s.sequencer().Take(ctx, now)
	if err != nil || !mine {
		return 0, err
	}
	for range sequencerTurn {
		done, err := s.sequenceBatch(ctx, fence, now)
		n += done
		if err != nil || done < sequencerBatch {
			return n, err
		}
	}
	return n, nil
}

// somethingWaits keeps an idle office from writing twice a second.
func (s *Store) somethingWaits(ctx context.Context) (bool, error) {
	var n int
	err := s.db.Get(ctx, &n, `SELECT 1 FROM unsequenced LIMIT 1`)
	if petition.Is(err, petition.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func (s *Store) sequenceBatch(ctx context.Context, fence int64, now time.Time) (int, error) {
	before, err := s.lastHead(ctx)
	if err != nil {
		return 0, err
	}
	b, err := s.nextBatch(ctx, before, now)
	if err == nil && len(b.ids) > 0 {
		err = s.storeBatch(ctx, b, fence)
	}
	if err == nil {
		return len(b.ids), nil
	}
	if lost, lerr := s.overtaken(ctx, before, fence); lerr != nil || lost {
		return 0, lerr // another program sequences now
	}
	return 0, err
}

// batch is entries with their positions, signed, ready to be stored: nothing is hashed
// inside the transaction.
type batch struct {
	head LogHead
	ids  []sql.ID
	growth
}

// nextBatch is what waits longest, to follow the head.
func (s *Store) nextBatch(ctx context.Context, before LogHead, now time.Time) (batch, error) {
	b := batch{}
	if before.Number == 0 {
		if err := s.startsEmpty(ctx); err != nil {
			return b, err
		}
	}
	var rows []struct {
		ID   sql.ID `db:"id"`
		Hash []byte `db:"hash"`
	}
	err := s.db.Select(ctx, &rows, `SELECT id, hash FROM unsequenced ORDER BY id LIMIT ?`, sequencerBatch)
	if err != nil || len(rows) == 0 {
		return b, err
	}
	leaves := make([][]byte, 0, len(rows))
	for _, r := range rows {
		b.ids, leaves = append(b.ids, r.ID), append(leaves, r.Hash)
	}
	if b.growth, err = s.grow(ctx, before, leaves); err != nil {
		return b, logFault(err)
	}
	b.head = LogHead{Number: before.Number + 1, Size: b.size, Root: b.root,
		At: now.UTC().Truncate(time.Microsecond)}.signed(s.signer)
	return b, nil
}

// startsEmpty refuses to begin a log where one was: its heads are gone.
func (s *Store) startsEmpty(ctx context.Context) error {
	var n int
	err := s.db.Get(ctx, &n, `SELECT 1 FROM log_tile LIMIT 1`)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &Broken{Chain: headChain, N: 1, Why: "is missing"}
}

// logFault makes what tlog says of hashes that do not fit one of our kinds.
func logFault(err error) error {
	if _, ours := errors.AsType[*petition.Error](err); ours {
		return err
	}
	if _, named := errors.AsType[*Broken](err); named || errors.Is(err, context.Canceled) {
		return err
	}
	return &Broken{Chain: logChain, N: 1, Why: "or a later one is not as it was signed: " + err.Error()}
}

// storeBatch checks, in this order: the lease is still held; no other head was signed
// meanwhile; every row grows as foreseen; every entry still waits.
func (s *Store) storeBatch(ctx context.Context, b batch, fence int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := s.sequencer().Check(ctx, tx, fence); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO log_head (number, size, root, at, sig) VALUES (?, ?, ?, ?, ?)`,
			b.head.Number, b.head.Size, b.head.Root[:], b.head.At, b.head.Signature)
		if err != nil {
			return err
		}
		for i, t := range b.tiles {
			if err := storeTile(ctx, tx, t, b.grown[i]); err != nil {
				return err
			}
		}
		return dequeue(ctx, tx, b.ids)
	})
}

func storeTile(ctx context.Context, tx sql.Tx, t tileRow, grown bool) error {
	if !grown {
		_, err := tx.Exec(ctx, `INSERT INTO log_tile (level, n, hashes) VALUES (?, ?, ?)`, t.Level, t.N, t.Hashes)
		return err
	}
	rows, err := tx.Exec(ctx, `UPDATE log_tile SET hashes = ? WHERE level = ? AND n = ?`, t.Hashes, t.Level, t.N)
	if err == nil && rows != 1 {
		return errQueue
	}
	return err
}

// errQueue is a queue or log that changed while a batch was prepared.
var errQueue = overtaken()

// dequeue takes entries out of the queue by name: others may have come in between.
func dequeue(ctx context.Context, tx sql.Tx, ids []sql.ID) error {
	var gone int64
	for len(ids) > 0 {
		n := rowsAtOnce(len(ids))
		args := make([]any, 0, n)
		for _, id := range ids[:n] {
			args = append(args, id)
		}
		rows, err := tx.Exec(ctx, `DELETE FROM unsequenced WHERE id IN (?`+strings.Repeat(", ?", n-1)+`)`, args...)
		if err != nil {
			return err
		}
		if gone = gone + int64(n) - rows; gone != 0 {
			return errQueue
		}
		ids = ids[n:]
	}
	return nil
}

// overtaken tells whether another program took the lease or signed a head.
func (s *Store) overtaken(ctx context.Context, before LogHead, fence int64) (bool, error) {
	var now int64
	if err := s.db.Get(ctx, &now, `SELECT fence FROM lease WHERE name = ?`, s.sequencer().Name); err != nil {
		return false, err
	}
	var number int64
	if err := s.db.Get(ctx, &number, `SELECT COALESCE(MAX(number), 0) FROM log_head`); err != nil {
		return false, err
	}
	return now != fence || number > before.Number, nil
}

// RunSequencer sequences twice a second until the context ends, and exports each new
// head to the file of Config.Heads. What fails is logged, and tried again.
func (s *Store) RunSequencer(ctx context.Context, log *slog.Logger) {
	export := headExport{file: s.heads, installation: s.signer.Installation}
	tick := time.NewTicker(sequencerPause)
	defer tick.Stop()
	var said string
	var saidAt time.Time
	for {
		now := time.Now()
		more, err := s.sequenceAndExport(ctx, &export, now)
		switch {
		case err == nil:
			said = ""
		case ctx.Err() != nil:
			return
		case err.Error() != said || now.Sub(saidAt) > time.Minute: // not twice a second
			said, saidAt = err.Error(), now
			log.Error("sequence the log of record", "err", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sequenceAndExport tells whether more waits. Where the file says that the database
// was set back, nothing is sequenced: a second head of the same number is never signed.
func (s *Store) sequenceAndExport(ctx context.Context, export *headExport, now time.Time) (more bool, err error) {
	before := export.catchUp(ctx, s)
	if errors.Is(before, errForked) {
		return false, before
	}
	n, err := s.Sequence(ctx, now)
	if err != nil || n == 0 {
		return false, errors.Join(before, err)
	}
	return n >= sequencerTurn*sequencerBatch, export.catchUp(ctx, s)
}
