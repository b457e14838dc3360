package officedb

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// annualYears is how many years back a report may be looked at or written.
const annualYears = 6

func annualPlace(unit petition.UnitID, year, n int) []byte {
	at := binary.BigEndian.AppendUint32(nil, uint32(year))
	return place("annual_entry", "sealed", []byte(unit), binary.BigEndian.AppendUint32(at, uint32(n)))
}

// firstMarked is the first day of which there are figures: a look at each unit's first, for
// leaders' desks ask it.
const firstMarked = `SELECT COALESCE(MIN(f.day), '') FROM
	(SELECT (SELECT MIN(i.day) FROM indicator_day i WHERE i.unit = u.id) AS day FROM unit u) f`

// AnnualYears are the years on which there may be reports, the newest first.
func (s *Store) AnnualYears(ctx context.Context, by petition.Actor, now time.Time) ([]int, error) {
	if _, err := s.overseersOnly(ctx, by); err != nil {
		return nil, err
	}
	var day string
	if err := s.db.Get(ctx, &day, firstMarked); err != nil {
		return nil, err
	}
	this := now.In(petition.Shanghai).Year()
	first := this
	if at, err := petition.ParseDay(day); err == nil {
		first = max(at.Year(), this-annualYears)
	}
	all := []int{this}
	for y := this - 1; y >= first; y-- {
		all = append(all, y)
	}
	return all, nil
}

// Annuals are the reports on a year of the actor's unit and those below it, without texts.
func (s *Store) Annuals(ctx context.Context, by petition.Actor, year int) ([]petition.Annual, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := s.choices(ctx, choiceAnnualDue)
	if err != nil {
		return nil, err
	}
	low, high := subtree(sc.path)
	steps, err := s.annualSteps(ctx, `a.path >= ? AND a.path < ? AND e.year = ?`, low, high, year)
	if err != nil {
		return nil, err
	}
	var all []petition.Annual
	for _, u := range rules.Units.All() {
		if u.Path >= low && u.Path < high && !u.Gone() && u.Installation == s.signer.Installation {
			all = append(all, annualOf(rules.Units, chosen, u.ID, year, steps[u.ID]))
		}
	}
	return all, nil
}

// annualOf is a report with its day: that which the next unit above chose.
func annualOf(units *petition.Units, chosen map[petition.UnitID]string, unit petition.UnitID, year int, steps []annualRow) petition.Annual {
	a := petition.Annual{Unit: unit, Year: year,
		Due: petition.DueOfAnnual(year, nearestChoice(chosen, units.Above(unit), petition.AnnualDue))}
	for _, r := range steps {
		a.Steps = append(a.Steps, petition.AnnualStep{Status: petition.AnnualStatus(r.Status), Officer: r.Officer, Unit: petition.UnitID(r.ByUnit), At: r.At.Time})
	}
	return a
}

// annualRow is an entry as stored.
type annualRow struct {
	Unit    string     `db:"unit"`
	N       int        `db:"n"`
	Status  string     `db:"status"`
	At      sql.Moment `db:"at"`
	ByUnit  string     `db:"by_unit"`
	Officer string     `db:"officer"`
}

// annualSteps are entries by unit, in order, with what is sealed left alone.
func (s *Store) annualSteps(ctx context.Context, where string, args ...any) (map[petition.UnitID][]annualRow, error) {
	var rows []annualRow
	err := s.db.Select(ctx, &rows, `
		SELECT e.unit, e.n, e.status, e.at, e.by_unit, COALESCE(o.name, '') AS officer
		FROM annual_entry e JOIN unit a ON a.id = e.unit LEFT JOIN staff o ON o.id = e.staff
		WHERE `+where+` ORDER BY e.unit, e.n`, args...)
	all := make(map[petition.UnitID][]annualRow)
	for _, r := range rows {
		all[petition.UnitID(r.Unit)] = append(all[petition.UnitID(r.Unit)], r)
	}
	return all, err
}

// Annual opens a report. What is being drafted is for the unit alone; figures are not for
// who must not know of a case that is in them.
func (s *Store) Annual(ctx context.Context, by petition.Actor, unit petition.UnitID, year int, now time.Time) (backoffice.AnnualFile, error) {
	var out backoffice.AnnualFile
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return out, err
	}
	if unit, err = s.unitInScope(ctx, sc, unit); err != nil {
		return out, err
	}
	if years, err := s.AnnualYears(ctx, by, now); err != nil {
		return out, err
	} else if !slices.Contains(years, year) {
		return out, notFound()
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return out, err
	}
	chosen, err := s.choices(ctx, choiceAnnualDue)
	if err != nil {
		return out, err
	}
	steps, err := s.annualSteps(ctx, `e.unit = ? AND e.year = ?`, unit, year)
	if err != nil {
		return out, err
	}
	out = s.annualSeen(rules.Units, sc, annualOf(rules.Units, chosen, unit, year, steps[unit]))
	if err := s.openAnnual(ctx, &out, sc.actor.Unit == unit); err != nil {
		return out, err
	}
	if out.Writes && !out.Hidden {
		live, _, err := s.annualFigures(ctx, unit, year, now)
		if err != nil {
			return out, err
		}
		out.Live = &live
	}
	return out, nil
}

