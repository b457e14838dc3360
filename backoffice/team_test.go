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

// The head of the office writes the book line by line; bad input keeps its words, nobody
// else writes, and the unit above reads it.
func TestTheBookOfATeamIsWritten(t *testing.T) {
	d := newDesk(t)
	head := d.as("990102", petition.OfficeHead)
	if s := text(head.page("/team")); !strings.Contains(s, "没有写明负总责的主要领导") || !strings.Contains(s, "专职人员0人，少于最低数1人") {
		t.Errorf("an empty book says %s", s)
	}
	head.page("/team/new/post")
	w, doc := head.post("/team/new/post", url.Values{"seen": {"0"}, "name": {"范思齐、梅小雪"}, "day": {"2026-12-01"}, "full": {"yes"}, "text": {"到岗"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-name").AttrOr("value", "") != "范思齐、梅小雪" || doc.Find("#f-text").Text() != "到岗" ||
		!strings.Contains(text(doc), "一次只写一个人") || !strings.Contains(text(doc), "不能晚于今天") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	s := text(head.done("/team/new/post", url.Values{"seen": {"0"}, "name": {"梅小雪"}, "day": {"2021-01-04"}, "full": {"yes"}}))
	if !strings.Contains(s, "梅小雪") || !strings.Contains(s, "专职") || !strings.Contains(s, "这一年还没有参加培训") || strings.Contains(s, "少于最低数") {
		t.Errorf("after the first line: %s", s)
	}
	if w, _ := head.post("/team/new/duty", url.Values{"seen": {"0"}, "name": {"季春晖"}, "role": {"principal"}, "post": {"部长"}, "day": {"2026-01-05"}}); w.Code != http.StatusConflict {
		t.Errorf("on a book that somebody has written in: %d", w.Code)
	}
	head.page("/team/end/1")
	s = text(head.done("/team/end/1", url.Values{"seen": {"1"}, "day": {"2026-11-01"}, "text": {"调任"}}))
	if !strings.Contains(s, "2021年1月4日 — 2026年11月1日 · 调任") || !strings.Contains(s, "少于最低数") {
		t.Errorf("after the end: %s", s)
	}
	for _, path := range []string{"/team/new/nonsense", "/team/end/0", "/team/end/2", "/team/end/x", "/team?unit=990121"} {
		if w, _ := head.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w, _ := d.as("990102", petition.Registrar).get("/team/new/duty"); w.Code != http.StatusNotFound {
		t.Errorf("a registrar writes: %d", w.Code)
	}
	if s := text(d.as("990100", petition.Supervisor).page("/team?unit=990102")); !strings.Contains(s, "调任") || strings.Contains(s, "添加") {
		t.Errorf("the unit above reads %s", s)
	}
}

// The unit above sees which units lack a role, people or training, and takes the list out.
func TestScenario12_1_UnitsThatLackARoleAreFlagged(t *testing.T) {
	d := newDesk(t)
	head := d.as("990102", petition.OfficeHead)
	for i, role := range []string{"principal", "in_charge", "others"} {
		head.page("/team/new/duty")
		head.done("/team/new/duty", url.Values{"seen": {string(rune('0' + i))}, "name": {"季春晖"}, "role": {role}, "post": {"部长"}, "day": {"2026-01-05"}})
	}
	up := d.as("990100", petition.Leader)
	doc := up.page("/team/units")
	if got := text(doc); !strings.Contains(got, "没有写明负总责") || !strings.Contains(got, "请帮他们补上") {
		t.Errorf("%s", got)
	}
	row := doc.Find(`tr:has(a[href="/team?unit=990102"])`).Text()
	if strings.Contains(row, "负总责") || !strings.Contains(row, "少于最低数1人") {
		t.Errorf("the county's line: %s", row)
	}
	if n := d.as("990102", petition.OfficeHead).page("/team/units").Find("tbody tr").Length(); n != 1 {
		t.Errorf("a county sees %d units", n)
	}
	if w, _ := up.get("/team/units?year=1990"); w.Code != http.StatusNotFound {
		t.Errorf("1990: %d", w.Code)
	}
	if w, _ := up.post("/team/units", url.Values{"year": {"2026"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a purpose: %d", w.Code)
	}
	up.page("/team/units?year=2026")
	w, _ := up.post("/team/units", url.Values{"year": {"2026"}, "purpose": {"年度检查"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if len(rows) < 4 || !strings.Contains(rows[0][0], "年度检查") || rows[1][0] != "单位" || rows[2][2] != "1" || !strings.Contains(rows[2][6], "；") {
		t.Errorf("%q", rows)
	}
}
