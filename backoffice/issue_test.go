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

// issue is the common issue that the county's cases of this month make when it has ended,
// where so many are needed.
func (d *desk) issue(least int) petition.ID {
	d.t.Helper()
	head := actor(account(d.t, "990102", petition.OfficeHead))
	d.must(d.store.SetIssueLeast(d.t.Context(), head, least, d.now))
	d.must(d.store.FindIssues(d.t.Context(), d.now.AddDate(0, 1, 0)))
	found, err := d.store.Issues(d.t.Context(), head, d.now.Year())
	d.must(err)
	if len(found) != 1 {
		d.t.Fatalf("%d issues", len(found))
	}
	return found[0].ID
}

// The head of the office judges what the program proposes, gives advice and records what
// became of it; what he typed is kept where it is refused, and nobody's name is on the page.
func TestScenario11_1_TheHeadJudgesAndAdvises(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		d.registered("组织关系转接没有办完")
	}
	path := "/issues/" + d.issue(3).String()
	head := d.as("990102", petition.OfficeHead)
	doc := head.page(path)
	if s := text(doc); !strings.Contains(s, "3件信访事项") || !strings.Contains(s, "待研判") || strings.Contains(s, "周明华") || strings.Contains(s, "没有办完") ||
		doc.Find("#cases a").Length() != 3 {
		t.Errorf("%s", s)
	}
	w, doc := head.post(path, url.Values{"seen": {"0"}, "status": {"set_aside"}, "text": {""}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text").AttrOr("aria-invalid", "") != "true" {
		t.Errorf("without a reason: %d %s", w.Code, text(doc))
	}
	head.done(path, url.Values{"seen": {"0"}, "status": {"confirmed"}, "text": {"转接要跑两个窗口"}})
	w, doc = head.post(path, url.Values{"seen": {"1"}, "status": {"advised"}, "to": {"市委组织部"}, "due": {"2026-11-01"}, "text": {"建议一个窗口办完"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-to").AttrOr("value", "") != "市委组织部" || doc.Find("#f-text").Text() != "建议一个窗口办完" ||
		!strings.Contains(text(doc), "日期要晚于今天") {
		t.Errorf("with a day that has passed: %d %s", w.Code, text(doc))
	}
	head.done(path, url.Values{"seen": {"1"}, "status": {"advised"}, "to": {"市委组织部"}, "due": {"2026-12-10"}, "text": {"建议一个窗口办完"}})
	if w, _ := head.post(path, url.Values{"seen": {"1"}, "status": {"adopted"}, "text": {"x"}}); w.Code != http.StatusConflict {
		t.Errorf("on what somebody has gone on with: %d", w.Code)
	}
	d.now = d.now.AddDate(0, 0, 30)
	if s := text(d.as("990102", petition.Leader).page("/issues")); !strings.Contains(s, "已提出政策建议") || !strings.Contains(s, "已超期") ||
		!strings.Contains(s, "转接要跑两个窗口") {
		t.Errorf("the leader reads %s", s)
	}
	head = d.as("990102", petition.OfficeHead)
	s := text(head.done(path, url.Values{"seen": {"2"}, "status": {"partly"}, "text": {"先在两个街道试行"}}))
	if !strings.Contains(s, "部分采纳") || !strings.Contains(s, "先在两个街道试行") || !strings.Contains(s, "送：市委组织部") {
		t.Errorf("answered: %s", s)
	}
	leader := d.as("990102", petition.Leader)
	if doc := leader.page(path); doc.Find("form[action='"+path+"']").Length() != 0 || !strings.Contains(text(doc), "信访机构负责人研判") {
		t.Errorf("a leader may judge: %s", text(doc))
	}
	if w, _ := leader.post(path, url.Values{"seen": {"3"}, "status": {"advised"}}); w.Code != http.StatusNotFound {
		t.Errorf("a leader judges: %d", w.Code)
	}
}

// The list narrows by status and year and is taken out with a purpose; the number is the
// head's to set.
func TestScenario11_1_TheListOfIssues(t *testing.T) {
	d := newDesk(t)
	for range 2 {
		d.registered("组织关系转接没有办完")
	}
	head := d.as("990102", petition.OfficeHead)
	w, doc := head.post("/issues/least", url.Values{"least": {"一百"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-least").AttrOr("value", "") != "一百" || !strings.Contains(text(doc), "2到100") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	if s := text(head.done("/issues/least", url.Values{"least": {"2"}})); !strings.Contains(s, "2件以上") || !strings.Contains(s, "没有共性问题") {
		t.Errorf("%s", s)
	}
	if w, _ := d.as("990102", petition.Registrar).post("/issues/least", url.Values{"least": {"2"}}); w.Code != http.StatusNotFound {
		t.Errorf("a registrar sets the number: %d", w.Code)
	}
	d.issue(2)
	for path, want := range map[string]int{"/issues": 1, "/issues?status=found": 1, "/issues?status=adopted": 0, "/issues?year=2025": 0} {
		if n := head.page(path).Find("tbody tr").Length(); n != want {
			t.Errorf("%s shows %d", path, n)
		}
	}
	for _, path := range []string{"/issues?status=nonsense", "/issues?year=1990", "/issues/x"} {
		if w, _ := head.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w, _ := head.post("/issues", url.Values{"year": {"2026"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a purpose: %d", w.Code)
	}
	head.page("/issues")
	w, _ = head.post("/issues", url.Values{"year": {"2026"}, "purpose": {"部务会汇报"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if len(rows) != 3 || !strings.Contains(rows[0][0], "部务会汇报") || rows[1][0] != "月份" || rows[2][0] != "2026-11" || rows[2][3] != "2" {
		t.Errorf("%q", rows)
	}
}
