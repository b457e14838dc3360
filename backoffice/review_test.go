package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

func TestAHandlerDeclaresAndKeepsAway(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	handler, head := d.as("990102", petition.Handler), d.as("990102", petition.UnitHead)
	handler.refused(id, "decide_recusal", http.StatusForbidden)
	doc := handler.act(id, "declare_recusal", url.Values{"reason": {"信访人是我的舅舅"}})
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, "信访人是我的舅舅") {
		t.Errorf("it is not seen to wait: %s", said)
	}
	if list := head.page("/queue?queue=recuse"); !strings.Contains(text(list), "组织关系转接没有办完") {
		t.Errorf("it does not wait to be ruled on: %s", text(list))
	}
	if said := text(head.page("/cases/" + id.String() + "/decide_recusal")); !strings.Contains(said, "信访人是我的舅舅") {
		t.Errorf("who decides is not told why it was asked: %s", said)
	}
	if said := head.wrong(id, "decide_recusal", url.Values{"granted": {"yes"}, "reason": {"有亲属关系"}}); !strings.Contains(said, "选接手的承办人") {
		t.Errorf("nobody takes over: %s", said)
	}
	next := another(t, "990102")
	doc = head.act(id, "decide_recusal", url.Values{"granted": {"yes"}, "handler": {next.ID.String()}, "reason": {"有亲属关系"}})
	if !strings.Contains(text(doc), next.Name) || strings.Contains(doc.Find(".log").Text(), "看文书") && doc.Find(".log li").First().Find("a").Length() != 0 {
		t.Errorf("after the decision: %s", text(doc))
	}
	handler.refused(id, "draft", http.StatusForbidden)
	if w, _ := d.signIn(next).get("/cases/" + id.String() + "/draft"); w.Code != http.StatusOK {
		t.Errorf("who took over cannot draft: %d", w.Code)
	}
}

func TestAPetitionersRequestForRecusalIsAnsweredOnPaper(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	d.as("990102", petition.Leader).refused(id, "ask_recusal", http.StatusForbidden)
	d.as("990102", petition.Registrar).act(id, "ask_recusal", asked(url.Values{"text": {"他和对方是同学"}}))
	head := d.as("990102", petition.UnitHead)
	path := "/cases/" + id.String() + "/decide_recusal"
	v := hidden(head.page(path), path)
	v.Set("granted", "no")
	v.Set("text", "经核实，双方不是同学，没有利害关系。")
	v.Set("reason", "查了履历")
	v.Set("step", "preview")
	w, doc := head.post(path, v)
	if letter := doc.Find("article.doc").Text(); w.Code != http.StatusOK || !strings.Contains(letter, "不改变原来的安排") || !strings.Contains(letter, "第二十八条") {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	v = hidden(doc, path)
	v.Set("step", "do")
	doc = head.done(path, v)
	if first := doc.Find(".log li").First(); !first.HasClass("pub") || !strings.Contains(first.Text(), "不同意回避") {
		t.Errorf("the decision: %s", first.Text())
	}
}

// The head of a unit declares; the unit above decides, and lists it.
func TestTheHeadsRecusalIsDecidedAbove(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	head := d.as("990102", petition.UnitHead)
	head.act(id, "declare_recusal", url.Values{"reason": {"我以前经办过"}})
	head.refused(id, "decide_recusal", http.StatusForbidden)
	above := d.as("990100", petition.UnitHead)
	if !strings.Contains(text(above.page("/queue?queue=recuse")), "组织关系转接没有办完") {
		t.Error("it does not wait above")
	}
	if said := strings.Join(labels(above.page("/cases/"+id.String()), ".ties dd"), "|"); !strings.Contains(said, "申请负责人回避") {
		t.Errorf("what is to be decided is not said: %s", said)
	}
	above.act(id, "decide_recusal", url.Values{"granted": {"yes"}, "reason": {"应当回避"}})
	head.refused(id, "open_hearing", http.StatusForbidden)
}

func TestAHearingIsCalledHeldAndSettled(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	head, handler := d.as("990102", petition.UnitHead), d.as("990102", petition.Handler)
	handler.refused(id, "open_hearing", http.StatusForbidden)
	if said := head.wrong(id, "open_hearing", url.Values{"deadline": {"2026-11-27"}, "text": {"转接的责任"}, "reason": {"争议大"}}); strings.Count(said, "填写这一项") != 2 {
		t.Errorf("without hour and place: %s", said)
	}
	path := "/cases/" + id.String()
	doc := head.act(id, "open_hearing", url.Values{"deadline": {"2026-11-27"}, "hour": {"上午9:30"}, "place": {"区委二号楼"}, "text": {"转接的责任"}, "reason": {"争议大"}})
	if said := strings.Join(labels(doc, ".ties dd"), "|"); state(doc) != "听证中" || !strings.Contains(said, "定在2026年11月27日") || !strings.Contains(said, "地点：区委二号楼") {
		t.Errorf("%s: %s", state(doc), said)
	}
	letter := text(head.page(doc.Find(`.log a[href*="/letters/"]:not([href*="side="])`).First().AttrOr("href", "")))
	for _, want := range []string{"2026年11月27日", "时间：上午9:30", "地点：区委二号楼", "内容：转接的责任"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the notice does not say %s: %s", want, letter)
		}
	}
	d.as("990102", petition.Leader).refused(id, "close_hearing", http.StatusForbidden)
	handler.act(id, "close_hearing", url.Values{"text": {"双方都到，同意补办。"}})
	head.refused(id, "settle", http.StatusForbidden)
	doc = handler.act(id, "settle", url.Values{"outcome": {"mediated"}, "text": {"十日内补办，双方签字。"}})
	if said := strings.Join(labels(doc, ".ties dd"), "|"); !strings.Contains(said, "调解达成协议") {
		t.Errorf("the agreement: %s", said)
	}
	if agreement := text(handler.page(doc.Find(`.log a[href*="side=yes"]`).First().AttrOr("href", ""))); !strings.Contains(agreement, "调解协议书") || !strings.Contains(agreement, "十日内补办") {
		t.Errorf("the paper: %s", agreement)
	}
	if handler.page(path+"/draft").Find(`input[name=outcome][value=mediated][checked]`).Length() != 1 {
		t.Error("the draft does not begin with the agreement")
	}
}

