package officedb

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// longestTitle is how many characters name an edit of the rules.
const longestTitle = 100

// editRow is an edit as stored.
type editRow struct {
	ID      sql.ID     `db:"id"`
	Kind    string     `db:"kind"`
	Unit    string     `db:"unit"`
	Title   string     `db:"title"`
	Input   string     `db:"input"`
	Was     string     `db:"was"`
	Value   string     `db:"value"`
	State   string     `db:"state"`
	Place   sql.ID     `db:"place"`
	Looked  int        `db:"looked"`
	Cases   int        `db:"cases"`
	Dues    int        `db:"dues"`
	Late    int        `db:"late"`
	Kept    int        `db:"kept"`
	Told    int        `db:"told"`
	Name    string     `db:"name"`
	Made    sql.Moment `db:"made_at"`
	Applied int64      `db:"applied_at"`
	Done    int64      `db:"done_at"`
}

const editColumns = `
	SELECT e.id, e.kind, e.unit, e.title, e.input, e.was, e.value, e.state, e.place, e.looked, e.cases, e.dues, e.late,
		e.kept, e.told, e.made_at, e.applied_at, e.done_at, s.name
	FROM rule_edit e JOIN staff s ON s.id = e.staff JOIN unit u ON u.id = s.unit `

func (r editRow) edit() backoffice.LimitEdit {
	e := backoffice.LimitEdit{ID: petition.ID(r.ID), Kind: r.Kind, Unit: petition.UnitID(r.Unit), Title: r.Title, Input: r.Input,
		State: r.State, Name: r.Name, Made: r.Made.Time, Looked: r.Looked, Cases: r.Cases, Dues: r.Dues, Late: r.Late,
		Kept: r.Kept, Told: r.Told}
	for to, from := range map[*time.Time]int64{&e.Applied: r.Applied, &e.Done: r.Done} {
		if from > 0 {
			*to = sql.Time(from)
		}
	}
	return e
}

// setting is what the edit changes.
func (r editRow) setting() string {
	if r.Kind == backoffice.EditCalendar {
		return settingCalendar
	}
	return settingLaws
}

// Limits lists the edits that were made at or below the administrator's unit.
func (s *Store) Limits(ctx context.Context, by petition.Actor) ([]backoffice.LimitEdit, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return nil, err
	}
	low, high := subtree(sc.path)
	var rows []editRow
	err = s.db.Select(ctx, &rows, editColumns+`WHERE u.path >= ? AND u.path < ? ORDER BY e.id DESC LIMIT ?`, low, high, pageLargest)
	if err != nil {
		return nil, err
	}
	all := make([]backoffice.LimitEdit, 0, len(rows))
	for _, r := range rows {
		all = append(all, r.edit())
	}
	return all, nil
}

// LimitEdit reads one.
func (s *Store) LimitEdit(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.LimitEdit, error) {
	_, row, err := s.editFor(ctx, by, id)
	return row.edit(), err
}

func (s *Store) editFor(ctx context.Context, by petition.Actor, id petition.ID) (scope, editRow, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return sc, editRow{}, err
	}
	low, high := subtree(sc.path)
	var row editRow
	err = s.db.Get(ctx, &row, editColumns+`WHERE e.id = ? AND u.path >= ? AND u.path < ?`, id, low, high)
	return sc, row, err
}

// LimitEffects is a page of the dates that an edit moves. Cases that the administrator must
// not know of are in no page.
func (s *Store) LimitEffects(ctx context.Context, by petition.Actor, id petition.ID, after string) (backoffice.LimitEffects, error) {
	var out backoffice.LimitEffects
	sc, _, err := s.editFor(ctx, by, id)
	if err != nil {
		return out, err
	}
	place, err := effectCursor(after)
	if err != nil {
		return out, err
	}
	var rows []struct {
		Case  sql.ID `db:"case_id"`
		N     int    `db:"leg"`
		Clock string `db:"clock"`
		Unit  string `db:"unit"`
		Was   string `db:"was_day"`
		Is    string `db:"is_day"`
		Late  bool   `db:"late"`
		Kept  bool   `db:"kept"`
		Num   string `db:"number"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT f.case_id, f.leg, f.clock, f.unit, f.was_day, f.is_day, f.late, f.kept, COALESCE(c.number, '') AS number
		FROM rule_effect f JOIN cases c ON c.id = f.case_id
		WHERE f.edit = ? AND f.case_id >= ? AND (f.case_id > ? OR f.leg > ? OR (f.leg = ? AND f.clock > ?))
			AND c.sealed_up = 0 AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = c.id)
		ORDER BY f.case_id, f.leg, f.clock LIMIT ?`,
		id, place.id, place.id, place.n, place.n, place.clock, sc.actor.Staff, pageSize+1)
	if err != nil {
		return out, err
	}
	if len(rows) > pageSize {
		rows = rows[:pageSize]
		last := rows[pageSize-1]
		out.Next = effectPlace{last.Case, last.N, last.Clock}.text()
	}
	for _, r := range rows {
		out.Rows = append(out.Rows, backoffice.LimitEffect{Number: r.Num, Unit: petition.UnitID(r.Unit), Clock: petition.ClockKind(r.Clock),
			Was: strings.TrimSpace(r.Was), Is: strings.TrimSpace(r.Is), Late: r.Late, Kept: r.Kept})
	}
	return out, nil
}

