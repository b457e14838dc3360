package officedb

import (
	"testing"

	"huiyin/petition"
)

// suggested is a suggestion at a unit that was answered with an outcome.
func (w *world) suggested(unit petition.UnitID, title string, outcome petition.Outcome) petition.ID {
	w.t.Helper()
	f := aFiling(unit, title)
	f.Purpose, f.Topic = petition.PurposeAdvice, "G1"
	id := w.filed(f)
	w.do(w.who(unit, petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "G1"})
	w.do(w.who(unit, petition.UnitHead), id, acceptAct())
	handler := w.who(unit, petition.Handler)
	w.do(handler, id, petition.Act{Action: petition.Start})
	letter := aPaper(petition.ReplyLetter)
	letter.Sections = append(letter.Sections, petition.Section{Text: "The facts."}, petition.Section{Text: "The decision."})
	w.do(handler, id, petition.Act{Action: petition.Draft, Paper: letter, Outcome: outcome})
	w.do(w.who(unit, petition.UnitHead), id, petition.Act{Action: petition.Sign})
	w.do(handler, id, petition.Act{Action: petition.Serve, Service: &petition.Service{Method: "online", Day: petition.Day(w.now)}})
	return id
}

func (w *world) rewardAct(unit petition.UnitID, id petition.ID) petition.DutyAct {
	return petition.DutyAct{Action: petition.SetDuty, Kind: petition.Reward, Owner: unit, Case: id, Person: w.who(unit, petition.Leader).Staff,
		Title: "open at noon", Due: petition.Day(w.now.AddDate(0, 0, 30)), Values: dutyWords(petition.DutyFields(petition.Reward, ""))}
}

// For a suggestion that was adopted and answered a reward may be proposed, to a leader by
// name, who decides; for no other matter. It stands in the list for the annual report by
// number and topic, and those beside do not see it.
func TestScenario2_6_AnAdoptedSuggestionMayBeRewarded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		head, lead := w.who(county, petition.OfficeHead), w.who(county, petition.Leader)
		id := w.suggested(county, "open at noon", petition.PartAdopted)
		refused := w.suggested(county, "open at night", petition.NotAdopted)
		claim := w.accepted(county, "a claim")
		for _, other := range []petition.ID{refused, claim, {9}} {
			_, err := w.s.SetDuty(ctx, head, w.rewardAct(county, other), w.now)
			w.want(err, petition.Invalid)
		}
		_, err := w.s.SetDuty(ctx, w.who(county, petition.Handler), w.rewardAct(county, id), w.now)
		w.want(err, petition.Forbidden)
		list := func(unit petition.UnitID) []petition.AdoptedAdvice {
			low, high, err := w.s.below(ctx, unit)
			w.must(err)
			all, err := w.s.adoptedAdvice(ctx, low, high, noon(t, "2026-01-01"), noon(t, "2026-12-31"))
			w.must(err)
			return all
		}
		want := petition.AdoptedAdvice{Number: w.number(id), Topic: "G1", Outcome: petition.PartAdopted}
		if got := list(city); len(got) != 1 || got[0] != want {
			t.Fatalf("adopted: %+v", got)
		}
		d, err := w.s.SetDuty(ctx, head, w.rewardAct(county, id), w.now)
		w.must(err)
		if want.Reward = "proposed"; list(city)[0] != want || len(list(county2)) != 0 {
			t.Errorf("proposed: %+v", list(city))
		}
		_, err = w.s.Duty(ctx, w.who(county2, petition.OfficeHead), d.ID)
		w.want(err, petition.NotFound)
		w.must(w.s.ActDuty(ctx, lead, d.ID, 1, petition.DutyAct{Action: petition.AnswerDuty, Values: map[string]string{"ruling": "it helps many"}}, w.now))
		w.must(w.s.ActDuty(ctx, head, d.ID, 2, petition.DutyAct{Action: petition.CloseDuty, Outcome: "granted", Text: "a letter of thanks"}, w.now))
		if want.Reward = "granted"; list(county)[0] != want {
			t.Errorf("granted: %+v", list(county))
		}
		w.exec(`INSERT INTO exclusion (staff, case_id) VALUES (?, ?)`, head.Staff, id)
		if len(list(county)) != 0 {
			t.Error("listed, though somebody must not know of it")
		}
	})
}
