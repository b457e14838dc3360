package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/demo"
	"huiyin/petition"
)

// refused asks for an action's page that this reader must not have.
func (b *browser) refused(id petition.ID, action string, status int) {
	b.d.t.Helper()
	if w, doc := b.get("/cases/" + id.String() + "/" + action); w.Code != status {
		b.d.t.Errorf("%s: %d, not %d: %s", action, w.Code, status, text(doc))
	}
	path := "/cases/" + id.String() + "/" + action
	if w, _ := b.post(path, url.Values{"step": {"do"}, "reason": {"r"}, "text": {"t"}}); w.Code != status {
		b.d.t.Errorf("%s posted all the same: %d, not %d", action, w.Code, status)
	}
}

// wrong posts a form that must come back, and answers the problems that it names.
func (b *browser) wrong(id petition.ID, action string, fields url.Values) string {
	b.d.t.Helper()
	path := "/cases/" + id.String() + "/" + action
	v := hidden(b.page(path), path)
	for k, all := range fields {
		v[k] = all
	}
	v.Set("step", "preview")
	w, doc := b.post(path, v)
	if w.Code != http.StatusUnprocessableEntity {
		b.d.t.Errorf("%s was taken: %d %s", action, w.Code, text(doc))
	}
	return doc.Find(".errsum").Text()
}

// another is a second handler of the unit.
func another(t testing.TB, unit petition.UnitID) demo.Account {
	t.Helper()
	first := account(t, unit, petition.Handler)
	for _, a := range demo.Staff() {
		if a.Unit == unit && a.ID != first.ID && (petition.Actor{Roles: a.Roles}).Is(petition.Handler) {
			return a
		}
	}
	t.Fatalf("%s has one handler only", unit)
	return demo.Account{}
}

// asked is what the form of somebody who came to the counter must say.
func asked(fields url.Values) url.Values {
	fields.Set("asked.who", "self")
	fields.Set("asked.how", "card")
	fields.Set("asked.words", "看了身份证")
	return fields
}

// dues is an article of the demonstration's policy library, written down by its number.
const dues = "澜组发〔2019〕6号第十五条"

// opinion is a whole opinion that explains.
func opinion(outcome string) url.Values {
	v := url.Values{"outcome": {outcome}, "facts": {"查了介绍信存根。"}, "answer.0": {"由组织科负责。"}, "answer.1": {"已经办完。"},
		"opinion": {"处理得当。"}, "basis": {"《中国共产党党员教育管理工作条例》第二十五条"}}
	switch o := petition.Outcome(outcome); {
	case o.Supports():
		v.Set("cite.number", dues)
	case o == petition.NotSupported:
		v.Set("explained.day", petition.Day(worldDay))
		v.Set("explained.text", "请本人到接待室，逐份看了材料。")
	}
	return v
}

// handled is a claim of the county that its handler works on.
func (d *desk) handled(title string) petition.ID {
	d.t.Helper()
	id := d.registered(title)
	d.as("990102", petition.UnitHead).act(id, "accept", url.Values{"reason": {"属于本区"}})
	d.as("990102", petition.Handler).act(id, "start", url.Values{})
	return id
}

// answered signs and serves an opinion at a unit.
func (d *desk) answered(unit petition.UnitID, id petition.ID, fields url.Values) {
	d.t.Helper()
	handler := d.as(unit, petition.Handler)
	handler.act(id, "draft", fields)
	d.as(unit, petition.UnitHead).act(id, "sign", url.Values{})
	handler.act(id, "serve", url.Values{"service.method": {"online"}, "service.day": {petition.Day(d.now)}})
}

