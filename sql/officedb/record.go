package officedb

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// change is everything that one act leaves in the database, ready to be written:
// encrypted and derived beforehand, because nothing is computed inside a transaction.
type change struct {
	id       petition.ID
	fresh    bool
	revision int64 // as read; the row must still have it
	number   string
	law      string
	version  int
	received time.Time
	at       time.Time
	sealedUp bool
	head     [32]byte
	secrets  []byte

	events  []eventRow
	oldLegs []legRow
	newLegs []legRow
	addKeys []wrapped
	noKeys  []exchange.Holder
	tokens  []token
	items   []exchange.Item
	views   []view
	claimed []petition.ID   // pending files that the events name
	moved   *movedReport    // sealed up
	told    []told          // notices to other units
	ruled   []decisionRow   // what was signed on the claim, at each leg
	gap     *gapRow         // a gap in policy that the events found
	seats   [][]any         // places at leaders' sessions, as the events leave them
	made    *petition.Case  // of a matter taken out of a report: the case as it will be
	news    *newsChange     // for whom it is news
	form    []byte          // the form that registers it; empty for everything else
	units   *petition.Units // the tree by which the legs stand in lists
}

// errStale is a change that rests on a revision which is not the newest any more.
var errStale = errors.New("the case has changed since it was read")

// record makes the change that these events are: it applies them to the held case and
// derives all rows anew. Afterwards held is the case as it will be.
func (s *Store) record(ctx context.Context, h *held, events []petition.Event, now time.Time) (*change, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	before := s.shown(h, rules, now)
	ch := &change{id: h.c.ID, fresh: h.fresh, revision: h.revision, oldLegs: h.legs, at: now, units: rules.Units}
	for _, e := range events {
		if err := h.c.Apply(e); err != nil {
			return nil, err
		}
		row, err := sealEvent(h, e)
		if err != nil {
			return nil, err
		}
		ch.events = append(ch.events, row)
		ch.claimed = append(ch.claimed, fileIDs(e.Act)...)
		if t, ok := noticeOf(e); ok {
			ch.told = append(ch.told, t)
		}
		if g := gapOf(h.c, e); g != nil {
			ch.gap = g
		}
	}
	ch.seats = seatsOf(h.c, len(h.c.Events)-len(events))
	if err := s.derive(ctx, h, ch, rules, now); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(events, func(e petition.Event) bool { return e.Act.Person != nil }) && !h.fresh {
		if ch.tokens, err = s.newTokens(ctx, h.c); err != nil {
			return nil, err
		}
	}
	if err := s.tell(ctx, h, ch, before, rules, now); err != nil {
		return nil, err
	}
	ch.announce(h, events)
	return ch, nil
}

// derive fills in the rows that follow from the events.
func (s *Store) derive(ctx context.Context, h *held, ch *change, rules petition.Rules, now time.Time) error {
	var err error
	ch.number, ch.law, ch.version, ch.received = h.c.Number, h.c.Law, h.c.Version(), h.c.Received
	ch.head = h.head
	if ch.newLegs, err = s.deriveLegs(ctx, h.c, rules, now); err != nil {
		return err
	}
	if err := s.deriveKeys(ctx, h, ch); err != nil {
		return err
	}
	if h.fresh {
		ch.tokens = s.tokensOf(h.c.Filing)
	}
	if ch.decides() {
		ch.ruled = s.decisionsOf(h.c)
	}
	if ch.secrets, err = h.sealSecrets(); err != nil {
		return err
	}
	h.legs = ch.newLegs
	if slices.ContainsFunc(h.c.Legs, func(l petition.Leg) bool { return l.State == petition.SealedUp }) {
		return s.sealUp(ctx, h, ch)
	}
	return nil
}

// sealEvent encodes an event, links it to the one before and seals its body.
func sealEvent(h *held, e petition.Event) (eventRow, error) {
	env, body, err := petition.Encode(h.c.ID, e, false, exchange.NewKey())
	if err != nil {
		return eventRow{}, err
	}
	promise, err := petition.Commitment(body)
	if err != nil {
		return eventRow{}, err
	}
	h.head = env.Hash(promise, h.head)
	return eventRow{N: env.N, At: sql.Instant(env.At), Action: string(env.Action), Leg: env.Leg, By: string(env.By),
		Staff: sql.ID(env.Staff), Unit: string(env.Unit), To: string(env.To), Topic: string(env.Topic),
		Ground: string(env.Ground), Outcome: string(env.Outcome), IsSealed: env.Sealed, Promise: promise,
		Hash: h.head, Body: h.key.Seal(body, bodyPlace(h.c.ID, e.N))}, nil
}

