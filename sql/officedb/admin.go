package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// The three administrators (三员分立) restrain each other: the system administrator asks
// for accounts and closes them, the security administrator decides what was asked and
// resets, the audit administrator reads what both did. Their own accounts are made,
// reset and closed at the command line only, so that none of them can become another.

// administrator reads the scope of somebody who holds one of the roles; for everybody
// else there is nothing here: NotFound.
func (s *Store) administrator(ctx context.Context, by petition.Actor, roles ...petition.Role) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(roles...) {
		err = notFound()
	}
	return sc, err
}

// isAdministrator tells whether one of the roles is one of the three.
func isAdministrator(roles []petition.Role) bool {
	return slices.ContainsFunc(roles, func(r petition.Role) bool { return slices.Contains(administrators, r) })
}

// accountAct is something done to an account.
type accountAct struct {
	action string
	by     petition.ID // zero: at the command line
	unit   petition.UnitID
	about  petition.ID
	why    string
	keep   []byte // hash of the session that goes on; all others of the account end
	at     time.Time
}

// entry is the act as it stands in the log: who did it, and in the place of a file the
// account it was done to.
func (s *Store) entry(a accountAct) view {
	v := view{chain: officeChain, at: a.at, action: a.action, staff: a.by, unit: a.unit, file: a.about}
	if a.why != "" {
		v.purpose = s.keys.master.Seal([]byte(a.why), purposePlace(petition.ID{}))
	}
	return v
}

// alter runs one update of an account, ends its sessions and records it. The update's
// last mark is the account's id. It fails with NotFound if there is no such account.
func (s *Store) alter(ctx context.Context, a accountAct, update string, values ...any) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, update, append(slices.Clone(values), a.about)...)
		if err != nil {
			return err
		}
		if rows == 0 {
			return notFound()
		}
		if err := endSessions(ctx, tx, a.about, a.keep); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(a))
	})
}

// endSessions ends all sessions of an account but one.
func endSessions(ctx context.Context, tx sql.Tx, account petition.ID, keep []byte) error {
	if keep == nil {
		keep = []byte{}
	}
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE staff = ? AND id <> ?`, account, keep)
	return err
}
