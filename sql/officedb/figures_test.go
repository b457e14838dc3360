package officedb

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"huiyin/petition"
)

// After any history the kept counts are what a full recount gives, every chain is
// whole, and what is stored folds to what was answered.
func TestKeptCountsEqualARecount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(1, 2))
		var ids []petition.ID
		for range 6 {
			ids = append(ids, w.filed(aFiling([]petition.UnitID{prov, city, county}[r.IntN(3)], "Party age")))
		}
		taken := make(map[petition.Action]int)
		for step := range 900 {
			w.now = w.now.Add(time.Duration(r.IntN(60)) * time.Minute)
			id := ids[r.IntN(len(ids))]
			if a, ok := w.someAct(r, id); ok {
				taken[a]++
			}
			if step%200 == 0 {
				w.sound()
			}
		}
		w.sound()
		w.marked(ids)
		t.Logf("taken: %v", taken)
		if len(taken) < 8 {
			t.Errorf("too few kinds of acts were taken: %v", taken)
		}
	})
}

// marked expects the marks that the legs' rows hold to follow from the events alone,
// whenever they are reckoned.
func (w *world) marked(ids []petition.ID) {
	w.t.Helper()
	rules, err := w.s.Rules(w.t.Context())
	w.must(err)
	n := 0
	for _, id := range ids {
		h, err := w.s.holdAny(w.t.Context(), id)
		w.must(err)
		rows, err := legsOf(w.t.Context(), w.db, id)
		w.must(err)
		for _, row := range rows {
			if want := marksText(h.c.Marks(row.N, rules)); row.Marks != want {
				w.t.Errorf("leg %d: %q, want %q", row.N, row.Marks, want)
			}
			n += len(row.Marks)
		}
	}
	if n == 0 {
		w.t.Error("nothing was marked")
	}
}

// someAct lets somebody do something that is offered; forms are filled so that most
// are taken.
func (w *world) someAct(r *rand.Rand, id petition.ID) (petition.Action, bool) {
	w.t.Helper()
	rules, err := w.s.Rules(w.t.Context())
	w.must(err)
	roles := []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead, petition.Leader, petition.ClosingAuditor}
	by := w.who([]petition.UnitID{prov, city, county}[r.IntN(3)], roles[r.IntN(len(roles))])
	c, err := w.s.Case(w.t.Context(), by, id)
	if err != nil {
		return "", false
	}
	offers := c.Available(by, rules, w.now)
	if len(offers) == 0 {
		return "", false
	}
	o := offers[r.IntN(len(offers))]
	switch o.Action {
	case petition.SealUp, petition.ReplaceCode, petition.Refuse:
		return "", false
	case petition.Note, petition.Redirect, petition.Distribute:
		if r.IntN(8) > 0 { // or there would be little else
			return "", false
		}
	}
	act := w.filledIn(o, by)
	_, err = w.s.Act(w.t.Context(), by, id, c.Version(), act, w.now)
	if err != nil && !petition.Is(err, petition.Invalid) && !petition.Is(err, petition.Forbidden) && !petition.Is(err, petition.Conflict) {
		w.t.Fatalf("%s: %v", o.Action, err)
	}
	return o.Action, err == nil
}

func (w *world) filledIn(o petition.Offer, by petition.Actor) petition.Act {
	below := map[petition.UnitID]petition.UnitID{prov: city, city: county}
	act := petition.Act{Action: o.Action, Leg: o.Leg, Topic: "C6", Text: "a word", Reason: "a reason", Office: "org",
		To: below[by.Unit], Deadline: petition.Day(w.now.AddDate(0, 0, 20)), Days: 10, Outcome: petition.Supported,
		Body: &petition.Body{Name: "Bureau", Phone: "12333"}, Service: &petition.Service{Method: "online", Day: petition.Day(w.now)}}
	if o.Action == petition.Distribute {
		act.Handler = w.who(by.Unit, petition.Handler).Staff
	}
	if o.Action == petition.AuditPass {
		act.Audit = w.auditPass().Audit
	}
	kind := o.Paper
	if o.Action == petition.Draft {
		kind = petition.OpinionPaper
	}
	if kind != "" && o.Action != petition.Serve && o.Action != petition.Approve {
		act.Paper = aPaper(kind)
		act.Paper.Sections = append(act.Paper.Sections, petition.Section{Text: "The facts."}, petition.Section{Text: "The decision."})
	}
	if o.Action == petition.Draft {
		act.Cites = w.cites()
		act.Paper.Basis = append(act.Paper.Basis, act.Cites[0].Printed)
		act.Execution = &petition.Execution{What: "pay", Due: act.Deadline}
	}
	return act
}

// Loading a history derives the same rows as living through it.
func TestLoadDerivesWhatActsDo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lived := w.accepted(county, "Party age")
		h, err := w.s.holdAny(t.Context(), lived)
		w.must(err)
		loaded := w.id()
		w.must(w.s.Load(t.Context(), []LoadedCase{{ID: loaded, Events: renumbered(h.c.Events)}}, w.now))
		a, err := legsOf(t.Context(), w.db, lived)
		w.must(err)
		b, err := legsOf(t.Context(), w.db, loaded)
		w.must(err)
		for _, rows := range [][]legRow{a, b} {
			for i := range rows {
				rows[i].Case, rows[i].Sort, rows[i].Line, rows[i].Number = [16]byte{}, nil, nil, ""
			}
		}
		if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
			t.Errorf("lived  %+v\nloaded %+v", a, b)
		}
		w.sound()
	})
}

// renumbered is the same history under another case number.
func renumbered(events []petition.Event) []petition.Event {
	out := append([]petition.Event(nil), events...)
	for i := range out {
		if out[i].Act.Number != "" {
			out[i].Act.Number = petition.CaseNumber(county, "2026-03-02", 99)
		}
	}
	return out
}

func TestLoadStoresReportsInTheirCompartment(t *testing.T) {
	w := newWorldSQLite(t)
	f := aReport(county, "About somebody")
	rules, err := w.s.Rules(t.Context())
	w.must(err)
	events, err := petition.Decide(nil, petition.Petitioner, petition.Act{Action: petition.Submit, Filing: &f, Unit: county, At: w.now},
		petition.Facts{}, rules, w.now)
	w.must(err)
	before := w.counted()
	w.must(w.s.Load(t.Context(), []LoadedCase{{ID: w.id(), Events: events}}, w.now))
	if fmt.Sprint(before) != fmt.Sprint(w.counted()) {
		t.Error("a loaded report shows outside its compartment")
	}
	list, err := w.s.Reports(t.Context(), w.who(county, petition.CadreSupervisor), petition.ID{})
	w.must(err)
	if len(list) != 1 {
		t.Errorf("the compartment lists %+v", list)
	}
}
