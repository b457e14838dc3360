package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

func teamPlace(unit petition.UnitID, n int) []byte {
	return place("team_entry", "sealed", []byte(unit), binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// Teams are the books of the actor's own unit and, for overseers, of the units below, by
// unit; a unit that has written nothing down has none. NotFound for everybody else.
func (s *Store) Teams(ctx context.Context, by petition.Actor) (map[petition.UnitID]petition.Team, error) {
	sc, err := s.deskScope(ctx, by)
	if err != nil {
		return nil, err
	}
	low, high := subtree(sc.path)
	return s.readTeams(ctx, `(e.unit = ? OR (? = 1 AND u.path >= ? AND u.path < ?))`,
		sc.actor.Unit, sc.actor.Is(overseers...), low, high)
}

func (s *Store) readTeams(ctx context.Context, where string, args ...any) (map[petition.UnitID]petition.Team, error) {
	var rows []struct {
		Unit    string     `db:"unit"`
		N       int        `db:"n"`
		Kind    string     `db:"kind"`
		Day     string     `db:"day"`
		Ends    int        `db:"ends"`
		At      sql.Moment `db:"at"`
		Officer string     `db:"officer"`
		Sealed  []byte     `db:"sealed"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT e.unit, e.n, e.kind, e.day, e.ends, e.at, COALESCE(s.name, '') AS officer, e.sealed
		FROM team_entry e JOIN unit u ON u.id = e.unit LEFT JOIN staff s ON s.id = e.staff
		WHERE `+where+` ORDER BY e.unit, e.n`, args...)
	if err != nil {
		return nil, err
	}
	all := make(map[petition.UnitID]petition.Team)
	for _, r := range rows {
		unit := petition.UnitID(r.Unit)
		h, err := s.holder(ctx, exchange.UnitHolder(unit))
		if err != nil {
			return nil, err
		}
		plain, err := h.list.Open(r.Sealed, teamPlace(unit, r.N))
		if err != nil {
			return nil, err
		}
		e := petition.TeamEntry{N: r.N, Kind: petition.TeamKind(r.Kind), Day: r.Day, Ends: r.Ends, Officer: r.Officer, At: r.At.Time}
		if err := json.Unmarshal(plain, &e); err != nil {
			return nil, err
		}
		team := all[unit]
		team.Unit, team.Entries = unit, append(team.Entries, e)
		all[unit] = team
	}
	return all, nil
}

// AddTeamEntry adds a line to the book of the actor's own unit, after those that were
// seen. It fails with NotFound for all but office heads, with Conflict if another line
// came first, and like petition.CheckTeam.
func (s *Store) AddTeamEntry(ctx context.Context, by petition.Actor, seen int, e petition.TeamEntry, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return notFound()
	}
	unit := sc.actor.Unit
	books, err := s.readTeams(ctx, `e.unit = ?`, unit)
	if err != nil {
		return err
	}
	if len(books[unit].Entries) != seen {
		return overtaken()
	}
	if err := petition.CheckTeam(books[unit], e, now); err != nil {
		return err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(unit))
	if err != nil {
		return err
	}
	plain, err := json.Marshal(e)
	if err != nil {
		return err
	}
	n := seen + 1
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO team_entry (unit, n, kind, day, ends, at, staff, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			unit, n, string(e.Kind), e.Day, e.Ends, now, sc.actor.Staff, h.list.Seal(plain, teamPlace(unit, n)))
		return err
	})
	if sql.Duplicate(err) {
		return overtaken()
	}
	return err
}