// annualSeen says what the reader may do with a report.
func (s *Store) annualSeen(units *petition.Units, sc scope, a petition.Annual) backoffice.AnnualFile {
	file := backoffice.AnnualFile{Annual: a, Hidden: len(sc.barred) > 0}
	if above := units.Above(a.Unit); len(above) > 0 && above[0].Installation == s.signer.Installation {
		file.Above = units.Acting(above[0].ID)
	}
	if sc.actor.Is(petition.AnnualWriters...) {
		file.Writes = sc.actor.Unit == a.Unit && a.Status().Owes()
		file.Judges = sc.actor.Unit == file.Above && sc.actor.Unit != a.Unit && a.Status() == petition.AnnualFiled
	}
	return file
}

// openAnnual reads what the entries say.
func (s *Store) openAnnual(ctx context.Context, file *backoffice.AnnualFile, own bool) error {
	var rows []struct {
		N      int    `db:"n"`
		Sealed []byte `db:"sealed"`
	}
	if err := s.db.Select(ctx, &rows, `SELECT n, sealed FROM annual_entry WHERE unit = ? AND year = ? ORDER BY n`, file.Unit, file.Year); err != nil {
		return err
	}
	h, err := s.holder(ctx, exchange.UnitHolder(file.Unit))
	if err != nil {
		return err
	}
	for i, r := range rows[:min(len(rows), len(file.Steps))] {
		step := &file.Steps[i]
		if step.Status == petition.AnnualDraft && !own {
			continue
		}
		plain, err := h.list.Open(r.Sealed, annualPlace(file.Unit, file.Year, r.N))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(plain, step); err != nil {
			return err
		}
		if file.Hidden {
			step.Figures = nil
		}
	}
	return nil
}

// StepAnnual adds an entry to a report after those that were seen.
func (s *Store) StepAnnual(ctx context.Context, by petition.Actor, unit petition.UnitID, year, seen int, step petition.AnnualStep, now time.Time) error {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return err
	}
	file, err := s.Annual(ctx, by, unit, year, now)
	if err != nil {
		return err
	}
	if len(file.Steps) != seen {
		return overtaken()
	}
	own := step.Status == petition.AnnualDraft || step.Status == petition.AnnualFiled
	if own && !file.Writes || !own && !file.Judges {
		return notFound()
	}
	if err := petition.CheckAnnualStep(file.Annual, step, now); err != nil {
		return err
	}
	var snapshot *keptFigures
	if step.Status == petition.AnnualFiled {
		if snapshot, err = s.lockAnnual(ctx, file, &step, now); err != nil {
			return err
		}
	}
	return s.keepAnnual(ctx, sc.actor, file.Annual, step, snapshot, now)
}

// lockAnnual puts figures and number into a report that is filed. It returns what the year
// is to be closed with; nil where somebody has closed it.
func (s *Store) lockAnnual(ctx context.Context, file backoffice.AnnualFile, step *petition.AnnualStep, now time.Time) (*keptFigures, error) {
	figures, snapshot, err := s.annualFigures(ctx, file.Unit, file.Year, now)
	if err != nil {
		return nil, err
	}
	if snapshot != nil {
		figures.Revision = 1
	}
	step.Figures = &figures
	if step.Number = file.Last(petition.AnnualFiled).Number; step.Number != "" { // one report, one number
		return snapshot, nil
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	step.Number, err = s.nextPaperNumber(ctx, rules, file.Unit, now)
	return snapshot, err
}

// keepAnnual stores an entry, and with it the snapshot of the year if there is to be one.
func (s *Store) keepAnnual(ctx context.Context, by petition.Actor, a petition.Annual, step petition.AnnualStep, snapshot *keptFigures, now time.Time) error {
	h, err := s.holder(ctx, exchange.UnitHolder(a.Unit))
	if err != nil {
		return err
	}
	plain, err := json.Marshal(step)
	if err != nil {
		return err
	}
	n := len(a.Steps) + 1
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if snapshot != nil {
			if err := keepSnapshot(ctx, tx, by, a.Unit, a.Period(), 1, "", *snapshot, now); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO annual_entry (unit, year, n, status, at, staff, by_unit, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			a.Unit, a.Year, n, string(step.Status), now, by.Staff, by.Unit, h.list.Seal(plain, annualPlace(a.Unit, a.Year, n)))
		return err
	})
	if sql.Duplicate(err) {
		return overtaken()
	}
	return err
}

// AnnualDue is the day on which reports of the units below the actor's are due.
func (s *Store) AnnualDue(ctx context.Context, by petition.Actor) (string, error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return "", err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return "", err
	}
	chosen, err := s.choices(ctx, choiceAnnualDue)
	own, _ := rules.Units.Unit(sc.actor.Unit)
	return nearestChoice(chosen, append([]petition.Unit{own}, rules.Units.Above(own.ID)...), petition.AnnualDue), err
}

// SetAnnualDue sets it. NotFound for all but office heads.
func (s *Store) SetAnnualDue(ctx context.Context, by petition.Actor, day string, now time.Time) error {
	if err := petition.CheckAnnualDue(day); err != nil {
		return err
	}
	return s.choose(ctx, by, choiceAnnualDue, day, now)
}

// yearSpan is the first instant of a year and of the next.
func yearSpan(year int) (from, to time.Time) {
	from = time.Date(year, 1, 1, 0, 0, 0, 0, petition.Shanghai)
	return from, from.AddDate(1, 0, 0)
}

func yearPeriod(year int) petition.Period { return petition.Period(strconv.Itoa(year)) }
