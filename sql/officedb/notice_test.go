package officedb

import (
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// guided is a visit at the province that was guided to the county.
func (w *world) guided(title string) petition.ID {
	w.t.Helper()
	f := aFiling(prov, title)
	f.Channel = petition.ByVisit
	id, _, err := w.s.RegisterFor(w.t.Context(), w.who(prov, petition.Registrar), "",
		petition.Act{Channel: petition.ByVisit, Topic: "C6", Filing: &f, Unit: prov}, w.now)
	w.must(err)
	act := petition.Act{Action: petition.Refuse, Ground: petition.SkipLevel, To: county, Text: "Please go to the county.",
		Reason: "the county manages it", Paper: aPaper(petition.RefusalNotice)}
	w.do(w.who(prov, petition.OfficeHead), id, act)
	return id
}

// A visit that is guided down is told to the unit below, which reads it and says so; the
// case stays where it is (scenario 4.1).
func TestAUnitReadsWhatItIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.guided("First")
		w.now = w.now.Add(time.Minute)
		second := w.guided("Second")
		reader := w.who(county, petition.Registrar)
		page, err := w.s.Notices(t.Context(), reader, backoffice.NoticeQuery{})
		w.must(err)
		if len(page.Rows) != 2 || page.Unread != 2 || page.Rows[0].Title != "Second" || page.Rows[0].From != prov || page.Rows[0].Name != "周**" {
			t.Fatalf("%+v", page)
		}
		next, err := w.s.Notices(t.Context(), reader, backoffice.NoticeQuery{Before: page.Rows[0].At, BeforeCase: second})
		w.must(err)
		if len(next.Rows) != 1 || next.Rows[0].Case != first {
			t.Errorf("the next page: %+v", next)
		}
		_, err = w.s.Case(t.Context(), reader, first)
		w.want(err, petition.NotFound)
		n := page.Rows[1].N
		one, err := w.s.Notice(t.Context(), reader, first, n)
		w.must(err)
		if one.Why != "the county manages it" || one.Facts == "" || !one.Read.IsZero() {
			t.Errorf("%+v", one)
		}
		for range 2 { // again is once
			w.must(w.s.TakeNote(t.Context(), reader, first, n, w.now))
		}
		if one, err = w.s.Notice(t.Context(), reader, first, n); err != nil || one.Reader != reader.Name || one.Read.IsZero() {
			t.Errorf("%v %+v", err, one)
		}
		counts, err := w.s.Counts(t.Context(), reader, w.now)
		w.must(err)
		if counts.Notices != 1 || total(counts.All, "") != 0 {
			t.Errorf("the figures say %+v", counts)
		}
		views := w.views(w.who(prov, petition.Registrar), first)
		if len(views) != 1 || views[0].What != viewedNotice || views[0].Unit != county {
			t.Errorf("the sender sees %+v", views)
		}
		for _, a := range []petition.Actor{w.who(county2, petition.Registrar), w.who(county, petition.Handler), w.who(county, petition.SystemAdmin)} {
			_, err := w.s.Notice(t.Context(), a, second, n)
			w.want(err, petition.NotFound)
			w.want(w.s.TakeNote(t.Context(), a, second, n, w.now), petition.NotFound)
		}
		w.sound()
	})
}
