package officedb

import (
	"context"
	"strconv"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// Names of settings.
const (
	settingRules    = "rules"    // grows when units, laws or calendar change
	settingLaws     = "laws"     // JSON of profiles in place of the shipped ones
	settingCalendar = "calendar" // CSV of years in place of the shipped ones
)

// rulesAge is how old the rules in memory may be before their number is looked up.
const rulesAge = time.Second

// unitRow is a unit as stored.
type unitRow struct {
	ID             string `db:"id"`
	Parent         string `db:"parent"`
	Path           string `db:"path"`
	Level          string `db:"level"`
	Name           string `db:"name"`
	Short          string `db:"short"`
	Sign           string `db:"sign"`
	Region         string `db:"region"`
	Area           string `db:"area"`
	Pilot          bool   `db:"pilot"`
	PilotSince     string `db:"pilot_since"`
	Address        string `db:"address"`
	Postcode       string `db:"postcode"`
	Phone          string `db:"phone"`
	Hours          string `db:"hours"`
	HoursEn        string `db:"hours_en"`
	Room           string `db:"room"`
	LettersHandler bool   `db:"letters_handler"`
	Installation   string `db:"installation"`
	Closed         bool   `db:"closed"`
	Successor      string `db:"successor"`
	LettersName    string `db:"letters_name"`
}

func (r unitRow) unit() petition.Unit {
	return petition.Unit{ID: petition.UnitID(r.ID), Parent: petition.UnitID(r.Parent), Path: r.Path,
		Level: petition.Level(r.Level), Name: r.Name, Short: r.Short, Sign: r.Sign, Region: r.Region,
		Area: r.Area, Pilot: r.Pilot, PilotSince: r.PilotSince, Address: r.Address, Postcode: r.Postcode,
		Phone: r.Phone, Hours: r.Hours, HoursEn: r.HoursEn, Room: r.Room, LettersHandler: r.LettersHandler,
		LettersName: r.LettersName, Installation: r.Installation, Successor: petition.UnitID(r.Successor), Closed: r.Closed}
}

// SaveUnits stores the tree: new units are added with keys of their own, known ones
// changed: what a unit's own people wrote about its rooms and hours stays where the list
// says nothing, and a unit that was merged stays merged. It fails with Invalid if a parent
// is missing or comes after its child. A new directory goes out.
func (s *Store) SaveUnits(ctx context.Context, units []petition.Unit, now time.Time) error {
	known, err := s.units(ctx)
	if err != nil {
		return err
	}
	if units, err = withPaths(units); err != nil {
		return err
	}
	keepMerged(units, petition.NewUnits(known))
	for i := range units {
		if units[i].Installation == "" {
			units[i].Installation = s.signer.Installation
		}
	}
	if err := s.makeHolders(ctx, units, now); err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for i, u := range units {
			if err := saveUnit(ctx, tx, i, u, now); err != nil {
				return err
			}
		}
		if moved(known, units) {
			if err := s.layAbove(ctx, tx); err != nil {
				return err
			}
			if err := saveSetting(ctx, tx, settingAbove, "yes", now); err != nil {
				return err
			}
		}
		return bumpRules(ctx, tx, now)
	})
	if err != nil {
		return err
	}
	s.forgetRules()
	return s.SendDirectory(ctx, now)
}

func withPaths(units []petition.Unit) ([]petition.Unit, error) {
	out := append([]petition.Unit(nil), units...)
	paths := make(map[petition.UnitID]string, len(out))
	for i, u := range out {
		above, ok := paths[u.Parent]
		if u.Parent != "" && !ok {
			return nil, invalid("parent", "problem.unit_unknown")
		}
		if above == "" {
			above = "/"
		}
		out[i].Path = above + string(u.ID) + "/"
		paths[u.ID] = out[i].Path
	}
	return out, nil
}

// keepMerged leaves units that were merged as they are.
func keepMerged(units []petition.Unit, known *petition.Units) {
	for i, u := range units {
		was, _ := known.Unit(u.ID)
		if was.Successor == "" {
			continue
		}
		units[i].Successor, units[i].Closed = was.Successor, was.Closed
		if was.Closed {
			units[i].Parent, units[i].Path = was.Parent, was.Path
		}
	}
}

