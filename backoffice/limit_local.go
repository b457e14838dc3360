package backoffice

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// localLawPage is the view of pages/limit_local.html: a unit's own limits beside the
// national ones.
type localLawPage struct {
	*web.Form
	Units []web.Option // "" while one that exists is changed: its unit stays
	Unit  string
	Rows  []localLimit
	// Figures are what the topmost unit sets for all; none for others.
	Figures []localFigure
}

// localFigure is a line of the second table.
type localFigure struct {
	petition.FigureChange
	Typed string
	Wrong *petition.Problem
}

// localLimit is a line of the table: what the national profile says, and what is typed.
type localLimit struct {
	Clock   petition.ClockKind
	Was     petition.Limit
	Days    string
	Working bool
	Article string
	Wrong   *petition.Problem
}

// showLocalLaw begins empty, or with a profile that exists.
func (w *Office) showLocalLaw(c *gin.Context) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	f := web.NewForm("limit_local", url.Values{"unit": {c.Query("unit")}})
	if id := c.Query("id"); id != "" {
		law, ok := rules.Laws.Local(id)
		if !ok || !w.mayLimit(c, rules, law.Unit) {
			return web.NotFound()
		}
		f.Values = localValues(law)
	}
	return w.localLawForm(c, http.StatusOK, f)
}

// mayLimit tells whether the unit lies at or below the reader's.
func (w *Office) mayLimit(c *gin.Context, r petition.Rules, id petition.UnitID) bool {
	top, _ := r.Units.Unit(who(c).Actor.Unit)
	u, ok := r.Units.Unit(id)
	return ok && u.Within(top)
}

// localValues are a profile as its form has it.
func localValues(law petition.LocalLaw) url.Values {
	v := url.Values{"id": {law.ID}, "unit": {string(law.Unit)}, "name": {law.Name}, "source": {law.Source}, "from": {law.From}, "until": {law.Until}}
	if law.Extension > 0 {
		v.Set("extension", strconv.Itoa(law.Extension))
	}
	for kind, limit := range law.Clocks {
		v.Set("days."+string(kind), strconv.Itoa(limit.Days))
		v.Set("article."+string(kind), limit.Article)
		if limit.Working {
			v.Set("working."+string(kind), "yes")
		}
	}
	for figure, n := range law.Figures {
		v.Set("figure."+string(figure), strconv.Itoa(n))
	}
	return v
}

func (w *Office) localLawForm(c *gin.Context, status int, f *web.Form) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v := localLawPage{Form: f}
	if f.Get("id") != "" {
		v.Unit = unitName(rules, petition.UnitID(f.Get("unit")))
	} else {
		v.Units = unitsBelow(rules, who(c).Actor)
	}
	national := rules.Laws.At(petition.Day(w.site.Now()))
	for _, kind := range petition.LocalClocks {
		k := string(kind)
		row := localLimit{Clock: kind, Was: national.Clocks[kind], Days: f.Get("days." + k), Working: f.Get("working."+k) == "yes",
			Article: f.Get("article." + k), Wrong: f.Problem("days." + k)}
		if row.Wrong == nil {
			row.Wrong = f.Problem("article." + k)
		}
		v.Rows = append(v.Rows, row)
	}
	top := who(c).Actor.Unit
	if len(rules.Units.Above(top)) == 0 && (v.Unit == "" || f.Get("unit") == string(top)) {
		for _, one := range petition.FiguresOf(national, national) {
			name := "figure." + string(one.Figure)
			v.Figures = append(v.Figures, localFigure{one, f.Get(name), f.Problem(name)})
		}
	}
	return w.site.Show(c, status, "limit_local", v)
}

func (w *Office) draftLocalLaw(c *gin.Context) error {
	f, err := w.posted(c, "limit_local")
	if err != nil {
		return err
	}
	law := readLocalLaw(f)
	var id petition.ID
	if f.OK() {
		id, err = w.store.DraftLaw(c.Request.Context(), who(c).Actor, law, w.site.Now())
	}
	if !f.OK() || f.Refused(err) {
		return w.localLawForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return w.site.Go(c, "/limits/"+id.String())
}

// readLocalLaw reads the form; a number that is none is said at its field.
func readLocalLaw(f *web.Form) petition.LocalLaw {
	law := petition.LocalLaw{ID: f.Get("id"), Unit: petition.UnitID(f.Get("unit")), Name: f.Get("name"), Source: f.Get("source"),
		From: f.Get("from"), Until: f.Get("until"), Clocks: map[petition.ClockKind]petition.Limit{}, Extension: daysIn(f, "extension")}
	for _, kind := range petition.LocalClocks {
		if f.Get("days."+string(kind)) != "" {
			law.Clocks[kind] = petition.Limit{Days: daysIn(f, "days."+string(kind)), Working: f.Get("working."+string(kind)) == "yes",
				Article: f.Get("article." + string(kind))}
		}
	}
	for _, one := range petition.FiguresOf(petition.Law{}, petition.Law{}) {
		if name := "figure." + string(one.Figure); f.Get(name) != "" {
			if law.Figures == nil {
				law.Figures = map[petition.Figure]int{}
			}
			law.Figures[one.Figure] = daysIn(f, name)
		}
	}
	return law
}

func daysIn(f *web.Form, field string) int {
	if f.Get(field) == "" {
		return 0
	}
	n, err := strconv.Atoi(f.Get(field))
	if err != nil {
		f.Refuse(field, "problem.law_days", "max", "365")
	}
	return n
}
