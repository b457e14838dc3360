package officedb

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// longestDocument is how many characters name the decision that a merger rests on.
const longestDocument = 200

type mergerRow struct {
	ID        sql.ID     `db:"id"`
	Unit      string     `db:"unit"`
	Successor string     `db:"successor"`
	Document  string     `db:"document"`
	Asker     string     `db:"asker"`
	Asked     sql.Moment `db:"asked_at"`
	State     string     `db:"state"`
	Decider   string     `db:"decider"`
	Decided   int64      `db:"decided_at"`
	Answer    string     `db:"answer"`
	Sealed    int64      `db:"sealed_at"`
	Closed    int64      `db:"closed_at"`
}

func (r mergerRow) merger() backoffice.Merger {
	m := backoffice.Merger{ID: petition.ID(r.ID), Unit: petition.UnitID(r.Unit), Successor: petition.UnitID(r.Successor),
		Document: r.Document, Asker: r.Asker, Asked: r.Asked.Time, State: r.State, Decider: r.Decider, Answer: r.Answer}
	for to, from := range map[*time.Time]int64{&m.Decided: r.Decided, &m.Sealed: r.Sealed, &m.Closed: r.Closed} {
		if from > 0 {
			*to = sql.Time(from)
		}
	}
	return m
}

const mergerColumns = `
	SELECT m.id, m.unit, m.successor, m.document, m.asked_at, m.state, m.decided_at, m.answer, m.sealed_at, m.closed_at,
		COALESCE(a.name, '') AS asker, COALESCE(d.name, '') AS decider
	FROM merger m
	JOIN unit u ON u.id = m.unit
	LEFT JOIN staff a ON a.id = m.asked_by
	LEFT JOIN staff d ON d.id = m.decided_by
	WHERE u.path >= ? AND u.path < ?`

// Mergers lists the mergers of the subtree, newest first. NotFound for all but the system
// and the security administrator.
func (s *Store) Mergers(ctx context.Context, by petition.Actor) ([]backoffice.Merger, error) {
	sc, err := s.administrator(ctx, by, keepers...)
	if err != nil {
		return nil, err
	}
	low, high := subtree(sc.path)
	var rows []mergerRow
	if err := s.db.Select(ctx, &rows, mergerColumns+` ORDER BY m.id DESC LIMIT ?`, low, high, pageLargest); err != nil {
		return nil, err
	}
	all := make([]backoffice.Merger, 0, len(rows))
	for _, r := range rows {
		all = append(all, r.merger())
	}
	return all, nil
}

// Merger reads one, with what is left to do at the unit; it fails like Mergers.
func (s *Store) Merger(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.Merger, error) {
	sc, err := s.administrator(ctx, by, keepers...)
	if err != nil {
		return backoffice.Merger{}, err
	}
	return s.mergerIn(ctx, sc, id)
}

func (s *Store) mergerIn(ctx context.Context, sc scope, id petition.ID) (backoffice.Merger, error) {
	low, high := subtree(sc.path)
	var row mergerRow
	if err := s.db.Get(ctx, &row, mergerColumns+` AND m.id = ?`, low, high, id); err != nil {
		return backoffice.Merger{}, err
	}
	m := row.merger()
	if !m.Closed.IsZero() || m.State == requestRefused {
		return m, nil
	}
	var err error
	m.Left, err = s.left(ctx, m)
	return m, err
}

