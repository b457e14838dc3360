package petition

import (
	"strings"
	"testing"
)

// aPolicy binds the whole province and is in force for the year of the tests.
func aPolicy() Policy {
	return Policy{ID: ID{7}, Version: 2, Title: "Allowances", Number: "P〔2025〕7号", Body: "The province", Level: Province,
		From: "2020-01-01", Unit: prov, Articles: []Article{{Number: "第三条", Text: "Paid within a month."}, {Number: "第四条", Text: "By the county."}}}
}

// cited is its third article.
func cited() Citation {
	c, _ := aPolicy().Cite("第三条")
	return c
}

func TestAPolicyHoldsFromDayToDay(t *testing.T) {
	p := aPolicy()
	p.Until = "2026-03-31"
	for day, want := range map[string]bool{"2019-12-31": false, "2020-01-01": true, "2026-03-31": true, "2026-04-01": false} {
		if p.InForce(day) != want {
			t.Errorf("%s: in force %v", day, !want)
		}
	}
	p.Until = ""
	if !p.InForce("2099-01-01") {
		t.Error("one without an end ends")
	}
}

func TestAPolicyBindsTheSubtree(t *testing.T) {
	units := testRules().Units
	p := aPolicy()
	p.Unit = county
	for unit, want := range map[UnitID]bool{county: true, town: false, prov: false, "000000": false} {
		if p.Binds(unit, units) != want {
			t.Errorf("%s: binds %v", unit, !want)
		}
	}
	if p.Unit = prov; !p.Binds(county, units) || !p.Binds(town, units) || p.Binds(county, nil) {
		t.Error("the province does not bind its subtree")
	}
}

func TestACitationIsPrintedInFull(t *testing.T) {
	c, ok := aPolicy().Cite("第三条")
	if !ok || c.Printed != "《Allowances》（P〔2025〕7号）第三条" || c.Version != 2 {
		t.Errorf("%v %+v", ok, c)
	}
	if _, ok := aPolicy().Cite("第九条"); ok {
		t.Error("an article that it has not is cited")
	}
}

func TestWhatIsWrongWithAPolicyIsSaidAtItsField(t *testing.T) {
	units := testRules().Units
	if all := CheckPolicy(aPolicy(), units); len(all) > 0 {
		t.Fatalf("a good one: %v", all)
	}
	for key, spoil := range map[string]func(p *Policy){
		"title problem.policy_title":       func(p *Policy) { p.Title = " " },
		"title problem.too_long":           func(p *Policy) { p.Title = strings.Repeat("a", 121) },
		"number problem.policy_number":     func(p *Policy) { p.Number = "" },
		"body problem.policy_body":         func(p *Policy) { p.Body = "" },
		"level problem.choice":             func(p *Policy) { p.Level = "village" },
		"from problem.day_missing":         func(p *Policy) { p.From = "soon" },
		"until problem.day_missing":        func(p *Policy) { p.Until = "later" },
		"until problem.policy_until":       func(p *Policy) { p.Until = "2019-01-01" },
		"unit problem.unit":                func(p *Policy) { p.Unit = "000000" },
		"articles problem.policy_articles": func(p *Policy) { p.Articles = nil },
		"articles problem.policy_article":  func(p *Policy) { p.Articles[0].Text = "" },
		"articles problem.policy_twice":    func(p *Policy) { p.Articles[1].Number = "第三条" },
	} {
		p := aPolicy()
		spoil(&p)
		all := CheckPolicy(p, units)
		if len(all) != 1 || all[0].Field+" "+all[0].Key != key {
			t.Errorf("%s: %v", key, all)
		}
	}
}

// An opinion that supports a claim rests on an article in force that binds the unit and
// stands on the paper, on the day of the draft and again on the day of the signature.
func TestScenario5_1_SupportRestsOnAnArticleInForce(t *testing.T) {
	s := reach[Handling](t)
	s.refused(handlerAt(town), Act{Action: Draft, Outcome: Supported, Cites: []Citation{}}, Invalid, "problem.cite_missing")
	act, facts := fill(s, handlerAt(town), Act{Action: Draft, Outcome: PartSupported})
	for key, spoil := range map[string]func(a *Act, p *Policy){
		"problem.cite_unknown":   func(_ *Act, p *Policy) { p.ID = ID{8} },
		"problem.cite_elsewhere": func(_ *Act, p *Policy) { p.Unit = county },
		"problem.cite_ended":     func(_ *Act, p *Policy) { p.Until = "2025-12-31" },
		"problem.cite_unprinted": func(a *Act, _ *Policy) {
			paper := *a.Paper
			paper.Basis = []string{"Art. 32"}
			a.Paper = &paper
		},
	} {
		spoilt, p := act, aPolicy()
		spoil(&spoilt, &p)
		facts.Policies = []Policy{p}
		if _, err := Decide(s.c, handlerAt(town), spoilt, facts, s.r, s.now); !says(err, key) {
			t.Errorf("%s: %v", key, err)
		}
	}
	gone := act
	gone.Cites = []Citation{{Policy: ID{7}, Article: "第九条", Printed: "x"}}
	facts.Policies = []Policy{aPolicy()}
	if _, err := Decide(s.c, handlerAt(town), gone, facts, s.r, s.now); !says(err, "problem.cite_unknown") {
		t.Errorf("an article that is not there: %v", err)
	}

	s = reach[PendingSign](t)
	if got := s.c.Leg(1).Cites; len(got) != 1 || got[0] != cited() {
		t.Fatalf("the draft rests on %+v", got)
	}
	act, facts = fill(s, unitHeadOf(town), Act{Action: Sign})
	facts.Policies[0].Until = "2026-01-01"
	if _, err := Decide(s.c, unitHeadOf(town), act, facts, s.r, s.now); !says(err, "problem.cite_ended") {
		t.Errorf("signed on what has ended: %v", err)
	}
}

