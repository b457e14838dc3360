package officedb

import (
	"context"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

const ruleColumns = `
	SELECT r.id, r.version, r.unit, r.title, r.number, r.text, r.from_day, r.to_day, r.law, r.at, COALESCE(s.name, '') AS officer
	FROM local_rule r JOIN unit u ON u.id = r.unit LEFT JOIN staff s ON s.id = r.staff `

// newestRule is the newest version of each.
const newestRule = ` WHERE r.version = (SELECT MAX(n.version) FROM local_rule n WHERE n.id = r.id) `

func (s *Store) selectRules(ctx context.Context, where string, args ...any) ([]petition.LocalRule, error) {
	var rows []struct {
		ID      sql.ID     `db:"id"`
		Version int        `db:"version"`
		Unit    string     `db:"unit"`
		Title   string     `db:"title"`
		Number  string     `db:"number"`
		Text    string     `db:"text"`
		From    string     `db:"from_day"`
		To      string     `db:"to_day"`
		Law     string     `db:"law"`
		At      sql.Moment `db:"at"`
		Officer string     `db:"officer"`
	}
	if err := s.db.Select(ctx, &rows, ruleColumns+where, args...); err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]petition.LocalRule, 0, len(rows))
	for _, r := range rows {
		all = append(all, petition.LocalRule{ID: petition.ID(r.ID), Version: r.Version, Unit: petition.UnitID(r.Unit), Title: r.Title,
			Number: r.Number, Text: r.Text, From: r.From, To: strings.TrimSpace(r.To), Law: r.Law,
			Changes: petition.LawChanges(rules.Laws, r.Law), Officer: r.Officer, At: r.At.Time})
	}
	return all, nil
}

// LocalRules are the newest versions, those of the actor's own unit first. NotFound for
// those who work at no desk.
func (s *Store) LocalRules(ctx context.Context, by petition.Actor) ([]petition.LocalRule, error) {
	sc, err := s.deskScope(ctx, by)
	if err != nil {
		return nil, err
	}
	return s.selectRules(ctx, newestRule+`ORDER BY CASE WHEN r.unit = ? THEN 0 ELSE 1 END, u.place, r.from_day DESC, r.id`, sc.actor.Unit)
}

// LocalRule is every version of one, the newest first.
func (s *Store) LocalRule(ctx context.Context, by petition.Actor, id petition.ID) ([]petition.LocalRule, error) {
	if _, err := s.deskScope(ctx, by); err != nil {
		return nil, err
	}
	all, err := s.selectRules(ctx, `WHERE r.id = ? ORDER BY r.version DESC`, id)
	if err == nil && len(all) == 0 {
		err = notFound()
	}
	return all, err
}

func (s *Store) deskScope(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(workers...) {
		err = notFound()
	}
	return sc, err
}

// SaveLocalRule adds a version, or a rule, to those of the actor's own unit. It fails with
// NotFound for all but office heads, and for a rule of another unit.
func (s *Store) SaveLocalRule(ctx context.Context, by petition.Actor, r petition.LocalRule, now time.Time) (petition.ID, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return r.ID, err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return r.ID, notFound()
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return r.ID, err
	}
	r.Title, r.Number, r.Text = strings.TrimSpace(r.Title), strings.TrimSpace(r.Number), strings.TrimSpace(r.Text)
	if err := petition.CheckLocalRule(r, rules.Laws); err != nil {
		return r.ID, err
	}
	if r.ID.IsZero() {
		if r.ID, err = newID(now); err != nil {
			return r.ID, err
		}
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var last, others int
		if err := tx.Get(ctx, &last, `SELECT COALESCE(MAX(version), 0) FROM local_rule WHERE id = ?`, r.ID); err != nil {
			return err
		}
		if err := tx.Get(ctx, &others, `SELECT COUNT(*) FROM local_rule WHERE id = ? AND unit <> ?`, r.ID, sc.actor.Unit); err != nil {
			return err
		}
		switch {
		case others > 0:
			return notFound()
		case last != r.Version:
			return overtaken()
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO local_rule (id, version, unit, title, number, text, from_day, to_day, law, at, staff)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, r.ID, last+1, sc.actor.Unit, r.Title, r.Number, r.Text, r.From, r.To,
			r.Law, now, sc.actor.Staff)
		return err
	})
	if err != nil {
		return r.ID, err
	}
	return r.ID, s.SendDirectory(ctx, now)
}

// publishedRules are those in force on a day, or to come, by unit.
func (s *Store) publishedRules(ctx context.Context, day string) (map[petition.UnitID][]petition.LocalRule, error) {
	all, err := s.selectRules(ctx, newestRule+`ORDER BY r.from_day DESC, r.id`)
	if err != nil {
		return nil, err
	}
	by := map[petition.UnitID][]petition.LocalRule{}
	for _, r := range all {
		if !r.Ended(day) {
			by[r.Unit] = append(by[r.Unit], r)
		}
	}
	return by, nil
}
