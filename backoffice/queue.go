package backoffice

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// pageRows is how many rows a page of a list has.
const pageRows = 25

// queuePage is the view of pages/queue.html.
type queuePage struct {
	*web.Form
	Title   string // catalogue key
	Unit    string
	Tabs    []tab
	Dues    []tab
	Groups  []dueGroup
	Chips   []chip
	Rows    int
	Next    string // address of the next page
	First   string // address of the first page; "" on it
	Export  string
	Clear   string
	More    bool // the narrower filters are shown on a telephone
	Counter bool // may register letters, visits and calls

	Units, Topics, Tracks, Channels, States, Stages []web.Option
}

// tab is a count that is a link to exactly what it counts.
type tab struct {
	Key, To, Class string
	Count          int
	Current        bool
	Bare           bool // other filters are in force: how many is not known
}

// dueGroup is the rows of one colour.
type dueGroup struct {
	Urgency petition.Urgency
	None    bool // no clock runs for them
	Rows    []row
}

// chip is one filter in force and the address without it.
type chip struct{ Label, To string }

// row is a leg in a list.
type row struct {
	QueueRow
	Unit   string
	Due    due
	Marks  int // of six
	Waits  bool
	Online bool
}

// due is when something is due, for people: colour and words say the same.
type due struct {
	Urgency petition.Urgency
	Days    int // left, or over
	At      time.Time
	Clock   petition.ClockKind
	None    bool // no clock runs
}

func (w *Office) showQueue(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	f := web.NewForm("queue", c.Request.URL.Query())
	q, err := readQuery(f, now)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.Queue(ctx, by, q)
	if err != nil {
		return err
	}
	counts, err := w.counts(c, by, q.Unit, now)
	if err != nil {
		return err
	}
	dues, err := w.store.Dues(ctx, by, q.Unit, now)
	if err != nil {
		return err
	}
	c.Set(countsKey, pill{todo: sum(counts.Mine), over: dues.Over, notices: counts.Notices})
	say := w.sayIn(web.Lang(c))
	v := queuePage{Form: f, Title: queueTitle(q), Unit: w.listUnit(say, rules, q, by),
		Tabs: queueTabs(f, counts, q), Dues: dueTabs(f, dues, q), Groups: groups(rules, page.Rows, now),
		Rows: len(page.Rows), Chips: w.chips(say, f, rules), Export: "/queue/export?" + kept1(f.Values, queueFilters...).Encode(),
		Clear: queueAddress(kept1(f.Values, "queue", "todo", "below", "stage", "unit"), "after", ""), Counter: by.Is(petition.Registrar), More: f.Has("filters", "1") || f.Get("from") != "" || f.Get("to") != ""}
	if page.Next != "" {
		v.Next = queueAddress(f.Values, "after", page.Next)
	}
	if q.After != "" {
		v.First = queueAddress(f.Values, "after", "")
	}
	w.queueOptions(c, &v, by, rules)
	return w.site.Show(c, http.StatusOK, "queue", v)
}

// listUnit names whose list it is.
func (w *Office) listUnit(say sayer, r petition.Rules, q QueueQuery, by petition.Actor) string {
	name := unitName(r, unitOr(q.Unit, by.Unit))
	if q.Below {
		return say("queue.and_below", "unit", name)
	}
	return name
}

// counts are the tabs' figures. They are kept for the actor's own unit; another
// unit's list has none.
func (w *Office) counts(c *gin.Context, by petition.Actor, unit petition.UnitID, now time.Time) (Counts, error) {
	if unit != "" && unit != by.Unit {
		return Counts{}, nil
	}
	return w.store.Counts(c.Request.Context(), by, now)
}

