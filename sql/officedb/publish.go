package officedb

import (
	"context"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Publish opens a loaded case on its portal under a code that its Locators named, and
// sends what may be seen of it. A history that came by Load was never filed there, so
// what was written goes along.
func (s *Store) Publish(ctx context.Context, id petition.ID, code exchange.Code, now time.Time) error {
	h, err := s.holdAny(ctx, id)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	folder := petition.Project(h.c, rules, now)
	written := h.c.Filing
	written.Files = exchange.WithoutKeys(written.Files)
	folder.Filing = &written
	items, err := s.folderItems(h, folder, now)
	if err != nil {
		return err
	}
	grant := code.Grant(id, h.secrets.Reading, petitionerRights...)
	given, err := s.signer.PackGrant(h.secrets.Portal, exchange.GrantUpdate{Filing: id, Give: &grant}, now)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		return putItems(ctx, tx, append([]exchange.Item{given}, items...))
	})
}
