package backoffice

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// dutyActPage is the view of pages/duty_act.html: one act on a duty, with its form.
type dutyActPage struct {
	*web.Form
	Duty    *petition.Duty
	Action  petition.DutyAction
	Fields  []field
	Version int
	Newer   bool // somebody else was first
}

func (w *Office) dutyAct(c *gin.Context, f *web.Form) (*dutyActPage, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return nil, err
	}
	a := petition.DutyAction(c.Param("action"))
	if !slices.Contains(petition.DutyActions, a) {
		return nil, web.NotFound()
	}
	d, err := w.store.Duty(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(petition.DutyOffers(d, by), a) {
		_, err := petition.DecideDuty(d, by, petition.DutyAct{Action: a}, nil, w.site.Now())
		return nil, err
	}
	v := &dutyActPage{Form: f, Duty: d, Action: a, Version: len(d.Entries)}
	v.Fields, err = w.dutyActFields(c, v)
	return v, err
}

// dutyActFields is the form of an act.
func (w *Office) dutyActFields(c *gin.Context, v *dutyActPage) ([]field, error) {
	text, due := field{Name: "text", Kind: "area"}, field{Name: "due", Kind: "day"}
	switch v.Action {
	case petition.IssueDuty:
		return append(valueFields(petition.DutyFields(v.Duty.Kind, v.Duty.Form)), due), nil
	case petition.GiveDuty:
		people, err := w.store.Colleagues(c.Request.Context(), who(c).Actor, v.Duty.Owner)
		return []field{{Name: "person", Kind: "pick", Options: w.personOptions(c, people), Blank: "form.choose"}}, err
	case petition.AnswerDuty:
		return valueFields(petition.AnswerFields(v.Duty.Kind, v.Duty.Form)), nil
	case petition.ReturnDuty, petition.PostponeDuty:
		return []field{text, due}, nil
	case petition.CloseDuty:
		return []field{{Name: "outcome", Kind: "radios", Options: w.outcomeOptions(c, v.Duty)}, text}, nil
	case petition.ProgressDuty, petition.WithdrawDuty:
		return []field{text}, nil
	}
	return []field{{Name: "text", Kind: "area", Free: true}}, nil
}

func (w *Office) personOptions(c *gin.Context, people []Colleague) []web.Option {
	all := make([]web.Option, len(people))
	for i, p := range people {
		all[i] = web.Option{Value: p.ID.String(), Label: p.Name, Group: w.officeName(c, p.Office)}
	}
	return all
}

// outcomeOptions are how it may end; of a mark, only what its record allows.
func (w *Office) outcomeOptions(c *gin.Context, d *petition.Duty) []web.Option {
	var all []web.Option
	codes := petition.DutyOutcomes(d.Kind)
	if d.Kind == petition.Flagged {
		codes = d.ReportCodes()
	}
	for _, o := range codes {
		all = append(all, web.Option{Value: o, Label: w.say(c, "duty.outcome."+o)})
	}
	return all
}

// valuePrefix is before the name of each field that a duty keeps.
const valuePrefix = "values."

// valueFields are the fields of a kind as a form asks for them.
func valueFields(fields []petition.DutyField) []field {
	var all []field
	for _, f := range fields {
		one := field{Name: valuePrefix + f.Name, Kind: "line", Free: f.Free}
		switch {
		case f.Day:
			one.Kind = "day"
		case f.Long:
			one.Kind = "area"
		}
		all = append(all, one)
	}
	return all
}

func (w *Office) askDutyAct(c *gin.Context) error {
	f := web.NewForm("duty", nil)
	v, err := w.dutyAct(c, f)
	if err != nil {
		return err
	}
	f.Set("due", v.Duty.Due)
	if v.Action == petition.AnswerDuty && v.Duty.Kind == petition.Consultation {
		said, err := w.figuresSaid(c)
		if err != nil {
			return err
		}
		f.Set(valuePrefix+"figures", said)
	}
	if v.Action == petition.IssueDuty { // what the draft holds already
		for name, text := range v.Duty.Values {
			f.Set(valuePrefix+name, text)
		}
	}
	return w.site.Show(c, http.StatusOK, "duty_act", v)
}

// doDutyAct takes the filled form: back to it with its problems, or done.
func (w *Office) doDutyAct(c *gin.Context) error {
	f, err := w.posted(c, "duty")
	if err != nil {
		return err
	}
	v, err := w.dutyAct(c, f)
	if err != nil {
		return err
	}
	if seen, err := strconv.Atoi(f.Get("version")); err == nil && seen != v.Version {
		v.Newer = true
		return w.site.Show(c, http.StatusConflict, "duty_act", v)
	}
	act := petition.DutyAct{Action: v.Action, Due: f.Get("due"), Outcome: f.Get("outcome"), Text: f.Get("text"), Values: dutyValues(f, v.Fields)}
	if text := f.Get("person"); text != "" {
		if act.Person, err = petition.ParseID(text); err != nil {
			return web.NotFound()
		}
	}
	err = w.store.ActDuty(c.Request.Context(), who(c).Actor, v.Duty.ID, v.Version, act, w.site.Now())
	switch {
	case f.Refused(err):
		return w.site.Show(c, http.StatusUnprocessableEntity, "duty_act", v)
	case overtaken(err):
		v.Newer = true
		return w.site.Show(c, http.StatusConflict, "duty_act", v)
	case err != nil:
		return err
	}
	w.site.Flash(c, "flash.duty_"+string(v.Action))
	return w.site.Go(c, "/duties/"+v.Duty.ID.String())
}

// dutyValues are the values that a form was filled in with.
func dutyValues(f *web.Form, fields []field) map[string]string {
	values := map[string]string{}
	for _, one := range fields {
		if name, ok := strings.CutPrefix(one.Name, valuePrefix); ok {
			values[name] = f.Get(one.Name)
		}
	}
	return values
}
