package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// What the compartment's own log says of digests: that one was read, and to whom it was put.
const (
	readDigest = "digest_read"
	putDigest  = "digest_put"
)

// Digest counts a month of the compartment's reports for its cadre supervisors, and for
// the leaders of its unit to whom that month was put; NotFound for everybody else. It fails
// with Invalid for what is no month. Reports about the reader are in no figure of his.
// That it was read is recorded first, in the compartment's own log.
func (s *Store) Digest(ctx context.Context, by petition.Actor, month string, now time.Time) (petition.Digest, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return petition.Digest{}, err
	}
	if err := s.mayDigest(ctx, sc, month); err != nil {
		return petition.Digest{}, err
	}
	_, to, err := petition.MonthSpan(month)
	if err != nil {
		return petition.Digest{}, err
	}
	if err := s.log(ctx, s.digestEntry(sc, readDigest, month, petition.ID{}, now)); err != nil {
		return petition.Digest{}, err
	}
	all, err := s.compartmentFiles(ctx, sc, to)
	if err != nil {
		return petition.Digest{}, err
	}
	return petition.DigestOf(month, all)
}

// compartmentFiles are the reports of the actor's compartment that came before an instant,
// without those about himself.
func (s *Store) compartmentFiles(ctx context.Context, sc scope, before time.Time) ([]*petition.CadreReport, error) {
	var ids []sql.ID
	err := s.db.Select(ctx, &ids, `SELECT id FROM report WHERE unit = ? AND moved_at = 0 AND received < ? ORDER BY id`, sc.actor.Unit, before)
	if err != nil {
		return nil, err
	}
	all := make([]*petition.CadreReport, 0, len(ids))
	for _, id := range ids {
		r, err := s.openReport(ctx, petition.ID(id))
		if err != nil {
			return nil, err
		}
		file, err := r.fold()
		if err != nil {
			return nil, err
		}
		if !file.HiddenFrom(sc.actor) {
			all = append(all, file)
		}
	}
	return all, nil
}

func (s *Store) mayDigest(ctx context.Context, sc scope, month string) error {
	if err := sc.mayReport(); err != nil || !sc.putUp() {
		return err
	}
	put, err := s.putDigests(ctx, sc)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(put, func(p backoffice.PutDigest) bool { return p.Month == month }) {
		return notFound()
	}
	return nil
}

// PutDigest puts a month to a leader of the unit. It checks: the actor is of the
// compartment (else NotFound); there is such a month, and it has begun; the other is an
// active leader of the same unit (Invalid).
func (s *Store) PutDigest(ctx context.Context, by petition.Actor, month string, leader petition.ID, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(petition.CadreSupervisor) {
		return notFound()
	}
	from, _, err := petition.MonthSpan(month)
	if err != nil {
		return err
	}
	if from.After(now) {
		return invalid("month", "problem.month_future")
	}
	var n int
	err = s.db.Get(ctx, &n, `
		SELECT 1 FROM staff s JOIN staff_role r ON r.staff = s.id WHERE s.id = ? AND s.unit = ? AND s.active = 1 AND r.role = ?`,
		leader, sc.actor.Unit, petition.Leader)
	if petition.Is(err, petition.NotFound) {
		return invalid("leader", "problem.choice")
	}
	if err != nil {
		return err
	}
	return s.log(ctx, s.digestEntry(sc, putDigest, month, leader, now))
}

func (s *Store) digestEntry(sc scope, action, month string, leader petition.ID, now time.Time) view {
	return view{chain: string(exchange.CadreHolder(sc.actor.Unit)), at: now, action: action, staff: sc.actor.Staff,
		unit: sc.actor.Unit, file: leader, purpose: s.keys.master.Seal([]byte(month), purposePlace(petition.ID{}))}
}

// PutDigests lists what was put: for the compartment to any leader, for a leader to him.
func (s *Store) PutDigests(ctx context.Context, by petition.Actor) ([]backoffice.PutDigest, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := sc.mayReport(); err != nil {
		return nil, err
	}
	return s.putDigests(ctx, sc)
}

func (s *Store) putDigests(ctx context.Context, sc scope) ([]backoffice.PutDigest, error) {
	var rows []struct {
		At      sql.Moment `db:"at"`
		Name    string     `db:"name"`
		Purpose []byte     `db:"purpose"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT a.at, COALESCE(s.name, '') AS name, a.purpose FROM audit a LEFT JOIN staff s ON s.id = a.file
		WHERE a.chain = ? AND a.action = ? AND (? = 0 OR a.file = ?) ORDER BY a.n DESC LIMIT ?`,
		exchange.CadreHolder(sc.actor.Unit), putDigest, sc.putUp(), sc.actor.Staff, pageLargest)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.PutDigest, 0, len(rows))
	for _, r := range rows {
		month, err := s.keys.master.Open(r.Purpose, purposePlace(petition.ID{}))
		if err != nil {
			return nil, err
		}
		out = append(out, backoffice.PutDigest{Month: string(month), At: r.At.Time, Leader: r.Name})
	}
	return out, nil
}
