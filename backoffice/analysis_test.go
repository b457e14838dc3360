package backoffice_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

// An analysis of a period, or of one matter, says in a sentence what came, has its tables
// and its chart, and is taken out with what the analyst wrote.
func TestAnAnalysisIsReadAndTakenOut(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		d.registered("组织关系转接没有办完")
	}
	head := d.as("990102", petition.OfficeHead)
	doc := head.page("/analysis")
	if s := text(doc); !strings.Contains(s, "共收到3件（批）次。反映较多的是") || strings.Contains(s, "周明华") || doc.Find("#chart svg rect").Length() == 0 {
		t.Errorf("%s", s)
	}
	if s := text(doc); strings.ContainsAny(s, "⟨⟩") || strings.Contains(s, "narrow.") {
		t.Errorf("a word is missing: %s", s)
	}
	for _, id := range []string{"topics", "channels", "units", "handling", "months"} {
		if doc.Find("#"+id+" tbody tr").Length() == 0 {
			t.Errorf("nothing under %s", id)
		}
	}
	if s := text(head.page("/analysis?topic=C")); !strings.Contains(s, "专题分析") || strings.Contains(s, "及时受理率") {
		t.Errorf("of one matter: %s", s)
	}
	for _, bad := range []string{"/analysis?topic=%25", "/analysis?unit=990000", "/analysis?period=2026-13"} {
		if w, _ := head.get(bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	w, doc := head.post("/analysis", url.Values{"words": {"窗口不统一"}, "form": {"docx"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 || doc.Find("#f-words").Text() != "窗口不统一" {
		t.Fatalf("without a purpose: %d", w.Code)
	}
	form := url.Values{"words": {"窗口不统一\n建议统一材料清单"}, "purpose": {"季度报告"}, "form": {"docx"}}
	w, _ = head.post("/analysis", form)
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	d.must(err)
	f, err := z.Open("word/document.xml")
	d.must(err)
	body, err := io.ReadAll(f)
	d.must(err)
	d.must(xml.Unmarshal(body, new(struct{})))
	if s := string(body); strings.Count(s, "<w:tbl>") < 5 || !strings.Contains(s, "建议统一材料清单") || !strings.Contains(s, "共收到3件") {
		t.Errorf("the document: %.600s", s)
	}
	form.Set("form", "xlsx")
	w, _ = head.post("/analysis", form)
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows("分析")
	d.must(err)
	if len(book.GetSheetList()) < 6 || !strings.Contains(rows[0][0], "季度报告") || rows[4][0] != "建议统一材料清单" {
		t.Errorf("%v: %q", book.GetSheetList(), rows)
	}
}

// Before a decision the office is consulted: its answer comes with figures, and who decides
// records whether the opinion was adopted and why.
func TestScenario11_3_AConsultationIsAnsweredWithFigures(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	lead, head := d.as("990102", petition.Leader), d.as("990102", petition.OfficeHead)
	w, _ := lead.post("/set-duty/consultation", url.Values{"owner": {"990102"}, "title": {"组织关系转接流程调整"}, "due": {petition.Day(d.now.AddDate(0, 0, 5))},
		"values.decision": {"拟改为一个窗口办理"}, "values.question": {"群众反映集中在哪里"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("asked: %d", w.Code)
	}
	at := w.Header().Get("Location")
	doc := head.page(at + "/answer")
	figures := doc.Find("textarea[name='values.figures']").Text()
	if !strings.Contains(figures, "共收到1件（批）次") || strings.Contains(figures, "周明华") {
		t.Fatalf("the figures offered: %q", figures)
	}
	w, _ = head.post(at+"/answer", url.Values{"version": {"1"}, "values.opinion": {"赞成，先公布材料清单"}, "values.figures": {figures}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("answered: %d", w.Code)
	}
	if w, doc := lead.post(at+"/close", url.Values{"version": {"2"}, "outcome": {"partly"}, "text": {""}}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("adopted or not, without why: %d", w.Code)
	}
	lead.done(at+"/close", url.Values{"version": {"2"}, "outcome": {"partly"}, "text": {"清单采纳，窗口分两步"}})
	if s := text(head.page(at)); !strings.Contains(s, "清单采纳，窗口分两步") || !strings.Contains(s, "共收到1件") || !strings.Contains(s, "部分落实") {
		t.Errorf("the record: %s", s)
	}
}
