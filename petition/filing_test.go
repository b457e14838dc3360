package petition

import (
	"slices"
	"strings"
	"testing"
)

func TestCheckFiling(t *testing.T) {
	long := strings.Repeat("字", 5001)
	for name, tt := range map[string]struct {
		change func(f *Filing)
		want   string // "field key"
	}{
		"fine":              {func(*Filing) {}, ""},
		"no consent":        {func(f *Filing) { f.ConsentAt = EndOfDay("") }, "consent_at problem.consent_missing"},
		"no purpose":        {func(f *Filing) { f.Purpose = "" }, "purpose problem.purpose_missing"},
		"unknown topic":     {func(f *Filing) { f.Topic = "Q9" }, "topic problem.choice"},
		"topic open":        {func(f *Filing) { f.Topic = "" }, ""},
		"no pilot":          {func(f *Filing) { f.Unit = county2 }, "unit problem.unit_not_pilot"},
		"closed unit":       {func(f *Filing) { f.Unit = gone }, "unit problem.unit"},
		"no unit":           {func(f *Filing) { f.Unit = "" }, "unit problem.unit"},
		"no title":          {func(f *Filing) { f.Title = " " }, "title problem.title_missing"},
		"long title":        {func(f *Filing) { f.Title = long[:51*3] }, "title problem.too_long"},
		"title of 50":       {func(f *Filing) { f.Title = long[:50*3] }, ""},
		"short facts":       {func(f *Filing) { f.Facts = "太短了" }, "facts problem.too_short"},
		"long facts":        {func(f *Filing) { f.Facts = long }, "facts problem.too_long"},
		"no request":        {func(f *Filing) { f.Request = "" }, "request problem.request_missing"},
		"advice no request": {func(f *Filing) { f.Request, f.Purpose = "", PurposeAdvice }, ""},
		"odd answer":        {func(f *Filing) { f.Earlier = "perhaps" }, "earlier problem.choice"},
		"in court":          {func(f *Filing) { f.Court = "yes" }, ""}, // never refused for it
		"no name":           {func(f *Filing) { f.Person.Name = "" }, "person.name problem.name_length"},
		"no address":        {func(f *Filing) { f.Person.Address = "" }, "person.address problem.address_missing"},
		"no region":         {func(f *Filing) { f.Person.Region = "" }, "person.region problem.region_missing"},
		"odd region":        {func(f *Filing) { f.Person.Region = "53" }, "person.region problem.region"},
		"bad mobile":        {func(f *Filing) { f.Person.Mobile = "1" }, "person.mobile problem.mobile"},
		"bad id":            {func(f *Filing) { f.Person.IDType, f.Person.IDNumber = "resident", "1" }, "person.id_number problem.id_length"},
		"anonymous claim":   {func(f *Filing) { f.Anonymous = true }, "anonymous problem.anonymous_claim"},
		"anonymous report":  {func(f *Filing) { f.Anonymous, f.Purpose, f.Person = true, PurposeReport, Person{} }, ""},
		"anonymous advice":  {func(f *Filing) { f.Anonymous, f.Purpose, f.Person = true, PurposeAdvice, Person{} }, ""},
		"one cosigner":      {func(f *Filing) { f.Cosigners = 1 }, "cosigners problem.cosigners"},
		"six speakers":      {func(f *Filing) { f.Representatives = make([]Person, 6) }, "representatives problem.too_many_representatives"},
		"nameless speaker":  {func(f *Filing) { f.Representatives = make([]Person, 1) }, "representatives.0.name problem.name_length"},
		"agent unrelated":   {func(f *Filing) { f.Agent = &Person{Name: "Li Hua"} }, "agent_relation problem.relation_missing"},
		"eleven files":      {func(f *Filing) { f.Files = make([]File, 11) }, "files problem.too_many_files"},
		"big file":          {func(f *Filing) { f.Files = []File{{Size: MaxFileSize + 1}} }, "files.0 problem.file_too_big"},
	} {
		f := *file(PurposeRequest)
		tt.change(&f)
		var got []string
		for _, p := range CheckFiling(f, testRules()) {
			got = append(got, p.Field+" "+p.Key)
		}
		if (tt.want == "" && len(got) > 0) || (tt.want != "" && !slices.Contains(got, tt.want)) {
			t.Errorf("%s: %v, want %q", name, got, tt.want)
		}
	}
}

