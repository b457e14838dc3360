package officedb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/mod/sumdb/tlog"
)

// What Broken.Chain says of the log of record itself.
const (
	logChain      = "log"           // N is a position, from 1
	headChain     = "head"          // N is its number
	exportedChain = "exported head" // N is the line of the file
	queueChain    = "queue"         // N is the place in the queue
)

func tileChain(level int) string { return fmt.Sprintf("log tiles of level %d", level) }

// Tally is how much Verify went through.
type Tally struct {
	Sequenced int64 // entries with a position in the log of record
	Waiting   int64 // entries that have none yet
	Heads     int64 // signed heads in the database
	Exported  int   // signed heads in the file off the box
}

// verifyLog holds the entries against the log of record, the log against the signed
// heads, and those against the heads that were exported. It is right while others
// write: what only grows is read in an order in which nothing can be missed.
func (s *Store) verifyLog(ctx context.Context) (Tally, error) {
	exported, err := s.exportedHeads()
	if err != nil {
		return Tally{}, err
	}
	waiting, err := s.waitingHashes(ctx)
	if err != nil {
		return Tally{}, err
	}
	last, err := s.lastHead(ctx)
	if err != nil {
		return Tally{}, err
	}
	t := Tally{Sequenced: last.Size, Waiting: int64(len(waiting)), Heads: last.Number, Exported: len(exported)}
	inLog := s.verifyTree(ctx, last, exported)
	if inLog != nil {
		if _, named := errors.AsType[*Broken](inLog); !named {
			return t, inLog
		}
	}
	m := match{s: s, size: last.Size, waiting: waiting}
	if err := m.run(ctx); err != nil {
		return t, firstOf(inLog, err)
	}
	return t, m.verdict(ctx, inLog)
}

// firstOf prefers what is wrong in the log itself: what does not match follows from it.
func firstOf(inLog, err error) error {
	if inLog != nil {
		return inLog
	}
	return err
}

// exportedHeads reads and checks the file off the box; none if there is no such file
// yet or none is configured.
func (s *Store) exportedHeads() ([]exportedHead, error) {
	if s.heads == "" {
		return nil, nil
	}
	heads, _, err := readHeads(s.heads)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range heads {
		if e.err != nil || e.installation != s.signer.Installation || !e.head.signedBy(s.signer) {
			return nil, &Broken{Chain: exportedChain, N: int64(e.number), Why: "is not as it was signed"}
		}
	}
	return heads, nil
}

// treeWalk follows the leaves of the log and holds the tree over them against each
// signed head on its way.
type treeWalk struct {
	s        *Store
	peaks    peaks
	upTo     int64     // number of the last head
	page     []LogHead // heads not reached yet
	before   LogHead   // the head reached last
	exported map[int64][]exportedHead
}

// verifyTree checks every stored row and every head. Of a leaf that is not the one
// that was signed it names the stretch between two heads.
func (s *Store) verifyTree(ctx context.Context, last LogHead, exported []exportedHead) error {
	w := treeWalk{s: s, upTo: last.Number, exported: make(map[int64][]exportedHead)}
	for _, e := range exported {
		if e.head.Number > last.Number {
			return &Broken{Chain: headChain, N: last.Number + 1, Why: "is missing: it was exported"}
		}
		w.exported[e.head.Number] = append(w.exported[e.head.Number], e)
	}
	if err := w.nextHead(ctx); err != nil {
		return err
	}
	var above []tlog.Hash
	err := s.eachTile(ctx, 0, last.Size, func(n int64, hashes []tlog.Hash) error {
		if len(hashes) == tileWidth {
			above = append(above, rootOf(hashes))
		}
		return w.pass(ctx, hashes)
	})
	if err != nil {
		return err
	}
	if len(w.page) > 0 {
		return &Broken{Chain: headChain, N: w.page[0].Number, Why: "is larger than the log"}
	}
	if err := s.verifyUpper(ctx, above); err != nil {
		return err
	}
	return s.verifyEnd(ctx)
}

