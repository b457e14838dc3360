package officedb

import (
	"context"
	"encoding/binary"
	"errors"
	"strconv"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

type auditRow struct {
	N       int64      `db:"n"`
	At      sql.Moment `db:"at"`
	Action  string     `db:"action"`
	Login   string     `db:"login"`
	Name    string     `db:"name"`
	Unit    string     `db:"unit"`
	About   string     `db:"about"`
	Case    sql.ID     `db:"case_id"`
	Number  string     `db:"number"`
	Purpose []byte     `db:"purpose"`
}

// readableEntry guards a statement about the entries a of the office's log: people and
// accounts of the reader's subtree; no entry of a case that was sealed up or that the
// reader must not know of, whatever the role; and none that says that somebody was
// barred, for that is who. Compartments have logs of their own, which nobody reads here.
// Its arguments are scope.auditGuard.
const readableEntry = ` a.chain = 'office' AND a.action <> 'excluded'
	AND ((s.id IS NULL AND t.id IS NULL) OR EXISTS (SELECT 1 FROM unit u WHERE u.id = COALESCE(s.unit, t.unit) AND u.path >= ? AND u.path < ?))
	AND (a.case_id = ? OR (c.sealed_up = 0 AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = a.case_id))) `

func (sc scope) auditGuard() []any {
	low, high := subtree(sc.path)
	return []any{low, high, petition.ID{}, sc.actor.Staff}
}

const auditColumns = `
	SELECT a.n, a.at, a.action, a.case_id, a.purpose, COALESCE(s.login, '') AS login, COALESCE(s.name, '') AS name,
		COALESCE(s.unit, a.unit) AS unit, COALESCE(t.login, '') AS about, COALESCE(c.number, '') AS number
	FROM audit a
	LEFT JOIN staff s ON s.id = a.staff
	LEFT JOIN staff t ON t.id = a.file
	LEFT JOIN cases c ON c.id = a.case_id
	WHERE` + readableEntry

// AuditLog is one page of the office's log, newest first. NotFound for everybody but the
// audit administrator. A login or number that is not known gives an empty page.
func (s *Store) AuditLog(ctx context.Context, by petition.Actor, q backoffice.AuditQuery) (backoffice.AuditPage, error) {
	sc, err := s.administrator(ctx, by, petition.AuditAdmin)
	if err != nil {
		return backoffice.AuditPage{}, err
	}
	return s.auditPage(ctx, sc, q, pageSize)
}

func (s *Store) auditPage(ctx context.Context, sc scope, q backoffice.AuditQuery, size int) (backoffice.AuditPage, error) {
	var page backoffice.AuditPage
	where, args, err := s.auditFilter(ctx, q)
	if petition.Is(err, petition.NotFound) {
		return page, nil
	}
	if err != nil {
		return page, err
	}
	at, n, err := s.auditCursor(q.After)
	if err != nil {
		return page, err
	}
	args = append(sc.auditGuard(), args...)
	args = append(args, at, at, n, size+1)
	var rows []auditRow
	err = s.db.Select(ctx, &rows, auditColumns+where+`
		AND a.at <= ? AND (a.at < ? OR a.n < ?) ORDER BY a.at DESC, a.n DESC LIMIT ?`, args...)
	if err != nil {
		return page, err
	}
	if len(rows) > size {
		rows = rows[:size]
		page.Next = s.auditMark(rows[size-1])
	}
	for _, r := range rows {
		one, err := s.openEntry(r)
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, one)
	}
	return page, nil
}

// auditFilter is the filter's conditions; NotFound if nobody and nothing can match.
func (s *Store) auditFilter(ctx context.Context, q backoffice.AuditQuery) (where string, args []any, err error) {
	if q.Login != "" {
		id, err := s.staffID(ctx, q.Login)
		if err != nil {
			return "", nil, err
		}
		where += ` AND (a.staff = ? OR a.file = ?)`
		args = append(args, id, id)
	}
	if q.Number != "" {
		var id sql.ID
		if err := s.db.Get(ctx, &id, `SELECT id FROM cases WHERE number = ?`, strings.TrimSpace(q.Number)); err != nil {
			return "", nil, err
		}
		where += ` AND a.case_id = ?`
		args = append(args, id)
	}
	if book := backoffice.AuditBooks[q.Action]; book != nil {
		where += ` AND a.action IN (?` + strings.Repeat(`, ?`, len(book)-1) + `)`
		for _, action := range book {
			args = append(args, action)
		}
	} else if q.Action != "" {
		where += ` AND a.action = ?`
		args = append(args, q.Action)
	}
	for _, edge := range []struct {
		day, test string
		add       int
	}{{q.From, ` AND a.at >= ?`, 0}, {q.To, ` AND a.at < ?`, 1}} {
		if edge.day == "" {
			continue
		}
		day, err := petition.ParseDay(edge.day)
		if err != nil {
			return "", nil, invalid("from", "error.bad_day")
		}
		where += edge.test
		args = append(args, day.AddDate(0, 0, edge.add))
	}
	return where, args, nil
}

var auditMarkPlace = place("audit", "cursor")

