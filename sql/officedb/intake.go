package officedb

import (
	"context"
	"errors"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// courierLease is how long a courier may be silent before another takes over.
const courierLease = 15 * time.Second

// staleTries bounds how often a message is tried again because staff changed the case
// meanwhile.
const staleTries = 20

func (s *Store) courier() sql.Lease {
	return sql.Lease{DB: s.db, Name: "courier", Holder: s.me, Length: courierLease}
}

// Lease takes or renews the courier's lease.
func (s *Store) Lease(ctx context.Context, now time.Time) (int64, bool, error) {
	return s.courier().Take(ctx, now)
}

// GiveLease gives the courier's lease up.
func (s *Store) GiveLease(ctx context.Context) error { return s.courier().Free(ctx) }

// HolderKey is the key of a unit or compartment that is hosted here.
func (s *Store) HolderKey(ctx context.Context, id exchange.Holder) (*exchange.HolderKey, error) {
	var n int
	if s.keys.known(id) == nil {
		if err := s.db.Get(ctx, &n, `SELECT 1 FROM holder WHERE id = ?`, id); err != nil {
			return nil, err
		}
	}
	h, err := s.holder(ctx, id)
	if err != nil {
		return nil, err
	}
	return h.HolderKey, nil
}

// ReadingKey is the reading key of a filing that was taken in, wherever it lies now.
func (s *Store) ReadingKey(ctx context.Context, filing petition.ID) (exchange.Key, error) {
	h, err := s.holdAny(ctx, filing)
	if err == nil {
		return h.secrets.Reading, nil
	}
	if !petition.Is(err, petition.NotFound) {
		return exchange.Key{}, err
	}
	r, err := s.openReport(ctx, filing)
	if err != nil {
		return exchange.Key{}, err
	}
	return r.secrets.Reading, nil
}

// Unseen tells which items were neither taken nor quarantined yet.
func (s *Store) Unseen(ctx context.Context, items []petition.ID) ([]petition.ID, error) {
	return unseen(ctx, s.db, items)
}

// taking runs what an item does in one transaction with the proof that it was taken:
// under the newest fence only, and once. One that leaves quarantine stands in the inbox
// already: the proof that it was released takes the place of both.
func (s *Store) taking(ctx context.Context, t exchange.Taking, do func(ctx context.Context, tx sql.Tx) error) error {
	if t.Retry {
		return s.releasing(ctx, t, do)
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := s.courier().Check(ctx, tx, t.Fence); err != nil {
			return err
		}
		var n int
		err := tx.Get(ctx, &n, `SELECT 1 FROM inbox WHERE id = ?`, t.Item)
		if !petition.Is(err, petition.NotFound) {
			return err // taken before, or out of order
		}
		_, err = tx.Exec(ctx, `INSERT INTO inbox (id, from_end, taken_at) VALUES (?, ?, ?)`, t.Item, t.From, t.Now)
		if err != nil {
			return err
		}
		return do(ctx, tx)
	})
}

