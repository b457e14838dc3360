package backoffice

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// amendForm answers somebody who asks to have data of his own put right (personal
// information protection law, Art. 46). It stands on the page that shows who he is.
type amendForm struct {
	*web.Form
	To      string
	Version int
	Answers []web.Option
	IDTypes []web.Option
}

// amendPage is the view of pages/amend.html: the form again, where it was refused.
type amendPage struct {
	*web.Form
	*dossier
	Amend *amendForm
}

// amending begins with the data as they are.
func amending(p petition.Person) *web.Form {
	return web.NewForm("amend", url.Values{"person.name": {p.Name}, "person.id_type": {p.IDType}, "person.id_number": {p.IDNumber},
		"person.mobile": {p.Mobile}, "person.region": {p.Region}, "person.address": {p.Address}, "org": {yesOrNo(p.Org)}})
}

func (w *Office) newAmend(c *gin.Context, d *dossier, f *web.Form) *amendForm {
	v := &amendForm{Form: f, To: "/cases/" + d.ID.String() + "/amend", Version: d.Case.Version()}
	for _, answer := range []string{"yes", "no"} {
		v.Answers = append(v.Answers, web.Option{Value: answer, Label: w.say(c, "amend.granted."+answer)})
	}
	for _, k := range petition.IDTypes {
		v.IDTypes = append(v.IDTypes, web.Option{Value: k.Code, Label: w.say(c, "idtype."+k.Code)})
	}
	return v
}

// amend puts data right, or says why not. What somebody else did meanwhile is looked at
// first, with every word kept.
func (w *Office) amend(c *gin.Context) error {
	f, err := w.posted(c, "amend")
	if err != nil {
		return err
	}
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	offer, ok := d.offer(petition.AnswerCorrect, 0)
	if !ok {
		return web.NotFound()
	}
	version, err := strconv.Atoi(f.Get("version"))
	if err != nil {
		return web.NotFound()
	}
	act := petition.Act{Action: petition.AnswerCorrect, Leg: offer.Leg, Granted: f.Get("granted") == "yes", Text: f.Get("text")}
	if act.Granted {
		act.Person = &petition.Person{Name: f.Get("person.name"), Org: f.Has("org", "yes"), IDType: f.Get("person.id_type"),
			IDNumber: strings.ToUpper(f.Get("person.id_number")), Mobile: f.Get("person.mobile"), Region: f.Get("person.region"),
			Address: f.Get("person.address")}
	} else if f.Get("granted") == "" {
		f.Refuse("granted", "problem.choice")
	}
	if f.OK() {
		_, err = w.store.Act(c.Request.Context(), d.by, d.ID, version, act, d.now)
	}
	if overtaken(err) {
		lookAgain(f)
	}
	if f.Refused(err) || !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "amend", amendPage{f, d, w.newAmend(c, d, f)})
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.amend")
	return w.site.Go(c, "/cases/"+d.ID.String())
}
