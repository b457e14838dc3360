package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// revealPage is the view of pages/identity.html: who the petitioner is, shown once,
// for a purpose that is logged.
type revealPage struct {
	*web.Form
	*dossier
	Purposes []web.Option
	Shown    *Identity // nil until the purpose was given
	Purpose  string
	Amend    *amendForm // nil where the reader may not put it right
}

// purposes are why somebody may look: keys of "purpose_of.…". The last wants words.
var purposes = []string{"contact", "verify", "deliver", "duplicate", "other"}

func (w *Office) purposeOptions(c *gin.Context) []web.Option {
	var all []web.Option
	for _, p := range purposes {
		all = append(all, web.Option{Value: p, Label: w.say(c, "purpose_of."+p)})
	}
	return all
}

// purpose is the purpose chosen, in words for the log; "" with a problem at its field
// if none was.
func (w *Office) purpose(f *web.Form) string {
	chosen, words := f.Get("purpose"), f.Get("words")
	for _, p := range purposes {
		if p != chosen {
			continue
		}
		if p == "other" && words == "" {
			f.Refuse("words", "problem.purpose_words")
			return ""
		}
		said := w.site.Text.Say("zh-CN", "purpose_of."+p) // the log speaks one language
		if words != "" {
			said += " " + words
		}
		return said
	}
	f.Refuse("purpose", "problem.purpose_chosen")
	return ""
}

func (w *Office) askIdentity(c *gin.Context) error {
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "identity", revealPage{Form: web.NewForm("identity", nil), dossier: d,
		Purposes: w.purposeOptions(c)})
}

func (w *Office) reveal(c *gin.Context) error {
	f, err := w.posted(c, "identity")
	if err != nil {
		return err
	}
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	v := revealPage{Form: f, dossier: d, Purposes: w.purposeOptions(c), Purpose: w.purpose(f)}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "identity", v)
	}
	known, err := w.store.Reveal(c.Request.Context(), d.by, d.ID, v.Purpose, d.now)
	if err != nil {
		return err
	}
	v.Shown = &known
	if _, ok := d.offer(petition.AnswerCorrect, 0); ok {
		v.Amend = w.newAmend(c, d, amending(known.Person))
	}
	return w.site.Show(c, http.StatusOK, "identity", v)
}
