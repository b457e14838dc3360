package backoffice

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// annualPage is the view of pages/annual.html: a unit's report on a year, with the figures
// that it is composed from, and what became of it.
type annualPage struct {
	*web.Form
	AnnualFile
	Line      annualLine
	UnitName  string
	AboveName string
	Sections  []string
	Texts     map[string]string // of the newest version that the reader may see
	Figures   *petition.AnnualFigures
	Locked    bool // the figures are those that were filed
	Lines     []indicatorLine
	Over      bool // the year is over: it may be filed
	Next      []web.Option
	Papers    bool // there is one to be read and printed
}

func (w *Office) showAnnual(c *gin.Context) error {
	return w.annual(c, http.StatusOK, web.NewForm("annual", nil))
}

// annualFile finds the report that an address names.
func (w *Office) annualFile(c *gin.Context) (AnnualFile, petition.Rules, error) {
	year, err := strconv.Atoi(c.Param("year"))
	if err != nil {
		return AnnualFile{}, petition.Rules{}, web.NotFound()
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return AnnualFile{}, rules, err
	}
	file, err := w.store.Annual(ctx, who(c).Actor, petition.UnitID(c.Param("unit")), year, w.site.Now())
	return file, rules, err
}

// annual shows it; f is the form as it was posted, or empty.
func (w *Office) annual(c *gin.Context, status int, f *web.Form) error {
	file, rules, err := w.annualFile(c)
	if err != nil {
		return err
	}
	v := annualPage{Form: f, Line: w.lineOfAnnual(rules, who(c).Actor, file.Annual), UnitName: unitName(rules, file.Unit), AnnualFile: file, Sections: petition.AnnualSections,
		Texts: file.Last(petition.AnnualFiled).Texts, Figures: file.Last(petition.AnnualFiled).Figures, Over: file.Period().Over(w.site.Now())}
	if v.Locked = v.Figures != nil; file.Writes {
		v.Texts = file.Last(petition.AnnualFiled, petition.AnnualDraft).Texts
		v.Figures, v.Locked = file.Live, false
	}
	if file.Above != "" {
		v.AboveName = unitName(rules, file.Above)
	}
	if f.Values == nil || !f.Values.Has("seen") {
		for name, text := range v.Texts {
			f.Set("texts."+name, text)
		}
	}
	if v.Figures != nil {
		v.Lines = w.indicatorLines(c, v.Figures.Year, v.Figures.Before)
	}
	v.Papers = !file.Hidden && (file.Writes || !v.Line.Filed().At.IsZero())
	for _, s := range []petition.AnnualStatus{petition.AnnualAccepted, petition.AnnualReturned} {
		v.Next = append(v.Next, web.Option{Value: string(s), Label: w.say(c, "annual.step."+string(s))})
	}
	return w.site.Show(c, status, "annual", v)
}

// stepAnnual drafts, files, returns or accepts it.
func (w *Office) stepAnnual(c *gin.Context) error {
	f, err := w.posted(c, "annual")
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(c.Param("year"))
	if err != nil {
		return web.NotFound()
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil {
		return web.NotFound()
	}
	step := petition.AnnualStep{Status: petition.AnnualStatus(f.Get("status"))}
	switch step.Status {
	case petition.AnnualDraft, petition.AnnualFiled:
		step.Texts = make(map[string]string)
		for _, name := range petition.AnnualSections {
			if text := f.Get("texts." + name); text != "" {
				step.Texts[name] = text
			}
		}
	case petition.AnnualReturned, petition.AnnualAccepted:
		step.Text = f.Get("text")
	default:
		f.Refuse("status", "problem.choice")
		return w.annual(c, http.StatusUnprocessableEntity, f)
	}
	unit := petition.UnitID(c.Param("unit"))
	err = w.store.StepAnnual(c.Request.Context(), who(c).Actor, unit, year, seen, step, w.site.Now())
	if f.Refused(err) {
		return w.annual(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.annual_"+string(step.Status))
	return w.site.Go(c, "/annual/"+string(unit)+"/"+strconv.Itoa(year))
}