// effectPlace is where a page of effects begins.
type effectPlace struct {
	id    sql.ID
	n     int
	clock string
}

func (p effectPlace) text() string {
	return cursorText.EncodeToString(append(append(p.id[:], byte(p.n>>8), byte(p.n)), p.clock...))
}

// effectCursor reads it; Invalid for one that nobody was given.
func effectCursor(text string) (effectPlace, error) {
	if text == "" {
		return effectPlace{}, nil
	}
	k, err := cursorText.DecodeString(text)
	if err != nil || len(k) < 18 {
		return effectPlace{}, &petition.Error{Kind: petition.Invalid, Key: "error.bad_cursor"}
	}
	p := effectPlace{n: int(k[16])<<8 | int(k[17]), clock: string(k[18:])}
	copy(p.id[:], k)
	return p, nil
}

// DraftCalendar keeps years that shall stand in place of those known. Only the topmost
// unit's administrator edits what holds for all: for others there is nothing here.
func (s *Store) DraftCalendar(ctx context.Context, by petition.Actor, title, csv string, now time.Time) (petition.ID, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return petition.ID{}, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return petition.ID{}, err
	}
	if len(rules.Units.Above(sc.actor.Unit)) > 0 {
		return petition.ID{}, notFound()
	}
	title = strings.TrimSpace(title)
	if n := utf8.RuneCountInString(title); n == 0 || n > longestTitle {
		return petition.ID{}, invalid("title", "problem.edit_title")
	}
	days, err := petition.ParseCalendar(strings.NewReader(csv))
	if err == nil {
		err = days.Sound()
	}
	if bad, ok := err.(*petition.Error); ok && len(bad.Problems) == 0 {
		bad.Problems = []petition.Problem{{Field: "days", Key: "error.bad_calendar", Args: bad.Args}}
	}
	if err != nil {
		return petition.ID{}, err
	}
	return s.draft(ctx, sc, editRow{Kind: backoffice.EditCalendar, Title: title, Input: days.CSV()}, now)
}

// DraftLaw keeps a local profile of a unit at or below the administrator's.
func (s *Store) DraftLaw(ctx context.Context, by petition.Actor, law petition.LocalLaw, now time.Time) (petition.ID, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return petition.ID{}, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return petition.ID{}, err
	}
	if err := petition.CheckLocalLaw(law, rules); err != nil {
		return petition.ID{}, err
	}
	unit, _ := rules.Units.Unit(law.Unit)
	had, known := rules.Laws.Local(law.ID)
	if !strings.HasPrefix(unit.Path, sc.path) || law.ID != "" && (!known || had.Unit != law.Unit) {
		return petition.ID{}, notFound()
	}
	input, err := json.Marshal(law)
	if err != nil {
		return petition.ID{}, err
	}
	return s.draft(ctx, sc, editRow{Kind: backoffice.EditLaw, Unit: string(law.Unit), Title: strings.TrimSpace(law.Name) + "（" + strings.TrimSpace(law.Source) + "）",
		Input: string(input)}, now)
}

