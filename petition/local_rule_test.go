package petition

import (
	"slices"
	"testing"
)

func TestALocalRuleSaysWhatItChangesOfTheNationalLaw(t *testing.T) {
	laws := slices.Clone(DefaultLaws())
	local := laws[len(laws)-1]
	local.ID, local.From = "2022-yc", "2024-01-01"
	local.Clocks = map[ClockKind]Limit{}
	for k, l := range laws[len(laws)-1].Clocks {
		local.Clocks[k] = l
	}
	shorter := local.Clocks[HandlingClock]
	shorter.Days = 30
	local.Clocks[HandlingClock] = shorter
	laws = append(laws, local)
	got := LawChanges(laws, "2022-yc")
	if len(got) != 1 || got[0].Clock != HandlingClock || got[0].Was.Days != 60 || got[0].Is.Days != 30 {
		t.Errorf("%+v", got)
	}
	if len(LawChanges(laws, "2022")) != 0 || LawChanges(laws, "none") != nil {
		t.Error("the national law changes itself")
	}
	rule := LocalRule{Title: "实施办法", Text: "第一条", From: "2024-01-01", Law: "2022-yc"}
	if err := CheckLocalRule(rule, laws); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*LocalRule){
		"title": func(r *LocalRule) { r.Title = " " }, "text": func(r *LocalRule) { r.Text = "" }, "from": func(r *LocalRule) { r.From = "soon" },
		"to": func(r *LocalRule) { r.To = "2023-12-31" }, "law": func(r *LocalRule) { r.Law = "1999" },
	} {
		r := rule
		spoil(&r)
		err, ok := CheckLocalRule(r, laws).(*Error)
		if !ok || err.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	rule.To = "2024-06-30"
	if rule.Ended("2024-06-30") || !rule.Ended("2024-07-01") {
		t.Error("the last day is in force")
	}
}
