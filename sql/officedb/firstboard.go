package officedb

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// boardMost is how many unsigned first petitions the board names; the ledger has all.
const boardMost = 100

// boardColumns count first petitions by what became of them; those closed since an
// instant are still watched.
const boardColumns = `SELECT l.fate, l.turns, l.handler, COALESCE(s.name, '') AS name, CASE WHEN l.ended_at > ? THEN 1 ELSE 0 END AS watched,
	COUNT(*) AS n`

// FirstBoard is the board of first petitions (domain clause 3): those not signed for,
// the next due first; what became of the units' matters; how many were settled at once.
// Counts are of what came in the period; no count knows of what this reader must not.
func (s *Store) FirstBoard(ctx context.Context, by petition.Actor, q backoffice.LedgerQuery) (backoffice.FirstBoard, error) {
	var out backoffice.FirstBoard
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return out, err
	}
	sp, err := spanOf(q.From, q.To)
	if err != nil {
		return out, err
	}
	units, err := s.ledgerUnits(ctx, sc, q.Unit, q.Below, sp)
	if err != nil {
		return out, err
	}
	out.Turns = make(map[petition.TurnKind]map[string]int)
	for _, unit := range units {
		if err := s.boardCounts(ctx, sc, unit, sp, q, &out); err != nil {
			return out, err
		}
	}
	// What waits to be signed for waits whenever it came.
	if units, err = s.ledgerUnits(ctx, sc, q.Unit, q.Below, span{-1 << 62, 1 << 62}); err != nil {
		return out, err
	}
	return out, s.unsigned(ctx, sc, units, &out)
}

func (s *Store) boardCounts(ctx context.Context, sc scope, unit string, sp span, q backoffice.LedgerQuery, out *backoffice.FirstBoard) error {
	var rows []struct {
		Fate    string `db:"fate"`
		Turns   string `db:"turns"`
		Handler sql.ID `db:"handler"`
		Name    string `db:"name"`
		Watched bool   `db:"watched"`
		N       int    `db:"n"`
	}
	err := s.db.Select(ctx, &rows, s.dialect.boardCounts+` LEFT JOIN staff s ON s.id = l.handler
		WHERE l.unit = ? AND l.received >= ? AND l.received < ? AND (l.fate <> '' OR l.turns <> '') AND`+visibleLeg+`
		GROUP BY l.handler, s.name, l.fate, l.turns, watched
		ORDER BY s.name, l.handler`,
		q.Now.AddDate(0, 0, -petition.OnceDays), unit, sp.from, sp.to, sc.actor.Staff)
	if err != nil {
		return err
	}
	var share *backoffice.SettledShare // of the handler whose rows these are
	var whose sql.ID
	for _, r := range rows {
		readTurns(r.Turns, r.N, out.Turns)
		if r.Fate == "" {
			continue
		}
		one := settled(r.Fate, r.Watched, r.N)
		out.Settlement.Add(one)
		if share == nil || whose != r.Handler {
			out.Shares = append(out.Shares, backoffice.SettledShare{Unit: petition.UnitID(unit), Handler: r.Name})
			share, whose = &out.Shares[len(out.Shares)-1], r.Handler
		}
		share.Settlement.Add(one)
	}
	return nil
}

// settled is n first petitions with one fate.
func settled(fate string, watched bool, n int) backoffice.Settlement {
	one := backoffice.Settlement{First: n}
	switch {
	case fate == fateOpen:
		one.Open = n
	case fate == fateAgain:
		if one.Again = n; watched {
			one.Early = n
		}
	case watched:
		one.Watched = n
	default:
		one.Once = n
	}
	return one
}

// readTurns adds what turnText wrote, n times.
func readTurns(text string, n int, to map[petition.TurnKind]map[string]int) {
	for _, part := range strings.Fields(text) {
		name, count, _ := strings.Cut(part, ":")
		kind, cause, _ := strings.Cut(name, ".")
		times, err := strconv.Atoi(count)
		if err != nil {
			continue // nothing else writes it
		}
		k := petition.TurnKind(kind)
		if to[k] == nil {
			to[k] = make(map[string]int)
		}
		to[k][cause] += times * n
	}
}

// unsigned lists first petitions that nobody has signed for.
func (s *Store) unsigned(ctx context.Context, sc scope, units []string, out *backoffice.FirstBoard) error {
	var all []legRow
	for _, unit := range units {
		var rows []legRow
		err := s.db.Select(ctx, &rows, s.dialect.unsigned+`
			WHERE l.unit = ? AND l.sign_due > 0 AND`+visibleLeg+`ORDER BY l.sign_due, l.case_id, l.n LIMIT ?`,
			unit, sc.actor.Staff, boardMost+1)
		if err != nil {
			return err
		}
		all = append(all, rows...)
	}
	sortUnsigned(all)
	if out.More = len(all) > boardMost; out.More {
		all = all[:boardMost]
	}
	rows, err := s.ledgerRows(ctx, sc, all)
	for i, r := range rows {
		out.Unsigned = append(out.Unsigned, backoffice.UnsignedRow{LedgerRow: r, By: sql.Time(all[i].SignDue)})
	}
	return err
}

func sortUnsigned(rows []legRow) {
	slices.SortFunc(rows, func(a, b legRow) int {
		return cmp.Or(cmp.Compare(a.SignDue, b.SignDue), bytes.Compare(a.Case[:], b.Case[:]), cmp.Compare(a.N, b.N))
	})
}