// left is what keeps a unit from being closed. Of the compartment it says whether its own
// people have handed it over, whether or not there was anything in it.
func (s *Store) left(ctx context.Context, m backoffice.Merger) (backoffice.Left, error) {
	out := backoffice.Left{Compartment: m.Sealed.IsZero()}
	states := petition.Inherited()
	for n, ask := range map[*int]struct {
		query string
		args  []any
	}{
		&out.Legs: {`SELECT COUNT(*) FROM leg WHERE unit = ? AND NOT (state = 'passed' AND is_open = 0)
			AND state IN (` + sql.Marks(len(states)) + `)`, append([]any{m.Unit}, sql.Args(states)...)},
		&out.Accounts: {`SELECT COUNT(*) FROM staff WHERE unit = ? AND active = 1`, []any{m.Unit}},
		&out.Below:    {`SELECT COUNT(*) FROM unit WHERE parent = ? AND closed = 0 AND successor = ''`, []any{m.Unit}},
		&out.Notices:  {`SELECT COUNT(*) FROM notice WHERE unit = ? AND read_at = 0`, []any{m.Unit}},
		&out.Reviews: {`SELECT COUNT(*) FROM leg l JOIN leg r ON r.case_id = l.case_id
			WHERE l.unit = ? AND l.state = 'challenged' AND r.unit = ? AND r.kind IN ('review', 'rereview') AND r.is_open = 1`,
			[]any{m.Unit, m.Successor}},
	} {
		if err := s.db.Get(ctx, n, ask.query, ask.args...); err != nil {
			return out, err
		}
	}
	return out, nil
}

// AskMerger puts a merger before the security administrator; the system administrator
// asks. It fails with Invalid where the unit still has units below it, where the successor
// is none or is reviewing what the unit decided, and with Conflict while another merger of
// either of them waits.
func (s *Store) AskMerger(ctx context.Context, by petition.Actor, in backoffice.Merger, now time.Time) (petition.ID, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return petition.ID{}, err
	}
	in.Document = strings.TrimSpace(in.Document)
	if err := s.mergeable(ctx, sc, in); err != nil {
		return petition.ID{}, err
	}
	id, err := newID(now)
	if err != nil {
		return id, err
	}
	return id, s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var n int
		err := tx.Get(ctx, &n, `SELECT COUNT(*) FROM merger WHERE state = ? AND (unit IN (?, ?) OR successor IN (?, ?))`,
			requestWaits, in.Unit, in.Successor, in.Unit, in.Successor)
		if err != nil {
			return err
		}
		if n > 0 {
			return &petition.Error{Kind: petition.Conflict, Key: "error.merger_waits"}
		}
		_, err = tx.Exec(ctx, `
			INSERT INTO merger (id, unit, successor, document, asked_by, asked_at, state, decided_by, decided_at, answer,
				sealed_by, sealed_at, closed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', ?, 0, 0)`,
			id, in.Unit, in.Successor, in.Document, sc.actor.Staff, now, requestWaits, sql.ID{}, sql.ID{})
		if err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(sc.act("merger_asked", petition.ID{}, mergerWords(in), now)))
	})
}

func mergerWords(m backoffice.Merger) string {
	return strings.Join([]string{string(m.Unit), string(m.Successor), m.Document}, " | ")
}

// mergeable checks a merger: both units stand, are hosted here and lie in the subtree; the
// administrator's own is not the one that goes.
func (s *Store) mergeable(ctx context.Context, sc scope, in backoffice.Merger) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	var wrong []petition.Problem
	refuse := func(bad bool, field, key string) {
		if bad {
			wrong = append(wrong, petition.Problem{Field: field, Key: key})
		}
	}
	top, _ := rules.Units.Unit(sc.actor.Unit)
	stands := func(id petition.UnitID) bool {
		u, ok := rules.Units.Unit(id)
		return ok && u.Within(top) && !u.Gone() && u.Installation == s.signer.Installation
	}
	refuse(!stands(in.Unit), "unit", "problem.unit_unknown")
	refuse(in.Unit == sc.actor.Unit, "unit", "problem.merger_own")
	refuse(!stands(in.Successor) || in.Successor == in.Unit, "successor", "problem.merger_successor")
	refuse(in.Document == "", "document", "problem.merger_document")
	refuse(utf8.RuneCountInString(in.Document) > longestDocument, "document", "problem.merger_document_long")
	if len(wrong) > 0 {
		return refused(wrong)
	}
	left, err := s.left(ctx, in)
	refuse(left.Below > 0, "unit", "problem.merger_below")
	refuse(left.Reviews > 0, "successor", "problem.merger_reviews")
	if err == nil {
		err = refused(wrong)
	}
	return err
}

