package main

import (
	"strings"
	"testing"

	"huiyin/demo"
	"huiyin/petition"
)

// login finds who holds a role at a unit of the demonstration.
func login(t *testing.T, unit petition.UnitID, role petition.Role) string {
	t.Helper()
	for _, a := range demo.Staff() {
		if a.Unit == unit && (petition.Actor{Roles: a.Roles}).Is(role) {
			return a.Login
		}
	}
	t.Fatalf("nobody is %s at %s", role, unit)
	return ""
}

// A village's matter is brought to the province in person: the desk writes the visit down,
// registers it from there, and refuses it for skipping levels; the visitor takes the
// printed guidance along and finds it under his code, and the county is told by itself.
func TestScenario4_1_AVisitThatSkipsLevelsIsGuidedOnPaperAndTheCountyTold(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		registrar := w.officer(t, login(t, "990000", petition.Registrar))
		registrar.visit("/visits")
		registrar.accessible()
		registrar.enter(answers{"people": "2", "room": "第一接待室"})
		registrar.click(`main form[action="/visits"][method=post] .btn`)
		registrar.sees("2人次", "第一接待室")
		registrar.click(`main tbody a[href^="/register/visit"]`)
		registrar.accessible()
		registrar.enter(answers{"person.name": "何长根", "person.mobile": "19000000456", "person.address": "松坪县柳沟村3组",
			"filing.purpose": "22", "topic": "C1", "filing.title": "村党支部换届计票结果没有公示",
			"filing.facts": "上个月村党支部换届，计票以后没有当场公布结果，也没有张榜。"})
		registrar.click(`main form .btn:not(.btn--quiet)`)
		code := strings.Join(strings.Fields(ask[string](registrar, `(document.querySelector('#code')||{innerText:''}).innerText`)), "")
		if code == "" {
			t.Fatalf("no slip:\n%s", registrar.words())
		}
		at := ask[string](registrar, `document.querySelector('main a.btn[href^="/cases/"]').getAttribute('href')`)
		registrar.take(at, "refuse", answers{"ground": "R1", "to": "990121", "reason": "越级走访，依法由县委组织部办理。",
			"text": "您反映的村党支部换届事项由松坪县委组织部办理，请您到松坪县委组织部提出。"})
		head := w.officer(t, login(t, "990000", petition.OfficeHead))
		head.take(at, "approve", nil)

		registrar.visit(at)
		letter := ask[string](registrar, `(document.querySelector('a[href*="/letters/"]')||{getAttribute(){return ''}}).getAttribute('href')`)
		registrar.visit(letter)
		registrar.sees("不予受理告知书", "松坪县")
		registrar.accessible()
		registrar.visit("/visits")
		registrar.click(`main tbody a[href^="/cases/"]`)
		if registrar.at() != at {
			t.Errorf("the register leads to %s, not %s", registrar.at(), at)
		}

		p := w.citizen(t, phone)
		p.follow(code)
		p.until("不予受理")
		p.click(`a[href^="/follow/letters/"]`)
		p.sees("松坪县委组织部")

		county := w.officer(t, login(t, "990121", petition.Registrar))
		county.visit("/notices")
		county.click(`main a.ttl`)
		county.sees("村党支部换届计票结果没有公示", "信访人可能会来")
		county.seesNot("何长根", "19000000456")
	})
}
