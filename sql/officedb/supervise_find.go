package officedb

import (
	"context"
	"strconv"
	"strings"

	"huiyin/petition"
	"huiyin/sql"
)

// missed finds the open legs of a unit whose day has passed. Who assigned a case supervises
// it, or else the unit above.
func (j supervising) missed(ctx context.Context, unit petition.UnitID) ([]ground, error) {
	var rows []struct {
		Case   sql.ID `db:"case_id"`
		N      int    `db:"n"`
		Kind   string `db:"kind"`
		Number string `db:"number"`
		Due    string `db:"due_day"`
		Clock  string `db:"clock"`
	}
	err := j.s.db.Select(ctx, &rows, `
		SELECT l.case_id, l.n, l.kind, l.number, l.due_day, l.clock FROM leg l
		WHERE l.unit = ? AND l.is_open = 1 AND l.due_at > 0 AND l.due_at < ? AND l.number <> ''
			AND NOT EXISTS (SELECT 1 FROM duty_cause k WHERE k.about = l.case_id AND k.part = l.n AND k.fact = l.due_day)
		ORDER BY l.sort`, unit, j.now)
	var found []ground
	for _, l := range rows {
		duty, ok := j.text.Duty[l.Clock]
		if !ok { // the day is a house target, or the petitioner's own
			continue
		}
		id := petition.ID(l.Case)
		from, err := j.overseerOf(ctx, id, l.N, petition.LegKind(l.Kind), unit)
		if err != nil {
			return nil, err
		}
		found = append(found, ground{Cause: petition.CauseOf(petition.ClockKind(l.Clock)), About: id, Part: l.N, Fact: l.Due,
			From: from, Owner: unit, Case: id, Words: j.text.Missed,
			Say: strings.NewReplacer("{number}", l.Number, "{day}", l.Due, "{duty}", duty)})
	}
	return found, err
}

// overseerOf is the unit that supervises a leg: who assigned it, or the unit above.
func (j supervising) overseerOf(ctx context.Context, id petition.ID, leg int, kind petition.LegKind, unit petition.UnitID) (petition.UnitID, error) {
	if kind == petition.Assignment {
		h, err := j.s.holdAny(ctx, id)
		if err != nil {
			return "", err
		}
		if sender := h.c.Leg(h.c.Leg(leg).From); sender != nil {
			return sender.Unit, nil
		}
	}
	return j.superior(unit), nil
}

// unanswered finds the instructions, supervisions and tracked decisions of a unit whose day
// has passed without an answer: who set them asks for it; and the marks of what is important
// that it has not reported (迟报, scenario 11.2): the unit above does.
func (j supervising) unanswered(ctx context.Context, unit petition.UnitID) ([]ground, error) {
	var rows []struct {
		ID    sql.ID `db:"id"`
		Kind  string `db:"kind"`
		From  string `db:"from_unit"`
		Case  sql.ID `db:"case_id"`
		Due   string `db:"due_day"`
		Title []byte `db:"title"`
	}
	err := j.s.db.Select(ctx, &rows, `
		SELECT d.id, d.kind, d.from_unit, d.case_id, d.due_day, d.title FROM duty d
		WHERE d.owner = ? AND d.state = 'open' AND d.due_day < ? AND d.kind IN ('instruction', 'supervision', 'tracking', 'flag')
			AND NOT EXISTS (SELECT 1 FROM duty_cause k WHERE k.about = d.id AND k.part = 0 AND k.fact = d.due_day)
		ORDER BY d.due_day, d.id`, unit, petition.Day(j.now))
	if err != nil {
		return nil, err
	}
	ids := make([]petition.ID, len(rows))
	for i, r := range rows {
		ids[i] = petition.ID(r.ID)
	}
	keys, err := j.s.dutyKeys(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make([]ground, len(rows))
	for i, r := range rows {
		title, err := keys[ids[i]].Open(r.Title, dutyTitlePlace(ids[i]))
		if err != nil {
			return nil, err
		}
		found[i] = ground{Cause: petition.NoFeedback, About: ids[i], Fact: r.Due, From: petition.UnitID(r.From), Owner: unit,
			Case: petition.ID(r.Case), Words: j.text.Unanswered, Say: strings.NewReplacer("{title}", string(title), "{day}", r.Due)}
		if petition.DutyKind(r.Kind) == petition.Flagged {
			found[i].From, found[i].Words = j.superior(unit), j.text.Unreported
		}
	}
	return found, nil
}

// breaches finds what the records of a unit's open cases show (petition.Case.Breaches). The
// unit that found it supervises, if the other is its own or lies below it; or else the unit
// above that one. Nothing in the compartment of reports about cadres is looked at.
func (j supervising) breaches(ctx context.Context, unit petition.UnitID) ([]ground, error) {
	var ids []sql.ID
	err := j.s.db.Select(ctx, &ids, `
		SELECT DISTINCT l.case_id FROM leg l JOIN cases c ON c.id = l.case_id
		WHERE l.unit = ? AND l.is_open = 1 AND c.sealed_up = 0 AND l.number <> '' AND l.track <> ?
			AND EXISTS (SELECT 1 FROM event e WHERE e.case_id = l.case_id AND e.action IN (?, ?, ?))`,
		unit, petition.Report, petition.Overrule, petition.RuleReceiver, petition.AuditReturn)
	if err != nil {
		return nil, err
	}
	var found []ground
	for _, id := range ids {
		h, err := j.s.holdAny(ctx, petition.ID(id))
		if err != nil {
			return nil, err
		}
		for _, b := range h.c.Breaches() {
			if h.c.Leg(b.Leg).Unit != unit {
				continue
			}
			g, ok, err := j.breach(ctx, h.c, b, unit)
			if err != nil {
				return nil, err
			}
			if ok {
				found = append(found, g)
			}
		}
	}
	return found, nil
}

// breach is what one is drafted for; not ok where it was already.
func (j supervising) breach(ctx context.Context, c *petition.Case, b petition.Breach, unit petition.UnitID) (g ground, ok bool, err error) {
	g = ground{Cause: b.Cause, About: c.ID, Part: b.Leg, Fact: strconv.Itoa(b.Event), From: b.By, Owner: unit, Case: c.ID,
		Words: j.text.Breach[string(b.Cause)], Say: strings.NewReplacer("{number}", c.Number, "{day}", b.Day)}
	if !j.mayOwn(g) {
		g.From = j.superior(unit)
	}
	var n int
	err = j.s.db.Get(ctx, &n, `SELECT COUNT(*) FROM duty_cause k WHERE k.about = ? AND k.part = ? AND k.fact = ?`, g.About, g.Part, g.Fact)
	return g, err == nil && n == 0, err
}