// What the office takes in is never turned away for what the form should have asked.
func TestSubmitTakesWhatThePortalTook(t *testing.T) {
	f := &Filing{Purpose: PurposeRequest, Unit: county, ConsentAt: noon(t, "2026-03-02")}
	begin(t, "2026-03-02").do(System, Act{Action: Submit, Filing: f, Unit: county}).state(1, Submitted)
}

func TestRegisterForSomebody(t *testing.T) {
	reg := func(change func(a *Act)) Act {
		a := Act{Action: Register, Filing: file(PurposeRequest), Channel: ByLetter}
		change(&a)
		return a
	}
	for key, change := range map[string]func(a *Act){
		"problem.channel_missing": func(a *Act) { a.Channel = ByWeb },
		"problem.future":          func(a *Act) { a.At = noon(t, "2026-03-03") },
		"problem.arrival":         func(a *Act) { a.Arrival = "by air" },
		"problem.purpose_missing": func(a *Act) { a.Filing.Purpose = "7" },
		"problem.title_missing":   func(a *Act) { a.Filing.Title = "" },
		"problem.facts_missing":   func(a *Act) { a.Filing.Facts = "" },
		"problem.number":          func(a *Act) { a.Number = CaseNumber(town, "2026-03-02", 1) },
		"problem.topic_missing":   func(a *Act) { a.Topic = "Q1" },
		"problem.unit":            func(a *Act) { a.Unit = town },
	} {
		begin(t, "2026-03-02").refused(atDesk(county), reg(change), Invalid, key)
	}
	s := begin(t, "2026-03-02").do(atDesk(county), reg(func(a *Act) { a.At = noon(t, "2026-02-25") }))
	f := Project(s.c, s.r, s.now)
	if f.Steps[0].Unit == "" || f.Filing == nil || f.Filing.Title == "" || Day(f.Received) != "2026-02-25" || s.c.Arrival != Direct {
		t.Errorf("%+v", f)
	}
}

// The path proposes; reports go to the compartment before anything else is asked.
func TestSuggest(t *testing.T) {
	claim, advice, ask := &Case{Track: Claim}, &Case{Track: Advice}, &Case{Track: Enquiry}
	for _, tt := range []struct {
		c    *Case
		p    Jurisdiction
		want Action
	}{
		{claim, Jurisdiction{CadreReport: "yes", InHand: "yes", InScope: "no"}, SealUp},
		{claim, Jurisdiction{InHand: "yes", InScope: "yes"}, Refuse},
		{claim, Jurisdiction{InHand: "here"}, Merge},
		{ask, Jurisdiction{InHand: "here"}, Merge},
		{claim, Jurisdiction{Final: "yes"}, NoLongerTake},
		{claim, Jurisdiction{Legal: "yes"}, Divert},
		{advice, Jurisdiction{Legal: "yes", InScope: "yes", Level: "own"}, Accept},
		{claim, Jurisdiction{InScope: "no"}, Redirect},
		{claim, Jurisdiction{InScope: "yes", Level: "above"}, Redirect},
		{claim, Jurisdiction{InScope: "yes", Level: "below"}, Refer},
		{claim, Jurisdiction{InScope: "yes", Level: "own"}, Accept},
		{ask, Jurisdiction{InScope: "yes", Level: "own"}, Draft},
		{claim, Jurisdiction{InScope: "yes"}, ""},
		{claim, Jurisdiction{}, ""},
	} {
		got := tt.p.Suggest(tt.c)
		if got.Action != tt.want || got.Key == "" || (got.Action == Refuse) == (got.Ground == "") || got.Ground == SkipLevel {
			t.Errorf("%s %+v: %+v", tt.c.Track, tt.p, got)
		}
	}
	s := reach[Registered](t)
	s.refused(unitHeadOf(town), Act{Action: Accept, Check: &Jurisdiction{InScope: "maybe", Level: "sideways"}}, Invalid, "problem.choice")
}
