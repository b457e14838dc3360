package officedb

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// NewStaff is an account to be made.
type NewStaff struct {
	ID       petition.ID // zero: one is made; the demonstration's histories name theirs
	Login    string      // 2-40 of a-z 0-9 . _ -
	Name     string
	Unit     petition.UnitID
	Office   string // 内设机构
	Roles    []petition.Role
	Password string
	Hash     string // instead of Password: made by HashPassword, for many accounts at once
	Temp     bool   // the password must be changed at the first sign-in
}

var (
	loginForm      = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,39}$`)
	administrators = []petition.Role{petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin}
)

// HashPassword makes a hash that several NewStaff may share.
func (s *Store) HashPassword(ctx context.Context, password string) (string, error) {
	return s.hasher.hash(ctx, password)
}

// AddStaff makes an account at the command line. It fails with Invalid, naming every
// mistake: a login that is taken or malformed, no name, an unknown unit or role, a weak
// password, an administrator with a second role: the three administrators are three
// people (三员分立).
func (s *Store) AddStaff(ctx context.Context, in NewStaff, now time.Time) (petition.ID, error) {
	in.Login = strings.ToLower(strings.TrimSpace(in.Login))
	wrong, err := s.mistakes(ctx, in, true)
	if err != nil {
		return petition.ID{}, err
	}
	if in.Hash == "" {
		if key := weakness(in.Password, in.Login); key != "" {
			wrong = append(wrong, petition.Problem{Field: "password", Key: key})
		}
	}
	if err := refused(wrong); err != nil {
		return petition.ID{}, err
	}
	if in.Hash == "" {
		if in.Hash, err = s.hasher.hash(ctx, in.Password); err != nil {
			return petition.ID{}, err
		}
	}
	id := in.ID
	if id.IsZero() {
		if id, err = newID(now); err != nil {
			return petition.ID{}, err
		}
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := insertStaff(ctx, tx, id, in, now); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "account_added", about: id, unit: in.Unit, at: now,
			why: in.Login + " | " + joinRoles(in.Roles)}))
	})
	if sql.Duplicate(err) {
		return petition.ID{}, invalid("login", "problem.login_taken")
	}
	return id, err
}

// CheckStaff says what AddStaff would refuse, password aside, so that nobody is asked
// for one in vain. It fails with Invalid, naming every mistake.
func (s *Store) CheckStaff(ctx context.Context, in NewStaff) error {
	in.Login = strings.ToLower(strings.TrimSpace(in.Login))
	wrong, err := s.mistakes(ctx, in, true)
	if err != nil {
		return err
	}
	return refused(wrong)
}

func insertStaff(ctx context.Context, tx sql.Tx, id petition.ID, in NewStaff, now time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO staff (id, login, name, unit, office, password, totp, totp_step, must_change,
			active, made_at, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, 1, ?, ?)`,
		id, in.Login, in.Name, in.Unit, in.Office, in.Hash, []byte{}, in.Temp, now, now)
	if err != nil {
		return err
	}
	return insertRoles(ctx, tx, id, in.Roles)
}

func insertRoles(ctx context.Context, tx sql.Tx, id petition.ID, roles []petition.Role) error {
	for _, r := range roles {
		if _, err := tx.Exec(ctx, `INSERT INTO staff_role (staff, role) VALUES (?, ?)`, id, r); err != nil {
			return err
		}
	}
	return nil
}

func replaceRoles(ctx context.Context, tx sql.Tx, id petition.ID, roles []petition.Role) error {
	if _, err := tx.Exec(ctx, `DELETE FROM staff_role WHERE staff = ?`, id); err != nil {
		return err
	}
	return insertRoles(ctx, tx, id, roles)
}

// longestName and longestOffice are what their columns hold, in characters.
const (
	longestName   = 200
	longestOffice = 100
)