// deriveKeys gives the case's data key to every unit that has something to do, and
// takes it from those whose leg ended with nothing more to do there. A case where all
// is done stays with the units that ended it.
func (s *Store) deriveKeys(ctx context.Context, h *held, ch *change) error {
	want := make(map[exchange.Holder]bool)
	for _, l := range h.c.Legs {
		gone := l.State == petition.Returned || l.State == petition.Decided || l.State == petition.NotReviewed ||
			l.State == petition.Passed && !l.Ended.IsZero()
		if !gone {
			want[exchange.UnitHolder(l.Unit)] = true
		}
	}
	have := make(map[exchange.Holder]bool)
	for _, w := range h.keys {
		have[w.Holder] = true
		if len(want) > 0 && !want[w.Holder] {
			ch.noKeys = append(ch.noKeys, w.Holder)
		}
	}
	for to := range want {
		if have[to] {
			continue
		}
		w, err := s.wrapFor(ctx, h.c.ID, h.key, to)
		if err != nil {
			return err
		}
		ch.addKeys = append(ch.addKeys, w)
	}
	h.keys = append(slices.DeleteFunc(h.keys, func(w wrapped) bool {
		return slices.Contains(ch.noKeys, w.Holder)
	}), ch.addKeys...)
	return nil
}

// silent tells whether nobody follows the case: a part is followed with the whole.
func (h *held) silent() bool {
	whole := h.c.Parent != nil || !h.secrets.Whole.IsZero()
	return h.quiet || (h.secrets.Reading == (exchange.Key{}) && !whole)
}

// shown is what the petitioner sees now; nil where nobody could open it.
func (s *Store) shown(h *held, r petition.Rules, now time.Time) []byte {
	if h.silent() || h.c.Version() == 0 {
		return nil
	}
	return folderBytes(petition.Project(h.c, r, now))
}

// folderBytes leaves the version out: acts that show nothing send nothing.
func folderBytes(f petition.Folder) []byte {
	f.Version = 0
	b, err := json.Marshal(f)
	if err != nil { // a Folder holds nothing that JSON cannot
		return nil
	}
	return b
}

// tell puts the petitioner's new view of the case in the outbox, if it changed.
func (s *Store) tell(ctx context.Context, h *held, ch *change, before []byte, r petition.Rules, now time.Time) error {
	if h.silent() {
		return nil
	}
	folder := petition.Project(h.c, r, now)
	if bytes.Equal(before, folderBytes(folder)) {
		return nil
	}
	switch {
	case h.c.Parent != nil:
		return s.tellWhole(ctx, h, ch, r, now)
	case !h.secrets.Whole.IsZero():
		return s.tellReporter(ctx, h, ch, r, now)
	}
	if err := s.enclose(ctx, &folder, h, r, now); err != nil {
		return err
	}
	items, err := s.folderItems(h, folder, now)
	ch.items = append(ch.items, items...)
	return err
}

// write stores a change in the transaction. It fails with errStale if the case has
// changed since it was read.
func (s *Store) write(ctx context.Context, tx sql.Tx, ch *change) error {
	if err := useForm(ctx, tx, ch.form, ch.id, ch.at); err != nil {
		return err
	}
	if err := writeCase(ctx, tx, ch); err != nil {
		return err
	}
	if err := s.insertEvents(ctx, tx, ch.id, ch.events); err != nil {
		return err
	}
	if err := s.writeLegs(ctx, tx, ch); err != nil {
		return err
	}
	if err := writeKeys(ctx, tx, ch); err != nil {
		return err
	}
	if err := s.insertTokens(ctx, tx, ch.id, ch.tokens); err != nil {
		return err
	}
	if err := claim(ctx, tx, ch.claimed); err != nil {
		return err
	}
	if err := s.writeDecisions(ctx, tx, ch); err != nil {
		return err
	}
	if err := ch.writeViewRequests(ctx, tx); err != nil {
		return err
	}
	sums := ch.figures()
	if err := insertRows(ctx, tx, noticeHead, noticeMark, ch.noticeValues()); err != nil {
		return err
	}
	if ch.moved != nil {
		if err := s.moveReport(ctx, tx, ch, sums); err != nil {
			return err
		}
	}
	if err := putItems(ctx, tx, ch.items); err != nil {
		return err
	}
	if err := s.queueNews(ctx, tx, ch.news, ch.at); err != nil {
		return err
	}
	for _, v := range ch.views {
		if err := s.appendAudit(ctx, tx, v); err != nil {
			return err
		}
	}
	return sums.write(ctx, tx, s.dialect)
}

