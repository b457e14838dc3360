package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

func sessionForm(seen string) url.Values {
	return url.Values{"year": {"2026"}, "seen": {seen}, "kind": {"fixed"}, "leader": {"陈志远"}, "post": {"副部长"}, "portfolio": {"分管干部工作"},
		"day": {"2026-12-09"}, "from": {"09:00"}, "until": {"11:30"}, "place": {"区信访接待大厅1号室"}, "subject": {"村干部待遇"}, "places": {"2"}}
}

// announced is a fixed session of a unit, drawn up, approved and published on its pages;
// its address.
func (d *desk) announced(unit petition.UnitID) string {
	d.t.Helper()
	head, lead := d.as(unit, petition.OfficeHead), d.as(unit, petition.Leader)
	doc := head.done("/reception/new", sessionForm("0"))
	at, _ := doc.Find("tbody a.ttl").Attr("href")
	head.done("/reception", url.Values{"year": {"2026"}, "seen": {"1"}, "go": {"submit"}})
	lead.done("/reception", url.Values{"year": {"2026"}, "seen": {"2"}, "go": {"approve"}})
	head.done("/reception", url.Values{"year": {"2026"}, "seen": {"3"}, "go": {"publish"}})
	return at
}

func TestScenario13_1_ThePlanIsDrawnUpApprovedAndPublishedOnItsPages(t *testing.T) {
	d := newDesk(t)
	head, lead := d.as("990102", petition.OfficeHead), d.as("990102", petition.Leader)
	if s := text(head.page("/reception")); !strings.Contains(s, "2026年接访下访计划") || !strings.Contains(s, "还没有场次") {
		t.Fatal(s)
	}
	bad := sessionForm("0")
	bad.Set("until", "08:00")
	w, doc := head.post("/reception/new", bad)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-until-error").Length() != 1 || doc.Find("#f-subject").AttrOr("value", "") != "村干部待遇" {
		t.Fatalf("refused: %d %s", w.Code, text(doc))
	}
	doc = head.done("/reception/new", sessionForm("0"))
	at, ok := doc.Find("tbody a.ttl").Attr("href")
	if !ok || !strings.Contains(text(doc), "还没公布") {
		t.Fatal(text(doc))
	}
	if w, _ := head.post("/reception/new", sessionForm("0")); w.Code != http.StatusConflict {
		t.Errorf("on what was seen before: %d", w.Code)
	}
	if lead.page("/reception").Find(`button[value="approve"]`).Length() != 0 {
		t.Error("the leader approves what was not put to him")
	}
	head.done("/reception", url.Values{"year": {"2026"}, "seen": {"1"}, "go": {"submit"}})
	w, doc = lead.post("/reception", url.Values{"year": {"2026"}, "seen": {"2"}, "go": {"return"}, "text": {" "}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("back without a word: %d", w.Code)
	}
	lead.done("/reception", url.Values{"year": {"2026"}, "seen": {"2"}, "go": {"return"}, "text": {"时间改到上午十点"}})
	if s := text(head.page("/reception")); !strings.Contains(s, "时间改到上午十点") {
		t.Error(s)
	}
	edit := head.page(at + "/edit")
	if edit.Find("#f-from").AttrOr("value", "") != "09:00" {
		t.Error("the form does not begin with what is there")
	}
	changed := sessionForm("3")
	changed.Set("from", "10:00")
	head.done(at+"/edit", changed)
	head.done("/reception", url.Values{"year": {"2026"}, "seen": {"4"}, "go": {"submit"}})
	lead.done("/reception", url.Values{"year": {"2026"}, "seen": {"5"}, "go": {"approve"}})
	if w, _ := lead.post("/reception", url.Values{"year": {"2026"}, "seen": {"6"}, "go": {"publish"}}); w.Code != http.StatusForbidden {
		t.Errorf("the leader publishes: %d", w.Code)
	}
	doc = head.done("/reception", url.Values{"year": {"2026"}, "seen": {"6"}, "go": {"publish"}})
	if s := text(doc); strings.Contains(s, "还没公布") || !strings.Contains(s, "10:00") {
		t.Error(s)
	}
	got, err := d.store.Directory(t.Context(), d.now)
	d.must(err)
	if u, _ := got.Unit("990102"); len(u.Sessions) != 1 || u.Sessions[0].From != "10:00" || u.Sessions[0].Portfolio != "分管干部工作" {
		t.Fatalf("the portal is told %+v", u.Sessions)
	}
	w, doc = head.post(at+"/off", url.Values{"seen": {"7"}, "text": {""}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("called off without a reason: %d", w.Code)
	}
	if s := text(head.done(at+"/off", url.Values{"seen": {"7"}, "text": {"会议冲突，改到下月"}})); !strings.Contains(s, "会议冲突") {
		t.Error(s)
	}
}

// Whoever works at the unit reads the plan, and those above; nobody else changes it.
func TestWhoReadsAndWhoWritesAPlan(t *testing.T) {
	d := newDesk(t)
	at := d.announced("990102")
	for _, by := range []*browser{d.as("990102", petition.Handler), d.as("990100", petition.Leader)} {
		if s := text(by.page(at)); !strings.Contains(s, "区信访接待大厅1号室") {
			t.Error(s)
		}
		if w, _ := by.post(at+"/off", url.Values{"seen": {"4"}, "text": {"取消"}}); w.Code != http.StatusNotFound {
			t.Errorf("called off: %d", w.Code)
		}
	}
	if w, _ := d.as("990100", petition.OfficeHead).get(at + "/edit"); w.Code != http.StatusNotFound {
		t.Errorf("the head above changes it: %d", w.Code)
	}
	if w, _ := d.as("990121", petition.OfficeHead).get(at); w.Code != http.StatusNotFound {
		t.Errorf("a neighbour: %d", w.Code)
	}
	for _, wrong := range []string{"/reception?year=1999", "/reception?year=x", "/reception?unit=990121", "/reception/new?year=2099"} {
		if w, _ := d.as("990102", petition.OfficeHead).get(wrong); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, w.Code)
		}
	}
}
