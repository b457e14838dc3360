package officedb

import (
	"context"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// putItems puts items into the outbox, in the transaction of what they tell.
func putItems(ctx context.Context, tx sql.Tx, items []exchange.Item) error {
	return insertRows(ctx, tx, itemHead, itemMark, itemValues(items))
}

func itemValues(items []exchange.Item) [][]any {
	rows := make([][]any, 0, len(items))
	for _, it := range items {
		rows = append(rows, []any{it.ID, it.From, it.To, it.Made, it.Sealed, it.Sig})
	}
	return rows
}

// folderItems seals what the petitioner may see and addresses it to the portal where
// the case can be followed.
func (s *Store) folderItems(h *held, f petition.Folder, now time.Time) ([]exchange.Item, error) {
	update, err := exchange.SealFolder(h.secrets.Reading, h.c.ID, f)
	if err != nil {
		return nil, err
	}
	item, err := s.signer.PackFolder(h.secrets.Portal, update, now)
	return []exchange.Item{item}, err
}

// Outgoing lists items that no portal has acknowledged yet, oldest first, from the
// one after the given id.
func (s *Store) Outgoing(ctx context.Context, after petition.ID, limit int) ([]exchange.Item, error) {
	var rows []struct {
		ID     sql.ID     `db:"id"`
		From   string     `db:"from_end"`
		To     string     `db:"to_end"`
		Made   sql.Moment `db:"made_at"`
		Sealed []byte     `db:"sealed"`
		Sig    []byte     `db:"sig"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT id, from_end, to_end, made_at, sealed, sig FROM outbox WHERE id > ? ORDER BY id LIMIT ?`, after, limit)
	if err != nil {
		return nil, err
	}
	items := make([]exchange.Item, 0, len(rows))
	for _, r := range rows {
		items = append(items, exchange.Item{ID: petition.ID(r.ID), From: r.From, To: r.To, Made: r.Made.Time,
			Sealed: r.Sealed, Sig: r.Sig})
	}
	return items, nil
}

// SendDirectory tells every portal which units there are and what to seal to. It is
// called at start; SaveUnits calls it when the units change.
func (s *Store) SendDirectory(ctx context.Context, now time.Time) error {
	d, err := s.Directory(ctx, now)
	if err != nil {
		return err
	}
	var items []exchange.Item
	for _, portal := range s.portals {
		it, err := s.signer.PackDirectory(portal, d, now)
		if err != nil {
			return err
		}
		items = append(items, it)
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return putItems(ctx, tx, items) })
}

// Directory is the hosted units with their public keys, as of now.
func (s *Store) Directory(ctx context.Context, now time.Time) (exchange.Directory, error) {
	units, err := s.units(ctx)
	if err != nil {
		return exchange.Directory{}, err
	}
	d := exchange.Directory{Installation: s.signer.Installation, Name: s.name, Version: sql.Instant(now),
		Demo: s.demo, Intake: s.office.Intake.Public(), News: s.news}
	rules, err := s.Rules(ctx)
	if err != nil {
		return d, err
	}
	for _, l := range rules.Laws {
		if l.Unit != "" {
			d.Local = append(d.Local, l)
		}
	}
	if d.Days, err = setting(ctx, s.db, settingCalendar); err != nil {
		return d, err
	}
	local, err := s.publishedRules(ctx, petition.Day(now))
	if err != nil {
		return d, err
	}
	sessions, err := s.publishedSessions(ctx, now)
	if err != nil {
		return d, err
	}
	for _, u := range units {
		if u.Installation != s.signer.Installation {
			continue
		}
		unit, err := s.holder(ctx, exchange.UnitHolder(u.ID))
		if err != nil {
			return d, err
		}
		cadre, err := s.holder(ctx, exchange.CadreHolder(u.ID))
		if err != nil {
			return d, err
		}
		d.Units = append(d.Units, exchange.UnitEntry{Unit: u, Key: unit.Public(), Cadre: cadre.Public(), Rules: local[u.ID], Sessions: sessions[u.ID]})
	}
	return d, nil
}
