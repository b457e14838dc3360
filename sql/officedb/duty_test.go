package officedb

import (
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

func dutyWords(fields []petition.DutyField) map[string]string {
	v := make(map[string]string)
	for _, f := range fields {
		if v[f.Name] = "words about it"; f.Day {
			v[f.Name] = "2026-03-05"
		}
	}
	return v
}

func (w *world) duty(by petition.Actor, kind petition.DutyKind, form petition.DutyForm, owner petition.UnitID, about petition.ID) *petition.Duty {
	w.t.Helper()
	d, err := w.s.SetDuty(w.t.Context(), by, petition.DutyAct{Action: petition.SetDuty, Kind: kind, Form: form, Owner: owner, Case: about,
		Title: "see to it", Due: "2026-03-20", Values: dutyWords(petition.DutyFields(kind, form))}, w.now)
	w.must(err)
	return d
}

func (w *world) dutyList(by petition.Actor, list backoffice.DutyList, side backoffice.DutySide) []backoffice.DutyRow {
	w.t.Helper()
	page, err := w.s.Duties(w.t.Context(), by, backoffice.DutyQuery{List: list, Side: side, Now: w.now})
	w.must(err)
	return page.Rows
}

// A duty is set above, answered below, comes back, is answered again and ends; each side
// finds it in its list, those above see it, and those beside never learn of it.
func TestADutyFromSettingToItsEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		lead, head := w.who(city, petition.Leader), w.who(county, petition.OfficeHead)
		handler := w.who(county, petition.Handler)
		d := w.duty(lead, petition.Instruction, "", county, petition.ID{})
		for _, by := range []petition.Actor{head, handler, lead, w.who(prov, petition.Supervisor)} {
			got, err := w.s.Duty(ctx, by, d.ID)
			if err != nil || got.Title != "see to it" || got.Values["instruction"] != "words about it" {
				t.Fatalf("%v: %+v %v", by.Roles, got, err)
			}
		}
		for _, by := range []petition.Actor{w.who(county2, petition.OfficeHead), w.who(prov, petition.Handler),
			w.who(county, petition.CadreSupervisor), w.who(city, petition.SystemAdmin), petition.Petitioner} {
			_, err := w.s.Duty(ctx, by, d.ID)
			w.want(err, petition.NotFound)
			w.want(w.s.ActDuty(ctx, by, d.ID, 1, petition.DutyAct{Action: petition.RemindDuty}, w.now), petition.NotFound)
		}
		if ours := w.dutyList(head, backoffice.DutiesLive, backoffice.DutiesOurs); len(ours) != 1 || ours[0].Title != "see to it" {
			t.Fatalf("ours: %+v", ours)
		}
		if len(w.dutyList(lead, backoffice.DutiesLive, backoffice.DutiesOurs)) != 0 || len(w.dutyList(lead, backoffice.DutiesLive, backoffice.DutiesSet)) != 1 {
			t.Error("the setter's lists")
		}
		act := func(by petition.Actor, version int, a petition.DutyAct) {
			t.Helper()
			w.must(w.s.ActDuty(ctx, by, d.ID, version, a, w.now))
		}
		w.want(w.s.ActDuty(ctx, head, d.ID, 1, petition.DutyAct{Action: petition.GiveDuty, Person: lead.Staff}, w.now), petition.Invalid)
		act(head, 1, petition.DutyAct{Action: petition.GiveDuty, Person: handler.Staff})
		answer := petition.DutyAct{Action: petition.AnswerDuty, Values: dutyWords(petition.AnswerFields(petition.Instruction, ""))}
		w.want(w.s.ActDuty(ctx, handler, d.ID, 1, answer, w.now), petition.Conflict)
		act(handler, 2, answer)
		if c, err := w.s.DutyCounts(ctx, lead, w.now); err != nil || c.ToSee != 1 || c.Ours != 0 {
			t.Errorf("counts: %+v %v", c, err)
		}
		act(lead, 3, petition.DutyAct{Action: petition.ReturnDuty, Text: "figures are missing", Due: "2026-03-03"})
		w.now = noon(t, "2026-03-04")
		if c, err := w.s.DutyCounts(ctx, head, w.now); err != nil || c.Ours != 1 || c.Late != 1 {
			t.Errorf("counts: %+v %v", c, err)
		}
		act(handler, 4, answer)
		act(lead, 5, petition.DutyAct{Action: petition.CloseDuty, Outcome: "done", Text: "well done"})
		ended := w.dutyList(w.who(prov, petition.Leader), backoffice.DutiesEnded, backoffice.DutiesBelow)
		if len(ended) != 1 || ended[0].Outcome != "done" || ended[0].Person != handler.Name {
			t.Errorf("ended: %+v", ended)
		}
		got, err := w.s.Duty(ctx, head, d.ID)
		if err != nil || len(got.Entries) != 6 || got.Entries[3].Act.Text != "figures are missing" {
			t.Errorf("%+v %v", got, err)
		}
		w.sound()
	})
}

