package petition

import (
	"slices"
	"strings"
	"testing"
)

// Every code that stands in one list stands in the others it refers to.
func TestCodesFitTogether(t *testing.T) {
	seen := map[Topic]bool{}
	for _, info := range Topics {
		if seen[info.Code] || len(info.Code) != 2 {
			t.Errorf("topic %q", info.Code)
		}
		seen[info.Code] = true
		if !slices.Contains(Offices, info.Office) {
			t.Errorf("%s leads to office %q", info.Code, info.Office)
		}
		if info.InScope() == (info.Code[0] == 'Z') || (!info.InScope() && !slices.Contains(Redirects, info.Redirect)) {
			t.Errorf("%s redirects to %q", info.Code, info.Redirect)
		}
		if got, ok := TopicOf(info.Code); !ok || got != info {
			t.Errorf("%s is not found", info.Code)
		}
	}
	if len(Topics) != 4+8+8+3+4+3+3+6 {
		t.Errorf("%d topics", len(Topics))
	}
	for _, p := range Purposes {
		if outcomes := Outcomes(p.Track()); (len(outcomes) == 0) != (p.Track() == Report) {
			t.Errorf("%s: %v", p, outcomes)
		}
	}
	for _, c := range Channels {
		if c.Visit() && c.Online() {
			t.Errorf("channel %s", c)
		}
	}
}

func TestOnlyVisitsCanBeRefusedForSkippingLevels(t *testing.T) {
	for _, g := range Grounds {
		if g.Visit != (g.Code == SkipLevel) {
			t.Errorf("%s: %+v", g.Code, g)
		}
		for _, ch := range Channels {
			if g.For(ch, Claim) != (!g.Visit || ch.Visit()) || g.For(ch, Report) {
				t.Errorf("%s by channel %s", g.Code, ch)
			}
		}
	}
}

func TestEffectKeys(t *testing.T) {
	all := Effect(effectsEnd - 1)
	if keys := all.Keys(); len(keys) != len(effectKeys) || !slices.Equal(keys, effectKeys) {
		t.Errorf("%v", keys)
	}
	if got := (StopNotice | StartHandling).Keys(); !slices.Equal(got, []string{"effect.stop_notice", "effect.start_handling"}) {
		t.Errorf("%v", got)
	}
}

func TestParseCalendar(t *testing.T) {
	newer, err := ParseCalendar(strings.NewReader("# a remark\n2026,year,a newer one\n2026-03-02,off,x\n2027,year,y\n2027-01-02,work,z\n"))
	if err != nil {
		t.Fatal(err)
	}
	c := DefaultCalendar().With(newer)
	for day, want := range map[string][2]bool{
		"2026-03-02": {false, true}, "2026-10-01": {true, true}, // the newer schedule of 2026 counts alone
		"2025-10-01": {false, true}, "2027-01-02": {true, true}, "2027-01-01": {true, true},
		"2028-01-01": {false, false}, "nonsense": {false, false},
	} {
		working, known := c.Working(day)
		if working != want[0] || known != want[1] {
			t.Errorf("%s: %v %v", day, working, known)
		}
	}
	if c.Holiday("2026-03-02") != "x" || c.Holiday("2026-10-01") != "" || DefaultCalendar().Holiday("2026-10-01") == "" {
		t.Error("holidays")
	}
	for _, bad := range []string{"2026-02-30,off,x", "2026-01-01,play,x", "2026-01-01,off", "x,year,y",
		"2026-01-01,off,x\n2026-01-01,work,y"} {
		_, err := ParseCalendar(strings.NewReader(bad))
		wantRefusal(t, err, Invalid, "error.bad_calendar")
	}
	var none *Calendar
	if working, known := none.Working("2026-10-01"); !working || known || none.Holiday("2026-10-01") != "" {
		t.Error("a nil calendar knows weekends only")
	}
}

func TestParseLaws(t *testing.T) {
	for _, bad := range []string{"", "[]", "{}", `[{"id":"x"}]`,
		strings.Replace(lawData, `"days": 15`, `"days": 0`, 1),
		strings.Replace(lawData, `"from": "2022-05-01"`, `"from": "May"`, 1),
		strings.Replace(lawData, `"rate_days": 30`, `"rate_days": 14`, 1),
		strings.Replace(lawData, `"rate_days": 30`, `"rate_days": 91`, 1),
		strings.Replace(lawData, `"rate_change": 7`, `"rate_change": 31`, 1),
		strings.Replace(lawData, `"rate_change": 7`, `"rate_change": -1`, 1),
		strings.Replace(lawData, `"rate_days"`, `"rate_weeks"`, 1)} {
		_, err := ParseLaws(strings.NewReader(bad))
		wantRefusal(t, err, Invalid, "error.bad_laws")
	}
	for _, days := range []string{"15", "90"} {
		if _, err := ParseLaws(strings.NewReader(strings.ReplaceAll(lawData, `"rate_days": 30`, `"rate_days": `+days))); err != nil {
			t.Errorf("%s days to rate: %v", days, err)
		}
	}
	for _, law := range DefaultLaws() {
		if got, ok := DefaultLaws().Named(law.ID); !ok || got.Name != law.Name {
			t.Errorf("profile %s", law.ID)
		}
		for _, g := range Grounds {
			if (law.Grounds[g.Code] == "") != (g.Code == WindowUnused) {
				t.Errorf("%s: ground %s rests on %q", law.ID, g.Code, law.Grounds[g.Code])
			}
		}
	}
	if (Laws{}).At("2026-01-01").ID != "" {
		t.Error("no laws, no law")
	}
}

func TestUnitsBelow(t *testing.T) {
	r := testRules()
	names := func(us []Unit) (ids []UnitID) {
		for _, u := range us {
			ids = append(ids, u.ID)
		}
		return ids
	}
	if got := names(Below(r.Units, prov)); !slices.Equal(got, []UnitID{town, county, county2}) {
		t.Errorf("%v", got)
	}
	if got := Below(r.Units, county); got != nil || Below(r.Units, "x") != nil || Below(nil, prov) != nil {
		t.Errorf("%v", got)
	}
	if u, ok := r.Units.NearestPilot(county2); !ok || u.ID != town {
		t.Errorf("%v %v", u, ok)
	}
	if got := names(r.Units.Children(town)); !slices.Equal(got, []UnitID{county, county2, gone}) {
		t.Errorf("%v", got)
	}
}

func TestDays(t *testing.T) {
	if _, err := ParseDay("2026-02-29"); err == nil {
		t.Error("29 February 2026")
	}
	if got := EndOfDay("2026-03-02"); Day(got) != "2026-03-02" || got.UTC().Format("15:04:05.000000") != "15:59:59.999999" {
		t.Errorf("%s", got)
	}
	if !EndOfDay("never").IsZero() || Day(EndOfDay("")) != "" {
		t.Error("no day")
	}
}
