package officedb

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
)

// merge asks for a merger of the county into its neighbour and has it approved.
func (w *world) merge(from, to petition.UnitID) petition.ID {
	w.t.Helper()
	ctx := w.t.Context()
	id, err := w.s.AskMerger(ctx, w.who(prov, petition.SystemAdmin), backoffice.Merger{Unit: from, Successor: to, Document: "Decision 7"}, w.now)
	w.must(err)
	w.must(w.s.DecideMerger(ctx, w.who(prov, petition.SecurityAdmin), id, true, "", w.now))
	return id
}

// The successor goes on with every open case: with its clocks, its key and its history;
// what ended stays where it ended. However often it runs, each leg moves once.
func TestAMergerMovesOpenLegsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		open, filed := w.accepted(county, "in hand"), w.filed(aFiling(county, "just filed"))
		refused := w.registered(county, "refused")
		w.do(w.who(county, petition.OfficeHead), refused, withdrawAtTheDesk())
		sent := w.registered(city, "sent down")
		w.do(w.who(city, petition.OfficeHead), sent, referAct(county))
		before, err := w.s.Case(t.Context(), w.who(county, petition.Handler), open)
		w.must(err)
		rules, err := w.s.Rules(t.Context())
		w.must(err)
		clocks := before.Clocks(rules, w.now)

		id := w.merge(county, county2)
		for range 2 {
			w.must(w.s.takeOver(t.Context(), w.now))
			w.must(w.s.SystemTick(t.Context(), w.now))
		}
		heir := w.who(county2, petition.OfficeHead)
		for _, one := range []petition.ID{open, filed, sent} {
			c, err := w.s.Case(t.Context(), heir, one)
			w.must(err)
			n := 0
			for _, e := range c.Events {
				if e.Act.Action == petition.TakeOver {
					n++
				}
			}
			if n != 1 || c.Legs[len(c.Legs)-1].Unit != county2 {
				t.Errorf("%s: %d events, lies at %s", c.Filing.Title, n, c.Legs[len(c.Legs)-1].Unit)
			}
			_, err = w.s.Case(t.Context(), w.who(county, petition.OfficeHead), one)
			w.want(err, petition.NotFound)
		}
		w.holders(open, string(exchange.UnitHolder(county2)))
		after, err := w.s.Case(t.Context(), heir, open)
		w.must(err)
		for i, k := range after.Clocks(rules, w.now) {
			if k.Due != clocks[i].Due {
				t.Errorf("%s is due %s, was %s", k.Kind, k.Due, clocks[i].Due)
			}
		}
		w.do(w.who(county2, petition.UnitHead), open, petition.Act{Action: petition.Distribute, Office: "org", Handler: w.who(county2, petition.Handler).Staff})
		w.do(w.who(county2, petition.Handler), open, petition.Act{Action: petition.Start})
		if _, err := w.s.Case(t.Context(), w.who(county, petition.OfficeHead), refused); err != nil {
			t.Errorf("what ended there left: %v", err)
		}
		m, err := w.s.Merger(t.Context(), w.who(prov, petition.SystemAdmin), id)
		w.must(err)
		if m.Left.Legs != 0 || !m.Left.Compartment || m.Left.Accounts == 0 {
			t.Errorf("left: %+v", m.Left)
		}
		if wrong, err := w.s.Recount(t.Context()); err != nil || wrong != "" {
			t.Errorf("%s %v", wrong, err)
		}
	})
}

// What comes to the old unit after the merger, sealed to its key by a portal that did not
// know yet, is the successor's; the directory names the successor.
func TestWhatComesAfterAMergerGoesToTheSuccessor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.merge(county, county2)
		late := w.filed(aFiling(county, "on its way"))
		c, err := w.s.Case(t.Context(), w.who(county2, petition.Registrar), late)
		if err != nil || c.Legs[0].Unit != county2 {
			t.Fatalf("%v", err)
		}
		d, err := w.s.Directory(t.Context(), w.now)
		w.must(err)
		if u, ok := d.Unit(county); !ok || u.Successor != county2 || !u.Gone() {
			t.Errorf("the portal is told %+v", u.Unit)
		}
		w.must(w.s.SaveUnits(t.Context(), []petition.Unit{testUnit(prov, "", petition.Province), testUnit(city, prov, petition.City),
			testUnit(county, city, petition.County), testUnit(county2, city, petition.County)}, w.now))
		if rules, _ := w.s.Rules(t.Context()); rules.Units.Acting(county) != county2 {
			t.Error("bringing the list in again undid the merger")
		}
	})
}

