package main

import "testing"

func TestAVillagersPetitionSentTooHighIsPassedDownNotRefused(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone)
		code := w.file(p, filed{area: "990100", purpose: "22", topic: "C1",
			title:   "村党支部换届计票结果没有公示",
			facts:   "上个月村党支部换届，计票以后没有按规定当场公布结果，也没有张榜，党员们都不清楚谁得了多少票。",
			request: "请把计票结果向全体党员公布。",
			you:     answers{"name": "何长根", "mobile": "19000000456", "region": "990121", "address": "松坪县柳沟村3组"}}, func() {})
		registrar := w.officer(t, "yc.registrar")
		at := registrar.open("计票结果没有公示")
		registrar.take(at, "register", answers{"topic": "C1"})

		// Scenario 4.2: skipping levels is a ground for visits alone; a transfer is offered.
		registrar.visit(at + "/refuse")
		if !ask[bool](registrar, `!document.querySelector('[name=ground][value=R1], [name=ground] [value=R1]') && !!document.querySelector('main a[href*="/refer"]')`) {
			t.Errorf("a skip-level refusal of an online petition is offered, or no transfer:\n%s", registrar.words())
		}
		registrar.take(at, "refer", answers{"to": "990121", "reason": "村党组织换届由县委组织部负责指导，按属地管理、分级负责转送。"})
		head := w.officer(t, "yc.head")
		head.take(at, "approve", nil)

		p.follow(code)
		p.until("已转")
		p.sees("松坪县")
		county := w.officer(t, "sp.office")
		county.open("计票结果没有公示")
		county.sees("转送")
	})
}

func TestAWageComplaintIsRedirectedKindly(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone)
		p.visit("/guide/check")
		p.accessible()
		code := w.file(p, filed{area: "990121", purpose: "22", topic: "",
			title:   "工地拖欠我们六个人的工资",
			facts:   "我们六个人去年在县里的工地干活，完工以后老板一直没有结清工资，一共欠四万二千元，打电话也不接。",
			request: "请帮我们要回工资。",
			you:     answers{"name": "罗大勇", "mobile": "19000000789", "region": "990121", "address": "松坪县石桥镇"}}, func() {})
		office := w.officer(t, "sp.office")
		at := office.open("拖欠我们六个人的工资")
		office.take(at, "register", answers{"topic": "Z3"})
		office.visit(at + "/redirect")
		office.accessible()
		// Without a body and a telephone number nobody is sent away.
		office.enter(answers{"text": "您反映的是劳动报酬问题。"})
		office.pressNext()
		if !office.refused() {
			t.Error("a redirect without a body went through")
		}
		body := ask[string](office, `[...document.querySelector('[name=body]').options].find(o => o.text.includes('劳动')||o.text.includes('人力资源')).value`)
		office.take(at, "redirect", answers{"body": body, "text": "您反映的是劳动报酬问题，按规定由人力资源社会保障部门处理。",
			"reason": "劳动报酬争议不属于组织部门职责。"})

		p.follow(code)
		p.until("已告知去处")
		p.click(`a[href^="/follow/letters/"]`)
		p.sees("12333", "劳动")
		p.accessible()
	})
}

func TestAnAnonymousSuggestionIsAnswered(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone)
		code := w.file(p, filed{area: "990102", purpose: "1", topic: "C3",
			title:   "建议把党费收缴情况每季度公开一次",
			facts:   "我们支部的党费收缴和使用情况很久没有公开过，建议每个季度在党员活动室张贴一次。",
			request: "希望采纳。",
			you:     answers{"named": "no"}}, func() {})
		registrar := w.officer(t, "qx.registrar")
		at := registrar.open("党费收缴情况每季度公开")
		registrar.take(at, "register", answers{"topic": "C4"})
		registrar.distribute(at, "许澜")
		handler, head := w.officer(t, "qx.handler"), w.officer(t, "qx.unithead")
		handler.take(at, "accept", answers{"reason": "属于党员教育管理工作的建议。"})
		head.take(at, "approve", nil)
		handler.take(at, "start", nil)
		handler.visit(at + "/draft")
		handler.enter(answers{"outcome": "adopted", "facts": "该支部近三个季度确实没有公开党费收缴情况。",
			"opinion": "您的建议合理可行，已要求各支部自本季度起每季度公开一次。"})
		fillAnswers(handler)
		handler.finish(at)
		head.take(at, "sign", nil)
		handler.take(at, "serve", answers{"service.method": "online"})

		p.follow(code)
		p.until("采纳")
		// An anonymous code cannot be replaced.
		registrar.visit(at + "/code")
		if ask[bool](registrar, `!!document.querySelector('main form[action$="/code"] button')`) {
			t.Error("a new code is offered for an anonymous filing")
		}
	})
}

func TestAnOfficerReturnsATransferThatIsNotHis(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone)
		w.file(p, filed{area: "990100", purpose: "22", topic: "D1",
			title:   "引进人才安家补贴第二年没有到账",
			facts:   "我是去年引进的人才，安家补贴应当分三年发放，第二年的补贴到现在还没有到账，问了几次都说在走程序。",
			request: "请尽快发放第二年的安家补贴。",
			you:     answers{"name": "沈知远", "mobile": "19000000321", "region": "990100", "address": "云川市江滨路9号"}}, func() {})
		registrar, head := w.officer(t, "yc.registrar"), w.officer(t, "yc.head")
		at := registrar.open("安家补贴第二年没有到账")
		registrar.take(at, "register", answers{"topic": "D1"})
		registrar.take(at, "refer", answers{"to": "990102", "reason": "请青溪区委组织部处理。"})
		head.take(at, "approve", nil)

		district := w.officer(t, "qx.unithead")
		district.open("安家补贴第二年没有到账")
		district.take(at, "object", answers{"reason": "该补贴由市委组织部人才办审批发放，不属于区级权限。"})
		head.visit(at)
		head.sees("该补贴由市委组织部人才办审批发放")
		head.take(at, "agree_back", answers{"reason": "同意，由市里办理。"})
		registrar.open("安家补贴第二年没有到账")
		registrar.sees("已登记")
	})
}

func TestTwoOfficersCollide(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone)
		w.file(p, filed{area: "990100", purpose: "22", topic: "D1",
			title:   "人才公寓的租房补贴停发了",
			facts:   "我住在人才公寓，租房补贴从七月份起没有再发，问了几个窗口都没有说清楚是什么原因。",
			request: "请说明原因并恢复发放。",
			you:     answers{"name": "邵明远", "mobile": "19000000654", "region": "990100", "address": "云川市江滨路20号"}}, func() {})
		one, two := w.officer(t, "yc.registrar"), w.officer(t, "yc.head")
		at := one.open("人才公寓的租房补贴停发了")
		one.take(at, "register", answers{"topic": "D1"})
		one.visit(at + "/refer")
		two.take(at, "refer", answers{"to": "990102", "reason": "由青溪区委组织部办理。"})

		one.enter(answers{"to": "990121", "reason": "我写的理由不能丢。"})
		for range 2 { // form, preview
			if ask[bool](one, `!!document.querySelector('main button[name=step].btn:not(.btn--second):not(.btn--quiet)')`) && one.at() == at+"/refer" {
				one.pressNext()
			}
		}
		one.sees("陈雨桐", "我写的理由不能丢。")
		one.accessible()
		one.visit(at)
		one.sees("青溪区")
		one.seesNot("松坪县")
	})
}