// KeepChunk stores one sealed piece of an attachment; the same again is once. The file
// waits for the filing or message that names it.
func (s *Store) KeepChunk(ctx context.Context, t exchange.Taking, file petition.ID, n int, sealed []byte) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := s.courier().Check(ctx, tx, t.Fence); err != nil {
			return err
		}
		var have int
		err := tx.Get(ctx, &have, `SELECT 1 FROM file_chunk WHERE file = ? AND n = ?`, file, n)
		if err == nil && n == 0 {
			return renewPending(ctx, tx, file, t.Now)
		}
		if !petition.Is(err, petition.NotFound) {
			return err
		}
		if n == 0 {
			if err := addPending(ctx, tx, file, t.Now, nil); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO file_chunk (file, n, sealed) VALUES (?, ?, ?)`, file, n, sealed)
		return err
	})
}

// TakeFiling makes a case of a filing, or puts it into a compartment where nobody
// else learns of it.
func (s *Store) TakeFiling(ctx context.Context, t exchange.Taking, f exchange.SealedFiling) error {
	if t.Holder.Cadre() || f.Filing.Track() == petition.Report {
		return s.takeReport(ctx, t, f)
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	filing := f.Filing
	act := petition.Act{Action: petition.Submit, Filing: &filing, Unit: rules.Units.Acting(t.Holder.Unit()), At: f.Received}
	events, err := petition.Decide(nil, petition.Petitioner, act, petition.Facts{}, rules, f.Received)
	if err != nil {
		return err
	}
	h := s.fresh(f.ID, f.Reading, t.From)
	h.secrets.Locators, h.secrets.Receipt = []exchange.Locator{f.Locator}, f.Receipt
	ch, err := s.record(ctx, h, events, t.Now)
	if err != nil {
		return err
	}
	ch.claimed = filingFiles(f.Filing)
	if !t.Retry {
		return s.takeTogether(ctx, t, ch)
	}
	return s.taking(ctx, t, func(ctx context.Context, tx sql.Tx) error { return s.write(ctx, tx, ch) })
}

// filingFiles is the attachments of a filing, with their working copies.
func filingFiles(f petition.Filing) []petition.ID { return fileIDs(petition.Act{Files: f.Files}) }

// TakeMessage does what a petitioner did on the follow page. What the rules refuse
// (withdrawn too late, rated twice) is kept as a note with the petitioner's words, and
// why: nothing that somebody wrote is lost.
func (s *Store) TakeMessage(ctx context.Context, t exchange.Taking, m exchange.Message) error {
	for range staleTries {
		h, err := s.holdAny(ctx, m.Filing)
		if petition.Is(err, petition.NotFound) {
			return s.takeReportMessage(ctx, t, m)
		}
		if err != nil {
			return err
		}
		err = s.takeHeldMessage(ctx, t, h, m)
		if !errors.Is(err, errStale) {
			return err
		}
	}
	return &petition.Error{Kind: petition.Unavailable, Key: "error.busy", Err: errStale}
}

func (s *Store) takeHeldMessage(ctx context.Context, t exchange.Taking, h *held, m exchange.Message) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if h, err = s.matter(ctx, h, m.Matter); err != nil {
		return err
	}
	// What a petitioner may say, and no paper or other word of the office's.
	act := petition.Act{Action: m.Act.Action, Text: m.Act.Text, Files: m.Act.Files, Rating: m.Act.Rating,
		Head: m.Act.Head, News: m.Act.News, For: m.Act.For, At: m.At}
	if act.Action == petition.Withdraw {
		if act.Paper, err = backoffice.Withdrawal(h.c, rules, t.Now); err != nil {
			return err
		}
	}
	events, err := petition.Decide(h.c, petition.Petitioner, act, petition.Facts{}, rules, t.Now)
	if err == nil {
		err = s.numberPapers(ctx, rules, events)
	} else {
		events, err = refusedMessage(h.c, act, err, t.Now)
	}
	if err != nil {
		return err
	}
	ch, err := s.record(ctx, h, events, t.Now)
	if err != nil {
		return err
	}
	// The folder goes out whether it changed or not: the portal shows the message as
	// waiting until it has a newer one.
	if len(ch.items) == 0 && !h.silent() {
		if err := s.tell(ctx, h, ch, nil, rules, t.Now); err != nil {
			return err
		}
	}
	return s.taking(ctx, t, func(ctx context.Context, tx sql.Tx) error { return s.write(ctx, tx, ch) })
}

// refusedMessage is the event that keeps a message which the rules refused: a note, or
// an addition where the leg is past notes. It fails with Invalid if the case takes
// neither.
func refusedMessage(c *petition.Case, act petition.Act, refused error, now time.Time) ([]petition.Event, error) {
	why, ok := errors.AsType[*petition.Error](refused)
	if !ok {
		return nil, refused
	}
	if n := c.Version(); n > 0 && now.Before(c.Events[n-1].At) {
		now = c.Events[n-1].At
	}
	for leg := len(c.Legs); leg > 0; leg-- {
		for _, kind := range []petition.Action{petition.Note, petition.AddInfo} {
			e := petition.Event{N: c.Version() + 1, At: now.UTC().Truncate(time.Microsecond), By: petition.Petitioner,
				Act: petition.Act{Action: kind, Leg: leg, Text: act.Text, Files: act.Files, At: act.At,
					Reason: string(act.Action) + ": " + why.Key}}
			if trial := *c; trial.Apply(e) == nil {
				return []petition.Event{e}, nil
			}
		}
	}
	return nil, &petition.Error{Kind: petition.Invalid, Key: why.Key, Err: refused}
}

// TakeAck forgets outgoing items that arrived.
func (s *Store) TakeAck(ctx context.Context, t exchange.Taking, a exchange.Ack) error {
	return s.taking(ctx, t, func(ctx context.Context, tx sql.Tx) error {
		for part := range sql.Parts(a.Items) {
			_, err := tx.Exec(ctx, `DELETE FROM outbox WHERE to_end = ? AND id IN (`+sql.Marks(len(part))+`)`,
				append([]any{t.From}, sql.Args(part)...)...)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
