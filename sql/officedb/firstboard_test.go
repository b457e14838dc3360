package officedb

import (
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

func (w *world) board(by petition.Actor, below bool) backoffice.FirstBoard {
	w.t.Helper()
	b, err := w.s.FirstBoard(w.t.Context(), by, backoffice.LedgerQuery{Below: below, Now: w.now})
	w.must(err)
	return b
}

// closedFirst is a first petition that was answered and, being an enquiry, closed.
func (w *world) closedFirst(title string) petition.ID {
	w.t.Helper()
	f := aFiling(county, title)
	f.Purpose = petition.PurposeAsk
	id := w.filed(f)
	w.do(w.who(county, petition.Registrar), id, registerAct())
	w.do(w.who(county, petition.Registrar), id, judgeAct(true))
	w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Distribute, Handler: w.who(county, petition.Handler).Staff})
	w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.Draft, Outcome: petition.Answered, Paper: aPaper(petition.ReplyLetter)})
	w.do(w.who(county, petition.UnitHead), id, petition.Act{Action: petition.Sign})
	w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.Serve, Service: &petition.Service{Method: "hand", Receiver: "周明华", Proof: "signed", Day: petition.Day(w.now)}})
	return id
}

// 3.1: who has not signed for a first petition stands on the board with the day by which.
func TestScenario3_1_TheBoardNamesWhatIsNotSignedFor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "first")
		registrar, handler := w.who(county, petition.Registrar), w.who(county, petition.Handler)
		w.do(registrar, id, judgeAct(true))
		w.registered(county, "not judged")
		for _, by := range []petition.Actor{registrar, w.who(city, petition.Leader)} {
			b := w.board(by, by.Unit == city)
			if len(b.Unsigned) != 1 || b.Unsigned[0].Title != "first" || petition.Day(b.Unsigned[0].By) != "2026-03-03" {
				t.Fatalf("%s sees %+v", by.Unit, b.Unsigned)
			}
		}
		w.do(registrar, id, petition.Act{Action: petition.Distribute, Handler: handler.Staff})
		w.do(handler, id, petition.Act{Action: petition.SignFor})
		if b := w.board(registrar, false); len(b.Unsigned) != 0 || b.First != 1 || b.Open != 1 {
			t.Errorf("signed for: %+v", b)
		}
		_, err := w.s.FirstBoard(t.Context(), w.who(county, petition.SystemAdmin), backoffice.LedgerQuery{Now: w.now})
		w.want(err, petition.NotFound)
	})
}

// 3.2: a matter that comes back within the window was not settled once; conversions are
// counted by kind and cause.
func TestScenario3_2_TheBoardCountsSettlementAndConversions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		registrar := w.who(county, petition.Registrar)
		w.closedFirst("settled")
		back := w.closedFirst("comes back")
		later := w.registered(county, "again")
		c, err := w.s.Case(t.Context(), registrar, later)
		w.must(err)
		if b := w.board(registrar, false); b.First != 2 || b.Watched != 2 || b.Once != 0 {
			t.Fatalf("just closed: %+v", b)
		}
		w.registered(county, "of nobody, and not judged")
		w.do(registrar, back, petition.Act{Action: petition.Turn, Reason: "the same matter",
			Turned: &petition.Turned{Kind: petition.TurnRepeat, Cause: "poor"}, Link: &petition.Link{Number: c.Number, Unit: county}})
		if b := w.board(registrar, false); b.Again != 1 || b.Early != 1 {
			t.Errorf("came back within the window: %+v", b)
		}
		w.now = w.now.AddDate(0, 0, petition.OnceDays).Add(time.Hour)
		b := w.board(registrar, false)
		if b.First != 2 || b.Once != 1 || b.Again != 1 || b.Early != 0 || b.Watched != 0 || b.Turns[petition.TurnRepeat]["poor"] != 1 {
			t.Errorf("%+v", b)
		}
		if len(b.Shares) != 1 || b.Shares[0].Unit != county || b.Shares[0].Handler != w.who(county, petition.Handler).Name ||
			b.Shares[0].Settlement != b.Settlement {
			t.Errorf("shares %+v of %+v", b.Shares, b.Settlement)
		}
	})
}
