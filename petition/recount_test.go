package petition

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// local is the rules with a city's own limits from a day on.
func local(r Rules, from string) Rules {
	r.Laws = r.Laws.WithLocal(LocalLaw{Unit: town, Name: "市实施办法", Source: "组发〔2026〕1号", From: from, Clocks: map[ClockKind]Limit{
		NoticeClock: {Days: 5, Working: true, Article: "第七条"}, HandlingClock: {Days: 30, Article: "第九条"}}, Extension: 60})
	return r
}

// A local rule governs what the unit and those below it do with what was received while it
// is in force, and nothing else; the petition's own right comes from the national profile.
func TestALocalLawGovernsItsSubtree(t *testing.T) {
	s := begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county})
	national := s.r
	for day, want := range map[string]int{"2026-03-02": 5, "2026-03-03": 15} {
		if got := local(national, day).LawOf(s.c, county).Clocks[NoticeClock].Days; got != want {
			t.Errorf("in force from %s: %d days", day, got)
		}
	}
	s.r = local(national, "2026-01-01")
	if s.r.LawOf(s.c, prov).ID != "2022" || s.r.LawNow(s.c).Unit != town || s.r.Law(s.c).ID != "2022" {
		t.Error("the wrong profile governs")
	}
	s.due(1, NoticeClock, "2026-03-09").do(atDesk(county), Act{Action: Register}).do(unitHeadOf(county), Act{Action: Accept})
	s.due(1, HandlingClock, "2026-04-01")
	if k := s.clock(1, HandlingClock); k.Explain[1].Law != "市实施办法" || k.Explain[1].Article != "第九条" {
		t.Errorf("%+v", k.Explain)
	}
}

func TestALocalLawIsChecked(t *testing.T) {
	r := begin(t, "2026-03-02").r
	good := LocalLaw{Unit: town, Name: "市实施办法", Source: "1号", From: "2026-01-01",
		Clocks: map[ClockKind]Limit{HandlingClock: {Days: 30, Article: "第九条"}}}
	if err := CheckLocalLaw(good, r); err != nil {
		t.Fatal(err)
	}
	with := func(kind ClockKind, days int, article string) func(*LocalLaw) {
		return func(o *LocalLaw) { o.Clocks = map[ClockKind]Limit{kind: {Days: days, Article: article}} }
	}
	for field, spoil := range map[string]func(*LocalLaw){
		"unit": func(o *LocalLaw) { o.Unit = "1" }, "name": func(o *LocalLaw) { o.Name = "" }, "source": func(o *LocalLaw) { o.Source = " " },
		"from": func(o *LocalLaw) { o.From = "" }, "until": func(o *LocalLaw) { o.Until = "2025-12-31" },
		"extension": func(o *LocalLaw) { o.Extension = 500 }, "days.K2": func(o *LocalLaw) { o.Clocks = nil },
		"days.K4": with(HandlingClock, 0, "x"), "article.K4": with(HandlingClock, 30, ""),
		"days.K5": with(ReviewClock, 29, "x"), "days.K7": with(ReReviewClock, 10, "x"),
	} {
		o := good
		spoil(&o)
		err, ok := CheckLocalLaw(o, r).(*Error)
		if !ok || err.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	r.Laws = r.Laws.WithLocal(good)
	again := good
	again.From = "2026-06-01"
	if err, ok := CheckLocalLaw(again, r).(*Error); !ok || err.Problems[0].Field != "from" {
		t.Errorf("two profiles of a unit at once: %v", err)
	}
	back, ok := r.Laws.Local("530100-2026-01-01")
	if !ok || len(back.Clocks) != 1 || back.Clocks[HandlingClock].Days != 30 || back.Extension != 0 {
		t.Errorf("%+v", back)
	}
	if _, ok := r.Laws.Local("2022"); ok {
		t.Error("the national profile is nobody's")
	}
	back.Until = "2026-05-31"
	if r.Laws = r.Laws.WithLocal(back); len(r.Laws) != 3 || CheckLocalLaw(again, r) != nil {
		t.Errorf("%d profiles", len(r.Laws))
	}
}

// An edit is on record once, with the old and the new day; the petitioner is told of the
// day that he had been told, and of nothing else.
func TestAnEditIsRecordedOnce(t *testing.T) {
	s := begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county})
	before, after, edit := s.r, local(s.r, "2026-01-01"), ID{7}
	e, ok := s.c.RecountEvent(edit, "市实施办法", before, after, s.now)
	if !ok || len(e.Act.Dues) != 1 {
		t.Fatalf("%+v", e)
	}
	if d := e.Act.Dues[0]; d.Was != "2026-03-17" || d.Is != "2026-03-09" || d.Kept || !d.Shown || d.Late(s.now) || !d.Late(noon(t, "2026-03-10")) {
		t.Errorf("%+v", d)
	}
	if err := s.c.Apply(e); err != nil {
		t.Fatal(err)
	}
	s.r = after
	f := Project(s.c, s.r, s.now)
	if last := f.Steps[len(f.Steps)-1]; last.Key != "step.recounted" || last.Was != "2026-03-17" || last.Day != "2026-03-09" || last.Text != "市实施办法" {
		t.Errorf("%+v", last)
	}
	if f.Clock.Due != "2026-03-09" || !f.Clock.Working || len(f.Clock.Explain) < 2 {
		t.Errorf("%+v", f.Clock)
	}
	if _, ok := s.c.RecountEvent(edit, "市实施办法", before, after, s.now); ok {
		t.Error("twice")
	}
	if _, ok := s.c.RecountEvent(ID{8}, "the same again", after, after, s.now); ok {
		t.Error("recorded that nothing changed")
	}
	if c := *s.c; c.Apply(Event{N: c.Version() + 1, Act: Act{Action: Recount, Dues: []DueChange{{Leg: 9}}}}) == nil {
		t.Error("a leg that is not there")
	}
}