func TestADisputeIsRuledOnAbove(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990100", "组织关系转接没有办完"))
	city := d.as("990100", petition.Registrar)
	city.act(id, "register", url.Values{"topic": {"C3"}})
	d.as("990100", petition.OfficeHead).act(id, "refer", url.Values{"to": {"990102"}, "reason": {"由区里办"}})
	county := d.as("990102", petition.UnitHead)
	county.refused(id, "dispute", http.StatusConflict)
	county.act(id, "object", url.Values{"reason": {"人在市里"}})
	d.as("990100", petition.OfficeHead).act(id, "overrule", url.Values{"reason": {"组织关系在区里"}})
	d.as("990102", petition.Registrar).refused(id, "dispute", http.StatusForbidden)
	doc := county.act(id, "dispute", url.Values{"reason": {"仍然认为归市里"}})
	if state(doc) != "受理有争议" {
		t.Fatalf("%s", state(doc))
	}
	side := text(county.page(doc.Find(`.log a[href*="side=yes"]`).First().AttrOr("href", "")))
	if !strings.Contains(side, "受理争议的请示") || !strings.Contains(side, "仍然认为归市里") {
		t.Errorf("the request: %s", side)
	}
	county.refused(id, "rule_receiver", http.StatusForbidden)
	above := d.as("990000", petition.Registrar)
	if !strings.Contains(text(above.page("/queue?queue=rule")), "组织关系转接没有办完") {
		t.Error("it does not wait above")
	}
	if said := text(above.page("/cases/" + id.String() + "/rule_receiver")); !strings.Contains(said, "人在市里") ||
		!strings.Contains(said, "组织关系在区里") || !strings.Contains(said, "仍然认为归市里") {
		t.Errorf("who rules does not hear both sides: %s", said)
	}
	above.act(id, "rule_receiver", url.Values{"reason": {"组织关系所在地受理"}})
	doc = d.as("990000", petition.OfficeHead).act(id, "approve", url.Values{})
	ruling := text(above.page(doc.Find(`.log a[href*="side=yes"]`).First().AttrOr("href", "")))
	if !strings.Contains(ruling, "指定受理决定") || !strings.Contains(ruling, "决定由中共青溪区委组织部受理") {
		t.Errorf("the ruling: %s", ruling)
	}
	if doc = county.page("/cases/" + id.String()); state(doc) != "转送待收" {
		t.Errorf("at the county: %s", state(doc))
	}
}

