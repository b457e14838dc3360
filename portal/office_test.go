package portal_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// Whoever opens the filing, at its first page and at every step, reaches rights, duties,
// procedure and the text of the law with one click (clause 6); rights and duties stand
// together under one link.
func TestScenario6_1_RightsDutiesProcedureAndLawAreOneClickAway(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/file")
	check := func(page string) {
		t.Helper()
		for _, to := range []string{"/guide#rights", "/guide#limits", "/law/2022"} {
			if v.doc.Find(`a[href="`+to+`"]`).Length() == 0 {
				t.Errorf("%s: no link to %s", page, to)
			}
		}
	}
	check("/file")
	v.send("/file", map[string]string{"consent": "yes"}).at("/file/where")
	check("/file/where")
	v.send("", map[string]string{"area": "990102"})
	check("the third step")
	guide := w.visitor().get("/guide")
	for _, id := range []string{"#rights", "#duties", "#limits"} {
		if guide.doc.Find("h2"+id).Length() != 1 {
			t.Errorf("the guide has no %s", id)
		}
	}
	w.visitor().get("/law/2022").sees("#第二十六条", "不得有下列行为")
}

// An office's own page has its rules, with what they change; a merged unit's page and its
// area lead to the successor.
func TestAnOfficePublishesItsRulesAndAMergedOneLeadsToItsSuccessor(t *testing.T) {
	w := newTown(t)
	list := slices.Clone(units)
	list[3].Successor = "990102" // 望溪县 goes into 青溪区
	list[0].LettersName = "顾文清"
	d := exchange.Directory{Installation: "office", Name: "云川省网上信访", Version: 99, Demo: true, Intake: w.office.Intake.Public()}
	for _, u := range list {
		e := exchange.UnitEntry{Unit: u, Key: w.public(exchange.UnitHolder(u.ID)), Cadre: w.public(exchange.CadreHolder(u.ID))}
		if u.ID == "990102" {
			e.Rules = []petition.LocalRule{{Title: "青溪区信访实施办法", Number: "青组发〔2026〕5号", Text: "第一条　办理期限缩短。\n第二条　自发布之日起施行。",
				From: "2026-01-01", Changes: []petition.LawChange{{Clock: petition.HandlingClock, Was: petition.Limit{Days: 60}, Is: petition.Limit{Days: 45}}}}}
		}
		d.Units = append(d.Units, e)
	}
	w.arrive(exchange.Arrival{Directory: &d})
	w.wait(2e9)
	v := w.visitor().get("/offices")
	if v.links("/offices/990102") != 1 || v.doc.Find("#u990103").Length() != 0 {
		t.Error("the directory lists what is gone, or leads nowhere")
	}
	v.sees("#u990000", "由顾文清登记、办理")
	v.get("/offices/990102").sees("main", "青溪区信访实施办法", "青组发〔2026〕5号", "第二条", "60天改为45天")
	v.get("/offices/990200").sees("main", "没有另外的实施办法")
	v.get("/offices/990103").at("/offices/990102")
	if w.visitor().get("/offices/123456").status != http.StatusNotFound {
		t.Error("a unit that never was has a page")
	}
	v = w.visitor().get("/file").send("/file", map[string]string{"consent": "yes"})
	if o := v.doc.Find(`option[value="990103"], label:has(input[value="990103"])`).Text(); !strings.Contains(o, "由区委组织部受理") {
		t.Errorf("the merged county's area reads %q", o)
	}
	v.send("", map[string]string{"area": "990103"})
	if v.path == "/file/where" || v.status != http.StatusOK {
		t.Errorf("its people cannot go on: %d %s", v.status, v.text(".error, .note"))
	}
}
