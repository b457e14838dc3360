package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

// TestOfficeHeadsWordTheirPapers goes the whole way: try, refuse what takes the law out,
// keep, draft from it, look back, return to the common text.
func TestOfficeHeadsWordTheirPapers(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.OfficeHead)
	if page := b.page("/papers"); page.Find(`a[href="/papers/acceptance"]`).Length() != 1 {
		t.Fatalf("no acceptance notice in the list: %s", text(page))
	}
	const words = "# {标题}\n{正文}\n有困难请到{本单位地址}找我们，编号{编号}不要丢。\n@basis {依据}"
	b.page("/papers/acceptance")
	for wrong, why := range map[string]string{"# 甲\n{正文}": "{依据}", "{正文}\n@basis {依据}": "“# ”", "# {标题}\n{正文}{身份证}\n@basis {依据}": "{身份证}",
		"# {标题}\n您好{编号}\n@basis {依据}": "{收到日期}", "# {标题}\n{正文}{\n@basis {依据}": "花括号"} {
		w, page := b.post("/papers/acceptance", url.Values{"step": {"save"}, "seen": {"0"}, "text": {wrong}})
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(page), why) {
			t.Errorf("%q: %d", wrong, w.Code)
		}
	}
	if w, page := b.post("/papers/acceptance", url.Values{"step": {"preview"}, "seen": {"0"}, "text": {words}}); w.Code != http.StatusOK ||
		!strings.Contains(page.Find("article.doc").Text(), "有困难请到") {
		t.Errorf("the sample lacks the words: %d", w.Code)
	}
	if w, _ := b.post("/papers/acceptance", url.Values{"step": {"save"}, "seen": {"0"}, "text": {words}}); w.Code != http.StatusSeeOther {
		t.Fatalf("save: %d %s", w.Code, w.Body)
	}
	if w, _ := b.post("/papers/acceptance", url.Values{"step": {"save"}, "seen": {"0"}, "text": {words}}); w.Code != http.StatusConflict {
		t.Errorf("what somebody else wrote is written over: %d", w.Code)
	}
	id := d.filed(aClaim("990102", "组织关系转接没有办完"))
	handler := account(t, "990102", petition.Handler)
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Distribute, Handler: handler.ID})
	h := d.signIn(handler)
	form := h.page("/cases/" + id.String() + "/accept")
	values := url.Values{"step": {"preview"}, "text": {"我们会和您联系。"}, "duties": {"查组织关系"}}
	for _, name := range []string{"version", "leg"} {
		values.Set(name, form.Find(`input[name="`+name+`"]`).First().AttrOr("value", ""))
	}
	_, page := h.post("/cases/"+id.String()+"/accept", values)
	if said := page.Find("article.doc").Text(); !strings.Contains(said, "有困难请到") || !strings.Contains(said, "受理告知书") {
		t.Errorf("the draft has not the unit's words: %s", text(page))
	}
	d.now = d.now.Add(time.Minute)
	b.page("/papers/acceptance")
	if w, _ := b.post("/papers/acceptance", url.Values{"step": {"reset"}, "seen": {"1"}}); w.Code != http.StatusSeeOther {
		t.Errorf("reset: %d", w.Code)
	}
	page = b.page("/papers/acceptance")
	if strings.Contains(page.Find("article.doc").Text(), "有困难请到") || page.Find("details").Length() < 2 || !strings.Contains(page.Find("details").Text(), "有困难请到") {
		t.Errorf("after going back: %s", text(page))
	}
	for _, kind := range []string{"withdrawal", "nothing"} {
		if w, _ := b.get("/papers/" + kind); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", kind, w.Code)
		}
	}
	page = b.page("/papers")
	page.Find("tbody a").Each(func(_ int, a *goquery.Selection) { b.page(a.AttrOr("href", "")) })
}
