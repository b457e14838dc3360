package backoffice

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// mergersPage is the view of pages/mergers.html.
type mergersPage struct {
	Rows []mergerLine
	Asks bool
}

type mergerLine struct {
	Merger
	UnitName, SuccessorName string
}

// askMergerPage is the view of pages/merger_ask.html: the system administrator asks that
// a unit go into another.
type askMergerPage struct {
	*web.Form
	Units []web.Option
}

// mergerPage is the view of pages/merger.html: what was asked, and how far it has come.
type mergerPage struct {
	*web.Form
	mergerLine
	Options []web.Option // what the security administrator may decide; none for others
	Closes  bool         // the reader may close the unit now
}

func (w *Office) showMergers(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	all, err := w.store.Mergers(ctx, by)
	if err != nil {
		return err
	}
	v := mergersPage{Asks: by.Is(systemRoles...)}
	for _, m := range all {
		v.Rows = append(v.Rows, lineOfMerger(rules, m))
	}
	return w.site.Show(c, http.StatusOK, "mergers", v)
}

func lineOfMerger(r petition.Rules, m Merger) mergerLine {
	return mergerLine{m, unitName(r, m.Unit), unitName(r, m.Successor)}
}

// showMerge begins with the unit that was chosen in the list of units.
func (w *Office) showMerge(c *gin.Context) error {
	return w.mergeForm(c, http.StatusOK, web.NewForm("merger_ask", url.Values{"unit": {c.Query("unit")}}))
}

func (w *Office) mergeForm(c *gin.Context, status int, f *web.Form) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v := askMergerPage{Form: f}
	for _, o := range unitsBelow(rules, who(c).Actor) {
		if u, ok := rules.Units.Unit(petition.UnitID(o.Value)); ok && !u.Gone() {
			v.Units = append(v.Units, o)
		}
	}
	return w.site.Show(c, status, "merger_ask", v)
}

func (w *Office) askMerge(c *gin.Context) error {
	f, err := w.posted(c, "merger_ask")
	if err != nil {
		return err
	}
	id, err := w.store.AskMerger(c.Request.Context(), who(c).Actor, Merger{Unit: petition.UnitID(f.Get("unit")),
		Successor: petition.UnitID(f.Get("successor")), Document: f.Get("document")}, w.site.Now())
	if f.Refused(err) {
		return w.mergeForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.merger_asked")
	return w.site.Go(c, "/mergers/"+id.String())
}

func (w *Office) mergerPage(c *gin.Context, f *web.Form) (mergerPage, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return mergerPage{}, err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return mergerPage{}, err
	}
	m, err := w.store.Merger(ctx, by, id)
	if err != nil {
		return mergerPage{}, err
	}
	v := mergerPage{Form: f, mergerLine: lineOfMerger(rules, m)}
	if m.State == "waiting" && by.Is(securityRoles...) {
		for _, d := range []string{"approve", "refuse"} {
			v.Options = append(v.Options, web.Option{Value: d, Label: w.say(c, "request."+d), Hint: w.say(c, "merger."+d+"_hint")})
		}
	}
	v.Closes = m.State == "approved" && m.Closed.IsZero() && m.Left.Nothing() && by.Is(systemRoles...)
	return v, nil
}

func (w *Office) showMerger(c *gin.Context) error {
	v, err := w.mergerPage(c, web.NewForm("merger", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "merger", v)
}

func (w *Office) decideMerger(c *gin.Context) error {
	f, err := w.posted(c, "merger")
	if err != nil {
		return err
	}
	v, err := w.mergerPage(c, f)
	if err != nil {
		return err
	}
	decision := one(f, "decision", "approve", "refuse")
	if decision == "" && f.OK() {
		f.Refuse("decision", "problem.account_decision")
	}
	if f.OK() {
		err = w.store.DecideMerger(c.Request.Context(), who(c).Actor, v.ID, decision == "approve", f.Get("answer"), w.site.Now())
	}
	if !f.OK() || f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "merger", v)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.merger_"+decision)
	return w.site.Go(c, "/mergers/"+v.ID.String())
}

// closeUnit ends a merger.
func (w *Office) closeUnit(c *gin.Context) error {
	if _, err := w.posted(c, "merger"); err != nil {
		return err
	}
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	if err := w.store.CloseUnit(c.Request.Context(), who(c).Actor, id, w.site.Now()); err != nil {
		return err
	}
	w.site.Flash(c, "flash.unit_closed")
	return w.site.Go(c, "/mergers/"+id.String())
}

// handOverCompartment is done by the compartment's own people.
func (w *Office) handOverCompartment(c *gin.Context) error {
	if _, err := w.posted(c, "reports"); err != nil {
		return err
	}
	if err := w.store.HandOverCompartment(c.Request.Context(), who(c).Actor, w.site.Now()); err != nil {
		return err
	}
	w.site.Flash(c, "flash.compartment_handed")
	return w.site.Go(c, "/reports")
}
