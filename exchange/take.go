package exchange

import (
	"context"
	"errors"
	"fmt"

	"huiyin/petition"
)

// take takes one item in: its files first, then what it says. An error leaves it in
// the outbox for the next pass; what can never be taken goes to quarantine.
func (c *Courier) take(ctx context.Context, it Item, files []petition.ID) error {
	t := c.taking(it)
	err := c.copyFiles(ctx, t, files)
	if err == nil {
		err = hand(ctx, c.opener, c.office, t, it)
	}
	switch {
	case err == nil:
		c.count(func(s *Stats) { s.Taken++ })
		return nil
	case hopeless(err), early(err) && c.now().Sub(it.Made) > patience:
		return c.quarantine(ctx, t, it, files, err)
	case early(err):
		return err
	}
	c.count(func(s *Stats) { s.Failed++ })
	if ctx.Err() == nil {
		c.log.Warn("item not taken now", "item", it.ID.String(), "err", err)
	}
	return err
}

func (c *Courier) taking(it Item) Taking {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Taking{Item: it.ID, From: it.From, Fence: c.fence, Now: c.now()}
}

// copyFiles brings the ciphertext of an item's files. It is done before anything is
// opened, so that a case never shows an attachment that is not there yet.
func (c *Courier) copyFiles(ctx context.Context, t Taking, files []petition.ID) error {
	if len(files) == 0 {
		return nil
	}
	c.copying <- struct{}{}
	defer func() { <-c.copying }()
	for _, file := range files {
		ns, err := c.mailbox.Chunks(ctx, file)
		if err != nil {
			return err
		}
		for _, n := range ns {
			if err := c.renew(ctx); err != nil {
				return err
			}
			sealed, err := c.mailbox.Chunk(ctx, file, n)
			if err != nil {
				return fmt.Errorf("chunk %d of file %s: %w", n, file, err)
			}
			if err := c.office.KeepChunk(ctx, t, file, n, sealed); err != nil {
				return err
			}
		}
	}
	return nil
}

// hand opens an item and gives its content to the office.
func hand(ctx context.Context, o Opener, office Taker, t Taking, it Item) error {
	got, err := Open(ctx, it, o)
	if err != nil {
		return openError{err}
	}
	switch {
	case got.Filing != nil:
		t.Holder = got.Holder
		return office.TakeFiling(ctx, t, *got.Filing)
	case got.Message != nil:
		return office.TakeMessage(ctx, t, *got.Message)
	}
	return office.TakeAck(ctx, t, *got.Ack)
}

// quarantine keeps an item for a person and raises the alarm.
func (c *Courier) quarantine(ctx context.Context, t Taking, it Item, files []petition.ID, why error) error {
	c.log.Error("ALARM: item in quarantine", "item", it.ID.String(), "from", it.From, "err", why)
	if err := c.office.Quarantine(ctx, t, it, files, why.Error()); err != nil {
		return err
	}
	c.count(func(s *Stats) { s.Quarantined++ })
	return nil
}

func (c *Courier) count(add func(*Stats)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	add(&c.stats)
}

// openError is an error of Open, as against one of the office's.
type openError struct{ error }

func (e openError) Unwrap() error { return e.error }

// early tells that something has to come first.
func early(err error) bool {
	return errors.Is(err, ErrEarly) || petition.Is(err, petition.NotFound)
}

// hopeless tells that trying again can never help: the item does not open, though
// the keys could be read, or the office says that it cannot be.
func hopeless(err error) bool {
	if _, ok := errors.AsType[openError](err); ok {
		return !errors.Is(err, ErrEarly) && !errors.Is(err, errKeyring)
	}
	return petition.Is(err, petition.Invalid) || petition.Is(err, petition.Forbidden)
}