// What would end a petitioner's time earlier leaves it as it was, and later edits too.
func TestARightIsKept(t *testing.T) {
	s := begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county}).
		do(atDesk(county), Act{Action: Register}).toReply(county)
	k := s.clock(1, ReviewClock)
	long := s.r
	long.Days = DefaultCalendar().With(yearWith(t, Day(k.Due)))
	longer := Day(reviewClock(t, long, s.c, s.now).Due)
	if longer <= Day(k.Due) {
		t.Fatal("the holiday moves nothing")
	}
	s.r = long
	e, ok := s.c.RecountEvent(ID{1}, "back", long, Rules{Laws: long.Laws, Units: long.Units, Days: DefaultCalendar()}, s.now)
	if !ok || !e.Act.Dues[slices.IndexFunc(e.Act.Dues, func(d DueChange) bool { return d.Clock == ReviewClock })].Kept {
		t.Fatalf("%+v", e)
	}
	if err := s.c.Apply(e); err != nil {
		t.Fatal(err)
	}
	s.r.Days = DefaultCalendar()
	s.due(1, ReviewClock, longer)
	if kept := s.clock(1, ReviewClock).Explain; kept[len(kept)-1].Kind != ExplainKept {
		t.Errorf("%+v", kept)
	}
	s.now = EndOfDay(longer)
	s.do(Petitioner, Act{Action: AskReview, Text: "in time"})
}

func reviewClock(t *testing.T, r Rules, c *Case, now time.Time) Clock {
	t.Helper()
	for _, k := range c.Clocks(r, now) {
		if k.Kind == ReviewClock {
			return k
		}
	}
	t.Fatal("no time for a review")
	return Clock{}
}

func yearWith(t *testing.T, off string) *Calendar {
	t.Helper()
	c := &Calendar{off: map[string]string{off: "test"}, work: map[string]string{}, years: map[string]string{off[:4]: "test"}}
	return c
}

// What is written is read back; nonsense is refused.
func TestACalendarIsWrittenAndChecked(t *testing.T) {
	c := DefaultCalendar()
	again, err := ParseCalendar(strings.NewReader(c.CSV()))
	if err != nil || again.CSV() != c.CSV() || len(again.Years()) != 3 || again.Sound() != nil {
		t.Fatalf("%v", err)
	}
	one, err := ParseCalendar(strings.NewReader(c.CSV("2026")))
	if err != nil || len(one.Years()) != 1 {
		t.Fatalf("%v %v", one, err)
	}
	if w, known := one.Working("2026-02-14"); !w || !known {
		t.Error("a make-up day was lost")
	}
}

// A schedule typed as the announcement is read, with a Chinese keyboard, is the same one.
func TestACalendarIsTypedInChinese(t *testing.T) {
	c, err := ParseCalendar(strings.NewReader("2027，年，国办发明电〔2026〕7号\n2027-01-01， 放假 ，元旦\n2027-02-14,上班,春节\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.CSV(); got != "2027,year,国办发明电〔2026〕7号\n2027-01-01,off,元旦\n2027-02-14,work,春节\n" {
		t.Errorf("%q", got)
	}
	wantRefusal(t, c.Sound(), Invalid, "problem.calendar_lacks")
	_, err = ParseCalendar(strings.NewReader("2027，年，7号\n2027-01-01，休息，元旦\n"))
	wantRefusal(t, err, Invalid, "error.bad_calendar")
}

// A year that leaves a statutory holiday out would replace the whole: it is refused, and
// what it lacks is named. A holiday on a weekend need not be named, and two may share days.
func TestAScheduleNamesTheWholeYear(t *testing.T) {
	whole := DefaultCalendar().CSV("2026")
	for without, lacks := range map[string]string{"春节": "春节", "清明节": "清明", "端午节": "端午", "中秋节": "中秋",
		"2026-01-01": "元旦", "2026-05-01": "劳动节", "2026-10-03": "", "2026-10-02": "国庆节", "2026-01-04": "", "none": ""} {
		var lines []string
		for line := range strings.Lines(whole) {
			if !strings.Contains(line, without) {
				lines = append(lines, line)
			}
		}
		c, err := ParseCalendar(strings.NewReader(strings.Join(lines, "")))
		if err != nil {
			t.Fatal(err)
		}
		err = c.Sound()
		if lacks == "" {
			if err != nil {
				t.Errorf("without %s: %v", without, err)
			}
			continue
		}
		wantRefusal(t, err, Invalid, "problem.calendar_lacks")
		if p := err.(*Error).Problems[0]; p.Field != "days" || p.Args["days"] != lacks || p.Args["year"] != "2026" {
			t.Errorf("without %s: %+v", without, p)
		}
	}
	shared, err := ParseCalendar(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(whole, "国庆节", "国庆节、中秋节"), "2026-09-25,off,中秋节\n", "")))
	if err != nil || shared.Sound() != nil {
		t.Errorf("two on the same days: %v %v", err, shared.Sound())
	}
	empty, err := ParseCalendar(strings.NewReader("2027,year,No. 7\n"))
	if err != nil {
		t.Fatal(err)
	}
	if p := empty.Sound().(*Error).Problems; len(p) != 1 || p[0].Args["days"] != "元旦、春节、清明、端午、中秋、国庆节" { // the first of May is a Saturday
		t.Errorf("an empty year: %+v", p)
	}
}