func TestAReviewIsTakenDecidedAndReReviewed(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	d.answered("990102", id, opinion("not_supported"))
	registrar := d.as("990102", petition.Registrar)
	if said := registrar.wrong(id, "ask_review", url.Values{"text": {"没有查清"}}); !strings.Contains(said, "选是谁提出的") {
		t.Errorf("recorded for nobody: %s", said)
	}
	doc := registrar.act(id, "ask_review", asked(url.Values{"text": {"1998年那一段没有查。"}}))
	if state(doc) != "已提请复查复核" {
		t.Fatalf("%s", state(doc))
	}
	city := d.as("990100", petition.Registrar)
	list := city.page("/queue?queue=review")
	if !strings.Contains(text(list), "组织关系转接没有办完") {
		t.Errorf("the request does not wait at the city: %s", text(list))
	}
	if tab := list.Find(`.qtabs a[href*="queue=review"]`).Text(); !strings.HasSuffix(strings.TrimSpace(tab), "1") {
		t.Errorf("the tab counts %q", tab)
	}
	registrar.refused(id, "take_review", http.StatusConflict) // it is not the county's to review itself
	d.as("990100", petition.Handler).refused(id, "take_review", http.StatusForbidden)
	doc = city.page("/cases/" + id.String() + "/take_review")
	if letter := doc.Find("article.doc").Last().Text() + doc.Find("article.doc").First().Text(); !strings.Contains(letter, "2026年12月21日") || // the 20th is a Sunday
		!strings.Contains(text(doc), "1998年那一段没有查") {
		t.Errorf("the notice: %s", letter)
	}
	city.act(id, "take_review", url.Values{})
	d.reviewed("990100", id, "upheld", "请求复核")
	if doc = city.page("/cases/" + id.String()); state(doc) != "已复查" {
		t.Fatalf("%s", state(doc))
	}
	city.act(id, "ask_review", asked(url.Values{"text": {"还是没有查那一段。"}}))
	d.reviewed("990000", id, "changed", "最后的意见")
	if doc = registrar.page("/cases/" + id.String()); state(doc) != "已办结，复查复核期限已过" {
		t.Errorf("at the county: %s", state(doc))
	}
	if doc = d.as("990000", petition.Registrar).page("/cases/" + id.String()); state(doc) != "复核终结" {
		t.Errorf("at the province: %s", state(doc))
	}
}

// reviewed gives a case to a handler of the unit above, and has its opinion written,
// signed and served; it must say how to go on.
func (d *desk) reviewed(unit petition.UnitID, id petition.ID, outcome, says string) {
	d.t.Helper()
	handler := account(d.t, unit, petition.Handler)
	d.as(unit, petition.Registrar).act(id, "distribute", url.Values{"handler": {handler.ID.String()}})
	b := d.signIn(handler)
	if doc := b.page("/cases/" + id.String() + "/draft"); doc.Find(`input[name=outcome]`).Length() > 3 || doc.Find(`textarea[name="answer.0"]`).Length() != 0 {
		d.t.Errorf("a review is asked for as an answer: %s", text(doc))
	}
	d.answered(unit, id, opinion(outcome))
	doc := b.page("/cases/" + id.String())
	letter := text(b.page(doc.Find(`.log a[href*="/letters/"]:not([href*="side="])`).First().AttrOr("href", "")))
	for _, want := range []string{says, "没有查", "原", "处理得当。"} {
		if !strings.Contains(letter, want) {
			d.t.Errorf("the opinion does not say %q: %s", want, letter)
		}
	}
}

func TestWhatWasAnnulledIsNotRepeatedWithoutNewFacts(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	d.answered("990102", id, opinion("not_supported"))
	d.as("990102", petition.Registrar).act(id, "ask_review", asked(url.Values{"text": {"没有查清"}}))
	d.as("990100", petition.Registrar).act(id, "take_review", url.Values{})
	d.reviewed("990100", id, "annulled", "重新办理")
	handler := d.as("990102", petition.Handler)
	doc := handler.page("/cases/" + id.String())
	if said := strings.Join(labels(doc, ".ties dd"), "|"); state(doc) != "办理中" || !strings.Contains(said, "第1次重新办理") || !strings.Contains(said, "不予支持") {
		t.Errorf("%s: %s", state(doc), said)
	}
	if said := handler.wrong(id, "draft", opinion("not_supported")); !strings.Contains(said, "没有新的事实不能再作同样的处理") {
		t.Errorf("the same again: %s", said)
	}
	again := opinion("not_supported")
	again.Set("new_facts", "又查到一份会议记录")
	if doc = handler.act(id, "draft", again); state(doc) != "待签发" {
		t.Errorf("with new facts: %s", state(doc))
	}
}

func TestARequestForReviewIsRefusedWithTheHeadsAgreement(t *testing.T) {
	d := newDesk(t)
	id := d.handled("组织关系转接没有办完")
	d.answered("990102", id, opinion("explained"))
	d.as("990102", petition.Registrar).act(id, "ask_review", asked(url.Values{"text": {"想问问进度"}}))
	b := d.as("990100", petition.Registrar)
	b.act(id, "refuse_review", url.Values{"text": {"您问的是进度，不是对意见不服。"}, "reason": {"不是复查请求"}})
	doc := d.as("990100", petition.OfficeHead).act(id, "approve", url.Values{})
	if state(doc) != "复查申请不予受理" {
		t.Errorf("%s", state(doc))
	}
	if doc = d.as("990102", petition.Registrar).page("/cases/" + id.String()); state(doc) != "已答复" {
		t.Errorf("at the county: %s", state(doc))
	}
}
