package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/petition"
	"huiyin/sql"
)

// newsChange is what a change means for messages that tell of news. They are queued in
// the transaction of what they tell, at most one a day for a filing, a person and a way.
type newsChange struct {
	filing petition.ID // what the petitioner follows
	wishes []petition.NewsWish
	asked  bool        // the wishes changed: what waits follows them
	item   petition.ID // the petitioner's new view; zero where there is no news
}

// NewsOffer is how petitioners of this office can be told of news.
func (s *Store) NewsOffer() exchange.NewsOffer { return s.news }

// announce tells of the change to whoever follows the case. What was only now registered
// or brought in is no news.
func (ch *change) announce(h *held, events []petition.Event) {
	if ch.fresh {
		return
	}
	if ch.news == nil {
		ch.news = &newsChange{filing: h.c.ID, wishes: petition.NewsWishes(h.c.Events), asked: asksNews(events)}
	}
	ch.news.tell(events, ch.items)
}

// tell makes news of what happened, if somebody else than the petitioner acted and the
// petitioner's view, the last of the items, changed by it.
func (n *newsChange) tell(events []petition.Event, items []exchange.Item) {
	if len(items) > 0 && petition.Newsworthy(events) {
		n.item = items[len(items)-1].ID
	}
}

func asksNews(events []petition.Event) bool {
	return slices.ContainsFunc(events, func(e petition.Event) bool { return e.Act.Action == petition.AskNews })
}

// queueNews brings what waits into line with the wishes, and queues what is new.
func (s *Store) queueNews(ctx context.Context, tx sql.Tx, n *newsChange, now time.Time) error {
	if n == nil {
		return nil
	}
	if n.asked {
		if err := redirectNews(ctx, tx, n, now); err != nil {
			return err
		}
	}
	for _, w := range n.wishes {
		if n.item.IsZero() || !w.Sound() || !slices.Contains(s.news.Ways, w.Way) {
			continue
		}
		if err := s.gatherNews(ctx, tx, n, w, now); err != nil {
			return err
		}
	}
	return nil
}

