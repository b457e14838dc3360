package officedb

import (
	"context"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

type dutyRow struct {
	ID     sql.ID     `db:"id"`
	Kind   string     `db:"kind"`
	Form   string     `db:"form"`
	Cause  string     `db:"cause"`
	Number string     `db:"number"`
	From   string     `db:"from_unit"`
	Owner  string     `db:"owner"`
	Person string     `db:"person_name"`
	State  string     `db:"state"`
	Due    string     `db:"due_day"`
	Result string     `db:"outcome"`
	Set    sql.Moment `db:"set_at"`
	Title  []byte     `db:"title"`
}

const dutyColumns = `SELECT d.id, d.kind, d.form, d.number, d.from_unit, d.owner, d.state, d.due_day, d.outcome, d.set_at, d.title,
	COALESCE(p.name, '') AS person_name, COALESCE((SELECT k.code FROM duty_cause k WHERE k.duty = d.id), '') AS cause
	FROM duty d LEFT JOIN staff p ON p.id = d.person WHERE `

// dutyStates is which states each list shows.
var dutyStates = map[backoffice.DutyList]string{
	backoffice.DutiesLive:   `d.state = 'open'`,
	backoffice.DutiesToSee:  `d.state = 'answered'`,
	backoffice.DutiesDrafts: `d.state = 'draft'`,
	backoffice.DutiesEnded:  `d.state IN ('closed', 'withdrawn')`,
	backoffice.DutiesOut:    `d.state <> 'draft'`,
}

// Duties is one page of a list of duties, what is due first in front; of ended ones, what
// was due last. NotFound for whoever works on no case.
func (s *Store) Duties(ctx context.Context, by petition.Actor, q backoffice.DutyQuery) (backoffice.DutyPage, error) {
	var page backoffice.DutyPage
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return page, err
	}
	if !sc.actor.Is(workers...) {
		return page, notFound()
	}
	query, args, err := dutyStatement(sc, q)
	if err != nil {
		return page, err
	}
	limit := pageSize
	if q.Limit > 0 {
		limit = min(q.Limit, pageLargest)
	}
	var rows []dutyRow
	if err := s.db.Select(ctx, &rows, query, append(args, limit+1)...); err != nil {
		return page, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		page.Next = last.Due + petition.ID(last.ID).String()
	}
	page.Rows, err = s.openDutyRows(ctx, rows)
	return page, err
}

// dutyStatement is the query of a list; its last argument, the limit, is to be added. It
// fails with NotFound for a list or a cursor that there is not.
func dutyStatement(sc scope, q backoffice.DutyQuery) (query string, args []any, err error) {
	states, ok := dutyStates[q.List]
	if !ok {
		return "", nil, notFound()
	}
	where := []string{states, visibleDuty}
	args = sc.dutyGuard()
	add := func(only bool, condition string, more ...any) {
		if only {
			where, args = append(where, condition), append(args, more...)
		}
	}
	add(q.Side == backoffice.DutiesOurs, `d.owner = ?`, sc.actor.Unit)
	add(q.Side == backoffice.DutiesSet, `d.from_unit = ?`, sc.actor.Unit)
	add(q.Unit != "", `d.owner = ?`, q.Unit)
	add(q.Kind != "", `d.kind = ?`, q.Kind)
	add(q.Cause != "", `EXISTS (SELECT 1 FROM duty_cause k WHERE k.duty = d.id AND k.code = ?)`, q.Cause)
	add(!q.Case.IsZero(), `d.case_id = ?`, q.Case)
	add(!q.Session.IsZero(), `EXISTS (SELECT 1 FROM reception_duty r WHERE r.duty = d.id AND r.session = ?)`, q.Session)
	add(q.Late, `d.due_day < ?`, petition.Day(q.Now))
	add(q.Mine && q.Side == backoffice.DutiesSet, `d.from_staff = ?`, sc.actor.Staff)
	add(q.Mine && q.Side != backoffice.DutiesSet, `d.person = ?`, sc.actor.Staff)
	var day string
	var id petition.ID
	if q.After != "" {
		if day, id, err = dutyCursor(q.After); err != nil {
			return "", nil, err
		}
	}
	ended := q.List == backoffice.DutiesEnded
	add(q.After != "" && !ended, `d.due_day >= ? AND (d.due_day > ? OR d.id > ?)`, day, day, id)
	add(q.After != "" && ended, `d.due_day <= ? AND (d.due_day < ? OR d.id < ?)`, day, day, id)
	order := ` ORDER BY d.due_day, d.id LIMIT ?`
	if ended {
		order = ` ORDER BY d.due_day DESC, d.id DESC LIMIT ?`
	}
	return dutyColumns + strings.Join(where, " AND ") + order, args, nil
}

