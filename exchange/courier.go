package exchange

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"huiyin/petition"
)

const (
	pageItems = 128                    // items listed, fetched and taken at a time
	maxAcked  = 500                    // ids in one acknowledgement
	again     = time.Minute            // what had no effect by then is sent again
	patience  = 24 * time.Hour         // how long a message may wait for its filing
	pollEvery = 200 * time.Millisecond // between two passes when nobody wakes it
	renewing  = 5 * time.Second        // the lease, in a long pass
	parting   = 2 * time.Second        // to give the lease up; the database may be what stopped us
	copyMost  = 16                     // items whose files are copied at once
)

// Courier carries items between one portal and this office. It runs at the office and
// begins every exchange in both directions; the portal never reaches inward.
//
// It remembers nothing that matters: what is to be taken is all that lies in the
// outbox and was not taken yet (never "all that is younger than the last", because
// transactions may commit out of order), what is to be acknowledged is all that lies
// there and was taken, what is to be sent is all that was not acknowledged. So it can
// be stopped between any two steps and run twice, and nothing is lost or doubled.
type Courier struct {
	office  Office
	mailbox Mailbox
	opener  Opener
	signer  Signer
	portal  string
	now     func() time.Time
	log     *slog.Logger
	wake    chan struct{}
	workers int
	copying chan struct{} // holds those that carry pieces of files, which are large

	mu      sync.Mutex
	fence   int64
	renewed time.Time
	sent    map[petition.ID]time.Time // items and acknowledgements, for again
	stats   Stats
}

// Stats is what a courier did since it was made.
type Stats struct {
	Taken       int // items taken in
	Quarantined int // alarm: items that could not be opened
	Sent        int // items delivered
	Failed      int // tries that will be made again
}

// CourierConfig is all that a courier needs.
type CourierConfig struct {
	Office  Office
	Keys    *OfficeKeys
	Portal  PortalPublic
	Mailbox Mailbox
	Now     func() time.Time
	Log     *slog.Logger
	Workers int // items taken at once; 0 for a page of them: they share the office's commits
}

// NewCourier makes a courier. It fails if something is missing.
func NewCourier(c CourierConfig) (*Courier, error) {
	if c.Office == nil || c.Keys == nil || c.Mailbox == nil || c.Now == nil || c.Log == nil ||
		c.Portal.Installation == "" {
		return nil, errors.New("a courier needs an office, its keys, a portal, a mailbox, a clock and a log")
	}
	if c.Workers <= 0 {
		c.Workers = pageItems
	}
	return &Courier{
		office: c.Office, mailbox: c.Mailbox, signer: c.Keys.Signer,
		opener: Opener{Installation: c.Keys.Installation, Intake: c.Keys.Intake,
			Portals: Trusted{c.Portal.Installation: c.Portal.Signing}, Keys: c.Office},
		portal: c.Portal.Installation, now: c.Now, log: c.Log, workers: c.Workers,
		wake: make(chan struct{}, 1), sent: make(map[petition.ID]time.Time),
		copying: make(chan struct{}, copyMost),
	}, nil
}

// Wake starts a pass at once, if one does not run already.
func (c *Courier) Wake() { signal(c.wake) }

// Stats tells what was done so far.
func (c *Courier) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats
}

// Run carries until the context ends; then it gives the lease up, so that the next
// courier, of this program started anew or of another, need not wait until it expires.
func (c *Courier) Run(ctx context.Context) {
	defer c.giveUp(context.WithoutCancel(ctx))
	run(ctx, c.wake, func() bool {
		moved, err := c.Pass(ctx)
		if err != nil && ctx.Err() == nil {
			c.log.Error("courier", "portal", c.portal, "err", err)
		}
		return err == nil && moved > 0
	})
}

// giveUp gives the lease up. A courier without it gives nothing up.
func (c *Courier) giveUp(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, parting)
	defer cancel()
	if err := c.office.GiveLease(ctx); err != nil {
		c.log.Error("courier", "portal", c.portal, "err", fmt.Errorf("give the lease up: %w", err))
	}
}

// run works until the context ends: on each wake, every pollEvery, and again at once
// while there is more.
func run(ctx context.Context, wake <-chan struct{}, work func() (more bool)) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		if work() {
			continue
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-tick.C:
		}
	}
}

func signal(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default: // one is waiting already
	}
}

// Pass goes through the whole mailbox once: takes what was not taken and acknowledges
// it, and beside that sends what was not acknowledged. It tells how many items it moved.
// Without the lease it does nothing.
func (c *Courier) Pass(ctx context.Context) (moved int, err error) {
	ok, err := c.lease(ctx)
	if err != nil || !ok {
		return 0, err
	}
	c.forget()
	var sending sync.WaitGroup
	var sent int
	var unsent error
	sending.Go(func() { sent, unsent = c.sendAll(ctx) })
	taken, err := c.takeAll(ctx)
	sending.Wait()
	return taken + sent, errors.Join(err, unsent)
}

