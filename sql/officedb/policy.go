package officedb

import (
	"context"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// policyRow is a version of a policy as stored.
type policyRow struct {
	ID      sql.ID     `db:"id"`
	Version int        `db:"version"`
	Unit    string     `db:"unit"`
	Number  string     `db:"number"`
	Title   string     `db:"title"`
	Body    string     `db:"body"`
	Level   string     `db:"level"`
	From    string     `db:"from_day"`
	Until   string     `db:"until_day"`
	At      sql.Moment `db:"at"`
	Name    string     `db:"name"`
}

const policyColumns = `p.id, p.version, p.unit, p.number, p.title, p.body, p.level, p.from_day, p.until_day, p.at`

// newestPolicy keeps the newest version of each policy p.
const newestPolicy = ` p.version = (SELECT MAX(v.version) FROM policy v WHERE v.id = p.id) `

// nearPolicy guards a statement about policies p of the units w: those that bind the
// reader's unit, and, for who oversees them, those of the units below. Its arguments are
// scope.near. The library is no secret of a case: whoever works on cases reads it.
const nearPolicy = ` (SUBSTR(?, 1, LENGTH(w.path)) = w.path OR (? = 1 AND w.path >= ? AND w.path < ?)) `

func (sc scope) near() []any {
	low, high := subtree(sc.path)
	return []any{sc.path, sc.actor.Is(overseers...), low, high}
}

func (r policyRow) policy() petition.Policy {
	return petition.Policy{ID: petition.ID(r.ID), Version: r.Version, Title: r.Title, Number: r.Number, Body: r.Body,
		Level: petition.Level(r.Level), From: r.From, Until: r.Until, Unit: petition.UnitID(r.Unit)}
}

// libraryScope is that of somebody who works on cases; NotFound for everybody else.
func (s *Store) libraryScope(ctx context.Context, by petition.Actor) (scope, error) {
	sc, err := s.scopeOf(ctx, by)
	if err == nil && !sc.actor.Is(workers...) {
		err = notFound()
	}
	return sc, err
}

// Policies is a page of the library, the newest in effect first.
func (s *Store) Policies(ctx context.Context, by petition.Actor, q backoffice.PolicyQuery) (backoffice.PolicyPage, error) {
	var page backoffice.PolicyPage
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return page, err
	}
	day, words, state := petition.Day(q.Now), strings.TrimSpace(q.Words), string(q.State)
	args := append(sc.near(), words, words, words, words, string(q.Level), string(q.Level),
		state, state, day, day, state, day, state, day, q.AfterDay, q.AfterDay, q.AfterDay, q.AfterID, backoffice.PolicyRows+1)
	var rows []policyRow
	err = s.db.Select(ctx, &rows, `
		SELECT `+policyColumns+` FROM policy p JOIN unit w ON w.id = p.unit
		WHERE`+newestPolicy+`AND`+nearPolicy+`
			AND (? = '' OR INSTR(p.title, ?) > 0 OR INSTR(p.number, ?) > 0 OR EXISTS (SELECT 1 FROM policy_article a
				WHERE a.policy = p.id AND a.version = p.version AND INSTR(a.text, ?) > 0))
			AND (? = '' OR p.level = ?)
			AND (? = '' OR (? = 'force' AND p.from_day <= ? AND (p.until_day = '' OR p.until_day >= ?))
				OR (? = 'ended' AND p.until_day <> '' AND p.until_day < ?) OR (? = 'coming' AND p.from_day > ?))
			AND (? = '' OR p.from_day < ? OR (p.from_day = ? AND p.id < ?))
		ORDER BY p.from_day DESC, p.id DESC LIMIT ?`, args...)
	if err != nil {
		return page, err
	}
	page.More = len(rows) > backoffice.PolicyRows
	for _, r := range rows[:min(len(rows), backoffice.PolicyRows)] {
		page.Rows = append(page.Rows, r.policy())
	}
	return page, nil
}

