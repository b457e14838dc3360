package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

func disputeForm() url.Values {
	return url.Values{"kind": {"election"}, "place": {"东桥村"}, "people": {"30"}, "asked": {"公开候选人条件"},
		"measures": {"镇里派人说明"}, "next": {"2026-11-25"}}
}

// An early sign is written down, read above, followed up, closed and taken out as a sheet.
func TestAnEarlySignIsFollowedUntilItIsClosed(t *testing.T) {
	d := newDesk(t)
	reg := d.as("990102", petition.Registrar)
	reg.page("/disputes/new")
	bad := disputeForm()
	bad.Set("asked", "找13800138000")
	w, doc := reg.post("/disputes/new", bad)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-asked").Text() != "找13800138000" || !strings.Contains(text(doc), "记事不记人") {
		t.Errorf("with a number of a person: %d %s", w.Code, text(doc))
	}
	for _, field := range []string{"kind", "place", "people", "asked", "measures", "next"} {
		v := disputeForm()
		v.Del(field)
		if w, doc := reg.post("/disputes/new", v); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-"+field+"-error, .field--error").Length() == 0 {
			t.Errorf("without %s: %d", field, w.Code)
		}
	}
	w, _ = reg.post("/disputes/new", disputeForm())
	at := w.Header().Get("Location")
	if s := text(d.as("990100", petition.Supervisor).page("/disputes")); !strings.Contains(s, "东桥村") {
		t.Errorf("the unit above reads %s", s)
	}
	if s := text(d.as("990121", petition.Registrar).page("/disputes")); strings.Contains(s, "东桥村") {
		t.Errorf("a neighbour reads %s", s)
	}
	reg.page(at)
	if w, doc := reg.post(at, url.Values{"seen": {"1"}, "step": {"follow"}, "measures": {"已经公开"}}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-measures").Text() != "已经公开" {
		t.Errorf("a follow-up without a day: %d", w.Code)
	}
	if s := text(reg.done(at, url.Values{"seen": {"1"}, "step": {"follow"}, "measures": {"已经公开"}, "people": {"5"}, "next": {"2026-12-01"}})); !strings.Contains(s, "已经公开") || !strings.Contains(s, "镇里派人说明") {
		t.Errorf("after the follow-up: %s", s)
	}
	if w, _ := reg.post(at, url.Values{"seen": {"1"}, "step": {"close"}, "measures": {"x"}}); w.Code != http.StatusConflict {
		t.Errorf("on what somebody changed: %d", w.Code)
	}
	reg.page(at)
	reg.done(at, url.Values{"seen": {"2"}, "step": {"close"}, "measures": {"都说清了"}})
	if reg.page(at).Find("main form").Length() != 0 {
		t.Error("a closed one still takes entries")
	}
	reg.page("/disputes")
	if w, _ := reg.post("/disputes", url.Values{}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("taken out without a purpose: %d", w.Code)
	}
	reg.page("/disputes?state=closed")
	w, _ = reg.post("/disputes", url.Values{"purpose": {"月度研判"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows(book.GetSheetName(0))
	d.must(err)
	if len(rows) != 3 || !strings.Contains(rows[0][0], "月度研判") || rows[2][2] != "东桥村" || rows[2][3] != "5" || rows[2][7] != "已经销号" {
		t.Errorf("%q", rows)
	}
}

// A disturbance is written down as an event; its form has no place for a name, its readers
// say what for, and the petition goes on.
func TestScenario6_2_AnIncidentNamesNobodyAndThePetitionContinues(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	before := text(d.as("990102", petition.Handler).page("/cases/" + id.String()))
	reg := d.as("990102", petition.Registrar)
	doc := reg.page("/incidents/new")
	doc.Find("main form").Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		switch name := f.AttrOr("name", ""); name {
		case "token", "day", "hour", "place", "kind", "people", "measures", "months":
		default:
			t.Errorf("the form asks for %q", name)
		}
	})
	if n := doc.Find(`input[name="kind"]`).Length(); n != len(petition.Behaviours) {
		t.Errorf("%d behaviours", n)
	}
	good := url.Values{"day": {"2026-11-20"}, "hour": {"09:00"}, "place": {"接待大厅"}, "kind": {"staying"}, "people": {"2"}, "measures": {"劝导后离开"}, "months": {"6"}}
	for _, field := range []string{"day", "place", "kind", "people", "measures", "months"} {
		v := url.Values{}
		for k := range good {
			if k != field {
				v.Set(k, good.Get(k))
			}
		}
		if w, doc := reg.post("/incidents/new", v); w.Code != http.StatusUnprocessableEntity || (field != "place" && doc.Find(`#f-place[value="接待大厅"]`).Length() != 1) {
			t.Errorf("without %s: %d", field, w.Code)
		}
	}
	reg.done("/incidents/new", good)
	head := d.as("990102", petition.OfficeHead)
	if s := text(head.page("/incidents")); strings.Contains(s, "接待大厅") {
		t.Error("it is shown before anybody said what for")
	}
	if w, _ := head.post("/incidents", url.Values{"purpose": {""}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a purpose: %d", w.Code)
	}
	head.page("/incidents")
	if _, doc := head.post("/incidents", url.Values{"purpose": {"安排值守"}}); !strings.Contains(text(doc), "劝导后离开") || !strings.Contains(text(doc), "2027年5月20日") {
		t.Errorf("%s", text(doc))
	}
	head.page("/incidents")
	if w, _ := head.post("/incidents", url.Values{"purpose": {""}, "form": {"xlsx"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("taken out without a purpose: %d", w.Code)
	}
	w, _ := head.post("/incidents", url.Values{"purpose": {"安排值守"}, "form": {"xlsx"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows("Sheet1")
	d.must(err)
	if len(rows) != 3 || !strings.Contains(rows[0][0], "安排值守") || rows[2][3] != "接待大厅" || rows[2][5] != "劝导后离开" {
		t.Errorf("the spreadsheet: %q", rows)
	}
	if w, _ := reg.post("/incidents", url.Values{"purpose": {"看看"}, "form": {"xlsx"}}); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
		t.Errorf("who may only write takes them out: %d", w.Code)
	}
	if _, doc := d.as("990100", petition.OfficeHead).post("/incidents", url.Values{"purpose": {"看看"}}); strings.Contains(text(doc), "接待大厅") {
		t.Error("the unit above reads it")
	}
	if after := text(d.as("990102", petition.Handler).page("/cases/" + id.String())); after != before {
		t.Error("the petition is not as it was")
	}
}

// An emergency is written to the minute, stands first on the leader's desk above, and is
// followed up every day with the time of each.
func TestAnEmergencyIsSeenAboveAtOnce(t *testing.T) {
	d := newDesk(t)
	reg, lead := d.as("990102", petition.Registrar), d.as("990100", petition.Leader)
	form := disputeForm()
	form.Set("kind", "emergency")
	form.Set("next", petition.Day(d.now.AddDate(0, 0, 1)))
	if w, doc := reg.post("/disputes/new", form); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-when-error").Length() != 1 {
		t.Errorf("without its time: %d", w.Code)
	}
	if lead.page("/leader").Find("#urgent").Length() != 0 {
		t.Error("there is one before it was written")
	}
	began := d.now.Add(-time.Hour).In(petition.Shanghai)
	form.Set("when", began.Format("2006-01-02T15:04"))
	doc := reg.done("/disputes/new", form)
	if s := text(doc); !strings.Contains(s, began.Format("2006-01-02 15:04")) || !strings.Contains(s, "突发紧急情况") {
		t.Errorf("as written: %s", s)
	}
	urgent := lead.page("/leader").Find("#urgent a")
	if urgent.Length() != 1 || !strings.Contains(urgent.Text(), "东桥村") {
		t.Fatalf("on the desk above: %s", urgent.Text())
	}
	at := urgent.AttrOr("href", "")
	if s := text(lead.page(at)); !strings.Contains(s, "镇里派人说明") {
		t.Errorf("opened above: %s", s)
	}
	if d.as("990121", petition.Leader).page("/leader").Find("#urgent").Length() != 0 {
		t.Error("a neighbour is told of it")
	}
	reg.done(at, url.Values{"seen": {"1"}, "step": {"close"}, "measures": {"已经平息"}})
	if lead.page("/leader").Find("#urgent").Length() != 0 {
		t.Error("it is still urgent once it is over")
	}
}