// Who may ask, who approves, and what is refused.
func TestAMergerNeedsTwoPeopleAndASoundPlan(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, system, security := t.Context(), w.who(prov, petition.SystemAdmin), w.who(prov, petition.SecurityAdmin)
		good := backoffice.Merger{Unit: county, Successor: county2, Document: "Decision 7"}
		for name, bad := range map[string]backoffice.Merger{
			"unknown": {Unit: "999999", Successor: county2, Document: "x"}, "itself": {Unit: county, Successor: county, Document: "x"},
			"units below": {Unit: city, Successor: county2, Document: "x"}, "own": {Unit: prov, Successor: city, Document: "x"},
			"no document": {Unit: county, Successor: county2, Document: " "}, "no successor": {Unit: county, Document: "x"},
		} {
			if _, err := w.s.AskMerger(ctx, system, bad, w.now); !petition.Is(err, petition.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, by := range []petition.Actor{security, w.who(prov, petition.AuditAdmin), w.who(county, petition.OfficeHead), w.who(prov, petition.Leader)} {
			_, err := w.s.AskMerger(ctx, by, good, w.now)
			w.want(err, petition.NotFound)
		}
		_, err := w.s.AskMerger(ctx, w.who(county2, petition.SystemAdmin), good, w.now)
		w.want(err, petition.Invalid) // not in that administrator's subtree
		id, err := w.s.AskMerger(ctx, system, good, w.now)
		w.must(err)
		_, err = w.s.AskMerger(ctx, system, backoffice.Merger{Unit: county2, Successor: county, Document: "back"}, w.now)
		w.want(err, petition.Conflict)
		w.want(w.s.DecideMerger(ctx, system, id, true, "", w.now), petition.NotFound)
		w.want(w.s.DecideMerger(ctx, security, id, false, " ", w.now), petition.Invalid)
		w.want(w.s.CloseUnit(ctx, system, id, w.now), petition.Conflict)
		w.must(w.s.DecideMerger(ctx, security, id, false, "not agreed", w.now))
		w.want(w.s.DecideMerger(ctx, security, id, true, "", w.now), petition.Conflict)
		if rules, _ := w.s.Rules(ctx); rules.Units.Acting(county) != county {
			t.Error("a refused merger took effect")
		}
	})
}

// A unit is closed only when nothing is left: accounts moved or closed, the compartment
// handed over. Somebody with cases in hand goes only where the cases are.
func TestAUnitIsClosedOnceNothingIsLeft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, system := t.Context(), w.who(prov, petition.SystemAdmin)
		w.accepted(county, "in hand")
		handler := w.who(county, petition.Handler)
		move := func(to petition.UnitID) error {
			_, err := w.s.AskAccount(ctx, system, backoffice.AccountRequest{Kind: backoffice.ChangeAccount, Account: handler.Staff,
				Name: "hand", Unit: to, Roles: handler.Roles, Reason: "merged"}, w.now)
			return err
		}
		w.want(move(county2), petition.Invalid)
		id := w.merge(county, county2)
		w.want(move(city), petition.Invalid)
		w.must(move(county2))
		w.want(w.s.CloseUnit(ctx, system, id, w.now), petition.Conflict)
		w.must(w.s.HandOverCompartment(ctx, w.who(county, petition.CadreSupervisor), w.now))
		w.want(w.s.CloseUnit(ctx, system, id, w.now), petition.Conflict)
		w.exec(`UPDATE staff SET active = 0 WHERE unit = ?`, county)
		w.want(w.s.CloseUnit(ctx, w.who(prov, petition.SecurityAdmin), id, w.now), petition.NotFound)
		w.must(w.s.CloseUnit(ctx, system, id, w.now))
		w.want(w.s.CloseUnit(ctx, system, id, w.now), petition.Conflict)
		rules, err := w.s.Rules(ctx)
		w.must(err)
		old, _ := rules.Units.Unit(county)
		heir, _ := rules.Units.Unit(county2)
		if !old.Closed || !old.Within(heir) {
			t.Errorf("%+v", old)
		}
	})
}

