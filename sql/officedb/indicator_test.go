package officedb

import (
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// figuresOf is what a reader is told of a unit in a span.
func (w *world) figuresOf(by petition.Actor, unit petition.UnitID, from, to string) petition.Figures {
	w.t.Helper()
	rows, err := w.s.Indicators(w.t.Context(), by, backoffice.IndicatorQuery{Unit: unit, From: from, To: to, Now: w.now})
	w.must(err)
	return backoffice.Sum(rows)
}

// What fell due is counted once its day is over, for the unit and those above it; the
// stock is what is late at the end of the span.
func TestIndicatorsCountWhatFellDue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.accepted(county, "in time")
		w.registered(county, "not told of")
		lead, neighbour := w.who(prov, petition.Leader), w.who(county2, petition.OfficeHead)
		w.now = noon(t, "2026-03-17") // the last day for a notice
		if got := w.figuresOf(lead, "", "2026-03-01", "2026-03-31"); got.Of(petition.NoticesInTime).Den != 0 || got.Of(petition.Items).Num != 2 {
			t.Errorf("on the last day: %+v", got)
		}
		w.now = noon(t, "2026-03-19")
		for _, unit := range []petition.UnitID{"", city, county} {
			got := w.figuresOf(lead, unit, "2026-03-01", "2026-03-31")
			if got.Of(petition.NoticesInTime) != (petition.Tally{Num: 1, Den: 2}) || got.Of(petition.OverdueStock).Num != 1 {
				t.Errorf("%q: %+v", unit, got)
			}
		}
		if got := w.figuresOf(lead, "", "2026-04-01", "2026-04-30"); len(got) != 1 || got.Of(petition.OverdueStock).Num != 1 {
			t.Errorf("nothing fell due in April: %+v", got)
		}
		if got := w.figuresOf(neighbour, "", "2026-01-01", "2026-12-31"); len(got) != 0 {
			t.Errorf("the neighbour is told %+v", got)
		}
		_, err := w.s.Indicators(t.Context(), neighbour, backoffice.IndicatorQuery{Unit: county, Now: w.now})
		w.want(err, petition.NotFound)
		_, err = w.s.Indicators(t.Context(), w.who(county, petition.Handler), backoffice.IndicatorQuery{Now: w.now})
		w.want(err, petition.NotFound)
	})
}

// A report about a cadre changes no figure; neither does, for who must not know of a case,
// that case.
func TestIndicatorsKnowNothingOfWhatIsSealed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "one")
		w.now = noon(t, "2026-03-25")
		lead := w.who(prov, petition.Leader)
		before := w.figuresOf(lead, "", "2026-01-01", "2026-12-31")
		w.filed(aReport(county, "About somebody"))
		w.now = noon(t, "2026-06-25")
		report := w.figuresOf(lead, "", "2026-01-01", "2026-12-31")
		if before.Of(petition.Items) != report.Of(petition.Items) || report.Of(petition.NoticesInTime) != before.Of(petition.NoticesInTime) {
			t.Errorf("before %+v, after %+v", before, report)
		}
		head := w.who(county, petition.OfficeHead)
		seen := w.figuresOf(head, "", "2026-01-01", "2026-12-31")
		secret := w.registered(county, "about the head")
		w.exec(`INSERT INTO exclusion (staff, case_id) VALUES (?, ?)`, head.Staff, secret)
		w.now = noon(t, "2026-10-25")
		if got := w.figuresOf(head, "", "2026-01-01", "2026-06-24"); got.Of(petition.Items) != seen.Of(petition.Items) {
			t.Errorf("the head is told of %+v, without it %+v", got, seen)
		}
		if got := w.figuresOf(head, "", "2026-06-25", "2026-10-24"); got.Of(petition.Items).Num != 0 || got.Of(petition.NoticesInTime).Den != 0 {
			t.Errorf("the head is told of %+v", got)
		}
		if got := w.figuresOf(lead, county, "2026-06-25", "2026-10-24"); got.Of(petition.Items).Num != 1 {
			t.Errorf("others lost it: %+v", got)
		}
	})
}

// A closed period stays as it was; it can be closed again with a reason, and every
// revision is there.
func TestAClosedPeriodStaysAsItWas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "one")
		head, lead := w.who(city, petition.OfficeHead), w.who(prov, petition.Leader)
		close := func(by petition.Actor, seen int, reason string) error {
			return w.s.ClosePeriod(t.Context(), by, "2026-03", seen, reason, w.now)
		}
		w.want(close(head, 0, ""), petition.Invalid) // March is not over
		w.now = noon(t, "2026-04-02")
		w.want(close(w.who(city, petition.Registrar), 0, ""), petition.NotFound)
		w.must(close(head, 0, ""))
		w.want(close(head, 0, ""), petition.Conflict)
		w.want(close(head, 1, ""), petition.Invalid)
		w.want(close(head, 1, strings.Repeat("长", 201)), petition.Invalid)
		w.now = noon(t, "2026-03-20")
		w.registered(county, "registered late")
		w.now = noon(t, "2026-04-03")
		w.must(close(head, 1, "a letter of March was registered late"))
		kept, err := w.s.Snapshots(t.Context(), lead, city, "2026-03")
		w.must(err)
		if len(kept) != 2 || kept[0].Revision != 2 || kept[1].Reason != "" || !strings.Contains(kept[0].Reason, "late") {
			t.Fatalf("%+v", kept)
		}
		if was, is := kept[1].Figures.Of(petition.Items).Num, kept[0].Figures.Of(petition.Items).Num; was != 1 || is != 2 {
			t.Errorf("%d, then %d", was, is)
		}
		if len(kept[0].Below) == 0 || kept[0].Below[0].Figures.Of(petition.Items).Num == 0 && kept[0].Below[1].Figures.Of(petition.Items).Num == 0 {
			t.Errorf("units below: %+v", kept[0].Below)
		}
		w.want(w.s.ClosePeriod(t.Context(), head, "2026-3", 0, "", w.now), petition.Invalid)
		_, err = w.s.Snapshots(t.Context(), w.who(county, petition.OfficeHead), city, "2026-03")
		w.want(err, petition.NotFound)
	})
}

