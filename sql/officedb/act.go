package officedb

import (
	"context"
	"errors"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// Find looks a case up by its number. It fails with NotFound for what the actor may
// not see, and for what is no number at all.
func (s *Store) Find(ctx context.Context, by petition.Actor, number string) (petition.ID, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.ID{}, err
	}
	var id sql.ID
	err = s.db.Get(ctx, &id, `SELECT c.id FROM cases c WHERE c.number = ? AND`+visibleCase,
		append([]any{number}, sc.guard()...)...)
	return petition.ID(id), err
}

// Case opens a case. Identities in it are masked, or left out for leaders and units
// above; keys of files are left out.
func (s *Store) Case(ctx context.Context, by petition.Actor, id petition.ID) (*petition.Case, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return nil, err
	}
	return s.veiled(sc, h.c), nil
}

// veiled is the case as this reader may see it.
func (s *Store) veiled(sc scope, c *petition.Case) *petition.Case {
	return veilFor(sc, c).hideCase(c)
}

func veilFor(sc scope, c *petition.Case) veil {
	return newVeil(c.Filing, !sc.identifiable(c), c.Persons()...)
}

// identifiable tells whether this reader may be shown who the petitioner is: in a
// role for it, and with a leg of the case at the own unit.
func (sc scope) identifiable(c *petition.Case) bool {
	for _, l := range c.Legs {
		if sc.namesShown(l.Unit) {
			return true
		}
	}
	return false
}

// Act does something to a case. It reads the case anew, refuses with Conflict if it is
// no longer as the caller saw it, asks the rules, and stores what they say.
func (s *Store) Act(ctx context.Context, by petition.Actor, id petition.ID, version int, act petition.Act, now time.Time) (*petition.Case, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return nil, err
	}
	if h.c.Version() != version {
		return nil, s.whoWasFirst(ctx, id, version)
	}
	events, err := s.decide(ctx, sc, h.c, act, now)
	if err != nil {
		return nil, err
	}
	var views []view
	if act.Asked != nil { // recorded for the petitioner: who did stands in the log as well
		seen, err := s.looked(sc, id, viewedAsked, act.Asked.Words, now)
		if err != nil {
			return nil, err
		}
		views = append(views, seen)
	}
	if err := s.commit(ctx, h, events, views, now); err != nil {
		if errors.Is(err, errStale) {
			return nil, s.whoWasFirst(ctx, id, version)
		}
		return nil, err
	}
	return s.veiled(sc, h.c), nil
}

// decide completes an act with what the office knows (real names, files, numbers,
// the linked case, the handler's roles) and asks the rules.
func (s *Store) decide(ctx context.Context, sc scope, c *petition.Case, act petition.Act, now time.Time) ([]petition.Event, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := s.facts(ctx, sc, c, &act)
	if err != nil {
		return nil, err
	}
	act.Paper = veilFor(sc, c).lift(act.Paper)
	if act.Action == petition.Withdraw && act.Paper == nil {
		if act.Paper, err = backoffice.Withdrawal(c, rules, now); err != nil {
			return nil, err
		}
	}
	if act.Files, err = s.pendingFiles(ctx, c.ID, act.Files); err != nil {
		return nil, err
	}
	sealed := act.Filing != nil && act.Filing.Track() == petition.Report
	if act.Action == petition.Register && c.Number == "" && !sealed {
		if act, err = s.numbered(ctx, sc, c, act, facts, rules, now); err != nil {
			return nil, err
		}
	}
	events, err := petition.Decide(c, sc.actor, act, facts, rules, now)
	if err != nil {
		return nil, err
	}
	if err := nameParts(events, now); err != nil {
		return nil, err
	}
	return events, s.numberPapers(ctx, rules, events)
}

// numbered gives a registration its number, after asking the rules whether it would
// be taken at all, so that refused forms use none up.
func (s *Store) numbered(ctx context.Context, sc scope, c *petition.Case, act petition.Act, facts petition.Facts, rules petition.Rules, now time.Time) (petition.Act, error) {
	act.Number = petition.CaseNumber(sc.actor.Unit, petition.Day(now), 1)
	if _, err := petition.Decide(c, sc.actor, act, facts, rules, now); err != nil {
		return act, err
	}
	var err error
	act.Number, err = s.nextCaseNumber(ctx, sc.actor.Unit, now)
	return act, err
}

