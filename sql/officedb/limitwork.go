package officedb

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	// promptly is how long whoever drafts or applies an edit waits for its work; the rest
	// is the job's.
	promptly = 2 * time.Second
	// settleAfter is when no program can still act by rules from before an edit: what it
	// kept in memory is a second old at most, and its transaction is over.
	settleAfter = 10 * time.Second
	limitLease  = time.Minute
	limitTries  = 5
)

// LimitTick goes on with what edits of calendar and profiles still have to do: measure
// drafts, and reckon open cases anew. It may be stopped anywhere and run again, by any
// program; one at a time runs, by a lease.
func (s *Store) LimitTick(ctx context.Context, now time.Time) error {
	return s.workOnLimits(ctx, now, limitLease/2)
}

func (s *Store) workOnLimits(ctx context.Context, now time.Time, most time.Duration) error {
	if !s.reckoning.TryLock() {
		return nil
	}
	defer s.reckoning.Unlock()
	lease := sql.Lease{DB: s.db, Name: "limits", Holder: s.me, Length: limitLease}
	fence, mine, err := lease.Take(ctx, now)
	if err != nil || !mine {
		return err
	}
	for began := time.Now(); time.Since(began) < most; {
		more, err := s.limitStep(ctx, lease, fence, now)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// limitStep does one batch of the edit that comes first: one in force before drafts. more
// is false where nothing is left to do now.
func (s *Store) limitStep(ctx context.Context, lease sql.Lease, fence int64, now time.Time) (more bool, err error) {
	var row editRow
	err = s.db.Get(ctx, &row, editColumns+`WHERE e.state IN (?, ?) OR (e.state = ? AND e.applied_at <= ?)
		ORDER BY CASE e.state WHEN 'measuring' THEN 1 ELSE 0 END, e.id LIMIT 1`,
		backoffice.EditApplying, backoffice.EditMeasuring, backoffice.EditSettling, now.Add(-settleAfter))
	if petition.Is(err, petition.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	w := limitWork{s: s, row: row, lease: lease, fence: fence, now: now}
	if err := w.rules(ctx); err != nil {
		return false, err
	}
	switch row.State {
	case backoffice.EditMeasuring:
		return true, w.measure(ctx)
	case backoffice.EditApplying:
		return true, w.apply(ctx)
	}
	return true, w.settle(ctx)
}

// limitWork is one batch for an edit.
type limitWork struct {
	s             *Store
	row           editRow
	lease         sql.Lease
	fence         int64
	now           time.Time
	before, after petition.Rules
}

// rules reads what held before the edit and what holds with it: all but the one setting is
// as it is now.
func (w *limitWork) rules(ctx context.Context) error {
	w.s.forgetRules()
	now, err := w.s.Rules(ctx)
	if err != nil {
		return err
	}
	w.before, w.after = now, now
	if w.row.Kind == backoffice.EditCalendar {
		if w.before.Days, err = daysIn(w.row.Was); err == nil {
			w.after.Days, err = daysIn(w.row.Value)
		}
		return err
	}
	if w.before.Laws, err = lawsIn(w.row.Was); err == nil {
		w.after.Laws, err = lawsIn(w.row.Value)
	}
	return err
}

// next is the cases after the place that has been reached in which a limit may run: open
// ones, and closed ones that a petitioner may still have reviewed.
func (w *limitWork) next(ctx context.Context) ([]petition.ID, error) {
	var ids []sql.ID
	err := w.s.db.Select(ctx, &ids, `
		SELECT c.id FROM cases c WHERE c.id > ? AND c.sealed_up = 0
			AND EXISTS (SELECT 1 FROM leg l WHERE l.case_id = c.id AND (l.is_open = 1 OR l.wake_at > 0))
		ORDER BY c.id LIMIT ?`, w.row.Place, tickBatch)
	out := make([]petition.ID, 0, len(ids))
	for _, id := range ids {
		out = append(out, petition.ID(id))
	}
	return out, err
}

// measure looks at a batch of cases, and keeps what would move.
func (w *limitWork) measure(ctx context.Context) error {
	ids, err := w.next(ctx)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return w.step(ctx, `UPDATE rule_edit SET state = ? WHERE id = ? AND state = ?`, backoffice.EditReady, w.row.ID, w.row.State)
	}
	cases, err := w.s.readCases(ctx, ids)
	if err != nil {
		return err
	}
	var rows [][]any
	touched, late, kept := 0, 0, 0
	for _, id := range ids {
		one, ok := cases[id]
		if !ok {
			continue
		}
		dues := one.c.Recounted(w.before, w.after, w.now)
		if len(dues) > 0 {
			touched++
		}
		for _, d := range dues {
			if d.Late(w.now) {
				late++
			}
			if d.Kept {
				kept++
			}
			rows = append(rows, []any{w.row.ID, id, d.Leg, string(d.Clock), string(one.c.Leg(d.Leg).Unit), d.Was, d.Is, d.Late(w.now), d.Kept})
		}
	}
	return w.write(ctx, func(ctx context.Context, tx sql.Tx) error {
		n, err := tx.Exec(ctx, `
			UPDATE rule_edit SET place = ?, looked = looked + ?, cases = cases + ?, dues = dues + ?, late = late + ?, kept = kept + ?
			WHERE id = ? AND state = ? AND place = ?`,
			ids[len(ids)-1], len(ids), touched, len(rows), late, kept, w.row.ID, w.row.State, w.row.Place)
		if err != nil || n == 0 { // given up, or begun anew
			return err
		}
		return insertRows(ctx, tx, `INSERT INTO rule_effect (edit, case_id, leg, clock, unit, was_day, is_day, late, kept) VALUES `,
			`(?, ?, ?, ?, ?, ?, ?, ?, ?)`, rows)
	})
}

// apply reckons a batch of cases anew.
func (w *limitWork) apply(ctx context.Context) error {
	ids, err := w.next(ctx)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return w.step(ctx, `UPDATE rule_edit SET state = ? WHERE id = ? AND state = ?`, backoffice.EditSettling, w.row.ID, w.row.State)
	}
	told, err := w.recount(ctx, ids)
	if err != nil {
		return err
	}
	return w.step(ctx, `UPDATE rule_edit SET place = ?, told = told + ? WHERE id = ? AND place = ?`,
		ids[len(ids)-1], told, w.row.ID, w.row.Place)
}

// settle looks once more at what somebody changed while the edit came into force, whose
// program may not have known of it yet.
func (w *limitWork) settle(ctx context.Context) error {
	applied := sql.Time(w.row.Applied)
	at, after := sql.Instant(applied.Add(-settleAfter)), petition.ID{}
	for {
		var rows []changedRow
		err := w.s.db.Select(ctx, &rows, `
			SELECT id, revision, received, sealed_up, changed_at FROM cases
			WHERE changed_at >= ? AND changed_at <= ? AND (changed_at > ? OR id > ?) ORDER BY changed_at, id LIMIT ?`,
			at, applied.Add(settleAfter), at, after, tickBatch)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return w.step(ctx, `UPDATE rule_edit SET state = ?, done_at = ? WHERE id = ? AND state = ?`,
				backoffice.EditDone, w.now, w.row.ID, w.row.State)
		}
		var ids []petition.ID
		for _, r := range rows {
			ids = append(ids, petition.ID(r.ID))
		}
		if _, err := w.recount(ctx, ids); err != nil {
			return err
		}
		last := rows[len(rows)-1]
		at, after = last.Changed, petition.ID(last.ID)
	}
}

