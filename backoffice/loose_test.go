package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

// The page says in words that nothing is loose; when somebody leaves with a duty in hand,
// it names the duty, the rail counts it, and the list is taken out for a purpose.
func TestNothingIsLooseUntilSomebodyLeaves(t *testing.T) {
	d := newDesk(t)
	sup, head := d.as("990100", petition.Supervisor), d.as("990102", petition.OfficeHead)
	doc := sup.page("/loose")
	if !strings.Contains(text(doc), "每一件都有人负责、有期限") || doc.Find("form[action='/loose']").Length() != 0 {
		t.Errorf("nothing loose: %s", text(doc))
	}
	w, _ := sup.post("/set-duty/supervision", url.Values{"form": {"letter"}, "owner": {"990102"}, "title": {"按期告知"},
		"due": {petition.Day(d.now)}, "values.problem": {"慢"}, "values.demand": {"快"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", w.Code)
	}
	at, gone := w.Header().Get("Location"), account(t, "990102", petition.Handler)
	if w, _ := head.post(at+"/give", url.Values{"version": {"1"}, "person": {gone.ID.String()}}); w.Code != http.StatusSeeOther {
		t.Fatalf("give: %d", w.Code)
	}
	d.must(d.store.CloseAccount(t.Context(), actor(account(t, "990000", petition.SystemAdmin)), gone.ID, "调离", d.now))
	doc = sup.page("/loose")
	if rows := doc.Find("#person_gone tbody tr"); rows.Length() != 1 || rows.Find(`a[href="`+at+`"]`).Length() != 1 {
		t.Errorf("who left: %s", text(doc))
	}
	if rail := doc.Find(`nav a[href="/loose"]`).First().Text(); !strings.Contains(rail, "1") {
		t.Errorf("the rail: %q", rail)
	}
	w, doc = sup.post("/loose", url.Values{"form": {"xlsx"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("taken out for nothing: %d", w.Code)
	}
	w, _ = sup.post("/loose", url.Values{"form": {"xlsx"}, "purpose": {"督办"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if w.Code != http.StatusOK || len(rows) != 3 || !strings.Contains(strings.Join(rows[2], "|"), "按期告知") {
		t.Errorf("the sheet: %d %v", w.Code, rows)
	}
	for _, role := range []petition.Role{petition.Handler, petition.Registrar, petition.ClosingAuditor} {
		if w, _ := d.as("990100", role).get("/loose"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", role, w.Code)
		}
	}
	if doc := d.as("990200", petition.OfficeHead).page("/loose"); strings.Contains(text(doc), "按期告知") {
		t.Errorf("another county: %s", text(doc))
	}
}
