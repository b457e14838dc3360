package officedb

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"huiyin/backoffice"
	"huiyin/petition"
)

// indexed opens an index for the world and brings it up to date.
func (w *world) indexed() (*Index, string) {
	w.t.Helper()
	file := filepath.Join(w.t.TempDir(), "search.db")
	x, err := w.s.OpenIndex(w.t.Context(), file)
	w.must(err)
	w.t.Cleanup(func() { x.Close() })
	w.must(x.Feed(w.t.Context()))
	return x, file
}

func (w *world) search(by petition.Actor, q backoffice.SearchQuery) []string {
	w.t.Helper()
	page, err := w.s.Search(w.t.Context(), by, q, w.now)
	w.must(err)
	var titles []string
	for _, r := range page.Rows {
		titles = append(titles, r.Title)
	}
	return titles
}

func (w *world) about(unit petition.UnitID, title, facts string) petition.ID {
	f := aFiling(unit, title)
	f.Facts = facts
	return w.filed(f)
}

// Words of two characters and more, newest first, in whatever the case says; a single
// character is refused at its field.
func TestSearchFindsWords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.about(county, "党龄少算两年", "组织关系转接时漏记了一九九八年。")
		w.now = w.now.Add(time.Second)
		second := w.about(county, "补贴没有发", "驻村补贴停发，组织关系已经转出。")
		x, _ := w.indexed()
		registrar := w.who(county, petition.Registrar)
		for words, want := range map[string][]string{
			"组织关系":  {"补贴没有发", "党龄少算两年"},
			"补贴":    {"补贴没有发"},
			"关系 补贴": {"补贴没有发"},
			"系组":    nil,
			"党龄补贴":  nil,
		} {
			if got := w.search(registrar, backoffice.SearchQuery{Words: words}); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", words, got, want)
			}
		}
		_, err := w.s.Search(t.Context(), registrar, backoffice.SearchQuery{Words: "补"}, w.now)
		w.want(err, petition.Invalid)
		_, err = w.s.Search(t.Context(), registrar, backoffice.SearchQuery{}, w.now)
		w.want(err, petition.Invalid)

		w.do(registrar, second, petition.Act{Action: petition.Register, Topic: "C7"})
		w.do(registrar, second, petition.Act{Action: petition.Note, Text: "已电话联系财政局"})
		w.must(x.Feed(t.Context()))
		if got := w.search(registrar, backoffice.SearchQuery{Words: "财政局"}); len(got) != 1 {
			t.Errorf("a note of today: %v", got)
		}
		if got := w.search(registrar, backoffice.SearchQuery{Topic: "C7"}); len(got) != 1 {
			t.Errorf("by topic: %v", got)
		}
	})
}

// A name is looked for whole, with a purpose, by those who may see names.
func TestSearchByNameNeedsAPurpose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.filed(aFiling(county, "Party age"))
		w.indexed()
		registrar := w.who(county, petition.Registrar)
		_, err := w.s.Search(t.Context(), registrar, backoffice.SearchQuery{Name: "周明华"}, w.now)
		w.want(err, petition.Invalid)
		if got := w.search(registrar, backoffice.SearchQuery{Name: "周明华", Purpose: "来电询问进展"}); len(got) != 1 {
			t.Errorf("by name: %v", got)
		}
		_, err = w.s.Search(t.Context(), w.who(county, petition.Leader), backoffice.SearchQuery{Name: "周明华", Purpose: "x"}, w.now)
		w.want(err, petition.Forbidden)
		_, err = w.s.Search(t.Context(), w.who(county, petition.SystemAdmin), backoffice.SearchQuery{Words: "Party"}, w.now)
		w.want(err, petition.NotFound)
	})
}

// What one may not see leaves no trace in what is found: as if it had never been.
func TestSearchHidesWhatIsHidden(t *testing.T) {
	w := newWorldSQLite(t)
	hidden := w.about(county, "甲的事", "共同的词语在这里。")
	w.about(county2, "乙的事", "共同的词语在那里。")
	sealed := w.registered(county, "丙的事")
	x, _ := w.indexed()
	registrar := w.who(county, petition.Registrar)
	w.do(w.who(county, petition.OfficeHead), sealed, petition.Act{Action: petition.SealUp, Reason: "a report"})
	w.must(x.Feed(t.Context()))
	if got := w.search(registrar, backoffice.SearchQuery{Words: "丙的事"}); got != nil {
		t.Errorf("sealed up: %v", got)
	}
	if got := w.search(registrar, backoffice.SearchQuery{Words: "共同的词语"}); !slices.Equal(got, []string{"甲的事"}) {
		t.Errorf("own unit: %v", got)
	}
	if got := w.search(w.who(city, petition.Registrar), backoffice.SearchQuery{Words: "共同的词语"}); len(got) != 2 {
		t.Errorf("the city: %v", got)
	}
	w.must(w.s.Exclude(t.Context(), hidden, registrar.Staff, w.now))
	if got := w.search(registrar, backoffice.SearchQuery{Words: "共同的词语"}); got != nil {
		t.Errorf("excluded: %v", got)
	}
}

