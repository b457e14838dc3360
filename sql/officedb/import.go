package officedb

import (
	"context"
	"slices"
	"strconv"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// importBatch is how many rows one transaction takes over: short enough that nobody waits
// behind it, and long enough that thousands are done in seconds.
const importBatch = 50

// Import takes over rows of an earlier ledger, some at a time. Every row is asked of the
// rules before the first is stored.
func (s *Store) Import(ctx context.Context, by petition.Actor, file [32]byte, name string, rows []backoffice.ImportRow, now time.Time) (int, error) {
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return 0, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		if _, err := imported(sc, r, petition.CaseNumber(sc.actor.Unit, petition.Day(now), 1), rules, now); err != nil {
			return 0, err
		}
	}
	if known, err := s.KnownRows(ctx, by, file, rows); err != nil {
		return 0, err
	} else if len(known) > 0 {
		return 0, invalid("ledger", "problem.import_known")
	}
	words := name + " | " + strconv.Itoa(len(rows))
	if err := s.log(ctx, s.entry(sc.act("ledger_imported", petition.ID{}, words, now))); err != nil {
		return 0, err
	}
	taken := 0
	for part := range slices.Chunk(rows, importBatch) {
		n, err := s.importPart(ctx, sc, file, part, now)
		if taken += n; err != nil {
			return taken, err
		}
	}
	return taken, nil
}

// imported is what the rules say of a row. It fails with NotFound for a registration that
// is none of an earlier ledger's: those have ways of their own.
func imported(sc scope, r backoffice.ImportRow, number string, rules petition.Rules, now time.Time) ([]petition.Event, error) {
	act := r.Act
	if act.Old == nil {
		return nil, notFound()
	}
	act.Action, act.Number, act.Unit = petition.Register, number, sc.actor.Unit
	return petition.Decide(nil, sc.actor, act, petition.Facts{}, rules, now)
}

// importPart takes over, in one transaction, those of a few rows that were not before.
func (s *Store) importPart(ctx context.Context, sc scope, file [32]byte, part []backoffice.ImportRow, now time.Time) (int, error) {
	for range staleTries {
		fresh, err := s.notImported(ctx, sc, file, part)
		if err != nil || len(fresh) == 0 {
			return 0, err
		}
		changes, marks, err := s.importChanges(ctx, sc, file, fresh, now)
		if err != nil {
			return 0, err
		}
		err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
			err := insertRows(ctx, tx, `INSERT INTO imported (unit, file, line, case_id, at, staff) VALUES `,
				`(?, ?, ?, ?, ?, ?)`, marks)
			if err != nil {
				return err
			}
			return s.writeAll(ctx, tx, changes)
		})
		if !sql.Duplicate(err) { // else somebody takes the same file over at this moment
			return len(fresh), err
		}
	}
	return 0, &petition.Error{Kind: petition.Unavailable, Key: "error.busy"}
}

func (s *Store) notImported(ctx context.Context, sc scope, file [32]byte, part []backoffice.ImportRow) ([]backoffice.ImportRow, error) {
	args := []any{sc.actor.Unit, file[:]}
	for _, r := range part {
		args = append(args, r.Line)
	}
	var lines []int
	err := s.db.Select(ctx, &lines, `SELECT line FROM imported WHERE unit = ? AND file = ? AND line IN (`+sql.Marks(len(part))+`)`, args...)
	return slices.DeleteFunc(slices.Clone(part), func(r backoffice.ImportRow) bool { return slices.Contains(lines, r.Line) }), err
}

// importChanges makes the cases; nobody has a code for one until the desk gives it.
func (s *Store) importChanges(ctx context.Context, sc scope, file [32]byte, rows []backoffice.ImportRow, now time.Time) (changes []*change, marks [][]any, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, nil, err
	}
	day := petition.Day(now)
	first, err := s.nextOf(ctx, "case/"+string(sc.actor.Unit)+"/"+day, len(rows))
	if err != nil {
		return nil, nil, err
	}
	for i, r := range rows {
		id, err := newID(now)
		if err != nil {
			return nil, nil, err
		}
		events, err := imported(sc, r, petition.CaseNumber(sc.actor.Unit, day, first+i), rules, now)
		if err != nil {
			return nil, nil, err
		}
		ch, err := s.record(ctx, s.fresh(id, exchange.Key{}, ""), events, now)
		if err != nil {
			return nil, nil, err
		}
		changes = append(changes, ch)
		marks = append(marks, []any{sc.actor.Unit, file[:], r.Line, id, now, sc.actor.Staff})
		if number := r.Act.Old.Number; number != "" {
			known := s.numberMark(number)
			marks = append(marks, []any{sc.actor.Unit, known[:], 0, id, now, sc.actor.Staff})
		}
	}
	return changes, marks, nil
}

// Imported tells how many rows of a file the actor's unit has taken over.
func (s *Store) Imported(ctx context.Context, by petition.Actor, file [32]byte) (int, error) {
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return 0, err
	}
	var n int
	err = s.db.Get(ctx, &n, `SELECT COUNT(*) FROM imported WHERE unit = ? AND file = ?`, sc.actor.Unit, file[:])
	return n, err
}

// numberMark stands in place of a file for the number of an earlier ledger, at line 0: a
// number is taken over once, in whatever file it comes.
func (s *Store) numberMark(number string) [32]byte {
	return s.keys.ledgers.MAC("number", []byte(number))
}

// KnownRows are the lines whose number the actor's unit has taken over already, with
// another row than this one of this file.
func (s *Store) KnownRows(ctx context.Context, by petition.Actor, file [32]byte, rows []backoffice.ImportRow) (lines []int, err error) {
	sc, err := s.receptionist(ctx, by)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(rows, importBatch) {
		known, err := s.knownNumbers(ctx, sc, part)
		if err != nil {
			return nil, err
		}
		if len(known) == 0 {
			continue
		}
		// Asked after the numbers: what this file brought in meanwhile is its own.
		fresh, err := s.notImported(ctx, sc, file, part)
		if err != nil {
			return nil, err
		}
		for _, r := range fresh {
			if r.Act.Old != nil && slices.Contains(known, sql.Hash(s.numberMark(r.Act.Old.Number))) {
				lines = append(lines, r.Line)
			}
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// knownNumbers are the marks of those of a few rows' numbers that the unit has.
func (s *Store) knownNumbers(ctx context.Context, sc scope, part []backoffice.ImportRow) (known []sql.Hash, err error) {
	args := []any{sc.actor.Unit}
	for _, r := range part {
		if r.Act.Old != nil && r.Act.Old.Number != "" {
			mark := s.numberMark(r.Act.Old.Number)
			args = append(args, mark[:])
		}
	}
	if len(args) == 1 {
		return nil, nil
	}
	err = s.db.Select(ctx, &known, `SELECT file FROM imported WHERE unit = ? AND line = 0 AND file IN (`+sql.Marks(len(args)-1)+`)`, args...)
	return known, err
}