// Policy opens one with its articles, every version before it, and the decided cases that
// cite it: of them only those that the actor may see.
func (s *Store) Policy(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.PolicyFile, error) {
	var out backoffice.PolicyFile
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return out, err
	}
	var rows []policyRow
	err = s.db.Select(ctx, &rows, `
		SELECT `+policyColumns+`, COALESCE(s.name, '') AS name
		FROM policy p JOIN unit w ON w.id = p.unit LEFT JOIN staff s ON s.id = p.staff
		WHERE p.id = ? AND`+nearPolicy+`ORDER BY p.version DESC`, append([]any{id}, sc.near()...)...)
	if err != nil {
		return out, err
	}
	if len(rows) == 0 {
		return out, notFound()
	}
	articles, err := s.articlesOf(ctx, id)
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		one := backoffice.PolicyVersion{Policy: r.policy(), At: r.At.Time, Name: r.Name}
		one.Articles = articles[r.Version]
		out.History = append(out.History, one)
	}
	out.Policy = out.History[0].Policy
	out.Mine = sc.maintains(petition.UnitID(rows[0].Unit), s.pathOf(ctx, petition.UnitID(rows[0].Unit)))
	out.Cases, err = s.citing(ctx, sc, id)
	return out, err
}

// maintains tells whether the actor keeps the policies that bind a unit: the head of the
// petition office there, or of one above it.
func (sc scope) maintains(_ petition.UnitID, path string) bool {
	return sc.actor.Is(petition.OfficeHead) && path != "" && strings.HasPrefix(path, sc.path)
}

// pathOf is where a unit stands in the tree; "" where there is none.
func (s *Store) pathOf(ctx context.Context, id petition.UnitID) string {
	rules, err := s.Rules(ctx)
	if err != nil {
		return ""
	}
	u, _ := rules.Units.Unit(id)
	return u.Path
}

// articlesOf are a policy's articles by version.
func (s *Store) articlesOf(ctx context.Context, id petition.ID) (map[int][]petition.Article, error) {
	var rows []struct {
		Version int    `db:"version"`
		Number  string `db:"number"`
		Text    string `db:"text"`
	}
	err := s.db.Select(ctx, &rows, `SELECT version, number, text FROM policy_article WHERE policy = ? ORDER BY version, n`, id)
	all := make(map[int][]petition.Article)
	for _, r := range rows {
		all[r.Version] = append(all[r.Version], petition.Article{Number: r.Number, Text: r.Text})
	}
	return all, err
}

// citingMost is how many cases a policy's page names.
const citingMost = 50

// citing are decided cases that rest on a policy, the newest first.
func (s *Store) citing(ctx context.Context, sc scope, id petition.ID) ([]backoffice.CitingCase, error) {
	var rows []struct {
		Case    sql.ID `db:"case_id"`
		Leg     int    `db:"leg"`
		Unit    string `db:"unit"`
		Outcome string `db:"outcome"`
		At      int64  `db:"at"`
		Article string `db:"article"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT d.case_id, d.leg, d.unit, d.outcome, d.at, t.article
		FROM citation t JOIN decision d ON d.case_id = t.case_id AND d.n = t.n JOIN cases c ON c.id = d.case_id
		WHERE t.policy = ? AND`+visibleCase+`ORDER BY d.at DESC, d.case_id, d.leg, t.article LIMIT ?`,
		append(append([]any{id}, sc.guard()...), citingMost)...)
	if err != nil {
		return nil, err
	}
	var all []backoffice.CitingCase
	for _, r := range rows {
		h, err := s.hold(ctx, sc, petition.ID(r.Case))
		if petition.Is(err, petition.NotFound) {
			continue // sealed up meanwhile
		}
		if err != nil {
			return nil, err
		}
		all = append(all, backoffice.CitingCase{Case: h.c.ID, Leg: r.Leg, Number: h.c.Number, Title: s.veiled(sc, h.c).Filing.Title,
			Unit: petition.UnitID(r.Unit), Outcome: petition.Outcome(r.Outcome), At: sql.Time(r.At), Article: r.Article})
	}
	return all, nil
}