// dutyCursor reads where a page begins: a day and an id. Anything else is NotFound.
func dutyCursor(after string) (day string, id petition.ID, err error) {
	const dayLong = len("2006-01-02")
	if len(after) <= dayLong {
		return "", id, notFound()
	}
	if id, err = petition.ParseID(after[dayLong:]); err != nil {
		return "", id, notFound()
	}
	return after[:dayLong], id, nil
}

func (s *Store) openDutyRows(ctx context.Context, rows []dutyRow) ([]backoffice.DutyRow, error) {
	ids := make([]petition.ID, len(rows))
	for i, r := range rows {
		ids[i] = petition.ID(r.ID)
	}
	keys, err := s.dutyKeys(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.DutyRow, len(rows))
	for i, r := range rows {
		title, err := keys[ids[i]].Open(r.Title, dutyTitlePlace(ids[i]))
		if err != nil {
			return nil, err
		}
		out[i] = backoffice.DutyRow{ID: ids[i], Kind: petition.DutyKind(r.Kind), Form: petition.DutyForm(r.Form), Cause: petition.DutyCause(r.Cause), Number: r.Number,
			From: petition.UnitID(r.From), Owner: petition.UnitID(r.Owner), Person: r.Person, State: petition.DutyState(r.State),
			Due: r.Due, Outcome: r.Result, Set: r.Set.Time, Title: string(title)}
	}
	return out, nil
}

// DutyCounts is how many duties wait for the actor's unit, and for who set them there.
func (s *Store) DutyCounts(ctx context.Context, by petition.Actor, now time.Time) (backoffice.DutyCounts, error) {
	var c backoffice.DutyCounts
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return c, err
	}
	if !sc.actor.Is(workers...) {
		return c, notFound()
	}
	guard := sc.dutyGuard()
	err = s.db.Get(ctx, &c, `SELECT
		(SELECT COUNT(*) FROM duty d WHERE d.owner = ? AND d.state = 'open' AND`+visibleDuty+`) AS ours,
		(SELECT COUNT(*) FROM duty d WHERE d.owner = ? AND d.state = 'open' AND d.due_day < ? AND`+visibleDuty+`) AS late,
		(SELECT COUNT(*) FROM duty d WHERE d.from_unit = ? AND d.owner <> d.from_unit AND d.state = 'open' AND d.due_day < ? AND`+visibleDuty+`) AS set_late,
		(SELECT COUNT(*) FROM duty d WHERE d.from_unit = ? AND d.state IN ('answered', 'draft') AND`+visibleDuty+`) AS to_see`,
		dutyArgs(guard, []any{sc.actor.Unit}, []any{sc.actor.Unit, petition.Day(now)},
			[]any{sc.actor.Unit, petition.Day(now)}, []any{sc.actor.Unit})...)
	return c, err
}

// dutyArgs puts the guard's arguments behind each group's own.
func dutyArgs(guard []any, groups ...[]any) []any {
	var all []any
	for _, g := range groups {
		all = append(append(all, g...), guard...)
	}
	return all
}
