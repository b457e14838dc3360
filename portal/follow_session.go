package portal

import (
	"encoding/base64"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

const (
	followCookie = "follow"
	followLife   = 2 * time.Hour // longer than anybody writes on one page; renewed by each page
	readerKey    = "portal reader"
)

// session is what the follow cookie holds, closed under a key of the portal's nodes:
// the code is in no address, page or log.
type session struct {
	Code  exchange.Code `json:"code"`
	Until time.Time     `json:"until"`
	Form  string        `json:"form"` // token of the forms
}

var sessionBound = exchange.Bind("follow session")

// reader is somebody whose code opened a filing.
type reader struct {
	session
	opened
	news exchange.NewsOffer // how the office of the filing can tell of news
}

// anonymous tells whether nobody left a name: then nobody is told of anything.
func (r *reader) anonymous() bool {
	return r.opened.Filing.Anonymous || r.Folder != nil && r.Folder.Filing != nil && r.Folder.Filing.Anonymous
}

// startSession gives the browser a cookie that opens the code's filing for a while.
func (p *Portal) startSession(c *gin.Context, s session) error {
	s.Until = p.now().Add(followLife)
	box, err := closeBox(p.session, sessionBound, 128, s)
	if err != nil {
		return err
	}
	p.site.SetCookie(c, followCookie, base64.RawURLEncoding.EncodeToString(box), 0)
	return nil
}

// needSession lets only a browser in whose cookie still opens a filing: a code that
// was revoked meanwhile opens nothing any more.
func (p *Portal) needSession(c *gin.Context) {
	r, err := p.reader(c)
	if isKind(err, petition.NotFound) {
		if _, err := p.followed(c); err != nil { // else it still shows what this browser held
			p.site.SetCookie(c, followCookie, "", -1)
		}
		p.site.Flash(c, "flash.follow_again")
		_ = p.site.Go(c, "/follow")
		c.Abort()
		return
	}
	if err != nil {
		p.site.Fail(c, err)
		return
	}
	if r.Until.Sub(p.now()) < followLife/2 {
		if err := p.startSession(c, r.session); err != nil {
			p.site.Fail(c, err)
			return
		}
	}
	c.Set(readerKey, r)
	c.Set(tokenKey, r.Form)
}

// followed is what the cookie holds, also when its time is over; NotFound if there is
// none of ours.
func (p *Portal) followed(c *gin.Context) (session, error) {
	box, err := base64.RawURLEncoding.DecodeString(p.site.Cookie(c, followCookie))
	if err != nil || len(box) == 0 {
		return session{}, gone()
	}
	var s session
	if err := openBox(p.session, sessionBound, box, &s); err != nil {
		return session{}, gone()
	}
	return s, nil
}

func (p *Portal) reader(c *gin.Context) (*reader, error) {
	s, err := p.followed(c)
	if err != nil || p.now().After(s.Until) {
		return nil, gone()
	}
	o, err := p.opened(c.Request.Context(), s.Code)
	if err != nil {
		return nil, err
	}
	return &reader{session: s, opened: o}, nil
}

// readerOf is what needSession found.
func readerOf(c *gin.Context) *reader {
	r, _ := c.MustGet(readerKey).(*reader)
	return r
}

func langOf(c *gin.Context) string { return web.Lang(c) }

// leave closes the matter in this browser.
func (p *Portal) leave(c *gin.Context) error {
	p.site.SetCookie(c, followCookie, "", -1)
	p.site.Flash(c, "flash.left")
	return p.site.Go(c, "/follow")
}
