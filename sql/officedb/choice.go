package officedb

import (
	"context"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// What a unit chooses for its area and for the units below that chose nothing else.
const (
	choiceAnnualDue  = "annual_due"  // the day on which annual reports are due: "01-31"
	choiceIssueLeast = "issue_least" // how many matters make a common issue
)

// choices are the newest of a name, by unit.
func (s *Store) choices(ctx context.Context, name string) (map[petition.UnitID]string, error) {
	var rows []struct {
		Unit  string `db:"unit"`
		Value string `db:"value"`
	}
	err := s.db.Select(ctx, &rows, `SELECT unit, value FROM unit_choice WHERE name = ? ORDER BY unit, n`, name)
	all := make(map[petition.UnitID]string)
	for _, r := range rows {
		all[petition.UnitID(r.Unit)] = r.Value
	}
	return all, err
}

// nearestChoice is what the first of the units chose; or what holds where none did.
func nearestChoice(all map[petition.UnitID]string, units []petition.Unit, usual string) string {
	for _, u := range units {
		if v := all[u.ID]; v != "" {
			return v
		}
	}
	return usual
}

// choose keeps what the head of an office chose for his unit's area; what was chosen before
// stays. NotFound for everybody else.
func (s *Store) choose(ctx context.Context, by petition.Actor, name, value string, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return notFound()
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var n int
		if err := tx.Get(ctx, &n, `SELECT COUNT(*) FROM unit_choice WHERE unit = ? AND name = ?`, sc.actor.Unit, name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO unit_choice (unit, name, n, value, at, staff) VALUES (?, ?, ?, ?, ?, ?)`,
			sc.actor.Unit, name, n+1, value, now, sc.actor.Staff)
		return err
	})
	if sql.Duplicate(err) {
		return overtaken()
	}
	return err
}
