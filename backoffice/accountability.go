package backoffice

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// accountabilitiesPage is the view of pages/accountabilities.html: files in which units
// answer for first petitions (初信初访责任追究).
type accountabilitiesPage struct {
	Rows  []accountabilityLine
	Opens bool // the reader may open one
}

type accountabilityLine struct {
	petition.Accountability
	AboutName string
	Opened    petition.AccountEntry
}

// accountabilityPage is the view of pages/accountability.html.
type accountabilityPage struct {
	*web.Form
	accountabilityLine
	UnitName string
	Measures []web.Option
	Decides  bool
	Feeds    bool
	Faults   []faultLine
}

// newAccountabilityPage is the view of pages/accountability_new.html: a case by its number,
// what its events show, facts and the measure proposed.
type newAccountabilityPage struct {
	*web.Form
	Number   string
	Faults   []faultLine
	Measures []web.Option
}

// faultLine is a fault with its unit worded.
type faultLine struct {
	petition.Fault
	UnitName string
}

func faultLines(r petition.Rules, faults []petition.Fault) []faultLine {
	var all []faultLine
	for _, f := range faults {
		all = append(all, faultLine{f, unitName(r, f.Unit)})
	}
	return all
}

func (w *Office) accountMeasures(c *gin.Context) []web.Option {
	var all []web.Option
	for _, m := range petition.AccountMeasures {
		all = append(all, web.Option{Value: m, Label: w.say(c, "account.by."+m)})
	}
	return all
}

func lineOfAccountability(r petition.Rules, a petition.Accountability) accountabilityLine {
	return accountabilityLine{a, unitName(r, a.About), a.Entries[0]}
}

func (w *Office) showAccountabilities(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.Accountabilities(ctx, by)
	if err != nil {
		return err
	}
	v := accountabilitiesPage{Opens: by.Is(petition.Supervisor)}
	for _, a := range found {
		v.Rows = append(v.Rows, lineOfAccountability(rules, a))
	}
	return w.site.Show(c, http.StatusOK, "accountabilities", v)
}

// accountedCase is the case whose number the form gives, with its faults; a problem stands
// at the field where there is none.
func (w *Office) accountedCase(c *gin.Context, f *web.Form) (petition.ID, *newAccountabilityPage, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	v := &newAccountabilityPage{Form: f, Measures: w.accountMeasures(c)}
	number := caseNumber(f.Get("number"))
	id, err := w.store.Find(ctx, by, number)
	if k := kind(err); k == petition.NotFound || k == petition.Invalid {
		f.Refuse("number", "find.nothing", "number", number)
		return id, v, nil
	}
	if err != nil {
		return id, v, err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return id, v, err
	}
	found, err := w.store.Case(ctx, by, id)
	if err != nil {
		return id, v, err
	}
	v.Number, v.Faults = found.Number, faultLines(rules, petition.FaultsOf(found, rules, w.site.Now()))
	if len(v.Faults) == 0 {
		f.Refuse("number", "problem.no_fault")
	}
	return id, v, nil
}

func (w *Office) showNewAccountability(c *gin.Context) error {
	f := web.NewForm("account", c.Request.URL.Query())
	v := &newAccountabilityPage{Form: f}
	if f.Get("number") != "" {
		var err error
		if _, v, err = w.accountedCase(c, f); err != nil {
			return err
		}
	}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "accountability_new", *v)
	}
	return w.site.Show(c, http.StatusOK, "accountability_new", *v)
}

func (w *Office) openAccountability(c *gin.Context) error {
	f, err := w.posted(c, "account")
	if err != nil {
		return err
	}
	id, v, err := w.accountedCase(c, f)
	if err != nil {
		return err
	}
	if f.OK() {
		file, err := w.store.AddAccountability(c.Request.Context(), who(c).Actor, id,
			petition.AccountEntry{Text: f.Get("text"), Measure: f.Get("measure")}, w.site.Now())
		if err == nil {
			w.site.Flash(c, "flash.account_add")
			return w.site.Go(c, "/accountability/"+file.String())
		}
		if !f.Refused(err) {
			return err
		}
	}
	return w.site.Show(c, http.StatusUnprocessableEntity, "accountability_new", *v)
}

func (w *Office) showAccountability(c *gin.Context) error {
	return w.accountability(c, http.StatusOK, web.NewForm("account", nil))
}

func (w *Office) accountability(c *gin.Context, status int, f *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	a, err := w.store.Accountability(ctx, by, id)
	if err != nil {
		return err
	}
	v := accountabilityPage{Form: f, accountabilityLine: lineOfAccountability(rules, a), UnitName: unitName(rules, a.Unit),
		Measures: w.accountMeasures(c), Faults: faultLines(rules, a.Entries[0].Faults)}
	v.Decides = a.State == petition.AccountOpen && MayStep(a, by, petition.AccountPursue) && a.Entries[0].Staff != by.Staff
	v.Feeds = a.State == petition.AccountDecided && MayStep(a, by, petition.AccountFeedback)
	return w.site.Show(c, status, "accountability", v)
}

// stepAccountability decides, or notes what was done.
func (w *Office) stepAccountability(c *gin.Context) error {
	f, id, seen, err := w.postedStep(c, "account")
	if err != nil {
		return err
	}
	step := petition.AccountStep(f.Get("step"))
	if !slices.Contains([]petition.AccountStep{petition.AccountPursue, petition.AccountDrop, petition.AccountFeedback}, step) {
		return web.NotFound()
	}
	e := petition.AccountEntry{Step: step, Text: f.Get("text")}
	if step == petition.AccountPursue {
		e.Measure = f.Get("measure")
	}
	if f.OK() {
		err = w.store.StepAccountability(c.Request.Context(), who(c).Actor, id, seen, e, w.site.Now())
	}
	if f.Refused(err) || !f.OK() {
		return w.accountability(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.account_"+string(step))
	return w.site.Go(c, "/accountability/"+id.String())
}
