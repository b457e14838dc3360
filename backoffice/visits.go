package backoffice

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// visitsPage is the view of pages/visits.html: the register of the reception desk, a page
// of it or all of it to be printed.
type visitsPage struct {
	*web.Form
	Unit    string
	Units   []web.Option
	Rows    []visitLine
	People  int       // of the lines shown
	Add     *web.Form // the form of a new line; nil where the reader may write none
	Nonce   string
	Officer []web.Option
	Next    string
	First   string
	Take    *taking
	Sheet   bool
	Mark    string
}

// visitLine is a line of the register as it stands now.
type visitLine struct {
	petition.Visit
	Is       petition.VisitEntry
	Own      bool   // of the reader's unit: he may write
	Register string // where a case is registered from it
}

// visitPage is the view of pages/visit.html.
type visitPage struct {
	*web.Form
	visitLine
	Entries []petition.VisitEntry // newest first
	Officer []web.Option
}

func lineOfVisit(v petition.Visit, by petition.Actor) visitLine {
	one := visitLine{Visit: v, Is: v.Now(), Own: v.Unit == by.Unit}
	if one.Own && by.Is(petition.Registrar) {
		one.Register = "/register/visit?visit=" + v.ID.String()
	}
	return one
}

// visitFilters narrow the register.
var visitFilters = []string{"unit", "from", "to"}

func (w *Office) showVisits(c *gin.Context) error {
	q := c.Request.URL.Query()
	f := web.NewForm("visits", q)
	if !q.Has("from") && !q.Has("to") {
		today := petition.Day(w.site.Now())
		f.Set("from", today)
		f.Set("to", today)
	}
	return w.visits(c, http.StatusOK, f, nil, nil)
}

// visits shows a page; take and add are its two forms as they were posted, or nil.
func (w *Office) visits(c *gin.Context, status int, f, take, add *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	q := readVisits(f)
	q.After = f.Get("after")
	page, err := w.store.Visits(ctx, by, q)
	if err != nil {
		return err
	}
	v := visitsPage{Form: f, Unit: unitName(rules, unitOr(q.Unit, by.Unit)), Units: unitOptions(rules, by)}
	v.fill(page.Rows, by)
	if unitOr(q.Unit, by.Unit) == by.Unit {
		if err := w.visitForm(c, &v, add); err != nil {
			return err
		}
	}
	kept := url.Values{}
	for _, name := range visitFilters {
		kept.Set(name, f.Get(name))
	}
	if v.Take, err = w.taking(c, take, "/visits/out", visitFilters, kept); err != nil {
		return err
	}
	v.Take.Print = true
	for _, posted := range []*web.Form{take, add} {
		if posted != nil {
			f.Problems = append(f.Problems, posted.Problems...)
		}
	}
	v.Next, v.First = pager("/visits", kept, page.Next, q.After != "")
	return w.site.Show(c, status, "visits", v)
}

func readVisits(f *web.Form) VisitQuery {
	return VisitQuery{Unit: petition.UnitID(f.Get("unit")), From: dayOrNone(f, "from"), To: dayOrNone(f, "to"), Limit: pageRows}
}

func (v *visitsPage) fill(rows []petition.Visit, by petition.Actor) {
	for _, one := range rows {
		line := lineOfVisit(one, by)
		v.Rows = append(v.Rows, line)
		v.People += line.Is.People
	}
}

// visitForm is the form of a new line: of now, unless it was typed.
func (w *Office) visitForm(c *gin.Context, v *visitsPage, add *web.Form) error {
	var err error
	if v.Officer, err = w.receivers(c); err != nil {
		return err
	}
	if add == nil {
		now := w.site.Now().In(petition.Shanghai)
		add = web.NewForm("visit", nil)
		add.Set("day", petition.Day(now))
		add.Set("arrived", now.Format("15:04"))
		add.Set("people", "1")
		add.Set("officer", who(c).Actor.Staff.String())
	}
	v.Add = add
	if v.Nonce = add.Get("nonce"); v.Nonce == "" {
		id, err := petition.MakeID(w.site.Now(), w.random)
		v.Nonce = id.String()
		return err
	}
	return nil
}

