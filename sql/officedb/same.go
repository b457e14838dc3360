package officedb

import (
	"context"
	"slices"
	"strings"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// Kinds of tokens. A token is a keyed hash: who has the table without the key learns
// only that two cases share something.
const (
	tokenID     = "id"
	tokenMobile = "mobile"
	tokenName   = "name"
)

// likeliest bounds how many cases are suggested.
const likeliest = 20

type token struct {
	Kind  string
	Token [32]byte
}

// tokensOf hashes the identifiers of everybody in a filing. There is no table of
// people: a token leads from a case to other cases, and nowhere else.
func (s *Store) tokensOf(f petition.Filing) []token {
	var out []token
	seen := make(map[token]bool)
	add := func(kind, value string) {
		t := token{Kind: kind, Token: s.keys.index.MAC(kind, []byte(normal(value)))}
		if normal(value) != "" && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, p := range people(f) {
		add(tokenID, p.IDNumber)
		add(tokenMobile, p.Mobile)
		add(tokenName, p.Name)
	}
	return out
}

// normal lets small differences in writing not matter.
func normal(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

// SameMatter suggests open cases that may be the same matter: those that share an
// identity number or a mobile number, and those of the same name on the same group of
// content codes. Only what the actor may see is suggested, and a person decides.
func (s *Store) SameMatter(ctx context.Context, by petition.Actor, id petition.ID) ([]backoffice.QueueRow, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	// Topic and tokens stand beside the events: nothing need be decrypted.
	var topic string
	err = s.db.Get(ctx, &topic, `
		SELECT l.topic FROM cases c JOIN leg l ON l.case_id = c.id
		WHERE c.id = ? AND`+visibleCase+`ORDER BY l.topic DESC LIMIT 1`, append([]any{id}, sc.guard()...)...)
	if err != nil {
		return nil, err
	}
	tokens, err := s.tokensOfCase(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.alike(ctx, sc, id, tokens, petition.Topic(topic))
}

// tokensOfCase are those stored when the case was.
func (s *Store) tokensOfCase(ctx context.Context, id petition.ID) ([]token, error) {
	var rows []struct {
		Kind  string   `db:"kind"`
		Token sql.Hash `db:"token"`
	}
	err := s.db.Select(ctx, &rows, `SELECT kind, token FROM token WHERE case_id = ? ORDER BY kind, token`, id)
	if err != nil {
		return nil, err
	}
	out := make([]token, 0, len(rows))
	for _, r := range rows {
		out = append(out, token{Kind: r.Kind, Token: r.Token})
	}
	return out, nil
}

// newTokens are those of the case as it is now that are not stored yet: who the petitioner
// is was put right. The others stay: he may have written under them elsewhere.
func (s *Store) newTokens(ctx context.Context, c *petition.Case) ([]token, error) {
	had, err := s.tokensOfCase(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(s.tokensOf(c.Filing), func(t token) bool { return slices.Contains(had, t) }), nil
}

// AlikeFilings suggests the same for a filing that has no case yet.
func (s *Store) AlikeFilings(ctx context.Context, by petition.Actor, f petition.Filing) ([]backoffice.QueueRow, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	return s.alike(ctx, sc, petition.ID{}, s.tokensOf(f), f.Topic)
}

// alike asks for all tokens at once, the telling ones first: their kinds are in that
// order. but is the case itself.
func (s *Store) alike(ctx context.Context, sc scope, but petition.ID, tokens []token, topic petition.Topic) ([]backoffice.QueueRow, error) {
	if len(tokens) == 0 {
		return nil, nil
	}
	low, high := subtree(sc.path)
	var args []any
	for _, t := range tokens {
		group := ""
		if t.Kind == tokenName {
			group = string(topic)[:min(1, len(topic))]
		}
		args = append(args, t.Kind, t.Token, group, group)
	}
	args = append(args, but, sc.actor.Is(workers...), sc.actor.Unit, sc.actor.Is(overseers...), low, high)
	args = append(append(args, sc.guard()...), likeliest*len(tokens)) // a case may share them all
	var found []legRow
	if err := s.db.Select(ctx, &found, alikeLegs(len(tokens)), args...); err != nil {
		return nil, err
	}
	found = onePerCase(found)
	return s.lines(ctx, sc, found[:min(likeliest, len(found))])
}

// alikeLegs are the open legs in scope of cases that have one of n tokens.
func alikeLegs(n int) string {
	const one = `(t.kind = ? AND t.token = ? AND (? = '' OR SUBSTR(l.topic, 1, 1) = ?))`
	return `
	SELECT ` + legColumns + `
	FROM token t
	JOIN cases c ON c.id = t.case_id
	JOIN leg l ON l.case_id = c.id AND l.is_open = 1
	JOIN unit w ON w.id = l.unit
	WHERE (` + one + strings.Repeat(" OR "+one, n-1) + `) AND t.case_id <> ?
		AND ((? = 1 AND l.unit = ?) OR (? = 1 AND w.path >= ? AND w.path < ?))
		AND` + visibleCase + `
	ORDER BY t.kind, l.sort LIMIT ?`
}

// onePerCase keeps the first leg of each case.
func onePerCase(rows []legRow) []legRow {
	seen := make(map[sql.ID]bool)
	var out []legRow
	for _, r := range rows {
		if !seen[r.Case] {
			seen[r.Case] = true
			out = append(out, r)
		}
	}
	return out
}
