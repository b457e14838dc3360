package officedb

import (
	"context"
	"errors"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// petitionerRights is what every receipt code allows beyond reading.
var petitionerRights = []exchange.Right{exchange.MayAdd, exchange.MayWithdraw, exchange.MayRate, exchange.MayReview}

// RegisterFor registers a letter, visit or call on somebody's behalf. The code on the
// slip opens the case on the portal, as if it had been filed there. The form that it was
// typed on registers once: again, it is a Conflict (intake.twice; see FormUsed). A
// report about a cadre goes sealed into its compartment at once; there is no case then,
// and no id.
func (s *Store) RegisterFor(ctx context.Context, by petition.Actor, form string, act petition.Act, now time.Time) (petition.ID, exchange.Code, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.ID{}, "", err
	}
	id, err := newID(now)
	if err != nil {
		return petition.ID{}, "", err
	}
	act.Action = petition.Register
	if act.Filing != nil && len(act.Filing.Files) > 0 {
		filing := *act.Filing
		if filing.Files, err = s.pendingFiles(ctx, scansOf(by, form), filing.Files); err != nil {
			return petition.ID{}, "", err
		}
		act.Filing = &filing
	}
	if !act.Visit.IsZero() {
		if _, _, err := s.ownVisit(ctx, by, act.Visit); err != nil {
			return petition.ID{}, "", err
		}
	}
	events, err := s.decide(ctx, sc, &petition.Case{ID: id}, act, now)
	if err != nil {
		return petition.ID{}, "", err
	}
	h := s.fresh(id, exchange.NewKey(), s.portals[0])
	code := exchange.NewCode()
	grant := code.Grant(id, h.secrets.Reading, petitionerRights...)
	h.secrets.Locators = []exchange.Locator{grant.Locator}
	item, err := s.signer.PackGrant(h.secrets.Portal, exchange.GrantUpdate{Filing: id, Give: &grant}, now)
	if err != nil {
		return petition.ID{}, "", err
	}
	if act.Filing.Track() == petition.Report {
		return petition.ID{}, code, s.registerReport(ctx, sc, h, formHash(by.Staff, form), events, item, now)
	}
	ch, err := s.record(ctx, h, events, now)
	if err != nil {
		return petition.ID{}, "", err
	}
	ch.form = formHash(by.Staff, form)
	ch.claimed = filingFiles(*act.Filing)
	ch.items = append([]exchange.Item{item}, ch.items...)
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if !act.Visit.IsZero() {
			if err := linkVisit(ctx, tx, act.Visit, id, by.Staff, now); err != nil {
				return err
			}
		}
		return s.write(ctx, tx, ch)
	})
	return id, code, err
}

// registerReport stores what came by letter, visit or call about a cadre: in the
// compartment and its log, the outbox, and nowhere else. Not even the form's row says
// what became of it.
func (s *Store) registerReport(ctx context.Context, sc scope, h *held, form []byte, events []petition.Event, grant exchange.Item, now time.Time) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	c, err := petition.Fold(h.c.ID, events)
	if err != nil {
		return err
	}
	to, err := s.compartment(ctx, exchange.UnitHolder(sc.actor.Unit), c.Filing)
	if err != nil {
		return err
	}
	moved, err := s.newReport(ctx, to, c.ID, c.Received, h.secrets, events)
	if err != nil {
		return err
	}
	h.c = c
	items, err := s.folderItems(h, petition.Project(c, rules, now), now)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := useForm(ctx, tx, form, petition.ID{}, now); err != nil {
			return err
		}
		if err := moved.insert(ctx, tx); err != nil {
			return err
		}
		if err := claim(ctx, tx, filingFiles(c.Filing)); err != nil {
			return err
		}
		return putItems(ctx, tx, append([]exchange.Item{grant}, items...))
	})
}

// fresh is a case that is not stored yet.
func (s *Store) fresh(id petition.ID, reading exchange.Key, portal string) *held {
	return &held{c: &petition.Case{ID: id}, fresh: true, key: exchange.NewKey(),
		secrets: secrets{Reading: reading, Portal: portal}}
}

// ReplaceCode gives a new code after the officer has checked the identity; every code
// given before dies with the same item. It fails with Forbidden for anonymous filings:
// there is nothing to check against. A code that others have seen is stolen: then the
// reading key is renewed too, and everything is sent again under the new one, so that
// whoever kept the old code and what lay on the portal reads nothing that comes now.
func (s *Store) ReplaceCode(ctx context.Context, by petition.Actor, id petition.ID, purpose string, stolen bool, now time.Time) (exchange.Code, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return "", err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return "", err
	}
	seen, err := s.looked(sc, id, viewedCode, purpose, now)
	if err != nil {
		return "", err
	}
	events, err := s.decide(ctx, sc, h.c, petition.Act{Action: petition.ReplaceCode, Reason: purpose}, now)
	if err != nil {
		return "", err
	}
	if h.secrets.Reading == (exchange.Key{}) { // a case from before it had a code
		h.secrets.Reading, h.secrets.Portal = exchange.NewKey(), s.portals[0]
	}
	if stolen {
		h.secrets.Reading = exchange.NewKey()
	}
	code := exchange.NewCode()
	item, err := s.regrant(h, code, stolen, now)
	if err != nil {
		return "", err
	}
	version := h.c.Version()
	ch, err := s.record(ctx, h, events, now)
	if err != nil {
		return "", err
	}
	ch.items = append([]exchange.Item{item}, ch.items...)
	ch.views = []view{seen}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.write(ctx, tx, ch) })
	if errors.Is(err, errStale) {
		return "", s.whoWasFirst(ctx, id, version)
	}
	return code, err
}

// regrant makes the item that gives one code and takes back all others; with a renewed
// reading key, it also brings the petitioner's own copy anew.
func (s *Store) regrant(h *held, code exchange.Code, renewed bool, now time.Time) (exchange.Item, error) {
	grant := code.Grant(h.c.ID, h.secrets.Reading, petitionerRights...)
	update := exchange.GrantUpdate{Filing: h.c.ID, Give: &grant, Revoke: h.secrets.Locators}
	h.secrets.Locators = []exchange.Locator{grant.Locator}
	if update.Renewed = renewed; renewed && h.c.Events[0].Act.Action == petition.Submit {
		var err error
		if update.Copy, err = exchange.SealCopy(h.secrets.Reading, h.c.ID, h.c.Filing); err != nil {
			return exchange.Item{}, err
		}
	}
	return s.signer.PackGrant(h.secrets.Portal, update, now)
}
