package backoffice_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/demo"
	"huiyin/petition"
)

// policyNamed is a policy of the demonstration by its number.
func policyNamed(number string) petition.Policy {
	for _, p := range demo.Policies() {
		if p.Number == number {
			return p
		}
	}
	panic(number)
}

// gapped is a claim of the county in which its handler found a gap in policy.
func (d *desk) gapped(what, due string) petition.ID {
	d.t.Helper()
	id := d.handled(what)
	h := account(d.t, "990102", petition.Handler)
	d.do(h, id, petition.Act{Action: petition.RecordGap, Gap: &petition.Gap{What: what, Owner: h.ID, OwnerName: h.Name, Due: due}})
	return id
}

// step posts a form's fields with one of its buttons.
func (b *browser) step(id petition.ID, action, button string, fields url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	b.d.t.Helper()
	path := "/cases/" + id.String() + "/" + action
	v := hidden(b.page(path), path)
	for k, all := range fields {
		v[k] = all
	}
	v.Set("step", button)
	return b.post(path, v)
}

func TestTheLibraryIsListedAndNarrowed(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Handler)
	for query, want := range map[string]int{"": 7, "?state=force": 5, "?state=ended": 1, "?state=coming": 1, "?level=province": 5,
		"?words=" + url.QueryEscape("抚恤金"): 1, "?words=" + url.QueryEscape("澜组发〔2019〕"): 1, "?words=%25": 0, "?words=x&state=force": 0} {
		if got := b.page("/policies" + query).Find("tbody tr").Length(); got != want {
			t.Errorf("%s: %d rows, want %d", query, got, want)
		}
	}
	if w, _ := b.get("/policies?state=never"); w.Code != http.StatusNotFound {
		t.Errorf("a state that is none: %d", w.Code)
	}
	if w, _ := b.get("/policies?after=nonsense"); w.Code != http.StatusNotFound {
		t.Errorf("a cursor that is none: %d", w.Code)
	}
	if b.page("/policies").Find(`a[href="/policies/new"]`).Length() != 0 {
		t.Error("a handler is offered to add one")
	}
	p := policyNamed("澜组发〔2019〕6号")
	page := b.page("/policies/" + p.ID.String())
	if said := text(page); !strings.Contains(said, "多收的退还") || !strings.Contains(said, "还没有依据它作出决定的") || !strings.Contains(said, "第1版 · 从文件导入") {
		t.Errorf("%s", said)
	}
	if page.Find(`a[href$="/edit"]`).Length() != 0 {
		t.Error("a handler is offered to edit it")
	}
}

func policyForm(change func(v url.Values)) url.Values {
	v := url.Values{"seen": {"0"}, "title": {"《青溪区党群服务中心管理办法》"}, "number": {"青组发〔2026〕9号"}, "body": {"中共青溪区委组织部"},
		"level": {"county"}, "unit": {"990102"}, "from": {"2026-01-01"}, "until": {""},
		"articles": {"第一条　活动室每周开放五天。\n节假日另行通知。\n第二条 使用前登记。"}}
	if change != nil {
		change(v)
	}
	return v
}

