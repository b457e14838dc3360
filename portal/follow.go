package portal

import (
	"encoding/base64"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// followPage asks for the receipt code.
type followPage struct {
	*web.Form
	Main petition.Unit
}

// showFollow shows the look-up form.
func (p *Portal) showFollow(c *gin.Context) error {
	return p.followPage(c, http.StatusOK, web.NewForm("follow", nil))
}

func (p *Portal) followPage(c *gin.Context, status int, form *web.Form) error {
	return p.site.Show(c, status, "follow", followPage{form, p.atlas.known().main()})
}

// openFollow looks a code up. What is no code, unknown, revoked or another's answers
// alike; tries are counted per client, and per code.
func (p *Portal) openFollow(c *gin.Context) error {
	form, err := p.site.Typed(c, "follow")
	if err != nil {
		return err
	}
	form.Problems = nil // what a paste brought along is no part of a code: nothing to read again
	if form.Get("code") == "" {
		form.Refuse("code", "wrong.code_empty")
		return p.followPage(c, http.StatusUnprocessableEntity, form)
	}
	if err := p.slow(c, "follow", p.limits.LookUps); err != nil {
		return err
	}
	code, err := exchange.ParseCode(form.Get("code"))
	if err != nil {
		return p.unknownCode(c, form)
	}
	locator := code.Locator()
	if err := p.slowKey(c, "code", locator[:], p.limits.Code); err != nil {
		return err
	}
	if _, err := p.opened(c.Request.Context(), code); isKind(err, petition.NotFound) {
		return p.unknownCode(c, form)
	} else if err != nil {
		return err
	}
	token := exchange.NewKey()
	if err := p.startSession(c, session{Code: code, Form: base64.RawURLEncoding.EncodeToString(token[:12])}); err != nil {
		return err
	}
	return p.site.Go(c, "/follow/case")
}

func (p *Portal) unknownCode(c *gin.Context, form *web.Form) error {
	form.Refuse("code", "wrong.code")
	return p.followPage(c, http.StatusUnprocessableEntity, form)
}
