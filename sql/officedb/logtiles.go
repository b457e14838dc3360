package officedb

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"huiyin/petition"
)

const (
	tileHeight = 8 // 256 hashes in a row
	tileWidth  = 1 << tileHeight
)

// tileRow is a row of the log: consecutive hashes of one level of the tree, each over
// the 256 of a full row of the level below.
type tileRow struct {
	Level  int    `db:"level"`
	N      int64  `db:"n"`
	Hashes []byte `db:"hashes"`
}

// storedTiles reads rows for tlog, which holds them against the signed root before it
// believes them.
type storedTiles struct {
	ctx  context.Context // of the one batch that this reader serves
	s    *Store
	kept map[tlog.Tile][]byte
}

var _ tlog.TileReader = (*storedTiles)(nil)

// Height is that of the rows.
func (r *storedTiles) Height() int { return tileHeight }

// SaveTiles has nothing to do.
func (r *storedTiles) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles fails with *Broken if a row is not exactly as long as it must be.
func (r *storedTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, 0, len(tiles))
	for _, t := range tiles {
		data, err := r.read(t)
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func (r *storedTiles) read(t tlog.Tile) ([]byte, error) {
	if data, ok := r.kept[t]; ok {
		return data, nil
	}
	var data []byte
	err := r.s.db.Get(r.ctx, &data, `SELECT hashes FROM log_tile WHERE level = ? AND n = ?`, t.L, t.N)
	if err != nil && !petition.Is(err, petition.NotFound) {
		return nil, err
	}
	if len(data) != t.W*tlog.HashSize {
		return nil, &Broken{Chain: tileChain(t.L), N: t.N + 1, Why: "is missing, too short or too long"}
	}
	r.kept[t] = data
	return data, nil
}

// growth is what a batch adds to the tree.
type growth struct {
	size  int64
	root  tlog.Hash
	tiles []tileRow
	grown []bool // the row was there before, and is shorter
}

// grow appends entries to the tree that the head describes. It fails if the stored
// rows are not those that were signed: nothing is built on an edited log.
func (s *Store) grow(ctx context.Context, old LogHead, leaves [][]byte) (growth, error) {
	stored := tlog.TileHashReader(tlog.Tree{N: old.Size, Hash: old.Root},
		&storedTiles{ctx: ctx, s: s, kept: make(map[tlog.Tile][]byte)})
	tree := overlay{stored: stored, first: tlog.StoredHashCount(old.Size)}
	g := growth{size: old.Size}
	for _, leaf := range leaves {
		added, err := tlog.StoredHashes(g.size, leaf, &tree)
		if err != nil {
			return growth{}, err
		}
		tree.added = append(tree.added, added...)
		g.size++
	}
	var err error
	if g.root, err = tlog.TreeHash(g.size, &tree); err != nil {
		return growth{}, err
	}
	for _, t := range tlog.NewTiles(tileHeight, old.Size, g.size) {
		data, err := tlog.ReadTileData(t, &tree)
		if err != nil {
			return growth{}, err
		}
		g.tiles = append(g.tiles, tileRow{Level: t.L, N: t.N, Hashes: data})
		g.grown = append(g.grown, levelCount(old.Size, t.L) > t.N*tileWidth)
	}
	return g, nil
}

// levelCount is how many hashes a log of this size has in the rows of a level.
func levelCount(size int64, level int) int64 { return size >> (tileHeight * level) }

// overlay is the tree as stored, with hashes that are not stored yet behind it.
type overlay struct {
	stored tlog.HashReader
	first  int64 // index of the first added
	added  []tlog.Hash
}

// ReadHashes reads from both.
func (o *overlay) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	var old []int64
	for i, at := range indexes {
		if at < o.first {
			old = append(old, at)
			continue
		}
		out[i] = o.added[at-o.first]
	}
	if len(old) == 0 {
		return out, nil
	}
	read, err := o.stored.ReadHashes(old)
	if err != nil {
		return nil, err
	}
	for i, at := range indexes {
		if at < o.first {
			out[i], read = read[0], read[1:]
		}
	}
	return out, nil
}
