package officedb

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huiyin/backoffice"
	"huiyin/petition"
)

// toldOf is a report with facts of its own.
func (w *world) toldOf(unit petition.UnitID, title, facts string) petition.ID {
	w.t.Helper()
	w.now = w.now.Add(1e6)
	f := aReport(unit, title)
	f.Facts = facts
	return w.filed(f)
}

func (w *world) findReports(by petition.Actor, words string) []string {
	w.t.Helper()
	page, err := w.s.SearchReports(w.t.Context(), by, words, 0, w.now)
	w.must(err)
	var titles []string
	for _, r := range page.Rows {
		titles = append(titles, r.Title)
	}
	return titles
}

// The compartment finds words of what was reported and of what was done about it, newest
// first; what is new is there at once.
func TestTheCompartmentFindsItsReports(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.toldOf(county, "任用前没有推荐", "考察前没有在单位民主推荐。")
		w.toldOf(county2, "别处的一件", "考察前没有在单位民主推荐。")
		w.indexed()
		reader := w.who(county, petition.CadreSupervisor)
		if got := w.findReports(reader, "民主推荐"); !slices.Equal(got, []string{"任用前没有推荐"}) {
			t.Errorf("own compartment: %v", got)
		}
		w.toldOf(county, "又一件", "民主推荐的票没有当场数。")
		w.inCompartment(reader, first, cadreAct(petition.CadreRegister, petition.CadreStep{
			Reported: []petition.Respondent{{Reported: petition.Reported{Name: "欧阳某", Unit: "水务局"}, Manager: county}}}))
		for words, want := range map[string][]string{
			"民主推荐": {"又一件", "任用前没有推荐"}, "水务局": {"任用前没有推荐"}, "Somebody": {"又一件", "任用前没有推荐"},
			"推荐 当场": {"又一件"}, "主推 民荐": nil, "周明华": nil, // who reported is not searched
		} {
			if got := w.findReports(reader, words); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", words, got, want)
			}
		}
		for _, bad := range []string{"", "推", "  "} {
			_, err := w.s.SearchReports(t.Context(), reader, bad, 0, w.now)
			w.want(err, petition.Invalid)
		}
	})
}

// What was sealed up is gone from the index below, and found above; whoever is reported
// finds nothing.
func TestWhatLeftTheCompartmentIsNotFoundThere(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.toldOf(county, "请上级看", "电话打招呼安排亲戚。")
	about := w.toldOf(county, "反映监督干部", "监督干部打招呼。")
	w.indexed()
	below, above := w.who(county, petition.CadreSupervisor), w.who(city, petition.CadreSupervisor)
	if got := w.findReports(below, "打招呼"); len(got) != 2 {
		t.Fatalf("before: %v", got)
	}
	second := w.hire(county, "second", petition.CadreSupervisor)
	w.inCompartment(second, about, cadreAct(petition.CadreRegister, petition.CadreStep{
		Reported: []petition.Respondent{{Reported: petition.Reported{Name: "他"}, Manager: county, Staff: below.Staff}}}))
	w.inCompartment(below, id, cadreAct(petition.SendUp, petition.CadreStep{}))
	if got := w.findReports(below, "打招呼"); got != nil {
		t.Errorf("below: %v", got)
	}
	if got := w.findReports(second, "打招呼"); len(got) != 1 {
		t.Errorf("a colleague who is not reported: %v", got)
	}
	if got := w.findReports(above, "打招呼"); len(got) != 1 {
		t.Errorf("above: %v", got)
	}
}

// The files hold no words and no unit, each compartment's tokens differ, the ordinary
// index knows none of them, and all come back when they are deleted.
func TestTheCompartmentsIndexIsItsOwn(t *testing.T) {
	w := newWorldSQLite(t)
	w.toldOf(county, "金丝雀标题", "canary words and 金丝雀词语 stand here")
	w.toldOf(county2, "金丝雀标题", "canary words and 金丝雀词语 stand here")
	x, file := w.indexed()
	one, other := w.who(county, petition.CadreSupervisor), w.who(county2, petition.CadreSupervisor)
	if a, b := w.findReports(one, "金丝雀"), w.findReports(other, "金丝雀"); len(a) != 1 || len(b) != 1 {
		t.Fatalf("%v, %v", a, b)
	}
	var logged [][]byte
	w.must(w.db.Select(t.Context(), &logged, `SELECT tokens FROM search_log ORDER BY id`))
	if len(logged) != 2 || slices.Equal(logged[0], logged[1]) || len(logged[0]) != len(logged[1]) {
		t.Errorf("the searches are kept as %x", logged)
	}
	var n int
	w.must(x.db.Get(t.Context(), &n, `SELECT COUNT(*) FROM ref`))
	if n != 0 {
		t.Errorf("%d reports in the ordinary index", n)
	}
	w.must(x.Close())
	files, err := filepath.Glob(file + "*/*")
	w.must(err)
	if len(files) < 2 {
		t.Fatalf("files: %v", files)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		w.must(err)
		for _, word := range []string{"canary", "金丝", string(county), string(county2)} {
			if strings.Contains(string(b)+name, word) {
				t.Errorf("%s holds %q", name, word)
			}
		}
	}
	w.must(os.RemoveAll(file + ".sealed"))
	_, err = w.s.SearchReports(t.Context(), one, "金丝雀", 0, w.now)
	w.want(err, petition.Unavailable)
	w.indexed()
	if got := w.findReports(one, "金丝雀"); len(got) != 1 {
		t.Errorf("after the rebuild: %v", got)
	}
}

