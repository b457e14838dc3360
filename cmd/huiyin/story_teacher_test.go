package main

import "testing"

var teacher = filed{area: "990102", purpose: "22", topic: "C3",
	title:   "搬家以后党组织关系转接三个月没有办完",
	facts:   "我今年五月从望溪县搬到青溪区居住，五月六日把组织关系转接材料交给社区党群服务中心，当时说十个工作日办完。到现在三个月了，两边都说在等对方回函。",
	request: "请两地尽快对接，明确由谁负责、什么时候办完，并书面告诉我。",
	you:     answers{"name": "周桂英", "mobile": "19000000123", "region": "990102", "address": "青溪区桥头街道1号"}}

func TestARetiredTeacherFilesAClaimOnAPhoneAndRatesTheAnswer(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone)
		p.visit("/")
		p.accessible()
		code := w.file(p, teacher, p.accessible)
		p.follow(code)
		p.sees(teacher.title)
		p.accessible()

		at := w.answerClaim(t, teacher.title)

		p.until("已经答复")
		p.accessible()
		p.sees("部分支持")
		p.visit("/follow/letters/2")
		p.sees("请求复查", "青溪区委组织部")
		p.accessible()
		p.visit("/follow/rate")
		p.accessible()
		p.goOn(answers{"unit": "good", "office": "fair", "solved": "partly", "words": "说得清楚"})
		p.until("基本满意")

		w.closeClaim(t, at)
		p.until("办结")
	})
}

// answerClaim is the office's whole way from the first look to the served answer; it
// returns the case's address.
func (w *world) answerClaim(t *testing.T, title string) string {
	t.Helper()
	registrar := w.officer(t, "qx.registrar")
	at := registrar.open(title)
	registrar.accessible()
	registrar.seesNot("19000000123", "周桂英")
	registrar.take(at, "register", answers{"topic": "C3"})
	handler := w.officer(t, "qx.handler")
	registrar.distribute(at, "许澜")
	handler.take(at, "accept", answers{"reason": "反映的是党员组织关系转接，属于本单位职责。"})
	head := w.officer(t, "qx.unithead")
	head.visit(at)
	head.accessible()
	head.take(at, "approve", nil)
	handler.take(at, "start", nil)
	handler.take(at, "note", answers{"text": "已与望溪县核对，介绍信回执途中遗失。", "public": "yes"})
	handler.visit(at + "/draft")
	handler.accessible()
	handler.enter(answers{"outcome": "part_supported", "facts": "经核查，回执在寄送途中遗失，两地均未及时跟进。",
		"opinion": "我们已改用线上方式转接，九月二十二日前办完。", "basis": "《中国共产党党员教育管理工作条例》关于党员组织关系管理的规定",
		"cite.number": "澜组发〔2019〕6号第十一条"})
	handler.promise("两地对接完毕，书面告知本人。")
	fillAnswers(handler)
	handler.finish(at)
	head.take(at, "sign", nil)
	handler.take(at, "serve", answers{"service.method": "online"})
	return at
}

// fillAnswers answers each request of the petition.
func fillAnswers(p *person) {
	p.t.Helper()
	ask[bool](p, `(document.querySelectorAll('main [name^="answer."]').forEach(e => { e.value = '已由区委组织部组织科负责对接，并书面告诉您。' }), true)`)
}

// closeClaim asks for the closing audit and passes it, by somebody else.
func (w *world) closeClaim(t *testing.T, at string) {
	t.Helper()
	handler := w.officer(t, "qx.handler")
	handler.take(at, "ask_closing", answers{"text": "事项已办结，请审核。"})
	handler.visit(at + "/audit_pass") // scenario 7.3: not his own case
	if ask[bool](handler, `!!document.querySelector('main input[name^="audit."]')`) {
		t.Error("the handler may audit his own case")
	}
	auditor := w.officer(t, "qx.auditor")
	auditor.visit(at + "/audit_pass")
	auditor.accessible()
	ask[bool](auditor, `(document.querySelectorAll('main input[type=checkbox][name^="audit."]').forEach(e => { e.checked = true }), true)`)
	auditor.finish(at)
	auditor.sees("已办结")
}