// Behind every figure stand exactly the cases that make it, after a history of all kinds
// of acts, and nobody learns of more than the figures told.
func TestTheCasesBehindAFigureMakeIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.accepted(county, "in time")
		w.registered(county, "not told of")
		joint := aFiling(county2, "joint")
		joint.Cosigners = 7
		w.filed(joint)
		gone := w.registered(county, "withdrawn")
		w.said(gone, petition.Act{Action: petition.Withdraw, Text: "no more"})
		w.do(w.who(county, petition.Registrar), w.registered(county, "first"), judgeAct(true))
		w.filed(aReport(county, "About somebody"))
		w.now = noon(t, "2026-07-19")
		lead := w.who(prov, petition.Leader)
		from, to, shares := "2026-03-01", "2026-06-30", 0
		figures := w.figuresOf(lead, city, from, to)
		for _, i := range petition.Indicators {
			of, want := backoffice.LedgerQuery{Ledger: backoffice.LedgerCounted, Unit: city, From: from, To: to, Indicator: i, Limit: 1}, figures.Of(i)
			n := len(w.ledger(lead, of))
			switch i.Reckoned() {
			case petition.ByShare:
				of.Rest = true
				if rest := len(w.ledger(lead, of)); n != want.Den || rest != want.Den-want.Num {
					t.Errorf("%s: %d cases and %d not among them behind %+v", i, n, rest, want)
				}
				if want.Den > 0 {
					shares++
				}
			case petition.ByMean:
				if n != want.Den {
					t.Errorf("%s: %d cases behind %+v", i, n, want)
				}
			default:
				if (n > 0) != (want.Num > 0) || i == petition.Items && n != want.Num {
					t.Errorf("%s: %d cases behind %+v", i, n, want)
				}
			}
		}
		if shares < 3 {
			t.Errorf("only %d shares were tried", shares)
		}
		of := backoffice.LedgerQuery{Ledger: backoffice.LedgerCounted, Indicator: petition.Items, Now: w.now}
		for name, by := range map[string]petition.Actor{"a handler": w.who(county, petition.Handler), "an administrator": w.who(county, petition.AuditAdmin)} {
			if _, err := w.s.Ledger(t.Context(), by, of); !petition.Is(err, petition.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		of.Indicator = "names"
		_, err := w.s.Ledger(t.Context(), lead, of)
		w.want(err, petition.NotFound)
		head := w.who(county, petition.OfficeHead)
		before := len(w.ledger(head, backoffice.LedgerQuery{Ledger: backoffice.LedgerCounted, Indicator: petition.Items}))
		w.must(w.s.Exclude(t.Context(), gone, head.Staff, w.now))
		if after := len(w.ledger(head, backoffice.LedgerQuery{Ledger: backoffice.LedgerCounted, Indicator: petition.Items})); after != before-1 {
			t.Errorf("%d cases for a head who must not know of one of %d", after, before)
		}
	})
}

// A page of a county reads what its units left in the span, and no other unit's.
func TestIndicatorsReadByUnitAndDay(t *testing.T) {
	w := newWorldSQLite(t)
	low, high := subtree("/530000/530100/")
	plan := strings.Join(w.plan(indicatorRows, []any{low, high, "2026-01-01", "2026-12-31"}), "; ")
	if strings.Contains(plan, "SCAN i") || strings.Contains(plan, "SCAN indicator_day") {
		t.Errorf("%s", plan)
	}
}

func TestSpansAreWholeMonthsAndTheDaysAroundThem(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"2026-01-01", "2026-12-31", "M2026-01..M2026-12"},
		{"2026-01-01", "2026-03-10", "2026-03-01..2026-03-10 M2026-01..M2026-02"},
		{"2026-03-01", "2026-03-10", "2026-03-01..2026-03-10"},
		{"2026-03-01", "2026-03-31", "M2026-03..M2026-03"},
		{"2026-03-05", "2026-03-10", "2026-03-05..2026-03-10"},
		{"2026-02-27", "2026-04-02", "2026-02-27..2026-02-28 2026-04-01..2026-04-02 M2026-03..M2026-03"},
		{"2026-03-31", "2026-03-31", "2026-03-31..2026-03-31"},
		{"", "2026-03-10", "2026-03-01..2026-03-10 M..M2026-02"},
		{"2026-04-01", "2026-03-10", ""},
	} {
		var got []string
		for _, s := range markSpans(c.from, c.to) {
			got = append(got, s[0]+".."+s[1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s to %s: %v, want %s", c.from, c.to, got, c.want)
		}
	}
}
