package officedb

import (
	"context"
	"sync"

	"huiyin/petition"
	"huiyin/sql"
)

// This file is the whole of access. Every read of a case, a list or a file goes
// through a scope and one of the guards below; they run in SQL, beside the rows they
// guard, and deny by default:
//
//	role       what the account is appointed to do now, read anew each time
//	∩ subtree  the unit of the account, and for some roles the units below it
//	− excluded cases that this person must not know of, whatever the role
//	− sealed   cases that were moved to a cadre-supervision compartment
//
// The three administrators hold none of the roles named here, so that they read no
// case. What the guards hide answers NotFound, like what never was.

// workers see the legs of their own unit.
var workers = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler,
	petition.UnitHead, petition.Leader, petition.ClosingAuditor, petition.Supervisor}

// overseers also see, read-only, the legs of the units below theirs.
var overseers = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Leader,
	petition.Supervisor}

// identifiers may be shown who a petitioner is, with a purpose, and only for a case
// that has a leg at their own unit.
var identifiers = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler,
	petition.UnitHead, petition.ClosingAuditor}

// visibleCase guards a statement about cases c. Its arguments are scope.guard.
const visibleCase = ` c.sealed_up = 0
	AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = c.id)
	AND EXISTS (SELECT 1 FROM leg v JOIN unit u ON u.id = v.unit WHERE v.case_id = c.id
		AND ((? = 1 AND v.unit = ?) OR (? = 1 AND u.path >= ? AND u.path < ?))) `

// visibleLeg guards a statement about the legs l of one unit, whose name is checked
// by scope.unit: exclusions are all that remains. Its argument is the staff id.
const visibleLeg = ` NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = l.case_id) `

// unbarred guards a page of legs l of units that were checked like those of visibleLeg: it
// names the cases that its reader must not know of, as the scope of the same request has
// them, so that no row costs a look into the list of exclusions. By eights, so that few
// different statements are made; its arguments are the ids.
func unbarred(cases []petition.ID) (guard string, args []any) {
	if len(cases) == 0 {
		return "", nil
	}
	args = sql.Args(cases)
	for len(args)%8 > 0 {
		args = append(args, cases[0])
	}
	return ` AND l.case_id NOT IN (` + sql.Marks(len(args)) + `)`, args
}

// scope is how far one member of staff may look, as the database knows it now: what
// the caller claims about roles and units counts for nothing.
type scope struct {
	actor  petition.Actor // as stored
	path   string         // of the actor's unit
	barred []petition.ID  // cases that the actor must not know of
}

// pageKey finds the pageScope of a request.
type pageKey struct{}

// pageScope keeps the scope of who reads one page, for as long as the page is made.
type pageScope struct {
	mu  sync.Mutex
	of  petition.ID
	has scope
}

// Page is the context of one page that changes nothing: how far its reader may look is
// read once for all of it. Acts do without, and read anew.
func (s *Store) Page(ctx context.Context) context.Context {
	return context.WithValue(ctx, pageKey{}, &pageScope{})
}

// scopeOf reads an account's scope. It fails with NotFound for everybody who is not
// active staff with a role.
func (s *Store) scopeOf(ctx context.Context, by petition.Actor) (scope, error) {
	if by.Kind != petition.ByStaff || by.Staff.IsZero() {
		return scope{}, notFound()
	}
	kept, ok := ctx.Value(pageKey{}).(*pageScope)
	if !ok {
		return s.readScope(ctx, by)
	}
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.of == by.Staff {
		return kept.has, nil
	}
	sc, err := s.readScope(ctx, by)
	if err == nil {
		kept.of, kept.has = by.Staff, sc
	}
	return sc, err
}

// overseersOnly is a scope of those who oversee cases; NotFound for all others.
func (s *Store) overseersOnly(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(overseers...) {
		err = notFound()
	}
	return sc, err
}

func (s *Store) readScope(ctx context.Context, by petition.Actor) (scope, error) {
	var rows []struct {
		Name   string `db:"name"`
		Unit   string `db:"unit"`
		Path   string `db:"path"`
		Role   string `db:"role"`
		Barred int    `db:"barred"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT s.name, s.unit, u.path, r.role, (SELECT COUNT(*) FROM exclusion x WHERE x.staff = s.id) AS barred
		FROM staff s
		JOIN unit u ON u.id = s.unit
		JOIN staff_role r ON r.staff = s.id
		WHERE s.id = ? AND s.active = 1
		ORDER BY r.role`, by.Staff)
	if err != nil {
		return scope{}, err
	}
	if len(rows) == 0 {
		return scope{}, notFound()
	}
	sc := scope{path: rows[0].Path, actor: petition.Actor{Kind: petition.ByStaff, Staff: by.Staff,
		Name: rows[0].Name, Unit: petition.UnitID(rows[0].Unit)}}
	for _, r := range rows {
		sc.actor.Roles = append(sc.actor.Roles, petition.Role(r.Role))
	}
	if rows[0].Barred == 0 {
		return sc, nil
	}
	var ids []sql.ID
	err = s.db.Select(ctx, &ids, `SELECT case_id FROM exclusion WHERE staff = ? ORDER BY case_id`, by.Staff)
	sc.barred = sql.IDs(ids)
	return sc, err
}

// guard is the arguments of visibleCase.
func (sc scope) guard() []any {
	low, high := subtree(sc.path)
	return []any{sc.actor.Staff, sc.actor.Is(workers...), sc.actor.Unit,
		sc.actor.Is(overseers...), low, high}
}

// unit checks that the legs of a unit may be listed: the actor's own ("" means that),
// or one below for overseers. It fails with NotFound.
func (s *Store) unitInScope(ctx context.Context, sc scope, want petition.UnitID) (petition.UnitID, error) {
	if want == "" || want == sc.actor.Unit {
		if !sc.actor.Is(workers...) {
			return "", notFound()
		}
		return sc.actor.Unit, nil
	}
	low, high := subtree(sc.path)
	var id string
	err := s.db.Get(ctx, &id, `
		SELECT id FROM unit WHERE id = ? AND ? = 1 AND path >= ? AND path < ?`,
		want, sc.actor.Is(overseers...), low, high)
	return petition.UnitID(id), err
}

// namesShown tells whether masked names of a unit's legs are shown: to those who may
// reveal them, in their own unit; leaders and units above see none.
func (sc scope) namesShown(unit petition.UnitID) bool {
	return unit == sc.actor.Unit && sc.actor.Is(identifiers...)
}

// below is the half-open range of the paths of a unit and those below it.
func (s *Store) below(ctx context.Context, unit petition.UnitID) (low, high string, err error) {
	var path string
	if err := s.db.Get(ctx, &path, `SELECT path FROM unit WHERE id = ?`, unit); err != nil {
		return "", "", err
	}
	low, high = subtree(path)
	return low, high, nil
}

// subtree is the half-open range of paths at and below a path.
func subtree(path string) (low, high string) {
	return path, path[:len(path)-1] + "0" // '0' follows '/'
}

func notFound() error {
	return &petition.Error{Kind: petition.NotFound, Key: "error.not_found"}
}

// overtaken is the refusal of what somebody else did first.
func overtaken() error { return &petition.Error{Kind: petition.Conflict, Key: "error.conflict"} }
