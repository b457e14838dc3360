package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

// inspection is a request about a unit that another was asked for and approved.
func (d *desk) inspection(unit, about petition.UnitID, names bool) petition.ID {
	d.t.Helper()
	ctx := d.t.Context()
	id, err := d.store.AskInspection(ctx, actor(account(d.t, unit, petition.Registrar)), about, petition.InspectionStep{
		Team: "市委第二巡察组", Document: "市巡〔2026〕3号", From: "2026-01-01", To: petition.Day(d.now), Names: names, Text: "巡察需要"}, d.now)
	d.must(err)
	d.must(d.store.StepInspection(ctx, actor(account(d.t, unit, petition.OfficeHead)), id, 1, petition.InspectionStep{Act: petition.InspectionHead}, d.now))
	d.must(d.store.StepInspection(ctx, actor(account(d.t, unit, petition.Leader)), id, 2, petition.InspectionStep{Act: petition.InspectionLeader}, d.now))
	return id
}

// A letter is registered, approved by two, and the material goes out named and counted.
func TestScenario12_4_FromTheLetterToTheMaterial(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	form := url.Values{"team": {"市委第二巡察组"}, "document": {"市巡〔2026〕3号"}, "about": {"990102"}, "from": {"2026-01-01"}, "to": {"2026-01-01"},
		"text": {""}, "names": {"yes"}}
	w, doc := b.post("/inspections/new", form)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 || doc.Find("#f-team").AttrOr("value", "") != "市委第二巡察组" ||
		doc.Find(`input[name=names][value=yes][checked]`).Length() != 1 {
		t.Fatalf("without what for: %d %s", w.Code, text(doc))
	}
	form.Set("text", "了解信访工作责任制")
	form.Set("to", petition.Day(d.now))
	doc = b.done("/inspections/new", form)
	found, err := d.store.Inspections(t.Context(), actor(account(t, "990102", petition.Registrar)))
	d.must(err)
	at := "/inspections/" + found[0].ID.String()
	if s := text(doc); !strings.Contains(s, "等信访机构负责人审批") {
		t.Errorf("registered: %s", s)
	}
	if w, _ := b.post(at, url.Values{"seen": {"1"}, "act": {"head"}}); w.Code != http.StatusNotFound {
		t.Errorf("a registrar approves: %d", w.Code)
	}
	head, lead := d.as("990102", petition.OfficeHead), d.as("990102", petition.Leader)
	if w, _ := head.get(at + "/package"); w.Code != http.StatusNotFound {
		t.Errorf("before it is approved: %d", w.Code)
	}
	if w, doc := head.post(at, url.Values{"seen": {"1"}}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-act-error").Length() != 1 {
		t.Errorf("no decision: %d", w.Code)
	}
	head.done(at, url.Values{"seen": {"1"}, "act": {"head"}})
	lead.done(at, url.Values{"seen": {"2"}, "act": {"leader"}})
	doc = head.page(at + "/package")
	if s := doc.Find("#matters").Text(); !strings.Contains(s, "组织关系转接没有办完") || strings.Contains(s, "周") || doc.Find("section[id]").Length() != 6 {
		t.Errorf("the material: %s", s)
	}
	if doc.Find("input[name=names]").Length() != 0 {
		t.Error("names are offered without a leader's word")
	}
	if w, doc := head.post(at+"/package", url.Values{}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("to nobody: %d", w.Code)
	}
	sheets := func(names string) *excelize.File {
		w, _ := head.post(at+"/package", url.Values{"text": {"当面交给联络员"}, "names": {names}})
		book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
		d.must(err)
		return book
	}
	book := sheets("yes")
	if got := book.GetSheetList(); !slices.Equal(got, []string{"信访工作责任制", "办理情况", "共性问题", "矛盾苗头", "督办", "没有办结的事项"}) {
		t.Errorf("sheets %q", got)
	}
	whole := func(book *excelize.File) string {
		var all []string
		for _, name := range book.GetSheetList() {
			rows, err := book.GetRows(name)
			d.must(err)
			for _, r := range rows {
				all = append(all, strings.Join(r, " "))
			}
		}
		return strings.Join(all, "\n")
	}
	if s := whole(book); strings.Contains(s, "周明华") || !strings.Contains(s, "市委第二巡察组") || !strings.Contains(s, "及时受理率") {
		t.Errorf("without a word about names: %s", s)
	}
	if w, _ := lead.post(at+"/package", url.Values{"text": {"x"}}); w.Code != http.StatusNotFound {
		t.Errorf("a leader takes it out: %d", w.Code)
	}
	lead.done(at, url.Values{"seen": {"4"}, "act": {"names"}, "text": {"要当面核实"}})
	if doc := head.page(at + "/package"); strings.Contains(doc.Find("#matters").Text(), "周明华") || doc.Find("input[name=names]").Length() != 1 {
		t.Error("the page shows names, or does not offer them")
	}
	if s := whole(sheets("yes")); !strings.Contains(s, "周明华") {
		t.Errorf("with names: %s", s)
	}
	if s := text(lead.page(at)); !strings.Contains(s, "含信访人姓名") || !strings.Contains(s, "当面交给联络员") {
		t.Errorf("the record: %s", s)
	}
}

// The compartment reads its own part; the office does not learn that there is one.
func TestScenario12_4_TheCompartmentReadsItsPart(t *testing.T) {
	d := newDesk(t)
	id := d.inspection("990102", "990102", false)
	cadre := d.as("990102", petition.CadreSupervisor)
	if doc := cadre.page("/inspections"); doc.Find("tbody tr").Length() != 1 {
		t.Errorf("%s", text(doc))
	}
	doc := cadre.page("/inspections/" + id.String())
	if doc.Find(`a[href$="/reports"]`).Length() == 0 || doc.Find(`a[href$="/package"]`).Length() != 0 {
		t.Errorf("%s", text(doc))
	}
	if s := text(cadre.page("/inspections/" + id.String() + "/reports")); !strings.Contains(s, "没有关于这个单位干部的检举控告") {
		t.Errorf("%s", s)
	}
	if w, _ := d.as("990102", petition.OfficeHead).get("/inspections/" + id.String() + "/reports"); w.Code != http.StatusNotFound {
		t.Errorf("the office reads it: %d", w.Code)
	}
}
