package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Publish lets a loaded case be followed on the portal with a code that is known
// already: of the demonstration, or brought from another system.
func (s *Store) Publish(ctx context.Context, id petition.ID, code exchange.Code, now time.Time) error {
	h, err := s.publishable(ctx, id)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	folder := petition.Project(h.c, rules, now)
	if folder.Filing == nil { // the portal has no copy of its own
		f := h.c.Filing
		f.Files = exchange.WithoutKeys(f.Files)
		folder.Filing = &f
	}
	items, err := s.folderItems(h, folder, now)
	if err != nil {
		return err
	}
	grant := code.Grant(id, h.secrets.Reading, petitionerRights...)
	given, err := s.signer.PackGrant(h.secrets.Portal, exchange.GrantUpdate{Filing: id, Give: &grant}, now)
	if err != nil {
		return err
	}
	items = append([]exchange.Item{given}, items...)
	news := &newsChange{filing: id, wishes: petition.NewsWishes(h.c.Events), item: items[len(items)-1].ID}
	if slices.Contains(h.secrets.Locators, grant.Locator) {
		return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
			if err := putItems(ctx, tx, items); err != nil {
				return err
			}
			return s.queueNews(ctx, tx, news, now)
		})
	}
	h.secrets.Locators = append(h.secrets.Locators, grant.Locator)
	ch, err := s.record(ctx, h, nil, now)
	if err != nil {
		return err
	}
	ch.items, ch.news = items, news
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.write(ctx, tx, ch) })
}

// publishable is a case, or a report as what its reporter may see. Of a report the
// code must have been given when it was loaded.
func (s *Store) publishable(ctx context.Context, id petition.ID) (*held, error) {
	h, err := s.holdAny(ctx, id)
	if err == nil {
		if h.secrets.Reading == (exchange.Key{}) {
			h.secrets.Reading, h.secrets.Portal = exchange.NewKey(), s.portals[0]
		}
		return h, nil
	}
	if !petition.Is(err, petition.NotFound) {
		return nil, err
	}
	r, err := s.openReport(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := petition.Fold(id, r.events)
	return &held{c: c, secrets: r.secrets}, err
}
