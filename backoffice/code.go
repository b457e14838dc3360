package backoffice

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// codePage is the view of pages/code.html: a lost code is replaced after the identity
// was checked.
type codePage struct {
	*web.Form
	*dossier
	Checks []web.Option
	Whys   []web.Option
}

// slipPage is the view of pages/slip.html: the code, once.
type slipPage struct {
	*dossier
	Code  []string // groups of four
	QR    template.HTML
	URL   string
	First bool // printed at registration, not as a replacement
	Today string

	UnitFull, Phone string
	Nth             string // tells the slips of one page apart; "" on a page of its own
}

// codeChecks are how somebody is known to be the petitioner.
var codeChecks = []string{"card", "phone", "agent"}

// codeWhys are why it is replaced: one that others have seen is stolen, and the keys are
// changed with it.
var codeWhys = []string{"lost", "stolen"}

func (w *Office) codePage(c *gin.Context, f *web.Form) (codePage, error) {
	d, err := w.dossier(c)
	if err != nil {
		return codePage{}, err
	}
	if d.Filing.Anonymous {
		return codePage{}, &petition.Error{Kind: petition.Forbidden, Key: "error.anonymous_code"}
	}
	v := codePage{Form: f, dossier: d}
	for _, k := range codeChecks {
		v.Checks = append(v.Checks, web.Option{Value: k, Label: w.say(c, "code.how."+k), Hint: w.say(c, "code.how."+k+"_hint")})
	}
	for _, k := range codeWhys {
		v.Whys = append(v.Whys, web.Option{Value: k, Label: w.say(c, "code.why."+k), Hint: w.say(c, "code.why."+k+"_hint")})
	}
	return v, nil
}

func (w *Office) askCode(c *gin.Context) error {
	v, err := w.codePage(c, web.NewForm("code", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "code", v)
}

func (w *Office) replaceCode(c *gin.Context) error {
	f, err := w.posted(c, "code")
	if err != nil {
		return err
	}
	v, err := w.codePage(c, f)
	if err != nil {
		return err
	}
	how := f.Get("how")
	if !slices.Contains(codeChecks, how) {
		f.Refuse("how", "problem.code_how")
	}
	why := f.Get("why")
	if !slices.Contains(codeWhys, why) {
		f.Refuse("why", "problem.code_why")
	}
	if f.Get("words") == "" {
		f.Refuse("words", "problem.code_words")
	}
	if !f.Has("sure", "yes") {
		f.Refuse("sure", "problem.code_sure")
	}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "code", v)
	}
	purpose := w.site.Text.Say("zh-CN", "code.why."+why) + " " + w.site.Text.Say("zh-CN", "code.how."+how) + " " + f.Get("words")
	code, err := w.store.ReplaceCode(c.Request.Context(), v.by, v.ID, purpose, why == "stolen", v.now)
	if err != nil {
		return err
	}
	return w.slip(c, v.dossier, code, false)
}

// slip prints a code: the one time that the office sees it.
func (w *Office) slip(c *gin.Context, d *dossier, code exchange.Code, first bool) error {
	v, err := w.slipOf(d, code, first)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "slip", v)
}

func (w *Office) slipOf(d *dossier, code exchange.Code, first bool) (slipPage, error) {
	address := strings.TrimSuffix(w.public, "/") + "/follow"
	picture, err := web.QR(address + "#" + code.String())
	unit, _ := d.rules.Units.Unit(d.leg.Unit)
	return slipPage{dossier: d, Code: strings.Split(code.String(), "-"),
		QR: picture, URL: address, First: first, Today: petition.Day(d.now), UnitFull: unit.Name, Phone: unit.Phone}, err
}
