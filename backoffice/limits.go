package backoffice

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// limitsPage is the view of pages/limits.html: the holiday calendar and the profiles by
// which due dates are reckoned, and what was edited.
type limitsPage struct {
	Years []calendarYear
	Laws  []lawLine
	Edits []limitLine
	Whole bool // the reader edits what holds for all units
}

type calendarYear struct{ Year, Number string }

// lawLine is a profile: a national one, or of a unit with what it changes.
type lawLine struct {
	petition.Law
	UnitName string // "" for a national one
	Changes  []petition.LawChange
	Figures  []petition.FigureChange
	Edits    bool
}

type limitLine struct {
	LimitEdit
	UnitName string
}

// limitPage is the view of pages/limit.html: what an edit does, before and after it is
// applied.
type limitPage struct {
	limitLine
	Law         *lawLine // what it sets; nil for a calendar
	Effects     []effectLine
	Next, First string
}

type effectLine struct {
	LimitEffect
	UnitName string
}

func (w *Office) showLimits(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	edits, err := w.store.Limits(ctx, by)
	if err != nil {
		return err
	}
	v := limitsPage{Whole: len(rules.Units.Above(by.Unit)) == 0}
	years := rules.Days.Years()
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		v.Years = append(v.Years, calendarYear{year, years[year]})
	}
	top, _ := rules.Units.Unit(by.Unit)
	for _, l := range slices.Backward(rules.Laws) {
		line := lineOfLaw(rules, l)
		if u, ok := rules.Units.Unit(l.Unit); ok {
			line.Edits = u.Within(top)
		}
		v.Laws = append(v.Laws, line)
	}
	for _, e := range edits {
		v.Edits = append(v.Edits, lineOfEdit(rules, e))
	}
	return w.site.Show(c, http.StatusOK, "limits", v)
}

func lineOfLaw(r petition.Rules, l petition.Law) lawLine {
	line := lawLine{Law: l}
	if l.Unit != "" {
		line.UnitName, line.Changes = unitName(r, l.Unit), petition.LawChanges(r.Laws, l.ID)
		line.Figures = petition.FigureChanges(r.Laws, l.ID)
	}
	return line
}

func lineOfEdit(r petition.Rules, e LimitEdit) limitLine {
	line := limitLine{LimitEdit: e}
	if e.Unit != "" {
		line.UnitName = unitName(r, e.Unit)
	}
	return line
}

// showLimit is the preview of a draft, and later how far it has come.
func (w *Office) showLimit(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	e, err := w.store.LimitEdit(ctx, by, id)
	if err != nil {
		return err
	}
	after := c.Query("after")
	page, err := w.store.LimitEffects(ctx, by, id, after)
	if err != nil {
		return err
	}
	v := limitPage{limitLine: lineOfEdit(rules, e)}
	if e.Kind == EditCalendar {
		v.Input = w.sayDays(c, e.Input)
	}
	if e.Kind == EditLaw {
		var local petition.LocalLaw
		if err := json.Unmarshal([]byte(e.Input), &local); err != nil {
			return err
		}
		rules.Laws = rules.Laws.WithLocal(local)
		law, _ := rules.Laws.Named(local.Named())
		line := lineOfLaw(rules, law)
		v.Law = &line
	}
	for _, r := range page.Rows {
		v.Effects = append(v.Effects, effectLine{r, unitName(rules, r.Unit)})
	}
	v.Next, v.First = pager("/limits/"+id.String(), url.Values{}, page.Next, after != "")
	return w.site.Show(c, http.StatusOK, "limit", v)
}

// applyLimit puts a draft in force, or gives it up.
func (w *Office) applyLimit(c *gin.Context) error {
	f, err := w.posted(c, "limit")
	if err != nil {
		return err
	}
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	do := w.store.ApplyLimits
	switch one(f, "do", "apply", "drop") {
	case "apply":
	case "drop":
		do = w.store.DropLimits
	default:
		return web.NotFound()
	}
	if err := do(c.Request.Context(), who(c).Actor, id, w.site.Now()); err != nil {
		return err
	}
	w.site.Flash(c, "flash.limit_"+f.Get("do"))
	return w.site.Go(c, "/limits/"+id.String())
}

// calendarPage is the view of pages/limit_calendar.html.
type calendarPage struct{ *web.Form }

// showCalendar begins with the days of the year that was chosen, as they stand.
func (w *Office) showCalendar(c *gin.Context) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	if len(rules.Units.Above(who(c).Actor.Unit)) > 0 {
		return web.NotFound()
	}
	f := web.NewForm("limit_calendar", nil)
	if year := c.Query("year"); rules.Days.Years()[year] != "" {
		f.Set("days", w.sayDays(c, rules.Days.CSV(year)))
	}
	return w.site.Show(c, http.StatusOK, "limit_calendar", calendarPage{f})
}

// sayDays is a schedule with the kinds of its lines in the reader's language.
func (w *Office) sayDays(c *gin.Context, csv string) string {
	var pairs []string
	for _, kind := range []string{"year", "off", "work"} {
		pairs = append(pairs, ","+kind+",", ","+w.say(c, "limit_calendar.kind."+kind)+",")
	}
	return strings.NewReplacer(pairs...).Replace(csv)
}

func (w *Office) draftCalendar(c *gin.Context) error {
	f, err := w.posted(c, "limit_calendar")
	if err != nil {
		return err
	}
	id, err := w.store.DraftCalendar(c.Request.Context(), who(c).Actor, f.Get("title"), f.Get("days"), w.site.Now())
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "limit_calendar", calendarPage{f})
	}
	if err != nil {
		return err
	}
	return w.site.Go(c, "/limits/"+id.String())
}
