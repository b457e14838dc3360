package officedb

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// many loads cases of one unit: submitted on a few days only, so that many are due at
// the same instant.
func (w *world) many(n int) {
	w.t.Helper()
	cases := make([]LoadedCase, 0, n)
	for i := range n {
		at := w.now.AddDate(0, 0, -(i % 7))
		f := aFiling(county, fmt.Sprintf("case %d", i))
		act := petition.Act{Action: petition.Submit, Filing: &f, Unit: county, At: at}
		rules, err := w.s.Rules(w.t.Context())
		w.must(err)
		events, err := petition.Decide(nil, petition.Petitioner, act, petition.Facts{}, rules, at)
		w.must(err)
		cases = append(cases, LoadedCase{ID: w.id(), Events: events})
	}
	w.must(w.s.Load(w.t.Context(), cases, w.now))
}

// walk reads a list page by page to its end.
func (w *world) walk(by petition.Actor, q backoffice.QueueQuery) []backoffice.QueueRow {
	w.t.Helper()
	var all []backoffice.QueueRow
	for {
		p, err := w.s.Queue(w.t.Context(), by, q)
		w.must(err)
		all = append(all, p.Rows...)
		if q.After = p.Next; p.Next == "" {
			return all
		}
	}
}

// total is the kept count of a queue; of all open ones for "".
func total(counts map[petition.Queue]int, q petition.Queue) int {
	if q != "" {
		return counts[q]
	}
	n := 0
	for queue, c := range counts {
		if queue != petition.Done {
			n += c
		}
	}
	return n
}

// Every case stands on exactly one page, in order, whatever the size of pages.
func TestQueuePagesHaveNoGapsAndNoDoubles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(130)
		registrar := w.who(county, petition.Registrar)
		for _, limit := range []int{1, 7, 25, 500} {
			rows := w.walk(registrar, backoffice.QueueQuery{Queue: petition.ToRegister, Limit: limit, Now: w.now})
			seen := make(map[petition.ID]bool)
			for _, r := range rows {
				seen[r.Case] = true
			}
			if len(rows) != 130 || len(seen) != 130 {
				t.Fatalf("pages of %d: %d rows, %d cases", limit, len(rows), len(seen))
			}
			if !slices.IsSortedFunc(rows, func(a, b backoffice.QueueRow) int { return a.Due.Compare(b.Due) }) {
				t.Fatalf("pages of %d are not by due date", limit)
			}
		}
		p, err := w.s.Queue(t.Context(), registrar, queueOf(petition.ToRegister, w.now))
		w.must(err)
		if len(p.Rows) != pageSize || p.Rows[0].Name != "周**" {
			t.Errorf("%d rows, name %q", len(p.Rows), p.Rows[0].Name)
		}
		w.sound()
	})
}

