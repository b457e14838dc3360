package backoffice

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// leaderPage is the view of pages/leader.html: the open cases of a subtree, as counts.
// There is nobody's name on it.
type leaderPage struct {
	*web.Form
	Unit    string
	Total   leaderLine
	Finding string // what the figures say, in one sentence
	Lines   []leaderLine
	Stages  []petition.Stage
	Ages    []ageBar
	PutUp   int  // reports about cadres put up to this reader; nobody else is shown any figure
	Approve *tab // proposals that wait for this reader; nil if he approves none
	Old     oldLinks
	Top     petition.UnitID // whose subtree is shown
	Units   []web.Option    // that may be chosen
	Period  petition.Period
	Periods []web.Option
	Quality []indicatorLine // how timely and how well, in the period
	leaderLists
}

// oldLinks narrow a list to what came more than 30 or 60 days ago.
type oldLinks struct{ More30, More60 string }

// leaderLine is a unit: how many cases in each stage, and how many late. Each open case
// is counted once, at the unit where it lies; Passed are those that the unit gave to one
// below and that lie there, counted apart.
type leaderLine struct {
	ID                             petition.UnitID
	Name                           string
	Depth                          int
	Stage                          map[petition.Stage]int
	Open, Over, Soon, Old30, Old60 int
	Passed                         int
	Bars                           []segment
	To                             string // the list of exactly these
	Handed                         string // the list of those passed on
}

// segment is one piece of a stacked bar; places are percent with the sign.
type segment struct {
	Class, X, Width, Middle string
	Count                   int
	Label                   bool // wide enough for its figure
}

// ageBar is one column of the age chart.
type ageBar struct {
	Key         string
	Class       string
	Count       int
	X, Width, T string
	Y, H, Above int // pixels in a chart 160 high
}

// openStages are what a leader sees of an open case, in the order of its life.
var openStages = []petition.Stage{petition.StageIntake, petition.StageTriage, petition.StageHandling,
	petition.StageSigning, petition.StageClosing, petition.StageReview}

var stageClass = map[petition.Stage]string{petition.StageIntake: "f3", petition.StageTriage: "f3",
	petition.StageHandling: "f1", petition.StageSigning: "f2", petition.StageClosing: "f2", petition.StageReview: "f2"}

func (w *Office) showLeader(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	v := leaderPage{Form: web.NewForm("leader", c.Request.URL.Query()), Units: unitOptions(rules, by), Stages: openStages}
	v.Top = unitOr(petition.UnitID(v.Get("unit")), by.Unit)
	counts, err := w.store.OpenCases(ctx, by, v.Top, now)
	if err != nil {
		return err
	}
	v.Unit, v.Lines = unitName(rules, v.Top), leaderLines(rules, v.Top, counts)
	all := url.Values{"below": {"yes"}}
	if v.Top != by.Unit {
		all.Set("unit", string(v.Top))
	}
	v.Total = leaderLine{Stage: map[petition.Stage]int{}, To: queueAddress(all, "stage", Active),
		Handed: queueAddress(all, "stage", string(petition.StagePassed))}
	v.Old = oldLinks{"&to=" + daysAgo(now, 31), "&to=" + daysAgo(now, 61)}
	for _, l := range v.Lines {
		v.Total.add(l)
	}
	most := 1
	for _, l := range v.Lines {
		most = max(most, l.Open)
	}
	for i := range v.Lines {
		v.Lines[i].Bars = bars(v.Lines[i], most)
	}
	own, err := w.store.Counts(ctx, by, now)
	if err != nil {
		return err
	}
	v.Approve, v.Ages = approvals(by, own), ageBars(v.Total)
	if by.Is(petition.Leader) && !by.Is(cadreRoles...) { // whose own list is more than what was put up
		putUp, err := w.store.Reports(ctx, by, petition.ID{})
		if err != nil {
			return err
		}
		v.PutUp = len(putUp)
	}
	v.Finding = w.finding(c, v)
	if err := w.leaderQuality(c, &v); err != nil {
		return err
	}
	if v.leaderLists, err = w.leaderLists(c, rules, v.Top); err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "leader", v)
}

// approvals is the figure of what waits for this reader's agreement, and its list.
func approvals(by petition.Actor, own Counts) *tab {
	for _, q := range []petition.Queue{petition.ToApproveLeader, petition.ToApprove} {
		if q.For(by, petition.ID{}) {
			return &tab{To: "/queue?queue=" + string(q), Count: own.Mine[q]}
		}
	}
	return nil
}

// daysAgo is the day so many days before.
func daysAgo(now time.Time, days int) string { return petition.Day(now.AddDate(0, 0, -days)) }

