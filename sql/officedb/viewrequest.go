package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// Petitioners ask who has looked at their data; the audit administrator of the unit, or of
// one above, answers from the log (personal information protection law, Arts. 44, 50).

// openRequest guards a statement about requests v of cases c. Its arguments are
// scope.requestGuard.
const openRequest = ` v.answered_at = 0 AND c.sealed_up = 0 AND u.path >= ? AND u.path < ?
	AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = c.id) `

func (sc scope) requestGuard() []any {
	low, high := subtree(sc.path)
	return []any{low, high, sc.actor.Staff}
}

// writeViewRequests keeps who waits for an answer, and who got it.
func (ch *change) writeViewRequests(ctx context.Context, tx sql.Tx) error {
	for _, e := range ch.events {
		switch petition.Action(e.Action) {
		case petition.AskViews:
			unit := ""
			for _, l := range ch.newLegs {
				if l.N == max(e.Leg, 1) {
					unit = l.Unit
				}
			}
			_, err := tx.Exec(ctx, `INSERT INTO view_request (case_id, n, unit, at, answered_at) VALUES (?, ?, ?, ?, 0)`,
				ch.id, e.N, unit, e.At)
			if err != nil {
				return err
			}
		case petition.AnswerViews:
			if _, err := tx.Exec(ctx, `UPDATE view_request SET answered_at = ? WHERE case_id = ? AND answered_at = 0`, e.At, ch.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// ViewRequests lists who waits to be told who has looked, the longest waiting first.
// NotFound for everybody but the audit administrator; only units of his subtree.
func (s *Store) ViewRequests(ctx context.Context, by petition.Actor) ([]backoffice.ViewRequest, error) {
	sc, err := s.administrator(ctx, by, petition.AuditAdmin)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Case   sql.ID     `db:"case_id"`
		At     sql.Moment `db:"at"`
		Unit   string     `db:"unit"`
		Number string     `db:"number"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT v.case_id, MIN(v.at) AS at, MIN(v.unit) AS unit, COALESCE(MIN(c.number), '') AS number
		FROM view_request v JOIN cases c ON c.id = v.case_id JOIN unit u ON u.id = v.unit WHERE`+openRequest+`
		GROUP BY v.case_id ORDER BY at, v.case_id LIMIT ?`, append(sc.requestGuard(), pageLargest)...)
	out := make([]backoffice.ViewRequest, 0, len(rows))
	for _, r := range rows {
		out = append(out, backoffice.ViewRequest{Case: petition.ID(r.Case), At: r.At.Time, Unit: petition.UnitID(r.Unit), Number: r.Number})
	}
	return out, err
}

// ViewRequest opens one: what was asked, and every look that the office's log has of the
// case. Nothing of the matter itself is shown. NotFound for what is answered, or not this
// auditor's.
func (s *Store) ViewRequest(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.ViewRequest, error) {
	h, req, err := s.viewRequest(ctx, by, id)
	if err != nil {
		return req, err
	}
	for _, n := range h.c.AskedViews {
		req.Words = append(req.Words, h.c.Events[n-1].Act.Text)
	}
	req.Looks, err = s.looks(ctx, id)
	return req, err
}

func (s *Store) viewRequest(ctx context.Context, by petition.Actor, id petition.ID) (*held, backoffice.ViewRequest, error) {
	var req backoffice.ViewRequest
	sc, err := s.administrator(ctx, by, petition.AuditAdmin)
	if err != nil {
		return nil, req, err
	}
	var row struct {
		Unit   string     `db:"unit"`
		At     sql.Moment `db:"at"`
		Number string     `db:"number"`
	}
	err = s.db.Get(ctx, &row, `
		SELECT v.unit, v.at, COALESCE(c.number, '') AS number
		FROM view_request v JOIN cases c ON c.id = v.case_id JOIN unit u ON u.id = v.unit WHERE`+openRequest+`
		AND v.case_id = ? ORDER BY v.n LIMIT 1`, append(sc.requestGuard(), id)...)
	if err != nil {
		return nil, req, err
	}
	req = backoffice.ViewRequest{Case: id, At: row.At.Time, Unit: petition.UnitID(row.Unit), Number: row.Number}
	h, err := s.holdAny(ctx, id)
	if err != nil {
		return nil, req, err
	}
	req.Version = h.c.Version()
	return h, req, nil
}

// looks is who looked at a case, with the posts they hold, oldest first.
func (s *Store) looks(ctx context.Context, id petition.ID) ([]backoffice.Look, error) {
	var rows []struct {
		At      sql.Moment `db:"at"`
		Staff   sql.ID     `db:"staff"`
		Name    string     `db:"name"`
		Unit    string     `db:"unit"`
		Action  string     `db:"action"`
		Purpose []byte     `db:"purpose"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT a.at, a.staff, s.name, a.unit, a.action, a.purpose FROM audit a JOIN staff s ON s.id = a.staff
		WHERE a.case_id = ? AND a.chain = ? AND a.action IN (?, ?, ?, ?) ORDER BY a.n`,
		id, officeChain, viewedIdentity, viewedFile, viewedCode, viewedNotice)
	if err != nil {
		return nil, err
	}
	posts := make(map[sql.ID][]petition.Role)
	var out []backoffice.Look
	for _, r := range rows {
		why, err := s.keys.master.Open(r.Purpose, purposePlace(id))
		if err != nil {
			return nil, err
		}
		if _, known := posts[r.Staff]; !known {
			var roles []petition.Role
			if err := s.db.Select(ctx, &roles, `SELECT role FROM staff_role WHERE staff = ? ORDER BY role`, r.Staff); err != nil {
				return nil, err
			}
			posts[r.Staff] = roles
		}
		out = append(out, backoffice.Look{Posts: posts[r.Staff], Viewed: backoffice.Viewed{At: r.At.Time, Name: r.Name,
			Unit: petition.UnitID(r.Unit), What: r.Action, Purpose: string(why)}})
	}
	return out, nil
}

// AnswerViews sends the answer to the petitioner's folder. It fails with NotFound for what
// is not this auditor's or answered, with Conflict if the case changed since it was read,
// and with what the rules say.
func (s *Store) AnswerViews(ctx context.Context, by petition.Actor, id petition.ID, version int, text string, now time.Time) error {
	h, _, err := s.viewRequest(ctx, by, id)
	if err != nil {
		return err
	}
	if h.c.Version() != version {
		return s.whoWasFirst(ctx, id, version)
	}
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	act := petition.Act{Action: petition.AnswerViews, Leg: max(h.c.Events[h.c.AskedViews[0]-1].Act.Leg, 1), Text: text}
	events, err := petition.Decide(h.c, sc.actor, act, petition.Facts{}, rules, now)
	if err != nil {
		return err
	}
	return s.commit(ctx, h, events, nil, now)
}
