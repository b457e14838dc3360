package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// answers of the jurisdiction check that lead nowhere special.
func answers(change map[string]string) url.Values {
	v := url.Values{}
	for q, a := range map[string]string{"cadre_report": "no", "in_hand": "no", "final": "no", "legal": "no",
		"in_scope": "yes", "level": "own", "reasons": "看了材料"} {
		if with, ok := change[q]; ok {
			a = with
		}
		v.Set("check."+q, a)
	}
	return v
}

func TestTheCheckSuggestsAndAPersonDecides(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990100", "组织关系转接没有办完")
	id := d.filed(f)
	d.do(account(t, "990100", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
	b := d.as("990100", petition.Registrar)
	path := "/cases/" + id.String() + "/check"
	b.page(path)
	for _, one := range []struct {
		change map[string]string
		action string
		ground string
	}{
		{map[string]string{"cadre_report": "yes"}, "seal_up", ""},
		{map[string]string{"in_hand": "yes"}, "refuse", "R2"},
		{map[string]string{"in_hand": "here"}, "merge", ""},
		{map[string]string{"final": "yes"}, "no_longer", ""},
		{map[string]string{"legal": "yes"}, "divert", ""},
		{map[string]string{"in_scope": "no"}, "redirect", ""},
		{map[string]string{"level": "below"}, "refer", ""},
		{map[string]string{"level": "above"}, "redirect", ""},
	} {
		w, doc := b.post(path, answers(one.change))
		form := doc.Find(`.btns button`).First().Closest("form")
		if w.Code != http.StatusOK || !strings.HasSuffix(form.AttrOr("action", ""), "/"+one.action) {
			t.Errorf("%v: %d leads to %q", one.change, w.Code, form.AttrOr("action", ""))
			continue
		}
		if got := form.Find("input[name=ground]").AttrOr("value", ""); got != one.ground {
			t.Errorf("%v: ground %q", one.change, got)
		}
		if doc.Find("details form").Length() == 0 {
			t.Errorf("%v: a person cannot decide otherwise", one.change)
		}
		next := hidden(doc, form.AttrOr("action", ""))
		w, doc = b.post(form.AttrOr("action", ""), next)
		if w.Code != http.StatusOK || !strings.Contains(text(doc), "看了材料") {
			t.Errorf("%v: the path is not carried on: %d", one.change, w.Code)
		}
	}
	// Accepting is for the handler: the registrar is told so, not led astray.
	_, doc := b.post(path, answers(nil))
	if !strings.Contains(text(doc), "不由您的岗位办理") {
		t.Errorf("accept for a registrar: %s", text(doc))
	}
}

// TestTheAnswersOfTheCheckGoWithTheCase: who may not accept hands them on; the handler
// begins with them.
func TestTheAnswersOfTheCheckGoWithTheCase(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b, path := d.as("990102", petition.Registrar), "/cases/"+id.String()
	b.page(path + "/check")
	_, doc := b.post(path+"/check", answers(nil))
	v := hidden(doc, path+"/distribute")
	if v.Get("check.reasons") != "看了材料" || v.Get("check.level") != "own" {
		t.Fatalf("handing on carries %v: %s", v, text(doc))
	}
	_, doc = b.post(path+"/distribute", v)
	v = hidden(doc, path+"/distribute")
	v.Set("handler", account(t, "990102", petition.Handler).ID.String())
	v.Set("step", "do")
	if says := text(b.done(path+"/distribute", v)); !strings.Contains(says, "看了材料") {
		t.Errorf("the reasons are not on the case: %s", says)
	}
	doc = d.as("990102", petition.Handler).page(path + "/check")
	if doc.Find("textarea[name='check.reasons']").Text() != "看了材料" || doc.Find("input[name='check.level'][value=own][checked]").Length() != 1 {
		t.Errorf("the handler begins anew: %s", text(doc))
	}
	// Nothing lies below a county: it is said, and no referral proposed.
	_, doc = b.post(path+"/check", answers(map[string]string{"level": "below"}))
	if !strings.Contains(text(doc), "没有可以转送的单位") || doc.Find(`form[action*="/refer"]`).Length() != 0 {
		t.Errorf("below a county: %s", text(doc))
	}
}

func TestTheCheckAsksForWhatIsMissing(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String() + "/check"
	b.page(path)
	w, doc := b.post(path, url.Values{"check.cadre_report": {"no"}, "check.in_hand": {"no"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("%d", w.Code)
	}
	for _, field := range []string{"final", "legal", "in_scope", "level", "reasons"} {
		if doc.Find(`.errsum a[href="#f-check.`+field+`"]`).Length() != 1 {
			t.Errorf("%s is not asked for", field)
		}
	}
	if doc.Find(`input[name="check.in_hand"][value=no][checked]`).Length() != 1 {
		t.Error("an answer was lost")
	}
	// A question behind one that ends the check is not asked.
	w, doc = b.post(path, url.Values{"check.cadre_report": {"yes"}, "check.reasons": {"点名要求查处"}})
	if w.Code != http.StatusOK || doc.Find(".errsum").Length() != 0 {
		t.Errorf("%d %s", w.Code, doc.Find(".errsum").Text())
	}
}

func TestScenario4_2_AnOnlinePetitionIsNeverRefusedForSkippingALevel(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990100", "村里的党费收据")
	id := d.filed(f)
	d.do(account(t, "990100", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C4"})
	b := d.as("990100", petition.Registrar)
	path := "/cases/" + id.String() + "/refuse"
	page := b.page(path)
	if page.Find(`input[name=ground][value=R1]`).Length() != 0 || page.Find(`input[name=ground][value=R2]`).Length() != 1 {
		t.Errorf("grounds offered: %s", text(page))
	}
	if page.Find(`.note a.btn[href*="/refer"]`).Length() != 1 {
		t.Error("the way down is not shown beside the grounds")
	}
	v := hidden(page, path)
	v.Set("ground", "R1")
	v.Set("to", "990102")
	v.Set("text", "请到县里提出")
	v.Set("reason", "越级")
	v.Set("step", "preview")
	w, doc := b.post(path, v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-ground-error").Length() != 1 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if got := doc.Find("#f-ground-error").Text(); !strings.Contains(got, "走访") || !strings.Contains(got, "转送") {
		t.Errorf("the field says %q", got)
	}
	lower := doc.Find(`.note a.btn[href*="/refer"]`)
	if lower.Length() != 1 {
		t.Fatalf("referring it is not offered: %s", text(doc))
	}
	if strings.TrimSpace(doc.Find("textarea[name=text]").Text()) != "请到县里提出" {
		t.Error("the words were lost")
	}
	b.page(lower.AttrOr("href", ""))
	b.act(id, "refer", url.Values{"to": {"990102"}, "reason": {"由县里办理"}})
	doc = d.as("990100", petition.OfficeHead).act(id, "approve", url.Values{})
	if state(doc) != "已转出" {
		t.Errorf("after the referral: %s", state(doc))
	}
	if page := d.as("990102", petition.Registrar).page("/queue?queue=accept"); !strings.Contains(text(page), "村里的党费收据") {
		t.Error("it did not arrive at the county")
	}
}

func TestScenario4_1_AVisitThatSkipsALevelIsRefusedAndTheCountyTold(t *testing.T) {
	d := newDesk(t)
	registrar := account(t, "990000", petition.Registrar)
	f := aClaim("990000", "村里的党费收据")
	id, _, err := d.store.RegisterFor(t.Context(), actor(registrar), "", petition.Act{Action: petition.Register, Filing: &f, Topic: "C4",
		Channel: petition.ByVisit, Unit: "990000", Arrival: petition.Direct, At: d.now}, d.now)
	d.must(err)
	b := d.signIn(registrar)
	b.act(id, "refuse", url.Values{"ground": {"R1"}, "to": {"990102"}, "text": {"这件事由青溪区委组织部办理。"}, "reason": {"越两级走访"}})
	doc := d.as("990000", petition.OfficeHead).act(id, "approve", url.Values{})
	if state(doc) != "不予受理" || !strings.Contains(text(doc), "通报下级单位") {
		t.Errorf("%s: %s", state(doc), text(doc))
	}
}

// TestSkippingALevelIsOfferedWhereAUnitIsSoFarBelow: not at a city, whose counties are one
// level down.
func TestSkippingALevelIsOfferedWhereAUnitIsSoFarBelow(t *testing.T) {
	d := newDesk(t)
	for unit, want := range map[petition.UnitID]int{"990000": 1, "990100": 0, "990102": 0} {
		f := aClaim(unit, "村里的党费收据")
		r := account(t, unit, petition.Registrar)
		id, _, err := d.store.RegisterFor(t.Context(), actor(r), "", petition.Act{Action: petition.Register, Filing: &f, Topic: "C4",
			Channel: petition.ByVisit, Unit: unit, Arrival: petition.Direct, At: d.now}, d.now)
		d.must(err)
		page := d.signIn(r).page("/cases/" + id.String() + "/refuse")
		if got := page.Find(`input[name=ground][value=R1]`).Length(); got != want {
			t.Errorf("%s: offered %d times", unit, got)
		}
	}
}

func TestScenario1_2_AWageComplaintLeavesWithANameAndANumber(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990102", "工地欠薪")
	f.Topic = "Z3"
	id := d.filed(f)
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "Z3"})
	b := d.as("990102", petition.Registrar)
	doc := b.page("/cases/" + id.String() + "/check")
	if doc.Find(`input[name="check.in_scope"][value=no][checked]`).Length() != 1 {
		t.Error("the check does not begin with what the topic tells")
	}
	path := "/cases/" + id.String() + "/redirect"
	v := hidden(b.page(path), path)
	v.Set("step", "preview")
	w, doc := b.post(path, v)
	for _, field := range []string{"text", "body.name", "body.phone", "reason"} {
		if doc.Find(`.errsum a[href="#f-`+field+`"]`).Length() != 1 {
			t.Errorf("%s is not asked for (%d)", field, w.Code)
		}
	}
	b.act(id, "redirect", url.Values{"text": {"工资由人社部门管。"}, "body": {"labour"}, "reason": {"劳动报酬"}})
	doc = d.as("990102", petition.OfficeHead).page("/cases/" + id.String() + "/approve")
	if letter := doc.Find("article.doc").Text(); !strings.Contains(letter, "12333") || !strings.Contains(letter, "青溪区人力资源和社会保障局") {
		t.Errorf("the notice: %s", letter)
	}
}

func TestScenario4_3_AMatterInHandIsRefusedWithItsNumber(t *testing.T) {
	d := newDesk(t)
	first := d.registered("组织关系转接没有办完")
	kept, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), first)
	d.must(err)
	second := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	doc := b.page("/cases/" + second.String() + "/check")
	if doc.Find(`.files a[href="/cases/`+first.String()+`"]`).Length() == 0 {
		t.Errorf("the first case is not suggested: %s", text(doc))
	}
	path := "/cases/" + second.String() + "/refuse"
	v := hidden(b.page(path), path)
	v.Set("ground", "R2")
	v.Set("text", "这件事正在办理。")
	v.Set("reason", "同人同事")
	v.Set("link.number", "XF9901022020010100017")
	v.Set("step", "preview")
	w, doc := b.post(path, v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`[id="f-link.number-error"]`).Length() != 1 {
		t.Errorf("an unknown number: %d %s", w.Code, text(doc))
	}
	v.Set("link.number", strings.ToLower(kept.Number))
	w, doc = b.post(path, v)
	if w.Code != http.StatusOK || !strings.Contains(doc.Find("article.doc").Text(), kept.Number) {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	v.Set("step", "do")
	b.done(path, v)
	doc = d.as("990102", petition.OfficeHead).act(second, "approve", url.Values{})
	if state(doc) != "不予受理" {
		t.Errorf("approved, it is %s: %s", state(doc), text(doc))
	}
}
