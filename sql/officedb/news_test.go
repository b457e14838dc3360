package officedb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/petition"
)

const mobile = "13900000001"

// wishes seals a number and a mail address as the portal does; "" for none.
func (w *world) wishes(number, address string) []petition.NewsWish {
	w.t.Helper()
	var all []petition.NewsWish
	for way, to := range map[petition.NewsWay]string{petition.NewsByText: number, petition.NewsByMail: address} {
		if to == "" {
			continue
		}
		one, err := w.offer().Seal(way, exchange.Address{To: to, Lang: "zh-CN"})
		w.must(err)
		all = append(all, one)
	}
	return all
}

// wishing is a claim of somebody who wants a text message.
func (w *world) wishing() petition.ID {
	w.t.Helper()
	f := aFiling(county, "wishing")
	f.News = w.wishes(mobile, "")
	return w.filed(f)
}

// arrive has the portal acknowledge all that waits for it.
func (w *world) arrive() {
	w.t.Helper()
	items, err := w.s.Outgoing(w.t.Context(), petition.ID{}, 1000)
	w.must(err)
	var ids []petition.ID
	for _, it := range items {
		ids = append(ids, it.ID)
	}
	w.must(w.s.TakeAck(w.t.Context(), w.taking(w.id(), ""), exchange.Ack{Items: ids}))
}

// due is what the notifier is handed now, opened.
func (w *world) due() (all []notifier.Message, to []string) {
	w.t.Helper()
	all, err := w.s.DueNews(w.t.Context(), w.now, 10)
	w.must(err)
	for _, m := range all {
		a, err := exchange.OpenAddress(w.news, m.Wish)
		w.must(err)
		to = append(to, a.To)
	}
	return all, to
}

func (w *world) tried(m notifier.Message, r notifier.Result) {
	w.t.Helper()
	w.must(w.s.NewsTried(w.t.Context(), m, r, w.now))
}

var wasSent = notifier.Result{State: petition.NewsSent}

// lines are the messages as staff see them: "sms sent 1".
func (w *world) lines(id petition.ID) []string {
	w.t.Helper()
	all, err := w.s.News(w.t.Context(), w.who(county, petition.Registrar), id)
	w.must(err)
	return spelled(all)
}

func spelled(all []backoffice.NewsLine) []string {
	var out []string
	for _, l := range all {
		out = append(out, string(l.Way)+" "+string(l.State)+" "+string(rune('0'+l.Gathered)))
	}
	return out
}

func (w *world) newsIs(id petition.ID, want ...string) {
	w.t.Helper()
	if got := w.lines(id); !slices.Equal(got, want) {
		w.t.Errorf("messages: %v, want %v", got, want)
	}
}

func (w *world) handedOut(want ...string) []notifier.Message {
	w.t.Helper()
	all, to := w.due()
	if slices.Sort(to); !slices.Equal(to, want) {
		w.t.Errorf("handed out to %v, want %v", to, want)
	}
	return all
}

// Nobody is told of what has not arrived, and everybody once a day at most.
func TestNewsIsToldOnceADayAndOnlyWhenItHasArrived(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		registrar := w.who(county, petition.Registrar)
		w.arrive()
		w.handedOut()
		w.newsIs(id) // one's own filing is no news
		w.do(registrar, id, registerAct())
		w.newsIs(id, "sms waiting 1")
		w.handedOut() // it did not arrive yet
		w.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "Which year?", Deadline: "2026-03-09", Paper: aPaper(petition.InfoRequest)})
		w.newsIs(id, "sms waiting 2")
		w.arrive()
		m := w.handedOut(mobile)
		w.newsIs(id, "sms sending 2")
		w.handedOut() // to nobody else meanwhile
		w.tried(m[0], wasSent)
		w.newsIs(id, "sms sent 2")

		w.said(id, petition.Act{Action: petition.Supply, Text: "1998"})
		w.newsIs(id, "sms sent 2")
		w.do(w.who(county, petition.UnitHead), id, acceptAct())
		w.arrive()
		w.handedOut() // today's is gone
		w.newsIs(id, "sms waiting 1", "sms sent 2")
		w.now = w.now.Add(20*time.Hour - time.Minute) // 7:59
		w.handedOut()
		w.now = w.now.Add(time.Minute)
		w.tried(w.handedOut(mobile)[0], wasSent)
		w.newsIs(id, "sms sent 1", "sms sent 2")
	})
}

