package backoffice

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// sealedPage is the view of pages/sealed.html: one act of the compartment.
type sealedPage struct {
	*web.Form
	ID      petition.ID
	Action  petition.Action
	File    ReportFile
	Fields  []field
	Version int
	Agrees  int  // how many others must agree
	Newer   bool // somebody else was first

	office *Office
	c      *gin.Context
	rules  petition.Rules
	people []Colleague
	task   sealedTask
}

// sealedPage opens the form of an act. That the report is opened for it is on record
// like every look. It fails with NotFound for what is no act, or not this reader's.
func (w *Office) sealedPage(c *gin.Context, f *web.Form) (*sealedPage, error) {
	a := petition.Action(c.Param("action"))
	task, ok := sealedTasks[a]
	if !ok {
		return nil, web.NotFound()
	}
	id, err := idParam(c, "id")
	if err != nil {
		return nil, err
	}
	ctx, by := c.Request.Context(), who(c).Actor
	file, err := w.store.Report(ctx, by, id, w.site.Text.Say("zh-CN", "action."+string(a)), w.site.Now())
	if err != nil {
		return nil, err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(petition.CadreOffers(file.Cadre, by, rules, w.site.Now()), a) {
		_, err := petition.DecideCadre(file.Cadre, by, petition.Act{Action: a}, rules, w.site.Now())
		return nil, err
	}
	f.Name = string(a)
	t := &sealedPage{Form: f, ID: id, Action: a, File: file, Version: file.Version, office: w, c: c, rules: rules, task: task}
	if file.Cadre.Pending == nil {
		t.Agrees = petition.AgreementsTo(file.Cadre.State, a)
	}
	t.people, err = w.store.Colleagues(ctx, by, by.Unit)
	return t, err
}

func (w *Office) showSealed(c *gin.Context) error {
	t, err := w.sealedPage(c, web.NewForm("", nil))
	if err != nil {
		return err
	}
	return w.sealedForm(t, http.StatusOK)
}

func (w *Office) sealedForm(t *sealedPage, status int) error {
	if t.Action == petition.CadreRegister {
		t.fillReported()
	}
	t.Fields = t.task.fields(t)
	return w.site.Show(t.c, status, "sealed", t)
}

// doSealed takes the filled form: back to it with its problems, or done.
func (w *Office) doSealed(c *gin.Context) error {
	f, err := w.posted(c, "")
	if err != nil {
		return err
	}
	t, err := w.sealedPage(c, f)
	if err != nil {
		return err
	}
	if seen, err := strconv.Atoi(f.Get("version")); err == nil && seen != t.Version {
		t.Newer = true
		return w.sealedForm(t, http.StatusConflict)
	}
	if !f.OK() {
		return w.sealedForm(t, http.StatusUnprocessableEntity)
	}
	act := petition.Act{Action: t.Action, Text: f.Get("text"), Reason: f.Get("reason"),
		Cadre: &petition.CadreStep{How: f.Get("cadre.how")}}
	if t.task.act != nil {
		t.task.act(t, &act, act.Cadre)
	}
	err = w.store.ActReport(c.Request.Context(), who(c).Actor, t.ID, t.Version, act, w.site.Now())
	if t.Refused(err) {
		return w.sealedForm(t, http.StatusUnprocessableEntity)
	}
	if overtaken(err) {
		t.Newer = true
		return w.sealedForm(t, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.sealed")
	return w.site.Go(c, "/reports")
}
