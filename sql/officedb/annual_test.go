package officedb

import (
	"bytes"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

func annualTexts(text string) map[string]string {
	all := make(map[string]string)
	for _, name := range petition.AnnualSections {
		all[name] = text
	}
	return all
}

func (w *world) annual(by petition.Actor, unit petition.UnitID) backoffice.AnnualFile {
	w.t.Helper()
	file, err := w.s.Annual(w.t.Context(), by, unit, 2026, w.now)
	w.must(err)
	return file
}

func (w *world) stepAnnual(by petition.Actor, seen int, step petition.AnnualStep) error {
	w.t.Helper()
	return w.s.StepAnnual(w.t.Context(), by, county, 2026, seen, step, w.now)
}

// lateOn is which of the reports that a reader sees are late.
func (w *world) lateOn(by petition.Actor) (late []petition.UnitID) {
	w.t.Helper()
	all, err := w.s.Annuals(w.t.Context(), by, 2026)
	w.must(err)
	for _, a := range all {
		if a.Late(petition.Day(w.now)) {
			late = append(late, a.Unit)
		}
	}
	return late
}

// A unit that has not filed by its day is late for itself and for the unit above; the day
// is the one that the unit above chose.
func TestScenario8_3_WhoHasNotFiledIsLateOnBothSides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.registered(county, "one")
		above, own := w.who(city, petition.OfficeHead), w.who(county, petition.OfficeHead)
		w.now = noon(t, "2027-01-31")
		if late := w.lateOn(above); len(late) != 0 {
			t.Fatalf("on the day: %v", late)
		}
		w.now = noon(t, "2027-02-01")
		if late := w.lateOn(above); len(late) != 3 {
			t.Errorf("above: %v", late)
		}
		if late := w.lateOn(own); len(late) != 1 || late[0] != county {
			t.Errorf("the unit itself: %v", late)
		}
		for _, day := range []string{"", "01-01", "12-31", "x"} {
			w.want(w.s.SetAnnualDue(ctx, above, day, w.now), petition.Invalid)
		}
		w.want(w.s.SetAnnualDue(ctx, w.who(city, petition.Leader), "03-01", w.now), petition.NotFound)
		w.must(w.s.SetAnnualDue(ctx, above, "02-15", w.now))
		w.must(w.s.SetAnnualDue(ctx, above, "03-01", w.now))
		if day, err := w.s.AnnualDue(ctx, own); err != nil || day != "03-01" {
			t.Errorf("the day is %s, %v", day, err)
		}
		if late := w.lateOn(above); len(late) != 1 || late[0] != city {
			t.Errorf("with a later day below: %v", late)
		}
		w.must(w.stepAnnual(own, 0, petition.AnnualStep{Status: petition.AnnualFiled, Texts: annualTexts("words")}))
		w.now = noon(t, "2027-03-02")
		if late := w.lateOn(own); len(late) != 0 {
			t.Errorf("filed: %v", late)
		}
		for _, role := range []petition.Role{petition.Handler, petition.CadreSupervisor, petition.SystemAdmin, petition.AuditAdmin} {
			_, err := w.s.Annuals(ctx, w.who(city, role), 2026)
			w.want(err, petition.NotFound)
			_, err = w.s.Annual(ctx, w.who(city, role), county, 2026, w.now)
			w.want(err, petition.NotFound)
		}
	})
}

