package main

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"huiyin/petition"
	"huiyin/sql/officedb"
)

const caseEvents = 200

// BenchmarkP7 is the page of a case with 200 events, over HTTP.
func BenchmarkP7Case(b *testing.B) {
	benchEach(b, func(b *testing.B, c *config) {
		r := start(b, c)
		r.populate()
		unit := openUnit(b)
		id := r.longCase(unit.ID)
		cookie := r.signIn(unit.ID, petition.Registrar)
		for b.Loop() {
			t := newTable(b, "P7  case page with 200 events, "+b.Name())
			t.line("connections\tper second\tp50 ms\tp99 ms\tcpu ms\tbytes")
			var alone float64
			for _, conns := range []int{1, 2, 8} {
				var p99, p50, rate, used []float64
				var size int
				for range rounds {
					p := visits(b, r.officeAt, conns, 100+50*conns, func(v *visitor, _ int) error {
						a, err := v.get("/cases/"+id.String(), cookie)
						if err != nil {
							return err
						}
						size = len(a.body)
						return a.want(http.StatusOK, "note 150")
					})
					p50, p99 = append(p50, ms(p.at(.5))), append(p99, ms(p.at(.99)))
					rate, used = append(rate, p.perSecond), append(used, ms(p.processor))
				}
				t.line("%d\t%.0f\t%.1f\t%.1f\t%.2f\t%d", conns, median(rate), median(p50), median(p99), median(used), size)
				if conns == 1 {
					alone = median(p99)
				}
			}
			t.atMost("P7 p99 ms at one connection", alone, 20)
			t.close()
			b.ReportMetric(alone, "p99-ms")
		}
	})
}

// longCase stores a claim that was registered and noted about until it has 200 events.
func (r *rig) longCase(unit petition.UnitID) petition.ID {
	r.b.Helper()
	rules, err := r.cases.Rules(r.b.Context())
	must(r.b, err)
	at := time.Now().Add(-48 * time.Hour)
	filing := petition.Filing{Purpose: petition.PurposeRequest, Topic: "C3", Unit: unit, Title: "请求核实并补办干部档案材料",
		Facts: benchFacts, Request: "请核实情况，依规补办，并书面答复。", Channel: petition.ByWeb, ConsentAt: at, Notice: "zh-CN-bench",
		Person: petition.Person{Name: "周测试", Mobile: "13800000000", Address: "解放路1号"}}
	registrar := r.account(unit, petition.Registrar).Actor()
	lc := officedb.LoadedCase{ID: newID()}
	var c *petition.Case
	do := func(by petition.Actor, act petition.Act) {
		at = at.Add(time.Minute)
		act.At = at
		events, err := petition.Decide(c, by, act, petition.Facts{}, rules, at)
		must(r.b, err)
		lc.Events = append(lc.Events, events...)
		c, err = petition.Fold(lc.ID, lc.Events)
		must(r.b, err)
	}
	do(petition.Petitioner, petition.Act{Action: petition.Submit, Filing: &filing, Unit: unit})
	for len(lc.Events) < caseEvents {
		do(registrar, petition.Act{Action: petition.Note, Leg: 1,
			Text: fmt.Sprintf("note %d: 今日上午与县教育局人事股通电话，对方称移交清单尚在核对，约定下周三前书面回复。", len(lc.Events))})
	}
	must(r.b, r.cases.Load(r.b.Context(), []officedb.LoadedCase{lc}, time.Now()))
	return lc.ID
}