// SavePolicy adds a version after the one that was seen; 0 and a zero id make a new
// policy. Nothing is written over. NotFound for all but the heads of petition offices,
// each for the own unit and those below; Conflict if somebody was faster; Invalid for
// what is not filled in.
func (s *Store) SavePolicy(ctx context.Context, by petition.Actor, p petition.Policy, seen int, now time.Time) (petition.ID, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return p.ID, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return p.ID, err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return p.ID, notFound()
	}
	if seen > 0 {
		before, err := s.Policy(ctx, by, p.ID)
		if err != nil {
			return p.ID, err
		}
		if !before.Mine {
			return p.ID, notFound()
		}
	}
	problems := petition.CheckPolicy(p, rules.Units)
	if u, ok := rules.Units.Unit(p.Unit); ok && !sc.maintains(u.ID, u.Path) {
		problems = append(problems, petition.Problem{Field: "unit", Key: "problem.policy_unit"})
	}
	if len(problems) > 0 {
		return p.ID, &petition.Error{Kind: petition.Invalid, Key: "error.check_form", Problems: problems}
	}
	return s.writePolicy(ctx, sc.actor.Staff, p, seen, now)
}

func (s *Store) writePolicy(ctx context.Context, by petition.ID, p petition.Policy, seen int, now time.Time) (petition.ID, error) {
	if seen == 0 && p.ID.IsZero() {
		id, err := newID(now)
		if err != nil {
			return id, err
		}
		p.ID = id
	}
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		var last int
		if err := tx.Get(ctx, &last, `SELECT COALESCE(MAX(version), 0) FROM policy WHERE id = ?`, p.ID); err != nil {
			return err
		}
		if last != seen {
			return overtaken()
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO policy (id, version, unit, number, title, body, level, from_day, until_day, at, staff)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.ID, seen+1, string(p.Unit), strings.TrimSpace(p.Number),
			strings.TrimSpace(p.Title), strings.TrimSpace(p.Body), string(p.Level), p.From, p.Until, now, by)
		if err != nil {
			return err
		}
		rows := make([][]any, 0, len(p.Articles))
		for i, a := range p.Articles {
			rows = append(rows, []any{p.ID, seen + 1, i + 1, strings.TrimSpace(a.Number), strings.TrimSpace(a.Text)})
		}
		return insertRows(ctx, tx, `INSERT INTO policy_article (policy, version, n, number, text) VALUES `, `(?, ?, ?, ?, ?)`, rows)
	})
	return p.ID, err
}

// ImportPolicies brings in policies from a list: one with a number that the same unit has
// becomes its next version, all others are new. All are checked before one is kept; it
// fails with Invalid, and the problem's field names which.
func (s *Store) ImportPolicies(ctx context.Context, list []petition.Policy, now time.Time) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		if problems := petition.CheckPolicy(p, rules.Units); len(problems) > 0 {
			problems[0].Field = p.Number + " " + p.Title + ": " + problems[0].Field
			return &petition.Error{Kind: petition.Invalid, Key: "error.check_form", Problems: problems[:1]}
		}
	}
	for _, p := range list {
		var known []policyRow
		err := s.db.Select(ctx, &known, `SELECT `+policyColumns+` FROM policy p WHERE p.unit = ? AND p.number = ? AND`+newestPolicy,
			string(p.Unit), p.Number)
		if err != nil {
			return err
		}
		seen := 0
		if len(known) > 0 {
			p.ID, seen = petition.ID(known[0].ID), known[0].Version
		}
		if _, err := s.writePolicy(ctx, petition.ID{}, p, seen, now); err != nil {
			return err
		}
	}
	return nil
}
