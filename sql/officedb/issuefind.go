package officedb

import (
	"context"
	"strconv"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

const (
	settingIssues = "issues_of" // the last month that was looked through
	monthForm     = "2006-01"
)

// FindIssues looks through every month that has ended since the last one it saw, and
// proposes common issues (scenario 11.1): one effect, however often it runs. The first time
// it looks at the month before this.
func (s *Store) FindIssues(ctx context.Context, now time.Time) error {
	seen, err := setting(ctx, s.db, settingIssues)
	if err != nil {
		return err
	}
	y, m, _ := now.In(petition.Shanghai).Date()
	this := time.Date(y, m, 1, 0, 0, 0, 0, petition.Shanghai)
	month := this.AddDate(0, -1, 0)
	if last, err := time.ParseInLocation(monthForm, seen, petition.Shanghai); err == nil {
		month = last.AddDate(0, 1, 0)
	}
	for ; month.Before(this); month = month.AddDate(0, 1, 0) {
		if err := s.findIssuesOf(ctx, month, now); err != nil {
			return err
		}
	}
	return nil
}

// findIssuesOf keeps what one month proposes and that it was looked through, both or
// neither.
func (s *Store) findIssuesOf(ctx context.Context, month, now time.Time) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	all, err := s.issueMatters(ctx, rules.Units, month)
	if err != nil {
		return err
	}
	chosen, err := s.choices(ctx, choiceIssueLeast)
	if err != nil {
		return err
	}
	least := func(unit petition.UnitID) int { return issueLeast(rules.Units, chosen, unit) }
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, f := range petition.FindIssues(rules.Units, all, least) {
			id, err := newID(now)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO issue (id, unit, topic, month, least, found_at) VALUES (?, ?, ?, ?, ?, ?)`,
				id, string(f.Unit), string(f.Topic), month.Format(monthForm), least(f.Unit), now); err != nil {
				return err
			}
			for _, of := range f.Cases {
				if _, err := tx.Exec(ctx, `INSERT INTO issue_case (issue, case_id) VALUES (?, ?)`, id, of); err != nil {
					return err
				}
			}
		}
		return saveSetting(ctx, tx, settingIssues, month.Format(monthForm), now)
	})
	if sql.Duplicate(err) { // another node was first, with all of it
		return nil
	}
	return err
}

// issueMatters are the matters that came in a month, each once, at the lowest unit that has
// it. Reports about cadres are never among them, nor cases that somebody must not know of,
// whom a figure would tell; and a matter that comes again is no second one.
func (s *Store) issueMatters(ctx context.Context, units *petition.Units, month time.Time) ([]petition.IssueMatter, error) {
	end := month.AddDate(0, 1, 0)
	var all []petition.IssueMatter
	depth := make(map[petition.ID]int) // where in all
	for _, u := range units.All() {    // lower ones later
		var rows []struct {
			Case  sql.ID `db:"case_id"`
			Topic string `db:"topic"`
		}
		err := s.db.Select(ctx, &rows, `
			SELECT l.case_id, l.topic FROM leg l JOIN cases c ON c.id = l.case_id
			WHERE l.unit = ? AND l.received >= ? AND l.received < ? AND c.received >= ? AND c.received < ?
				AND c.sealed_up = 0 AND l.track <> ? AND l.topic <> '' AND l.occasion <> 'repeat' AND l.state <> ?
				AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.case_id = c.id)
			ORDER BY l.received, l.case_id, l.n`,
			u.ID, month, end, month, end, string(petition.Report), string(petition.Returned))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			m := petition.IssueMatter{Case: petition.ID(r.Case), Unit: u.ID, Topic: petition.Topic(r.Topic)}
			if at, ok := depth[m.Case]; ok {
				all[at] = m
				continue
			}
			depth[m.Case] = len(all)
			all = append(all, m)
		}
	}
	return all, nil
}

// issueLeast is a unit's number: its own, or that of the next unit above that chose one.
func issueLeast(units *petition.Units, chosen map[petition.UnitID]string, unit petition.UnitID) int {
	own, _ := units.Unit(unit)
	n, err := strconv.Atoi(nearestChoice(chosen, append([]petition.Unit{own}, units.Above(unit)...), ""))
	if err != nil { // nobody chose one
		return petition.IssueLeast
	}
	return n
}

// IssueLeast is how many matters make an issue in the area of the actor's unit.
func (s *Store) IssueLeast(ctx context.Context, by petition.Actor) (int, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return 0, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	chosen, err := s.choices(ctx, choiceIssueLeast)
	return issueLeast(rules.Units, chosen, sc.actor.Unit), err
}

// SetIssueLeast sets it for the months still to be looked through. NotFound for all but
// office heads.
func (s *Store) SetIssueLeast(ctx context.Context, by petition.Actor, least int, now time.Time) error {
	if err := petition.CheckIssueLeast(least); err != nil {
		return err
	}
	return s.choose(ctx, by, choiceIssueLeast, strconv.Itoa(least), now)
}
