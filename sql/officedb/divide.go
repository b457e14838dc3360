package officedb

import (
	"context"
	"slices"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// A divided petition (scenario 1.4): its parts are cases of their own, made in the
// transaction that divides it. The petitioner follows all of them under the one code:
// their views travel inside the parent's folder, under the parent's reading key.

// nameParts gives the parts of a petition that is being divided their ids, before the
// event that names them is sealed.
func nameParts(events []petition.Event, now time.Time) error {
	for i := range events {
		if events[i].Act.Action != petition.Divide {
			continue
		}
		for j := range events[i].Act.Parts {
			id, err := newID(now)
			if err != nil {
				return err
			}
			events[i].Act.Parts[j].Case = id
		}
	}
	return nil
}

// parts makes the changes that create the cases of a petition that these events
// divide; none for other events. The held parent learns of them, for its folder.
func (s *Store) parts(ctx context.Context, h *held, events []petition.Event, now time.Time) ([]*change, error) {
	at := slices.IndexFunc(events, func(e petition.Event) bool { return e.Act.Action == petition.Divide })
	if at < 0 {
		return nil, nil
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	divided, err := petition.Fold(h.c.ID, append(slices.Clone(h.c.Events), events...))
	if err != nil {
		return nil, err
	}
	h.parts = make(map[petition.ID]*petition.Case)
	var all []*change
	for i, act := range petition.Children(divided) {
		id := divided.Parts[i].Case
		first, err := petition.Decide(&petition.Case{ID: id}, petition.Registering(events[at].By), act, petition.Facts{}, rules, now)
		if err != nil {
			return nil, err
		}
		part := s.fresh(id, [32]byte{}, h.secrets.Portal)
		part.quiet = true // the parent's folder tells of it
		ch, err := s.record(ctx, part, first, now)
		if err != nil {
			return nil, err
		}
		ch.claimed = nil // its files stay claimed by the whole
		h.parts[id] = part.c
		all = append(all, ch)
	}
	return all, nil
}

// enclose adds to the view of a divided petition those of its matters.
func (s *Store) enclose(ctx context.Context, f *petition.Folder, h *held, r petition.Rules, now time.Time) error {
	for _, p := range h.c.Parts {
		part := h.parts[p.Case]
		if part == nil {
			held, err := s.holdAny(ctx, p.Case)
			if err != nil && !petition.Is(err, petition.NotFound) {
				return err
			}
			if err == nil {
				part = held.c
			}
		}
		f.Enclose(p, part, r, now)
	}
	return nil
}

// tellWhole puts the whole petition's view in the outbox after one of its parts
// changed.
func (s *Store) tellWhole(ctx context.Context, part *held, ch *change, r petition.Rules, now time.Time) error {
	whole, err := s.holdAny(ctx, part.c.Parent.Case)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil || whole.secrets.Reading == [32]byte{} {
		return err
	}
	whole.parts = map[petition.ID]*petition.Case{part.c.ID: part.c}
	f := petition.Project(whole.c, r, now)
	if err := s.enclose(ctx, &f, whole, r, now); err != nil {
		return err
	}
	ch.news = &newsChange{filing: whole.c.ID, wishes: petition.NewsWishes(whole.c.Events)}
	items, err := s.folderItems(whole, f, now)
	ch.items = append(ch.items, items...)
	return err
}

// matter finds the part that a petitioner's message means: parts count from 1, and 0
// is the whole.
func (s *Store) matter(ctx context.Context, h *held, n int) (*held, error) {
	if n < 1 || n > len(h.c.Parts) {
		return h, nil
	}
	part, err := s.holdAny(ctx, h.c.Parts[n-1].Case)
	if petition.Is(err, petition.NotFound) {
		return h, nil // sealed since: the whole keeps what was said
	}
	return part, err
}

// writeTogether stores a change and those that come with it, in one transaction.
func (s *Store) writeTogether(ctx context.Context, changes ...*change) error {
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		for _, ch := range changes {
			if err := s.write(ctx, tx, ch); err != nil {
				return err
			}
		}
		return nil
	})
}
