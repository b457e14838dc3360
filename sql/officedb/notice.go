package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// A unit below that is told of something (petition.Tell) reads it here. Nothing of the
// case is copied: what a notice says is read from the case, as long as it is one.

// told is a notice to be stored.
type told struct {
	n    int
	unit string
	at   int64
}

const (
	noticeHead = `INSERT INTO notice (case_id, n, unit, at, read_at, read_by) VALUES `
	noticeMark = `(?, ?, ?, ?, 0, ?)`
)

// noticeOf is the notice that an event sends; false for most.
func noticeOf(e petition.Event) (told, bool) {
	if e.Act.Action != petition.Tell || e.Act.To == "" {
		return told{}, false
	}
	return told{n: e.N, unit: string(e.Act.To), at: sql.Instant(e.At)}, true
}

func (ch *change) noticeValues() [][]any {
	rows := make([][]any, 0, len(ch.told))
	for _, t := range ch.told {
		rows = append(rows, []any{ch.id, t.n, t.unit, t.at, sql.ID{}})
	}
	return rows
}

// notice counts unread notices.
func (f figures) notice(unit string, n int) {
	f.queues[queueCell{unit: unit, queue: noticeQueue}] += n
}

// recountNotices adds what a full count of unread notices gives.
func (s *Store) recountNotices(ctx context.Context, want figures) error {
	var units []string
	err := s.db.Select(ctx, &units, `SELECT unit FROM notice WHERE read_at = 0`)
	for _, u := range units {
		want.notice(u, 1)
	}
	return err
}

// dropNotices takes back the notices of a case that was sealed up: nobody else is to
// know of it any more.
func (s *Store) dropNotices(ctx context.Context, tx sql.Tx, id petition.ID, sums figures) error {
	var unread []string
	if err := tx.Select(ctx, &unread, `SELECT unit FROM notice WHERE case_id = ? AND read_at = 0`, id); err != nil {
		return err
	}
	for _, u := range unread {
		sums.notice(u, -1)
	}
	_, err := tx.Exec(ctx, `DELETE FROM notice WHERE case_id = ?`, id)
	return err
}

// noticeWords is the purpose that the log gives for every notice read.
const noticeWords = "来函告知"

// noticeReaders may read what other units tell theirs.
var noticeReaders = []petition.Role{petition.Registrar, petition.OfficeHead}

// noticeRow is a notice as stored.
type noticeRow struct {
	Case   sql.ID `db:"case_id"`
	N      int    `db:"n"`
	At     int64  `db:"at"`
	ReadAt int64  `db:"read_at"`
	Reader string `db:"reader"`
}

const noticeColumns = `SELECT o.case_id, o.n, o.at, o.read_at, COALESCE(s.name, '') AS reader
	FROM notice o LEFT JOIN staff s ON s.id = o.read_by
	WHERE o.unit = ? AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = o.case_id)`

// Notices lists what the actor's unit was told, newest first, from the one before the
// given instant and case; those that nobody took note of yet stand first.
func (s *Store) Notices(ctx context.Context, by petition.Actor, q backoffice.NoticeQuery) (backoffice.NoticePage, error) {
	var page backoffice.NoticePage
	sc, err := s.noticeScope(ctx, by)
	if err != nil {
		return page, err
	}
	if page.Unread, err = s.unread(ctx, sc); err != nil {
		return page, err
	}
	before := int64(1) << 62
	if !q.Before.IsZero() {
		before = sql.Instant(q.Before)
	}
	var rows []noticeRow
	err = s.db.Select(ctx, &rows, noticeColumns+`
		AND (o.at < ? OR (o.at = ? AND o.case_id < ?)) ORDER BY o.at DESC, o.case_id DESC LIMIT ?`,
		sc.actor.Unit, sc.actor.Staff, before, before, q.BeforeCase, pageSize+1)
	if err != nil {
		return page, err
	}
	page.More = len(rows) > pageSize
	for _, r := range rows[:min(len(rows), pageSize)] {
		n, err := s.openNotice(ctx, r)
		if petition.Is(err, petition.NotFound) {
			continue // sealed up meanwhile
		}
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, n)
	}
	return page, nil
}

