package backoffice

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// inspectionRoles read the requests of inspection teams; cadre supervisors those that were
// approved.
var inspectionRoles = append(slices.Clone(overseers), petition.CadreSupervisor)

// inspectionsPage is the view of pages/inspections.html: what inspection teams (巡视巡察)
// asked the unit for.
type inspectionsPage struct {
	Rows  []inspectionLine
	Asks  bool // the reader may write one down
	Takes bool // and take the list out
}

// inspectionLine is a request with its unit's name.
type inspectionLine struct {
	petition.Inspection
	AboutName string
}

// newInspectionPage is the view of pages/inspection_new.html.
type newInspectionPage struct {
	*web.Form
	Units []web.Option
	Names []web.Option
}

// inspectionPage is the view of pages/inspection.html: a request and what was done about it.
type inspectionPage struct {
	*web.Form
	inspectionLine
	Offers  []web.Option // what the reader may do but taking it out
	Package bool         // the reader may see the package
	Sealed  bool         // and the compartment's part
}

func (w *Office) showInspections(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.Inspections(ctx, by)
	if err != nil {
		return err
	}
	v := inspectionsPage{Asks: by.Is(counterRoles...), Takes: by.Is(overseers...)}
	for _, i := range found {
		v.Rows = append(v.Rows, inspectionLine{i, unitName(rules, i.About)})
	}
	return w.site.Show(c, http.StatusOK, "inspections", v)
}

func (w *Office) showNewInspection(c *gin.Context) error {
	return w.newInspection(c, http.StatusOK, web.NewForm("inspection", nil))
}

func (w *Office) newInspection(c *gin.Context, status int, f *web.Form) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v := newInspectionPage{Form: f, Names: []web.Option{
		{Value: "no", Label: w.say(c, "inspection.names.no")},
		{Value: "yes", Label: w.say(c, "inspection.names.yes"), Hint: w.say(c, "inspection.names.yes_hint")}}}
	for _, u := range unitsInSight(rules, who(c).Actor) {
		v.Units = append(v.Units, web.Option{Value: string(u.ID), Label: u.Short})
	}
	if f.Get("names") == "" {
		f.Set("names", "no")
	}
	return w.site.Show(c, status, "inspection_new", v)
}

func (w *Office) addInspection(c *gin.Context) error {
	f, err := w.posted(c, "inspection")
	if err != nil {
		return err
	}
	ask := petition.InspectionStep{Team: f.Get("team"), Document: f.Get("document"), From: f.Get("from"), To: f.Get("to"),
		Names: f.Get("names") == "yes", Text: f.Get("text")}
	id, err := w.store.AskInspection(c.Request.Context(), who(c).Actor, petition.UnitID(f.Get("about")), ask, w.site.Now())
	if f.Refused(err) {
		return w.newInspection(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.inspection_ask")
	return w.site.Go(c, "/inspections/"+id.String())
}

func (w *Office) showInspection(c *gin.Context) error {
	return w.inspection(c, http.StatusOK, web.NewForm("inspection_step", nil))
}

// inspected is the request that an address names.
func (w *Office) inspected(c *gin.Context) (line inspectionLine, err error) {
	id, err := idParam(c, "id")
	if err != nil {
		return line, err
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return line, err
	}
	line.Inspection, err = w.store.Inspection(ctx, who(c).Actor, id)
	line.AboutName = unitName(rules, line.About)
	return line, err
}

func (w *Office) inspection(c *gin.Context, status int, f *web.Form) error {
	line, err := w.inspected(c)
	if err != nil {
		return err
	}
	by := who(c).Actor
	approved := line.State() == petition.InspectionApproved
	v := inspectionPage{Form: f, inspectionLine: line,
		Package: approved && by.Is(overseers...),
		Sealed:  approved && by.Is(cadreRoles...)}
	for _, act := range petition.InspectionOffers(line.Inspection, by) {
		if act != petition.InspectionTake { // that is done on the package's own page
			v.Offers = append(v.Offers, web.Option{Value: string(act), Label: w.say(c, "inspection.act."+string(act))})
		}
	}
	return w.site.Show(c, status, "inspection", v)
}

// stepInspection approves, refuses, or says whether names may go out.
func (w *Office) stepInspection(c *gin.Context) error {
	f, id, seen, err := w.postedStep(c, "inspection_step")
	if err != nil {
		return err
	}
	step := petition.InspectionStep{Act: petition.InspectionAct(f.Get("act")), Text: f.Get("text")}
	if step.Act == petition.InspectionTake {
		return web.NotFound()
	}
	if step.Act == "" {
		f.Refuse("act", "problem.choice")
	} else {
		err = w.store.StepInspection(c.Request.Context(), who(c).Actor, id, seen, step, w.site.Now())
	}
	if f.Refused(err) || !f.OK() {
		return w.inspection(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.inspection")
	return w.site.Go(c, "/inspections/"+id.String())
}

// sealedInspectionPage is the view of pages/inspection_sealed.html: the compartment's part.
type sealedInspectionPage struct {
	inspectionLine
	Reports []InspectionReport
	Mark    string // watermark: who looked, when
}

func (w *Office) showInspectionReports(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	line, err := w.inspected(c)
	if err != nil {
		return err
	}
	v := sealedInspectionPage{inspectionLine: line,
		Mark: w.say(c, "report.mark", "name", by.Name, "at", now.In(petition.Shanghai).Format("2006-01-02 15:04"))}
	if _, v.Reports, err = w.store.InspectionReports(ctx, by, line.ID, now); err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "inspection_sealed", v)
}
