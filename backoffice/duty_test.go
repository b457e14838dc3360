package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// A leader instructs, the county's head answers, the leader closes: each finds it where he
// looks, and a refused form keeps its words.
func TestAnInstructionIsGivenAnsweredAndClosed(t *testing.T) {
	d := newDesk(t)
	lead, head := d.as("990100", petition.Leader), d.as("990102", petition.OfficeHead)
	w, doc := lead.post("/set-duty/instruction", url.Values{"owner": {"990102"}, "title": {"请县里说明情况"}, "due": {"2020-01-01"}, "values.instruction": {"请逐条说明"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-due-error").Length() != 1 || doc.Find(`[name="values.instruction"]`).Text() != "请逐条说明" {
		t.Fatalf("refused: %d %s", w.Code, text(doc))
	}
	day := petition.Day(d.now.AddDate(0, 0, 5))
	w, _ = lead.post("/set-duty/instruction", url.Values{"owner": {"990102"}, "title": {"请县里说明情况"}, "due": {day}, "values.instruction": {"请逐条说明"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", w.Code)
	}
	at := w.Header().Get("Location")
	list := head.page("/duties")
	if list.Find(`tbody a[href="`+at+`"]`).Length() != 1 {
		t.Fatalf("the head's list: %s", text(list))
	}
	if doc := head.page(at); !strings.Contains(text(doc), "请逐条说明") || doc.Find(`a[href="`+at+`/close"]`).Length() != 0 {
		t.Fatalf("the head's page: %s", text(doc))
	}
	if w, _ := head.get(at + "/close"); w.Code != http.StatusForbidden && w.Code != http.StatusConflict {
		t.Errorf("the owner closes: %d", w.Code)
	}
	w, doc = head.post(at+"/answer", url.Values{"version": {"1"}, "values.result": {" "}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`[id="f-values.result-error"]`).Length() != 1 {
		t.Fatalf("an empty answer: %d %s", w.Code, text(doc))
	}
	if w, _ = head.post(at+"/answer", url.Values{"version": {"1"}, "values.result": {"都已说明"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("answer: %d", w.Code)
	}
	w, doc = lead.post(at+"/close", url.Values{"version": {"1"}, "outcome": {"done"}, "text": {"可以"}})
	if w.Code != http.StatusConflict || !strings.Contains(doc.Find("textarea").Text(), "可以") {
		t.Errorf("on what was seen before: %d %s", w.Code, text(doc))
	}
	if w, _ = lead.post(at+"/close", url.Values{"version": {"2"}, "outcome": {"done"}, "text": {"可以"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("close: %d", w.Code)
	}
	if doc := lead.page("/duties?side=set&list=ended"); !strings.Contains(doc.Find("tbody").Text(), "已落实") {
		t.Errorf("ended: %s", text(doc))
	}
	for _, other := range []petition.UnitID{"990200"} {
		if w, _ := d.as(other, petition.OfficeHead).get(at); w.Code != http.StatusNotFound {
			t.Errorf("%s opens it: %d", other, w.Code)
		}
	}
}

// Each kind's form is there for who may set it, and for nobody else; lists that there are
// not are not found.
func TestWhoSetsWhichDuty(t *testing.T) {
	d := newDesk(t)
	for _, k := range petition.DutyKinds {
		for _, role := range []petition.Role{petition.Leader, petition.OfficeHead, petition.Supervisor, petition.UnitHead, petition.Handler, petition.Registrar} {
			w, _ := d.as("990102", role).get("/set-duty/" + string(k))
			want := http.StatusNotFound
			if petition.SetsDuty(petition.Actor{Kind: petition.ByStaff, Roles: []petition.Role{role}}, k) {
				want = http.StatusOK
			}
			if w.Code != want {
				t.Errorf("%s %s: %d, not %d", role, k, w.Code, want)
			}
		}
	}
	sup := d.as("990102", petition.Supervisor)
	for _, form := range petition.DutyForms(petition.Supervision) {
		doc := sup.page("/set-duty/supervision?form=" + string(form))
		for _, f := range petition.DutyFields(petition.Supervision, form) {
			if doc.Find(`[name="values.`+f.Name+`"]`).Length() != 1 {
				t.Errorf("%s does not ask for %s", form, f.Name)
			}
		}
	}
	for _, bad := range []string{"/duties?list=all", "/duties?side=theirs", "/duties?kind=song", "/duties?cause=song", "/duties?after=x",
		"/set-duty/song", "/duties/" + petition.ID{1}.String(), "/duties/" + petition.ID{1}.String() + "/close", "/duties/x"} {
		if w, _ := sup.get(bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	for _, l := range backoffice.DutyLists {
		sup.page("/duties?side=set&list=" + string(l))
	}
}

// What is set about a case stands on its page, for those who may see it, with the way to
// set more for who may.
func TestDutiesAboutACaseStandOnItsPage(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990102", "组织关系转接没有办完"))
	head, handler := d.as("990102", petition.OfficeHead), d.as("990102", petition.Handler)
	at := "/cases/" + id.String()
	if doc := handler.page(at); doc.Find("#duties").Length() != 0 {
		t.Errorf("for who sets none and where none stands: %s", doc.Find("#duties").Text())
	}
	to := "/set-duty/supervision?case=" + id.String()
	if doc := head.page(at); doc.Find(`#duties a[href="`+to+`"]`).Length() != 1 {
		t.Fatalf("the head's page: %s", doc.Find("#duties").Text())
	}
	head.page(to)
	w, _ := head.post("/set-duty/supervision", url.Values{"case": {id.String()}, "form": {"letter"}, "owner": {"990102"}, "title": {"抓紧办理"},
		"due": {petition.Day(d.now)}, "values.problem": {"慢"}, "values.demand": {"快"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", w.Code)
	}
	if doc := handler.page(at); !strings.Contains(doc.Find("#duties").Text(), "抓紧办理") {
		t.Errorf("the handler's page: %s", text(doc))
	}
	if w, _ := d.as("990200", petition.OfficeHead).get(to); w.Code != http.StatusNotFound {
		t.Errorf("about a case that is another's: %d", w.Code)
	}
}

// Whoever supervises says why, or that it is something else; the list shows and filters it.
func TestWhyItIsSupervised(t *testing.T) {
	d := newDesk(t)
	sup := d.as("990100", petition.Supervisor)
	form := url.Values{"form": {"letter"}, "owner": {"990102"}, "title": {"请如实报告"}, "due": {petition.Day(d.now)}, "cause": {"song"},
		"values.problem": {"报告与实际不一致"}, "values.demand": {"逐项核实"}}
	if doc := sup.page("/set-duty/supervision?form=letter"); doc.Find(`select[name="cause"] option`).Length() != len(petition.DutyCauses)+1 {
		t.Errorf("to choose from: %s", doc.Find(`select[name="cause"]`).Text())
	}
	if w, doc := sup.post("/set-duty/supervision", form); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-cause-error").Length() != 1 || doc.Find(`[name="values.problem"]`).Text() != "报告与实际不一致" {
		t.Fatalf("refused: %d %s", w.Code, text(doc))
	}
	form.Set("cause", string(petition.FalseWork))
	w, _ := sup.post("/set-duty/supervision", form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", w.Code)
	}
	if doc := sup.page(w.Header().Get("Location")); !strings.Contains(text(doc), "弄虚作假") || !strings.Contains(text(doc), "第四十条") {
		t.Errorf("its page: %s", text(doc))
	}
	for cause, want := range map[string]int{"false_work": 1, "late": 0} {
		if doc := sup.page("/duties?side=set&cause=" + cause); doc.Find("tbody tr").Length() != want {
			t.Errorf("%s: %s", cause, doc.Find("tbody").Text())
		}
	}
	if doc := sup.page("/set-duty/advice?form=work"); doc.Find(`[name="cause"]`).Length() != 0 {
		t.Error("an advice has a cause")
	}
}

// A tracked decision leads to a supervision of it, for whoever may set one at its owner;
// the two name each other's page.
func TestScenario8_5_ADecisionIsPressedOnWith(t *testing.T) {
	d := newDesk(t)
	sup, head := d.as("990100", petition.Supervisor), d.as("990102", petition.OfficeHead)
	day := petition.Day(d.now.AddDate(0, 0, 5))
	w, _ := sup.post("/set-duty/tracking", url.Values{"owner": {"990102"}, "title": {"落实规范书面答复的要求"}, "due": {day},
		"values.decision": {"逐条回应诉求"}, "values.decided_by": {"省委组织部"}, "values.decided_on": {"2026-01-10"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("tracked: %d", w.Code)
	}
	at := w.Header().Get("Location")
	id := strings.TrimPrefix(at, "/duties/")
	press := `a[href="/set-duty/supervision?decision=` + id + `"]`
	if sup.page(at).Find(press).Length() != 1 || d.as("990102", petition.Handler).page(at).Find(press).Length() != 0 {
		t.Error("who may press on with it is not who does")
	}
	doc := sup.page("/set-duty/supervision?form=talk&decision=" + id)
	if doc.Find(`a[href="`+at+`"]`).Length() != 1 || doc.Find(`select[name="owner"] option[selected]`).AttrOr("value", "") != "990102" {
		t.Fatalf("the form: %s", text(doc))
	}
	w, _ = sup.post("/set-duty/supervision", url.Values{"form": {"talk"}, "decision": {id}, "owner": {"990102"}, "title": {"约谈"}, "due": {day},
		"values.problem": {"没有进展"}, "values.with": {"分管负责人"}, "values.on": {day}, "values.place": {"会议室"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", w.Code)
	}
	if doc := head.page(w.Header().Get("Location")); doc.Find(`dd a[href="`+at+`"]`).Length() != 1 {
		t.Errorf("its page: %s", text(doc))
	}
	for _, bad := range []string{"x", petition.ID{7}.String()} {
		if w, _ := sup.get("/set-duty/supervision?form=talk&decision=" + bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// A case is marked as important on its page; the mark's page leads to the report, whose
// title and case are there already; the leader then codes it, as the record allows.
func TestScenario11_2_AMarkIsReportedAndCoded(t *testing.T) {
	d := newDesk(t)
	desk, lead := d.as("990102", petition.Registrar), d.as("990102", petition.Leader)
	id := d.filed(aClaim("990102", "几十人相约上访"))
	to := "/set-duty/flag?case=" + id.String()
	if doc := desk.page("/cases/" + id.String()); doc.Find(`#duties a[href="`+to+`"]`).Length() != 1 {
		t.Fatalf("the case's page: %s", doc.Find("#duties").Text())
	}
	w, _ := desk.post("/set-duty/flag", url.Values{"case": {id.String()}, "owner": {"990102"}, "title": {"几十人相约上访"}, "due": {petition.Day(d.now)}, "values.grave": {"人数多"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("marked: %d", w.Code)
	}
	at := w.Header().Get("Location")
	report := "/set-duty/important?flag=" + strings.TrimPrefix(at, "/duties/")
	if doc := desk.page(at); doc.Find(`a[href="`+report+`"]`).Length() != 1 || doc.Find(`a[href="`+at+`/close"]`).Length() != 0 {
		t.Errorf("the mark's page: %s", text(doc))
	}
	doc := desk.page(report)
	if doc.Find(`[name="title"]`).AttrOr("value", "") != "几十人相约上访" || doc.Find(`[name="case"]`).Length() == 0 {
		t.Errorf("the report's form: %s", text(doc))
	}
	form := hidden(doc, "/set-duty/important")
	for name, v := range map[string]string{"owner": "990100", "title": "几十人相约上访", "due": petition.Day(d.now), "values.happened": "已劝返", "values.place": "大厅", "values.when": "九时", "values.measures": "接谈"} {
		form.Set(name, v)
	}
	if w, doc := desk.post("/set-duty/important", form); w.Code != http.StatusSeeOther {
		t.Fatalf("reported: %d %s", w.Code, text(doc))
	}
	doc = lead.page(at + "/close")
	if doc.Find(`[name="outcome"]`).Length() != 1 || doc.Find(`[name="outcome"][value="on_time"]`).Length() != 1 {
		t.Errorf("how it may be coded: %s", text(doc))
	}
	if w, _ := desk.get(at + "/close"); w.Code != http.StatusForbidden {
		t.Errorf("who marked it codes it: %d", w.Code)
	}
	if w, _ := d.as("990100", petition.Registrar).get(report); w.Code != http.StatusNotFound {
		t.Errorf("the report of another's mark: %d", w.Code)
	}
}