// pass follows the leaves of one row.
func (w *treeWalk) pass(ctx context.Context, hashes []tlog.Hash) error {
	for _, h := range hashes {
		w.peaks.push(h)
		for len(w.page) > 0 && w.page[0].Size == w.peaks.n {
			if err := w.reach(ctx, w.page[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

// reach compares a head with the tree.
func (w *treeWalk) reach(ctx context.Context, h LogHead) error {
	if h.Root != w.peaks.root() {
		return &Broken{Chain: logChain, N: w.before.Size + 1, Last: h.Size, Why: "is not the one that was signed"}
	}
	for _, e := range w.exported[h.Number] {
		if !e.head.equal(h) {
			return &Broken{Chain: exportedChain, N: int64(e.number), Why: "says something else than the head in the database"}
		}
	}
	w.before, w.page = h, w.page[1:]
	return w.nextHead(ctx)
}

// nextHead reads more heads when the page is used up, and checks that the next one
// follows the one before.
func (w *treeWalk) nextHead(ctx context.Context) error {
	if len(w.page) == 0 && w.before.Number < w.upTo {
		var err error
		if w.page, err = w.s.headsFrom(ctx, w.before.Number, w.upTo); err != nil {
			return err
		}
		if len(w.page) == 0 {
			return &Broken{Chain: headChain, N: w.before.Number + 1, Why: "is missing"}
		}
	}
	if len(w.page) == 0 {
		return nil
	}
	switch h := w.page[0]; {
	case h.Number != w.before.Number+1:
		return &Broken{Chain: headChain, N: w.before.Number + 1, Why: "is missing"}
	case h.Size <= w.before.Size:
		return &Broken{Chain: headChain, N: h.Number, Why: "is not larger than the one before"}
	}
	return nil
}

// verifyUpper compares the rows above the leaves with what the leaves give.
func (s *Store) verifyUpper(ctx context.Context, want []tlog.Hash) error {
	for level := 1; len(want) > 0; level++ {
		var above []tlog.Hash
		err := s.eachTile(ctx, level, int64(len(want)), func(n int64, hashes []tlog.Hash) error {
			for i, h := range hashes {
				if h != want[n*tileWidth+int64(i)] {
					return &Broken{Chain: tileChain(level), N: n + 1, Why: "was changed"}
				}
			}
			if len(hashes) == tileWidth {
				above = append(above, rootOf(hashes))
			}
			return nil
		})
		if err != nil {
			return err
		}
		want = above
	}
	return nil
}

// verifyEnd finds rows beyond the last head: heads were cut off.
func (s *Store) verifyEnd(ctx context.Context) error {
	var ends []struct {
		Level int   `db:"level"`
		N     int64 `db:"n"`
		Bytes int64 `db:"bytes"`
	}
	err := s.db.Select(ctx, &ends, `
		SELECT t.level, t.n, LENGTH(t.hashes) AS bytes FROM log_tile t
		WHERE t.n = (SELECT MAX(u.n) FROM log_tile u WHERE u.level = t.level) ORDER BY t.level`)
	if err != nil {
		return err
	}
	last, err := s.lastHead(ctx) // read after the rows: it is as new as they are
	if err != nil {
		return err
	}
	for _, e := range ends {
		if (e.N*tileWidth)*tlog.HashSize+e.Bytes > levelCount(last.Size, e.Level)*tlog.HashSize {
			return &Broken{Chain: headChain, N: last.Number + 1, Why: "is missing: the log goes on behind the last"}
		}
	}
	return nil
}

// tilePage is how many rows of the log are read at a time.
const tilePage = 64

// eachTile reads the first count hashes of a level, row by row. It fails with *Broken
// if one is missing.
func (s *Store) eachTile(ctx context.Context, level int, count int64, visit func(n int64, hashes []tlog.Hash) error) error {
	for n := int64(0); n*tileWidth < count; {
		var rows []tileRow
		err := s.db.Select(ctx, &rows, `
			SELECT level, n, hashes FROM log_tile WHERE level = ? AND n >= ? ORDER BY n LIMIT ?`, level, n, tilePage)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if n*tileWidth >= count {
				return nil
			}
			hashes, whole := r.first(min(tileWidth, count-n*tileWidth))
			if r.N != n || !whole {
				return tileGap(level, n, int64(len(hashes)), r.N != n)
			}
			if err := visit(n, hashes); err != nil {
				return err
			}
			n++
		}
		if len(rows) == 0 {
			return tileGap(level, n, 0, true)
		}
	}
	return nil
}

// first is the hashes of the row up to so many; not whole if there are fewer.
func (r tileRow) first(want int64) (hashes []tlog.Hash, whole bool) {
	for b := r.Hashes; int64(len(hashes)) < want && len(b) >= tlog.HashSize; b = b[tlog.HashSize:] {
		hashes = append(hashes, tlog.Hash(b[:tlog.HashSize]))
	}
	full := len(r.Hashes)%tlog.HashSize == 0 && len(r.Hashes) <= tileWidth*tlog.HashSize
	return hashes, full && int64(len(hashes)) == want
}

func tileGap(level int, n, have int64, absent bool) error {
	if absent {
		have = 0
	}
	if level > 0 {
		return &Broken{Chain: tileChain(level), N: n + 1, Why: "is missing or cut off"}
	}
	return &Broken{Chain: logChain, N: n*tileWidth + have + 1, Why: "is missing"}
}

// peaks is the tree over the leaves so far, as the roots of its complete parts,
// largest first (RFC 6962, 2.1).
type peaks struct {
	n      int64
	hashes []tlog.Hash
}

func (p *peaks) push(leaf tlog.Hash) {
	p.hashes = append(p.hashes, leaf)
	p.n++
	for m := p.n; m&1 == 0; m >>= 1 {
		last := len(p.hashes) - 1
		p.hashes[last-1] = tlog.NodeHash(p.hashes[last-1], p.hashes[last])
		p.hashes = p.hashes[:last]
	}
}

// root is the root over at least one leaf.
func (p *peaks) root() tlog.Hash {
	root := p.hashes[len(p.hashes)-1]
	for i := len(p.hashes) - 2; i >= 0; i-- {
		root = tlog.NodeHash(p.hashes[i], root)
	}
	return root
}

// rootOf is the root over the hashes of one full row.
func rootOf(hashes []tlog.Hash) tlog.Hash {
	var p peaks
	for _, h := range hashes {
		p.push(h)
	}
	return p.root()
}