// A draft is seen by nobody but those who may send it; a letter gets its number when it
// goes out; who must not know of a case knows of no duty about it.
func TestDraftsAndExclusions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		sup := w.who(city, petition.Supervisor)
		about := w.accepted(city, "a matter")
		draft := petition.DutyAct{Action: petition.DraftDuty, Kind: petition.Supervision, Form: petition.LetterForm, Owner: county,
			Case: about, Title: "late", Due: "2026-03-20"}
		d, err := w.s.SetDuty(ctx, sup, draft, w.now)
		w.must(err)
		for _, by := range []petition.Actor{w.who(county, petition.OfficeHead), w.who(prov, petition.Leader)} {
			_, err := w.s.Duty(ctx, by, d.ID)
			w.want(err, petition.NotFound)
		}
		if d.Number != "" {
			t.Errorf("a draft has the number %s", d.Number)
		}
		w.must(w.s.ActDuty(ctx, sup, d.ID, 1, petition.DutyAct{Action: petition.IssueDuty, Due: "2026-03-20",
			Values: dutyWords(petition.DutyFields(petition.Supervision, petition.LetterForm))}, w.now))
		got, err := w.s.Duty(ctx, w.who(county, petition.OfficeHead), d.ID)
		if err != nil || got.Number == "" || got.Case != about {
			t.Fatalf("%+v %v", got, err)
		}
		w.must(w.s.Exclude(ctx, about, w.who(city, petition.Leader).Staff, w.now))
		_, err = w.s.Duty(ctx, w.who(city, petition.Leader), d.ID)
		w.want(err, petition.NotFound)
		if rows := w.dutyList(w.who(city, petition.Leader), backoffice.DutiesLive, backoffice.DutiesSet); len(rows) != 0 {
			t.Errorf("an excluded leader's list: %+v", rows)
		}
		if c, err := w.s.DutyCounts(ctx, w.who(city, petition.Leader), w.now); err != nil || c != (backoffice.DutyCounts{}) {
			t.Errorf("an excluded leader's counts: %+v %v", c, err)
		}
		unseen := draft
		unseen.Case = w.accepted(county2, "another matter")
		_, err = w.s.SetDuty(ctx, w.who(county, petition.OfficeHead), unseen, w.now)
		w.want(err, petition.Invalid)
	})
}

// Pages of a long list have every duty once, in the order of their days.
func TestDutyPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lead := w.who(city, petition.Leader)
		const n = 30
		for i := range n {
			_, err := w.s.SetDuty(t.Context(), lead, petition.DutyAct{Action: petition.SetDuty, Kind: petition.Instruction, Owner: county,
				Title: "one", Due: petition.Day(w.now.AddDate(0, 0, i%3)), Values: map[string]string{"instruction": "x"}}, w.now)
			w.must(err)
		}
		seen, after, last := make(map[petition.ID]bool), "", ""
		for {
			page, err := w.s.Duties(t.Context(), lead, backoffice.DutyQuery{List: backoffice.DutiesLive, Side: backoffice.DutiesBelow, After: after, Limit: 7, Now: w.now})
			w.must(err)
			for _, r := range page.Rows {
				if seen[r.ID] || r.Due < last {
					t.Fatalf("%s again, or out of order", r.ID)
				}
				seen[r.ID], last = true, r.Due
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(seen) != n {
			t.Errorf("%d of %d", len(seen), n)
		}
		for _, bad := range []string{"x", "2026-01-01", "2026-01-01nonsense"} {
			_, err := w.s.Duties(t.Context(), lead, backoffice.DutyQuery{List: backoffice.DutiesLive, Side: backoffice.DutiesBelow, After: bad})
			w.want(err, petition.NotFound)
		}
	})
}

// Each advice and each supervision has a number of its own from when it is sent, in one
// series with the unit's other papers.
func TestEveryAdviceAndSupervisionIsNumberedWhenItGoesOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		sup, seen := w.who(city, petition.Supervisor), make(map[string]bool)
		for _, kind := range []petition.DutyKind{petition.Recommendation, petition.Supervision} {
			for _, form := range petition.DutyForms(kind) {
				number := w.duty(sup, kind, form, county, petition.ID{}).Number
				if number == "" || seen[number] {
					t.Errorf("%s %s has the number %q", kind, form, number)
				}
				seen[number] = true
			}
		}
	})
}