// What is drafted is the unit's own; filing locks figures and closes the year; it comes back
// with a reason, is filed again under its number, and is accepted. All of it is kept, and
// nothing that happens later changes what was filed.
func TestScenario8_3_FilingLocksTheFigures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		own, lead, above := w.who(county, petition.OfficeHead), w.who(county, petition.Leader), w.who(city, petition.Leader)
		id := w.suggested(county, "open at noon", petition.Adopted)
		w.registered(county, "one")
		w.filed(aReport(county, "About somebody"))
		draft := petition.AnnualStep{Status: petition.AnnualDraft, Texts: map[string]string{"work": "租用活动室𠮷"}}
		filed := petition.AnnualStep{Status: petition.AnnualFiled, Texts: annualTexts("一年的工作")}
		w.now = noon(t, "2026-12-20")
		w.must(w.stepAnnual(own, 0, draft))
		w.want(w.stepAnnual(own, 1, filed), petition.Invalid) // the year runs
		w.now = noon(t, "2027-01-10")
		for _, by := range []petition.Actor{above, w.who(county, petition.Registrar), w.who(county, petition.Supervisor), w.who(prov, petition.OfficeHead)} {
			w.want(w.stepAnnual(by, 1, filed), petition.NotFound)
		}
		_, err := w.s.Annual(ctx, w.who(county2, petition.OfficeHead), county, 2026, w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.Annual(ctx, own, county, 2024, w.now)
		w.want(err, petition.NotFound)
		if file := w.annual(above, county); len(file.Steps[0].Texts) != 0 || file.Writes || file.Judges || file.Live != nil {
			t.Errorf("above sees the draft: %+v", file)
		}
		live := w.annual(own, county).Live
		if live == nil || live.Revision != 0 || live.Year.Of(petition.Items).Num != 2 || len(live.Adopted) != 1 || live.Adopted[0].Number != w.number(id) {
			t.Fatalf("what would be filed: %+v", live)
		}
		w.must(w.stepAnnual(lead, 1, filed))
		w.want(w.stepAnnual(own, 1, filed), petition.Conflict)
		first := w.annual(above, county).Steps[1]
		if first.Number == "" || first.Figures == nil || first.Figures.Revision != 1 || first.Officer != lead.Name {
			t.Fatalf("filed: %+v", first)
		}
		kept, err := w.s.Snapshots(ctx, own, county, "2026")
		if err != nil || len(kept) != 1 || kept[0].Figures.Of(petition.Items) != first.Figures.Year.Of(petition.Items) {
			t.Errorf("the year is closed: %+v %v", kept, err)
		}
		back := petition.AnnualStep{Status: petition.AnnualReturned, Text: "补充反映的问题"}
		w.want(w.stepAnnual(own, 2, back), petition.NotFound)
		w.want(w.stepAnnual(w.who(city, petition.Supervisor), 2, back), petition.NotFound)
		w.must(w.stepAnnual(above, 2, back))
		w.must(w.s.ClosePeriod(ctx, own, "2026", 1, "one was registered twice", w.now))
		w.must(w.stepAnnual(own, 3, filed))
		w.must(w.stepAnnual(above, 4, petition.AnnualStep{Status: petition.AnnualAccepted}))
		w.want(w.stepAnnual(own, 5, draft), petition.NotFound)
		file := w.annual(w.who(prov, petition.Supervisor), county)
		if file.Status() != petition.AnnualAccepted || len(file.Steps) != 5 || file.Steps[3].Number != first.Number || file.Steps[3].Figures.Revision != 2 ||
			file.Steps[1].Figures.Revision != 1 || file.Steps[2].Text != "补充反映的问题" || file.Steps[2].Unit != city {
			t.Errorf("at the end: %+v", file)
		}
		var sealed [][]byte
		w.must(w.db.Select(ctx, &sealed, `SELECT sealed FROM annual_entry`))
		for _, b := range sealed {
			if bytes.Contains(b, []byte("租用活动室")) || bytes.Contains(b, []byte("一年的工作")) {
				t.Error("words lie in the database as they were typed")
			}
		}
	})
}

// Reports about cadres are in no figure; who must not know of a case that is in the figures
// is shown none of them.
func TestScenario8_3_NothingSealedIsReported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := w.who(county, petition.OfficeHead)
		secret := w.registered(county, "about the leader")
		w.filed(aReport(county, "About somebody"))
		w.now = noon(t, "2027-01-10")
		live := w.annual(own, county).Live
		for _, f := range live.Fields {
			if f.Field == "B" {
				t.Errorf("a report about a cadre is counted: %+v", live.Fields)
			}
		}
		w.must(w.stepAnnual(own, 0, petition.AnnualStep{Status: petition.AnnualFiled, Texts: annualTexts("words")}))
		w.exec(`INSERT INTO exclusion (staff, case_id) VALUES (?, ?)`, w.who(county, petition.Leader).Staff, secret)
		file := w.annual(w.who(county, petition.Leader), county)
		if !file.Hidden || file.Steps[0].Figures != nil || file.Live != nil {
			t.Errorf("who must not know: %+v", file)
		}
		if file := w.annual(own, county); file.Hidden || file.Steps[0].Figures == nil {
			t.Errorf("others: %+v", file)
		}
	})
}