func TestScenario1_4_AMixedPetitionIsDividedThroughThePages(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系没有转，还有一条建议")
	d.as("990102", petition.Handler).refused(id, "divide", http.StatusForbidden)
	b := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String() + "/divide"
	parts := url.Values{"parts.0.purpose": {"22"}, "parts.0.topic": {"C3"}, "parts.0.title": {"组织关系没有转"}, "parts.0.facts": {"三个月没有办完"},
		"parts.1.purpose": {"3"}, "parts.1.topic": {"G1"}, "parts.1.title": {"开一个网上预约"}, "parts.1.facts": {"窗口总是排队"}, "reason": {"两件事"}}
	if said := b.wrong(id, "divide", parts); !strings.Contains(said, "检举控告内容不能拆分") {
		t.Errorf("a report is divided off: %s", said)
	}
	parts.Set("parts.1.purpose", "1")

	more := hidden(b.page(path), path)
	for k, v := range parts {
		more[k] = v
	}
	more.Set("step", "more")
	w, doc := b.post(path, more)
	if w.Code != http.StatusOK || doc.Find(`input[name="parts.2.title"]`).Length() != 1 ||
		doc.Find(`input[name="parts.1.title"]`).AttrOr("value", "") != "开一个网上预约" || doc.Find(`input[name="parts.1.purpose"][checked]`).AttrOr("value", "") != "1" {
		t.Fatalf("another part: %d %s", w.Code, text(doc))
	}
	parts.Set("parts.2.title", "") // asked for, and left empty
	b.act(id, "divide", parts)
	doc = d.as("990102", petition.OfficeHead).act(id, "approve", url.Values{})
	if state(doc) != "已拆分" || len(labels(doc, ".ties a")) != 2 {
		t.Fatalf("after the division: %s %q", state(doc), labels(doc, ".ties"))
	}
	doc = b.page(doc.Find(".ties a").Last().AttrOr("href", ""))
	if labels(doc, ".chead h1")[0] != "开一个网上预约" || doc.Find(".ties a").AttrOr("href", "") != "/cases/"+id.String() {
		t.Errorf("the part: %s", text(doc))
	}
	if doc.Find(`.do a[href$="/divide"]`).Length() != 0 {
		t.Error("a part can be divided again")
	}
}

func TestScenario3_1_TheFirstHandlerSignsForAFirstPetition(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b, handler := d.as("990102", petition.Registrar), d.as("990102", petition.Handler)
	handler.refused(id, "judge", http.StatusForbidden)
	handler.refused(id, "sign_for", http.StatusConflict)
	if said := b.wrong(id, "judge", url.Values{"reason": {"没有来过"}}); said == "" {
		t.Error("neither first nor repeated")
	}
	doc := b.act(id, "judge", url.Values{"first": {"yes"}, "reason": {"没有来过"}})
	if said := labels(doc, ".ties dd")[0]; !strings.Contains(said, "初次信访") || !strings.Contains(said, account(t, "990102", petition.Registrar).Name) {
		t.Errorf("who judged what: %q", said)
	}
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, "最迟2026年11月23日") { // the 20th is a Friday
		t.Errorf("until when it is to be signed for: %s", said)
	}
	d.as("990102", petition.Leader).refused(id, "sign_for", http.StatusForbidden)
	doc = handler.act(id, "sign_for", url.Values{})
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, account(t, "990102", petition.Handler).Name) {
		t.Errorf("who signed: %s", said)
	}
}

func TestARepeatNamesTheSuggestedCase(t *testing.T) {
	d := newDesk(t)
	first, second := d.registered("组织关系转接没有办完"), d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	earlier := b.page("/cases/" + first.String()).Find(".chead .no").Text()
	doc := b.page("/cases/" + second.String() + "/judge")
	if doc.Find(`input[name=same][value="`+earlier+`"]`).Length() != 1 {
		t.Fatalf("%s is not suggested: %s", earlier, text(doc))
	}
	fields := url.Values{"first": {"no"}, "same": {"other"}, "link.number": {"XF9901022020010100017"}, "reason": {"同人同事"}}
	if said := b.wrong(second, "judge", fields); !strings.Contains(said, "没有找到这个编号") {
		t.Errorf("an unknown number: %s", said)
	}
	fields.Set("same", earlier)
	doc = b.act(second, "judge", fields)
	if doc.Find(`.ties a[href="/cases/`+first.String()+`"]`).Length() != 1 {
		t.Errorf("the earlier case is not linked: %q", labels(doc, ".ties"))
	}
}