// lease takes the lease, or renews it.
func (c *Courier) lease(ctx context.Context) (bool, error) {
	now := c.now()
	fence, ok, err := c.office.Lease(ctx, now)
	if err != nil {
		return false, fmt.Errorf("the courier's lease: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fence, c.renewed = fence, now
	return ok, nil
}

// renew keeps the lease in a long pass, and ends the pass if it was lost.
func (c *Courier) renew(ctx context.Context) error {
	c.mu.Lock()
	due := c.now().Sub(c.renewed) >= renewing
	c.mu.Unlock()
	if !due {
		return nil
	}
	ok, err := c.lease(ctx)
	if err == nil && !ok {
		err = errLost
	}
	return err
}

var errLost = errors.New("another courier has the lease now")

// takeAll takes all that lies in the outbox, page by page, and acknowledges what is
// here, now or since before. It returns how many items it took.
func (c *Courier) takeAll(ctx context.Context) (taken int, err error) {
	var after petition.ID
	for {
		page, err := c.mailbox.Waiting(ctx, c.opener.Installation, after, pageItems)
		if err != nil || len(page) == 0 {
			return taken, err
		}
		left, n, err := c.takePage(ctx, page)
		taken += n
		if err != nil {
			return taken, err
		}
		here := slices.DeleteFunc(slices.Clone(page), func(id petition.ID) bool { return left[id] })
		if err := c.acknowledge(ctx, here); err != nil {
			return taken, err
		}
		if after = page[len(page)-1]; len(page) < pageItems {
			return taken, nil
		}
		if err := c.renew(ctx); err != nil {
			return taken, err
		}
	}
}

// takePage takes what is unseen of a page, several at once. What could not be taken
// now is left.
func (c *Courier) takePage(ctx context.Context, page []petition.ID) (left map[petition.ID]bool, taken int, err error) {
	left = make(map[petition.ID]bool)
	unseen, err := c.office.Unseen(ctx, page)
	if err != nil || len(unseen) == 0 {
		return left, 0, err
	}
	items, err := c.mailbox.Fetch(ctx, unseen)
	if err != nil {
		return left, 0, err
	}
	files, err := c.mailbox.Files(ctx, unseen)
	if err != nil {
		return left, 0, err
	}
	for _, id := range unseen { // gone meanwhile, or not taken below
		left[id] = true
	}
	done, lost := c.eachItem(ctx, items, files)
	for _, id := range done {
		delete(left, id)
	}
	return left, len(done), lost
}

// eachItem takes items in parallel. It fails only if the lease was lost or the
// context ended: the trouble of one item holds up no other.
func (c *Courier) eachItem(ctx context.Context, items []Item, files map[petition.ID][]petition.ID) (done []petition.ID, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	work := make(chan Item)
	for range min(c.workers, len(items)) {
		wg.Go(func() {
			for it := range work {
				failed := c.take(ctx, it, files[it.ID])
				mu.Lock()
				if failed == nil {
					done = append(done, it.ID)
				} else if errors.Is(failed, errLost) {
					err = failed
				}
				mu.Unlock()
			}
		})
	}
	for _, it := range items {
		work <- it
	}
	close(work)
	wg.Wait()
	if err == nil {
		err = ctx.Err()
	}
	return done, err
}

// sendAll delivers the office's items that were not acknowledged and not sent lately.
func (c *Courier) sendAll(ctx context.Context) (sent int, err error) {
	var after petition.ID
	for {
		page, err := c.office.Outgoing(ctx, after, pageItems)
		if err != nil || len(page) == 0 {
			return sent, err
		}
		after = page[len(page)-1].ID
		var due []Item
		for _, it := range page {
			if it.To == c.portal && !c.sentLately(it.ID) {
				due = append(due, it)
			}
		}
		if err := c.deliver(ctx, due); err != nil {
			return sent, err
		}
		for _, it := range due {
			c.remember(it.ID)
		}
		if sent += len(due); len(page) < pageItems {
			return sent, nil
		}
	}
}

// acknowledge tells the portal which items are safely here.
func (c *Courier) acknowledge(ctx context.Context, here []petition.ID) error {
	var due []petition.ID
	for _, id := range here {
		if !c.sentLately(id) {
			due = append(due, id)
		}
	}
	for len(due) > 0 {
		n := min(len(due), maxAcked)
		it, err := c.signer.PackAck(c.portal, Ack{Items: due[:n]}, c.now())
		if err != nil {
			return err
		}
		if err := c.deliver(ctx, []Item{it}); err != nil {
			return err
		}
		for _, id := range due[:n] {
			c.remember(id)
		}
		due = due[n:]
	}
	return nil
}

func (c *Courier) deliver(ctx context.Context, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	if err := c.mailbox.Deliver(ctx, items); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Sent += len(items)
	return nil
}

func (c *Courier) sentLately(id petition.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.sent[id]
	return ok && c.now().Sub(at) < again
}

func (c *Courier) remember(id petition.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent[id] = c.now()
}

// forget keeps the memory small; it is only there to send nothing twice in haste.
func (c *Courier) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, at := range c.sent {
		if c.now().Sub(at) >= again {
			delete(c.sent, id)
		}
	}
}
