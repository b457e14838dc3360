package backoffice

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// indicatorsPage is the view of pages/indicators.html: figures of a unit and all below it
// in a period, each with what it counts beside it.
type indicatorsPage struct {
	*web.Form
	Unit    string
	Units   []web.Option
	Period  petition.Period
	Periods []web.Option
	Over    bool   // the period has ended
	Until   string // the last day that counts; "" while there is none
	Lines   []indicatorLine
	Below   []belowLine
	Months  []monthLine
	Kept    []petition.Snapshot
	Shown   *petition.Snapshot // the one that is shown instead of today's figures
	Closes  bool               // the reader may close the period
	Take    *taking
}

// indicatorLine is one indicator: its figure, of how many, and that of the period before.
type indicatorLine struct {
	What   petition.Indicator
	Figure string
	petition.Tally
	Of     bool   // the tally is a share's or a mean's
	Before string // "" where there was nothing
	To     string // the list of these cases; "" where there is none
	Rest   string // of those that a share did not count; "" where there is none
	Others int    // how many they are
}

// listed adds the lists behind the figure.
func (l *indicatorLine) listed(top petition.UnitID, from, to string) {
	if l.Tally == (petition.Tally{}) {
		return
	}
	l.To = countedList(l.What, top, from, to, false)
	if l.Others = l.Den - l.Num; l.What.Reckoned() == petition.ByShare && l.Others > 0 {
		l.Rest = countedList(l.What, top, from, to, true)
	}
}

// belowLine is a unit directly below, with all below it.
type belowLine struct {
	ID      petition.UnitID
	Name    string
	To      string
	Figures []string // in the order of comparedIndicators
	inTime  float64  // -1 where nothing was due
}

// monthLine is a month's arrivals and answers.
type monthLine struct {
	Month        string
	Came         int
	Answered     int
	CameH, AnsH  int // pixels
	X, AnsX, Mid string
}

// comparedIndicators are what units are compared by: timeliness and quality, never how
// much comes (domain §5.4).
var comparedIndicators = []petition.Indicator{petition.AnswersInTime, petition.NoticesInTime, petition.ClosedInTime,
	petition.OverdueStock, petition.DoneOnce, petition.UnitLiked, petition.SentBackShare}

// Sum adds up what every unit and month left.
func Sum(rows []IndicatorRow) petition.Figures {
	sum := petition.Figures{}
	for _, r := range rows {
		sum.Add(r.Figures)
	}
	return sum
}

// SumBelow adds up by the units directly below one, each with all below it; units that
// left nothing are there too.
func SumBelow(r petition.Rules, top petition.UnitID, rows []IndicatorRow) []petition.UnitFigures {
	var all []petition.UnitFigures
	for _, u := range r.Units.All() {
		if u.Parent != top || u.Gone() {
			continue
		}
		one := petition.UnitFigures{Unit: u.ID, Figures: petition.Figures{}}
		for _, row := range rows {
			if at, ok := r.Units.Unit(row.Unit); ok && at.Within(u) {
				one.Figures.Add(row.Figures)
			}
		}
		all = append(all, one)
	}
	return all
}

// Compared are the columns of the comparison.
func (indicatorsPage) Compared() []petition.Indicator { return comparedIndicators }

func (w *Office) showIndicators(c *gin.Context) error {
	return w.indicators(c, http.StatusOK, web.NewForm("indicators", c.Request.URL.Query()), nil)
}

// indicators shows the page; take is the form that takes it out as it was posted, or nil.
func (w *Office) indicators(c *gin.Context, status int, f, take *web.Form) error {
	v, err := w.indicatorsView(c, f)
	if err != nil {
		return err
	}
	if v.Take, err = w.taking(c, take, "/indicators", []string{"unit", "period", "revision"}, kept1(f.Values, "unit", "period", "revision")); err != nil {
		return err
	}
	if take != nil {
		f.Problems = take.Problems
	}
	return w.site.Show(c, status, "indicators", v)
}

func (w *Office) indicatorsView(c *gin.Context, f *web.Form) (v indicatorsPage, err error) {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return v, err
	}
	top := unitOr(petition.UnitID(f.Get("unit")), by.Unit)
	v = indicatorsPage{Form: f, Unit: unitName(rules, top), Units: unitOptions(rules, by), Period: petition.Period(f.Get("period"))}
	if v.Periods = w.periodOptions(c); v.Period == "" {
		v.Period = petition.Period(v.Periods[0].Value)
		f.Set("period", string(v.Period))
	}
	from, to, err := v.Period.Span()
	if err != nil {
		return v, web.NotFound()
	}
	v.Over = v.Period.Over(now)
	if v.Until = min(to, daysAgo(now, 1)); v.Until < from {
		v.Until = "" // its first day is not over
	}
	rows, err := w.store.Indicators(ctx, by, IndicatorQuery{Unit: top, From: from, To: to, Now: now})
	if err != nil {
		return v, err
	}
	figures, below := Sum(rows), SumBelow(rules, top, rows)
	if v.Kept, err = w.store.Snapshots(ctx, by, top, v.Period); err != nil {
		return v, err
	}
	if n := slices.IndexFunc(v.Kept, func(s petition.Snapshot) bool { return strconv.Itoa(s.Revision) == f.Get("revision") }); n >= 0 {
		v.Shown = &v.Kept[n]
		figures, below = v.Shown.Figures, v.Shown.Below
	}
	v.Closes = v.Over && by.Is(petition.OfficeHead) && top == by.Unit
	earlier, err := w.figuresBefore(c, top, v)
	if err != nil {
		return v, err
	}
	v.Lines = w.indicatorLines(c, figures, earlier)
	if v.Shown == nil { // today's cases are not those of a figure that was kept
		for i := range v.Lines {
			v.Lines[i].listed(top, from, to)
		}
	}
	v.Below = w.belowLines(c, rules, v.Period, below)
	v.Months, err = w.twelveMonths(c, top)
	return v, err
}