func TestTheSameMatterInHandIsMerged(t *testing.T) {
	d := newDesk(t)
	first, second := d.registered("组织关系转接没有办完"), d.registered("组织关系转接没有办完")
	d.as("990102", petition.UnitHead).refused(second, "merge", http.StatusForbidden)
	b := d.as("990102", petition.Registrar)
	number := b.page("/cases/" + first.String()).Find(".chead .no").Text()
	own := b.page("/cases/" + second.String()).Find(".chead .no").Text()
	if said := b.wrong(second, "merge", url.Values{"same": {"other"}, "link.number": {own}, "text": {"同一件事"}, "reason": {"同人同事"}}); !strings.Contains(said, "这件事自己的编号") {
		t.Errorf("merged into itself: %s", said)
	}
	b.act(second, "merge", url.Values{"same": {number}, "text": {"您上周提过同一件事。"}, "reason": {"同人同事"}})
	head := d.as("990102", petition.OfficeHead)
	if letter := head.page("/cases/" + second.String() + "/approve").Find("article.doc").Text(); !strings.Contains(letter, number) || !strings.Contains(letter, "第十九条") {
		t.Errorf("the notice: %s", letter)
	}
	doc := head.act(second, "approve", url.Values{})
	if state(doc) != "已并入" || doc.Find(`.ties a[href="/cases/`+first.String()+`"]`).Length() != 1 {
		t.Errorf("%s: %q", state(doc), labels(doc, ".ties"))
	}
}

func TestScenario4_4_AFinalOpinionIsNotTakenTwiceAndNewFactsAre(t *testing.T) {
	d := newDesk(t)
	open, id := d.registered("党龄认定"), d.registered("党龄认定")
	b := d.as("990102", petition.Registrar)
	d.as("990102", petition.Handler).refused(id, "no_longer", http.StatusForbidden)
	number := b.page("/cases/" + open.String()).Find(".chead .no").Text()
	why := url.Values{"text": {"这次说的和上次是同样的事实。"}, "reason": {"同一事实和理由"}, "before": {"here"}, "link.number": {number}}
	if said := b.wrong(id, "no_longer", why); !strings.Contains(said, "还没有终结") {
		t.Errorf("linked to what is not final: %s", said)
	}
	why.Set("before", "paper")
	why.Set("prior.unit", "云川市委组织部")
	why.Set("prior.day", "2024-05-08")
	if said := b.wrong(id, "no_longer", why); !strings.Contains(said, "填写意见书编号") {
		t.Errorf("an opinion without a number: %s", said)
	}
	why.Set("prior.number", "云组信核〔2024〕2号")
	b.act(id, "no_longer", why)
	head := d.as("990102", petition.OfficeHead)
	if letter := head.page("/cases/" + id.String() + "/approve").Find("article.doc").Text(); !strings.Contains(letter, "云组信核〔2024〕2号") || !strings.Contains(letter, "2024年5月8日") {
		t.Errorf("the notice: %s", letter)
	}
	if doc := head.act(id, "approve", url.Values{}); state(doc) != "不再受理" {
		t.Errorf("%s", state(doc))
	}

	// New facts to a matter that was answered go on as a petition of their own.
	old := d.handled("党龄认定")
	d.answered("990102", old, opinion("explained"))
	number = b.page("/cases/" + old.String()).Find(".chead .no").Text()
	id = d.registered("党龄认定，找到了志愿书")
	b.act(id, "renew", url.Values{"link.number": {number}, "reason": {"档案馆找到入党志愿书"}})
	doc := head.act(id, "approve", url.Values{})
	if state(doc) != "已登记" || doc.Find(`.ties a[href="/cases/`+old.String()+`"]`).Length() != 1 {
		t.Errorf("%s: %q", state(doc), labels(doc, ".ties"))
	}
	doc = b.act(old, "turn", url.Values{"turned.kind": {"repeat"}, "turned.cause": {"poor"}, "reason": {"没有查档案"}})
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, "初次转为重复") {
		t.Errorf("the conversion: %s", said)
	}
	d.as("990102", petition.Handler).refused(old, "turn", http.StatusForbidden)
}

func TestScenario4_5_ALegalMatterIsShownItsProcedureDoorAndTime(t *testing.T) {
	d := newDesk(t)
	id := d.registered("对年度考核结果不服")
	d.as("990102", petition.Handler).refused(id, "divert", http.StatusForbidden)
	b := d.as("990102", petition.Registrar)
	if said := b.wrong(id, "divert", url.Values{"text": {"有专门的程序"}, "reason": {"考核结果"}}); !strings.Contains(said, "选应当走的法定程序") || !strings.Contains(said, "公开电话") {
		t.Errorf("without a procedure and a door: %s", said)
	}
	b.act(id, "divert", url.Values{"procedure": {"servant"}, "body": {"other"}, "body.name": {"青溪区公务员主管部门"}, "body.phone": {"0000-12"},
		"text": {"考核结果由公务员法规定的程序处理。"}, "reason": {"公务员法第九十五条"}})
	head := d.as("990102", petition.OfficeHead)
	letter := head.page("/cases/" + id.String() + "/approve").Find("article.doc").Text()
	for _, want := range []string{"公务员复核、申诉", "三十日内", "十五日内", "青溪区公务员主管部门", "0000-12", "第三十一条"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the notice does not say %s: %s", want, letter)
		}
	}
	doc := head.act(id, "approve", url.Values{})
	if state(doc) != "已导入法定程序" || doc.Find(".cclock").Length() != 0 {
		t.Errorf("%s", state(doc))
	}
}

