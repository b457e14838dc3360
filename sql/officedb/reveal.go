package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// Reveal shows the filing with its identities. It checks, in this order: the case is
// visible to the reader; the reader's role and unit may identify (Forbidden); a purpose
// is stated (Invalid). The log entry is stored before anything is shown.
func (s *Store) Reveal(ctx context.Context, by petition.Actor, id petition.ID, purpose string, now time.Time) (backoffice.Identity, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return backoffice.Identity{}, err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return backoffice.Identity{}, err
	}
	if !sc.identifiable(h.c) {
		return backoffice.Identity{}, &petition.Error{Kind: petition.Forbidden, Key: "error.identity_not_yours"}
	}
	seen, err := s.looked(sc, id, viewedIdentity, purpose, now)
	if err != nil {
		return backoffice.Identity{}, err
	}
	if err := s.log(ctx, seen); err != nil {
		return backoffice.Identity{}, err
	}
	return identityOf(h.c), nil
}

func identityOf(c *petition.Case) backoffice.Identity {
	who := backoffice.Identity{Filing: c.Filing}
	who.Files = veil{}.files(c.Filing.Files)
	for _, n := range c.AskedCorrect {
		who.Asked = append(who.Asked, c.Events[n-1])
	}
	for _, p := range slices.Backward(c.Persons()[1:]) {
		if p != c.Filing.Person && !slices.Contains(who.Earlier, p) {
			who.Earlier = append(who.Earlier, p)
		}
	}
	return who
}

// log stores entries that stand alone, all or none.
func (s *Store) log(ctx context.Context, views ...view) error {
	if len(views) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, v := range views {
			if err := s.appendAudit(ctx, tx, v); err != nil {
				return err
			}
		}
		return nil
	})
}
