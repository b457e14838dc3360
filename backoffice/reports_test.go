package backoffice_test

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// Nothing tells a report of another compartment from one that never was.
func TestAForeignReportIsNotThere(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990102", "换届前突击提拔")
	f.Purpose = petition.PurposeReport
	mine := d.filed(f)
	f.Unit = "990100"
	foreign := d.filed(f)
	never, err := petition.MakeID(d.now, rand.Reader)
	d.must(err)
	b := d.as("990102", petition.CadreSupervisor)
	if doc := b.page("/reports/" + mine.String()); doc.Find(`input[name="purpose"]`).Length() == 0 {
		t.Error("its own report asks for no purpose")
	}
	pages := map[string]bool{}
	for _, id := range []petition.ID{foreign, never} {
		w, _ := b.get("/reports/" + id.String())
		if w.Code != http.StatusNotFound {
			t.Errorf("GET: %d", w.Code)
		}
		pages[strings.ReplaceAll(w.Body.String(), id.String(), "")] = true
		for _, form := range []url.Values{{}, {"purpose": {"triage"}}} {
			if w, _ := b.post("/reports/"+id.String(), form); w.Code != http.StatusNotFound {
				t.Errorf("POST %v: %d", form, w.Code)
			}
		}
	}
	if len(pages) != 1 {
		t.Error("a foreign report answers otherwise than one that never was")
	}
}
