package officedb

import (
	"testing"
	"time"

	"huiyin/notifier"
	"huiyin/petition"
)

var (
	wasRefused = notifier.Result{State: petition.NewsRefused, Why: "HTTP 401"}
	wasFailed  = notifier.Result{State: petition.NewsFailed, Why: "no answer"}
)

func (w *world) undelivered() []Undelivered {
	w.t.Helper()
	all, err := w.s.Undelivered(w.t.Context(), w.now)
	w.must(err)
	return all
}

// What a gateway refused is listed for the operator and goes out again, to where the
// person wishes it now; what a later message told needs no other.
func TestAnOperatorHasAMessageSentAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		if n := len(w.undelivered()); n != 0 {
			t.Fatalf("%d messages are on the list before their time", n)
		}
		w.arrive()
		w.tried(w.handedOut(mobile)[0], wasRefused)
		w.noAddressLeft()
		list := w.undelivered()
		if len(list) != 1 || list[0].State != petition.NewsRefused || list[0].Why != "HTTP 401" || list[0].Tries != 1 || !list[0].Next.IsZero() {
			t.Fatalf("%+v", list)
		}
		w.said(id, petition.Act{Action: petition.AskNews, News: w.wishes("13900000002", "")})
		if ok, err := w.s.RetryNews(t.Context(), list[0].ID, w.now); err != nil || !ok {
			t.Fatalf("%v %v", ok, err)
		}
		again := w.handedOut("13900000002")
		if again[0].ID != list[0].ID || again[0].Tries != 1 {
			t.Errorf("%+v", again)
		}
		w.tried(again[0], wasSent)
		if n := len(w.undelivered()); n != 0 {
			t.Errorf("%d are on the list after all went out", n)
		}
		_, err := w.s.RetryNews(t.Context(), list[0].ID, w.now)
		w.want(err, petition.NotFound)

		w.now = w.now.Add(24 * time.Hour)
		w.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "Which year?", Deadline: "2026-03-09", Paper: aPaper(petition.InfoRequest)})
		w.arrive()
		w.tried(w.handedOut("13900000002")[0], wasFailed)
		w.said(id, petition.Act{Action: petition.AskNews})
		list = w.undelivered()
		if ok, err := w.s.RetryNews(t.Context(), list[0].ID, w.now); err != nil || ok {
			t.Errorf("sent to somebody who wishes nothing: %v %v", ok, err)
		}
		w.handedOut()
		w.noAddressLeft()
	})
}

func TestAMessageThatALaterOneToldIsNotOnTheList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		w.arrive()
		w.tried(w.handedOut(mobile)[0], wasFailed)
		w.now = w.now.Add(24 * time.Hour)
		w.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "Which year?", Deadline: "2026-03-09", Paper: aPaper(petition.InfoRequest)})
		w.arrive()
		w.tried(w.handedOut(mobile)[0], wasSent)
		if list := w.undelivered(); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

// A reporter's message is on no list and in no number, and goes out with all others.
func TestAReportersMessageIsSentAgainUnseen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := aFiling(county, "report")
		f.Purpose, f.Topic = petition.PurposeReport, "B1"
		f.News = w.wishes(mobile, "")
		id := w.filed(f)
		w.inCompartment(w.who(county, petition.CadreSupervisor), id, registersReport())
		w.arrive()
		m := w.handedOut(mobile)[0]
		w.tried(m, wasFailed)
		if list := w.undelivered(); len(list) != 0 {
			t.Fatalf("%+v", list)
		}
		_, err := w.s.RetryNews(t.Context(), m.ID, w.now)
		w.want(err, petition.NotFound)
		if n, err := w.s.RetryAllNews(t.Context(), w.now); err != nil || n != 0 {
			t.Fatalf("%d %v", n, err)
		}
		w.tried(w.handedOut(mobile)[0], wasSent)
	})
}
