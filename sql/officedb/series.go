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
func (s *Store) next(ctx context.Context, name string) (int, error) {
	var n int
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if _, err := tx.Exec(ctx, s.dialect.nextNumber, name); err != nil {
			return err
		}
		return tx.Get(ctx, &n, `SELECT n FROM series WHERE name = ?`, name)
	})
	return n, err
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

// issuing are the acts that let a paper go out.
var issuing = map[petition.Action]bool{
	petition.Accept: true, petition.Redirect: true, petition.Refuse: true, petition.Refer: true,
	petition.Assign: true, petition.AskInfo: true, petition.Object: true, petition.Extend: true,
	petition.Sign: true, petition.AskClosing: true, petition.Withdraw: true,
}

// numberPapers gives a number to each paper that goes out with these events and has
// none: 机关代字〔年〕序号, one series for each unit and year.
func (s *Store) numberPapers(ctx context.Context, r petition.Rules, events []petition.Event) error {
	for i := range events {
		act := &events[i].Act
		if act.Paper == nil || act.Paper.Number != "" || !issuing[act.Action] {
			continue
		}
		u, ok := r.Units.Unit(act.Paper.Unit)
		if !ok || u.Sign == "" {
			continue
		}
		year := petition.Day(events[i].At)[:4]
		n, err := s.next(ctx, "paper/"+string(u.ID)+"/"+year)
		if err != nil {
			return err
		}
		paper := *act.Paper
		paper.Number = strings.NewReplacer("{sign}", u.Sign, "{year}", year, "{n}", strconv.Itoa(n)).
			Replace(strings.TrimSpace(paperNumber))
		act.Paper = &paper
	}
	return nil
}
