package petition

import (
	"testing"
	"time"
)

// told is a report that came on a day, with what followed.
func toldReport(t *testing.T, n byte, topic Topic, came string, after ...Event) *CadreReport {
	t.Helper()
	at := EndOfDay(came).Add(-12 * time.Hour)
	f := Filing{Purpose: PurposeReport, Topic: topic, Unit: county}
	events := append([]Event{{N: 1, At: at, By: Petitioner, Act: Act{Action: Submit, Filing: &f}}}, after...)
	r, err := FoldCadre(ID{n}, county, events)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func cadreEvent(day string, a Action, s CadreStep) Event {
	return Event{At: EndOfDay(day).Add(-10 * time.Hour), Act: Act{Action: a, Cadre: &s}}
}

// A month's digest is of its end: what happened later changes nothing in it.
func TestDigestIsOfTheMonthsEnd(t *testing.T) {
	wrong := []Event{cadreEvent("2026-03-04", CadreRegister, CadreStep{Number: "JB-1", Reported: []Respondent{{At: town}}}),
		cadreEvent("2026-03-05", Dispose, CadreStep{Grade: ClueClear, Way: WayVerify}),
		cadreEvent("2026-03-20", Find, CadreStep{Finding: FoundFalse}),
		cadreEvent("2026-03-21", ClearName, CadreStep{Clear: &Clearing{Do: true}}),
		cadreEvent("2026-04-02", CadreClose, CadreStep{})}
	all := []*CadreReport{toldReport(t, 1, "B1", "2026-03-03", wrong...), toldReport(t, 2, "B1", "2026-03-30"),
		toldReport(t, 3, "B3", "2026-02-10"), toldReport(t, 4, "B3", "2026-04-01")}
	d, err := DigestOf("2026-03", all)
	if err != nil {
		t.Fatal(err)
	}
	if d.Came != 2 || d.Hand != 3 || d.Found != 1 || d.False != 1 || d.Clear != 1 || d.True != 0 {
		t.Errorf("%+v", d)
	}
	if len(d.Kinds) != 1 || d.Kinds[0] != (DigestCell{Key: "B1", N: 2}) {
		t.Errorf("kinds %+v", d.Kinds)
	}
	if len(d.Areas) != 2 || len(d.Stages) != 2 || d.Stages[0] != (DigestCell{Key: "received", N: 2}) || d.Stages[1].Key != "found" {
		t.Errorf("areas %+v, stages %+v", d.Areas, d.Stages)
	}
	if len(d.Months) != 12 || d.Months[11].Came.N != 2 || d.Months[10].Came.N != 1 || d.Months[11].Closed.N != 0 {
		t.Errorf("months %+v", d.Months)
	}
	april, err := DigestOf("2026-04", all)
	if err != nil || april.Hand != 3 || april.Months[11].Closed.N != 1 {
		t.Errorf("%+v, %v", april, err)
	}
	for _, bad := range []string{"", "2026", "2026-13", "x"} {
		if _, err := DigestOf(bad, nil); err == nil {
			t.Errorf("%q is a month", bad)
		}
	}
}

// Small counts are hidden below, and none can be reckoned from the sum.
func TestDigestHidesSmallCounts(t *testing.T) {
	for _, one := range []struct {
		n    []int
		want []bool
	}{
		{[]int{9, 7, 4}, []bool{false, true, true}}, {[]int{9, 2, 3}, []bool{false, true, true}},
		{[]int{9, 5}, []bool{false, false}}, {[]int{4}, []bool{true}}, {[]int{0, 12}, []bool{false, false}},
	} {
		var d Digest
		for _, n := range one.n {
			d.Kinds = append(d.Kinds, DigestCell{N: n})
		}
		d.Months = []DigestMonth{{Came: DigestCell{N: 4}, Closed: DigestCell{N: 5}}}
		m := d.Masked()
		for i, c := range m.Kinds {
			if c.Hidden != one.want[i] {
				t.Errorf("%v: %d hidden %v", one.n, c.N, c.Hidden)
			}
		}
		if !m.Months[0].Came.Hidden || m.Months[0].Closed.Hidden || d.Kinds[0].Hidden || d.Months[0].Came.Hidden {
			t.Errorf("%+v from %+v", m, d)
		}
	}
}

// A count is hidden below also where what is left of its sum would be small.
func TestDigestFiguresHideWhatIsLeft(t *testing.T) {
	d := Digest{Came: 20, Hand: 9, Real: 18, Found: 12, True: 5, False: 7, Clear: 7}
	for i, hidden := range []bool{false, false, true, false, false, false, false} {
		if got := d.Masked().Figures()[i]; got.Hidden != hidden {
			t.Errorf("%+v", got)
		}
		if d.Figures()[i].Hidden {
			t.Errorf("hidden at the managing level: %+v", d.Figures()[i])
		}
	}
}
