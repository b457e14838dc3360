package officedb

import (
	"context"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// adoptedAdvice are the suggestions of a subtree that were adopted, in whole or in part, and
// whose petitioners were answered between two instants, in order (scenario 2.6). What is
// sealed up, or what somebody must not know of, is not among them: the list is for many.
func (s *Store) adoptedAdvice(ctx context.Context, low, high string, from, to time.Time) ([]petition.AdoptedAdvice, error) {
	var rows []struct {
		Case    sql.ID `db:"case_id"`
		Number  string `db:"number"`
		Topic   string `db:"topic"`
		Outcome string `db:"outcome"`
		Reward  string `db:"reward"`
	}
	err := s.db.Select(ctx, &rows, `
		SELECT l.case_id, l.number, l.topic, d.outcome,
			COALESCE((SELECT CASE WHEN r.state = 'closed' THEN r.outcome ELSE 'proposed' END FROM duty r
				WHERE r.case_id = l.case_id AND r.kind = ? AND r.state <> 'withdrawn' ORDER BY r.id DESC LIMIT 1), '') AS reward
		FROM unit u JOIN leg l ON l.unit = u.id JOIN cases c ON c.id = l.case_id
			JOIN event v ON v.case_id = l.case_id AND v.leg = l.n AND v.action = ? AND v.at >= ? AND v.at < ?
			JOIN event d ON d.case_id = l.case_id AND d.n = (SELECT MAX(e.n) FROM event e
				WHERE e.case_id = l.case_id AND e.leg = l.n AND e.action = ? AND e.n < v.n)
		WHERE u.path >= ? AND u.path < ? AND l.track = ? AND c.sealed_up = 0 AND d.outcome IN (?, ?)
			AND NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.case_id = c.id)
		ORDER BY v.at, l.case_id, v.n`,
		petition.Reward, petition.Serve, from, to, petition.Draft, low, high, petition.Advice, petition.Adopted, petition.PartAdopted)
	if err != nil {
		return nil, err
	}
	var all []petition.AdoptedAdvice
	seen := make(map[sql.ID]int)
	for _, r := range rows {
		one := petition.AdoptedAdvice{Number: r.Number, Topic: petition.Topic(r.Topic), Outcome: petition.Outcome(r.Outcome), Reward: r.Reward}
		if at, ok := seen[r.Case]; ok { // answered anew: the newest counts
			all[at] = one
			continue
		}
		seen[r.Case] = len(all)
		all = append(all, one)
	}
	return all, nil
}