func saveUnit(ctx context.Context, tx sql.Tx, place int, u petition.Unit, now time.Time) error {
	values := []any{place, u.Parent, u.Path, u.Level, u.Name, u.Short, u.Sign, u.Region, u.Area, u.Pilot,
		u.PilotSince, u.Address, u.Postcode, u.Phone, u.Hours, u.HoursEn, u.Room, u.LettersHandler || u.LettersName != "",
		u.LettersName, u.Installation, u.Closed, now, u.ID}
	rows, err := tx.Exec(ctx, `
		UPDATE unit SET place = ?, parent = ?, path = ?, level = ?, name = ?, short = ?, sign = ?, region = ?,
			area = ?, pilot = ?, pilot_since = ?, address = COALESCE(NULLIF(?, ''), address),
			postcode = COALESCE(NULLIF(?, ''), postcode), phone = COALESCE(NULLIF(?, ''), phone),
			hours = COALESCE(NULLIF(?, ''), hours), hours_en = COALESCE(NULLIF(?, ''), hours_en), room = COALESCE(NULLIF(?, ''), room),
			letters_handler = CASE WHEN ? = 1 THEN 1 ELSE letters_handler END,
			letters_name = COALESCE(NULLIF(?, ''), letters_name), installation = ?, closed = ?, changed_at = ?
		WHERE id = ?`, values...)
	if err != nil || rows > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO unit (place, parent, path, level, name, short, sign, region, area, pilot, pilot_since,
			address, postcode, phone, hours, hours_en, room, letters_handler, letters_name, installation, closed, changed_at, id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values...)
	return err
}

func bumpRules(ctx context.Context, tx sql.Tx, now time.Time) error {
	v, err := setting(ctx, tx, settingRules)
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(v, 10, 64) // "" is 0
	return saveSetting(ctx, tx, settingRules, strconv.FormatInt(n+1, 10), now)
}

// getter is what reading a setting needs: the database or a transaction.
type getter interface {
	Get(ctx context.Context, dest any, query string, args ...any) error
}

// setting is a value of the installation; "" if it was never set.
func setting(ctx context.Context, db getter, name string) (string, error) {
	var v string
	err := db.Get(ctx, &v, `SELECT value FROM setting WHERE name = ?`, name)
	if petition.Is(err, petition.NotFound) {
		return "", nil
	}
	return v, err
}

func saveSetting(ctx context.Context, tx sql.Tx, name, value string, now time.Time) error {
	rows, err := tx.Exec(ctx, `UPDATE setting SET value = ?, changed_at = ? WHERE name = ?`, value, now, name)
	if err != nil || rows > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO setting (name, value, changed_at) VALUES (?, ?, ?)`, name, value, now)
	return err
}

// Rules is what is in force now: units, laws and calendar. It may be a second old.
func (s *Store) Rules(ctx context.Context) (petition.Rules, error) {
	s.rulesMu.Lock()
	defer s.rulesMu.Unlock()
	if s.rulesSeen && time.Since(s.rulesAt) < rulesAge {
		return s.rules, nil
	}
	number, err := setting(ctx, s.db, settingRules)
	if err != nil {
		return petition.Rules{}, err
	}
	if !s.rulesSeen || number != s.rulesNumber {
		if s.rules, err = s.readRules(ctx); err != nil {
			return petition.Rules{}, err
		}
	}
	s.rulesSeen, s.rulesAt, s.rulesNumber = true, time.Now(), number
	return s.rules, nil
}

// forgetRules makes the next Rules read anew.
func (s *Store) forgetRules() {
	s.rulesMu.Lock()
	defer s.rulesMu.Unlock()
	s.rulesSeen = false
}

func (s *Store) readRules(ctx context.Context) (petition.Rules, error) {
	units, err := s.units(ctx)
	if err != nil {
		return petition.Rules{}, err
	}
	r := petition.Rules{Units: petition.NewUnits(units)}
	laws, err := setting(ctx, s.db, settingLaws)
	if err != nil {
		return r, err
	}
	if r.Laws, err = lawsIn(laws); err != nil {
		return r, err
	}
	days, err := setting(ctx, s.db, settingCalendar)
	if err != nil {
		return r, err
	}
	r.Days, err = daysIn(days)
	return r, err
}

func (s *Store) units(ctx context.Context) ([]petition.Unit, error) {
	var rows []unitRow
	err := s.db.Select(ctx, &rows, `
		SELECT id, parent, path, level, name, short, sign, region, area, pilot, pilot_since, address, postcode,
			phone, hours, room, letters_handler, installation, closed, successor, letters_name
		FROM unit ORDER BY place, id`)
	if err != nil {
		return nil, err
	}
	units := make([]petition.Unit, 0, len(rows))
	for _, r := range rows {
		units = append(units, r.unit())
	}
	return units, nil
}
