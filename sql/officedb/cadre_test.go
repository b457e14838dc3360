package officedb

import (
	"encoding/json"
	"strings"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// aReport is filed against a cadre whom the county manages.
func (w *world) reported(unit petition.UnitID) petition.ID {
	w.t.Helper()
	f := aFiling(unit, "A post that was sold")
	f.Purpose, f.Topic = petition.PurposeReport, "B1"
	f.Reported = []petition.Reported{{Name: "somebody", Unit: "a bureau", Post: "head"}}
	return w.filed(f)
}

func (w *world) inCompartment(by petition.Actor, id petition.ID, act petition.Act) {
	w.t.Helper()
	w.must(w.tryInCompartment(by, id, act))
}

func (w *world) tryInCompartment(by petition.Actor, id petition.ID, act petition.Act) error {
	w.t.Helper()
	file, err := w.s.Report(w.t.Context(), by, id, "a test", w.now)
	if err != nil {
		return err
	}
	return w.s.ActReport(w.t.Context(), by, id, file.Version, act, w.now)
}

func cadreAct(a petition.Action, step petition.CadreStep) petition.Act {
	return petition.Act{Action: a, Reason: "because", Text: "because", Deadline: "2026-06-01", Cadre: &step}
}

// A report goes through the compartment with the agreement of two others, the leader
// sees it only while it is put up to him, and the reporter reads three words.
func TestReportGoesThroughTheCompartment(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reported(county)
		one, leader := w.who(county, petition.CadreSupervisor), w.who(county, petition.Leader)
		two := w.hire(county, "second", petition.CadreSupervisor)
		w.inCompartment(one, id, cadreAct(petition.CadreRegister, petition.CadreStep{
			Reported: []petition.Respondent{{Reported: petition.Reported{Name: "somebody"}, Manager: county}}}))
		rows, err := w.s.Reports(t.Context(), leader, petition.ID{})
		if err != nil || len(rows) != 0 {
			t.Fatalf("the leader sees %v, %v", rows, err)
		}
		w.inCompartment(one, id, cadreAct(petition.Dispose, petition.CadreStep{Grade: petition.ClueClear,
			Way: petition.WayVerify, Team: []petition.ID{one.Staff, two.Staff}}))
		if rows, err = w.s.Reports(t.Context(), leader, petition.ID{}); err != nil || len(rows) != 1 || !rows[0].Waits {
			t.Fatalf("put up to the leader: %v, %v", rows, err)
		}
		w.inCompartment(leader, id, cadreAct(petition.CadreAgree, petition.CadreStep{}))
		w.inCompartment(two, id, cadreAct(petition.CadreAgree, petition.CadreStep{}))
		w.want(w.tryInCompartment(leader, id, cadreAct(petition.CadreAgree, petition.CadreStep{})), petition.NotFound)
		w.inCompartment(one, id, cadreAct(petition.Find, petition.CadreStep{Finding: petition.FoundUnknown}))
		w.inCompartment(two, id, cadreAct(petition.CadreAgree, petition.CadreStep{}))
		w.inCompartment(one, id, cadreAct(petition.CadreClose, petition.CadreStep{}))
		f := w.folder(id)
		if f.Status != petition.ShownClosed || len(f.Steps) != 3 || f.Letters != nil || f.Outcome != "" {
			t.Errorf("the reporter reads %+v", f)
		}
		if file, err := w.s.Report(t.Context(), one, id, "a test", w.now); err != nil || !strings.HasPrefix(file.Number, "JB-") {
			t.Errorf("%+v, %v", file, err)
		}
		w.sound()
	})
}

// What was sealed up leaves a day; nobody here opens it any more, and what the reporter
// adds goes where it lies now.
func TestScenario2_3_OnlyADayStaysBelow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reported(county)
		below, above := w.who(county, petition.CadreSupervisor), w.who(city, petition.CadreSupervisor)
		w.inCompartment(below, id, cadreAct(petition.SendUp, petition.CadreStep{}))
		rows, err := w.s.Reports(t.Context(), below, petition.ID{})
		if err != nil || len(rows) != 1 || rows[0].State != petition.CadreSentUp || rows[0].Title != "" {
			t.Fatalf("below: %+v, %v", rows, err)
		}
		_, err = w.s.Report(t.Context(), below, id, "a test", w.now)
		w.want(err, petition.NotFound)
		rows, err = w.s.Reports(t.Context(), above, petition.ID{})
		if err != nil || len(rows) != 1 || rows[0].ID == id {
			t.Fatalf("above: %+v, %v", rows, err)
		}
		w.said(id, petition.Act{Action: petition.AddInfo, Text: "one more thing"})
		file, err := w.s.Report(t.Context(), above, rows[0].ID, "a test", w.now)
		if err != nil || len(file.Later) != 1 || file.Later[0].Act.Text != "one more thing" {
			t.Errorf("%+v, %v", file.Later, err)
		}
		if f := w.folder(id); f.Status != petition.ShownReceived {
			t.Errorf("the reporter reads %s", f.Status)
		}
		w.must(w.s.Verify(t.Context()))
		w.sound()
	})
}

// An ordinary matter in a report goes its own way: nothing in it leads back, and the
// reporter follows it under the one code.
func TestAMatterTakenOutOfAReportDoesNotLeadBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reported(county)
		one, registrar := w.who(county, petition.CadreSupervisor), w.who(county, petition.Registrar)
		w.inCompartment(one, id, cadreAct(petition.CadreRegister, petition.CadreStep{
			Reported: []petition.Respondent{{Reported: petition.Reported{Name: "somebody"}, Manager: county}}}))
		act := cadreAct(petition.ExtractMatter, petition.CadreStep{})
		act.Parts = []petition.Part{{Purpose: petition.PurposeRequest, Topic: "C6", Title: "Party age", Facts: "It is two years short."}}
		w.inCompartment(one, id, act)
		if got := w.page(registrar, petition.ToRegister); len(got) != 1 || got[0] != "Party age" {
			t.Fatalf("to register: %v", got)
		}
		f := w.folder(id)
		if len(f.Matters) != 1 || f.Matters[0].Title != "Party age" {
			t.Fatalf("%+v", f)
		}
		page, err := w.s.Queue(t.Context(), registrar, queueOf(petition.ToRegister, w.now))
		w.must(err)
		c := w.do(registrar, page.Rows[0].Case, registerAct())
		b, err := json.Marshal(c)
		w.must(err)
		for _, word := range []string{"somebody", "A post that was sold", id.String()} {
			if strings.Contains(string(b), word) {
				t.Errorf("the matter leads back: %q", word)
			}
		}
		if f := w.folder(id); f.Matters[0].Status != petition.ShownChecking || f.Status != petition.ShownHandling {
			t.Errorf("%s: %+v", f.Status, f.Matters)
		}
		m := exchange.Message{ID: w.id(), Filing: id, At: w.now, Matter: 1, Act: petition.Act{Action: petition.AddInfo, Text: "the page of 1998"}}
		w.must(w.s.TakeMessage(t.Context(), w.taking(w.id(), ""), m))
		c, err = w.s.Case(t.Context(), registrar, c.ID)
		w.must(err)
		if last := c.Events[c.Version()-1]; last.Act.Action != petition.AddInfo {
			t.Errorf("%+v", last.Act)
		}
		w.sound()
	})
}
