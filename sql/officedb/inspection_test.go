package officedb

import (
	"slices"
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

func anInspection(names bool) petition.InspectionStep {
	return petition.InspectionStep{Team: "市委第二巡察组", Document: "市巡〔2026〕3号", From: "2026-01-01", To: "2026-03-31",
		Names: names, Text: "巡察需要"}
}

// inspected is a request about the county that the city was asked for, with these steps done.
func (w *world) inspected(names bool, acts ...petition.InspectionAct) petition.ID {
	w.t.Helper()
	w.now = noon(w.t, "2026-04-02")
	id, err := w.s.AskInspection(w.t.Context(), w.who(city, petition.Registrar), county, anInspection(names), w.now)
	w.must(err)
	for n, act := range acts {
		by := w.who(city, petition.OfficeHead)
		if act != petition.InspectionHead && act != petition.InspectionTake {
			by = w.who(city, petition.Leader)
		}
		w.must(w.s.StepInspection(w.t.Context(), by, id, n+1, petition.InspectionStep{Act: act, Text: "x"}, w.now))
	}
	return id
}

// A package is made once both have approved; it names nobody who petitions, neither in the
// titles, unless a leader approved that too; then every name is a recorded look.
func TestScenario12_4_APackageForAnInspection(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		named := aFiling(county, "求助")
		named.Title = named.Person.Name + "反映补贴没有发"
		id := w.filed(named)
		w.registered(county2, "elsewhere")
		head, lead := w.who(city, petition.OfficeHead), w.who(city, petition.Leader)
		half := w.inspected(true, petition.InspectionHead)
		_, _, err := w.s.InspectionMatters(ctx, head, half, false, w.now)
		w.want(err, petition.NotFound)
		whole := w.inspected(true, petition.InspectionHead, petition.InspectionLeader)
		all, more, err := w.s.InspectionMatters(ctx, head, whole, false, w.now)
		w.must(err)
		if len(all) != 1 || more || all[0].Case != id || all[0].Person != "" || all[0].Name != "" ||
			strings.Contains(all[0].Title, named.Person.Name) || !strings.Contains(all[0].Title, "补贴没有发") {
			t.Fatalf("%+v", all)
		}
		_, _, err = w.s.InspectionMatters(ctx, head, whole, true, w.now)
		w.want(err, petition.Forbidden)
		views := len(w.viewsOf(id))
		w.must(w.s.StepInspection(ctx, lead, whole, 3, petition.InspectionStep{Act: petition.InspectionNames, Text: "要当面核实"}, w.now))
		_, _, err = w.s.InspectionMatters(ctx, lead, whole, true, w.now) // he approves, the head takes out
		w.want(err, petition.Forbidden)
		if all, _, err = w.s.InspectionMatters(ctx, head, whole, true, w.now); err != nil || all[0].Person != named.Person.Name {
			t.Errorf("%+v, %v", all, err)
		}
		if n := len(w.viewsOf(id)); n != views+1 {
			t.Errorf("%d looks at the identity, %d before", n, views)
		}
		w.must(w.s.Exclude(ctx, id, head.Staff, w.now))
		if all, _, err := w.s.InspectionMatters(ctx, head, whole, false, w.now); err != nil || len(all) != 0 {
			t.Errorf("what the head must not know of: %+v, %v", all, err)
		}
		w.sound()
	})
}

func (w *world) viewsOf(id petition.ID) []backoffice.Viewed {
	w.t.Helper()
	all, err := w.s.Views(w.t.Context(), w.who(county, petition.OfficeHead), id)
	w.must(err)
	return slices.DeleteFunc(all, func(v backoffice.Viewed) bool { return v.What != viewedIdentity })
}

// A request is its unit's alone; the steps are taken in turn, once.
func TestARequestOfATeamIsTheUnitsOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.inspected(false)
		for name, by := range map[string]petition.Actor{"the unit inspected": w.who(county, petition.OfficeHead), "the province": w.who(prov, petition.Leader),
			"a handler": w.who(city, petition.Handler), "an administrator": w.who(city, petition.AuditAdmin),
			"the compartment before it is approved": w.who(city, petition.CadreSupervisor)} {
			if _, err := w.s.Inspection(ctx, by, id); !petition.Is(err, petition.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := w.s.AskInspection(ctx, w.who(city, petition.Leader), county, anInspection(false), w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.AskInspection(ctx, w.who(county, petition.Registrar), city, anInspection(false), w.now)
		w.want(err, petition.Invalid) // nobody below answers for the unit above
		head := w.who(city, petition.OfficeHead)
		ok := petition.InspectionStep{Act: petition.InspectionHead}
		w.want(w.s.StepInspection(ctx, head, id, 0, ok, w.now), petition.Conflict)
		w.must(w.s.StepInspection(ctx, head, id, 1, ok, w.now))
		w.want(w.s.StepInspection(ctx, head, id, 2, ok, w.now), petition.Conflict)
		all, err := w.s.Inspections(ctx, head)
		if err != nil || len(all) != 1 || all[0].State() != petition.InspectionWaitsLeader || all[0].Ask().Team != "市委第二巡察组" {
			t.Errorf("%+v, %v", all, err)
		}
	})
}

// The compartment's part is for the compartment alone: what was reported of the unit's
// cadres, never by whom; nobody else's log says that it was read.
func TestScenario12_4_TheCompartmentsPart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		report, other := w.reported(city), w.reported(city)
		one := w.who(city, petition.CadreSupervisor)
		for id, at := range map[petition.ID]petition.UnitID{report: county, other: county2} {
			w.inCompartment(one, id, cadreAct(petition.CadreRegister, petition.CadreStep{Reported: []petition.Respondent{
				{Reported: petition.Reported{Name: "he", Post: "head"}, At: at, Manager: city}}}))
		}
		id := w.inspected(true, petition.InspectionHead, petition.InspectionLeader)
		before := w.counted()["audit"]
		i, all, err := w.s.InspectionReports(ctx, one, id, w.now)
		w.must(err)
		if i.About != county || len(all) != 1 || all[0].ID != report || len(all[0].Reported) != 1 || all[0].Reported[0].Name != "he" {
			t.Errorf("%+v", all)
		}
		for _, role := range []petition.Role{petition.OfficeHead, petition.Leader, petition.Registrar} {
			_, _, err := w.s.InspectionReports(ctx, w.who(city, role), id, w.now)
			w.want(err, petition.NotFound)
		}
		_, _, err = w.s.InspectionReports(ctx, w.who(county, petition.CadreSupervisor), id, w.now)
		w.want(err, petition.NotFound)
		if n := w.counted()["audit"]; n != before {
			t.Errorf("%d entries in the office's log, %d before", n, before)
		}
		w.sound()
	})
}
