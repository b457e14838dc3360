package officedb

import (
	"context"
	"slices"

	"huiyin/petition"
)

// walk is one list of those that a page takes its rows from: what was read of it and not
// taken yet.
type walk struct {
	page
	rows  []legRow
	ended bool // nothing comes after what was read
}

// readOn reads the next rows of a list.
func (w *walk) readOn(ctx context.Context, db selecter, d dialect, n int) error {
	w.limit, w.rows = n, nil
	if err := db.Select(ctx, &w.rows, w.statement(d), w.arguments()...); err != nil {
		return err
	}
	w.ended = len(w.rows) < n
	if !w.ended {
		w.after = w.rows[n-1].Sort
	}
	return nil
}

// nearest is the first rows of all the lists together, and whether there are more. Each
// is read a few rows at a time, and all together never more than half a page ahead of what
// is taken, less the looks at lists that have ended: what lies in several lists costs
// little more than what lies in one.
func nearest(ctx context.Context, db selecter, d dialect, pages []page, most int) (out []legRow, more bool, err error) {
	live := make([]*walk, 0, len(pages))
	for _, p := range pages {
		live = append(live, &walk{page: p})
	}
	for len(live) > 0 {
		n := share(live, most-len(out)+1, most/2-len(pages)+len(live))
		for _, w := range live {
			if len(w.rows) > 0 {
				continue
			}
			if err := w.readOn(ctx, db, d, n); err != nil {
				return nil, false, err
			}
		}
		out = append(out, take(live, most-len(out))...)
		ready := slices.ContainsFunc(live, func(w *walk) bool { return len(w.rows) > 0 })
		if len(out) == most && ready {
			return out, true, nil
		}
		live = slices.DeleteFunc(live, func(w *walk) bool { return w.ended && len(w.rows) == 0 })
	}
	return out, false, nil
}

// share is how many rows are read of each list that has none ready: all that are needed
// where it is the only one.
func share(live []*walk, needed, ahead int) int {
	empty := 0
	for _, w := range live {
		if len(w.rows) == 0 {
			empty++
		}
		ahead -= len(w.rows)
	}
	if len(live) == 1 {
		return needed
	}
	return max(1, min(needed, ahead/max(1, empty)))
}

// take takes rows in order, until a list that goes on has none ready.
func take(live []*walk, most int) []legRow {
	var out []legRow
	for len(out) < most {
		var first *walk
		for _, w := range live {
			if len(w.rows) == 0 {
				if !w.ended {
					return out
				}
				continue
			}
			if first == nil || slices.Compare(w.rows[0].Sort, first.rows[0].Sort) < 0 {
				first = w
			}
		}
		if first == nil {
			return out
		}
		out, first.rows = append(out, first.rows[0]), first.rows[1:]
	}
	return out
}

// walks are the pages of single queues that together make the one asked for.
func (p page) walks(sc scope) ([]page, error) {
	switch {
	case p.Todo:
		return p.todo(sc), nil
	case p.Below && !sc.actor.Is(overseers...):
		return nil, notFound()
	}
	return []page{p}, nil
}

// todo walks the queues from which something is this person's to do.
func (p page) todo(sc scope) []page {
	var all []page
	for _, q := range petition.Queues {
		if p.Queue != "" && p.Queue != q || p.unit != sc.actor.Unit {
			continue
		}
		one := p
		one.Queue, one.Mine, one.Below = q, false, false
		if q.For(sc.actor, petition.ID{0xff}) { // whoever has it
			all = append(all, one)
			continue
		}
		for _, handler := range []petition.ID{sc.actor.Staff, {}} {
			if q.For(sc.actor, handler) {
				one.handler = &handler
				all = append(all, one)
			}
		}
	}
	return all
}
