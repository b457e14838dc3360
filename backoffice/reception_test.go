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

func TestScenario13_2_ABookingIsConfirmedHeardAndFollowedUp(t *testing.T) {
	d := newDesk(t)
	at := d.announced("990102")
	session, err := petition.ParseID(strings.TrimPrefix(at, "/reception/"))
	d.must(err)
	f := aClaim("990102", "村干部补贴没有发")
	f.Session = session
	id := d.filed(f)
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
	reg, head := d.as("990102", petition.Registrar), d.as("990102", petition.OfficeHead)
	if s := text(reg.page(at)); !strings.Contains(s, "村干部补贴没有发") || !strings.Contains(s, "申请预约") {
		t.Fatal(s)
	}
	form := reg.page(at + "/seat?case=" + id.String())
	if form.Find(`input[name="step"]`).Length() != 3 {
		t.Errorf("steps: %s", text(form))
	}
	w, doc := reg.post(at+"/seat", url.Values{"case": {id.String()}, "step": {"waiting"}, "text": {""}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("without a word: %d", w.Code)
	}
	if s := text(reg.done(at+"/seat", url.Values{"case": {id.String()}, "step": {"given"}, "text": {"请带身份证。"}})); !strings.Contains(s, "已确认名额") {
		t.Error(s)
	}
	if s := text(reg.page("/cases/" + id.String())); !strings.Contains(s, "您预约的领导接访已经确认") || !strings.Contains(s, "请带身份证") {
		t.Error(s)
	}
	for _, role := range []petition.Role{petition.Handler, petition.Leader} {
		if w, _ := d.as("990102", role).get(at + "/seat"); w.Code != http.StatusNotFound {
			t.Errorf("%s keeps places: %d", role, w.Code)
		}
	}
	if w, _ := d.as("990100", petition.Registrar).get(at + "/seat"); w.Code != http.StatusNotFound {
		t.Errorf("the unit above keeps places: %d", w.Code)
	}
	d.now = d.now.AddDate(0, 0, 19) // 9 December
	reg, head = d.as("990102", petition.Registrar), d.as("990102", petition.OfficeHead)
	reg.done(at+"/seat", url.Values{"case": {id.String()}, "step": {"came"}, "text": {"说三个月没有发，请核对名册。"}})
	told := url.Values{"case": {""}, "owner": {"990102"}, "title": {"核对名册"}, "values.instruction": {"一周内核对名册"}, "due": {"2026-12-16"}}
	w, doc = head.post(at+"/instruct", told)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-case-error").Length() != 1 || doc.Find(`[name="values.instruction"]`).Text() != "一周内核对名册" {
		t.Errorf("about no case: %d %s", w.Code, text(doc))
	}
	told.Set("case", id.String())
	doc = head.done(at+"/instruct", told)
	if s := doc.Find("#duties").Text(); !strings.Contains(s, "核对名册") || !strings.Contains(s, "等反馈") {
		t.Errorf("the session shows %s", s)
	}
	duty, _ := doc.Find("#duties a[href^='/duties/']").Attr("href")
	if s := text(d.as("990102", petition.UnitHead).page(duty)); !strings.Contains(s, "陈志远") || !strings.Contains(s, "一周内核对名册") {
		t.Error(s)
	}
	if w, _ := reg.post(at+"/instruct", told); w.Code != http.StatusNotFound {
		t.Errorf("the registrar tells: %d", w.Code)
	}
}

func TestScenario13_3_ALeaderIsNamedForABacklogCase(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990102", "多次反映没有解决"))
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
	head := d.as("990102", petition.OfficeHead)
	if s := text(head.page("/backlog")); !strings.Contains(s, "没有这样的信访件") {
		t.Error(s)
	}
	d.now = d.now.AddDate(0, 0, 70)
	head = d.as("990102", petition.OfficeHead)
	doc := head.page("/backlog")
	if s := text(doc); !strings.Contains(s, "多次反映没有解决") || !strings.Contains(s, "还没有领导负责") || !strings.Contains(s, "70天") {
		t.Fatal(s)
	}
	if s := text(head.page("/backlog?days=90")); strings.Contains(s, "多次反映") {
		t.Error(s)
	}
	to, ok := doc.Find(`a[href^="/set-duty/contract"]`).Attr("href")
	if !ok {
		t.Fatal("no way to name a leader")
	}
	form := head.page(to)
	lead := account(t, "990102", petition.Leader)
	if form.Find(`#f-person option[value="`+lead.ID.String()+`"]`).Length() != 1 || form.Find("#f-person option").Length() != 2 {
		t.Errorf("who may be named: %s", text(form))
	}
	v := url.Values{"case": {id.String()}, "owner": {"990102"}, "title": {"化解积案"}, "values.difficulty": {"两个单位意见不一"}, "due": {petition.Day(d.now.AddDate(0, 0, 30))}, "person": {""}}
	w, doc := head.post("/set-duty/contract", v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-person-error").Length() != 1 {
		t.Errorf("nobody by name: %d", w.Code)
	}
	v.Set("person", lead.ID.String())
	head.done("/set-duty/contract", v)
	if s := text(head.page("/backlog")); strings.Contains(s, "还没有领导负责") || !strings.Contains(s, lead.Name) {
		t.Error(s)
	}
	if s := text(head.page("/cases/" + id.String())); !strings.Contains(s, "化解积案") {
		t.Error("the case does not show who answers for it")
	}
	if w, _ := d.as("990102", petition.Handler).get("/backlog"); w.Code != http.StatusNotFound {
		t.Errorf("a handler: %d", w.Code)
	}
}
