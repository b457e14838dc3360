package demo

import (
	"strings"
	"testing"

	"huiyin/petition"
)

func TestPoliciesAreWholeAndSayThatTheyAreInvented(t *testing.T) {
	units := petition.NewUnits(Units())
	if len(policies) < 6 {
		t.Fatalf("%d policies", len(policies))
	}
	for _, p := range Policies() {
		if problems := petition.CheckPolicy(p, units); len(problems) > 0 {
			t.Errorf("%s: %v", p.Number, problems)
		}
		if !strings.Contains(p.Title, "演示") {
			t.Errorf("%s does not say that it is invented", p.Title)
		}
	}
}

// Whatever a claim may end with, the library has the article for it.
func TestEveryClaimHasItsArticle(t *testing.T) {
	for _, m := range matters {
		if m.track() != petition.Claim {
			continue
		}
		for _, e := range m.Outcome {
			if e.Code.Supports() && len(citations(petition.Topic(m.Topic))) == 0 {
				t.Errorf("%s: nothing to cite for %s", m.Key, m.Topic)
			}
		}
	}
}

// The world shows every kind: opinions that rest on articles, refusals that were
// explained, gaps in policy, and like matters with opposite outcomes.
func TestTheWorldShowsWhatPolicyIsFor(t *testing.T) {
	cases, err := World(200, 32, today).Collect()
	if err != nil {
		t.Fatal(err)
	}
	cited, explained, gaps := 0, 0, 0
	for _, c := range cases {
		for _, e := range c.Events {
			if len(e.Act.Cites) > 0 {
				cited++
			}
			if e.Act.Explained != nil && e.Act.Explained.Text != "" {
				explained++
			}
			if e.Act.Action == petition.RecordGap {
				gaps++
			}
		}
	}
	if cited < 20 || explained < 1 || gaps < 1 {
		t.Errorf("%d opinions rest on articles, %d refusals were explained, %d gaps", cited, explained, gaps)
	}
	sent, settled := 0, 0
	for _, g := range GapSteps(cases, today) {
		if g.By.Staff.IsZero() || g.At.After(today) {
			t.Errorf("%+v", g)
		}
		if g.Step.Status == petition.GapSent {
			sent++
		} else {
			settled++
		}
	}
	if sent < 2 || settled < 1 || settled >= sent {
		t.Errorf("%d proposals were sent, %d have a result", sent, settled)
	}
}