// TestTheHeadOfTheOfficeKeepsTheLibrary adds a policy, is told what is wrong with every
// word kept, changes it, and finds the version before.
func TestTheHeadOfTheOfficeKeepsTheLibrary(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.OfficeHead)
	b.page("/policies/new")
	for why, spoil := range map[string]func(v url.Values){
		"写明政策文件的标题": func(v url.Values) { v.Set("title", "") },
		"写明文号":      func(v url.Values) { v.Set("number", " ") },
		"不能早于":      func(v url.Values) { v.Set("until", "2025-01-01") },
		"至少写一条":     func(v url.Values) { v.Set("articles", "") },
		"要以“第几条”开头": func(v url.Values) { v.Set("articles", "总则\n第一条 甲") },
		"第一条写了两次":   func(v url.Values) { v.Set("articles", "第一条 甲\n第一条 乙") },
		"只能维护约束本单位": func(v url.Values) { v.Set("unit", "990100") },
	} {
		w, page := b.post("/policies/new", policyForm(spoil))
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(page), why) || page.Find("#f-body").AttrOr("value", "") != "中共青溪区委组织部" {
			t.Errorf("%s: %d %s", why, w.Code, text(page))
		}
	}
	page := b.done("/policies/new", policyForm(nil))
	if said := text(page); !strings.Contains(said, "青溪区党群服务中心管理办法") || strings.Contains(said, "《青溪区") || !strings.Contains(said, "节假日另行通知") {
		t.Errorf("%s", said)
	}
	edit := page.Find(`a[href$="/edit"]`).AttrOr("href", "")
	if form := b.page(edit); !strings.Contains(form.Find("#f-articles").Text(), "第一条　活动室每周开放五天。\n节假日另行通知。\n第二条　使用前登记。") {
		t.Errorf("the articles: %q", form.Find("#f-articles").Text())
	}
	page = b.done(edit, policyForm(func(v url.Values) { v.Set("seen", "1"); v.Set("until", "2026-06-30") }))
	if said := text(page); !strings.Contains(said, "已失效") || !strings.Contains(said, "改了：停止施行日期") || page.Find("#history details").Length() != 2 {
		t.Errorf("%s", said)
	}
	if w, _ := b.post(edit, policyForm(func(v url.Values) { v.Set("seen", "1") })); w.Code != http.StatusConflict {
		t.Errorf("what somebody else wrote is written over: %d", w.Code)
	}
	if w, _ := b.post(edit, policyForm(nil)); w.Code != http.StatusNotFound {
		t.Errorf("an edit that has seen nothing: %d", w.Code)
	}
	for _, other := range []*browser{d.as("990102", petition.Registrar), d.as("990121", petition.OfficeHead)} {
		if w, _ := other.get(edit); w.Code != http.StatusNotFound {
			t.Errorf("another reads the form: %d", w.Code)
		}
		if w, _ := other.post(edit, policyForm(func(v url.Values) { v.Set("seen", "2") })); w.Code != http.StatusNotFound {
			t.Errorf("another edits: %d", w.Code)
		}
	}
	provincial := "/policies/" + policyNamed("澜组发〔2019〕6号").ID.String()
	if w, _ := b.get(provincial + "/edit"); w.Code != http.StatusNotFound {
		t.Errorf("a county edits the province's: %d", w.Code)
	}
	if d.as("990100", petition.OfficeHead).page(strings.TrimSuffix(edit, "/edit")).Find(`a[href$="/edit"]`).Length() != 1 {
		t.Error("the head above cannot edit it")
	}
}

