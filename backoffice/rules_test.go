package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// A unit's head writes its implementing rules; a change keeps what stood before; everybody
// at a desk reads them, and the portal is told.
func TestLocalRulesAreWrittenReadAndChanged(t *testing.T) {
	d := newDesk(t)
	head := d.as("990102", petition.OfficeHead)
	head.page("/rules/new")
	w, doc := head.post("/rules/new", url.Values{"seen": {"0"}, "title": {""}, "text": {"第一条　为了……"}, "from": {"2026-12-01"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("#f-text").Text(), "第一条") {
		t.Errorf("without a title: %d", w.Code)
	}
	doc = head.done("/rules/new", url.Values{"seen": {"0"}, "title": {"青溪区信访实施办法"}, "number": {"青组发〔2026〕5号"},
		"text": {"第一条　为了……"}, "from": {"2026-12-01"}, "law": {"2022"}})
	if s := text(doc); !strings.Contains(s, "青组发〔2026〕5号") || !strings.Contains(s, "没有改动期限") {
		t.Errorf("%s", s)
	}
	edit, ok := doc.Find(`a[href$="/edit"]`).Attr("href")
	if !ok {
		t.Fatal("no way to change it")
	}
	if got := head.page(edit).Find("#f-title").AttrOr("value", ""); got != "青溪区信访实施办法" {
		t.Errorf("the form begins with %q", got)
	}
	changed := url.Values{"seen": {"1"}, "title": {"青溪区信访实施办法"}, "text": {"第一条　修改过"}, "from": {"2026-12-01"}}
	doc = head.done(edit, changed)
	if s := text(doc); !strings.Contains(s, "修改过") || !strings.Contains(s, "第1版") || !strings.Contains(s, "为了……") {
		t.Errorf("the history is gone: %s", s)
	}
	head.page(edit)
	if w, _ := head.post(edit, changed); w.Code != http.StatusConflict {
		t.Errorf("on a version that is not the newest: %d", w.Code)
	}
	if w, _ := d.as("990121", petition.OfficeHead).get(edit); w.Code != http.StatusNotFound {
		t.Errorf("another unit's head may change it: %d", w.Code)
	}
	reader := d.as("990121", petition.Registrar)
	if s := text(reader.page("/rules")); !strings.Contains(s, "青溪区信访实施办法") {
		t.Errorf("a neighbour reads %s", s)
	}
	got, err := d.store.Directory(t.Context(), d.now)
	d.must(err)
	if u, _ := got.Unit("990102"); len(u.Rules) != 1 || u.Rules[0].Text != "第一条　修改过" {
		t.Errorf("the portal is told %+v", u.Rules)
	}
}