// readQuery turns the filter form into a question to the store. It fails with NotFound
// for a queue that there is not; a filter that says nothing we know is said at its
// field and not asked for.
func readQuery(f *web.Form, now time.Time) (QueueQuery, error) {
	q := QueueQuery{
		Queue: petition.Queue(f.Get("queue")), Unit: petition.UnitID(f.Get("unit")),
		Mine: one(f, "mine", "yes") != "", Todo: one(f, "todo", "yes") != "", Below: one(f, "below", "yes") != "",
		Due: one(f, "due", "over", "soon", "week"), Topic: oneTopic(f),
		Track:   one(f, "track", petition.Claim, petition.Advice, petition.Enquiry),
		Channel: one(f, "channel", petition.Channels...), State: one(f, "state", openStates...),
		Stage: one(f, "stage", openStageWords()...), From: dayOrNone(f, "from"), To: dayOrNone(f, "to"),
		After: f.Get("after"), Limit: pageRows, Now: now,
	}
	if q.Queue != "" && !slices.Contains(petition.Queues, q.Queue) {
		return q, web.NotFound()
	}
	return q, nil
}

// queueFilters are what narrows a list.
var queueFilters = []string{"queue", "unit", "mine", "todo", "below", "due", "topic", "track", "channel", "state", "stage", "from", "to"}

// one is the value of a filter if it is one of those known; any other is refused at its
// field, and the list shown without it.
func one[T ~string](f *web.Form, field string, known ...T) T {
	value := T(f.Get(field))
	if value == "" || slices.Contains(known, value) {
		return value
	}
	f.Refuse(field, "problem.filter", "value", string(value))
	return ""
}

// oneTopic is a content code or the letter of a group of them.
func oneTopic(f *web.Form) string {
	var known []string
	for _, t := range petition.Topics {
		known = append(known, string(t.Code), string(t.Code[:1]))
	}
	return one(f, "topic", known...)
}

// openStageWords are the stages that an open leg can be in, and Active for all but the
// last.
func openStageWords() []string {
	words := []string{Active}
	for _, s := range append(slices.Clone(openStages), petition.StagePassed) {
		words = append(words, string(s))
	}
	return words
}

// dayOrNone is the day typed; a day that is none is said at its field and not asked for.
func dayOrNone(f *web.Form, field string) string {
	day := f.Get(field)
	if day == "" {
		return ""
	}
	if _, err := petition.ParseDay(day); err != nil {
		f.Refuse(field, "error.bad_day")
		return ""
	}
	return day
}

func queueTitle(q QueueQuery) string {
	switch {
	case q.Mine:
		return "queue.title_mine"
	case q.Due == "over":
		return "queue.title_over"
	case q.Due == "soon":
		return "queue.title_soon"
	case q.Todo:
		return "queue.title_todo"
	}
	return "queue.title"
}

func unitOr(unit, own petition.UnitID) petition.UnitID {
	if unit == "" {
		return own
	}
	return unit
}

// queueAddress is the list with one filter changed, from its first page.
func queueAddress(v url.Values, name, value string) string {
	next := url.Values{}
	for k, all := range v {
		if k != "after" && k != "lang" && k != "view" && len(all) > 0 && all[0] != "" {
			next.Set(k, all[0])
		}
	}
	next.Set(name, value)
	if value == "" {
		next.Del(name)
	}
	if len(next) == 0 {
		return "/queue"
	}
	return "/queue?" + next.Encode()
}

