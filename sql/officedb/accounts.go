package officedb

import (
	"context"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// keepers may see the list of accounts.
var keepers = []petition.Role{petition.SystemAdmin, petition.SecurityAdmin}

type accountRow struct {
	ID       sql.ID     `db:"id"`
	Login    string     `db:"login"`
	Name     string     `db:"name"`
	Unit     string     `db:"unit"`
	Office   string     `db:"office"`
	Active   bool       `db:"active"`
	Must     bool       `db:"must_change"`
	Bound    bool       `db:"bound"`
	Made     sql.Moment `db:"made_at"`
	Changed  sql.Moment `db:"changed_at"`
	Sessions int        `db:"sessions"`
}

// accountColumns begins a statement about the accounts s of a subtree. Its arguments
// are accountArgs.
const accountColumns = `
	SELECT s.id, s.login, s.name, s.unit, s.office, s.active, s.must_change, LENGTH(s.totp) > 0 AS bound,
		s.made_at, s.changed_at,
		(SELECT COUNT(*) FROM session e WHERE e.staff = s.id AND e.expires_at > ? AND e.seen_at > ?) AS sessions
	FROM staff s JOIN unit u ON u.id = s.unit
	WHERE u.path >= ? AND u.path < ?`

func (sc scope) accountArgs(now time.Time) []any {
	low, high := subtree(sc.path)
	return []any{now, now.Add(-idleLimit), low, high}
}

// Accounts lists the accounts of the administrator's subtree by login. NotFound for
// everybody but the system and the security administrator.
func (s *Store) Accounts(ctx context.Context, by petition.Actor, q backoffice.AccountQuery) (backoffice.AccountPage, error) {
	var page backoffice.AccountPage
	sc, err := s.administrator(ctx, by, keepers...)
	if err != nil {
		return page, err
	}
	text := strings.TrimSpace(q.Text)
	var rows []accountRow
	err = s.db.Select(ctx, &rows, accountColumns+`
		AND (? = '' OR INSTR(s.login, ?) > 0 OR INSTR(s.name, ?) > 0)
		AND (? = '' OR s.unit = ?)
		AND (? = '' OR EXISTS (SELECT 1 FROM staff_role r WHERE r.staff = s.id AND r.role = ?))
		AND (? = '' OR (? = 'active' AND s.active = 1) OR (? = 'closed' AND s.active = 0)
			OR (? = 'temporary' AND s.active = 1 AND s.must_change = 1) OR (? = 'bare' AND s.active = 1 AND LENGTH(s.totp) = 0))
		AND s.login > ? ORDER BY s.login LIMIT ?`,
		append(sc.accountArgs(q.Now), text, strings.ToLower(text), text, q.Unit, q.Unit, q.Role, q.Role,
			q.State, q.State, q.State, q.State, q.State, q.After, pageSize+1)...)
	if err != nil {
		return page, err
	}
	if len(rows) > pageSize {
		rows = rows[:pageSize]
		page.Next = rows[pageSize-1].Login
	}
	page.Rows, err = s.withRoles(ctx, rows)
	return page, err
}

// Account reads one account of the subtree; NotFound for every other, and for everybody
// but the two administrators.
func (s *Store) Account(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) (backoffice.Account, error) {
	sc, err := s.administrator(ctx, by, keepers...)
	if err != nil {
		return backoffice.Account{}, err
	}
	return s.accountIn(ctx, sc, id, now)
}

func (s *Store) accountIn(ctx context.Context, sc scope, id petition.ID, now time.Time) (backoffice.Account, error) {
	var row accountRow
	err := s.db.Get(ctx, &row, accountColumns+` AND s.id = ?`, append(sc.accountArgs(now), id)...)
	if err != nil {
		return backoffice.Account{}, err
	}
	all, err := s.withRoles(ctx, []accountRow{row})
	if err != nil {
		return backoffice.Account{}, err
	}
	a := all[0]
	var waiting []sql.ID
	err = s.db.Select(ctx, &waiting, `
		SELECT id FROM account_request WHERE staff = ? AND state = 'waiting' ORDER BY id LIMIT 1`, id)
	if err != nil {
		return a, err
	}
	if len(waiting) > 0 {
		a.Request = petition.ID(waiting[0])
	}
	a.Holds, err = inHand(ctx, s.db, id)
	return a, err
}

// withRoles adds to each account what it is appointed to.
func (s *Store) withRoles(ctx context.Context, rows []accountRow) ([]backoffice.Account, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids, at := make([]petition.ID, len(rows)), make(map[petition.ID]int, len(rows))
	out := make([]backoffice.Account, len(rows))
	for i, r := range rows {
		ids[i] = petition.ID(r.ID)
		at[ids[i]] = i
		out[i] = backoffice.Account{ID: ids[i], Login: r.Login, Name: r.Name, Unit: petition.UnitID(r.Unit),
			Office: r.Office, Active: r.Active, Temporary: r.Must, Bound: r.Bound, Made: r.Made.Time,
			Changed: r.Changed.Time, Sessions: r.Sessions}
	}
	var roles []struct {
		Staff sql.ID `db:"staff"`
		Role  string `db:"role"`
	}
	err := s.db.Select(ctx, &roles, `SELECT staff, role FROM staff_role WHERE staff IN (`+sql.Marks(len(ids))+`)`, sql.Args(ids)...)
	if err != nil {
		return nil, err
	}
	held := make(map[petition.ID]map[petition.Role]bool, len(ids))
	for _, r := range roles {
		id := petition.ID(r.Staff)
		if held[id] == nil {
			held[id] = make(map[petition.Role]bool)
		}
		held[id][petition.Role(r.Role)] = true
	}
	for i := range out {
		for _, r := range petition.Roles {
			if held[out[i].ID][r] {
				out[i].Roles = append(out[i].Roles, r)
			}
		}
	}
	return out, nil
}

// UnitStaff counts the active accounts of each unit of the subtree by role, all of them
// under the empty role; NotFound for everybody but the system administrator.
func (s *Store) UnitStaff(ctx context.Context, by petition.Actor) (map[petition.UnitID]map[petition.Role]int, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return nil, err
	}
	low, high := subtree(sc.path)
	var rows []struct {
		Unit string `db:"unit"`
		Role string `db:"role"`
		N    int    `db:"n"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT u.id AS unit, r.role, COUNT(*) AS n
		FROM unit u JOIN staff s ON s.unit = u.id JOIN staff_role r ON r.staff = s.id
		WHERE u.path >= ? AND u.path < ? AND s.active = 1
		GROUP BY u.id, r.role
		UNION ALL
		SELECT u.id AS unit, '' AS role, COUNT(*) AS n
		FROM unit u JOIN staff s ON s.unit = u.id
		WHERE u.path >= ? AND u.path < ? AND s.active = 1
		GROUP BY u.id`, low, high, low, high)
	if err != nil {
		return nil, err
	}
	out := make(map[petition.UnitID]map[petition.Role]int)
	for _, r := range rows {
		id := petition.UnitID(r.Unit)
		if out[id] == nil {
			out[id] = make(map[petition.Role]int)
		}
		out[id][petition.Role(r.Role)] = r.N
	}
	return out, nil
}
