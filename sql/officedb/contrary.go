package officedb

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	// contraryMost is how many like cases a signer is shown, the most alike first.
	contraryMost = 5
	// contraryLooked is how many decisions on the same content code are compared, the
	// newest first.
	contraryLooked = 2000
	// alikeEnough is the share of words from which two claims count as alike (ours).
	alikeEnough = 0.2
)

// rivalRow is a decision on the same content code that went the other way.
type rivalRow struct {
	Case    sql.ID `db:"case_id"`
	Leg     int    `db:"leg"`
	Unit    string `db:"unit"`
	Outcome string `db:"outcome"`
	At      int64  `db:"at"`
	Sketch  []byte `db:"sketch"`

	shared bool // rests on an article that ours rests on
	like   float64
}

// Contrary finds decided claims like the one whose opinion is about to be signed at a leg
// that ended the other way (scenario 5.3): of the same content code, and much alike in
// words or resting on the same article. Of one that the actor may not see only its unit
// is told; of one that must not exist for the actor, or was sealed up, nothing. It fails
// with NotFound for whoever may not see the case itself.
func (s *Store) Contrary(ctx context.Context, by petition.Actor, id petition.ID, leg int) ([]backoffice.Contrary, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return nil, err
	}
	return s.contrary(ctx, sc, h.c, leg)
}

func (s *Store) contrary(ctx context.Context, sc scope, c *petition.Case, leg int) ([]backoffice.Contrary, error) {
	l := c.Leg(leg)
	if l == nil || c.Track != petition.Claim || l.Kind.Reviews() {
		return nil, nil
	}
	var against []any
	for _, o := range petition.Outcomes(petition.Claim) {
		if l.Outcome.Contradicts(o) {
			against = append(against, string(o))
		}
	}
	if len(against) == 0 {
		return nil, nil
	}
	rivals, err := s.rivals(ctx, sc, c, against)
	if err != nil || len(rivals) == 0 {
		return nil, err
	}
	if err := s.sharing(ctx, l.Cites, rivals); err != nil {
		return nil, err
	}
	ours := s.sketch(c.Filing)
	for i := range rivals {
		rivals[i].like = likeness(ours, rivals[i].Sketch)
	}
	rivals = slices.DeleteFunc(rivals, func(r rivalRow) bool { return !r.shared && r.like < alikeEnough })
	slices.SortFunc(rivals, func(a, b rivalRow) int {
		return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(b.At, a.At), bytes.Compare(a.Case[:], b.Case[:]))
	})
	return s.shownRivals(ctx, sc, rivals[:min(len(rivals), contraryMost)])
}

// rivals are the newest decisions on the content code with one of the outcomes.
func (s *Store) rivals(ctx context.Context, sc scope, c *petition.Case, outcomes []any) ([]rivalRow, error) {
	var rows []rivalRow
	args := append([]any{string(c.Topic)}, outcomes...)
	err := s.db.Select(ctx, &rows, `
		SELECT d.case_id, d.leg, d.unit, d.outcome, d.at, d.sketch
		FROM decision d JOIN cases k ON k.id = d.case_id
		WHERE d.topic = ? AND d.outcome IN (`+sql.Marks(len(outcomes))+`) AND d.case_id <> ? AND k.sealed_up = 0
			AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = d.case_id)
		ORDER BY d.at DESC LIMIT ?`, append(args, c.ID, sc.actor.Staff, contraryLooked)...)
	return rows, err
}

// sharing marks the decisions that rest on one of the articles.
func (s *Store) sharing(ctx context.Context, cites []petition.Citation, rivals []rivalRow) error {
	if len(cites) == 0 {
		return nil
	}
	const one = `(t.policy = ? AND t.article = ?)`
	var args []any
	for _, c := range cites {
		args = append(args, c.Policy, c.Article)
	}
	var rows []struct {
		Case sql.ID `db:"case_id"`
		Leg  int    `db:"leg"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT DISTINCT d.case_id, d.leg FROM citation t JOIN decision d ON d.case_id = t.case_id AND d.n = t.n
		WHERE `+one+strings.Repeat(" OR "+one, len(cites)-1), args...)
	for _, r := range rows {
		for i := range rivals {
			if rivals[i].Case == r.Case && rivals[i].Leg == r.Leg {
				rivals[i].shared = true
			}
		}
	}
	return err
}

// shownRivals tells of each what the actor may know.
func (s *Store) shownRivals(ctx context.Context, sc scope, rivals []rivalRow) ([]backoffice.Contrary, error) {
	var all []backoffice.Contrary
	for _, r := range rivals {
		one := backoffice.Contrary{Link: petition.Link{Unit: petition.UnitID(r.Unit)}, Outcome: petition.Outcome(r.Outcome), Shared: r.shared}
		h, err := s.hold(ctx, sc, petition.ID(r.Case))
		if err != nil && !petition.Is(err, petition.NotFound) {
			return nil, err
		}
		if err == nil {
			c := s.veiled(sc, h.c)
			one.Link.Case, one.Link.Number = c.ID, c.Number
			one.Title, one.Leg, one.At = c.Filing.Title, r.Leg, sql.Time(r.At)
		}
		all = append(all, one)
	}
	return all, nil
}

// contraryFacts is the same for the rules.
func (s *Store) contraryFacts(ctx context.Context, sc scope, c *petition.Case, leg int, f *petition.Facts) error {
	found, err := s.contrary(ctx, sc, c, leg)
	for _, one := range found {
		f.Contrary = append(f.Contrary, one.Link)
	}
	return err
}
