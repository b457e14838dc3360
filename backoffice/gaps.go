package backoffice

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// gapsPage is the view of pages/gaps.html: the gaps in policy (政策空白) that were found.
type gapsPage struct {
	*web.Form
	Rows     []gapLine
	Statuses []web.Option
	Next     string
	First    string
}

// gapPage is the view of pages/gap.html.
type gapPage struct {
	*web.Form
	gapLine
	Mine  bool
	Steps []GapStep
	Next  []web.Option // what it can become
	Give  *web.Form    // to another owner; nil for who may not
	Heirs []web.Option
}

// gapLine is a gap with its unit's name and whether its day has passed.
type gapLine struct {
	Gap
	UnitName string
	Late     bool
}

func (w *Office) lineOfGap(r petition.Rules, g Gap) gapLine {
	return gapLine{g, unitName(r, g.Unit), !g.Status.Settled() && w.site.Now().After(petition.EndOfDay(g.Due))}
}

func (w *Office) showGaps(c *gin.Context) error {
	ctx := c.Request.Context()
	f := web.NewForm("gaps", c.Request.URL.Query())
	q, err := gapQuery(f)
	if err != nil {
		return err
	}
	if err := readGapPage(f.Get("after"), &q); err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.Gaps(ctx, who(c).Actor, q)
	if err != nil {
		return err
	}
	v := gapsPage{Form: f, Statuses: w.gapOptions(c, petition.GapStatuses)}
	next := ""
	for _, g := range page.Rows {
		v.Rows = append(v.Rows, w.lineOfGap(rules, g))
		next = strings.Join([]string{yesOrNo(g.Status.Settled()), g.Due, g.Case.String()}, ".")
	}
	if !page.More {
		next = ""
	}
	v.Next, v.First = pager("/gaps", kept1(f.Values, "status", "mine"), next, !q.After.IsZero())
	return w.site.Show(c, http.StatusOK, "gaps", v)
}

// readGapPage reads where a page begins. It fails with NotFound for what no page of ours
// has written.
// gapQuery reads the filters; NotFound for a status that there is not.
func gapQuery(f *web.Form) (GapQuery, error) {
	q := GapQuery{Status: petition.GapStatus(f.Get("status")), Mine: f.Get("mine") == "yes"}
	if q.Status != "" && !slices.Contains(petition.GapStatuses, q.Status) {
		return q, web.NotFound()
	}
	return q, nil
}

func readGapPage(after string, q *GapQuery) error {
	if after == "" {
		return nil
	}
	part := strings.Split(after, ".")
	if len(part) != 3 {
		return web.NotFound()
	}
	id, err := petition.ParseID(part[2])
	if err != nil {
		return web.NotFound()
	}
	q.AfterSettled, q.AfterDue, q.After = part[0] == "yes", part[1], id
	return nil
}

func (w *Office) gapOptions(c *gin.Context, all []petition.GapStatus) []web.Option {
	var out []web.Option
	for _, s := range all {
		out = append(out, web.Option{Value: string(s), Label: w.say(c, "gap.status."+string(s))})
	}
	return out
}

func (w *Office) showGap(c *gin.Context) error {
	return w.gap(c, http.StatusOK, web.NewForm("gap", nil), web.NewForm("gap_give", nil))
}

func (w *Office) gap(c *gin.Context, status int, f, give *web.Form) error {
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	file, err := w.store.Gap(ctx, by, id)
	if err != nil {
		return err
	}
	v := gapPage{Form: f, gapLine: w.lineOfGap(rules, file.Gap), Mine: file.Mine, Steps: file.Steps,
		Next: w.gapOptions(c, file.Status.Next())}
	if !file.Leads || file.Status.Settled() {
		return w.site.Show(c, status, "gap", v)
	}
	v.Give = give
	people, err := w.store.Colleagues(ctx, by, by.Unit)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID != file.Owner {
			v.Heirs = append(v.Heirs, web.Option{Value: p.ID.String(), Label: p.Name, Group: w.officeName(c, p.Office)})
		}
	}
	return w.site.Show(c, status, "gap", v)
}

// stepGap records what became of the proposal.
func (w *Office) stepGap(c *gin.Context) error {
	f, id, seen, err := w.postedStep(c, "gap")
	if err != nil {
		return err
	}
	step := petition.GapStep{Status: petition.GapStatus(f.Get("status")), Text: f.Get("text")}
	if step.Status == petition.GapSent {
		step.To = f.Get("to")
	}
	err = w.store.StepGap(c.Request.Context(), who(c).Actor, id, seen, step, w.site.Now())
	if f.Refused(err) {
		return w.gap(c, http.StatusUnprocessableEntity, f, web.NewForm("gap_give", nil))
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.gap")
	return w.site.Go(c, "/gaps/"+id.String())
}

// giveGap gives the proposal to another owner.
func (w *Office) giveGap(c *gin.Context) error {
	f, id, seen, err := w.postedStep(c, "gap_give")
	if err != nil {
		return err
	}
	owner, err := petition.ParseID(f.Get("owner"))
	if err != nil {
		owner = petition.ID{} // the rules ask for one
	}
	err = w.store.GiveGap(c.Request.Context(), who(c).Actor, id, seen, owner, f.Get("reason"), w.site.Now())
	if f.Refused(err) {
		return w.gap(c, http.StatusUnprocessableEntity, web.NewForm("gap", nil), f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.gap_give")
	return w.site.Go(c, "/gaps/"+id.String())
}
