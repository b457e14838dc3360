package officedb

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// incidentWriters and incidentReaders are of the unit itself; no unit above reads them.
var (
	incidentWriters = []petition.Role{petition.Registrar, petition.OfficeHead}
	incidentReaders = []petition.Role{petition.OfficeHead, petition.Leader}
)

func incidentPlace(id petition.ID) []byte { return place("incident", "sealed", id[:]) }

// Incidents are those of the actor's own unit, the newest first; of one that has expired
// only day and kind are left. It fails with NotFound for everybody but its readers, and
// with Invalid without a purpose, which is recorded first.
func (s *Store) Incidents(ctx context.Context, by petition.Actor, purpose string, now time.Time) ([]petition.Incident, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if !sc.actor.Is(incidentReaders...) {
		return nil, notFound()
	}
	if strings.TrimSpace(purpose) == "" {
		return nil, invalid("purpose", "problem.purpose_words")
	}
	if err := s.log(ctx, s.entry(sc.act("incidents_read", petition.ID{}, purpose, now))); err != nil {
		return nil, err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(sc.actor.Unit))
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID      sql.ID     `db:"id"`
		Day     string     `db:"day"`
		Kind    string     `db:"kind"`
		Expires string     `db:"expires"`
		At      sql.Moment `db:"made_at"`
		Officer string     `db:"officer"`
		Sealed  []byte     `db:"sealed"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT i.id, i.day, i.kind, i.expires, i.made_at, COALESCE(s.name, '') AS officer, i.sealed
		FROM incident i LEFT JOIN staff s ON s.id = i.staff WHERE i.unit = ? ORDER BY i.id DESC LIMIT ?`, sc.actor.Unit, pageLargest)
	if err != nil {
		return nil, err
	}
	all := make([]petition.Incident, 0, len(rows))
	for _, r := range rows {
		one := petition.Incident{ID: petition.ID(r.ID), Unit: sc.actor.Unit, Day: r.Day, Kind: petition.Behaviour(r.Kind),
			Expires: r.Expires, Officer: r.Officer, At: r.At.Time, Expired: len(r.Sealed) == 0 || r.Expires < petition.Day(now)}
		if !one.Expired {
			plain, err := h.list.Open(r.Sealed, incidentPlace(one.ID))
			if err != nil {
				return nil, err
			}
			if err := json.Unmarshal(plain, &one); err != nil {
				return nil, err
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// AddIncident writes one down for the actor's own unit, for so many months.
func (s *Store) AddIncident(ctx context.Context, by petition.Actor, i petition.Incident, months int, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(incidentWriters...) {
		return notFound()
	}
	if err := petition.CheckIncident(i, months, now); err != nil {
		return err
	}
	id, err := newID(now)
	if err != nil {
		return err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(sc.actor.Unit))
	if err != nil {
		return err
	}
	plain, err := json.Marshal(i)
	if err != nil {
		return err
	}
	sealed := h.list.Seal(plain, incidentPlace(id))
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO incident (id, unit, day, kind, expires, made_at, staff, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, sc.actor.Unit, i.Day, string(i.Kind), petition.Day(now.AddDate(0, months, 0)), now, sc.actor.Staff, sealed)
		return err
	})
}

// expireIncidents empties the records whose day has passed: unit, day and kind remain.
func (s *Store) expireIncidents(ctx context.Context, now time.Time) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE incident SET sealed = ? WHERE expires < ? AND LENGTH(sealed) > 0`, []byte{}, petition.Day(now))
		return err
	})
}