func sum(counts map[petition.Queue]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// kept1 is the first value of some fields, of those that have one.
func kept1(v url.Values, fields ...string) url.Values {
	kept := url.Values{}
	for _, name := range fields {
		if value := v.Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	return kept
}

// narrowed tells whether a filter is in force that no kept figure knows of.
func narrowed(f *web.Form) bool {
	for _, name := range []string{"mine", "topic", "track", "channel", "state", "stage", "from", "to", "below"} {
		if f.Get(name) != "" && f.Problem(name) == nil {
			return true
		}
	}
	return false
}

// queueTabs are the queues with what the unit's figures say of each; while the list is
// narrowed further the tabs keep that, and say no figure that would be another's.
func queueTabs(f *web.Form, counts Counts, q QueueQuery) []tab {
	bare := narrowed(f) || q.Due != ""
	base := f.Values
	if !bare {
		base = kept1(f.Values, "unit")
	}
	base = without(base, "todo")
	open := 0
	for _, queue := range petition.Queues {
		open += counts.All[queue]
	}
	todo := sum(counts.Mine)
	tabs := []tab{
		{Key: "queue.todo", To: queueAddress(without(base, "queue"), "todo", "yes"), Count: todo,
			Current: q.Todo && q.Queue == "", Bare: bare && todo > 0},
		{Key: "queue.all", To: queueAddress(base, "queue", ""), Count: open, Current: q.Queue == "" && !q.Todo, Bare: bare},
	}
	for _, queue := range petition.Queues {
		tabs = append(tabs, tab{Key: "queue." + string(queue), To: queueAddress(base, "queue", string(queue)),
			Count: counts.All[queue], Current: q.Queue == queue, Bare: bare && counts.All[queue] > 0})
	}
	return tabs
}

func without(v url.Values, field string) url.Values {
	less := url.Values{}
	for k, all := range v {
		if k != field {
			less[k] = all
		}
	}
	return less
}

// dueTabs are the unit's figures by due day. They are of all its open cases, so their
// links leave the queue.
func dueTabs(f *web.Form, d DueCounts, q QueueQuery) []tab {
	bare := narrowed(f)
	base := f.Values
	if !bare {
		base = kept1(f.Values, "unit")
	}
	to := func(due string) string { return queueAddress(without(without(base, "queue"), "todo"), "due", due) }
	return []tab{
		{"urgency.over", to("over"), "d-over", d.Over, q.Due == "over", bare},
		{"urgency.soon", to("soon"), "d-soon", d.Soon, q.Due == "soon", bare},
		{"urgency.week", to("week"), "d-week", d.Week, q.Due == "week", bare},
		{"queue.open", to(""), "", d.Open, q.Due == "" && q.Queue == "" && !q.Todo, bare},
	}
}

// groups divides the rows, which come nearest due first, by colour.
func groups(r petition.Rules, rows []QueueRow, now time.Time) []dueGroup {
	var all []dueGroup
	for _, one := range rows {
		v := row{QueueRow: one, Unit: unitName(r, one.Unit), Due: dueOf(one.Clock, one.Warn, one.Due, now),
			Marks: marks(one.State), Online: one.Channel.Online()}
		if n := len(all); n == 0 || all[n-1].Urgency != v.Due.Urgency || all[n-1].None != v.Due.None {
			all = append(all, dueGroup{Urgency: v.Due.Urgency, None: v.Due.None})
		}
		g := &all[len(all)-1]
		g.Rows = append(g.Rows, v)
	}
	return all
}

// dueOf words a limit: days are counted to the last day as the clock counts it, and
// it is overdue only after the rolled day has ended.
func dueOf(k petition.ClockKind, warn, end, now time.Time) due {
	if end.IsZero() {
		return due{None: true, Urgency: petition.Calm}
	}
	if warn.IsZero() {
		warn = end
	}
	u := petition.Clock{Kind: k, Warn: warn, Due: end}.Urgency(now)
	d := due{Urgency: u, At: end, Clock: k, Days: petition.DaysBetween(now, end)}
	if u == petition.Over {
		d.Days = petition.DaysBetween(end, now)
	}
	return d
}

// marks is how far a leg is, of six: registered, checked, told, handled, signed, closed.
func marks(s petition.State) int {
	switch petition.StageOf(s) {
	case petition.StageIntake:
		return 1
	case petition.StageTriage:
		return 2
	case petition.StageHandling:
		if s == petition.Accepted {
			return 3
		}
		return 4
	case petition.StageSigning, petition.StageClosing:
		return 5
	case petition.StagePassed:
		return 2
	case petition.StageReview:
		switch s {
		case petition.ReviewAsked:
			return 2
		case petition.UnderReview:
			return 4
		}
	}
	return 6
}
