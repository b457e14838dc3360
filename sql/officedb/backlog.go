package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// backlogMost is how many old cases the list names.
const backlogMost = 200

// Backlog is the open cases of the actor's unit and those below that came more than so many
// days ago, the oldest first, with the leader who answers for each (积案, scenario 13.3).
// NotFound for those who oversee nothing.
func (s *Store) Backlog(ctx context.Context, by petition.Actor, days int, now time.Time) (backoffice.Backlog, error) {
	var out backoffice.Backlog
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return out, err
	}
	low, high := subtree(sc.path)
	var rows []legRow
	err = s.db.Select(ctx, &rows, `SELECT `+legColumns+` FROM leg l JOIN unit u ON u.id = l.unit
		WHERE u.path >= ? AND u.path < ? AND l.is_open = 1 AND l.received < ? AND l.kind IN ('own', 'referral', 'assigned')
			AND l.state NOT IN ('sealed_up', 'passed') AND`+visibleLeg+`ORDER BY l.received, l.case_id, l.n LIMIT ?`,
		low, high, now.AddDate(0, 0, -days), sc.actor.Staff, backlogMost+1)
	if err != nil {
		return out, err
	}
	out.More = len(rows) > backlogMost
	lines, err := s.lines(ctx, sc, rows[:min(len(rows), backlogMost)])
	if err != nil {
		return out, err
	}
	contracts, err := s.liveContracts(ctx, sc)
	if err != nil {
		return out, err
	}
	for _, l := range lines {
		row := contracts[l.Case]
		row.QueueRow = l
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// liveContracts is who answers for which case now.
func (s *Store) liveContracts(ctx context.Context, sc scope) (map[petition.ID]backoffice.BacklogRow, error) {
	var rows []struct {
		Duty sql.ID `db:"id"`
		Case sql.ID `db:"case_id"`
		Name string `db:"name"`
		Due  string `db:"due_day"`
	}
	err := s.db.Select(ctx, &rows, `SELECT d.id, d.case_id, d.due_day, COALESCE(p.name, '') AS name
		FROM duty d LEFT JOIN staff p ON p.id = d.person
		WHERE d.kind = 'contract' AND d.state IN ('open', 'answered') AND`+visibleDuty, sc.dutyGuard()...)
	if err != nil {
		return nil, err
	}
	by := make(map[petition.ID]backoffice.BacklogRow, len(rows))
	for _, r := range rows {
		by[petition.ID(r.Case)] = backoffice.BacklogRow{Contract: petition.ID(r.Duty), Leader: r.Name, Due: r.Due}
	}
	return by, nil
}

// ContractResults counts what became of the cases that leaders took on, by unit and name
// (scenario 13.3). NotFound for those who oversee nothing.
func (s *Store) ContractResults(ctx context.Context, by petition.Actor) ([]backoffice.ContractResult, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Unit       string `db:"owner"`
		Name       string `db:"name"`
		Live       int    `db:"live"`
		Resolved   int    `db:"resolved"`
		Explained  int    `db:"explained"`
		Continuing int    `db:"continuing"`
	}
	err = s.db.Select(ctx, &rows, `SELECT d.owner, COALESCE(p.name, '') AS name,
			SUM(CASE WHEN d.state IN ('open', 'answered') THEN 1 ELSE 0 END) AS live,
			SUM(CASE WHEN d.outcome = 'resolved' THEN 1 ELSE 0 END) AS resolved,
			SUM(CASE WHEN d.outcome = 'explained' THEN 1 ELSE 0 END) AS explained,
			SUM(CASE WHEN d.outcome = 'continuing' THEN 1 ELSE 0 END) AS continuing
		FROM duty d LEFT JOIN staff p ON p.id = d.person
		WHERE d.kind = 'contract' AND d.state <> 'withdrawn' AND`+visibleDuty+`
		GROUP BY d.owner, d.person, p.name ORDER BY d.owner, p.name`, sc.dutyGuard()...)
	if err != nil {
		return nil, err
	}
	all := make([]backoffice.ContractResult, len(rows))
	for i, r := range rows {
		all[i] = backoffice.ContractResult{Unit: petition.UnitID(r.Unit), Leader: r.Name, Live: r.Live, Resolved: r.Resolved,
			Explained: r.Explained, Continuing: r.Continuing}
	}
	return all, nil
}
