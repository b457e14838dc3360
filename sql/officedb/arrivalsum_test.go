package officedb

import (
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// Sums of arrivals come to what the indicators count, for every unit that asks, by matter
// and by month; nothing sealed and nothing that the reader must not know of is in them.
func TestArrivalsAddUpToTheIndicators(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "one")
		w.registered(county2, "two")
		gone := w.registered(county, "three")
		w.filed(aReport(county, "About somebody"))
		w.now = noon(t, "2026-05-10")
		w.registered(county, "in May")
		again := w.registered(county, "again")
		w.do(w.who(county, petition.Registrar), again, judgeAct(true))
		w.now = noon(t, "2026-05-20")
		lead, head := w.who(prov, petition.Leader), w.who(county, petition.OfficeHead)
		sum := func(by petition.Actor, q backoffice.ArrivalQuery) (n, judged int, months map[string]int) {
			q.From, q.To = "2026-03-01", "2026-05-19"
			rows, err := w.s.Arrivals(t.Context(), by, q)
			w.must(err)
			months = map[string]int{}
			for _, r := range rows {
				n, judged = n+r.N, judged+r.Judged
				months[r.Month] += r.N
			}
			return n, judged, months
		}
		for _, unit := range []petition.UnitID{"", city, county, county2} {
			want := w.figuresOf(lead, unit, "2026-03-01", "2026-05-19")
			if n, _, _ := sum(lead, backoffice.ArrivalQuery{Unit: unit}); n != want.Of(petition.Items).Num+want.Of(petition.Visits).Num || n == 0 {
				t.Errorf("%q: %d, the indicators %+v", unit, n, want.Of(petition.Items))
			}
		}
		n, judged, months := sum(lead, backoffice.ArrivalQuery{})
		if n != 5 || judged != 1 || months["2026-03"] != 3 || months["2026-05"] != 2 {
			t.Errorf("%d, %d judged, %v", n, judged, months)
		}
		if n, _, _ := sum(lead, backoffice.ArrivalQuery{Topic: "C"}); n != 5 {
			t.Errorf("%d about C", n)
		}
		if n, _, _ := sum(lead, backoffice.ArrivalQuery{Topic: "C1"}); n != 0 {
			t.Errorf("%d about C1", n)
		}
		before, _, _ := sum(head, backoffice.ArrivalQuery{})
		w.must(w.s.Exclude(t.Context(), gone, head.Staff, w.now))
		if after, _, _ := sum(head, backoffice.ArrivalQuery{}); after != before-1 {
			t.Errorf("%d for a head who must not know of one of %d", after, before)
		}
		for _, by := range []petition.Actor{w.who(county, petition.Handler), w.who(county, petition.CadreSupervisor), w.who(county, petition.AuditAdmin)} {
			_, err := w.s.Arrivals(t.Context(), by, backoffice.ArrivalQuery{From: "2026-03-01", To: "2026-03-02"})
			w.want(err, petition.NotFound)
		}
		_, err := w.s.Arrivals(t.Context(), head, backoffice.ArrivalQuery{Unit: county2, From: "2026-03-01", To: "2026-03-02"})
		w.want(err, petition.NotFound)
	})
}
