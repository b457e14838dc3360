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
		if err := s.readPart(ctx, part, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Store) readPart(ctx context.Context, ids []petition.ID, out map[petition.ID]readCase) error {
	in, args := ` IN (`+sql.Marks(len(ids))+`)`, sql.Args(ids)
	var cases []caseRow
	err := s.db.Select(ctx, &cases, `SELECT id, version, revision FROM cases WHERE sealed_up = 0 AND id`+in, args...)
	if err != nil {
		return err
	}
	var keys []struct {
		Case sql.ID `db:"case_id"`
		wrapped
	}
	err = s.db.Select(ctx, &keys, `SELECT case_id, holder, wrapped FROM case_key WHERE case_id`+in+` ORDER BY case_id, holder`, args...)
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
	wraps, told := make(map[sql.ID][]wrapped), make(map[sql.ID][]eventRow)
	for _, k := range keys {
		wraps[k.Case] = append(wraps[k.Case], k.wrapped)
	}
	for _, e := range events {
		told[e.Case] = append(told[e.Case], e.eventRow)
	}
	for _, row := range cases {
		id := petition.ID(row.ID)
		key, err := s.unwrap(ctx, id, wraps[row.ID])
		if err != nil {
			return err
		}
		// What was added since the row was read belongs to the next revision.
		c, err := openEvents(id, key, told[row.ID][:min(row.Version, len(told[row.ID]))])
		if err != nil {
			return err
		}
		out[id] = readCase{c, row.Revision}
	}
	return nil
}