// draft stores an edit and begins to measure it.
func (s *Store) draft(ctx context.Context, sc scope, e editRow, now time.Time) (petition.ID, error) {
	id, err := newID(now)
	if err != nil {
		return id, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		was, value, err := s.edited(ctx, tx, e)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO rule_edit (id, kind, unit, title, input, was, value, state, place, looked, cases, dues, late, kept, told,
				staff, made_at, applied_at, done_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, ?, ?, 0, 0)`,
			id, e.Kind, e.Unit, e.Title, e.Input, was, value, backoffice.EditMeasuring, petition.ID{}, sc.actor.Staff, now)
		return err
	})
	if err != nil {
		return id, err
	}
	return id, s.workOnLimits(ctx, now, promptly)
}

// edited is the setting as it stands, and with the edit.
func (s *Store) edited(ctx context.Context, tx sql.Tx, e editRow) (was, value string, err error) {
	if was, err = setting(ctx, tx, e.setting()); err != nil {
		return "", "", err
	}
	if e.Kind == backoffice.EditCalendar {
		newer, err := petition.ParseCalendar(strings.NewReader(e.Input))
		if err != nil {
			return "", "", err
		}
		had, err := petition.ParseCalendar(strings.NewReader(was))
		if err != nil {
			return "", "", err
		}
		return was, had.With(newer).CSV(), nil
	}
	laws, err := lawsIn(was)
	if err != nil {
		return "", "", err
	}
	var local petition.LocalLaw
	if err := json.Unmarshal([]byte(e.Input), &local); err != nil {
		return "", "", err
	}
	all, err := json.Marshal(laws.WithLocal(local))
	return was, string(all), err
}

// lawsIn reads the setting of profiles; "" is the shipped ones.
func lawsIn(value string) (petition.Laws, error) {
	if value == "" {
		return petition.DefaultLaws(), nil
	}
	return petition.ParseLaws(strings.NewReader(value))
}

// daysIn reads the setting of the calendar; "" is the shipped one.
func daysIn(value string) (*petition.Calendar, error) {
	if value == "" {
		return petition.DefaultCalendar(), nil
	}
	newer, err := petition.ParseCalendar(strings.NewReader(value))
	if err != nil {
		return nil, err
	}
	return petition.DefaultCalendar().With(newer), nil
}

// ApplyLimits puts a draft in force: from the commit on every act reckons by it, and the
// job goes through the open cases.
func (s *Store) ApplyLimits(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) error {
	sc, row, err := s.editFor(ctx, by, id)
	if err != nil {
		return err
	}
	stale := false
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var busy int
		err := tx.Get(ctx, &busy, `SELECT COUNT(*) FROM rule_edit WHERE state IN (?, ?)`, backoffice.EditApplying, backoffice.EditSettling)
		if err != nil {
			return err
		}
		if busy > 0 {
			return &petition.Error{Kind: petition.Conflict, Key: "error.edit_busy"}
		}
		was, value, err := s.edited(ctx, tx, row)
		if err != nil {
			return err
		}
		if stale = was != row.Was; stale {
			return s.measureAnew(ctx, tx, row, was, value)
		}
		n, err := tx.Exec(ctx, `UPDATE rule_edit SET state = ?, place = ?, applied_at = ? WHERE id = ? AND state = ?`,
			backoffice.EditApplying, petition.ID{}, now, id, backoffice.EditReady)
		if err == nil && n == 0 {
			err = overtaken()
		}
		if err != nil {
			return err
		}
		if err := saveSetting(ctx, tx, row.setting(), row.Value, now); err != nil {
			return err
		}
		if err := bumpRules(ctx, tx, now); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "limits_applied", by: sc.actor.Staff, unit: sc.actor.Unit, why: row.Title, at: now}))
	})
	s.forgetRules()
	if err == nil && stale {
		err = &petition.Error{Kind: petition.Conflict, Key: "error.edit_again"}
	}
	if err != nil {
		return err
	}
	if err := s.SendDirectory(ctx, now); err != nil { // it tells what local rules change
		return err
	}
	return s.workOnLimits(ctx, now, promptly)
}

// measureAnew begins again on the rules as they are now.
func (s *Store) measureAnew(ctx context.Context, tx sql.Tx, row editRow, was, value string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM rule_effect WHERE edit = ?`, row.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		UPDATE rule_edit SET was = ?, value = ?, state = ?, place = ?, looked = 0, cases = 0, dues = 0, late = 0, kept = 0
		WHERE id = ? AND state IN (?, ?)`,
		was, value, backoffice.EditMeasuring, petition.ID{}, row.ID, backoffice.EditMeasuring, backoffice.EditReady)
	return err
}

// DropLimits gives a draft up; it stays in the list.
func (s *Store) DropLimits(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) error {
	sc, row, err := s.editFor(ctx, by, id)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE rule_edit SET state = ?, done_at = ? WHERE id = ? AND state IN (?, ?)`,
			backoffice.EditDropped, now, id, backoffice.EditMeasuring, backoffice.EditReady)
		if err == nil && n == 0 {
			err = overtaken()
		}
		if err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(accountAct{action: "limits_dropped", by: sc.actor.Staff, unit: sc.actor.Unit, why: row.Title, at: now}))
	})
}
