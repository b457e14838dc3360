package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// From the list of units to a closed unit: one asks, another approves, the successor's
// people find the case, and the page says what is left until nothing is.
func TestAUnitIsMergedThroughThePages(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990121", "补贴没有发"))
	r := aClaim("990121", "反映一名干部")
	r.Purpose = petition.PurposeReport
	d.filed(r)
	system, security, _ := d.three()
	if n := system.page("/units").Find(`a[href="/mergers/new?unit=990121"]`).Length(); n != 1 {
		t.Fatal("no way from the list of units")
	}
	if got := system.page("/mergers/new?unit=990121").Find(`#f-unit option[selected]`).AttrOr("value", ""); got != "990121" {
		t.Errorf("the form begins with %q", got)
	}
	w, doc := system.post("/mergers/new", url.Values{"unit": {"990121"}, "successor": {"990121"}, "document": {"澜编〔2026〕3号"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`#f-document[value="澜编〔2026〕3号"]`).Length() != 1 {
		t.Errorf("a refused form: %d %s", w.Code, text(doc))
	}
	w, _ = system.post("/mergers/new", url.Values{"unit": {"990121"}, "successor": {"990102"}, "document": {"澜编〔2026〕3号"}})
	at := w.Header().Get("Location")
	if !strings.HasPrefix(at, "/mergers/") {
		t.Fatalf("%d %q", w.Code, at)
	}
	if system.page(at).Find(`form[action="`+at+`"]`).Length() != 0 {
		t.Error("the one who asks may approve")
	}
	if w, doc := security.post(at, url.Values{"decision": {"refuse"}}); w.Code != http.StatusUnprocessableEntity || doc.Find(".err, .error, [aria-invalid]").Length() == 0 {
		t.Errorf("sent back without a reason: %d", w.Code)
	}
	security.page(at)
	doc = security.done(at, url.Values{"decision": {"approve"}})
	if s := text(doc); !strings.Contains(s, "正在交接") || !strings.Contains(s, "干部监督还没有办交接") || !strings.Contains(s, "个账号") {
		t.Errorf("what is left: %s", s)
	}
	heir := d.as("990102", petition.Registrar)
	if s := text(heir.page("/cases/" + id.String())); !strings.Contains(s, "机构调整") && !strings.Contains(s, "承接单位") {
		t.Errorf("the case says nothing of it: %s", s)
	}
	if w, _ := d.as("990121", petition.Registrar).get("/cases/" + id.String()); w.Code != http.StatusNotFound {
		t.Errorf("the old unit still reads it: %d", w.Code)
	}
	if w, _ := system.post(at+"/close", url.Values{}); w.Code != http.StatusConflict {
		t.Errorf("closed with things left: %d", w.Code)
	}
	cadre := d.as("990121", petition.CadreSupervisor)
	if s := text(cadre.page("/reports")); !strings.Contains(s, "全部移交") {
		t.Errorf("the compartment is not asked: %s", s)
	}
	if s := text(cadre.done("/compartment", url.Values{})); !strings.Contains(s, "已移交承接单位") {
		t.Errorf("after the handover: %s", s)
	}
	if s := text(d.as("990102", petition.CadreSupervisor).page("/reports")); !strings.Contains(s, "反映一名干部") {
		t.Errorf("the successor's compartment: %s", s)
	}
	if s := text(system.page(at)); strings.Contains(s, "干部监督还没有办交接") {
		t.Errorf("still asked: %s", s)
	}
}

// Whoever merges units reads the same, whether there are reports or none.
func TestAMergerTellsNothingOfReports(t *testing.T) {
	var pages []string
	for _, reports := range []int{0, 3} {
		d := newDesk(t)
		for range reports {
			r := aClaim("990121", "反映一名干部")
			r.Purpose = petition.PurposeReport
			d.filed(r)
		}
		system, security, _ := d.three()
		w, _ := system.post("/mergers/new", url.Values{"unit": {"990121"}, "successor": {"990102"}, "document": {"x"}})
		at := w.Header().Get("Location")
		security.page(at)
		doc := security.done(at, url.Values{"decision": {"approve"}})
		pages = append(pages, text(doc))
	}
	if pages[0] != pages[1] {
		t.Errorf("with none: %s\nwith three: %s", pages[0], pages[1])
	}
}
