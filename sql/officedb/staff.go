package officedb

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

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

// AddStaff makes an account. It fails with Invalid for a login that is taken or
// malformed, an unknown unit or role, a weak password, and for an administrator
// with a second role: the three administrators are three people (三员分立).
func (s *Store) AddStaff(ctx context.Context, in NewStaff, now time.Time) (petition.ID, error) {
	in.Login = strings.ToLower(strings.TrimSpace(in.Login))
	if err := s.checkStaff(ctx, in); err != nil {
		return petition.ID{}, err
	}
	if in.Hash == "" {
		if err := checkPassword("password", in.Password, in.Login); err != nil {
			return petition.ID{}, err
		}
		var err error
		if in.Hash, err = s.hasher.hash(ctx, in.Password); err != nil {
			return petition.ID{}, err
		}
	}
	id := in.ID
	if id.IsZero() {
		var err error
		if id, err = newID(now); err != nil {
			return petition.ID{}, err
		}
	}
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := insertStaff(ctx, tx, id, in, now); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, view{chain: officeChain, at: now, action: "account_added", staff: id, unit: in.Unit})
	})
	if sql.Duplicate(err) {
		return petition.ID{}, invalid("login", "problem.login_taken")
	}
	return id, err
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
	for _, r := range in.Roles {
		if _, err := tx.Exec(ctx, `INSERT INTO staff_role (staff, role) VALUES (?, ?)`, id, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) checkStaff(ctx context.Context, in NewStaff) error {
	if !loginForm.MatchString(in.Login) {
		return invalid("login", "problem.login_form")
	}
	if strings.TrimSpace(in.Name) == "" {
		return invalid("name", "problem.required")
	}
	if err := checkRoles(in.Roles); err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if _, ok := rules.Units.Unit(in.Unit); !ok {
		return invalid("unit", "problem.unit_unknown")
	}
	return nil
}

// checkRoles refuses no role, unknown roles, doubled roles, and an administrator with
// any other role.
func checkRoles(roles []petition.Role) error {
	if len(roles) == 0 {
		return invalid("roles", "problem.required")
	}
	for i, r := range roles {
		if !slices.Contains(petition.Roles, r) || slices.Contains(roles[:i], r) {
			return invalid("roles", "problem.role_unknown")
		}
		if slices.Contains(administrators, r) && len(roles) > 1 {
			return invalid("roles", "problem.roles_exclusive")
		}
	}
	return nil
}

// ResetPassword gives an account a password that must be changed at the next sign-in,
// and ends its sessions. It fails with NotFound for an unknown login.
func (s *Store) ResetPassword(ctx context.Context, login, password string, now time.Time) error {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := checkPassword("password", password, login); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.changeAccount(ctx, login, "password_reset", now, `
		UPDATE staff SET password = ?, must_change = 1, changed_at = ? WHERE login = ?`, hash)
}

// DisableStaff takes an account out of use at once: its sessions end, its scope is
// empty. It fails with NotFound for an unknown login.
func (s *Store) DisableStaff(ctx context.Context, login string, now time.Time) error {
	login = strings.ToLower(strings.TrimSpace(login))
	return s.changeAccount(ctx, login, "account_disabled", now, `
		UPDATE staff SET active = ?, changed_at = ? WHERE login = ?`, 0)
}

// SetRoles appoints an account anew. It fails like AddStaff.
func (s *Store) SetRoles(ctx context.Context, login string, roles []petition.Role, now time.Time) error {
	if err := checkRoles(roles); err != nil {
		return err
	}
	login = strings.ToLower(strings.TrimSpace(login))
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		id, err := staffID(ctx, tx, login)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM staff_role WHERE staff = ?`, id); err != nil {
			return err
		}
		for _, r := range roles {
			if _, err := tx.Exec(ctx, `INSERT INTO staff_role (staff, role) VALUES (?, ?)`, id, r); err != nil {
				return err
			}
		}
		return s.appendAudit(ctx, tx, view{chain: officeChain, at: now, action: "account_roles", staff: id})
	})
}

// changeAccount runs one update of an account (value, instant, login), ends its
// sessions and records it.
func (s *Store) changeAccount(ctx context.Context, login, action string, now time.Time, update string, value any) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		id, err := staffID(ctx, tx, login)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, update, value, now, login); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM session WHERE staff = ?`, id); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, view{chain: officeChain, at: now, action: action, staff: id})
	})
}

func staffID(ctx context.Context, tx sql.Tx, login string) (petition.ID, error) {
	var b []byte
	if err := tx.Get(ctx, &b, `SELECT id FROM staff WHERE login = ?`, login); err != nil {
		return petition.ID{}, err
	}
	return petition.ID(b), nil
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
