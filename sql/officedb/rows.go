package officedb

import (
	"context"
	"strings"

	"huiyin/petition"
	"huiyin/sql"
)

// block is how many rows go into one statement at most.
const block = 128

// rowsAtOnce is how many of the rows that are left go into the next statement: eights,
// then the rest, so that few different statements are ever made and prepared.
func rowsAtOnce(left int) int {
	if left < 8 {
		return left
	}
	return min(block, left&^7)
}

// insertRows stores rows, many per statement: head is "INSERT INTO … VALUES ", mark
// the marks of one row.
func insertRows(ctx context.Context, tx sql.Tx, head, mark string, rows [][]any) error {
	return upsertRows(ctx, tx, head, mark, "", rows)
}

// upsertRows does the same with a tail that says what becomes of rows that are there.
func upsertRows(ctx context.Context, tx sql.Tx, head, mark, tail string, rows [][]any) error {
	for len(rows) > 0 {
		n := rowsAtOnce(len(rows))
		var args []any
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		if _, err := tx.Exec(ctx, head+strings.Repeat(mark+", ", n-1)+mark+tail, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

const (
	caseHead = `INSERT INTO cases (id, number, version, revision, law, received, sealed_up, head, secrets, changed_at)
		VALUES `
	caseMark = `(?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`

	keyHead = `INSERT INTO case_key (case_id, holder, wrapped) VALUES `
	keyMark = `(?, ?, ?)`

	eventHead = `INSERT INTO event (case_id, n, at, action, leg, by_kind, staff, unit, to_unit, topic, ground, outcome,
		is_sealed, promise, hash, body) VALUES `
	eventMark = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	legHead = `INSERT INTO leg (case_id, n, unit, queue, state, stage, is_open, sort, number, track, topic, channel,
		received, due_at, warn_at, clock, due_day, from_day, handler, wake_at, changed_at, line,
		kind, occasion, people, sign_due, ended_at, fate, turns, marks) VALUES `
	legMark = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	tokenHead = `INSERT INTO token (kind, token, case_id) VALUES `
	tokenMark = `(?, ?, ?)`

	itemHead = `INSERT INTO outbox (id, from_end, to_end, made_at, sealed, sig) VALUES `
	itemMark = `(?, ?, ?, ?, ?, ?)`

	queueCountHead = `INSERT INTO queue_count (unit, queue, handler, n) VALUES `
	queueCountMark = `(?, ?, ?, ?)`

	openDayHead = `INSERT INTO open_day (unit, stage, dim, day, n) VALUES `
	openDayMark = `(?, ?, ?, ?, ?)`

	indicatorDayHead = `INSERT INTO indicator_day (unit, day, what, num, den) VALUES `
	indicatorDayMark = `(?, ?, ?, ?, ?)`

	inboxHead = `INSERT INTO inbox (id, from_end, taken_at) VALUES `
	inboxMark = `(?, ?, ?)`
)

func (ch *change) caseValues() []any {
	return []any{ch.id, ch.numberValue(), ch.version, ch.law, ch.received, ch.sealedUp, ch.head, ch.secrets, ch.at}
}

// numberValue is NULL before registration: a number is unique among those given.
func (ch *change) numberValue() any {
	if ch.number == "" {
		return nil
	}
	return ch.number
}

func (r eventRow) values(id petition.ID) []any {
	return []any{id, r.N, r.At, r.Action, r.Leg, r.By, r.Staff, r.Unit, r.To, r.Topic, r.Ground, r.Outcome,
		r.IsSealed, r.Promise, r.Hash, r.Body}
}

func (l legRow) values() []any {
	return []any{l.Case, l.N, l.Unit, l.Queue, l.State, l.Stage, l.Open, l.Sort, l.Number, l.Track, l.Topic,
		l.Channel, l.Received, l.Due, l.Warn, l.Clock, l.DueDay, l.FromDay, l.Handler, l.Wake, l.Changed, l.Line,
		l.Kind, l.Occasion, l.People, l.SignDue, l.EndedAt, l.Fate, l.Turns, l.Marks}
}

func (s *Store) insertEvents(ctx context.Context, tx sql.Tx, id petition.ID, events []eventRow) error {
	rows := make([][]any, 0, len(events))
	for _, e := range events {
		rows = append(rows, e.values(id))
	}
	if err := insertRows(ctx, tx, eventHead, eventMark, rows); err != nil {
		return err
	}
	return queueEvents(ctx, tx, events)
}

func (s *Store) insertLegs(ctx context.Context, tx sql.Tx, legs []legRow) error {
	rows := make([][]any, 0, len(legs))
	for _, l := range legs {
		rows = append(rows, l.values())
	}
	return insertRows(ctx, tx, legHead, legMark, rows)
}

func (s *Store) insertTokens(ctx context.Context, tx sql.Tx, id petition.ID, tokens []token) error {
	rows := make([][]any, 0, len(tokens))
	for _, t := range tokens {
		rows = append(rows, []any{t.Kind, t.Token, id})
	}
	return insertRows(ctx, tx, tokenHead, tokenMark, rows)
}
