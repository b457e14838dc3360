package officedb

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// What is read for many cases at once is what is read for each alone, and of a case that
// the reader may not see nothing is read at all.
func TestManyCasesAreReadAsEachAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		mine, other := w.accepted(county, "档案材料缺失"), w.registered(county2, "别处的事")
		hidden := w.about(county, "须回避的事", "共同的词语")
		registrar := w.who(county, petition.Registrar)
		w.must(w.s.Exclude(t.Context(), hidden, registrar.Staff, w.now))
		sc, err := w.s.scopeOf(t.Context(), registrar)
		w.must(err)
		ids := []petition.ID{mine, other, hidden}
		shut, err := w.s.shutCases(t.Context(), ids, visibleCase, sc.guard()...)
		w.must(err)
		legs, err := legsOfMany(t.Context(), w.s.db, ids)
		w.must(err)
		if len(shut) != 1 || shut[mine] == nil {
			t.Fatalf("read %d cases", len(shut))
		}
		c, err := w.s.openShut(t.Context(), shut[mine])
		w.must(err)
		h, err := w.s.hold(t.Context(), sc, mine)
		w.must(err)
		if !reflect.DeepEqual(c, h.c) || !reflect.DeepEqual(legs[mine], h.legs) {
			t.Errorf("together: %+v %+v\nalone: %+v %+v", c, legs[mine], h.c, h.legs)
		}
	})
}

// A page is full although more of the newest hits than are read at once are not for its
// reader.
func TestSearchLooksPastABatchThatIsHidden(t *testing.T) {
	w := newWorldSQLite(t)
	registrar := w.who(county, petition.Registrar)
	for i := range searchPage + searchBatch + 5 {
		w.now = w.now.Add(time.Second)
		id := w.about(county, fmt.Sprint("第", i), "共同的词语")
		if i >= searchPage {
			w.must(w.s.Exclude(t.Context(), id, registrar.Staff, w.now))
		}
	}
	w.indexed()
	page, err := w.s.Search(t.Context(), registrar, backoffice.SearchQuery{Words: "共同的词语"}, w.now)
	w.must(err)
	if len(page.Rows) != searchPage || page.Rows[0].Title != fmt.Sprint("第", searchPage-1) || page.Next != 0 || page.Narrow {
		t.Errorf("%d rows, next %d, narrow %v: %+v", len(page.Rows), page.Next, page.Narrow, page.Rows)
	}
}