func TestReportSearchPages(t *testing.T) {
	w := newWorldSQLite(t)
	for i := range searchPage + 7 {
		w.toldOf(county, fmt.Sprint("第", i), "共同的词语")
	}
	w.indexed()
	reader := w.who(county, petition.CadreSupervisor)
	first, err := w.s.SearchReports(t.Context(), reader, "共同的词语", 0, w.now)
	w.must(err)
	rest, err := w.s.SearchReports(t.Context(), reader, "共同的词语", first.Next, w.now)
	w.must(err)
	if len(first.Rows) != searchPage || len(rest.Rows) != 7 || rest.Next != 0 || rest.Rows[6].Title != "第0" {
		t.Errorf("%d rows, then %d, next %d", len(first.Rows), len(rest.Rows), rest.Next)
	}
}

// Whoever may open a report finds it, and nobody else: for all others a word that stands in
// a report answers like one that stands nowhere, byte for byte, in either search.
func TestReportSearchAgreesWithAccess(t *testing.T) {
	w := newWorldSQLite(t)
	units := []petition.UnitID{prov, city, county, county2}
	ids := make(map[petition.ID]bool)
	for i := range 12 {
		ids[w.toldOf(units[i%4], fmt.Sprint("第", i), "密封的词语")] = true
		w.about(units[i%4], fmt.Sprint("普通", i), "普通的词语")
	}
	x, _ := w.indexed()
	rapid.Check(t, func(t *rapid.T) {
		by := w.who(rapid.SampledFrom(units).Draw(t, "unit"), rapid.SampledFrom(petition.Roles).Draw(t, "role"))
		w.happensTo(t, ids, units)
		w.must(x.Feed(w.t.Context()))
		page, err := w.s.SearchReports(w.t.Context(), by, "密封的词语", 0, w.now)
		if !by.Is(petition.CadreSupervisor) && !petition.Is(err, petition.NotFound) {
			t.Fatalf("%s of %s searches reports: %v", by.Name, by.Unit, err)
		}
		for id := range ids {
			opens := by.Is(petition.CadreSupervisor) && w.s.HasReport(w.t.Context(), by, id) == nil
			found := slices.ContainsFunc(page.Rows, func(r backoffice.ReportRow) bool { return r.ID == id })
			if opens != found {
				t.Fatalf("%s of %s: found %v, opens %v", by.Name, by.Unit, found, opens)
			}
		}
		answer := func(words string) string {
			page, err := w.s.Search(w.t.Context(), by, backoffice.SearchQuery{Words: words}, w.now)
			sealed, sealedErr := "", error(nil)
			if !by.Is(petition.CadreSupervisor) {
				p, err := w.s.SearchReports(w.t.Context(), by, words, 0, w.now)
				sealed, sealedErr = jsonOf(w.t, p), err
			}
			return fmt.Sprintln(jsonOf(w.t, page), err, sealed, sealedErr)
		}
		if got, want := answer("密封的词语"), answer("从来没有过"); got != want {
			t.Fatalf("%s of %s: a sealed word answers %s, none %s", by.Name, by.Unit, got, want)
		}
	})
}

// happensTo lets something become of one of the reports.
func (w *world) happensTo(t *rapid.T, ids map[petition.ID]bool, units []petition.UnitID) {
	unit := rapid.SampledFrom(units).Draw(t, "whose")
	by := w.who(unit, petition.CadreSupervisor)
	rows, err := w.s.Reports(w.t.Context(), by, petition.ID{})
	w.must(err)
	i := slices.IndexFunc(rows, func(r backoffice.ReportRow) bool { return r.State == petition.CadreReceived })
	if i < 0 {
		return
	}
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		if unit != prov { // the key goes up with it
			w.inCompartment(by, rows[i].ID, cadreAct(petition.SendUp, petition.CadreStep{}))
		}
	case 1:
		w.inCompartment(by, rows[i].ID, cadreAct(petition.CadreNote, petition.CadreStep{}))
	case 2:
		ids[w.toldOf(unit, "新的", "密封的词语")] = true
	case 3: // about the reader himself: a colleague found that out
		w.inCompartment(by, rows[i].ID, cadreAct(petition.CadreRegister, petition.CadreStep{Reported: []petition.Respondent{
			{Reported: petition.Reported{Name: "他"}, Manager: unit, Staff: by.Staff}}}))
	}
}
