package petition

import "testing"

// What the topmost unit sets holds for every unit, also under one that has limits of its
// own, and for what is received from its first day on.
func TestTheTopmostUnitSetsFiguresForAll(t *testing.T) {
	s := begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county})
	mine := LocalLaw{Unit: prov, Name: "省办法", Source: "1号", From: "2026-01-01", Figures: map[Figure]int{RateFigure: 60, InquiryFigure: 10}}
	if err := CheckLocalLaw(mine, s.r); err != nil {
		t.Fatal(err)
	}
	r := local(s.r, "2026-01-01")
	r.Laws = r.Laws.WithLocal(mine)
	law := r.LawOf(s.c, county)
	if law.Unit != town || law.Clocks[NoticeClock].Days != 5 || law.RateDays != 60 || law.Cadre.Inquiry != 10 || law.InfoDays != 15 {
		t.Errorf("%s: %d days to tell, %d to rate, %d to answer", law.ID, law.Clocks[NoticeClock].Days, law.RateDays, law.Cadre.Inquiry)
	}
	if law := r.LawOf(s.c, prov); law.RateDays != 60 || law.Clocks[NoticeClock].Days != 15 {
		t.Errorf("at the top: %d to rate", law.RateDays)
	}
	report := &CadreReport{Unit: county, Received: s.c.Received, State: CadreInquiring, Asked: s.c.Received}
	if got := report.CadreClocks(r); len(got) != 1 || got[0].Days != 10 {
		t.Errorf("an inquiry: %+v", got)
	}
	report.Received = report.Received.AddDate(-1, 0, 0)
	if got := report.CadreClocks(r); got[0].Days != 15 {
		t.Errorf("one from before: %+v", got)
	}
	if got := FigureChanges(r.Laws, mine.Named()); len(got) != 2 || got[0] != (FigureChange{RateFigure, false, 30, 60}) || got[1].Is != 10 {
		t.Errorf("%+v", got)
	}
	if back, ok := r.Laws.Local(mine.Named()); !ok || back.Figures[RateFigure] != 60 || len(back.Clocks) != 0 {
		t.Errorf("%+v", back)
	}
	if got := FigureChanges(r.Laws, "2022"); got != nil {
		t.Errorf("the national profile: %+v", got)
	}
}

func TestFiguresAreChecked(t *testing.T) {
	r := begin(t, "2026-03-02").r
	for field, figures := range map[string]map[Figure]int{
		"figure.rate":          {RateFigure: 29},
		"figure.info":          {InfoFigure: 14},
		"figure.rate_change":   {ChangeFigure: 31},
		"figure.simple_accept": {SimpleFigure: 0},
		"figure.inquiry":       {InquiryFigure: 31},
		"unit":                 {RateFigure: 40},
	} {
		o := LocalLaw{Unit: prov, Name: "省办法", Source: "1号", From: "2026-01-01", Figures: figures}
		if field == "unit" {
			o.Unit = town
		}
		err, ok := CheckLocalLaw(o, r).(*Error)
		if !ok || len(err.Problems) != 1 || err.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
