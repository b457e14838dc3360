package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

func TestEveryIndicatorStandsWithWhatItCounts(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990100", petition.Leader)
	doc := b.page("/indicators")
	rows := doc.Find("#figures tbody tr")
	if rows.Length() != len(petition.Indicators) {
		t.Fatalf("%d lines for %d indicators", rows.Length(), len(petition.Indicators))
	}
	shares := 0
	rows.Each(func(_ int, tr *goquery.Selection) {
		if len([]rune(tr.Find("td").Eq(2).Text())) < 2 {
			t.Errorf("nothing says what it counts: %s", tr.Text())
		}
		if strings.Contains(tr.Find("b").Text(), "%") && tr.Find("td .sub").Length() == 1 {
			shares++
		}
	})
	if shares < 8 {
		t.Errorf("%d shares with their parts", shares)
	}
	behind := 0
	doc.Find("#figures tbody a, #below tbody a").Each(func(_ int, a *goquery.Selection) {
		list := b.page(a.AttrOr("href", ""))
		if strings.HasPrefix(a.AttrOr("href", ""), "/ledgers/counted?") {
			behind++
			if list.Find("tbody tr").Length() == 0 {
				t.Errorf("no case behind %s", a.AttrOr("href", ""))
			}
		}
	})
	if behind < len(petition.Indicators)/2 {
		t.Errorf("lists behind only %d figures", behind)
	}
	if doc.Find("#months svg.h188 rect.f3").Length() != 12 || doc.Find("#months tbody tr").Length() != 12 {
		t.Error("the chart has not twelve months, or no table")
	}
	if doc.Find("#below tbody tr").Length() == 0 || strings.Contains(doc.Find("#below thead").Text(), "件次") {
		t.Errorf("units below: %s", doc.Find("#below thead").Text())
	}
	for _, wrong := range []string{"/indicators?unit=990000", "/indicators?period=2026-13", "/indicators?period=x"} {
		if w, _ := b.get(wrong); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, w.Code)
		}
	}
}

// A period is closed by the unit's head once it is over, shown as it was, and taken out.
func TestAHeadClosesAPeriod(t *testing.T) {
	d := newDesk(t)
	d.fill(60)
	head, lead := d.as("990100", petition.OfficeHead), d.as("990100", petition.Leader)
	last := petition.PeriodsUntil(d.now)[7] // last month
	at := "/indicators?period=" + string(last)
	if lead.page(at).Find(`form[action="/indicators/close"]`).Length() != 0 {
		t.Error("the leader may close it")
	}
	if head.page("/indicators").Find(`form[action="/indicators/close"]`).Length() != 0 {
		t.Error("a year that goes on may be closed")
	}
	if head.page(at).Find(`form[action="/indicators/close"]`).Length() != 1 {
		t.Fatal("the head may not close it")
	}
	doc := head.done("/indicators/close", url.Values{"period": {string(last)}, "seen": {"0"}})
	if doc.Find("#kept li").Length() != 1 || doc.Find(".note[role=status]").Length() != 1 {
		t.Errorf("closed: %s", text(doc))
	}
	w, doc := head.post("/indicators/close", url.Values{"period": {string(last)}, "seen": {"1"}, "reason": {" "}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-reason-error").Length() != 1 {
		t.Errorf("again without a reason: %d", w.Code)
	}
	head.done("/indicators/close", url.Values{"period": {string(last)}, "seen": {"1"}, "reason": {"补录了一件来信"}})
	if doc := lead.page(at); doc.Find("#kept li").Length() != 2 || !strings.Contains(doc.Find("#kept").Text(), "补录了一件来信") {
		t.Errorf("revisions: %s", doc.Find("#kept").Text())
	}
	d.judged("以后才登记的一件")
	if old := lead.page(at + "&revision=1"); old.Find("#figures tbody a").Length() != 0 || old.Find(`input[type=hidden][name=revision][value="1"]`).Length() != 1 {
		t.Errorf("what was kept leads to today's cases, or is not taken out as it is")
	}
	if w, _ := lead.post("/indicators/close", url.Values{"period": {string(last)}, "seen": {"2"}, "reason": {"x"}}); w.Code != http.StatusNotFound {
		t.Errorf("the leader closes it: %d", w.Code)
	}
	w, doc = head.post("/indicators", url.Values{"period": {string(last)}, "purpose": {""}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("taken out for nothing: %d", w.Code)
	}
	w, _ = head.post("/indicators", url.Values{"period": {string(last)}, "purpose": {"季度通报"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	sheet, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if name := w.Header().Get("Content-Disposition"); strings.Contains(name, "-r") {
		t.Errorf("today's figures are named as kept: %s", name)
	}
	w, _ = head.post("/indicators", url.Values{"period": {string(last)}, "revision": {"1"}, "purpose": {"季度通报"}})
	if name := w.Header().Get("Content-Disposition"); !strings.Contains(name, string(last)+"-r1") {
		t.Errorf("kept figures are named %s", name)
	}
	if len(sheet) < len(petition.Indicators)+2 || !strings.Contains(strings.Join(sheet[0], ""), "季度通报") || sheet[2][0] != "及时受理率" {
		t.Errorf("%d rows: %v", len(sheet), sheet[:min(3, len(sheet))])
	}
}
