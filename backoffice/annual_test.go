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

func annualForm(seen, status, words string) url.Values {
	v := url.Values{"seen": {seen}, "status": {status}}
	for _, name := range petition.AnnualSections {
		v.Set("texts."+name, words)
	}
	return v
}

// The year passes; a county is late for itself and for the city, drafts, files, gets it back
// with a reason, files again and is accepted. Words that are refused come back, versions stay,
// and the paper has the locked figures and no name.
func TestScenario8_3_AnAnnualReportIsFiledReturnedAndAccepted(t *testing.T) {
	d := newDesk(t)
	id := d.suggested("窗口中午也开放")
	d.registered("组织关系转接没有办完")
	d.now = d.now.AddDate(0, 4, 0) // after the end of January
	own, above := d.as("990102", petition.OfficeHead), d.as("990100", petition.OfficeHead)
	at := "/annual/990102/2026"
	if s := text(above.page("/annual")); !strings.Contains(s, "过了期限还没有报送") || !strings.Contains(s, "已逾期") {
		t.Errorf("above: %s", s)
	}
	if s := text(d.as("990102", petition.Leader).page("/leader")); !strings.Contains(s, "青溪区委组织部2026年度报告") {
		t.Errorf("the leader's page: %s", s)
	}
	doc := own.page(at)
	if doc.Find("#write textarea").Length() != len(petition.AnnualSections) || !strings.Contains(doc.Find("#adopted").Text(), d.numberOf(id)) ||
		!strings.Contains(text(doc), "报送时一并定格") || strings.Contains(text(doc), "周明华") {
		t.Errorf("%s", text(doc))
	}
	own.done(at, url.Values{"seen": {"0"}, "status": {"draft"}, "texts.work": {"接访十二次"}})
	if doc := above.page(at); strings.Contains(text(doc), "接访十二次") || doc.Find("#write").Length() != 0 {
		t.Error("above reads the draft")
	}
	w, doc := own.post(at, url.Values{"seen": {"1"}, "status": {"filed"}, "texts.work": {"接访十二次"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find(`[name="texts.work"]`).Text(), "接访十二次") || doc.Find(`#write [aria-invalid="true"]`).Length() != len(petition.AnnualSections)-1 {
		t.Errorf("half of it: %d %s", w.Code, text(doc))
	}
	if s := own.page(at + "/letter").Find(".doc").Text(); !strings.Contains(s, "接访十二次") || !strings.Contains(s, "（待填写）") {
		t.Errorf("the preview: %s", s)
	}
	own.done(at, annualForm("1", "filed", "做了该做的事"))
	if w, _ := own.post(at, annualForm("1", "filed", "x")); w.Code != http.StatusConflict {
		t.Errorf("again on what was seen before: %d", w.Code)
	}
	doc = above.page(at)
	if doc.Find("#judge").Length() != 1 || !strings.Contains(text(doc), "做了该做的事") || !strings.Contains(text(doc), "报送时定格的数据") || own.page(at).Find("#judge").Length() != 0 {
		t.Errorf("above: %s", text(doc))
	}
	w, doc = above.post(at, url.Values{"seen": {"2"}, "status": {"returned"}, "text": {""}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("without a reason: %d", w.Code)
	}
	above.done(at, url.Values{"seen": {"2"}, "status": {"returned"}, "text": {"补充存在的问题"}})
	if s := text(own.page(at)); !strings.Contains(s, "补充存在的问题") || !strings.Contains(s, "退回修改") {
		t.Errorf("returned: %s", s)
	}
	own.done(at, annualForm("3", "filed", "补充了问题"))
	above.done(at, url.Values{"seen": {"4"}, "status": {"accepted"}})
	for n, says := range map[string]string{"2": "做了该做的事", "4": "补充了问题"} {
		s := above.page(at + "/letter?n=" + n).Find(".doc").Text()
		for _, want := range []string{"2026年度信访工作报告", "〔2027〕", "中共云川市委组织部", says, "按期答复率", d.numberOf(id), "《信访工作条例》第四十一条"} {
			if !strings.Contains(s, want) {
				t.Errorf("version %s does not say %s: %s", n, want, s)
			}
		}
		if strings.Contains(s, "周明华") || strings.Contains(s, "窗口中午") {
			t.Errorf("version %s names somebody: %s", n, s)
		}
	}
	for form, magic := range map[string]string{"docx": "PK", "pdf": "%PDF"} {
		if w, _ := above.get(at + "/letter/" + form); w.Code != http.StatusOK || !bytes.HasPrefix(w.Body.Bytes(), []byte(magic)) {
			t.Errorf("%s: %d", form, w.Code)
		}
	}
	for _, bad := range []string{at + "/letter?n=1", at + "/letter/song", "/annual/990102/2019", "/annual/990102/x", "/annual/x/2026", "/annual?year=2019"} {
		if w, _ := own.get(bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	if w, _ := d.as("990200", petition.OfficeHead).get(at); w.Code != http.StatusNotFound {
		t.Errorf("another city reads it: %d", w.Code)
	}
}

// The list goes out as a spreadsheet with a purpose; the head sets the day for units below.
func TestAnnualReportsAreListedAndTheirDayIsSet(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	d.now = d.now.AddDate(0, 4, 0)
	head := d.as("990100", petition.OfficeHead)
	if w, _ := head.post("/annual", url.Values{"year": {"2026"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("for nothing: %d", w.Code)
	}
	w, _ := head.post("/annual", url.Values{"year": {"2026"}, "purpose": {"部务会汇报"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if len(rows) != head.page("/annual?year=2026").Find("tbody tr").Length()+2 || rows[2][1] != "2026" || rows[2][5] != "已逾期" {
		t.Errorf("%v", rows)
	}
	w, doc := head.post("/annual/due", url.Values{"due": {"十二月"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-due").AttrOr("value", "") != "十二月" {
		t.Errorf("no day: %d %s", w.Code, text(doc))
	}
	if doc := head.done("/annual/due", url.Values{"due": {"06-30"}}); doc.Find("#f-due").AttrOr("value", "") != "06-30" || doc.Find(".due--over").Length() != 1 {
		t.Errorf("a later day: %s", text(doc))
	}
	if w, _ := d.as("990100", petition.Leader).post("/annual/due", url.Values{"due": {"03-01"}}); w.Code != http.StatusNotFound {
		t.Errorf("a leader sets it: %d", w.Code)
	}
}

// numberOf is the number that a case of the county was given.
func (d *desk) numberOf(id petition.ID) string {
	d.t.Helper()
	c, err := d.store.Case(d.t.Context(), actor(account(d.t, "990102", petition.OfficeHead)), id)
	d.must(err)
	return c.Number
}