// says tells whether a refusal names a problem.
func says(err error, key string) bool {
	e, ok := err.(*Error)
	if !ok {
		return false
	}
	for _, p := range e.Problems {
		if p.Key == key {
			return true
		}
	}
	return false
}

// A refusal was explained, and the day and the words are kept.
func TestARefusalIsExplained(t *testing.T) {
	s := reach[Handling](t)
	by := handlerAt(town)
	s.refused(by, Act{Action: Draft, Outcome: NotSupported, Explained: &Explanation{Day: "2026-03-02"}}, Invalid, "problem.explained_missing")
	s.refused(by, Act{Action: Draft, Outcome: NotSupported, Explained: &Explanation{Text: "told"}}, Invalid, "problem.day_missing")
	s.refused(by, Act{Action: Draft, Outcome: NotSupported, Explained: &Explanation{Text: "told", Day: "2099-01-01"}}, Invalid, "problem.day_future")
	s.do(by, Act{Action: Draft, Outcome: NotSupported})
	last := s.c.Events[len(s.c.Events)-1]
	if last.Act.Explained == nil || last.Act.Explained.Text == "" {
		t.Error("the record is not kept")
	}
}

// No clear policy but one is needed: the draft makes it a matter with owner and day, and
// so does the head of the office later; once.
func TestScenario5_2_AGapBecomesAMatterOfItsOwn(t *testing.T) {
	s := reach[Handling](t)
	by := handlerAt(town)
	gap := &Gap{What: "no rule on rented halls", Owner: by.Staff, OwnerName: "hand", Due: "2027-01-04"}
	s.refused(by, Act{Action: Draft, Outcome: Explained, Gap: &Gap{}}, Invalid, "problem.gap_what")
	s.refused(by, Act{Action: Draft, Outcome: Explained, Gap: &Gap{What: "x", Owner: by.Staff, Due: "2020-01-01"}}, Invalid, "problem.day_not_future")
	act, facts := fill(s, by, Act{Action: Draft, Outcome: Explained, Gap: gap})
	facts.GapOwner = false
	if _, err := Decide(s.c, by, act, facts, s.r, s.now); !says(err, "problem.gap_owner") {
		t.Errorf("nobody of ours has it: %v", err)
	}
	s.do(by, Act{Action: Draft, Outcome: Explained, Gap: gap}).state(1, PendingSign)
	if s.c.Gap == nil || *s.c.Gap != *gap {
		t.Fatalf("%+v", s.c.Gap)
	}
	if n := len(s.c.Events); s.c.Events[n-1].Act.Action != RecordGap || s.c.Events[n-2].Act.Gap != nil {
		t.Errorf("%+v", s.c.Events[n-2:])
	}
	s.refused(headOf(town), Act{Action: RecordGap}, Conflict, "error.gap_known")

	s = reach[Closed](t)
	s.refused(auditorAt(town), Act{Action: RecordGap}, Forbidden, "error.not_your_role")
	before := len(s.c.Events)
	s.do(headOf(town), Act{Action: RecordGap}).state(1, Closed)
	if s.c.Gap == nil || len(s.c.Events) != before+1 {
		t.Error("the head of the office cannot record one")
	}
}

// The proposal is sent before anybody can adopt it, and is settled once.
func TestScenario5_2_AProposalIsSentAndSettled(t *testing.T) {
	sent := GapStep{Status: GapSent, To: "the province", Text: "please regulate"}
	if err := CheckGapStep(GapProposed, sent); err != nil {
		t.Error(err)
	}
	for key, c := range map[string]struct {
		at   GapStatus
		step GapStep
	}{
		"problem.choice":       {GapProposed, GapStep{Status: GapAdopted, Text: "good"}},
		"problem.gap_to":       {GapProposed, GapStep{Status: GapSent, Text: "please"}},
		"problem.text_missing": {GapSent, GapStep{Status: GapNotAdopted}},
		"problem.too_long":     {GapSent, GapStep{Status: GapAdopted, Text: strings.Repeat("a", 2001)}},
	} {
		if err := CheckGapStep(c.at, c.step); !says(err, key) {
			t.Errorf("%s: %v", key, err)
		}
	}
	for _, settled := range []GapStatus{GapAdopted, GapNotAdopted} {
		if err := CheckGapStep(settled, sent); !Is(err, Conflict) {
			t.Errorf("%s goes on: %v", settled, err)
		}
	}
}

func TestScenario5_3_SupportAndRefusalContradict(t *testing.T) {
	for _, c := range []struct {
		a, b Outcome
		want bool
	}{{Supported, NotSupported, true}, {PartSupported, NotSupported, true}, {NotSupported, Supported, true},
		{Supported, PartSupported, false}, {Supported, Explained, false}, {NotSupported, NotSupported, false}} {
		if c.a.Contradicts(c.b) != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, !c.want)
		}
	}
}