// DecideMerger approves or refuses what the system administrator asked; the security
// administrator does it. From then on the portal sends what comes to the successor, which
// takes over leg by leg; the clock does the rest of what is cut short here. It fails with
// Conflict if it was decided meanwhile, and like AskMerger if it cannot be done any more.
func (s *Store) DecideMerger(ctx context.Context, by petition.Actor, id petition.ID, approve bool, answer string, now time.Time) error {
	sc, err := s.administrator(ctx, by, petition.SecurityAdmin)
	if err != nil {
		return err
	}
	m, err := s.mergerIn(ctx, sc, id)
	if err != nil {
		return err
	}
	if m.State != requestWaits {
		return &petition.Error{Kind: petition.Conflict, Key: "error.request_decided"}
	}
	m.State, m.Answer = requestRefused, strings.TrimSpace(answer)
	if approve {
		m.State = requestApproved
		err = s.mergeable(ctx, sc, m)
	} else if m.Answer == "" {
		err = invalid("answer", "problem.account_answer")
	}
	if err != nil {
		return err
	}
	if err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.decideMerger(ctx, tx, sc, m, now) }); err != nil {
		return err
	}
	if !approve {
		return nil
	}
	s.forgetRules()
	if err := s.SendDirectory(ctx, now); err != nil {
		return err
	}
	return s.takeOver(ctx, now)
}

func (s *Store) decideMerger(ctx context.Context, tx sql.Tx, sc scope, m backoffice.Merger, now time.Time) error {
	rows, err := tx.Exec(ctx, `UPDATE merger SET state = ?, decided_by = ?, decided_at = ?, answer = ? WHERE id = ? AND state = ?`,
		m.State, sc.actor.Staff, now, m.Answer, m.ID, requestWaits)
	if err == nil && rows == 0 {
		err = &petition.Error{Kind: petition.Conflict, Key: "error.request_decided"}
	}
	if err != nil {
		return err
	}
	if m.State == requestApproved {
		if _, err := tx.Exec(ctx, `UPDATE unit SET successor = ?, changed_at = ? WHERE id = ?`, m.Successor, now, m.Unit); err != nil {
			return err
		}
		if err := bumpRules(ctx, tx, now); err != nil {
			return err
		}
	}
	return s.appendAudit(ctx, tx, s.entry(sc.act("merger_"+m.State, petition.ID{}, mergerWords(m)+" | "+m.Answer, now)))
}

// CloseUnit closes a merged unit; the system administrator does it, once nothing is left
// there: else it fails with Conflict. What ended there can be read by the successor, below
// which the unit stands in the tree from then on.
func (s *Store) CloseUnit(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) error {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return err
	}
	m, err := s.mergerIn(ctx, sc, id)
	if err != nil {
		return err
	}
	if m.State != requestApproved || !m.Closed.IsZero() || !m.Left.Nothing() {
		return &petition.Error{Kind: petition.Conflict, Key: "error.unit_not_empty"}
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	above, _ := rules.Units.Unit(rules.Units.Acting(m.Unit))
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		rows, err := tx.Exec(ctx, `UPDATE merger SET closed_at = ? WHERE id = ? AND closed_at = 0`, now, id)
		if err == nil && rows == 0 {
			err = &petition.Error{Kind: petition.Conflict, Key: "error.unit_not_empty"}
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE unit SET closed = 1, parent = ?, path = ?, changed_at = ? WHERE id = ?`,
			above.ID, above.Path+string(m.Unit)+"/", now, m.Unit)
		if err != nil {
			return err
		}
		if err := bumpRules(ctx, tx, now); err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(sc.act("unit_closed", petition.ID{}, mergerWords(m), now)))
	})
	if err != nil {
		return err
	}
	s.forgetRules()
	return s.SendDirectory(ctx, now)
}