// facts looks up what the rules must know beyond the case.
func (s *Store) facts(ctx context.Context, sc scope, c *petition.Case, act *petition.Act) (petition.Facts, error) {
	var f petition.Facts
	inner := act
	if act.Action == petition.Approve {
		if p := proposalFor(sc, c, act.Leg); p != nil {
			inner = &p.Act
		}
	}
	if inner.Link != nil && inner.Link.Number != "" {
		if err := s.linkFacts(ctx, sc, inner.Link, &f); err != nil {
			return f, err
		}
	}
	if err := s.policyFacts(ctx, sc, c, inner, &f); err != nil {
		return f, err
	}
	if !inner.Handler.IsZero() {
		return f, s.handlerFacts(ctx, sc.actor.Unit, inner, &f)
	}
	return f, nil
}

// proposalFor is what waits for approval at a leg; at leg 0, the newest that waits at
// the actor's unit. nil if nothing does.
func proposalFor(sc scope, c *petition.Case, leg int) *petition.Proposal {
	if l := c.Leg(leg); l != nil {
		return l.Pending
	}
	for _, l := range slices.Backward(c.Legs) {
		if l.Unit == sc.actor.Unit && l.Pending != nil {
			return l.Pending
		}
	}
	return nil
}

// linkFacts finds the case that a link names, if the actor may see it; for the rules
// any other does not exist.
func (s *Store) linkFacts(ctx context.Context, sc scope, link *petition.Link, f *petition.Facts) error {
	id, err := s.Find(ctx, sc.actor, link.Number)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	h, err := s.hold(ctx, sc, id)
	if err != nil {
		return err
	}
	link.Case, f.Linked = id, h.c
	return nil
}

// handlerFacts finds the roles of the colleague named as handler, and the name as it
// is on file.
func (s *Store) handlerFacts(ctx context.Context, unit petition.UnitID, act *petition.Act, f *petition.Facts) error {
	var rows []struct {
		Name string `db:"name"`
		Role string `db:"role"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT s.name, r.role FROM staff s JOIN staff_role r ON r.staff = s.id
		WHERE s.id = ? AND s.unit = ? AND s.active = 1`, act.Handler, unit)
	for _, r := range rows {
		act.HandlerName = r.Name
		f.HandlerRoles = append(f.HandlerRoles, petition.Role(r.Role))
	}
	return err
}

// commit records events and stores them, with the views that belong to them.
func (s *Store) commit(ctx context.Context, h *held, events []petition.Event, views []view, now time.Time) error {
	parts, err := s.parts(ctx, h, events, now)
	if err != nil {
		return err
	}
	ch, err := s.record(ctx, h, events, now)
	if err != nil {
		return err
	}
	ch.views = views
	return s.writeTogether(ctx, append([]*change{ch}, parts...)...)
}

// whoWasFirst is the Conflict that tells who changed the case since the version that
// the caller saw, and when.
func (s *Store) whoWasFirst(ctx context.Context, id petition.ID, version int) error {
	var row struct {
		At   sql.Moment `db:"at"`
		By   string     `db:"by_kind"`
		Name string     `db:"name"`
	}
	err := s.db.Get(ctx, &row, `
		SELECT e.at, e.by_kind, COALESCE(s.name, '') AS name
		FROM event e LEFT JOIN staff s ON s.id = e.staff
		WHERE e.case_id = ? AND e.n = ?`, id, version+1)
	if petition.Is(err, petition.NotFound) {
		return overtaken()
	}
	if err != nil {
		return err
	}
	key := "error.conflict_by"
	if row.By == string(petition.ByPetitioner) {
		key = "error.conflict_petitioner"
	}
	return &petition.Error{Kind: petition.Conflict, Key: key, Args: map[string]string{
		"name": row.Name, "time": row.At.In(petition.Shanghai).Format("2006-01-02 15:04")}}
}