// claim keeps files that an event names now from being swept.
func claim(ctx context.Context, tx sql.Tx, files []petition.ID) error {
	for _, f := range files {
		if _, err := tx.Exec(ctx, `DELETE FROM file_pending WHERE file = ?`, f); err != nil {
			return err
		}
	}
	return nil
}

// figures is what the change does to the kept counts.
func (ch *change) figures() figures {
	f := newFigures()
	for _, l := range ch.oldLegs {
		f.count(l, -1)
	}
	for _, l := range ch.newLegs {
		f.count(l, 1)
	}
	for _, t := range ch.told {
		f.notice(t.unit, 1)
	}
	return f
}

func writeCase(ctx context.Context, tx sql.Tx, ch *change) error {
	if ch.fresh {
		return insertRows(ctx, tx, caseHead, caseMark, [][]any{ch.caseValues()})
	}
	rows, err := tx.Exec(ctx, `
		UPDATE cases SET number = ?, version = ?, revision = revision + 1, law = ?, received = ?, sealed_up = ?, head = ?,
			secrets = ?, changed_at = ?
		WHERE id = ? AND revision = ?`,
		ch.numberValue(), ch.version, ch.law, ch.received, ch.sealedUp, ch.head, ch.secrets, ch.at, ch.id, ch.revision)
	if err == nil && rows == 0 {
		return errStale
	}
	return err
}

// writeLegs writes the legs that changed; a leg never goes away.
func (s *Store) writeLegs(ctx context.Context, tx sql.Tx, ch *change) error {
	var added []legRow
	var above [][]any
	for _, l := range ch.newLegs {
		old := slices.IndexFunc(ch.oldLegs, func(o legRow) bool { return o.N == l.N })
		if old < 0 {
			added, above = append(added, l), append(above, l.aboveValues(ch.units)...)
			continue
		}
		if err := updateLeg(ctx, tx, l); err != nil {
			return err
		}
		come, err := moveAbove(ctx, tx, ch.units, ch.oldLegs[old], l)
		if err != nil {
			return err
		}
		above = append(above, come...)
	}
	if err := s.insertLegs(ctx, tx, added); err != nil {
		return err
	}
	return insertRows(ctx, tx, aboveHead, aboveMark, above)
}

func updateLeg(ctx context.Context, tx sql.Tx, l legRow) error {
	_, err := tx.Exec(ctx, `
		UPDATE leg SET unit = ?, queue = ?, state = ?, stage = ?, is_open = ?, sort = ?, number = ?, track = ?,
			topic = ?, channel = ?, received = ?, due_at = ?, warn_at = ?, clock = ?, due_day = ?, from_day = ?,
			handler = ?, wake_at = ?, changed_at = ?, line = ?,
			kind = ?, occasion = ?, people = ?, sign_due = ?, ended_at = ?, fate = ?, turns = ?, marks = ?
		WHERE case_id = ? AND n = ?`,
		l.Unit, l.Queue, l.State, l.Stage, l.Open, l.Sort, l.Number, l.Track, l.Topic, l.Channel, l.Received,
		l.Due, l.Warn, l.Clock, l.DueDay, l.FromDay, l.Handler, l.Wake, l.Changed, l.Line,
		l.Kind, l.Occasion, l.People, l.SignDue, l.EndedAt, l.Fate, l.Turns, l.Marks, l.Case, l.N)
	return err
}

func writeKeys(ctx context.Context, tx sql.Tx, ch *change) error {
	for _, w := range ch.addKeys {
		if err := insertRows(ctx, tx, keyHead, keyMark, [][]any{{ch.id, w.Holder, w.Key}}); err != nil {
			return err
		}
	}
	for _, h := range ch.noKeys {
		_, err := tx.Exec(ctx, `DELETE FROM case_key WHERE case_id = ? AND holder = ?`, ch.id, h)
		if err != nil {
			return err
		}
	}
	return nil
}

// fileIDs is the attachments that an act brings.
func fileIDs(a petition.Act) []petition.ID {
	var ids []petition.ID
	for _, f := range a.Files {
		ids = append(ids, f.ID)
		if f.Clean != nil {
			ids = append(ids, f.Clean.ID)
		}
	}
	return ids
}
