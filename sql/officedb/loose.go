package officedb

import (
	"context"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// looseMost is how many breaches of one sort the list names.
const looseMost = 200

// looseLegs is what an open leg lacks; each condition's argument is now or nobody's id. A
// day is wanted until the petitioner is answered, a person by name once it is to be handled;
// what waits for the petitioner or for another unit is theirs.
var looseLegs = map[backoffice.LooseWhy]string{
	backoffice.NoPerson: `l.queue IN ('handle', 'sign', 'serve', 'close') AND l.handler = ?`,
	backoffice.PersonGone: `l.handler <> ? AND NOT EXISTS (SELECT 1 FROM staff p
		WHERE p.id = l.handler AND p.unit = l.unit AND p.active = 1)`,
	backoffice.NoDay: `l.queue IN ('register', 'triage', 'approve', 'approve_unit', 'approve_leader', 'accept', 'handle', 'sign', 'serve')
		AND l.handler >= ? AND l.due_at = 0`,
	backoffice.PromiseLapsed: `l.clock = 'KX' AND l.due_at > 0 AND l.due_at < ?`,
}

// looseDuties is what a live duty lacks; each condition's argument is nobody's id.
var looseDuties = map[backoffice.LooseWhy]string{
	backoffice.NoPerson: `d.person >= ? AND NOT EXISTS (SELECT 1 FROM unit o WHERE o.id = d.owner AND o.closed = 0 AND o.successor = '')`,
	backoffice.PersonGone: `d.person <> ? AND NOT EXISTS (SELECT 1 FROM staff q
		WHERE q.id = d.person AND q.unit = d.owner AND q.active = 1)`,
	backoffice.NoDay: `d.person >= ? AND d.due_day = ''`,
}

// LooseEnds lists every open case and duty that lacks a person or a day, and every promise
// whose day has passed. What is sealed stands in no leg, and no duty is about it.
func (s *Store) LooseEnds(ctx context.Context, by petition.Actor, now time.Time) (all []backoffice.LooseEnd, more bool, err error) {
	sc, err := s.overseersOnly(ctx, by)
	if err != nil {
		return nil, false, err
	}
	for _, why := range backoffice.LooseWhys {
		legs, cut, err := s.looseLegs(ctx, sc, why, now)
		if err != nil {
			return nil, false, err
		}
		duties, cutDuties, err := s.looseDuties(ctx, sc, why)
		if err != nil {
			return nil, false, err
		}
		all, more = append(append(all, legs...), duties...), more || cut || cutDuties
	}
	return all, more, nil
}

func (s *Store) looseLegs(ctx context.Context, sc scope, why backoffice.LooseWhy, now time.Time) (all []backoffice.LooseEnd, more bool, err error) {
	low, high := subtree(sc.path)
	arg := any(petition.ID{})
	if why == backoffice.PromiseLapsed {
		arg = now
	}
	var rows []legRow
	err = s.db.Select(ctx, &rows, `SELECT `+legColumns+` FROM leg l JOIN unit u ON u.id = l.unit
		WHERE u.path >= ? AND u.path < ? AND l.is_open = 1 AND l.state NOT IN ('sealed_up', 'passed')
			AND `+looseLegs[why]+` AND`+visibleLeg+`ORDER BY l.received, l.case_id, l.n LIMIT ?`,
		low, high, arg, sc.actor.Staff, looseMost+1)
	if err != nil {
		return nil, false, err
	}
	more = len(rows) > looseMost
	lines, err := s.lines(ctx, sc, rows[:min(len(rows), looseMost)])
	for _, l := range lines {
		end := backoffice.LooseEnd{Why: why, Case: l.Case, Leg: l.Leg, Unit: l.Unit, Number: l.Number, Title: l.Title, Person: l.Handler}
		if !l.Due.IsZero() {
			end.Due = petition.Day(l.Due)
		}
		all = append(all, end)
	}
	return all, more, err
}

func (s *Store) looseDuties(ctx context.Context, sc scope, why backoffice.LooseWhy) (all []backoffice.LooseEnd, more bool, err error) {
	lacks, ok := looseDuties[why]
	if !ok {
		return nil, false, nil
	}
	var rows []dutyRow
	err = s.db.Select(ctx, &rows, dutyColumns+lacks+` AND d.state IN ('open', 'answered') AND`+visibleDuty+`ORDER BY d.due_day, d.id LIMIT ?`,
		append(append([]any{petition.ID{}}, sc.dutyGuard()...), looseMost+1)...)
	if err != nil {
		return nil, false, err
	}
	more = len(rows) > looseMost
	duties, err := s.openDutyRows(ctx, rows[:min(len(rows), looseMost)])
	for _, d := range duties {
		all = append(all, backoffice.LooseEnd{Why: why, Duty: d.ID, Unit: d.Owner, Number: d.Number, Title: d.Title, Person: d.Person, Due: d.Due})
	}
	return all, more, err
}
