package officedb

import (
	"context"
	"slices"
	"sync"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// arrivals gathers filings that are taken in at the same time into one transaction.
// All of them change the same few kept figures: one by one, each would wait for the
// commit of the one before, and no two could share the disk.
type arrivals struct {
	turn    chan struct{} // holds one: whoever writes
	mu      sync.Mutex
	waiting []*arrival
}

// arrival is a filing ready to be stored.
type arrival struct {
	t    exchange.Taking
	ch   *change
	err  error
	done chan struct{} // closed when err is final
}

func newArrivals() *arrivals { return &arrivals{turn: make(chan struct{}, 1)} }

func (a *arrivals) add(one *arrival) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.waiting = append(a.waiting, one)
}

// gather is how long the next filing is waited for before a batch is closed: most of
// what a batch costs on a busy server is one statement waiting behind another, and a
// full one has as many of them as one of three.
const gather = 2 * time.Millisecond

// next waits until nothing more comes, and takes all. None if another's turn has taken
// them.
func (a *arrivals) next() []*arrival {
	for had := 0; had < a.count(); {
		had = a.count()
		time.Sleep(gather)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	batch := a.waiting
	a.waiting = nil
	return batch
}

func (a *arrivals) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.waiting)
}

// takeTogether stores a filing with all others that wait at this moment, and returns
// after the commit.
func (s *Store) takeTogether(ctx context.Context, t exchange.Taking, ch *change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // it writes for others too
	one := &arrival{t: t, ch: ch, done: make(chan struct{})}
	s.arrivals.add(one)
	select {
	case <-one.done: // in the turn of another
		return one.err
	case s.arrivals.turn <- struct{}{}:
	}
	defer func() { <-s.arrivals.turn }()
	for {
		select {
		case <-one.done:
			return one.err
		default:
			s.takeBatch(ctx, s.arrivals.next())
		}
	}
}

// takeBatch answers every arrival. What fails together is tried one by one, so that the
// trouble of one is not that of its neighbours.
func (s *Store) takeBatch(ctx context.Context, batch []*arrival) {
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.writeArrivals(ctx, tx, batch) })
	alone := err != nil && len(batch) > 1 && !petition.Is(err, petition.Unavailable)
	for _, one := range batch {
		if one.err = err; alone {
			one.err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
				return s.writeArrivals(ctx, tx, []*arrival{one})
			})
		}
		close(one.done)
	}
}

// writeArrivals stores, under the newest fence only, those that were not taken before.
func (s *Store) writeArrivals(ctx context.Context, tx sql.Tx, batch []*arrival) error {
	var fences []int64
	var ids []petition.ID
	for _, one := range batch {
		fences, ids = append(fences, one.t.Fence), append(ids, one.t.Item)
	}
	slices.Sort(fences)
	for _, fence := range slices.Compact(fences) {
		if err := s.courier().Check(ctx, tx, fence); err != nil {
			return err
		}
	}
	fresh, err := unseen(ctx, tx, ids)
	if err != nil {
		return err
	}
	var rows [][]any
	var changes []*change
	for _, one := range batch {
		if slices.Contains(fresh, one.t.Item) {
			rows = append(rows, []any{one.t.Item, one.t.From, one.t.Now})
			changes = append(changes, one.ch)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	if err := insertRows(ctx, tx, inboxHead, inboxMark, rows); err != nil {
		return err
	}
	return s.writeAll(ctx, tx, changes)
}

// unseen is the items that do not stand in the inbox.
func unseen(ctx context.Context, db selecter, items []petition.ID) ([]petition.ID, error) {
	seen := make(map[petition.ID]bool)
	for part := range sql.Parts(items) {
		var rows []sql.ID
		err := db.Select(ctx, &rows, `SELECT id FROM inbox WHERE id IN (`+sql.Marks(len(part))+`)`, sql.Args(part)...)
		if err != nil {
			return nil, err
		}
		for _, id := range sql.IDs(rows) {
			seen[id] = true
		}
	}
	var out []petition.ID
	for _, id := range items {
		if !seen[id] {
			out = append(out, id)
		}
	}
	return out, nil
}
