package portaldb

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

const (
	flushAfter  = 250 * time.Millisecond // how long counts stay in memory only
	flushAtMost = 500                    // buckets in one transaction
	maxBuckets  = 100_000                // in memory
	sweepEvery  = time.Minute            // windows that are over are forgotten
)

// tries counts, for all nodes together, without a durable write for each try: a node
// counts in memory and adds its counts to the database four times a second, where it
// also learns the others'. A bucket always has the same window.
type tries struct {
	db      *sql.DB
	one     sync.Mutex // one flush at a time, or counts would be added twice
	mu      sync.Mutex
	slots   map[slot]*count
	fresh   map[slot]*count // those that were counted here since they were stored
	swept   time.Time       // when windows that are over were last forgotten
	pending bool            // a flush is due
}

type slot struct {
	bucket [32]byte
	start  int64 // microseconds
}

type count struct {
	stored  int // in the database when last looked at, all nodes
	fresh   int // counted here since
	before  int // in the window before
	expires time.Time
}

func newTries(db *sql.DB) *tries {
	return &tries{db: db, slots: make(map[slot]*count), fresh: make(map[slot]*count)}
}

// Hit counts a try in a bucket and tells how many there were in the window that ends
// now: those of this fixed window, and of the one before as much as still overlaps.
func (s *Store) Hit(ctx context.Context, bucket [32]byte, window time.Duration, now time.Time) (int, error) {
	return s.tries.hit(ctx, bucket, window, now)
}

func (t *tries) hit(ctx context.Context, bucket [32]byte, window time.Duration, now time.Time) (int, error) {
	start := now.Truncate(window)
	key := slot{bucket, start.UnixMicro()}
	t.mu.Lock()
	c := t.slots[key]
	t.mu.Unlock()
	if c == nil {
		first, err := t.load(ctx, key, start.Add(-window))
		if err != nil {
			return 0, err
		}
		first.expires = start.Add(2 * window)
		c = first
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if other := t.slots[key]; other != nil {
		c = other
	}
	t.slots[key] = c
	c.fresh++
	t.fresh[key] = c
	t.flushSoon()
	left := 1 - float64(now.Sub(start))/float64(window)
	return c.stored + c.fresh + int(float64(c.before)*left), nil
}

// load reads a bucket that this node has not seen in this window.
func (t *tries) load(ctx context.Context, key slot, before time.Time) (*count, error) {
	var rows []struct {
		Start int64 `db:"slot"`
		N     int   `db:"n"`
	}
	err := t.db.Select(context.WithoutCancel(ctx), &rows, `SELECT slot, n FROM tries WHERE bucket = ? AND slot IN (?, ?)`,
		key.bucket, key.start, before)
	if err != nil {
		return nil, err
	}
	c := &count{}
	for _, r := range rows {
		if r.Start == key.start {
			c.stored = r.N
		} else {
			c.before = r.N
		}
	}
	return c, nil
}

// flushSoon is called with the lock held.
func (t *tries) flushSoon() {
	if t.pending {
		return
	}
	t.pending = true
	time.AfterFunc(flushAfter, func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		// What could not be stored stays counted here and is stored with the next.
		_ = t.flush(ctx)
	})
}

// flush adds what was counted here to the database.
func (t *tries) flush(ctx context.Context) error {
	t.one.Lock()
	defer t.one.Unlock()
	for {
		due := t.take()
		if len(due) == 0 {
			return nil
		}
		totals, err := t.store(ctx, due)
		t.settle(due, totals, err)
		if err != nil {
			return err
		}
	}
}

// due is one bucket's share of a flush.
type due struct {
	slot
	n       int
	expires time.Time
}

func (t *tries) take() []due {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending = false
	var list []due
	for key, c := range t.fresh {
		list = append(list, due{key, c.fresh, c.expires})
		if len(list) == flushAtMost {
			break
		}
	}
	// In one order on every node: two flushes at once wait for each other, they do not
	// lock each other out.
	slices.SortFunc(list, func(a, b due) int { return bytes.Compare(a.bucket[:], b.bucket[:]) })
	return list
}

// store adds the counts and reads what they come to, several in one statement.
func (t *tries) store(ctx context.Context, list []due) (map[slot]int, error) {
	totals := make(map[slot]int, len(list))
	err := t.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for part := range slices.Chunk(list, triesInOne(t.db.Engine())) {
			if err := addTries(ctx, tx, t.db.Engine(), part); err != nil {
				return err
			}
			if err := readTries(ctx, tx, part, totals); err != nil {
				return err
			}
		}
		return nil
	})
	return totals, err
}

// triesInOne is how many buckets stand in one statement. On the MySQL family each
// statement is a round trip; SQLite keeps statements prepared, so that one text for all
// is cheapest.
func triesInOne(engine sql.Engine) int {
	if engine == sql.MySQL {
		return 100
	}
	return 1
}

// addTries adds to what is there already, whichever node put it there first.
func addTries(ctx context.Context, tx sql.Tx, engine sql.Engine, list []due) error {
	more := ` ON CONFLICT (bucket, slot) DO UPDATE SET n = n + excluded.n`
	if engine == sql.MySQL {
		more = ` ON DUPLICATE KEY UPDATE n = n + VALUES(n)`
	}
	args := make([]any, 0, 4*len(list))
	for _, d := range list {
		args = append(args, d.bucket, d.start, d.n, d.expires)
	}
	rows := strings.TrimSuffix(strings.Repeat(`(?, ?, ?, ?), `, len(list)), `, `)
	_, err := tx.Exec(ctx, `INSERT INTO tries (bucket, slot, n, expires) VALUES `+rows+more, args...)
	return err
}

func readTries(ctx context.Context, tx sql.Tx, list []due, totals map[slot]int) error {
	var rows []struct {
		Bucket sql.Hash `db:"bucket"`
		Start  int64    `db:"slot"`
		N      int      `db:"n"`
	}
	args := make([]any, len(list))
	for i, d := range list {
		args[i] = d.bucket
	}
	err := tx.Select(ctx, &rows, `SELECT bucket, slot, n FROM tries WHERE bucket IN (`+sql.Marks(len(list))+`)`, args...)
	for _, r := range rows {
		totals[slot{r.Bucket, r.Start}] = r.N
	}
	return err
}

// settle notes what was stored and forgets windows that are over.
func (t *tries) settle(list []due, totals map[slot]int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		if !petition.Is(err, petition.Unavailable) {
			return
		}
		t.flushSoon()
		return
	}
	for _, d := range list {
		if c := t.fresh[d.slot]; c != nil {
			c.stored = totals[d.slot]
			if c.fresh -= d.n; c.fresh == 0 {
				delete(t.fresh, d.slot)
			}
		}
	}
	full := len(t.slots) > maxBuckets
	if !full && time.Since(t.swept) < sweepEvery {
		return
	}
	t.swept = time.Now()
	for key, c := range t.slots {
		if c.fresh == 0 && (full || time.Since(c.expires) > 0) {
			delete(t.slots, key)
		}
	}
}
