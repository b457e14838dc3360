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

// annualsPage is the view of pages/annuals.html: the annual reports (年度报告, scenario 8.3)
// on a year of the reader's unit and of those below it.
type annualsPage struct {
	*web.Form
	Rows  []annualLine
	Late  int // that are past their day
	Year  int
	Years []int
	Sets  bool // the reader sets the day for the units below
	DueOf *web.Form
	Take  *taking
}

// annualLine is a report with its unit's name.
type annualLine struct {
	petition.Annual
	UnitName string
	Overdue  bool
	Waits    bool // for the reader to return or accept it
}

// Filed is when it was filed last; a zero entry if it never was.
func (l annualLine) Filed() petition.AnnualStep { return l.Last(petition.AnnualFiled) }

func (w *Office) lineOfAnnual(r petition.Rules, by petition.Actor, a petition.Annual) annualLine {
	above := r.Units.Above(a.Unit)
	return annualLine{a, unitName(r, a.Unit), a.Late(petition.Day(w.site.Now())),
		a.Status() == petition.AnnualFiled && by.Is(petition.AnnualWriters...) && len(above) > 0 && r.Units.Acting(above[0].ID) == by.Unit}
}

func (w *Office) showAnnuals(c *gin.Context) error {
	return w.annuals(c, http.StatusOK, web.NewForm("annuals", c.Request.URL.Query()), nil, nil)
}

// annuals shows the list; take and due are the forms below it as they were posted, or nil.
func (w *Office) annuals(c *gin.Context, status int, f, take, due *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	v := annualsPage{Form: f, Sets: by.Is(petition.OfficeHead), DueOf: due}
	var err error
	if v.Year, v.Years, err = w.annualYear(c, f); err != nil {
		return err
	}
	if v.Rows, err = w.annualLines(c, v.Year); err != nil {
		return err
	}
	for _, l := range v.Rows {
		if l.Overdue {
			v.Late++
		}
	}
	if due == nil {
		day, err := w.store.AnnualDue(ctx, by)
		if err != nil {
			return err
		}
		v.DueOf = web.NewForm("annual_due", url.Values{"due": {day}})
	}
	if v.Take, err = w.taking(c, take, "/annual", []string{"year"}, url.Values{"year": {strconv.Itoa(v.Year)}}); err != nil {
		return err
	}
	for _, posted := range []*web.Form{take, due} {
		if posted != nil {
			f.Problems = posted.Problems
		}
	}
	return w.site.Show(c, status, "annuals", v)
}

// annualYear is the year that is asked for, the last that is over unless said, and those to
// choose from.
func (w *Office) annualYear(c *gin.Context, f *web.Form) (year int, years []int, err error) {
	if years, err = w.store.AnnualYears(c.Request.Context(), who(c).Actor, w.site.Now()); err != nil {
		return 0, nil, err
	}
	if f.Get("year") == "" {
		return years[min(1, len(years)-1)], years, nil
	}
	if year, err = strconv.Atoi(f.Get("year")); err != nil || !slices.Contains(years, year) {
		return 0, nil, web.NotFound()
	}
	return year, years, nil
}

func (w *Office) annualLines(c *gin.Context, year int) ([]annualLine, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	found, err := w.store.Annuals(ctx, by, year)
	if err != nil {
		return nil, err
	}
	all := make([]annualLine, len(found))
	for i, a := range found {
		all[i] = w.lineOfAnnual(rules, by, a)
	}
	return all, nil
}

// annualsToSee are the reports on the last year that is over which are late, or wait for the
// reader.
func (w *Office) annualsToSee(c *gin.Context) ([]annualLine, error) {
	year, years, err := w.annualYear(c, web.NewForm("annuals", nil))
	if err != nil || len(years) < 2 {
		return nil, err
	}
	all, err := w.annualLines(c, year)
	all = slices.DeleteFunc(all, func(l annualLine) bool { return !l.Overdue && !l.Waits })
	return all[:min(len(all), shortList)], err
}

// takeAnnuals is the list as a spreadsheet, after it was counted and recorded.
func (w *Office) takeAnnuals(c *gin.Context) error {
	f, err := w.posted(c, "annuals")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.annuals(c, http.StatusUnprocessableEntity, f, take, nil)
	}
	year, _, err := w.annualYear(c, f)
	if err != nil {
		return err
	}
	lines, err := w.annualLines(c, year)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, l := range lines {
		filed, late := "", ""
		if at := l.Filed().At; !at.IsZero() {
			filed = petition.Day(at)
		}
		if l.Overdue {
			late = w.say(c, "annual.late")
		} else if l.FiledLate() {
			late = w.say(c, "annual.filed_late")
		}
		rows = append(rows, []any{safeCell(l.UnitName), l.Year, l.Due, w.say(c, "annual.status."+string(l.Status())), filed, late})
	}
	return w.sendTable(c, "title.annuals", "annuals", "huiyin-annual-"+strconv.Itoa(year), f.Get("purpose"),
		[]string{"unit", "year", "due", "status", "filed", "late"}, rows)
}

// setAnnualDue sets the day for the units below from now on.
func (w *Office) setAnnualDue(c *gin.Context) error {
	f, err := w.posted(c, "annual_due")
	if err != nil {
		return err
	}
	err = w.store.SetAnnualDue(c.Request.Context(), who(c).Actor, f.Get("due"), w.site.Now())
	if f.Refused(err) {
		return w.annuals(c, http.StatusUnprocessableEntity, web.NewForm("annuals", nil), nil, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.annual_due")
	return w.site.Go(c, "/annual")
}
