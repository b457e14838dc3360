package backoffice

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// analysisPage is the view of pages/analysis.html: what came in a period, by matter and how
// it was handled (信访情况分析, clause 11); of one content code it is a special analysis
// (专题分析).
type analysisPage struct {
	*web.Form
	Unit    string
	Units   []web.Option
	Period  petition.Period
	Periods []web.Option
	Topics  []web.Option
	Title   string
	Summary string
	Tables  []table
	Months  []monthBar
	Left    int // how many lists may still be taken out today
	Keep    []hidden
}

// monthBar is a month's column in the chart, 130 pixels high at most.
type monthBar struct {
	Month     string
	N         int
	X, Mid    string
	Wide      string
	Top, High int
}

func (w *Office) showAnalysis(c *gin.Context) error {
	return w.analysis(c, http.StatusOK, web.NewForm("analysis", c.Request.URL.Query()))
}

func (w *Office) analysis(c *gin.Context, status int, f *web.Form) error {
	v, err := w.analysisView(c, f)
	if err != nil {
		return err
	}
	return w.site.Show(c, status, "analysis", v)
}

func (w *Office) analysisView(c *gin.Context, f *web.Form) (v analysisPage, err error) {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return v, err
	}
	top := unitOr(petition.UnitID(f.Get("unit")), by.Unit)
	v = analysisPage{Form: f, Unit: unitName(rules, top), Units: unitOptions(rules, by), Period: petition.Period(f.Get("period")),
		Periods: w.periodOptions(c), Topics: w.topicOptions(c, true)}
	if v.Period == "" {
		v.Period = petition.Period(v.Periods[0].Value)
		f.Set("period", string(v.Period))
	}
	topic := petition.Topic(f.Get("topic"))
	if topic != "" && !slices.ContainsFunc(v.Topics, func(o web.Option) bool { return o.Value == string(topic) }) {
		return v, web.NotFound()
	}
	from, to, err := v.Period.Span()
	if err != nil {
		return v, web.NotFound()
	}
	to = min(to, petition.Day(w.site.Now()))
	came, err := w.store.Arrivals(ctx, by, ArrivalQuery{Unit: top, From: from, To: to, Topic: topic})
	if err != nil {
		return v, err
	}
	a := analyst{say: w.sayer(c), rules: rules, top: top, came: came}
	v.Title, v.Summary = a.title(topic, w.periodName(c, v.Period)), a.summary()
	v.Months = a.months(from, to)
	v.Tables = []table{a.topics(), a.channels(), a.units()}
	if topic == "" {
		figures, err := w.figuresOf(c, top, v.Period)
		if err != nil {
			return v, err
		}
		v.Tables = append(v.Tables, w.handlingTable(c, figures))
	}
	advice, err := w.adviceTable(c, rules, top, topic, from, to)
	if err != nil {
		return v, err
	}
	v.Tables = append(v.Tables, advice, a.monthly(v.Months))
	if v.Left, err = w.store.ExportsLeft(ctx, by, w.site.Now()); err != nil {
		return v, err
	}
	for _, name := range []string{"unit", "period", "topic"} {
		if value := f.Get(name); value != "" {
			v.Keep = append(v.Keep, hidden{name, value})
		}
	}
	return v, nil
}

// analyst makes tables of sums.
type analyst struct {
	say   sayer
	rules petition.Rules
	top   petition.UnitID
	came  []Arrival
}

// title names the analysis: of a period, or of a matter in it.
func (a analyst) title(topic petition.Topic, period string) string {
	if topic == "" {
		return a.say("analysis.of_period", "unit", unitName(a.rules, a.top), "period", period)
	}
	return a.say("analysis.of_topic", "unit", unitName(a.rules, a.top), "period", period, "topic", a.say("topic."+string(topic)))
}

// total are all sums together.
func (a analyst) total() (all Arrival) {
	for _, one := range a.came {
		all.N, all.Judged, all.Again = all.N+one.N, all.Judged+one.Judged, all.Again+one.Again
	}
	return all
}

// by sums under a key, in the order of how many.
func (a analyst) by(key func(Arrival) string) []Arrival {
	sums := make(map[string]Arrival)
	for _, one := range a.came {
		k := key(one)
		s := sums[k]
		s.Unit, s.Topic, s.Channel = one.Unit, one.Topic, one.Channel
		s.N, s.Judged, s.Again = s.N+one.N, s.Judged+one.Judged, s.Again+one.Again
		sums[k] = s
	}
	keys := slices.SortedFunc(maps.Keys(sums), func(x, y string) int {
		return cmp.Or(cmp.Compare(sums[y].N, sums[x].N), cmp.Compare(x, y))
	})
	all := make([]Arrival, len(keys))
	for i, k := range keys {
		all[i] = sums[k]
	}
	return all
}

// topicsSaid is how many kinds of matters the summary names.
const topicsSaid = 3

