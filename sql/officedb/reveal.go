package officedb

import (
	"context"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// Reveal shows the filing with its identities. It checks, in this order: the case is
// visible to the reader; the reader's role and unit may identify (Forbidden); a purpose
// is stated (Invalid). The log entry is stored before anything is shown.
func (s *Store) Reveal(ctx context.Context, by petition.Actor, id petition.ID, purpose string, now time.Time) (petition.Filing, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.Filing{}, err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return petition.Filing{}, err
	}
	if !sc.identifiable(h.c) {
		return petition.Filing{}, &petition.Error{Kind: petition.Forbidden, Key: "error.identity_not_yours"}
	}
	seen, err := s.looked(sc, id, viewedIdentity, purpose, now)
	if err != nil {
		return petition.Filing{}, err
	}
	if err := s.log(ctx, seen); err != nil {
		return petition.Filing{}, err
	}
	f := h.c.Filing
	f.Files = veil{}.files(f.Files)
	return f, nil
}

// log stores an entry that stands alone.
func (s *Store) log(ctx context.Context, v view) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.appendAudit(ctx, tx, v) })
}
