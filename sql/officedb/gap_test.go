package officedb

import (
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// gapped is a case of the county whose opinion found a gap in policy.
func (w *world) gapped(title, due string) petition.ID {
	w.t.Helper()
	id := w.accepted(county, title)
	handler := w.who(county, petition.Handler)
	w.do(handler, id, petition.Act{Action: petition.Start})
	act := w.opinion(petition.Explained)
	act.Explained = nil
	act.Gap = &petition.Gap{What: "租用村部的补助没有规定", Owner: handler.Staff, OwnerName: "somebody else", Due: due}
	w.do(handler, id, act)
	return id
}

// "No clear policy but needs one" at the opinion becomes a matter with owner and day,
// which goes its way step by step.
func TestScenario5_2_AGapIsFollowedToItsEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.gapped("村部租金", "2026-05-01")
		handler, head := w.who(county, petition.Handler), w.who(county, petition.OfficeHead)
		file, err := w.s.Gap(ctx, handler, id)
		w.must(err)
		if file.What != "租用村部的补助没有规定" || file.OwnerName != handler.Name || file.Due != "2026-05-01" || file.Title != "村部租金" ||
			file.Status != petition.GapProposed || !file.Mine || file.Topic != "C6" {
			t.Fatalf("%+v", file)
		}
		sent := petition.GapStep{Status: petition.GapSent, To: "省委组织部", Text: "建议统一规定"}
		w.must(w.s.StepGap(ctx, handler, id, 0, sent, w.now))
		w.want(w.s.StepGap(ctx, handler, id, 0, sent, w.now), petition.Conflict)
		w.want(w.s.StepGap(ctx, w.who(county, petition.Registrar), id, 1, sent, w.now), petition.NotFound)
		w.want(w.s.StepGap(ctx, w.who(city, petition.OfficeHead), id, 1, sent, w.now), petition.NotFound)
		w.want(w.s.StepGap(ctx, head, id, 1, petition.GapStep{Status: petition.GapAdopted}, w.now), petition.Invalid)
		w.must(w.s.StepGap(ctx, head, id, 1, petition.GapStep{Status: petition.GapNotAdopted, Text: "已有规定正在修订𠮷"}, w.now))
		w.want(w.s.StepGap(ctx, head, id, 2, sent, w.now), petition.Conflict)
		file, err = w.s.Gap(ctx, w.who(city, petition.Leader), id)
		w.must(err)
		if file.Status != petition.GapNotAdopted || len(file.Steps) != 2 || file.Steps[0].Text != "已有规定正在修订𠮷" || file.Steps[1].To != "省委组织部" ||
			file.Steps[0].Name != head.Name || file.Mine {
			t.Errorf("%+v", file)
		}
	})
}

func TestScenario5_2_GapsAreListedByWhatIsLeftToDo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		late, soon, over := w.gapped("late", "2026-09-01"), w.gapped("soon", "2026-04-01"), w.gapped("over", "2026-03-20")
		handler := w.who(county, petition.Handler)
		w.must(w.s.StepGap(ctx, handler, over, 0, petition.GapStep{Status: petition.GapSent, To: "x", Text: "y"}, w.now))
		w.must(w.s.StepGap(ctx, handler, over, 1, petition.GapStep{Status: petition.GapAdopted, Text: "y"}, w.now))
		for _, c := range []struct {
			by   petition.Actor
			q    backoffice.GapQuery
			want []petition.ID
		}{
			{handler, backoffice.GapQuery{}, []petition.ID{soon, late, over}},
			{handler, backoffice.GapQuery{Mine: true}, []petition.ID{soon, late, over}},
			{w.who(county, petition.Leader), backoffice.GapQuery{Mine: true}, nil},
			{w.who(city, petition.Leader), backoffice.GapQuery{Status: petition.GapAdopted}, []petition.ID{over}},
			{w.who(county2, petition.OfficeHead), backoffice.GapQuery{}, nil},
			{w.who(city, petition.Handler), backoffice.GapQuery{}, nil},
			{handler, backoffice.GapQuery{AfterDue: "2026-04-01", After: soon}, []petition.ID{late, over}},
			{handler, backoffice.GapQuery{AfterDue: "2026-09-01", After: late}, []petition.ID{over}},
		} {
			page, err := w.s.Gaps(ctx, c.by, c.q)
			w.must(err)
			if len(page.Rows) != len(c.want) {
				t.Errorf("%s of %s %+v: %d rows, want %d", c.by.Name, c.by.Unit, c.q, len(page.Rows), len(c.want))
				continue
			}
			for i, id := range c.want {
				if page.Rows[i].Case != id {
					t.Errorf("%+v: row %d is %s", c.q, i, page.Rows[i].Title)
				}
			}
		}
		_, err := w.s.Gaps(ctx, w.who(county, petition.SystemAdmin), backoffice.GapQuery{})
		w.want(err, petition.NotFound)
		w.must(w.s.Exclude(ctx, soon, handler.Staff, w.now))
		if page, err := w.s.Gaps(ctx, handler, backoffice.GapQuery{}); err != nil || len(page.Rows) != 2 {
			t.Errorf("who is excluded reads %d %v", len(page.Rows), err)
		}
		_, err = w.s.Gap(ctx, handler, soon)
		w.want(err, petition.NotFound)
	})
}