func TestNewsOfTheEveningWaitsForTheMorning(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		w.now = w.now.Add(9 * time.Hour) // 21:00
		w.do(w.who(county, petition.Registrar), id, registerAct())
		w.arrive()
		w.handedOut()
		w.now = w.now.Add(11 * time.Hour)
		w.handedOut(mobile)
	})
}

// Between queueing and sending the person may think otherwise.
func TestWhoWishesNoMoreIsNotTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		w.arrive()
		w.said(id, petition.Act{Action: petition.AskNews, News: w.wishes("13900000002", "li@example.cn")})
		w.arrive()
		m := w.handedOut("13900000002") // the number was changed in time; mail is told of the next
		w.said(id, petition.Act{Action: petition.AskNews})
		w.newsIs(id, "sms dropped 1")
		w.tried(m[0], wasSent) // too late to call back, and not brought to life again either
		w.newsIs(id, "sms dropped 1")
		w.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "Which year?", Deadline: "2026-03-09", Paper: aPaper(petition.InfoRequest)})
		w.newsIs(id, "sms dropped 1")
		w.arrive()
		w.now = w.now.Add(48 * time.Hour)
		w.handedOut()
		w.noAddressLeft()
		c := w.do(registrar, id, petition.Act{Action: petition.AskNews, News: w.wishes(mobile, ""),
			Asked: &petition.Asked{Who: "self", How: "phone", Words: "rang on Monday"}})
		if ways := petition.NewsWaysOf(petition.NewsWishes(c.Events), ""); !slices.Equal(ways, []petition.NewsWay{petition.NewsByText}) {
			t.Errorf("recorded at the desk: %v", ways)
		}
	})
}

// noAddressLeft: what is done keeps no address, sealed or not.
func (w *world) noAddressLeft() {
	w.t.Helper()
	var n int
	w.must(w.db.Get(w.t.Context(), &n, `SELECT COUNT(*) FROM news WHERE LENGTH(sealed) > 0 AND state NOT IN ('waiting', 'sending')`))
	if n != 0 {
		w.t.Errorf("%d messages that are done keep an address", n)
	}
}

// A program that dies between a gateway's answer and the note of it sends again, with
// the same id.
func TestWhatWasNeverAnsweredForIsHandedOutAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		w.do(w.who(county, petition.Registrar), id, registerAct())
		w.arrive()
		first := w.handedOut(mobile)[0]
		w.now = w.now.Add(notifier.Patience - time.Second)
		w.handedOut()
		w.now = w.now.Add(time.Second)
		second := w.handedOut(mobile)[0]
		if second.ID != first.ID || second.Tries != 2 {
			t.Errorf("first %+v, then %+v", first.ID, second.ID)
		}
		w.tried(first, notifier.Result{State: petition.NewsRefused, Why: "late"}) // the first comes back after all
		w.newsIs(id, "sms sending 1")
		w.tried(second, notifier.Result{State: petition.NewsWaiting, Why: "HTTP 503", Next: w.now.Add(time.Minute)})
		w.newsIs(id, "sms waiting 1")
		w.handedOut()
		w.now = w.now.Add(time.Minute)
		w.tried(w.handedOut(mobile)[0], notifier.Result{State: petition.NewsFailed, Why: "HTTP 503"})
		w.newsIs(id, "sms failed 1")
		w.noAddressLeft()
	})
}

