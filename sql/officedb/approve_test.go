package officedb

import (
	"slices"
	"testing"

	"huiyin/petition"
)

// A refusal is proposed by the registrar and approved by the head: the paper gets its
// number only when it goes out, and the linked case is looked up for both.
func TestProposalsAndNumbers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		inHand := w.accepted(county, "in hand")
		again := w.registered(county, "again")
		registrar, head := w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)
		refuse := petition.Act{Action: petition.Refuse, Ground: petition.InHand, Reason: "in hand already",
			Link: &petition.Link{Number: w.number(inHand)}, Paper: aPaper(petition.RefusalNotice)}
		wrong := refuse
		wrong.Link = &petition.Link{Number: petition.CaseNumber(county, "2026-01-01", 9)}
		_, err := w.try(registrar, again, wrong)
		w.want(err, petition.Invalid)

		c := w.do(registrar, again, refuse)
		if p := c.Leg(1).Pending; p == nil || p.Act.Paper.Number != "" {
			t.Fatalf("proposed %+v", p)
		}
		if got := w.page(head, petition.ToApprove); !slices.Equal(got, []string{"again"}) {
			t.Errorf("to approve: %v", got)
		}
		c = w.do(head, again, petition.Act{Action: petition.Approve})
		out := c.Events[c.Version()-1].Act
		if out.Action != petition.Refuse || out.Paper.Number != "D530102〔2026〕2号" || out.Link.Case != inHand {
			t.Errorf("went out: %s %q %v", out.Action, out.Paper.Number, out.Link)
		}
		w.sound()
	})
}

// Case numbers of a day are 1, 2, 3 …, each once, whoever registers; forms that are
// refused use none.
func TestCaseNumbersHaveNoDoubles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		registrar := w.who(county, petition.Registrar)
		var got []int
		for range 3 {
			id := w.filed(aFiling(county, "x"))
			_, err := w.try(registrar, id, petition.Act{Action: petition.Register, Channel: petition.ByLetter, Topic: "C6"})
			w.want(err, petition.Invalid)
			c := w.do(registrar, id, registerAct())
			_, day, seq, err := petition.ParseCaseNumber(c.Number)
			w.must(err)
			if day != "2026-03-02" {
				t.Errorf("number of %s", day)
			}
			got = append(got, seq)
		}
		if !slices.Equal(got, []int{1, 2, 3}) {
			t.Errorf("numbers %v", got)
		}
		w.must(w.s.ContinueSeries(t.Context(), map[string]int{"case/530103/2026-03-02": 41}))
		id := w.registered(county2, "x")
		if _, _, seq, _ := petition.ParseCaseNumber(w.number(id)); seq != 42 {
			t.Errorf("went on with %d", seq)
		}
	})
}

// A handler is a colleague with that role at this unit, under the name on file.
func TestHandlersAreLookedUp(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.registered(county, "x")
	registrar := w.who(county, petition.Registrar)
	for _, wrong := range []petition.Actor{w.who(county, petition.Leader), w.who(county2, petition.Handler)} {
		_, err := w.try(registrar, id, petition.Act{Action: petition.Distribute, Office: "org", Handler: wrong.Staff})
		w.want(err, petition.Invalid)
	}
	c := w.do(registrar, id, petition.Act{Action: petition.Distribute, Office: "org",
		Handler: w.who(county, petition.Handler).Staff, HandlerName: "somebody else"})
	if c.Leg(1).HandlerName != "handler" {
		t.Errorf("the handler is called %q", c.Leg(1).HandlerName)
	}
}
