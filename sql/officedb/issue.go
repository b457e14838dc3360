package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

func issuePlace(id petition.ID, n int) []byte {
	return place("issue_entry", "sealed", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// issueRow is an issue as stored.
type issueRow struct {
	ID    sql.ID `db:"id"`
	Unit  string `db:"unit"`
	Topic string `db:"topic"`
	Month string `db:"month"`
	Least int    `db:"least"`
}

// Issues are those of the actor's unit and the units below it in the months of a year, the
// newest first. NotFound for everybody but overseers.
func (s *Store) Issues(ctx context.Context, by petition.Actor, year int) ([]backoffice.Issue, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	return s.readIssues(ctx, sc, `i.month LIKE ?`, fmt.Sprintf("%04d-%%", year))
}

// readIssues reads what the scope may see. A proposal that has fewer matters left than it
// takes, because some were sealed up or are none of the reader's business, is none.
func (s *Store) readIssues(ctx context.Context, sc scope, where string, args ...any) ([]backoffice.Issue, error) {
	low, high := subtree(sc.path)
	where = ` FROM issue i JOIN unit a ON a.id = i.unit WHERE a.path >= ? AND a.path < ? AND ` + where
	args = append([]any{low, high}, args...)
	var rows []issueRow
	err := s.db.Select(ctx, &rows, `SELECT i.id, i.unit, i.topic, i.month, i.least`+where+` ORDER BY i.month DESC, i.unit, i.topic`, args...)
	if err != nil {
		return nil, err
	}
	steps, err := s.issueSteps(ctx, rows, where, args)
	if err != nil {
		return nil, err
	}
	counts, err := s.issueCounts(ctx, sc, where, args)
	if err != nil {
		return nil, err
	}
	var all []backoffice.Issue
	for _, r := range rows {
		one := backoffice.Issue{Issue: petition.Issue{ID: petition.ID(r.ID), Unit: petition.UnitID(r.Unit),
			Topic: petition.Topic(r.Topic), Month: r.Month, Steps: steps[r.ID]}, Count: counts[r.ID], Least: r.Least}
		if len(one.Steps) > 0 || one.Count >= one.Least {
			all = append(all, one)
		}
	}
	return all, nil
}

// issueCounts are the matters behind issues that the reader may see.
func (s *Store) issueCounts(ctx context.Context, sc scope, where string, args []any) (map[sql.ID]int, error) {
	var rows []struct {
		ID sql.ID `db:"issue"`
		N  int    `db:"n"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT k.issue, COUNT(*) AS n FROM issue_case k JOIN cases c ON c.id = k.case_id
		WHERE k.issue IN (SELECT i.id`+where+`) AND`+visibleCase+`GROUP BY k.issue`, append(slices.Clone(args), sc.guard()...)...)
	counts := make(map[sql.ID]int, len(rows))
	for _, r := range rows {
		counts[r.ID] = r.N
	}
	return counts, err
}

// issueSteps are what people wrote about issues, in order.
func (s *Store) issueSteps(ctx context.Context, issues []issueRow, where string, args []any) (map[sql.ID][]petition.IssueStep, error) {
	unit := make(map[sql.ID]petition.UnitID, len(issues))
	for _, i := range issues {
		unit[i.ID] = petition.UnitID(i.Unit)
	}
	var rows []struct {
		ID      sql.ID     `db:"issue"`
		N       int        `db:"n"`
		Status  string     `db:"status"`
		Due     string     `db:"due_day"`
		At      sql.Moment `db:"at"`
		Officer string     `db:"officer"`
		Sealed  []byte     `db:"sealed"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT e.issue, e.n, e.status, e.due_day, e.at, COALESCE(s.name, '') AS officer, e.sealed
		FROM issue_entry e LEFT JOIN staff s ON s.id = e.staff
		WHERE e.issue IN (SELECT i.id`+where+`) ORDER BY e.issue, e.n`, args...)
	if err != nil {
		return nil, err
	}
	all := make(map[sql.ID][]petition.IssueStep)
	for _, r := range rows {
		h, err := s.holder(ctx, exchange.UnitHolder(unit[r.ID]))
		if err != nil {
			return nil, err
		}
		plain, err := h.list.Open(r.Sealed, issuePlace(petition.ID(r.ID), r.N))
		if err != nil {
			return nil, err
		}
		e := petition.IssueStep{Status: petition.IssueStatus(r.Status), Due: r.Due, At: r.At.Time, Officer: r.Officer}
		if err := json.Unmarshal(plain, &e); err != nil {
			return nil, err
		}
		all[r.ID] = append(all[r.ID], e)
	}
	return all, nil
}

// Issue opens one with the matters behind it that the reader may see. NotFound for all but
// overseers of the area.
func (s *Store) Issue(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.IssueFile, error) {
	var out backoffice.IssueFile
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return out, err
	}
	found, err := s.readIssues(ctx, sc, `i.id = ?`, id)
	if err != nil {
		return out, err
	}
	if len(found) == 0 {
		return out, notFound()
	}
	out.Issue = found[0]
	rules, err := s.Rules(ctx)
	if err != nil {
		return out, err
	}
	out.Mine = sc.actor.Is(petition.OfficeHead) && rules.Units.Acting(out.Unit) == sc.actor.Unit
	var rows []struct {
		ID       sql.ID     `db:"id"`
		Number   string     `db:"number"`
		Received sql.Moment `db:"received"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT c.id, COALESCE(c.number, '') AS number, c.received FROM issue_case k JOIN cases c ON c.id = k.case_id
		WHERE k.issue = ? AND`+visibleCase+`ORDER BY c.received, c.id`, append([]any{id}, sc.guard()...)...)
	for _, r := range rows {
		out.Cases = append(out.Cases, backoffice.IssueCase{ID: petition.ID(r.ID), Number: r.Number, Received: r.Received.Time})
	}
	return out, err
}

// StepIssue records what was decided, after the entries that were seen. NotFound for
// everybody but the head of the office of the unit whose area it is; Conflict if another
// entry came first; and like petition.CheckIssueStep.
func (s *Store) StepIssue(ctx context.Context, by petition.Actor, id petition.ID, seen int, step petition.IssueStep, now time.Time) error {
	file, err := s.Issue(ctx, by, id)
	if err != nil {
		return err
	}
	if !file.Mine {
		return notFound()
	}
	if len(file.Steps) != seen {
		return overtaken()
	}
	if err := petition.CheckIssueStep(file.Status(), step, now); err != nil {
		return err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(file.Unit))
	if err != nil {
		return err
	}
	plain, err := json.Marshal(step)
	if err != nil {
		return err
	}
	n := seen + 1
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO issue_entry (issue, n, status, due_day, at, staff, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			id, n, string(step.Status), step.Due, now, by.Staff, h.list.Seal(plain, issuePlace(id, n)))
		return err
	})
	if sql.Duplicate(err) {
		return overtaken()
	}
	return err
}