// A gap that was found in what turns out to be a report is in nobody's list any more.
func TestScenario5_2_AGapGoesWithASealedCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.gapped("about a cadre", "2026-09-01")
		w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.SealUp, Reason: "it is about a cadre"})
		for _, by := range []petition.Actor{w.who(county, petition.Handler), w.who(city, petition.Leader), w.who(county, petition.OfficeHead)} {
			if page, err := w.s.Gaps(t.Context(), by, backoffice.GapQuery{}); err != nil || len(page.Rows) != 0 {
				t.Errorf("%s reads %d %v", by.Name, len(page.Rows), err)
			}
			_, err := w.s.Gap(t.Context(), by, id)
			w.want(err, petition.NotFound)
		}
	})
}

// Somebody who is not of the unit is given no gap to see to.
func TestScenario5_2_TheOwnerIsOneOfTheUnit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "村部租金")
		_, err := w.try(w.who(county, petition.OfficeHead), id, petition.Act{Action: petition.RecordGap})
		w.want(err, petition.Conflict) // not before it is handled
		w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.Start})
		gap := petition.Gap{What: "no rule", Owner: w.who(county2, petition.Handler).Staff, Due: "2026-09-01"}
		_, err = w.try(w.who(county, petition.OfficeHead), id, petition.Act{Action: petition.RecordGap, Gap: &gap})
		w.want(err, petition.Invalid)
		gap.Owner = w.who(county, petition.Leader).Staff
		c := w.do(w.who(county, petition.OfficeHead), id, petition.Act{Action: petition.RecordGap, Gap: &gap})
		if c.Gap == nil || c.Gap.OwnerName != "leader" {
			t.Errorf("%+v", c.Gap)
		}
	})
}

// The head of the petition office gives a gap to a colleague; who had it and why is on
// record, and from then on the new owner goes on with it.
func TestScenario5_2_AGapGetsAnotherOwner(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.gapped("村部租金", "2026-05-01")
		handler, head, registrar := w.who(county, petition.Handler), w.who(county, petition.OfficeHead), w.who(county, petition.Registrar)
		give := func(by petition.Actor, seen int, to petition.Actor, why string) error {
			return w.s.GiveGap(ctx, by, id, seen, to.Staff, why, w.now)
		}
		w.want(give(handler, 0, registrar, "x"), petition.NotFound)
		w.want(give(w.who(city, petition.OfficeHead), 0, registrar, "x"), petition.NotFound)
		w.want(give(head, 0, registrar, ""), petition.Invalid)
		w.want(give(head, 0, handler, "x"), petition.Invalid)
		w.want(give(head, 0, w.who(city, petition.Registrar), "x"), petition.Invalid)
		w.must(give(head, 0, registrar, "原负责人调离𠮷"))
		w.want(give(head, 0, handler, "x"), petition.Conflict)
		sent := petition.GapStep{Status: petition.GapSent, To: "省委组织部", Text: "建议统一规定"}
		w.want(w.s.StepGap(ctx, handler, id, 1, sent, w.now), petition.NotFound)
		w.must(w.s.StepGap(ctx, registrar, id, 1, sent, w.now))
		file, err := w.s.Gap(ctx, registrar, id)
		w.must(err)
		if file.Owner != registrar.Staff || file.OwnerName != registrar.Name || !file.Mine || file.Leads || len(file.Steps) != 2 {
			t.Fatalf("%+v", file)
		}
		if got := file.Steps[1]; got.Text != "原负责人调离𠮷" || got.OwnerName != registrar.Name || got.Name != head.Name || got.Status != petition.GapProposed {
			t.Errorf("%+v", got)
		}
		w.must(w.s.StepGap(ctx, head, id, 2, petition.GapStep{Status: petition.GapAdopted, Text: "y"}, w.now))
		w.want(give(head, 3, handler, "x"), petition.Conflict)
	})
}
