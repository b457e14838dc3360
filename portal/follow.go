package portal

import (
	"encoding/base64"
	"errors"
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
// alike.
//
// Who counts as guessing is told in slowGuess. Two kinds of people never do: who
// mistypes, because the last character of a code shows it to anybody and nothing is
// looked up; and who types the code that this browser has opened or filed under before,
// because what one holds need not be guessed. So nobody is shut out of their own matter
// by slips, nor by others who come from the same address.
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
	code, err := exchange.ParseCode(form.Get("code"))
	if err != nil {
		return p.unknownCode(c, form)
	}
	if !p.holds(c, code) {
		if err := p.slowGuess(c, code); isKind(err, petition.Throttled) {
			return p.slowFollow(c, form, err)
		} else if err != nil {
			return err
		}
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

// slowGuess counts a look-up, of the client and of the code, and fails with Throttled
// past either limit. Right codes count too: the count must stand before the answer is
// known, or many guesses sent at once would all be answered.
func (p *Portal) slowGuess(c *gin.Context, code exchange.Code) error {
	if err := p.slow(c, "follow", p.limits.LookUps); err != nil {
		return err
	}
	locator := code.Locator()
	return p.slowKey(c, "code", locator[:], p.limits.Code)
}

// holds tells whether this browser has opened the code before, or filed under it.
func (p *Portal) holds(c *gin.Context, code exchange.Code) bool {
	if s, err := p.followed(c); err == nil && s.Code == code {
		return true
	}
	d, err := p.findDraft(c.Request.Context(), p.site.Cookie(c, draftCookie))
	return err == nil && d.Filed && d.Code == code
}

// slowFollow says on the form, with what was typed, how long to wait and what else one
// can do.
func (p *Portal) slowFollow(c *gin.Context, form *web.Form, err error) error {
	var slow *petition.Error
	if !errors.As(err, &slow) {
		return err
	}
	form.Refuse("code", "wrong.slow_code", "n", slow.Args["n"], "phone", slow.Args["phone"])
	return p.followPage(c, http.StatusTooManyRequests, form)
}
