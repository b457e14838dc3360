package officedb

import (
	"strings"
	"testing"

	"huiyin/petition"
)

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		name string
		org  bool
		want string
	}{
		{"周明华", false, "周**"}, {"𠮷田", false, "𠮷*"}, {"周", false, "*"}, {"", false, ""},
		{"Anna", false, "A***"}, {"Alexandrina", false, "A*****"}, {"云川市第一建筑公司", true, "云川市第*****"}, {"工会", true, "工*"},
	} {
		if got := maskName(petition.Person{Name: c.name, Org: c.org}); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	p := maskPerson(aFiling(county, "x").Person)
	if p.IDNumber != "**************002X" || p.Mobile != "138******00" || strings.Contains(p.Address, "Renmin") || p.Region != "530102" {
		t.Errorf("masked %+v", p)
	}
	if maskText("ab", 1, 1) != "**" {
		t.Error("a short text shows through")
	}
}

// fullCase has a name, a number and a key at every place where one can stand.
func fullCase() *petition.Case {
	f := aFiling(county, "x")
	f.Representatives = []petition.Person{{Name: "李四海", Mobile: "13900000009"}}
	f.Agent = &petition.Person{Name: "王五洲", IDNumber: "11010519491231002X"}
	key := []byte("a key that nobody should see....")
	f.Files = []petition.File{{Name: "a", Key: key, Clean: &petition.File{Key: key}}}
	paper := &petition.Paper{To: "周明华", Sections: []petition.Section{{Text: "周明华、李四海："}}}
	act := petition.Act{Filing: &f, Paper: paper, Files: f.Files, Service: &petition.Service{Receiver: "王五洲"}}
	act.Proposed = &petition.Act{Paper: paper, Files: f.Files}
	return &petition.Case{Filing: f, Events: []petition.Event{{Act: act}},
		Legs: []petition.Leg{{N: 1, Draft: paper, Pending: &petition.Proposal{Act: act}}}}
}

// Nothing of a person's identity and no key shows through, at any depth; the case
// itself is left as it is.
func TestVeilHidesEverywhere(t *testing.T) {
	for _, gone := range []bool{false, true} {
		c := fullCase()
		before := jsonOf(t, c)
		seen := jsonOf(t, newVeil(c.Filing, gone).hideCase(c))
		for _, secret := range []string{"明华", "四海", "五洲", "11010519491231002X", "13800138000", "13900000009", "Renmin", "YSBrZXkg"} {
			if strings.Contains(seen, secret) {
				t.Errorf("gone %v: %s shows", gone, secret)
			}
		}
		if gone && !strings.Contains(seen, `"信访人、`) && !strings.Contains(seen, "信访人、信访人：") {
			t.Errorf("a paper greets nobody: %s", seen)
		}
		if gone && strings.Contains(seen, "周") {
			t.Error("a mask shows to who is shown no names")
		}
		if jsonOf(t, c) != before {
			t.Error("the case itself was changed")
		}
	}
}

// A paper written by somebody who saw masks goes out under the real names.
func TestVeilLifts(t *testing.T) {
	c := fullCase()
	v := newVeil(c.Filing, false)
	p := v.lift(&petition.Paper{To: "周**", Sections: []petition.Section{{Text: "周**同志："}}})
	if p.To != "周明华" || p.Sections[0].Text != "周明华同志：" {
		t.Errorf("lifted %+v", p)
	}
	if v.lift(nil) != nil {
		t.Error("a paper out of nothing")
	}
	short := newVeil(petition.Filing{Person: petition.Person{Name: "周"}}, false)
	if got := short.lift(&petition.Paper{To: "*"}); got.To != "*" {
		t.Errorf("a mask without a letter was taken for %q", got.To)
	}
}