// receivers are the people of the unit who may receive visitors.
func (w *Office) receivers(c *gin.Context) ([]web.Option, error) {
	by := who(c).Actor
	people, err := w.store.Colleagues(c.Request.Context(), by, by.Unit)
	var all []web.Option
	for _, p := range people {
		if (petition.Actor{Roles: p.Roles}).Is(deskRoles...) {
			all = append(all, web.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return all, err
}

// readVisit is a line as it was typed; the rules say what is wrong with it.
func readVisit(f *web.Form) petition.VisitEntry {
	people, err := strconv.Atoi(f.Get("people"))
	if err != nil {
		people = 0
	}
	return petition.VisitEntry{Step: petition.VisitStep(f.Get("step")), People: people, Arrived: f.Get("arrived"),
		Left: f.Get("left"), Room: f.Get("room"), Officer: chosenID(f, "officer"), Why: f.Get("why")}
}

func (w *Office) addVisit(c *gin.Context) error {
	f, err := w.posted(c, "visit")
	if err != nil {
		return err
	}
	day := f.Get("day")
	if f.OK() {
		_, err = w.store.AddVisit(c.Request.Context(), who(c).Actor, f.Get("nonce"), day, readVisit(f), w.site.Now())
	}
	if f.Refused(err) || err == nil && !f.OK() {
		shown := web.NewForm("visits", url.Values{"from": {petition.Day(w.site.Now())}, "to": {petition.Day(w.site.Now())}})
		return w.visits(c, http.StatusUnprocessableEntity, shown, nil, f)
	}
	if err != nil && kind(err) != petition.Conflict { // sent twice: it is there
		return err
	}
	w.site.Flash(c, "flash.visit_arrive")
	return w.site.Go(c, "/visits?from="+day+"&to="+day)
}

func (w *Office) showVisit(c *gin.Context) error {
	return w.visit(c, http.StatusOK, nil)
}

// visit shows a line with all that was written of it; f is the form as it was posted, or
// nil.
func (w *Office) visit(c *gin.Context, status int, f *web.Form) error {
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	by := who(c).Actor
	found, err := w.store.Visit(c.Request.Context(), by, id)
	if err != nil {
		return err
	}
	if f == nil {
		f = formOfVisit(found.Now())
	}
	v := visitPage{Form: f, visitLine: lineOfVisit(found, by), Entries: slices.Clone(found.Entries)}
	slices.Reverse(v.Entries)
	if v.Officer, err = w.receivers(c); err != nil {
		return err
	}
	return w.site.Show(c, status, "visit", v)
}

func formOfVisit(e petition.VisitEntry) *web.Form {
	f := web.NewForm("visit", nil)
	f.Set("people", strconv.Itoa(e.People))
	f.Set("arrived", e.Arrived)
	f.Set("left", e.Left)
	f.Set("room", e.Room)
	f.Set("officer", e.Officer.String())
	return f
}

// stepVisit sees visitors off, corrects the line, or notes which case they came about.
func (w *Office) stepVisit(c *gin.Context) error {
	f, err := w.posted(c, "visit")
	if err != nil {
		return err
	}
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	e := readVisit(f)
	switch {
	case !f.OK():
		return w.visit(c, http.StatusUnprocessableEntity, f)
	case f.Get("step") == "link":
		err = w.store.LinkVisit(ctx, by, id, caseNumber(f.Get("number")), now)
	case e.Step == petition.VisitLeave || e.Step == petition.VisitCorrect:
		seen, bad := strconv.Atoi(f.Get("seen"))
		if bad != nil {
			return web.NotFound()
		}
		if e.Step == petition.VisitLeave && e.Left == "" {
			e.Left = now.In(petition.Shanghai).Format("15:04")
		}
		err = w.store.StepVisit(ctx, by, id, seen, e, now)
	default:
		return web.NotFound()
	}
	if f.Refused(err) {
		return w.visit(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.visit_"+f.Get("step"))
	return w.site.Go(c, "/visits/"+id.String())
}
