package backoffice

import (
	"net/http"
	"net/url"
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

	Units, Topics, Tracks, Channels, States []web.Option
}

// tab is a count that is a link.
type tab struct {
	Key, To, Class string
	Count          int
	Current        bool
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

// queues are the tabs in the order of a petition's life.
var queues = []petition.Queue{petition.ToRegister, petition.ToTriage, petition.ToApprove, petition.ToAccept,
	petition.ToHandle, petition.ToSign, petition.ToServe, petition.ToAudit, petition.Waiting}

func (w *Office) showQueue(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	f := web.NewForm("queue", c.Request.URL.Query())
	q := readQuery(f, now)
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
	c.Set(countsKey, pill{todo(counts), dues.Over})
	v := queuePage{Form: f, Title: queueTitle(q), Unit: unitName(rules, unitOr(q.Unit, by.Unit)),
		Tabs: queueTabs(f, counts, q), Dues: dueTabs(f, dues, q), Groups: groups(rules, page.Rows, now),
		Rows: len(page.Rows), Chips: w.chips(c, f, rules), Export: "/queue.xlsx?" + f.Values.Encode(),
		Clear: queueAddress(nil, "queue", string(q.Queue)), Counter: by.Is(counterRoles...), More: f.Has("filters", "1") || f.Get("from") != "" || f.Get("to") != ""}
	if page.Next != "" {
		v.Next = queueAddress(f.Values, "after", page.Next)
	}
	if q.After != "" {
		v.First = queueAddress(f.Values, "after", "")
	}
	w.queueOptions(c, &v, by, rules)
	return w.site.Show(c, http.StatusOK, "queue", v)
}

// counts are the tabs' figures. They are kept for the actor's own unit; another
// unit's list has none.
func (w *Office) counts(c *gin.Context, by petition.Actor, unit petition.UnitID, now time.Time) (map[petition.Queue]int, error) {
	if unit != "" && unit != by.Unit {
		return map[petition.Queue]int{}, nil
	}
	return w.store.Counts(c.Request.Context(), by, now)
}

// readQuery turns the filter form into a question to the store. Unknown words are
// left to find nothing.
func readQuery(f *web.Form, now time.Time) QueueQuery {
	return QueueQuery{
		Queue: petition.Queue(f.Get("queue")), Unit: petition.UnitID(f.Get("unit")), Mine: f.Get("mine") == "yes",
		Due: f.Get("due"), Topic: f.Get("topic"), Track: petition.Track(f.Get("track")),
		Channel: petition.Channel(f.Get("channel")), State: petition.State(f.Get("state")),
		From: dayOrNone(f, "from"), To: dayOrNone(f, "to"), After: f.Get("after"), Limit: pageRows, Now: now,
	}
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

func todo(counts map[petition.Queue]int) int {
	n := 0
	for _, q := range queues {
		if q != petition.Waiting {
			n += counts[q]
		}
	}
	return n
}

func queueTabs(f *web.Form, counts map[petition.Queue]int, q QueueQuery) []tab {
	all := 0
	for _, one := range queues {
		all += counts[one]
	}
	tabs := []tab{{Key: "queue.all", To: queueAddress(f.Values, "queue", ""), Count: all, Current: q.Queue == ""}}
	for _, one := range queues {
		tabs = append(tabs, tab{Key: "queue." + string(one), To: queueAddress(f.Values, "queue", string(one)),
			Count: counts[one], Current: q.Queue == one})
	}
	return tabs
}

func dueTabs(f *web.Form, d DueCounts, q QueueQuery) []tab {
	to := func(due string) string { return queueAddress(f.Values, "due", due) }
	return []tab{
		{"urgency.over", to("over"), "d-over", d.Over, q.Due == "over"},
		{"urgency.soon", to("soon"), "d-soon", d.Soon, q.Due == "soon"},
		{"urgency.week", to("week"), "d-week", d.Week, q.Due == "week"},
		{"queue.open", to(""), "", d.Open, q.Due == ""},
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
	}
	return 6
}