// TestScenario5_1_AnOpinionThatSupportsCitesTheLibrary: chosen from the list, found by
// words or entered by number, printed on the opinion, and found again at the policy.
func TestScenario5_1_AnOpinionThatSupportsCitesTheLibrary(t *testing.T) {
	d := newDesk(t)
	id := d.handled("党费多收了")
	handler := d.as("990102", petition.Handler)
	fields := opinion("supported")
	fields.Set("execution.what", "退还多收的党费")
	fields.Set("execution.due", "2026-12-10")
	fields.Del("cite.number")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "要从政策库里选定依据的条款") {
		t.Errorf("without a citation: %s", said)
	}
	fields.Set("cite.number", "澜组发〔2019〕6号第九十条")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "没有找到这个文号和条款") {
		t.Errorf("an article that is not there: %s", said)
	}
	fields.Set("cite.number", "云组发〔2016〕8号第二条")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "没有找到这个文号和条款") {
		t.Errorf("one that has ended: %s", said)
	}
	ended := policyNamed("云组发〔2016〕8号")
	fields.Del("cite.number")
	fields.Set("cite", ended.ID.String()+"|第二条")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "今天不在有效期内") {
		t.Errorf("one that has ended, past the form: %s", said)
	}
	fields.Del("cite")
	fields.Set("cite.find", "多收 收据")
	w, page := handler.step(id, "draft", "form", fields)
	value := page.Find(`input[name="cite"]`).First().AttrOr("value", "")
	if w.Code != http.StatusOK || value == "" || !strings.Contains(text(page), "查到的：党费按规定的基数和比例交纳") || page.Find("#f-facts").Text() == "" {
		t.Fatalf("the search: %d %s", w.Code, text(page))
	}
	fields.Set("cite", value)
	doc := handler.act(id, "draft", fields)
	const printed = "《澜江省基层党员队伍日常管理办法（演示）》（澜组发〔2019〕6号）第十五条"
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, printed) {
		t.Errorf("the file: %s", said)
	}
	head := d.as("990102", petition.UnitHead)
	if said := text(head.page("/cases/" + id.String() + "/sign")); !strings.Contains(said, "依据的政策") || strings.Contains(said, "今天不在有效期内") {
		t.Errorf("the signer reads: %s", said)
	}
	doc = head.act(id, "sign", url.Values{})
	if said := text(head.page(doc.Find(`.log a[href*="/letters/"]`).First().AttrOr("href", ""))); !strings.Contains(said, printed+"；《中国共产党党员教育管理工作条例》第二十五条") {
		t.Errorf("the paper: %s", said)
	}
	p := "/policies/" + policyNamed("澜组发〔2019〕6号").ID.String()
	if doc = handler.page(p); doc.Find("#cases tbody tr").Length() != 1 || !strings.Contains(doc.Find("#cases").Text(), "党费多收了") {
		t.Errorf("the policy's cases: %s", doc.Find("#cases").Text())
	}
	if n := d.as("990121", petition.Handler).page(p).Find("#cases tbody tr").Length(); n != 0 {
		t.Errorf("another county reads %d", n)
	}
	next := d.handled("党费收据没有给")
	if said := text(handler.page("/cases/" + next.String())); !strings.Contains(said, "同类事项依据过的政策") || !strings.Contains(said, printed) {
		t.Errorf("no help for the next: %s", said)
	}
	if said := text(handler.page("/cases/" + next.String() + "/draft")); !strings.Contains(said, "同类事项依据过：") {
		t.Errorf("not offered to the next: %s", said)
	}
}

// What was cited and ended before the signature stops the signature.
func TestScenario5_1_WhatEndedMeanwhileIsNotSigned(t *testing.T) {
	d := newDesk(t)
	id := d.handled("党费多收了")
	fields := opinion("supported")
	fields.Set("execution.what", "退还多收的党费")
	fields.Set("execution.due", "2026-12-10")
	d.as("990102", petition.Handler).act(id, "draft", fields)
	p := policyNamed("澜组发〔2019〕6号")
	p.Until = "2026-11-01"
	_, err := d.store.SavePolicy(t.Context(), actor(account(t, "990000", petition.OfficeHead)), p, 1, d.now)
	d.must(err)
	head := d.as("990102", petition.UnitHead)
	if said := text(head.page("/cases/" + id.String() + "/sign")); !strings.Contains(said, "今天不在有效期内，请退回修改") {
		t.Errorf("the signer is not warned: %s", said)
	}
	if said := head.wrong(id, "sign", url.Values{}); !strings.Contains(said, "不能作为依据") {
		t.Errorf("signed: %s", said)
	}
	head.act(id, "return_draft", url.Values{"reason": {"依据已经失效"}})
	form := d.as("990102", petition.Handler).page("/cases/" + id.String() + "/draft")
	if form.Find(`input[name="cite"][checked]`).Length() != 1 || strings.Contains(form.Find("#f-basis").Text(), "演示") {
		t.Errorf("the choice of the returned draft: %s", text(form))
	}
}

func TestARefusalNeedsItsExplanation(t *testing.T) {
	d := newDesk(t)
	id := d.handled("党费多收了")
	handler := d.as("990102", petition.Handler)
	fields := opinion("not_supported")
	fields.Del("explained.text")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "写明怎样向信访人作了解释说明") {
		t.Errorf("%s", said)
	}
	doc := handler.act(id, "draft", opinion("not_supported"))
	if said := doc.Find(".log").Text(); !strings.Contains(said, "解释说明：2026-11-20 请本人到接待室") {
		t.Errorf("%s", said)
	}
}

