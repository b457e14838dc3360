package backoffice

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// takable is a list that is taken out on a page of its own, as it is narrowed. Its title
// and heads stand in the catalogues: "title.TITLE", "take_LIST.COLUMN.head".
type takable struct {
	title   string
	back    string
	filters []string
	columns []string
	rows    func(w *Office, c *gin.Context, f *web.Form, r petition.Rules) ([][]any, error)
}

// takables are those lists, by the last part of their address. Who may not see a list may
// not take it out: the store says so.
var takables = map[string]takable{
	"duties": {"duties", "/duties", []string{"list", "side", "kind", "cause", "unit", "late", "mine"},
		[]string{"kind", "title", "number", "from", "owner", "person", "due", "state", "outcome"}, (*Office).dutyRows},
	"backlog": {"backlog", "/backlog", []string{"days"},
		[]string{"number", "title", "unit", "received", "age", "leader", "due"}, (*Office).backlogRows},
	"gaps": {"gaps", "/gaps", []string{"status", "mine"},
		[]string{"number", "topic", "unit", "what", "owner", "due", "status"}, (*Office).gapRows},
	"accountability": {"accountabilities", "/accountability", nil,
		[]string{"number", "about", "facts", "measure", "state", "opened"}, (*Office).accountabilityRows},
	"inspections": {"inspections", "/inspections", nil,
		[]string{"team", "document", "about", "from", "to", "state", "asked"}, (*Office).inspectionRows},
	"reception": {"reception", "/reception", []string{"unit", "year"},
		[]string{"day", "time", "kind", "leader", "post", "place", "subject", "off"}, (*Office).sessionRows},
}

// takeAddress is where a list is taken out as it is narrowed.
func takeAddress(list string, filters url.Values) string {
	return "/take/" + list + "?" + kept1(filters, takables[list].filters...).Encode()
}

// TakeTo is where the list of the page is taken out.
func (v dutiesPage) TakeTo() string { return takeAddress("duties", v.Values) }

func (v backlogPage) TakeTo() string { return takeAddress("backlog", v.Values) }

func (v gapsPage) TakeTo() string { return takeAddress("gaps", v.Values) }

func (v receptionPage) TakeTo() string { return takeAddress("reception", v.Values) }

func (w *Office) askTakeList(c *gin.Context) error {
	return w.takeListPage(c, http.StatusOK, web.NewForm("take", c.Request.URL.Query()), nil)
}

// takenList is the list that an address names, with its rows.
func (w *Office) takenList(c *gin.Context, f *web.Form) (t takable, rows [][]any, err error) {
	t, ok := takables[c.Param("list")]
	if !ok {
		return t, nil, web.NotFound()
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return t, nil, err
	}
	rows, err = t.rows(w, c, f, rules)
	return t, rows, err
}

func (w *Office) takeListPage(c *gin.Context, status int, f, take *web.Form) error {
	t, rows, err := w.takenList(c, f)
	if err != nil {
		return err
	}
	kept := kept1(f.Values, t.filters...)
	v := takePage{Title: "title." + t.title, What: w.say(c, "take.rows", "n", len(rows)), Back: t.back + "?" + kept.Encode()}
	if v.Take, err = w.taking(c, take, "/take/"+c.Param("list"), t.filters, kept); err != nil {
		return err
	}
	return w.site.Show(c, status, "take", v)
}

// takeList gives the list as a spreadsheet, after it was counted and recorded.
func (w *Office) takeList(c *gin.Context) error {
	f, err := w.posted(c, "take")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.takeListPage(c, http.StatusUnprocessableEntity, f, take)
	}
	t, rows, err := w.takenList(c, f)
	if err != nil {
		return err
	}
	return w.sendTable(c, "title."+t.title, "take_"+c.Param("list"), "huiyin-"+c.Param("list"), f.Get("purpose"), t.columns, rows)
}

// named is a word of a group; "" for none.
func (w *Office) named(c *gin.Context, group, value string) any {
	if value == "" {
		return ""
	}
	return safeCell(w.say(c, group+"."+value))
}

