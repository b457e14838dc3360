package officedb

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// loadBlock is how many cases one transaction of Load stores.
const loadBlock = 500

// LoadedCase is a ready-made history: of the demonstration world, of a benchmark, or
// brought from another system. A history that begins with a report about a cadre goes
// into a compartment.
type LoadedCase struct {
	ID       petition.ID
	Events   []petition.Event   // numbered and dated, possible by the rules
	Reading  exchange.Key       // zero: the case cannot be followed on a portal
	Locators []exchange.Locator // of the codes that open it
	Portal   string             // "" for the usual one
	Holder   exchange.Holder    // of a report: whose compartment; "" for that of the filing's unit
}

// Load stores cases with their past, deriving everything else as any other write does.
// It sends nothing to a portal. It stores block by block; after a failure the blocks
// before are there.
func (s *Store) Load(ctx context.Context, cases []LoadedCase, now time.Time) error {
	blocks := slices.Collect(slices.Chunk(cases, loadBlock))
	ready := make(chan prepared, 1) // one block is prepared while the one before is stored
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(ready)
		for _, block := range blocks {
			changes, err := s.prepareAll(ctx, block, now)
			select {
			case ready <- prepared{changes, err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	for p := range ready {
		if p.err != nil {
			return p.err
		}
		err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.writeAll(ctx, tx, p.changes) })
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// prepared is a block of cases ready to be stored.
type prepared struct {
	changes []*change
	err     error
}

// prepareAll encrypts and derives on every core.
func (s *Store) prepareAll(ctx context.Context, cases []LoadedCase, now time.Time) ([]*change, error) {
	changes := make([]*change, len(cases))
	errs := make([]error, len(cases))
	var wg sync.WaitGroup
	workers := runtime.NumCPU()
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(cases); i += workers {
				changes[i], errs[i] = s.prepareLoaded(ctx, cases[i], now)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return changes, nil
}

func (s *Store) prepareLoaded(ctx context.Context, lc LoadedCase, now time.Time) (*change, error) {
	portal := lc.Portal
	if portal == "" {
		portal = s.portals[0]
	}
	h := s.fresh(lc.ID, lc.Reading, portal)
	h.secrets.Locators, h.quiet = lc.Locators, true
	if first := lc.Events[0].Act.Filing; first != nil && first.Track() == petition.Report {
		return s.prepareReport(ctx, lc, *first, h.secrets)
	}
	return s.record(ctx, h, lc.Events, now)
}

func (s *Store) prepareReport(ctx context.Context, lc LoadedCase, f petition.Filing, sec secrets) (*change, error) {
	to := lc.Holder
	if to == "" {
		to = exchange.UnitHolder(f.Unit)
	}
	to, err := s.compartment(ctx, to, f)
	if err != nil {
		return nil, err
	}
	file, err := petition.FoldCadre(lc.ID, to.Unit(), lc.Events)
	if err != nil {
		return nil, err
	}
	moved, err := s.newReport(ctx, to, lc.ID, lc.Events[0].At, sec, lc.Events)
	if err != nil {
		return nil, err
	}
	moved.waits = file.Pending != nil
	return &change{moved: moved}, nil
}

// writeAll stores many fresh changes with few statements.
func (s *Store) writeAll(ctx context.Context, tx sql.Tx, changes []*change) error {
	var cases, events, legs, above, keys, tokens, notices, items, ruled, cited, gaps, seats [][]any
	var hashes []sql.Hash
	var at time.Time
	sums := newFigures()
	for _, ch := range changes {
		if ch.moved != nil {
			if err := ch.moved.insert(ctx, tx); err != nil {
				return err
			}
		}
		if ch.version == 0 { // a report: it is nowhere else
			continue
		}
		cases = append(cases, ch.caseValues())
		for _, e := range ch.events {
			events = append(events, e.values(ch.id))
		}
		hashes, at = append(hashes, hashesOf(ch.events)...), ch.at
		for _, l := range ch.newLegs {
			legs = append(legs, l.values())
			above = append(above, l.aboveValues(ch.units)...)
			sums.count(l, 1)
		}
		for _, t := range ch.told {
			sums.notice(t.unit, 1)
		}
		notices = append(notices, ch.noticeValues()...)
		for _, w := range ch.addKeys {
			keys = append(keys, []any{ch.id, w.Holder, w.Key})
		}
		for _, t := range ch.tokens {
			tokens = append(tokens, []any{t.Kind, t.Token, ch.id})
		}
		items = append(items, itemValues(ch.items)...)
		d, t := ch.decisionValues()
		ruled, cited, gaps = append(ruled, d...), append(cited, t...), append(gaps, ch.gapValues()...)
		seats = append(seats, ch.seats...)
		if err := claim(ctx, tx, ch.claimed); err != nil {
			return err
		}
		if err := ch.writeViewRequests(ctx, tx); err != nil {
			return err
		}
	}
	queue, err := queueRows(at, hashes)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		head, mark string
		rows       [][]any
	}{{caseHead, caseMark, cases}, {eventHead, eventMark, events}, {legHead, legMark, legs},
		{aboveHead, aboveMark, above}, {keyHead, keyMark, keys}, {tokenHead, tokenMark, tokens}, {queueHead, queueMark, queue}, {noticeHead, noticeMark, notices},
		{itemHead, itemMark, items}, {decisionHead, decisionMark, ruled}, {citationHead, citationMark, cited}, {gapHead, gapMark, gaps}, {seatHead, seatMark, seats}} {
		if err := insertRows(ctx, tx, part.head, part.mark, part.rows); err != nil {
			return err
		}
	}
	return sums.write(ctx, tx, s.dialect)
}
