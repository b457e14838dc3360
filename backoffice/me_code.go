package backoffice

import (
	"html/template"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/web"
)

// codeBindPage is the view of pages/me_code.html: a second factor (动态验证码) is bound.
type codeBindPage struct {
	*web.Form
	Must   bool // before anything else
	Bound  bool // one is bound already
	Sealed string
	Secret string // in groups of four
	QR     template.HTML
}

func (w *Office) askBind(c *gin.Context) error {
	return w.bindPage(c, http.StatusOK, web.NewForm("bind", nil))
}

// bindPage offers a secret, the same one again when the form was refused.
func (w *Office) bindPage(c *gin.Context, status int, f *web.Form) error {
	s := who(c)
	offer, err := w.store.OfferCode(c.Request.Context(), s.Actor, w.issuer(), f.Get("sealed"), w.site.Now())
	if err != nil {
		return err
	}
	picture, err := web.QR(offer.URL)
	if err != nil {
		return err
	}
	for _, field := range []string{"password", "old", "code"} {
		f.Set(field, "")
	}
	return w.site.Show(c, status, "me_code", codeBindPage{Form: f, Must: s.Bare, Bound: offer.Bound, Sealed: offer.Sealed,
		Secret: inFours(offer.Secret), QR: picture})
}

// issuer is how an authenticator lists this place.
func (w *Office) issuer() string {
	if w.name == "" {
		return "Huiyin"
	}
	return w.name
}

func inFours(text string) string {
	var groups []string
	for ; len(text) > 4; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(append(groups, text), " ")
}

func (w *Office) bind(c *gin.Context) error {
	f, err := w.posted(c, "bind")
	if err != nil {
		return err
	}
	s := who(c)
	for _, field := range []string{"code", "password"} {
		if f.Values.Get(field) == "" {
			f.Refuse(field, "problem.required")
		}
	}
	if s.Bound && f.Get("old") == "" {
		f.Refuse("old", "problem.required")
	}
	if !f.OK() {
		return w.bindPage(c, http.StatusUnprocessableEntity, f)
	}
	err = w.store.BindCode(c.Request.Context(), s, CodeBinding{Sealed: f.Get("sealed"), Code: f.Get("code"),
		Old: f.Get("old"), Password: f.Values.Get("password")}, w.site.Now())
	if f.Refused(err) {
		return w.bindPage(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.code_bound")
	return w.site.Go(c, "/me")
}