// One that could not go out gives way to the next, which tells the same.
func TestAnOldMessageGivesWayToANewer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		w.arrive()
		w.handedOut(mobile) // and nobody answers for it
		w.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "Which year?", Deadline: "2026-03-09", Paper: aPaper(petition.InfoRequest)})
		w.newsIs(id, "sms waiting 1", "sms sending 1")
		w.arrive()
		w.now = w.now.Add(24 * time.Hour)
		w.handedOut(mobile)
		w.newsIs(id, "sms sending 1", "sms dropped 1")
	})
}

func TestTwoProgramsAreNotHandedTheSame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 6 {
			w.do(w.who(county, petition.Registrar), w.wishing(), registerAct())
		}
		w.arrive()
		other := w.open()
		type handed struct {
			all []notifier.Message
			err error
		}
		done := make(chan handed, 2)
		for _, s := range []*Store{w.s, other} {
			go func() {
				all, err := s.DueNews(t.Context(), w.now, 10)
				done <- handed{all, err}
			}()
		}
		seen := map[petition.ID]bool{}
		for range 2 {
			h := <-done
			w.must(h.err)
			for _, m := range h.all {
				if seen[m.ID] {
					t.Error("handed out twice")
				}
				seen[m.ID] = true
			}
		}
		if len(seen) != 6 {
			t.Errorf("%d of 6 were handed out", len(seen))
		}
	})
}

// Anonymous people are never told, whatever is sent along; a way that is not offered any
// more is not queued.
func TestAnonymousPeopleAreNeverTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := aFiling(county, "nobody")
		f.Purpose, f.Topic, f.Anonymous, f.Person = petition.PurposeAdvice, "A1", true, petition.Person{}
		f.News = w.wishes(mobile, "a@example.cn")
		id := w.filed(f)
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, petition.Act{Action: petition.Register, Topic: "C6"})
		w.said(id, petition.Act{Action: petition.AskNews, News: w.wishes(mobile, "")}) // kept as a note
		w.do(w.who(county, petition.UnitHead), id, acceptAct())
		_, err := w.try(registrar, id, petition.Act{Action: petition.AskNews, News: w.wishes(mobile, ""),
			Asked: &petition.Asked{Who: "self", How: "phone", Words: "rang"}})
		w.want(err, petition.Forbidden)
		report := w.anonymousReport()
		w.inCompartment(w.who(county, petition.CadreSupervisor), report, registersReport())
		w.arrive()
		w.now = w.now.Add(48 * time.Hour)
		w.handedOut()
		var n int
		w.must(w.db.Get(t.Context(), &n, `SELECT COUNT(*) FROM news`))
		if n != 0 {
			t.Errorf("%d messages were queued", n)
		}
		w.s.news.Ways = nil
		w.do(registrar, w.wishing(), registerAct())
		w.must(w.db.Get(t.Context(), &n, `SELECT COUNT(*) FROM news`))
		if n != 0 {
			t.Error("queued for a way that there is not")
		}
	})
}

// registersReport is the first step of the compartment, which the reporter is told of.
func registersReport() petition.Act {
	return cadreAct(petition.CadreRegister, petition.CadreStep{
		Reported: []petition.Respondent{{Reported: petition.Reported{Name: "somebody"}, Manager: county}}})
}

func (w *world) anonymousReport() petition.ID {
	w.t.Helper()
	f := aFiling(county, "report")
	f.Purpose, f.Topic, f.Anonymous, f.Person = petition.PurposeReport, "B1", true, petition.Person{}
	f.News = w.wishes(mobile, "")
	return w.filed(f)
}