func TestScenario3_5_APlainMatterIsHandledSimply(t *testing.T) {
	d := newDesk(t)
	id := d.registered("党费收据没有给")
	head := d.as("990102", petition.UnitHead)
	head.act(id, "accept", url.Values{"reason": {"属于本区"}})
	d.as("990102", petition.Handler).refused(id, "simplify", http.StatusForbidden)
	doc := head.act(id, "simplify", url.Values{"reason": {"事实清楚"}})
	if clock := doc.Find(".cclock").Text(); !strings.Contains(clock, "简易办理答复") || !strings.Contains(strings.Join(labels(doc, ".ties dd"), "|"), "简易办理") {
		t.Errorf("the clock: %s", clock)
	}
	doc = head.act(id, "ordinary", url.Values{"reason": {"要外调"}})
	if clock := doc.Find(".cclock").Text(); !strings.Contains(clock, "书面答复") {
		t.Errorf("back to ordinary: %s", clock)
	}
}

func TestScenario5_1_WhatIsGrantedIsPromisedWithADayAndDone(t *testing.T) {
	d := newDesk(t)
	id := d.handled("党费多收了")
	handler := d.as("990102", petition.Handler)
	fields := opinion("supported")
	if said := handler.wrong(id, "draft", fields); !strings.Contains(said, "写明要办什么事") {
		t.Errorf("granted without a task: %s", said)
	}
	fields.Set("execution.what", "退还多收的党费")
	fields.Set("execution.due", "2026-12-10")
	d.answered("990102", id, fields)
	doc := handler.page("/cases/" + id.String())
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, "最迟2026年12月10日") || !strings.Contains(said, "退还多收的党费") {
		t.Errorf("the promise: %s", said)
	}
	letter := doc.Find(`.log a[href*="/letters/"]:not([href*="side="])`).First().AttrOr("href", "")
	if said := text(handler.page(letter)); !strings.Contains(said, "怎样落实") || !strings.Contains(said, "2026年12月10日") {
		t.Errorf("the opinion does not say it: %s", said)
	}
	d.as("990102", petition.Registrar).refused(id, "execute", http.StatusForbidden)
	d.as("990102", petition.Registrar).refused(id, "archive", http.StatusConflict)
	doc = handler.act(id, "execute", url.Values{"execution.done": {petition.Day(d.now)}, "text": {"已经退还120元，本人签收。"}})
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, "2026年11月20日已经办完") {
		t.Errorf("done: %s", said)
	}
	handler.refused(id, "execute", http.StatusConflict)
}

func TestAClosedFileIsArchivedWithItsList(t *testing.T) {
	d := newDesk(t)
	id := d.handled("党费收据没有给")
	d.answered("990102", id, opinion("explained"))
	d.as("990102", petition.Handler).act(id, "ask_closing", url.Values{"text": {"已经办完。"}})
	ticks := url.Values{}
	for _, item := range petition.Checklist {
		ticks.Set("audit."+item, "yes")
	}
	d.as("990102", petition.ClosingAuditor).act(id, "audit_pass", ticks)
	d.as("990102", petition.Registrar).refused(id, "archive", http.StatusConflict)
	d.now = d.now.AddDate(0, 0, 70)
	d.as("990102", petition.Handler).refused(id, "archive", http.StatusForbidden)
	b := d.as("990102", petition.Registrar)
	doc := b.act(id, "archive", url.Values{})
	if state(doc) != "已归档" {
		t.Fatalf("%s", state(doc))
	}
	list := text(b.page(doc.Find(`.log a[href*="side=yes"]`).First().AttrOr("href", "")))
	if !strings.Contains(list, "归档目录") || !strings.Contains(list, "受理告知书") || !strings.Contains(list, "信访事项处理意见书") {
		t.Errorf("the list: %s", list)
	}
}