// redirectNews sends what waits to where each person wishes it now, and cancels it for
// whom wishes no more.
func redirectNews(ctx context.Context, tx sql.Tx, n *newsChange, now time.Time) error {
	var rows []struct {
		ID    sql.ID `db:"id"`
		Whose string `db:"whose"`
		Way   string `db:"way"`
	}
	err := tx.Select(ctx, &rows, `SELECT id, whose, way FROM news WHERE filing = ? AND state IN ('waiting', 'sending')`, n.filing)
	if err != nil {
		return err
	}
	for _, r := range rows {
		at := slices.IndexFunc(n.wishes, func(w petition.NewsWish) bool {
			return w.For == r.Whose && string(w.Way) == r.Way && w.Sound()
		})
		if at < 0 {
			_, err = tx.Exec(ctx, `
				UPDATE news SET state = 'dropped', sealed = ?, why = '', changed_at = ?
				WHERE id = ? AND state IN ('waiting', 'sending')`, []byte{}, now, r.ID)
		} else {
			_, err = tx.Exec(ctx, `
				UPDATE news SET sealed = ? WHERE id = ? AND state IN ('waiting', 'sending')`, n.wishes[at].Sealed, r.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gatherNews adds the news to the message that waits, or queues one: today's, or, if one
// went out today, tomorrow's.
func (s *Store) gatherNews(ctx context.Context, tx sql.Tx, n *newsChange, w petition.NewsWish, now time.Time) error {
	due := s.quiet.After(now)
	rows, err := tx.Exec(ctx, `
		UPDATE news SET gathered = gathered + 1, item = ?, sealed = ?, state = 'waiting', changed_at = ?
		WHERE filing = ? AND whose = ? AND way = ? AND (state = 'waiting' OR state = 'dropped' AND tries = 0 AND day >= ?)`,
		n.item, w.Sealed, now, n.filing, w.For, w.Way, petition.Day(now))
	if err != nil || rows > 0 {
		return err
	}
	var sent int
	err = tx.Get(ctx, &sent, `SELECT COUNT(*) FROM news WHERE filing = ? AND whose = ? AND way = ? AND day = ?`,
		n.filing, w.For, w.Way, petition.Day(due))
	if err != nil {
		return err
	}
	if sent > 0 {
		due = s.quiet.NextDay(due)
	}
	id, err := newID(now)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO news (id, filing, whose, way, day, item, sealed, gathered, state, tries, due_at, why, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 1, 'waiting', 0, ?, '', ?)`,
		id, n.filing, w.For, w.Way, petition.Day(due), n.item, w.Sealed, due, now)
	if sql.Duplicate(err) { // another matter of the same petition, a moment ago
		return errStale
	}
	return err
}

// dueNews is a message that may be handed out.
type dueNews struct {
	ID     sql.ID `db:"id"`
	Filing sql.ID `db:"filing"`
	Whose  string `db:"whose"`
	Way    string `db:"way"`
	Day    string `db:"day"`
	Sealed []byte `db:"sealed"`
	Tries  int    `db:"tries"`
}

// DueNews hands out messages that are due: those whose news has arrived at the portal.
// One that was handed out and never answered for is due again after notifier.Patience.
func (s *Store) DueNews(ctx context.Context, now time.Time, limit int) ([]notifier.Message, error) {
	var due []dueNews
	err := s.db.Select(ctx, &due, `
		SELECT id, filing, whose, way, day, sealed, tries FROM news
		WHERE state IN ('waiting', 'sending') AND due_at <= ?
			AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = news.item)
		ORDER BY due_at, id LIMIT ?`, now, limit)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var out []notifier.Message
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		out = nil
		for _, d := range due {
			mine, err := claimNews(ctx, tx, d, now)
			if err != nil {
				return err
			}
			if mine {
				out = append(out, notifier.Message{ID: petition.ID(d.ID), Tries: d.Tries + 1,
					Wish: petition.NewsWish{Way: petition.NewsWay(d.Way), Sealed: d.Sealed}})
			}
		}
		return nil
	})
	return out, err
}

// claimNews takes a message for this program. One left over from an earlier day gives way
// to today's, which tells the same.
func claimNews(ctx context.Context, tx sql.Tx, d dueNews, now time.Time) (mine bool, err error) {
	today := petition.Day(now)
	if d.Day != today {
		var newer int
		err := tx.Get(ctx, &newer, `SELECT COUNT(*) FROM news WHERE filing = ? AND whose = ? AND way = ? AND day >= ? AND id <> ?`,
			d.Filing, d.Whose, d.Way, today, d.ID)
		if err != nil {
			return false, err
		}
		if newer > 0 {
			_, err := tx.Exec(ctx, `
				UPDATE news SET state = 'dropped', sealed = ?, why = 'told with the next', changed_at = ?
				WHERE id = ? AND tries = ? AND state IN ('waiting', 'sending')`, []byte{}, now, d.ID, d.Tries)
			return false, err
		}
	}
	rows, err := tx.Exec(ctx, `
		UPDATE news SET state = 'sending', tries = tries + 1, day = ?, due_at = ?, changed_at = ?
		WHERE id = ? AND tries = ? AND state IN ('waiting', 'sending')`,
		today, now.Add(notifier.Patience), now, d.ID, d.Tries)
	return rows == 1, err
}

// NewsTried stores what came of a message, unless the person has cancelled it meanwhile
// or another program was handed it.
func (s *Store) NewsTried(ctx context.Context, m notifier.Message, r notifier.Result, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if r.State == petition.NewsWaiting {
			_, err := tx.Exec(ctx, `
				UPDATE news SET state = ?, due_at = ?, why = ?, changed_at = ?
				WHERE id = ? AND tries = ? AND state = 'sending'`, r.State, r.Next, r.Why, now, m.ID, m.Tries)
			return err
		}
		_, err := tx.Exec(ctx, `
			UPDATE news SET state = ?, sealed = ?, why = ?, changed_at = ?
			WHERE id = ? AND tries = ? AND state = 'sending'`, r.State, []byte{}, r.Why, now, m.ID, m.Tries)
		return err
	})
}

// countedDays is how far back NewsCounts looks.
const countedDays = 7

// NewsCounts counts the messages of the last days. Those of reports about cadres are in
// no figure that anybody outside the compartment sees.
func (s *Store) NewsCounts(ctx context.Context, now time.Time) ([]notifier.Count, error) {
	var rows []struct {
		Way   string `db:"way"`
		State string `db:"state"`
		N     int    `db:"n"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT way, state, COUNT(*) AS n FROM news
		WHERE day >= ? AND NOT EXISTS (SELECT 1 FROM report r WHERE r.id = news.filing)
		GROUP BY way, state`, petition.Day(now.AddDate(0, 0, -countedDays)))
	var out []notifier.Count
	for _, r := range rows {
		out = append(out, notifier.Count{Way: petition.NewsWay(r.Way), State: petition.NewsState(r.State), N: r.N})
	}
	return out, err
}

// shownNews is how many messages a page shows, the newest.
const shownNews = 6

// News is what became of the messages that told the petitioner of news, newest first,
// without where to. It fails with NotFound where the case is none of the actor's.
func (s *Store) News(ctx context.Context, by petition.Actor, id petition.ID) ([]backoffice.NewsLine, error) {
	c, err := s.Case(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if c.Parent != nil { // the whole is told of
		id = c.Parent.Case
	}
	return s.newsLines(ctx, id)
}

func (s *Store) newsLines(ctx context.Context, filing petition.ID) ([]backoffice.NewsLine, error) {
	var rows []struct {
		Whose    string     `db:"whose"`
		Way      string     `db:"way"`
		Gathered int        `db:"gathered"`
		State    string     `db:"state"`
		Tries    int        `db:"tries"`
		Due      sql.Moment `db:"due_at"`
		Changed  sql.Moment `db:"changed_at"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT whose, way, gathered, state, tries, due_at, changed_at FROM news
		WHERE filing = ? ORDER BY day DESC, whose, way LIMIT ?`, filing, shownNews)
	out := make([]backoffice.NewsLine, 0, len(rows))
	for _, r := range rows {
		out = append(out, backoffice.NewsLine{For: r.Whose, Way: petition.NewsWay(r.Way), State: petition.NewsState(r.State),
			Gathered: r.Gathered, Tries: r.Tries, Due: r.Due.Time, Changed: r.Changed.Time})
	}
	return out, err
}
