package petition

import "testing"

// A first petition whose notice missed its day shows it; one in time, or a repeat, nothing.
func TestFaultsOfAFirstPetition(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02")
	s.do(atDesk(town), Act{Action: Judge, First: true})
	if got := FaultsOf(s.c, s.r, s.now); len(got) != 0 {
		t.Errorf("in time: %+v", got)
	}
	s.on("2026-03-20")
	got := FaultsOf(s.c, s.r, s.now)
	if len(got) != 1 || got[0].Kind != LateNotice || got[0].Unit != town || got[0].Due != "2026-03-17" || !got[0].At.IsZero() {
		t.Errorf("missed: %+v", got)
	}
	s.c.Turns = []Turned{{Kind: "repeat", Cause: "late"}, {Kind: "joint", Cause: "other"}}
	if got = FaultsOf(s.c, s.r, s.now); len(got) != 2 || got[1].Turn != "repeat" || got[1].Cause != "late" {
		t.Errorf("turned: %+v", got)
	}
	s.c.Repeat.First = false
	if got = FaultsOf(s.c, s.r, s.now); got != nil {
		t.Errorf("a repeat: %+v", got)
	}
}

// Facts and a measure, then a decision by somebody else, then feedback; nothing else.
func TestScenario3_4_TheFileNeedsItsParts(t *testing.T) {
	fault := []Fault{{Kind: LateNotice}}
	one, other := ID{1}, ID{2}
	open := &Accountability{State: AccountOpen, Entries: []AccountEntry{{Step: AccountAdd, Staff: one}}}
	decided := &Accountability{State: AccountDecided, Entries: open.Entries}
	closed := &Accountability{State: AccountClosed, Entries: open.Entries}
	for name, c := range map[string]struct {
		before *Accountability
		e      AccountEntry
		kind   Kind
	}{
		"whole":              {nil, AccountEntry{Step: AccountAdd, Faults: fault, Text: "x", Measure: "remind"}, ""},
		"no fault":           {nil, AccountEntry{Step: AccountAdd, Text: "x", Measure: "remind"}, Invalid},
		"no facts":           {nil, AccountEntry{Step: AccountAdd, Faults: fault, Text: " ", Measure: "remind"}, Invalid},
		"no measure":         {nil, AccountEntry{Step: AccountAdd, Faults: fault, Text: "x"}, Invalid},
		"a person's number":  {nil, AccountEntry{Step: AccountAdd, Faults: fault, Text: "13800138000", Measure: "remind"}, Invalid},
		"decided at once":    {nil, AccountEntry{Step: AccountPursue, Text: "x", Measure: "remind"}, Conflict},
		"decided":            {open, AccountEntry{Step: AccountPursue, Text: "x", Measure: "remind", Staff: other}, ""},
		"dropped":            {open, AccountEntry{Step: AccountDrop, Text: "x", Staff: other}, ""},
		"dropped silently":   {open, AccountEntry{Step: AccountDrop, Staff: other}, Invalid},
		"one's own":          {open, AccountEntry{Step: AccountPursue, Text: "x", Measure: "remind", Staff: one}, Forbidden},
		"feedback too early": {open, AccountEntry{Step: AccountFeedback, Text: "x"}, Conflict},
		"feedback":           {decided, AccountEntry{Step: AccountFeedback, Text: "x"}, ""},
		"decided twice":      {decided, AccountEntry{Step: AccountDrop, Text: "x", Staff: other}, Conflict},
		"after the end":      {closed, AccountEntry{Step: AccountFeedback, Text: "x"}, Conflict},
	} {
		err := CheckAccountability(c.before, c.e)
		if (c.kind == "") != (err == nil) || err != nil && !Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
