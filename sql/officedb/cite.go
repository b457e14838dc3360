package officedb

import (
	"context"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// citeMost is how many articles are offered at once.
const citeMost = 12

// foundArticle is an article with its policy, as stored.
type foundArticle struct {
	policyRow
	Article string `db:"article"`
	Text    string `db:"text"`
}

func (r foundArticle) article() backoffice.PolicyArticle {
	return backoffice.PolicyArticle{Policy: r.policy(), Article: petition.Article{Number: r.Article, Text: r.Text}}
}

// citable are the articles a of policies p of the units w that may be cited by a unit on
// a day: in force then, and binding the unit. Its arguments are path, day, day.
const citable = `
	SELECT ` + policyColumns + `, a.number AS article, a.text
	FROM policy p JOIN unit w ON w.id = p.unit JOIN policy_article a ON a.policy = p.id AND a.version = p.version
	WHERE` + newestPolicy + `AND SUBSTR(?, 1, LENGTH(w.path)) = w.path AND p.from_day <= ? AND (p.until_day = '' OR p.until_day >= ?)`

// FindArticles offers articles to be cited today by the actor's unit: those that have all
// the words in title, number or text.
func (s *Store) FindArticles(ctx context.Context, by petition.Actor, words string, now time.Time) ([]backoffice.PolicyArticle, error) {
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return nil, err
	}
	parts := strings.Fields(words)
	if len(parts) == 0 {
		return nil, nil
	}
	const one = ` AND (INSTR(p.title, ?) > 0 OR INSTR(p.number, ?) > 0 OR INSTR(a.number, ?) > 0 OR INSTR(a.text, ?) > 0)`
	day := petition.Day(now)
	args := []any{sc.path, day, day}
	for _, part := range parts[:min(len(parts), citeMost)] {
		args = append(args, part, part, part, part)
	}
	return s.articles(ctx, citable+strings.Repeat(one, min(len(parts), citeMost))+`
		ORDER BY p.from_day DESC, p.id, a.n LIMIT ?`, append(args, citeMost)...)
}

// ArticleByNumber finds the article that somebody wrote down: the policy's number, then
// the article's. NotFound where the library has none that may be cited today.
func (s *Store) ArticleByNumber(ctx context.Context, by petition.Actor, written string, now time.Time) (backoffice.PolicyArticle, error) {
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return backoffice.PolicyArticle{}, err
	}
	written = strings.Join(strings.Fields(written), "")
	day := petition.Day(now)
	found, err := s.articles(ctx, citable+` AND INSTR(?, REPLACE(p.number, ' ', '')) = 1 ORDER BY p.id, a.n`, sc.path, day, day, written)
	if err != nil {
		return backoffice.PolicyArticle{}, err
	}
	for _, one := range found {
		if strings.Join(strings.Fields(one.Policy.Number+one.Number), "") == written {
			return one, nil
		}
	}
	return backoffice.PolicyArticle{}, notFound()
}

// UsedArticles are the articles that may be cited today and that decided claims of a
// content code rest on, the most used first. Nothing is told of the cases.
func (s *Store) UsedArticles(ctx context.Context, by petition.Actor, topic petition.Topic, now time.Time) ([]backoffice.PolicyArticle, error) {
	sc, err := s.libraryScope(ctx, by)
	if err != nil {
		return nil, err
	}
	day := petition.Day(now)
	return s.articles(ctx, `SELECT c.* FROM (`+citable+`) c JOIN (
			SELECT t.policy, t.article, COUNT(*) AS used
			FROM decision d JOIN citation t ON t.case_id = d.case_id AND t.n = d.n JOIN cases k ON k.id = d.case_id
			WHERE d.topic = ? AND k.sealed_up = 0
				AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = d.case_id)
			GROUP BY t.policy, t.article) u ON u.policy = c.id AND u.article = c.article
		ORDER BY u.used DESC, c.id, c.article LIMIT ?`, sc.path, day, day, string(topic), sc.actor.Staff, citeMost)
}

func (s *Store) articles(ctx context.Context, query string, args ...any) ([]backoffice.PolicyArticle, error) {
	var rows []foundArticle
	if err := s.db.Select(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	all := make([]backoffice.PolicyArticle, 0, len(rows))
	for _, r := range rows {
		all = append(all, r.article())
	}
	return all, nil
}

// CitedPolicies are the policies that citations name, as they are now, with their
// articles: what the rules must know of them. What the library does not have is left out.
func (s *Store) CitedPolicies(ctx context.Context, cites []petition.Citation) ([]petition.Policy, error) {
	var all []petition.Policy
	seen := make(map[petition.ID]bool)
	for _, c := range cites {
		if seen[c.Policy] {
			continue
		}
		seen[c.Policy] = true
		var rows []policyRow
		err := s.db.Select(ctx, &rows, `SELECT `+policyColumns+` FROM policy p WHERE p.id = ? AND`+newestPolicy, c.Policy)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			continue
		}
		p := rows[0].policy()
		articles, err := s.articlesOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		p.Articles = articles[p.Version]
		all = append(all, p)
	}
	return all, nil
}

// policyFacts is what the rules must know of the library and of who takes a gap in hand,
// and completes what the act says of both.
func (s *Store) policyFacts(ctx context.Context, sc scope, c *petition.Case, act *petition.Act, f *petition.Facts) error {
	var err error
	switch {
	case act.Action == petition.Sign:
		leg := signingLeg(c, sc.actor.Unit, act.Leg)
		if leg == nil {
			return nil
		}
		if f.Policies, err = s.CitedPolicies(ctx, leg.Cites); err != nil {
			return err
		}
		return s.contraryFacts(ctx, sc, c, leg.N, f)
	case len(act.Cites) > 0:
		if f.Policies, err = s.CitedPolicies(ctx, act.Cites); err != nil {
			return err
		}
	}
	if act.Gap == nil {
		return nil
	}
	var owners []struct {
		ID   sql.ID `db:"id"`
		Name string `db:"name"`
	}
	err = s.db.Select(ctx, &owners, `SELECT id, name FROM staff WHERE id = ? AND unit = ? AND active = 1`, act.Gap.Owner, sc.actor.Unit)
	if f.GapOwner = len(owners) == 1; f.GapOwner {
		gap := *act.Gap
		gap.OwnerName = owners[0].Name
		act.Gap = &gap
	}
	return err
}

// signingLeg is the leg that a signature is for: the one named, or the newest of the
// actor's unit that waits for one.
func signingLeg(c *petition.Case, unit petition.UnitID, n int) *petition.Leg {
	if n != 0 {
		return c.Leg(n)
	}
	for i := len(c.Legs) - 1; i >= 0; i-- {
		if c.Legs[i].Unit == unit && c.Legs[i].State == petition.PendingSign {
			return &c.Legs[i]
		}
	}
	return nil
}
