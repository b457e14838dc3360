package officedb

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// Every open leg stands in the list of its unit and of each unit above it: a row of
// leg_above for each, in the order of the lists, so that a page of a unit and all below
// is one range however many units there are. The rows are written in the transaction of
// the leg; after the tree has changed they are laid anew.

const (
	aboveHead = `INSERT INTO leg_above (above, sort, case_id, n) VALUES `
	aboveMark = `(?, ?, ?, ?)`

	// settingAbove is asked after the tree has changed: what a program wrote that did not
	// know the new tree yet is put right a little later.
	settingAbove = "above_again"
	aboveSettles = time.Minute // longer than rules are kept and a write may take
)

// unitsAbove are a unit and all above it, the topmost first; none for one that is unknown.
func unitsAbove(u *petition.Units, id string) []string {
	unit, _ := u.Unit(petition.UnitID(id))
	return strings.FieldsFunc(unit.Path, func(r rune) bool { return r == '/' })
}

// aboveValues are the rows of a leg; none once it is done.
func (l legRow) aboveValues(u *petition.Units) [][]any {
	if !l.Open {
		return nil
	}
	var rows [][]any
	for _, above := range unitsAbove(u, l.Unit) {
		rows = append(rows, []any{above, l.Sort, l.Case, l.N})
	}
	return rows
}

// moveAbove takes a leg that was there before to its new places: a new due date moves
// its rows, and what is done or lies at another unit now loses them. It returns the rows
// that are to come.
func moveAbove(ctx context.Context, tx sql.Tx, u *petition.Units, old, l legRow) ([][]any, error) {
	stays := old.Open && l.Open && old.Unit == l.Unit
	from := unitsAbove(u, old.Unit)
	switch {
	case !old.Open || len(from) == 0:
		return l.aboveValues(u), nil
	case stays && bytes.Equal(old.Sort, l.Sort):
		return nil, nil
	case stays:
		_, err := tx.Exec(ctx, `UPDATE leg_above SET sort = ? WHERE sort = ? AND above IN (`+sql.Marks(len(from))+`)`,
			append([]any{l.Sort, old.Sort}, sql.Args(from)...)...)
		return nil, err
	}
	_, err := tx.Exec(ctx, `DELETE FROM leg_above WHERE sort = ? AND above IN (`+sql.Marks(len(from))+`)`,
		append([]any{old.Sort}, sql.Args(from)...)...)
	return l.aboveValues(u), err
}

// moved tells whether the tree of units has another shape now: some unit that was known
// stands elsewhere.
func moved(known, units []petition.Unit) bool {
	was := petition.NewUnits(known)
	return slices.ContainsFunc(units, func(u petition.Unit) bool {
		old, ok := was.Unit(u.ID)
		return ok && old.Path != u.Path
	})
}

// belongs says that leg l is open and stands with the unit above it, as the tree is now.
const belongs = ` l.is_open = 1 AND SUBSTR(u.path, 1, LENGTH(a.path)) = a.path `

// layAbove removes the rows that are not as legs and tree say, and adds what is missing.
// It goes through all of them.
func (s *Store) layAbove(ctx context.Context, tx sql.Tx) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM leg_above WHERE NOT EXISTS (
			SELECT 1 FROM leg l JOIN unit u ON u.id = l.unit JOIN unit a ON`+belongs+`
			WHERE l.case_id = leg_above.case_id AND l.n = leg_above.n AND l.sort = leg_above.sort
				AND a.id = leg_above.above`+s.dialect.nobodyWrites+`)`)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO leg_above (above, sort, case_id, n)
		SELECT a.id, l.sort, l.case_id, l.n
		FROM leg l JOIN unit u ON u.id = l.unit JOIN unit a ON`+belongs+`
		LEFT JOIN leg_above x ON x.above = a.id AND x.sort = l.sort
		WHERE x.above IS NULL`+s.dialect.nobodyWrites)
	return err
}

// layAboveAgain does it once more, some time after the tree has changed.
func (s *Store) layAboveAgain(ctx context.Context, now time.Time) error {
	var asked int
	err := s.db.Get(ctx, &asked, `SELECT COUNT(*) FROM setting WHERE name = ? AND value = 'yes' AND changed_at < ?`,
		settingAbove, now.Add(-aboveSettles))
	if err != nil || asked == 0 {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := s.layAbove(ctx, tx); err != nil {
			return err
		}
		return saveSetting(ctx, tx, settingAbove, "done", now)
	})
}

// recountAbove names the first list over many units that is not what legs and tree
// give; "" if all are.
func (s *Store) recountAbove(ctx context.Context) (string, error) {
	var legs, kept []aboveRow
	err := s.db.Select(ctx, &legs, `
		SELECT a.id AS above, l.sort, l.case_id, l.n
		FROM leg l JOIN unit u ON u.id = l.unit JOIN unit a ON`+belongs)
	if err != nil {
		return "", err
	}
	if err := s.db.Select(ctx, &kept, `SELECT above, sort, case_id, n FROM leg_above`); err != nil {
		return "", err
	}
	places := make(map[string]int)
	for _, r := range legs {
		places[r.place()]++
	}
	for _, r := range kept {
		places[r.place()]--
	}
	for place, n := range places {
		if n != 0 {
			return "above " + place, nil
		}
	}
	return "", nil
}

type aboveRow struct {
	Above string `db:"above"`
	Sort  []byte `db:"sort"`
	Case  sql.ID `db:"case_id"`
	N     int    `db:"n"`
}

func (r aboveRow) place() string {
	return fmt.Sprintf("%s %x %s %d", r.Above, r.Sort, petition.ID(r.Case), r.N)
}