// auditMark is where the next page begins. It is sealed: from the numbers of two entries
// a reader could count those between that are not shown.
func (s *Store) auditMark(last auditRow) string {
	plain := binary.BigEndian.AppendUint64(nil, uint64(sql.Instant(last.At.Time)))
	plain = binary.BigEndian.AppendUint64(plain, uint64(last.N))
	return tokenText.EncodeToString(s.keys.master.Seal(plain, auditMarkPlace))
}

func (s *Store) auditCursor(mark string) (at, n int64, err error) {
	if mark == "" {
		return 1 << 62, 1 << 62, nil
	}
	raw, err := tokenText.DecodeString(mark)
	if err == nil {
		raw, err = s.keys.master.Open(raw, auditMarkPlace)
	}
	if err != nil || len(raw) != 16 {
		return 0, 0, &petition.Error{Kind: petition.Invalid, Key: "error.bad_cursor"}
	}
	return int64(binary.BigEndian.Uint64(raw)), int64(binary.BigEndian.Uint64(raw[8:])), nil
}

func (s *Store) openEntry(r auditRow) (backoffice.AuditRow, error) {
	out := backoffice.AuditRow{At: r.At.Time, Action: r.Action, Login: r.Login, Name: r.Name,
		Unit: petition.UnitID(r.Unit), About: r.About, Number: r.Number}
	if petition.ID(r.Case).IsZero() && len(r.Purpose) > 0 {
		note, err := s.keys.master.Open(r.Purpose, purposePlace(petition.ID{}))
		if err != nil {
			return out, err
		}
		out.Note = string(note)
	}
	return out, nil
}

// ExportAudit gives up to so many entries at once, counts them against the day's quota of
// lists, and records that they were taken out, with which filter and what for. It fails
// with Invalid without a purpose, with Throttled once the quota is used up.
func (s *Store) ExportAudit(ctx context.Context, by petition.Actor, q backoffice.AuditQuery, purpose string, most int, now time.Time) (backoffice.AuditPage, error) {
	sc, err := s.administrator(ctx, by, petition.AuditAdmin)
	if err != nil {
		return backoffice.AuditPage{}, err
	}
	if purpose = strings.TrimSpace(purpose); purpose == "" {
		return backoffice.AuditPage{}, invalid("purpose", "problem.purpose_words")
	}
	q.After = ""
	page, err := s.auditPage(ctx, sc, q, most)
	if err != nil {
		return page, err
	}
	what := strings.Join([]string{q.Login, q.Action, q.Number, q.From, q.To, strconv.Itoa(len(page.Rows)), purpose}, " | ")
	if err := s.countExport(ctx, sc.act("audit_exported", petition.ID{}, what, now)); err != nil {
		return backoffice.AuditPage{}, err
	}
	return page, nil
}

// LogState is the newest head of the log of record, for the audit administrator.
func (s *Store) LogState(ctx context.Context, by petition.Actor) (backoffice.LogState, error) {
	var out backoffice.LogState
	if _, err := s.administrator(ctx, by, petition.AuditAdmin); err != nil {
		return out, err
	}
	head, err := s.lastHead(ctx)
	if err != nil {
		return out, err
	}
	out.Number, out.Size, out.At = head.Number, head.Size, head.At
	return out, s.db.Get(ctx, &out.Waiting, `SELECT COUNT(*) FROM unsequenced`)
}

// checkTime is how long a page may wait for the whole record; a larger one is verified
// at the command line.
const checkTime = 40 * time.Second

// CheckLog verifies the whole record and records that it was done. What is broken is
// named no nearer than the audit administrator may know: a case or report is a record.
func (s *Store) CheckLog(ctx context.Context, by petition.Actor, now time.Time) (backoffice.LogCheck, error) {
	sc, err := s.administrator(ctx, by, petition.AuditAdmin)
	if err != nil {
		return backoffice.LogCheck{}, err
	}
	if !s.checking.TryLock() {
		return backoffice.LogCheck{}, &petition.Error{Kind: petition.Unavailable, Key: "error.check_runs"}
	}
	defer s.checking.Unlock()
	began := time.Now()
	short, stop := context.WithTimeout(ctx, checkTime)
	defer stop()
	tally, err := s.Inspect(short)
	if short.Err() != nil {
		return backoffice.LogCheck{}, &petition.Error{Kind: petition.Unavailable, Key: "error.check_long", Err: short.Err()}
	}
	out := backoffice.LogCheck{At: now, Took: time.Since(began), Entries: tally.Sequenced, Heads: tally.Heads, Waiting: tally.Waiting}
	if broken, ok := errors.AsType[*Broken](err); ok {
		out.Broken, out.N = whereBroken(broken)
	} else if err != nil {
		return out, err
	}
	return out, s.log(ctx, s.entry(sc.act("log_checked", petition.ID{}, "", now)))
}

func whereBroken(b *Broken) (where string, n int64) {
	switch {
	case b.Chain == officeChain:
		return "office", b.N
	case strings.HasPrefix(b.Chain, "case ") || strings.HasPrefix(b.Chain, "report ") || strings.HasPrefix(b.Chain, "cadre/"):
		return "record", 0
	}
	return "log", 0
}