// The file holds no word of any text, and comes back when it is deleted.
func TestIndexHoldsNoWordsAndComesBack(t *testing.T) {
	w := newWorldSQLite(t)
	w.about(county, "金丝雀标题", "canary words and 金丝雀词语 stand here")
	x, file := w.indexed()
	w.must(x.Close())
	for _, name := range []string{file, file + "-wal"} {
		b, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, word := range []string{"canary", "金丝", "周明华", "words"} {
			if strings.Contains(string(b), word) {
				t.Errorf("%s holds %q", name, word)
			}
		}
	}
	w.must(os.Remove(file))
	os.Remove(file + "-wal")
	os.Remove(file + "-shm")
	_, err := w.s.Search(t.Context(), w.who(county, petition.Registrar), backoffice.SearchQuery{Words: "金丝雀"}, w.now)
	w.want(err, petition.Unavailable)
	w.indexed()
	if got := w.search(w.who(county, petition.Registrar), backoffice.SearchQuery{Words: "金丝雀"}); len(got) != 1 {
		t.Errorf("after the rebuild: %v", got)
	}
}

// A search for who is reported finds nothing, and the compartment learns of it.
func TestScenario2_2_ASearchForTheReportedIsFoundLater(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.reported(county)
	w.indexed()
	if got := w.search(w.who(county, petition.Registrar), backoffice.SearchQuery{Words: "somebody"}); got != nil {
		t.Errorf("found %v", got)
	}
	w.search(w.who(county, petition.Registrar), backoffice.SearchQuery{Words: "nothing"})
	touched, err := w.s.Touched(t.Context(), w.who(county, petition.CadreSupervisor), w.now.AddDate(0, 0, -1))
	if err != nil || len(touched) != 1 || touched[0].Report != id || touched[0].Name != "registrar" {
		t.Errorf("%+v, %v", touched, err)
	}
	_, err = w.s.Touched(t.Context(), w.who(county, petition.AuditAdmin), w.now)
	w.want(err, petition.NotFound)
}

// Pages go on exactly where the one before ended.
func TestSearchPages(t *testing.T) {
	w := newWorldSQLite(t)
	for i := range 47 {
		w.now = w.now.Add(time.Second)
		w.about(county, fmt.Sprint("第", i), "共同的词语")
	}
	w.indexed()
	var all []string
	q := backoffice.SearchQuery{Words: "共同的词语"}
	for range 10 {
		page, err := w.s.Search(t.Context(), w.who(county, petition.Handler), q, w.now)
		w.must(err)
		for _, r := range page.Rows {
			all = append(all, r.Title)
		}
		if q.Before = page.Next; page.Next == 0 {
			break
		}
	}
	if len(all) != 47 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != 47 || all[0] != "第46" {
		t.Errorf("%d rows, the first %s", len(all), all[0])
	}
}

// Whoever finds a case by search can open it, and whoever can open it finds it.
func TestSearchAgreesWithAccess(t *testing.T) {
	w := newWorldSQLite(t)
	units := []petition.UnitID{prov, city, county, county2}
	var ids []petition.ID
	for i := range 12 {
		id := w.about(units[i%4], fmt.Sprint("第", i), "共同的词语")
		ids = append(ids, id)
		if i%3 == 0 {
			w.do(w.who(units[i%4], petition.Registrar), id, registerAct())
		}
	}
	w.indexed()
	rapid.Check(t, func(t *rapid.T) {
		by := w.who(rapid.SampledFrom(units).Draw(t, "unit"), rapid.SampledFrom(petition.Roles).Draw(t, "role"))
		if id := rapid.SampledFrom(ids).Draw(t, "case"); rapid.IntRange(0, 9).Draw(t, "exclude") == 0 {
			w.must(w.s.Exclude(w.t.Context(), id, by.Staff, w.now))
		}
		page, err := w.s.Search(w.t.Context(), by, backoffice.SearchQuery{Words: "共同的词语"}, w.now)
		if petition.Is(err, petition.NotFound) {
			page = backoffice.SearchPage{}
		} else if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			_, err := w.s.Case(w.t.Context(), by, id)
			hit := slices.ContainsFunc(page.Rows, func(r backoffice.QueueRow) bool { return r.Case == id })
			if hit != (err == nil) {
				t.Fatalf("%s of %s: found %v, opens %v", by.Name, by.Unit, hit, err)
			}
		}
	})
}