// summary is the first paragraph of an analysis: how many, of what most, how many again.
func (a analyst) summary() string {
	all := a.total()
	if all.N == 0 {
		return a.say("analysis.nothing")
	}
	said := a.say("analysis.came", "n", all.N)
	var most []string
	for _, t := range a.by(func(one Arrival) string { return string(one.Topic) }) {
		if t.Topic != "" && len(most) < topicsSaid {
			most = append(most, a.say("analysis.of", "topic", a.say("topic."+string(t.Topic)), "n", t.N, "share", share(t.N, all.N)))
		}
	}
	if len(most) > 0 {
		said += a.say("analysis.most", "most", strings.Join(most, a.say("analysis.and")))
	}
	if all.Judged > 0 {
		said += a.say("analysis.again", "share", share(all.Again, all.Judged), "n", all.Again, "of", all.Judged)
	}
	return said
}

func share(n, of int) string {
	if of == 0 {
		return ""
	}
	return percent(100 * float64(n) / float64(of))
}

func (a analyst) line(said string, one Arrival, of int) []string {
	return []string{said, strconv.Itoa(one.N), share(one.N, of), share(one.Again, one.Judged)}
}

func (a analyst) topics() table {
	t := newTable(a.say, "analysis", "topics", "what", "count", "share", "again")
	for _, one := range a.by(func(one Arrival) string { return string(one.Topic) }) {
		said := a.say("analysis.uncoded")
		if one.Topic != "" {
			said = string(one.Topic) + " " + a.say("topic."+string(one.Topic))
		}
		t.row(a.line(said, one, a.total().N)...)
	}
	return t
}

func (a analyst) channels() table {
	t := newTable(a.say, "analysis", "channels", "what", "count", "share", "again")
	for _, one := range a.by(func(one Arrival) string { return string(one.Channel) }) {
		t.row(a.line(a.say("channel."+string(one.Channel)), one, a.total().N)...)
	}
	return t
}

// units are in the order of the tree: how much comes to a unit ranks nobody.
func (a analyst) units() table {
	t := newTable(a.say, "analysis", "units", "what", "count", "share", "again")
	sums := make(map[petition.UnitID]Arrival)
	for _, one := range a.by(func(one Arrival) string { return string(one.Unit) }) {
		sums[one.Unit] = one
	}
	for _, u := range a.rules.Units.All() {
		if one, ok := sums[u.ID]; ok {
			t.row(a.line(u.Short, one, a.total().N)...)
		}
	}
	return t
}

// months are the columns of the chart, one for each month of the days.
func (a analyst) months(from, to string) []monthBar {
	counts, most := make(map[string]int), 1
	for _, one := range a.came {
		counts[one.Month] += one.N
		most = max(most, counts[one.Month])
	}
	var all []monthBar
	for day, err := petition.ParseDay(from[:7] + "-01"); err == nil && petition.Day(day) <= to; day = day.AddDate(0, 1, 0) {
		month := petition.Day(day)[:7]
		all = append(all, monthBar{Month: month, N: counts[month], High: 130 * counts[month] / most})
	}
	for i := range all {
		column := 100 / float64(len(all))
		x := float64(i) * column
		all[i].X, all[i].Wide, all[i].Mid = percent(x+column*.25), percent(column*.5), percent(x+column*.5)
		all[i].Top = 160 - all[i].High
	}
	return all
}

func (a analyst) monthly(months []monthBar) table {
	t := newTable(a.say, "analysis", "months", "month", "count")
	for _, m := range months {
		t.row(m.Month, strconv.Itoa(m.N))
	}
	return t
}

// handlingTable is how timely and how well matters were handled.
func (w *Office) handlingTable(c *gin.Context, figures petition.Figures) table {
	t := newTable(w.sayer(c), "analysis", "handling", "what", "count", "of")
	for _, l := range w.indicatorLines(c, figures, nil) {
		if l.What.Reckoned() != petition.ByCount {
			t.row(w.say(c, "indicator."+string(l.What)), l.Figure, w.say(c, "indicator."+string(l.What)+".of"))
		}
	}
	return t
}

// adviceTable is the common issues that were found to be some, and what became of advice.
func (w *Office) adviceTable(c *gin.Context, r petition.Rules, top petition.UnitID, topic petition.Topic, from, to string) (table, error) {
	t := newTable(w.sayer(c), "analysis", "issues", "month", "unit", "what", "text", "status")
	found, err := w.confirmedIssues(c, r, top, topic, from, to)
	for _, i := range found {
		t.row(i.Month, i.UnitName, w.say(c, "topic."+string(i.Topic)), i.Last(petition.IssueConfirmed).Text,
			w.say(c, "issue.status."+string(i.Status())))
	}
	return t, err
}

// figuresSaid are the figures that the office puts to a consultation before a decision
// (scenario 11.3): of its unit's last twelve months, to be put into its own words.
func (w *Office) figuresSaid(c *gin.Context) (string, error) {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return "", err
	}
	q := ArrivalQuery{Unit: by.Unit, From: petition.Day(now.AddDate(-1, 0, 1)), To: petition.Day(now)}
	came, err := w.store.Arrivals(ctx, by, q)
	if err != nil {
		return "", err
	}
	a := analyst{say: w.sayIn("zh-CN"), rules: rules, top: by.Unit, came: came}
	return a.say("analysis.year", "from", q.From, "to", q.To) + a.summary(), nil
}