// figuresOf are those of a unit and all below it in a period; NotFound for what is none.
func (w *Office) figuresOf(c *gin.Context, top petition.UnitID, p petition.Period) (petition.Figures, error) {
	from, to, err := p.Span()
	if err != nil {
		return nil, web.NotFound()
	}
	rows, err := w.store.Indicators(c.Request.Context(), who(c).Actor, IndicatorQuery{Unit: top, From: from, To: to, Now: w.site.Now()})
	return Sum(rows), err
}

// figuresBefore are those of the period before; beside figures that were kept, the newest
// that were kept of it.
func (w *Office) figuresBefore(c *gin.Context, top petition.UnitID, v indicatorsPage) (petition.Figures, error) {
	if v.Shown == nil {
		return w.figuresOf(c, top, v.Period.Before())
	}
	kept, err := w.store.Snapshots(c.Request.Context(), who(c).Actor, top, v.Period.Before())
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return kept[0].Figures, nil
}

// periodOptions are the periods to choose from, the years first.
func (w *Office) periodOptions(c *gin.Context) []web.Option {
	var all []web.Option
	for _, p := range petition.PeriodsUntil(w.site.Now()) {
		all = append(all, web.Option{Value: string(p), Label: w.periodName(c, p)})
	}
	return all
}

// periodName is a period as people say it.
func (w *Office) periodName(c *gin.Context, p petition.Period) string {
	switch p.Months() {
	case 12:
		return w.say(c, "indicators.year", "year", string(p))
	case 3:
		return w.say(c, "indicators.quarter", "year", string(p[:4]), "n", string(p[6:]))
	}
	return w.say(c, "indicators.month", "year", string(p[:4]), "n", string(p[5:]))
}

func (w *Office) indicatorLines(c *gin.Context, now, before petition.Figures) []indicatorLine {
	var all []indicatorLine
	for _, i := range petition.Indicators {
		t := now.Of(i)
		line := indicatorLine{What: i, Tally: t, Figure: w.figure(c, i, t), Before: w.figure(c, i, before.Of(i)),
			Of: i.Reckoned() == petition.ByShare || i.Reckoned() == petition.ByMean}
		all = append(all, line)
	}
	return all
}

// figure writes an indicator: a percentage, days, or a number; a dash where there is
// nothing to reckon it of.
func (w *Office) figure(c *gin.Context, i petition.Indicator, t petition.Tally) string {
	return figureIn(func(key string, args ...any) string { return w.say(c, key, args...) }, i, t)
}

// figureIn is the same in the language that say speaks.
func figureIn(say func(key string, args ...any) string, i petition.Indicator, t petition.Tally) string {
	switch i.Reckoned() {
	case petition.ByCount, petition.ByStock:
		return strconv.Itoa(t.Num)
	case petition.ByMean:
		if t.Den == 0 {
			return say("indicators.nothing")
		}
		return say("indicators.days", "n", oneDecimal(float64(t.Num)/float64(t.Den)))
	}
	if t.Den == 0 {
		return say("indicators.nothing")
	}
	return percent(100 * float64(t.Num) / float64(t.Den))
}

// countedList is the list of what an indicator counts in a subtree and a period.
func countedList(i petition.Indicator, top petition.UnitID, from, to string, rest bool) string {
	q := url.Values{"indicator": {string(i)}, "unit": {string(top)}, "from": {from}, "to": {to}}
	if rest {
		q.Set("rest", "yes")
	}
	return "/ledgers/" + string(LedgerCounted) + "?" + q.Encode()
}

// belowLines compares the units directly below: who answers in time stands first, units of
// which nothing was due last; never by how much they have.
func (w *Office) belowLines(c *gin.Context, r petition.Rules, p petition.Period, units []petition.UnitFigures) []belowLine {
	var all []belowLine
	for _, u := range units {
		line := belowLine{ID: u.Unit, Name: unitName(r, u.Unit), inTime: -1,
			To: "/indicators?" + url.Values{"unit": {string(u.Unit)}, "period": {string(p)}}.Encode()}
		for _, i := range comparedIndicators {
			line.Figures = append(line.Figures, w.figure(c, i, u.Figures.Of(i)))
		}
		if t := u.Figures.Of(comparedIndicators[0]); t.Den > 0 {
			line.inTime = float64(t.Num) / float64(t.Den)
		}
		all = append(all, line)
	}
	slices.SortStableFunc(all, func(a, b belowLine) int { return cmp.Compare(b.inTime, a.inTime) })
	return all
}
