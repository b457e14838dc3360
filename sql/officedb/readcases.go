package officedb

import (
	"context"

	"huiyin/petition"
	"huiyin/sql"
)

// readCase is a case as it is read for the index: with the revision it had.
type readCase struct {
	c        *petition.Case
	revision int64
}

// readCases reads many cases for the program itself, with one statement per table for a
// hundred of them. Those that were sealed up are left out.
func (s *Store) readCases(ctx context.Context, ids []petition.ID) (map[petition.ID]readCase, error) {
	out := make(map[petition.ID]readCase, len(ids))
	for part := range sql.Parts(ids) {
		shut, err := s.shutCases(ctx, part, ` c.sealed_up = 0`)
		if err != nil {
			return nil, err
		}
		for id, one := range shut {
			c, err := s.openShut(ctx, one)
			if err != nil {
				return nil, err
			}
			out[id] = readCase{c, one.row.Revision}
		}
	}
	return out, nil
}

// shutCase is a case as its rows tell of it, not opened yet: opening costs more than
// reading, and of many that are read few may be needed.
type shutCase struct {
	row    caseRow
	keys   []wrapped
	events []eventRow
}

// shutCases reads the rows of at most a hundred cases, one statement per table for all. A
// guard about cases c says which of them count; nothing is read of the others.
func (s *Store) shutCases(ctx context.Context, ids []petition.ID, guard string, args ...any) (map[petition.ID]*shutCase, error) {
	var cases []caseRow
	err := s.db.Select(ctx, &cases, `SELECT c.id, c.version, c.revision FROM cases c WHERE c.id IN (`+sql.Marks(len(ids))+`) AND`+guard,
		append(sql.Args(ids), args...)...)
	if err != nil || len(cases) == 0 {
		return nil, err
	}
	out := make(map[petition.ID]*shutCase, len(cases))
	seen := make([]petition.ID, len(cases))
	for i, row := range cases {
		seen[i] = petition.ID(row.ID)
		out[seen[i]] = &shutCase{row: row}
	}
	return out, s.addRows(ctx, seen, out)
}

// addRows reads keys and events.
func (s *Store) addRows(ctx context.Context, ids []petition.ID, to map[petition.ID]*shutCase) error {
	in, args := ` IN (`+sql.Marks(len(ids))+`)`, sql.Args(ids)
	var keys []struct {
		Case sql.ID `db:"case_id"`
		wrapped
	}
	err := s.db.Select(ctx, &keys, `SELECT case_id, holder, wrapped FROM case_key WHERE case_id`+in+` ORDER BY case_id, holder`, args...)
	if err != nil {
		return err
	}
	var events []struct {
		Case sql.ID `db:"case_id"`
		eventRow
	}
	err = s.db.Select(ctx, &events, `SELECT case_id, `+eventContent+` FROM event WHERE case_id`+in+` ORDER BY case_id, n`, args...)
	if err != nil {
		return err
	}
	for _, k := range keys {
		one := to[petition.ID(k.Case)]
		one.keys = append(one.keys, k.wrapped)
	}
	for _, e := range events {
		// What was added since the row was read belongs to the next revision.
		if one := to[petition.ID(e.Case)]; e.N <= one.row.Version {
			one.events = append(one.events, e.eventRow)
		}
	}
	return nil
}

// openShut opens what shutCases read.
func (s *Store) openShut(ctx context.Context, one *shutCase) (*petition.Case, error) {
	id := petition.ID(one.row.ID)
	key, err := s.unwrap(ctx, id, one.keys)
	if err != nil {
		return nil, err
	}
	return openEvents(id, key, one.events)
}