// mistakes are all that is wrong with an account apart from its password; fresh: its
// login must be free.
func (s *Store) mistakes(ctx context.Context, in NewStaff, fresh bool) ([]petition.Problem, error) {
	var wrong []petition.Problem
	refuse := func(field, key string) { wrong = append(wrong, petition.Problem{Field: field, Key: key}) }
	if !loginForm.MatchString(in.Login) {
		refuse("login", "problem.login_form")
	} else if taken, err := s.loginTaken(ctx, in.Login); err != nil {
		return nil, err
	} else if fresh && taken {
		refuse("login", "problem.login_taken")
	}
	if strings.TrimSpace(in.Name) == "" {
		refuse("name", "problem.account_name")
	} else if utf8.RuneCountInString(in.Name) > longestName {
		refuse("name", "problem.name_long")
	}
	if utf8.RuneCountInString(in.Office) > longestOffice {
		refuse("office", "problem.office_long")
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if in.Unit == "" {
		refuse("unit", "problem.account_unit")
	} else if u, ok := rules.Units.Unit(in.Unit); !ok || u.Closed {
		refuse("unit", "problem.unit_unknown")
	}
	if key := wrongRoles(in.Roles); key != "" {
		refuse("roles", key)
	}
	return wrong, nil
}

func (s *Store) loginTaken(ctx context.Context, login string) (bool, error) {
	var n int
	err := s.db.Get(ctx, &n, `SELECT COUNT(*) FROM staff WHERE login = ?`, login)
	return n > 0, err
}

// refused is the error for what is wrong; nil if nothing is.
func refused(wrong []petition.Problem) error {
	if len(wrong) == 0 {
		return nil
	}
	return &petition.Error{Kind: petition.Invalid, Key: "error.invalid", Problems: wrong}
}

// wrongRoles refuses no role, unknown roles, doubled roles, and an administrator with
// any other role: the catalogue key of why, or "".
func wrongRoles(roles []petition.Role) string {
	if len(roles) == 0 {
		return "problem.account_roles"
	}
	for i, r := range roles {
		if !slices.Contains(petition.Roles, r) || slices.Contains(roles[:i], r) {
			return "problem.role_unknown"
		}
		if slices.Contains(administrators, r) && len(roles) > 1 {
			return "problem.roles_exclusive"
		}
	}
	return ""
}

// CheckLogin fails with NotFound for an unknown login, before a password is asked for.
func (s *Store) CheckLogin(ctx context.Context, login string) error {
	_, err := s.staffID(ctx, login)
	return err
}

// ResetPassword gives an account a password that must be changed at the next sign-in,
// and ends its sessions; done at the command line. It fails with NotFound for an unknown
// login.
func (s *Store) ResetPassword(ctx context.Context, login, password string, now time.Time) error {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := checkPassword("password", password, login); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	err = s.changeAccount(ctx, login, "password_reset", now, `
		UPDATE staff SET password = ?, must_change = 1, changed_at = ? WHERE id = ?`, hash, now)
	if err != nil {
		return err
	}
	return s.forgive(ctx, login)
}

// DisableStaff takes an account out of use at once: its sessions end, its scope is
// empty; done at the command line. It fails with NotFound for an unknown login.
func (s *Store) DisableStaff(ctx context.Context, login string, now time.Time) error {
	return s.changeAccount(ctx, login, "account_disabled", now, `
		UPDATE staff SET active = 0, changed_at = ? WHERE id = ?`, now)
}

// UnbindTOTP takes an account's second factor away; done at the command line. It fails
// with NotFound for an unknown login.
func (s *Store) UnbindTOTP(ctx context.Context, login string, now time.Time) error {
	return s.changeAccount(ctx, login, "factor_unbound", now, `
		UPDATE staff SET totp = ?, totp_step = 0 WHERE id = ?`, []byte{})
}

// SetRoles appoints an account anew; done at the command line. It fails like AddStaff.
func (s *Store) SetRoles(ctx context.Context, login string, roles []petition.Role, now time.Time) error {
	if key := wrongRoles(roles); key != "" {
		return invalid("roles", key)
	}
	id, err := s.staffID(ctx, login)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := replaceRoles(ctx, tx, id, roles); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "account_roles", about: id, at: now, why: joinRoles(roles)}))
	})
}

// changeAccount is alter at the command line, for the account of a login.
func (s *Store) changeAccount(ctx context.Context, login, action string, now time.Time, update string, values ...any) error {
	id, err := s.staffID(ctx, login)
	if err != nil {
		return err
	}
	return s.alter(ctx, accountAct{action: action, about: id, at: now}, update, values...)
}

func (s *Store) staffID(ctx context.Context, login string) (petition.ID, error) {
	var id sql.ID
	err := s.db.Get(ctx, &id, `SELECT id FROM staff WHERE login = ?`, strings.ToLower(strings.TrimSpace(login)))
	return petition.ID(id), err
}

// AllStaff lists every account by login, for the command line.
func (s *Store) AllStaff(ctx context.Context, now time.Time) ([]backoffice.Account, error) {
	var all []backoffice.Account
	sc, after := scope{path: "/"}, ""
	for {
		var rows []accountRow
		err := s.db.Select(ctx, &rows, accountColumns+` AND s.login > ? ORDER BY s.login LIMIT ?`,
			append(sc.accountArgs(now), after, pageSize)...)
		if err != nil {
			return nil, err
		}
		page, err := s.withRoles(ctx, rows)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(rows) < pageSize {
			return all, nil
		}
		after = rows[len(rows)-1].Login
	}
}

// Colleagues lists the active staff of a unit with their roles, by name.
func (s *Store) Colleagues(ctx context.Context, by petition.Actor, unit petition.UnitID) ([]backoffice.Colleague, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if own := unit == sc.actor.Unit && sc.actor.Is(petition.CadreSupervisor); !own {
		if unit, err = s.unitInScope(ctx, sc, unit); err != nil {
			return nil, err
		}
	}
	var rows []struct {
		ID     []byte `db:"id"`
		Name   string `db:"name"`
		Office string `db:"office"`
		Role   string `db:"role"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT s.id, s.name, s.office, r.role
		FROM staff s JOIN staff_role r ON r.staff = s.id
		WHERE s.unit = ? AND s.active = 1
		ORDER BY s.name, s.id, r.role`, unit)
	if err != nil {
		return nil, err
	}
	var out []backoffice.Colleague
	for _, r := range rows {
		if n := len(out); n == 0 || out[n-1].ID != petition.ID(r.ID) {
			out = append(out, backoffice.Colleague{ID: petition.ID(r.ID), Name: r.Name, Office: r.Office})
		}
		last := &out[len(out)-1]
		last.Roles = append(last.Roles, petition.Role(r.Role))
	}
	return out, nil
}
