package officedb

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// ledgerWhere is what stands in each ledger besides unit and period. A case that was
// sealed up stands in none.
var ledgerWhere = map[backoffice.Ledger]string{
	backoffice.LedgerIncoming:  `l.kind IN ('own', 'referral', 'assigned')`,
	backoffice.LedgerFirst:     `l.occasion = 'first' AND l.kind IN ('own', 'referral', 'assigned')`,
	backoffice.LedgerPassed:    `(l.state = 'passed' OR l.kind IN ('referral', 'assigned'))`,
	backoffice.LedgerOverdue:   `(l.is_open = 1 AND l.due_at > 0 AND l.due_at <= ? OR l.state = 'supervised')`,
	backoffice.LedgerReview:    `l.kind IN ('review', 'rereview')`,
	backoffice.LedgerJoint:     `(l.people >= 2 OR l.channel = '22') AND l.kind IN ('own', 'referral', 'assigned')`,
	backoffice.LedgerWithdrawn: `l.state = 'withdrawn'`,
	backoffice.LedgerArchived:  `l.state = 'archived'`,
	backoffice.LedgerReception: `EXISTS (SELECT 1 FROM reception_seat x JOIN reception_plan p ON p.session = x.session
		WHERE x.case_id = l.case_id AND p.unit = l.unit)`,
	backoffice.LedgerContracts: `EXISTS (SELECT 1 FROM duty d WHERE d.case_id = l.case_id AND d.kind = 'contract' AND d.owner = l.unit)`,
}

// ledgerColumns are those of a list and what ledgers show besides.
const ledgerColumns = legColumns + `, l.kind, l.occasion, l.people, l.marks`

// ledgerAfter goes on after a row, newest first: instant, case, leg.
const ledgerAfter = ` AND l.received <= ? AND (l.received < ? OR l.case_id < ? OR (l.case_id = ? AND l.n < ?))
	AND l.state <> 'sealed_up' AND` + visibleLeg + `ORDER BY l.received DESC, l.case_id DESC, l.n DESC LIMIT ?`

// Ledger is one page of a ledger, what came last first. Rows touched are at most those
// that came to the units in the period.
func (s *Store) Ledger(ctx context.Context, by petition.Actor, q backoffice.LedgerQuery) (backoffice.LedgerPage, error) {
	var out backoffice.LedgerPage
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return out, err
	}
	where, ok := ledgerWhere[q.Ledger]
	if q.Ledger == backoffice.LedgerCounted {
		return s.counted(ctx, sc, q)
	}
	if !ok {
		return out, notFound()
	}
	span, err := spanOf(q.From, q.To)
	if err != nil {
		return out, err
	}
	after, err := ledgerCursor(q.After)
	if err != nil {
		return out, err
	}
	units, err := s.ledgerUnits(ctx, sc, q.Unit, q.Below, span)
	if err != nil {
		return out, err
	}
	limit := ledgerLimit(q)
	var all []legRow
	for _, unit := range units {
		args := []any{unit, span.from, span.to}
		if q.Ledger == backoffice.LedgerOverdue {
			args = append(args, q.Now)
		}
		args = append(args, after.at, after.at, after.id, after.id, after.n, sc.actor.Staff, limit+1)
		var rows []legRow
		err := s.db.Select(ctx, &rows, s.dialect.ledgerPage+` WHERE l.unit = ? AND l.received >= ? AND l.received < ? AND `+
			where+ledgerAfter, args...)
		if err != nil {
			return out, err
		}
		all = newest(append(all, rows...), limit+1)
	}
	return s.pageOfLedger(ctx, sc, all, limit)
}

// ledgerLimit is how many rows a page has.
func ledgerLimit(q backoffice.LedgerQuery) int {
	if q.Limit <= 0 {
		return pageSize
	}
	return min(q.Limit, pageLargest)
}

// pageOfLedger makes a page of its rows; one more than the limit tells that more follow.
func (s *Store) pageOfLedger(ctx context.Context, sc scope, all []legRow, limit int) (out backoffice.LedgerPage, err error) {
	if len(all) > limit {
		all = all[:limit]
		out.Next = cursorText.EncodeToString(all[limit-1].ledgerKey())
	}
	out.Rows, err = s.ledgerRows(ctx, sc, all)
	return out, err
}

// newest keeps the first rows of a merge, what came last first.
func newest(rows []legRow, most int) []legRow {
	slices.SortFunc(rows, func(a, b legRow) int { return bytes.Compare(b.ledgerKey(), a.ledgerKey()) })
	return rows[:min(len(rows), most)]
}

func (s *Store) ledgerRows(ctx context.Context, sc scope, rows []legRow) ([]backoffice.LedgerRow, error) {
	lines, err := s.lines(ctx, sc, rows)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.LedgerRow, len(rows))
	for i, r := range rows {
		out[i] = backoffice.LedgerRow{QueueRow: lines[i], Kind: petition.LegKind(r.Kind), Occasion: r.Occasion, People: r.People}
	}
	return out, nil
}

