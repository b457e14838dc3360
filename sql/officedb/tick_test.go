package officedb

import (
	"testing"
	"time"

	"huiyin/petition"
)

// A question that was not answered in time lapses by itself, once, whichever node
// looks.
func TestAskedAndNotAnswered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "Since when?", Deadline: "2026-03-10",
			Paper: aPaper(petition.InfoRequest)})
		other := w.open()
		for _, at := range []time.Time{noon(t, "2026-03-10"), petition.EndOfDay("2026-03-10")} {
			w.must(w.s.SystemTick(t.Context(), at))
			w.state(registrar, id, petition.AwaitingInfo)
		}
		late := petition.EndOfDay("2026-03-10").Add(2 * tickLease)
		w.must(other.SystemTick(t.Context(), late))
		w.must(w.s.SystemTick(t.Context(), late))
		c := w.state(registrar, id, petition.Registered)
		if last := c.Events[c.Version()-1]; last.Act.Action != petition.Lapse || last.By.Kind != petition.BySystem || c.Version() != 4 {
			t.Errorf("%d events, the last %+v", c.Version(), last)
		}
		w.sound()
	})
}

func (w *world) state(by petition.Actor, id petition.ID, want petition.State) *petition.Case {
	w.t.Helper()
	c, err := w.s.Case(w.t.Context(), by, id)
	w.must(err)
	if c.Leg(1).State != want {
		w.t.Fatalf("state %s, want %s", c.Leg(1).State, want)
	}
	return c
}

// Keys follow the case: the receiver's row comes with the transfer, the sender's goes
// when the receiver accepts it: until then an objection could bring it back.
func TestKeysFollowTheCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(city, "Party age")
		w.holders(id, "unit:530100")
		w.do(w.who(city, petition.OfficeHead), id, referAct(county))
		w.holders(id, "unit:530100", "unit:530102")
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Register})
		w.holders(id, "unit:530100", "unit:530102")
		w.do(w.who(county, petition.UnitHead), id, acceptAct())
		w.holders(id, "unit:530102")
		c, err := w.s.Case(t.Context(), w.who(city, petition.Registrar), id)
		w.must(err)
		if len(c.Legs) != 2 {
			t.Errorf("the sender reads %d legs", len(c.Legs))
		}
		w.sound()
	})
}

func (w *world) holders(id petition.ID, want ...string) {
	w.t.Helper()
	var got []string
	w.must(w.db.Select(w.t.Context(), &got, `SELECT holder FROM case_key WHERE case_id = ? ORDER BY holder`, id))
	if len(got) != len(want) {
		w.t.Fatalf("holders %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			w.t.Fatalf("holders %v, want %v", got, want)
		}
	}
}
