package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/notifier"
	"huiyin/petition"
	"huiyin/sql"
)

// Undelivered is a message that has told nobody, as an operator may see it: neither whom
// nor of what.
type Undelivered struct {
	ID    petition.ID
	Way   petition.NewsWay
	State petition.NewsState
	Day   string // on which it was to go out
	Tries int
	Next  time.Time // of the next try by itself; zero where there is none
	Why   string    // the gateway's word
}

type undeliveredRow struct {
	ID     sql.ID     `db:"id"`
	Filing sql.ID     `db:"filing"`
	Whose  string     `db:"whose"`
	Way    string     `db:"way"`
	Day    string     `db:"day"`
	State  string     `db:"state"`
	Tries  int        `db:"tries"`
	Due    sql.Moment `db:"due_at"`
	Why    string     `db:"why"`
	Sealed bool       `db:"of_report"`
}

// undelivered are the messages given up, those that wait for another try, and those that
// should have gone out long ago. What a later message told all the same is none.
func (s *Store) undelivered(ctx context.Context, now time.Time) ([]undeliveredRow, error) {
	var rows []undeliveredRow
	err := s.db.Select(ctx, &rows, `
		SELECT n.id, n.filing, n.whose, n.way, n.day, n.state, n.tries, n.due_at, n.why,
			EXISTS (SELECT 1 FROM report r WHERE r.id = n.filing) AS of_report
		FROM news n
		WHERE (n.state IN ('refused', 'failed') OR n.state = 'waiting' AND (n.tries > 0 OR n.due_at < ?)
				OR n.state = 'sending' AND n.due_at < ?)
			AND NOT EXISTS (SELECT 1 FROM news l WHERE l.filing = n.filing AND l.whose = n.whose AND l.way = n.way AND l.day > n.day AND l.state = 'sent')
		ORDER BY n.day, n.id`, now.Add(-notifier.Patience), now)
	return rows, err
}

// Undelivered lists what did not reach petitioners, the oldest first. Messages of reports
// about cadres are on no list that anybody outside the compartment sees.
func (s *Store) Undelivered(ctx context.Context, now time.Time) ([]Undelivered, error) {
	rows, err := s.undelivered(ctx, now)
	var out []Undelivered
	for _, r := range rows {
		if r.Sealed {
			continue
		}
		u := Undelivered{ID: petition.ID(r.ID), Way: petition.NewsWay(r.Way), State: petition.NewsState(r.State),
			Day: r.Day, Tries: r.Tries, Why: r.Why}
		if u.State == petition.NewsWaiting || u.State == petition.NewsSending {
			u.Next = r.Due.Time
		}
		out = append(out, u)
	}
	return out, err
}

// RetryNews has one message on the list go out as soon as the hour allows, with all its
// tries before it; queued is false where the person wishes none any more. It fails with
// NotFound for what is not on the list.
func (s *Store) RetryNews(ctx context.Context, id petition.ID, now time.Time) (queued bool, err error) {
	rows, err := s.undelivered(ctx, now)
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(rows, func(r undeliveredRow) bool { return petition.ID(r.ID) == id && !r.Sealed })
	if at < 0 {
		return false, notFound()
	}
	return s.requeue(ctx, rows[at], now)
}

// RetryAllNews does so with every message, those of reports among them, which are not in
// the number: whoever wrote one waits for word as well.
func (s *Store) RetryAllNews(ctx context.Context, now time.Time) (queued int, err error) {
	rows, err := s.undelivered(ctx, now)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		ok, err := s.requeue(ctx, r, now)
		if err != nil {
			return queued, err
		}
		if ok && !r.Sealed {
			queued++
		}
	}
	return queued, nil
}

// requeue seals the message to where the person wishes it now: what was given up keeps no
// address.
func (s *Store) requeue(ctx context.Context, r undeliveredRow, now time.Time) (bool, error) {
	wishes, err := s.wishesOf(ctx, petition.ID(r.Filing))
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(wishes, func(w petition.NewsWish) bool { return w.For == r.Whose && string(w.Way) == r.Way && w.Sound() })
	state, sealed, why := petition.NewsDropped, []byte{}, ""
	if at >= 0 {
		state, sealed, why = petition.NewsWaiting, wishes[at].Sealed, "tried again"
	}
	var changed int64
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		changed, err = tx.Exec(ctx, `
			UPDATE news SET state = ?, sealed = ?, why = ?, tries = 0, due_at = ?, changed_at = ?
			WHERE id = ? AND state = ? AND tries = ?`,
			state, sealed, why, s.quiet.After(now), now, r.ID, r.State, r.Tries)
		return err
	})
	return err == nil && changed == 1 && at >= 0, err
}

// wishesOf is how the people of a filing wish to be told, by what is on record.
func (s *Store) wishesOf(ctx context.Context, filing petition.ID) ([]petition.NewsWish, error) {
	h, err := s.holdAny(ctx, filing)
	if err == nil {
		return petition.NewsWishes(h.c.Events), nil
	}
	if !petition.Is(err, petition.NotFound) {
		return nil, err
	}
	r, err := s.openReport(ctx, filing)
	if petition.Is(err, petition.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return petition.NewsWishes(r.events), nil
}