func TestQueueFilters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(14)
		id := w.registered(county, "handled")
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Distribute, Office: "org",
			Handler: w.who(county, petition.Handler).Staff})
		for _, c := range []struct {
			name string
			q    backoffice.QueueQuery
			want int
		}{
			{"all open", backoffice.QueueQuery{}, 15},
			{"topic", backoffice.QueueQuery{Topic: "C6"}, 15},
			{"group of topics", backoffice.QueueQuery{Topic: "C"}, 15},
			{"other group", backoffice.QueueQuery{Topic: "F"}, 0},
			{"track", backoffice.QueueQuery{Track: petition.Claim}, 15},
			{"other track", backoffice.QueueQuery{Track: petition.Advice}, 0},
			{"channel", backoffice.QueueQuery{Channel: petition.ByLetter}, 0},
			{"state", backoffice.QueueQuery{State: petition.Registered}, 1},
			{"from", backoffice.QueueQuery{From: "2026-03-02"}, 3},
			{"from to", backoffice.QueueQuery{From: "2026-02-28", To: "2026-03-01"}, 4},
			{"below", backoffice.QueueQuery{Unit: county2}, -1},
		} {
			c.q.Now = w.now
			p, err := w.s.Queue(t.Context(), w.who(county, petition.Registrar), c.q)
			if c.want < 0 {
				w.want(err, petition.NotFound)
				continue
			}
			w.must(err)
			if len(p.Rows) != c.want {
				t.Errorf("%s: %d rows, want %d", c.name, len(p.Rows), c.want)
			}
		}
		mine := w.walk(w.who(county, petition.Handler), backoffice.QueueQuery{Mine: true, Now: w.now})
		if len(mine) != 1 || mine[0].Title != "handled" || mine[0].Handler != "handler" {
			t.Errorf("mine: %+v", mine)
		}
		r, h := w.who(county, petition.Registrar), w.who(county, petition.Handler)
		for _, c := range []struct {
			by   petition.Actor
			q    backoffice.QueueQuery
			want int
		}{
			{h, backoffice.QueueQuery{Todo: true}, 1}, {r, backoffice.QueueQuery{Todo: true}, 14},
			{r, backoffice.QueueQuery{Todo: true, Queue: petition.ToTriage}, 0},
			{w.who(county, petition.Supervisor), backoffice.QueueQuery{Todo: true}, 0},
			{w.who(prov, petition.Leader), backoffice.QueueQuery{Below: true}, 15},
			{w.who(prov, petition.Leader), backoffice.QueueQuery{Below: true, Stage: string(petition.StageTriage)}, 1},
			{w.who(prov, petition.Leader), backoffice.QueueQuery{Below: true, Unit: county2}, 0},
			{r, backoffice.QueueQuery{Stage: backoffice.Active}, 15}, {r, backoffice.QueueQuery{Stage: "passed"}, 0},
		} {
			for _, limit := range []int{1, 4, 100} {
				c.q.Now, c.q.Limit = w.now, limit
				rows := w.walk(c.by, c.q)
				if len(rows) != c.want {
					t.Errorf("%+v: %d rows, want %d", c.q, len(rows), c.want)
				}
				if !slices.IsSortedFunc(rows, func(a, b backoffice.QueueRow) int { return a.Due.Compare(b.Due) }) {
					t.Errorf("%+v: not by due date", c.q)
				}
			}
			if counts, err := w.s.Counts(t.Context(), c.by, w.now); err != nil {
				t.Error(err)
			} else if sum := total(counts.Mine, ""); c.q.Todo && c.q.Queue == "" && sum != c.want {
				t.Errorf("%v: %d are theirs by the figures, %d by the list", c.by.Roles, sum, c.want)
			}
		}
		_, err := w.s.Queue(t.Context(), h, backoffice.QueueQuery{Below: true, Now: w.now})
		w.want(err, petition.NotFound)
		above := w.walk(w.who(city, petition.Leader), backoffice.QueueQuery{Unit: county, Now: w.now})
		if len(above) != 15 || above[0].Name != "" {
			t.Errorf("from above: %d rows, name %q", len(above), above[0].Name)
		}
	})
}

// The words over, soon and week mean the same in the list, in its figures and in the
// leader's table, on every day.
func TestDuesEqualTheLists(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(21)
		w.accepted(county, "accepted")
		registrar, leader := w.who(county, petition.Registrar), w.who(prov, petition.Leader)
		for day := range 25 {
			now := w.now.AddDate(0, 0, day)
			d, err := w.s.Dues(t.Context(), registrar, "", now)
			w.must(err)
			count := func(due string) int {
				return len(w.walk(registrar, backoffice.QueueQuery{Due: due, Now: now, Limit: 100}))
			}
			got := backoffice.DueCounts{Over: count("over"), Soon: count("soon"), Week: count("week"), Open: count("")}
			if got != d {
				t.Fatalf("day %d: lists %+v, figures %+v", day, got, d)
			}
			table, err := w.s.OpenCases(t.Context(), leader, "", now)
			w.must(err)
			var sum backoffice.DueCounts
			for _, c := range table {
				sum.Open, sum.Over, sum.Soon = sum.Open+c.Count, sum.Over+c.Over, sum.Soon+c.Soon
			}
			if sum.Week = d.Week; sum != d {
				t.Fatalf("day %d: table %+v, figures %+v", day, sum, d)
			}
		}
	})
}

func TestBadCursorsAndDaysAreRefused(t *testing.T) {
	w := newWorldSQLite(t)
	for _, q := range []backoffice.QueueQuery{{After: "x"}, {After: "AAAA"}, {From: "yesterday"}, {To: "2026-02-30"}} {
		_, err := w.s.Queue(t.Context(), w.who(county, petition.Registrar), q)
		w.want(err, petition.Invalid)
	}
}

func TestSortKeysOrderAsMeant(t *testing.T) {
	now := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	due := func(d time.Duration) legRow { return legRow{Open: true, Due: sql.Instant(now.Add(d))} }
	order := []legRow{
		due(-time.Hour), due(0), due(time.Microsecond), due(200 * 365 * 24 * time.Hour),
		{Open: true, Received: sql.Instant(now)}, {Open: true, Received: sql.Instant(now.Add(time.Second))},
		{Changed: sql.Instant(now.Add(time.Second))}, {Changed: sql.Instant(now)},
		{Changed: sql.Instant(now), N: 1},
	}
	for i := 1; i < len(order); i++ {
		if slices.Compare(order[i-1].sortKey(), order[i].sortKey()) >= 0 {
			t.Errorf("row %d does not stand before row %d", i-1, i)
		}
	}
}