// Reports go from compartment to compartment, by the hands of the compartment's own
// people, with all their history; whoever merges the unit sees the same whether there are
// any or none.
func TestReportsAreHandedOverByTheCompartmentOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, cs, heir := t.Context(), w.who(county, petition.CadreSupervisor), w.who(county2, petition.CadreSupervisor)
		report := aFiling(county, "about a cadre")
		report.Purpose = petition.PurposeReport
		report.Topic = "A1"
		filing := w.filed(report)
		_, ok, err := w.s.Handing(ctx, cs)
		if err != nil || ok {
			t.Fatalf("nothing is to be handed over yet: %v %v", ok, err)
		}
		w.want(w.s.HandOverCompartment(ctx, cs, w.now), petition.Conflict)
		id := w.merge(county, county2)
		for _, by := range []petition.Actor{w.who(prov, petition.SystemAdmin), w.who(county, petition.OfficeHead), w.who(county, petition.Leader)} {
			w.want(w.s.HandOverCompartment(ctx, by, w.now), petition.NotFound)
		}
		w.want(w.s.HandOverCompartment(ctx, heir, w.now), petition.Conflict)
		for range 2 {
			w.must(w.s.HandOverCompartment(ctx, cs, w.now))
		}
		mine, err := w.s.Reports(ctx, cs, petition.ID{})
		w.must(err)
		theirs, err := w.s.Reports(ctx, heir, petition.ID{})
		w.must(err)
		if len(mine) != 1 || mine[0].State != petition.CadreHanded || mine[0].Title != "" || len(theirs) != 1 || theirs[0].Title != "about a cadre" {
			t.Fatalf("%+v\n%+v", mine, theirs)
		}
		w.want(w.s.HasReport(ctx, cs, filing), petition.NotFound)
		w.must(w.s.ActReport(ctx, heir, theirs[0].ID, 2, petition.Act{Action: petition.CadreNote, Text: "taken over"}, w.now))
		w.said(filing, petition.Act{Action: petition.AddInfo, Text: "one more thing"}) // the reporter's code still leads there
		again, err := w.s.Reports(ctx, heir, petition.ID{})
		if err != nil || len(again) != 1 {
			t.Errorf("%+v %v", again, err)
		}
		m, err := w.s.Merger(ctx, w.who(prov, petition.SystemAdmin), id)
		w.must(err)
		if m.Left.Compartment || m.Sealed.IsZero() {
			t.Errorf("%+v", m)
		}
		w.sound()
	})
}

// Whatever is in hand where, and however often the program is stopped in between, after
// mergers every open leg has an owner that stands, and none is lost.
func TestEveryOpenLegHasAnOwnerThatStands(t *testing.T) {
	for seed := range uint64(12) {
		draw := rand.New(rand.NewPCG(seed, 7))
		w := newWorldSQLite(t)
		var ids []petition.ID
		for i := range 1 + draw.IntN(6) {
			ids = append(ids, w.somewhere(draw, string(rune('a'+i))))
		}
		open := w.openLegs()
		w.merge(county, county2)
		if draw.IntN(2) == 0 {
			w.merge(county2, city)
		}
		for range draw.IntN(3) {
			w.must(w.s.takeOver(t.Context(), w.now.Add(time.Hour)))
		}
		if got := w.openLegs(); got != open {
			t.Fatalf("seed %d: %d open legs, were %d", seed, got, open)
		}
		var stray int
		w.must(w.db.Get(t.Context(), &stray, `SELECT COUNT(*) FROM leg l JOIN unit u ON u.id = l.unit
			WHERE l.is_open = 1 AND u.successor <> ''`))
		if stray > 0 {
			t.Fatalf("seed %d: %d open legs at units that are gone", seed, stray)
		}
		for _, id := range ids {
			if _, err := w.s.holdAny(t.Context(), id); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
}

// somewhere is a case at one of the units, in one of the ways in which it can lie there.
func (w *world) somewhere(draw *rand.Rand, title string) petition.ID {
	w.t.Helper()
	at := []petition.UnitID{county, county2, city}[draw.IntN(3)]
	switch draw.IntN(4) {
	case 0:
		return w.filed(aFiling(at, title))
	case 1:
		return w.accepted(at, title)
	case 2:
		id := w.registered(at, title)
		w.do(w.who(at, petition.OfficeHead), id, withdrawAtTheDesk())
		return id
	}
	id := w.registered(city, title)
	w.do(w.who(city, petition.OfficeHead), id, referAct([]petition.UnitID{county, county2}[draw.IntN(2)]))
	return id
}

func withdrawAtTheDesk() petition.Act {
	return petition.Act{Action: petition.Withdraw, Paper: aPaper(petition.WithdrawalNotice),
		Asked: &petition.Asked{Who: "self", How: "card", Words: "card seen"}}
}

func (w *world) openLegs() int {
	w.t.Helper()
	var n int
	w.must(w.db.Get(context.Background(), &n, `SELECT COUNT(*) FROM leg WHERE is_open = 1`))
	return n
}
