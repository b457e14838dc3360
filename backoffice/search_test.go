package backoffice_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"huiyin/petition"
)

// indexed opens a search index and brings it up to date.
func (d *desk) indexed() {
	d.t.Helper()
	x, err := d.store.OpenIndex(d.t.Context(), filepath.Join(d.t.TempDir(), "search.db"))
	d.must(err)
	d.t.Cleanup(func() { x.Close() })
	d.must(x.Feed(d.t.Context()))
}

// A word finds the case, a name needs its purpose, and what is wrong is said at its
// field with everything kept.
func TestSearchPage(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990102", "组织关系转接没有办完"))
	d.indexed()
	b := d.as("990102", petition.Registrar)
	b.page("/search")
	_, doc := b.post("/search", url.Values{"words": {"组织关系"}})
	if href, _ := doc.Find("a.ttl").Attr("href"); !strings.HasPrefix(href, "/cases/"+id.String()) {
		t.Errorf("found %q: %s", href, text(doc))
	}
	w, doc := b.post("/search", url.Values{"words": {"组"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-words-error").Length() != 1 {
		t.Errorf("one character: %d %s", w.Code, text(doc))
	}
	w, doc = b.post("/search", url.Values{"name": {"周明华"}})
	if label := doc.Find(`label[for="f-purpose"]`).Text(); strings.Contains(label, "选填") || !strings.Contains(doc.Find("#f-purpose-hint").Text(), "填了姓名就要写") {
		t.Errorf("the purpose is said to be optional: %s", label)
	}
	if got, _ := doc.Find("#f-name").Attr("value"); w.Code != http.StatusUnprocessableEntity || got != "周明华" || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("a name without purpose: %d %s", w.Code, text(doc))
	}
	if _, doc = d.as("990202", petition.Registrar).post("/search", url.Values{"words": {"组织关系"}}); doc.Find("a.ttl").Length() != 0 {
		t.Error("found at another county")
	}
	if doc = d.as("990102", petition.Leader).page("/search"); doc.Find("#f-name").Length() != 0 {
		t.Error("a leader may search for names")
	}
}