func (l *leaderLine) add(o leaderLine) {
	l.Passed += o.Passed
	l.Open += o.Open
	l.Over += o.Over
	l.Soon += o.Soon
	l.Old30 += o.Old30
	l.Old60 += o.Old60
	for s, n := range o.Stage {
		l.Stage[s] += n
	}
}

// leaderLines gathers the cells by unit, in the order of the tree; units without a
// case are left out.
func leaderLines(r petition.Rules, top petition.UnitID, counts []OpenCount) []leaderLine {
	byUnit := map[petition.UnitID]*leaderLine{}
	for _, one := range counts {
		passed := petition.Stage(one.Stage) == petition.StagePassed
		if one.Count == 0 || !passed && !slices.Contains(openStages, petition.Stage(one.Stage)) {
			continue
		}
		l := byUnit[one.Unit]
		if l == nil {
			l = &leaderLine{ID: one.Unit, Name: unitName(r, one.Unit), Stage: map[petition.Stage]int{},
				To:     queueAddress(url.Values{"unit": {string(one.Unit)}}, "stage", Active),
				Handed: queueAddress(url.Values{"unit": {string(one.Unit)}}, "stage", string(petition.StagePassed)), Depth: len(r.Units.Above(one.Unit)) - len(r.Units.Above(top))}
			byUnit[one.Unit] = l
		}
		if passed {
			l.Passed += one.Count
			continue
		}
		l.Stage[petition.Stage(one.Stage)] += one.Count
		l.Open += one.Count
		l.Over += one.Over
		l.Soon += one.Soon
		l.Old30 += one.Old30
		l.Old60 += one.Old60
	}
	var all []leaderLine
	for _, u := range r.Units.All() {
		if l := byUnit[u.ID]; l != nil {
			all = append(all, *l)
		}
	}
	return all
}

// bars draws a unit's line: its stages side by side, the longest unit filling the
// width.
func bars(l leaderLine, most int) []segment {
	var all []segment
	x := 0.0
	for _, s := range openStages {
		n := l.Stage[s]
		if n == 0 {
			continue
		}
		width := 100 * float64(n) / float64(most)
		class := stageClass[s]
		if last := len(all) - 1; last >= 0 && all[last].Class == class {
			merged := &all[last]
			merged.Count += n
			start := x - 100*float64(merged.Count-n)/float64(most)
			whole := 100 * float64(merged.Count) / float64(most)
			merged.Width, merged.Middle, merged.Label = percent(whole), percent(start+whole/2), whole >= 6
		} else {
			all = append(all, segment{Class: class, X: percent(x), Width: percent(width), Middle: percent(x + width/2),
				Count: n, Label: width >= 6})
		}
		x += width
	}
	return all
}

// ageBars are the columns of the age chart: up to 30 days, 31 to 60, longer.
func ageBars(t leaderLine) []ageBar {
	all := []ageBar{
		{Key: "leader.age_30", Class: "f1", Count: t.Open - t.Old30},
		{Key: "leader.age_60", Class: "f2", Count: t.Old30 - t.Old60},
		{Key: "leader.age_more", Class: "fw", Count: t.Old60},
	}
	most := 1
	for _, b := range all {
		most = max(most, b.Count)
	}
	const top, height = 24, 136
	for i := range all {
		b := &all[i]
		b.H = height * b.Count / most
		b.Y = top + height - b.H
		b.Above = b.Y - 6
		b.X, b.Width, b.T = percent(float64(i)*33.3+6.6), percent(20), percent(float64(i)*33.3+16.6)
	}
	return all
}

// finding says where something is late. Who has most is no merit and no fault, and is not
// said (domain §5.4).
func (w *Office) finding(c *gin.Context, v leaderPage) string {
	if len(v.Lines) == 0 {
		return w.say(c, "leader.finding_none")
	}
	var late []string
	for _, l := range v.Lines {
		if l.Over > 0 {
			late = append(late, w.say(c, "leader.finding_late", "unit", l.Name, "n", l.Over))
		}
	}
	switch {
	case len(late) == 0:
		return w.say(c, "leader.finding_calm")
	case len(late) > 3:
		return w.say(c, "leader.finding_many", "n", len(late), "all", v.Total.Over)
	}
	return strings.Join(late, w.say(c, "leader.comma"))
}

// Narrow is the list of these cases with one more filter.
func (l leaderLine) Narrow(stage petition.Stage) string {
	return strings.Replace(l.To, "stage="+Active, "stage="+string(stage), 1)
}

// percent writes a share for SVG: "61.7%".
func percent(share float64) string { return fmt.Sprintf("%.1f%%", share) }