// span is a period, half open.
type span struct{ from, to int64 }

// spanOf is the instants of days; an empty one bounds nothing. It fails with Invalid for
// what is no day.
func spanOf(from, to string) (span, error) {
	sp := span{math.MinInt64, math.MaxInt64}
	if from != "" {
		day, err := petition.ParseDay(from)
		if err != nil {
			return sp, err
		}
		sp.from = sql.Instant(day)
	}
	if to != "" {
		day, err := petition.ParseDay(to)
		if err != nil {
			return sp, err
		}
		sp.to = sql.Instant(petition.EndOfDay(petition.Day(day)).Add(time.Microsecond))
	}
	return sp, nil
}

// ledgerUnits are the units whose ledger is asked for: one, or with below all of a
// subtree to which something came in the period; that is for overseers.
func (s *Store) ledgerUnits(ctx context.Context, sc scope, want petition.UnitID, below bool, sp span) ([]string, error) {
	unit, err := s.unitInScope(ctx, sc, want)
	if err != nil || !below {
		return []string{string(unit)}, err
	}
	if !sc.actor.Is(overseers...) {
		return nil, notFound()
	}
	low, high, err := s.below(ctx, unit)
	if err != nil {
		return nil, err
	}
	var units []string
	err = s.db.Select(ctx, &units, `
		SELECT u.id FROM unit u WHERE u.path >= ? AND u.path < ?
			AND EXISTS (SELECT 1 FROM leg l WHERE l.unit = u.id AND l.received >= ? AND l.received < ?)
		ORDER BY u.place`, low, high, sp.from, sp.to)
	return units, err
}

// ledgerPlace is where a page of a ledger begins.
type ledgerPlace struct {
	at int64
	id sql.ID
	n  int
}

func (l legRow) ledgerKey() []byte {
	k := binary.BigEndian.AppendUint64(make([]byte, 0, sortSize), uint64(l.Received))
	k = append(k, l.Case[:]...)
	return binary.BigEndian.AppendUint16(k, uint16(l.N))
}

// ledgerCursor reads a cursor; the first page begins after everything. It fails with
// Invalid for one that nobody was given.
func ledgerCursor(text string) (ledgerPlace, error) {
	p := ledgerPlace{at: math.MaxInt64}
	if text == "" {
		return p, nil
	}
	k, err := cursorText.DecodeString(text)
	if err != nil || len(k) != sortSize {
		return p, &petition.Error{Kind: petition.Invalid, Key: "error.bad_cursor"}
	}
	p.at = int64(binary.BigEndian.Uint64(k))
	copy(p.id[:], k[8:])
	p.n = int(binary.BigEndian.Uint16(k[8+16:]))
	return p, nil
}

// CountExport counts a list that somebody takes out against the day's quota, and records
// it with the purpose. It fails with Invalid without a purpose, with Throttled once the
// quota is used up; then nothing is recorded.
func (s *Store) CountExport(ctx context.Context, by petition.Actor, what, purpose string, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(workers...) && !sc.actor.Is(petition.CadreSupervisor) {
		return notFound()
	}
	if purpose = strings.TrimSpace(purpose); purpose == "" {
		return invalid("purpose", "problem.purpose_words")
	}
	return s.countExport(ctx, accountAct{action: "ledger_exported", by: sc.actor.Staff, unit: sc.actor.Unit,
		why: what + " | " + purpose, at: now})
}

// countExport counts what is taken out and records it, or does neither.
func (s *Store) countExport(ctx context.Context, act accountAct) error {
	entry := s.entry(act)
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		day := petition.Day(act.at)
		if _, err := tx.Exec(ctx, s.dialect.addExport, act.by, day); err != nil {
			return err
		}
		var n int
		if err := tx.Get(ctx, &n, `SELECT n FROM export_count WHERE staff = ? AND day = ?`, act.by, day); err != nil {
			return err
		}
		if n > backoffice.ExportsADay {
			return &petition.Error{Kind: petition.Throttled, Key: "error.export_quota"}
		}
		return s.appendAudit(ctx, tx, entry)
	})
}

// ExportsLeft is how many lists somebody may still take out on this day.
func (s *Store) ExportsLeft(ctx context.Context, by petition.Actor, now time.Time) (int, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return 0, err
	}
	var n []int
	err = s.db.Select(ctx, &n, `SELECT n FROM export_count WHERE staff = ? AND day = ?`, sc.actor.Staff, petition.Day(now))
	if err != nil || len(n) == 0 {
		return backoffice.ExportsADay, err
	}
	return max(backoffice.ExportsADay-n[0], 0), nil
}