// unread is the kept figure, less what this person must not know of.
func (s *Store) unread(ctx context.Context, sc scope) (int, error) {
	var n int
	err := s.db.Get(ctx, &n, `
		SELECT COALESCE(SUM(n), 0) FROM queue_count WHERE unit = ? AND queue = ?`, sc.actor.Unit, noticeQueue)
	if err != nil || len(sc.barred) == 0 {
		return n, err
	}
	var barred int
	err = s.db.Get(ctx, &barred, `
		SELECT COUNT(*) FROM exclusion x JOIN notice o ON o.case_id = x.case_id
		WHERE x.staff = ? AND o.unit = ? AND o.read_at = 0`, sc.actor.Staff, sc.actor.Unit)
	return n - barred, err
}

func (s *Store) noticeScope(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(noticeReaders...) {
		err = notFound()
	}
	return sc, err
}

// openNotice reads from the case what the notice says: the matter, who told and why;
// of the petitioner nothing but the masked name.
func (s *Store) openNotice(ctx context.Context, r noticeRow) (backoffice.Notice, error) {
	h, err := s.holdAny(ctx, petition.ID(r.Case))
	if err != nil {
		return backoffice.Notice{}, err
	}
	if r.N < 1 || r.N > len(h.c.Events) {
		return backoffice.Notice{}, notFound()
	}
	e, c := h.c.Events[r.N-1], newVeil(h.c.Filing, false, h.c.Persons()...).hideCase(h.c)
	n := backoffice.Notice{Case: petition.ID(r.Case), N: r.N, At: e.At, From: e.By.Unit, Number: c.Number,
		Channel: c.Channel, Received: c.Received, Title: c.Filing.Title, Name: maskName(h.c.Filing.Person),
		Facts: c.Filing.Facts, Request: c.Filing.Request, Why: c.Events[r.N-1].Act.Reason, Reader: r.Reader}
	if r.ReadAt != 0 {
		n.Read = sql.Time(r.ReadAt)
	}
	return n, nil
}

func (s *Store) noticeRow(ctx context.Context, sc scope, id petition.ID, n int) (noticeRow, error) {
	var r noticeRow
	err := s.db.Get(ctx, &r, noticeColumns+` AND o.case_id = ? AND o.n = ?`, sc.actor.Unit, sc.actor.Staff, id, n)
	return r, err
}

// Notice opens one. It fails with NotFound for everybody but the registrars and the head
// of the unit that was told.
func (s *Store) Notice(ctx context.Context, by petition.Actor, id petition.ID, n int) (backoffice.Notice, error) {
	sc, err := s.noticeScope(ctx, by)
	if err != nil {
		return backoffice.Notice{}, err
	}
	r, err := s.noticeRow(ctx, sc, id, n)
	if err != nil {
		return backoffice.Notice{}, err
	}
	return s.openNotice(ctx, r)
}

// TakeNote records that the unit has read a notice, once; the unit that sent it sees
// who did and when. Again is no error.
func (s *Store) TakeNote(ctx context.Context, by petition.Actor, id petition.ID, n int, now time.Time) error {
	sc, err := s.noticeScope(ctx, by)
	if err != nil {
		return err
	}
	if _, err := s.noticeRow(ctx, sc, id, n); err != nil {
		return err
	}
	seen, err := s.looked(sc, id, viewedNotice, noticeWords, now)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `
			UPDATE notice SET read_at = ?, read_by = ? WHERE case_id = ? AND n = ? AND unit = ? AND read_at = 0`,
			now, sc.actor.Staff, id, n, sc.actor.Unit)
		if err != nil || rows == 0 {
			return err
		}
		sums := newFigures()
		sums.notice(string(sc.actor.Unit), -1)
		if err := sums.write(ctx, tx, s.dialect); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, seen)
	})
}
