package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// The compartment's people find their reports by words; what was typed stays in a refused
// form, and words that stand nowhere are said to.
func TestTheCompartmentSearchesItsReports(t *testing.T) {
	d, one, _, at := sealedWorld(t)
	d.indexed()
	one.page("/reports/search")
	_, doc := one.post("/reports/search", url.Values{"words": {"卖官"}})
	if got, _ := doc.Find("a.ttl").Attr("href"); got != at {
		t.Errorf("found %q, want %q: %s", got, at, text(doc))
	}
	_, doc = one.post("/reports/search", url.Values{"words": {"从来没有"}})
	if doc.Find(".empty").Length() != 1 || doc.Find("a.ttl").Length() != 0 {
		t.Errorf("nothing is not said: %s", text(doc))
	}
	w, doc := one.post("/reports/search", url.Values{"words": {"卖"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-words-error").Length() != 1 || doc.Find("#f-words").AttrOr("value", "") != "卖" {
		t.Errorf("one character: %d %s", w.Code, text(doc))
	}
}

// Nobody else has the page, not even the leader to whom something is put up.
func TestNobodyElseSearchesReports(t *testing.T) {
	d, _, leader, _ := sealedWorld(t)
	d.indexed()
	nobody := func(b *browser) {
		t.Helper()
		if w, _ := b.get("/reports/search"); w.Code != http.StatusNotFound {
			t.Errorf("the page: %d", w.Code)
		}
		if w, doc := b.post("/reports/search", url.Values{"words": {"卖官"}}); w.Code != http.StatusNotFound || strings.Contains(text(doc), "卖官") {
			t.Errorf("the search: %d", w.Code)
		}
	}
	nobody(leader)
	for _, r := range []petition.Role{petition.Registrar, petition.OfficeHead, petition.Supervisor, petition.ClosingAuditor} {
		nobody(d.as("990102", r))
	}
	if _, doc := d.as("990100", petition.CadreSupervisor).post("/reports/search", url.Values{"words": {"卖官"}}); doc.Find("a.ttl").Length() != 0 {
		t.Errorf("another compartment finds %s", text(doc))
	}
}

// Who looked elsewhere for a word of a report found nothing, and the compartment reads of it.
func TestScenario2_2_TheCompartmentReadsWhoSearched(t *testing.T) {
	d, one, _, at := sealedWorld(t)
	d.indexed()
	if doc := one.page("/reports/search"); doc.Find("#touched").Length() != 0 {
		t.Errorf("before anybody searched: %s", text(doc))
	}
	_, doc := d.as("990102", petition.Registrar).post("/search", url.Values{"words": {"卖官"}})
	if doc.Find("a.ttl").Length() != 0 {
		t.Errorf("the registrar found %s", text(doc))
	}
	got := one.page("/reports/search").Find("#touched")
	if link, _ := got.Find("a").Attr("href"); link != at {
		t.Errorf("the compartment reads %q", got.Text())
	}
}