// A reporter under his name is told by the same sentence; outside the compartment nothing
// counts it.
func TestANamedReporterIsToldAndNobodyElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := aFiling(county, "report")
		f.Purpose, f.Topic = petition.PurposeReport, "B1"
		f.News = w.wishes(mobile, "")
		id := w.filed(f)
		cadre := w.who(county, petition.CadreSupervisor)
		w.inCompartment(cadre, id, registersReport())
		w.arrive()
		w.tried(w.handedOut(mobile)[0], wasSent)
		file, err := w.s.Report(t.Context(), cadre, id, "to see", w.now)
		w.must(err)
		if got := spelled(file.News); !slices.Equal(got, []string{"sms sent 1"}) || !slices.Equal(file.Wishes, []petition.NewsWay{petition.NewsByText}) {
			t.Errorf("the compartment sees %v %v", got, file.Wishes)
		}
		for _, r := range petition.Roles {
			_, err := w.s.News(t.Context(), w.who(county, r), id)
			w.want(err, petition.NotFound)
		}
		counts, err := w.s.NewsCounts(t.Context(), w.now)
		w.must(err)
		if len(counts) != 0 {
			t.Errorf("it is counted: %v", counts)
		}
		w.said(id, petition.Act{Action: petition.AskNews})
		if file, err = w.s.Report(t.Context(), cadre, id, "to see", w.now); err != nil || len(file.Wishes) != 0 {
			t.Errorf("after the end: %v %v", file.Wishes, err)
		}
	})
}

// What staff see of messages has no address, and only those see it who see the case.
func TestStaffSeeWhatBecameOfMessages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.wishing()
		w.do(w.who(county, petition.Registrar), id, registerAct())
		w.newsIs(id, "sms waiting 1")
		for _, other := range []petition.Actor{w.who(county2, petition.Registrar), w.who(county, petition.SystemAdmin), w.who(county, petition.CadreSupervisor)} {
			_, err := w.s.News(t.Context(), other, id)
			w.want(err, petition.NotFound)
		}
		counts, err := w.s.NewsCounts(t.Context(), w.now)
		w.must(err)
		if len(counts) != 1 || counts[0] != (notifier.Count{Way: petition.NewsByText, State: petition.NewsWaiting, N: 1}) {
			t.Errorf("counted: %v", counts)
		}
		d, err := w.s.Directory(t.Context(), w.now)
		w.must(err)
		if !d.News.Any() || strings.Contains(string(d.News.Key), string(w.keys.Master[:])) {
			t.Error("the directory does not say how people can be told")
		}
	})
}

// Everybody who takes part asks for himself, is told once a day of his own, and ends it
// for nobody else.
func TestRepresentativesAndAgentsAreToldForThemselves(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := aFiling(county, "joint")
		f.News = w.wishes(mobile, "")
		f.Cosigners, f.Representatives = 6, []petition.Person{f.Person, {Name: "李春梅", Mobile: "13900000011"}, {Name: "王树林", Mobile: "13900000012"}}
		id := w.filed(f)
		registrar := w.who(county, petition.Registrar)
		ask := func(whose, number string) {
			w.said(id, petition.Act{Action: petition.AskNews, For: whose, News: w.wishes(number, "")})
		}
		ask("rep2", "13900000002")
		ask("rep3", "13900000003")
		w.do(registrar, id, registerAct())
		w.arrive()
		w.newsIs(id, "sms waiting 1", "sms waiting 1", "sms waiting 1")
		ask("rep3", "") // thinks otherwise before it goes out
		w.newsIs(id, "sms waiting 1", "sms waiting 1", "sms dropped 1")
		w.arrive()
		all, to := w.due()
		if slices.Sort(to); !slices.Equal(to, []string{mobile, "13900000002"}) {
			t.Fatalf("handed out to %v", to)
		}
		lines, err := w.s.News(t.Context(), registrar, id)
		w.must(err)
		if lines[0].For != "" || lines[1].For != "rep2" || lines[2].For != "rep3" {
			t.Errorf("whose they are: %+v", lines)
		}
		for _, m := range all {
			w.tried(m, wasFailed)
		}
		if n, err := w.s.RetryAllNews(t.Context(), w.now); err != nil || n != 2 {
			t.Errorf("again: %d %v", n, err)
		}
		w.handedOut(mobile, "13900000002")
		_, err = w.try(registrar, id, petition.Act{Action: petition.AskNews, For: "rep4", News: w.wishes(mobile, ""),
			Asked: &petition.Asked{Who: "self", How: "phone", Words: "rang"}})
		w.want(err, petition.Invalid)
	})
}