func (w *Office) dutyRows(c *gin.Context, f *web.Form, r petition.Rules) (rows [][]any, err error) {
	by := who(c).Actor
	q, err := dutyQuery(f, by, w.site.Now())
	if err != nil {
		return nil, err
	}
	for q.After = ""; len(rows) < exportMost; {
		page, err := w.store.Duties(c.Request.Context(), by, q)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Rows {
			rows = append(rows, []any{w.named(c, "duty.kind", string(d.Kind)), safeCell(d.Title), safeCell(d.Number), safeCell(unitName(r, d.From)),
				safeCell(unitName(r, d.Owner)), safeCell(d.Person), d.Due, w.named(c, "duty.state", string(d.State)), w.named(c, "duty.outcome", d.Outcome)})
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	return rows, nil
}

func (w *Office) backlogRows(c *gin.Context, f *web.Form, r petition.Rules) ([][]any, error) {
	now := w.site.Now()
	list, err := w.store.Backlog(c.Request.Context(), who(c).Actor, chosenDays(f), now)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, b := range list.Rows {
		rows = append(rows, []any{b.Number, safeCell(b.Title), safeCell(unitName(r, b.Unit)), petition.Day(b.Received),
			int(now.Sub(b.Received) / (24 * time.Hour)), safeCell(b.Leader), b.Due})
	}
	return rows, nil
}

// chosenDays is after how many days a case is old: the usual number unless another of the
// list is chosen.
func chosenDays(f *web.Form) int {
	for _, n := range backlogDays {
		if f.Get("days") == strconv.Itoa(n) {
			return n
		}
	}
	return backlogDays[0]
}

func (w *Office) gapRows(c *gin.Context, f *web.Form, r petition.Rules) (rows [][]any, err error) {
	q, err := gapQuery(f)
	if err != nil {
		return nil, err
	}
	for len(rows) < exportMost {
		page, err := w.store.Gaps(c.Request.Context(), who(c).Actor, q)
		if err != nil {
			return nil, err
		}
		for _, g := range page.Rows {
			rows = append(rows, []any{g.Number, w.named(c, "topic", string(g.Topic)), safeCell(unitName(r, g.Unit)), safeCell(g.What),
				safeCell(g.OwnerName), g.Due, w.named(c, "gap.status", string(g.Status))})
			q.AfterSettled, q.AfterDue, q.After = g.Status.Settled(), g.Due, g.Case
		}
		if !page.More {
			break
		}
	}
	return rows, nil
}

func (w *Office) accountabilityRows(c *gin.Context, _ *web.Form, r petition.Rules) ([][]any, error) {
	found, err := w.store.Accountabilities(c.Request.Context(), who(c).Actor)
	var rows [][]any
	for _, a := range found {
		first := a.Entries[0]
		rows = append(rows, []any{a.Number, safeCell(unitName(r, a.About)), safeCell(first.Text), w.named(c, "account.by", first.Measure),
			w.named(c, "account.is", string(a.State)), petition.Day(first.At)})
	}
	return rows, err
}

func (w *Office) inspectionRows(c *gin.Context, _ *web.Form, r petition.Rules) ([][]any, error) {
	found, err := w.store.Inspections(c.Request.Context(), who(c).Actor)
	var rows [][]any
	for _, i := range found {
		ask := i.Ask()
		rows = append(rows, []any{safeCell(ask.Team), safeCell(ask.Document), safeCell(unitName(r, i.About)), ask.From, ask.To,
			w.named(c, "inspection.state", string(i.State())), petition.Day(ask.At)})
	}
	return rows, err
}

func (w *Office) sessionRows(c *gin.Context, f *web.Form, _ petition.Rules) ([][]any, error) {
	year, err := w.receptionYear(f)
	if err != nil {
		return nil, err
	}
	p, err := w.store.Plan(c.Request.Context(), who(c).Actor, petition.UnitID(f.Get("unit")), year)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, s := range p.Sessions {
		rows = append(rows, []any{s.Day, s.From + "–" + s.Until, w.named(c, "session.kind", string(s.Kind)), safeCell(s.Leader), safeCell(s.Post),
			safeCell(s.Place), safeCell(s.Subject), safeCell(s.Off)})
	}
	return rows, nil
}
