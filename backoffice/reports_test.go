package backoffice_test

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

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

// The compartment's ledger goes out to those who are of it, with a purpose, and names
// nobody; nobody else can take it.
func TestTheSealedLedgerIsTakenOutByItsCompartment(t *testing.T) {
	d := newDesk(t)
	r := aClaim("990102", "反映副镇长周某")
	r.Purpose = petition.PurposeReport
	d.filed(r)
	cadre := d.as("990102", petition.CadreSupervisor)
	cadre.page("/reports")
	if w, doc := cadre.post("/reports", url.Values{}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() == 0 {
		t.Errorf("without a purpose: %d", w.Code)
	}
	cadre.page("/reports")
	w, _ := cadre.post("/reports", url.Values{"purpose": {"季度汇总"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if len(rows) != 3 || !strings.Contains(rows[0][0], "季度汇总") || rows[2][2] != "已收到，待登记" || strings.Contains(strings.Join(rows[2], " "), "周某") {
		t.Errorf("%q", rows)
	}
	for _, role := range []petition.Role{petition.Registrar, petition.Leader, petition.AuditAdmin} {
		unit := petition.UnitID("990102")
		if role == petition.AuditAdmin {
			unit = "990000"
		}
		b := d.as(unit, role)
		b.page("/me")
		if w, _ := b.post("/reports", url.Values{"purpose": {"看看"}}); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", role, w.Code)
		}
	}
}
