package officedb

import (
	"context"
	_ "embed" // the form of a paper's number is data
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// paperNumber is how a paper is numbered: 机关代字〔年〕序号 (GB/T 9704).
//
//go:embed data/paper_number.txt
var paperNumber string

// next is the next number of a series. A number that is taken and then not used
// leaves a gap; none is ever given twice.
func (s *Store) next(ctx context.Context, name string) (int, error) { return s.nextOf(ctx, name, 1) }

// nextOf takes so many numbers that follow each other, and is the first of them.
func (s *Store) nextOf(ctx context.Context, name string, count int) (int, error) {
	var n int
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for range count {
			if _, err := tx.Exec(ctx, s.dialect.nextNumber, name); err != nil {
				return err
			}
		}
		return tx.Get(ctx, &n, `SELECT n FROM series WHERE name = ?`, name)
	})
	return n - count + 1, err
}

// ContinueSeries lets numbers go on after those that loaded histories used, by the
// name of each series. It fails with Conflict if one has begun already.
func (s *Store) ContinueSeries(ctx context.Context, last map[string]int) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for name, n := range last {
			if _, err := tx.Exec(ctx, `INSERT INTO series (name, n) VALUES (?, ?)`, name, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// nextCaseNumber gives the number of a case that is about to be registered.
func (s *Store) nextCaseNumber(ctx context.Context, unit petition.UnitID, now time.Time) (string, error) {
	day := petition.Day(now)
	n, err := s.next(ctx, "case/"+string(unit)+"/"+day)
	return petition.CaseNumber(unit, day, n), err
}

// unissued are the acts whose paper does not go out with them: a draft waits for its
// signature, and what is served was numbered when it was signed.
var unissued = map[petition.Action]bool{petition.Draft: true, petition.Serve: true}

// numberPapers gives a number to each paper and each letter to another unit that goes
// out with these events and has none.
func (s *Store) numberPapers(ctx context.Context, r petition.Rules, events []petition.Event) error {
	for i := range events {
		e := &events[i]
		if p := e.Act.Paper; p != nil && p.Number == "" && !unissued[e.Act.Action] {
			number, err := s.nextPaperNumber(ctx, r, p.Unit, e.At)
			if err != nil {
				return err
			}
			paper := *p
			paper.Number = number
			e.Act.Paper = &paper
		}
		if e.Act.Action.Writes() && e.Act.Letter == "" {
			number, err := s.nextPaperNumber(ctx, r, e.By.Unit, e.At)
			if err != nil {
				return err
			}
			e.Act.Letter = number
		}
	}
	return nil
}

// nextPaperNumber is the next of a unit and year: 机关代字〔年〕序号. A unit without a sign
// numbers nothing.
func (s *Store) nextPaperNumber(ctx context.Context, r petition.Rules, unit petition.UnitID, at time.Time) (string, error) {
	u, ok := r.Units.Unit(unit)
	if !ok || u.Sign == "" {
		return "", nil
	}
	year := petition.Day(at)[:4]
	n, err := s.next(ctx, "paper/"+string(u.ID)+"/"+year)
	if err != nil {
		return "", err
	}
	return strings.NewReplacer("{sign}", u.Sign, "{year}", year, "{n}", strconv.Itoa(n)).
		Replace(strings.TrimSpace(paperNumber)), nil
}
