package officedb

import (
	"fmt"
	"sync"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// Filings that come at once share transactions; one that cannot be stored holds up none
// of its neighbours, and the kept figures are right.
func TestOneBadFilingAmongMany(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const n = 40
		there := w.id()
		take := func(id petition.ID, title string) error {
			return w.s.TakeFiling(t.Context(), w.taking(w.id(), exchange.UnitHolder(county)), exchange.SealedFiling{ID: id,
				Received: w.now, Filing: aFiling(county, title), Reading: exchange.NewKey()})
		}
		w.must(take(there, "there"))
		ids := make([]petition.ID, n)
		for i := range ids {
			ids[i] = w.id()
		}
		ids[7] = there // another item with a filing that is there
		tasks := make([]exchange.Taking, n)
		for i := range tasks {
			tasks[i] = w.taking(w.id(), exchange.UnitHolder(county))
		}
		var wg sync.WaitGroup
		errs := make([]error, n)
		for i := range ids {
			wg.Go(func() {
				errs[i] = w.s.TakeFiling(t.Context(), tasks[i], exchange.SealedFiling{ID: ids[i], Received: w.now,
					Filing: aFiling(county, fmt.Sprintf("filing %d", i)), Reading: exchange.NewKey()})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if i == 7 {
				w.want(err, petition.Conflict)
			} else if err != nil {
				t.Errorf("filing %d: %v", i, err)
			}
		}
		if rows := w.page(w.who(county, petition.Registrar), petition.ToRegister); len(rows) != min(n, pageSize) {
			t.Errorf("%d rows to register", len(rows))
		}
		left, err := w.s.Unseen(t.Context(), []petition.ID{tasks[6].Item, tasks[7].Item})
		w.must(err)
		if len(left) != 1 || left[0] != tasks[7].Item {
			t.Errorf("unseen: %v", left)
		}
		w.sound()
	})
}

// Statements of few lengths store any number of rows.
func TestRowsAtOnce(t *testing.T) {
	for left, want := range map[int]int{0: 0, 1: 1, 7: 7, 8: 8, 15: 8, 63: 56, 64: 64, 130: 128, 1000: 128} {
		if got := rowsAtOnce(left); got != want {
			t.Errorf("of %d rows %d at once, not %d", left, got, want)
		}
	}
}