// recount reckons cases anew and tells in how many of their logs the edit was written.
func (w *limitWork) recount(ctx context.Context, ids []petition.ID) (told int, err error) {
	for _, id := range ids {
		wrote, err := w.recountCase(ctx, id)
		if err != nil {
			return told, err
		}
		if wrote {
			told++
		}
	}
	return told, nil
}

// recountCase writes the event, once for each edit, and the rows that follow; nothing where
// nothing differs. What somebody is changing at this moment is read anew.
func (w *limitWork) recountCase(ctx context.Context, id petition.ID) (wrote bool, err error) {
	for range limitTries {
		wrote, err = w.tryRecount(ctx, id)
		if !errors.Is(err, errStale) {
			break
		}
	}
	if petition.Is(err, petition.NotFound) { // sealed up meanwhile
		return false, nil
	}
	return wrote, err
}

func (w *limitWork) tryRecount(ctx context.Context, id petition.ID) (bool, error) {
	h, err := w.s.holdAny(ctx, id)
	if err != nil {
		return false, err
	}
	var events []petition.Event
	if e, ok := h.c.RecountEvent(petition.ID(w.row.ID), w.row.Title, w.before, w.after, w.now); ok {
		events = append(events, e)
	} else {
		fresh, err := w.s.deriveLegs(ctx, h.c, w.after, w.now)
		if err != nil || slices.EqualFunc(h.legs, fresh, sameLeg) {
			return false, err
		}
	}
	return len(events) > 0, w.s.commit(ctx, h, events, nil, w.now)
}

// sameLeg compares two rows but for how their lines happen to be sealed.
func sameLeg(a, b legRow) bool {
	a.Line, b.Line = nil, nil
	return reflect.DeepEqual(a, b)
}

func (w *limitWork) step(ctx context.Context, update string, args ...any) error {
	return w.write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, update, args...)
		return err
	})
}

// write does it only while no other program has taken over, and renews the lease.
func (w *limitWork) write(ctx context.Context, do func(ctx context.Context, tx sql.Tx) error) error {
	err := w.s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := w.lease.Check(ctx, tx, w.fence); err != nil {
			return err
		}
		return do(ctx, tx)
	})
	if err != nil {
		return err
	}
	_, _, err = w.lease.Take(ctx, w.now)
	return err
}
