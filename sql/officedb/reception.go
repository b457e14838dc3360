package officedb

import (
	"context"
	"encoding/json"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// foldPlans folds the entries that are asked for, which come by unit, year and number.
func (s *Store) foldPlans(ctx context.Context, where string, args ...any) ([]*petition.Plan, error) {
	var rows []struct {
		Unit string `db:"unit"`
		Year int    `db:"year"`
		Body string `db:"body"`
	}
	err := s.db.Select(ctx, &rows, `SELECT p.unit, p.year, p.body FROM reception_plan p WHERE `+where+` ORDER BY p.unit, p.year, p.n`, args...)
	if err != nil {
		return nil, err
	}
	var all []*petition.Plan
	for _, r := range rows {
		unit, last := petition.UnitID(r.Unit), len(all)-1
		if last < 0 || all[last].Unit != unit || all[last].Year != r.Year {
			all = append(all, &petition.Plan{Unit: unit, Year: r.Year})
			last++
		}
		var e petition.PlanEntry
		if err := json.Unmarshal([]byte(r.Body), &e); err != nil {
			return nil, err
		}
		if err := all[last].Apply(e); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Plan is a unit's sessions of a year, empty where nothing was entered. NotFound for units
// that the actor may not look at.
func (s *Store) Plan(ctx context.Context, by petition.Actor, unit petition.UnitID, year int) (*petition.Plan, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if unit, err = s.unitInScope(ctx, sc, unit); err != nil {
		return nil, err
	}
	return s.plan(ctx, unit, year)
}

func (s *Store) plan(ctx context.Context, unit petition.UnitID, year int) (*petition.Plan, error) {
	all, err := s.foldPlans(ctx, `p.unit = ? AND p.year = ?`, unit, year)
	if err != nil || len(all) == 0 {
		return &petition.Plan{Unit: unit, Year: year}, err
	}
	return all[0], nil
}

// ActPlan adds an entry to a plan of the actor's unit, after those that were seen, and
// tells the session that it is about; what is published goes to the portals. It fails like
// petition.DecidePlan, and with NotFound for those who work at no desk.
func (s *Store) ActPlan(ctx context.Context, by petition.Actor, year, seen int, act petition.PlanAct, now time.Time) (petition.ID, error) {
	var session petition.ID
	sc, err := s.deskScope(ctx, by)
	if err != nil {
		return session, err
	}
	p, err := s.plan(ctx, sc.actor.Unit, year)
	if err != nil {
		return session, err
	}
	if act.Action == petition.EnterSession && act.Session != nil {
		one := *act.Session
		if one.ID, err = newID(now); err != nil {
			return session, err
		}
		act.Session = &one
	}
	e, err := petition.DecidePlan(p, sc.actor, act, now)
	if err != nil {
		return session, err
	}
	if len(p.Entries) != seen {
		return session, overtaken()
	}
	if e.Act.Session != nil {
		session = e.Act.Session.ID
	}
	body, err := json.Marshal(e)
	if err != nil {
		return session, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var n int
		if err := tx.Get(ctx, &n, `SELECT COUNT(*) FROM reception_plan WHERE unit = ? AND year = ?`, p.Unit, year); err != nil {
			return err
		}
		if n != seen {
			return overtaken()
		}
		_, err := tx.Exec(ctx, `INSERT INTO reception_plan (unit, year, n, at, action, staff, session, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			p.Unit, year, e.N, e.At, e.Act.Action, sc.actor.Staff, session, string(body))
		return err
	})
	if err == nil && (act.Action == petition.PublishPlan || act.Action == petition.CallOff) {
		err = s.SendDirectory(ctx, now)
	}
	return session, err
}

// publishedSessions are what portals show: this year's and later, by unit, with how many
// places are given away.
func (s *Store) publishedSessions(ctx context.Context, now time.Time) (map[petition.UnitID][]petition.Session, error) {
	plans, err := s.foldPlans(ctx, `p.year >= ?`, now.In(petition.Shanghai).Year())
	if err != nil || len(plans) == 0 {
		return nil, err
	}
	var rows []struct {
		Session sql.ID `db:"session"`
		N       int    `db:"n"`
	}
	err = s.db.Select(ctx, &rows, `SELECT session, COUNT(*) AS n FROM reception_seat WHERE step IN (`+sql.Marks(len(petition.SeatsTaken))+`) GROUP BY session`, sql.Args(petition.SeatsTaken)...)
	if err != nil {
		return nil, err
	}
	taken := map[petition.ID]int{}
	for _, r := range rows {
		taken[petition.ID(r.Session)] = r.N
	}
	by := map[petition.UnitID][]petition.Session{}
	for _, p := range plans {
		for _, one := range p.Published {
			one.Taken = taken[one.ID]
			by[p.Unit] = append(by[p.Unit], one)
		}
	}
	return by, nil
}

// ReceptionSession finds one, as it is drawn up, with the plan that it stands in. NotFound where
// there is none, and for those who may not see the plan.
func (s *Store) ReceptionSession(ctx context.Context, by petition.Actor, id petition.ID) (petition.Session, *petition.Plan, error) {
	var at struct {
		Unit string `db:"unit"`
		Year int    `db:"year"`
	}
	err := s.db.Get(ctx, &at, `SELECT unit, year FROM reception_plan WHERE session = ? AND action = ?`, id, petition.EnterSession)
	if err != nil {
		return petition.Session{}, nil, err
	}
	p, err := s.Plan(ctx, by, petition.UnitID(at.Unit), at.Year)
	if err != nil {
		return petition.Session{}, nil, err
	}
	one := p.Session(id)
	if one == nil {
		return petition.Session{}, nil, notFound()
	}
	return *one, p, nil
}