// TestScenario5_2_NoPolicyBecomesAnItem goes from the tick on the opinion to the result.
func TestScenario5_2_NoPolicyBecomesAnItem(t *testing.T) {
	d := newDesk(t)
	id := d.handled("租用活动室的补助")
	handler := d.as("990102", petition.Handler)
	fields := opinion("explained")
	fields.Set("gap.is", "yes")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "写明缺什么规定") || !strings.Contains(said, "选一名本单位在岗的人员") {
		t.Errorf("%s", said)
	}
	fields.Set("gap.what", "租用活动室的补助没有规定")
	fields.Set("gap.owner", account(t, "990102", petition.Handler).ID.String())
	fields.Set("gap.due", "2026-12-31")
	doc := handler.act(id, "draft", fields)
	at := "/gaps/" + id.String()
	if doc.Find(`.ties a[href="`+at+`"]`).Length() != 1 {
		t.Fatalf("the file does not lead there: %s", text(doc))
	}
	list := handler.page("/gaps?mine=yes&status=proposed")
	if list.Find("tbody tr").Length() != 1 || !strings.Contains(text(list), "租用活动室的补助没有规定") {
		t.Errorf("%s", text(list))
	}
	page := handler.page(at)
	if !strings.Contains(text(page), "还没有记录") || page.Find(`input[value="adopted"]`).Length() != 0 {
		t.Errorf("adopted before it is sent: %s", text(page))
	}
	if w, page := handler.post(at, url.Values{"seen": {"0"}, "status": {"sent"}, "text": {"建议写明"}}); w.Code != http.StatusUnprocessableEntity ||
		!strings.Contains(text(page), "写明送给了哪个机关") || page.Find("#f-text").Text() == "" {
		t.Errorf("%d %s", w.Code, text(page))
	}
	page = handler.done(at, url.Values{"seen": {"0"}, "status": {"sent"}, "to": {"省委组织部"}, "text": {"建议写明"}})
	if !strings.Contains(text(page), "送：省委组织部") {
		t.Errorf("%s", text(page))
	}
	if w, _ := handler.post(at, url.Values{"seen": {"0"}, "status": {"adopted"}, "text": {"x"}}); w.Code != http.StatusConflict {
		t.Errorf("over what another recorded: %d", w.Code)
	}
	registrar := d.as("990102", petition.Registrar)
	if registrar.page(at).Find(`form[action="`+at+`"]`).Length() != 0 {
		t.Error("the registrar is offered to record")
	}
	if w, _ := registrar.post(at, url.Values{"seen": {"1"}, "status": {"adopted"}, "text": {"x"}}); w.Code != http.StatusNotFound {
		t.Errorf("the registrar records: %d", w.Code)
	}
	if w, _ := handler.post(at+"/owner", url.Values{"seen": {"1"}, "owner": {account(t, "990102", petition.Registrar).ID.String()}, "reason": {"x"}}); w.Code != http.StatusNotFound {
		t.Errorf("the owner gives it away: %d", w.Code)
	}
	head := d.as("990102", petition.OfficeHead)
	if w, doc := head.post(at+"/owner", url.Values{"seen": {"1"}}); w.Code != http.StatusUnprocessableEntity ||
		!strings.Contains(text(doc), "选一名本单位在岗的人员") || !strings.Contains(text(doc), "写明理由") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	page = head.done(at+"/owner", url.Values{"seen": {"1"}, "owner": {account(t, "990102", petition.Registrar).ID.String()}, "reason": {"原负责人调离"}})
	if said := page.Find("#steps").Text(); !strings.Contains(said, "改由"+account(t, "990102", petition.Registrar).Name+"负责") || !strings.Contains(said, "原负责人调离") {
		t.Errorf("%s", said)
	}
	if registrar.page("/gaps?mine=yes").Find("tbody tr").Length() != 1 || handler.page(at).Find(`form`+`[action="`+at+`"]`).Length() != 0 {
		t.Error("it did not go over")
	}
	page = head.done(at, url.Values{"seen": {"2"}, "status": {"not_adopted"}, "text": {"现行规定正在修订"}})
	if said := text(page); !strings.Contains(said, "未采纳") || !strings.Contains(said, "已经有结果") {
		t.Errorf("%s", said)
	}
	for path, code := range map[string]int{at: http.StatusNotFound, "/gaps": http.StatusOK} {
		if w, doc := d.as("990121", petition.Handler).get(path); w.Code != code || strings.Contains(text(doc), "租用活动室") {
			t.Errorf("another county at %s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/gaps?status=never", "/gaps?after=x", "/gaps?after=yes.2026-01-01.x"} {
		if w, _ := handler.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// The head of the petition office records one on the page of the matter, once.
func TestScenario5_2_TheHeadOfTheOfficeRecordsAGap(t *testing.T) {
	d := newDesk(t)
	id := d.handled("租用活动室的补助")
	head := d.as("990102", petition.OfficeHead)
	if said := head.wrong(id, "record_gap", url.Values{"gap.what": {"没有规定"}}); !strings.Contains(said, "选一名本单位在岗的人员") {
		t.Errorf("%s", said)
	}
	head.act(id, "record_gap", url.Values{"gap.what": {"没有规定"}, "gap.due": {"2026-12-31"},
		"gap.owner": {account(t, "990102", petition.Handler).ID.String()}})
	head.refused(id, "record_gap", http.StatusConflict)
	d.as("990102", petition.ClosingAuditor).refused(id, "record_gap", http.StatusForbidden)
	d.now = d.now.AddDate(0, 2, 0)
	if said := text(d.as("990102", petition.OfficeHead).page("/gaps")); !strings.Contains(said, "已超期") {
		t.Errorf("late: %s", said)
	}
	form := d.as("990102", petition.Handler).page("/cases/" + id.String() + "/draft")
	if form.Find(`[name="gap.is"]`).Length() != 0 {
		t.Error("the opinion asks for a second one")
	}
}

// TestScenario5_3_TheSignerSeesBothAndGivesAReason through the page.
func TestScenario5_3_TheSignerSeesBothAndGivesAReason(t *testing.T) {
	d := newDesk(t)
	head, handler := d.as("990102", petition.UnitHead), d.as("990102", petition.Handler)
	first := d.handled("党费多收了")
	handler.act(first, "draft", opinion("not_supported"))
	head.act(first, "sign", url.Values{})
	second := d.handled("党费多收了二十元")
	fields := opinion("part_supported")
	fields.Set("execution.what", "退还多收的党费")
	fields.Set("execution.due", "2026-12-10")
	handler.act(second, "draft", fields)
	page := head.page("/cases/" + second.String() + "/sign")
	both := text(page)
	if page.Find("#rivals").Length() != 1 || !strings.Contains(both, "有同类事项的结果相反") || !strings.Contains(page.Find("#rivals").Text(), "部分支持") ||
		!strings.Contains(page.Find("#rivals").Text(), "不予支持") || page.Find(`#rivals a[href*="`+first.String()+`"]`).Length() != 1 {
		t.Fatalf("the warning: %s", both)
	}
	if w, page := head.step(second, "sign", "do", url.Values{}); w.Code != http.StatusUnprocessableEntity ||
		!strings.Contains(text(page), "写明为什么这一件不一样") || page.Find("#rivals").Length() != 1 {
		t.Errorf("signed without a word: %d %s", w.Code, text(page))
	}
	doc := head.act(second, "sign", url.Values{"reason": {"本件有收据存根。"}})
	if said := doc.Find(".log").Text(); !strings.Contains(said, "本件有收据存根。") || !strings.Contains(said, "结果相反的同类事项：青溪区委组织部 XF990102") {
		t.Errorf("kept: %s", said)
	}
	third := d.handled("党费多收了三十元")
	handler.act(third, "draft", opinion("explained"))
	if head.page("/cases/"+third.String()+"/sign").Find("#rivals").Length() != 0 {
		t.Error("an explanation contradicts nothing")
	}
}
