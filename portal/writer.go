package portal

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

const (
	draftCookie = "draft"
	draftKey    = "portal draft" // in the request's context
	tokenKey    = "portal token"
	holderKey   = "portal holder"
)

// needDraft lets only a browser in that holds the cookie of a draft. The others are
// led to the beginning, where it says why.
func (p *Portal) needDraft(c *gin.Context) {
	d, err := p.findDraft(c.Request.Context(), p.site.Cookie(c, draftCookie))
	if isKind(err, petition.NotFound) {
		if c.Request.Method == http.MethodPost && c.FullPath() == autosavePath {
			p.site.Fail(c, err)
			return
		}
		p.toBeginning(c)
		return
	}
	if err != nil {
		p.site.Fail(c, err)
		return
	}
	c.Set(draftKey, d)
	c.Set(tokenKey, d.token)
}

// toBeginning leads somebody without a draft there and says why. What was typed
// meanwhile is given back first.
func (p *Portal) toBeginning(c *gin.Context) {
	p.site.SetCookie(c, draftCookie, "", -1)
	if given, err := p.giveBack(c); err != nil {
		p.site.Fail(c, err)
		return
	} else if given {
		c.Abort()
		return
	}
	p.site.Flash(c, "flash.draft_gone")
	_ = p.site.Go(c, "/file")
	c.Abort()
}

// needHolder lets in who holds the cookie of a draft, and reads no draft: a captcha's
// token is sealed, bound to its draft and at most half an hour old, so that it proves
// by itself that the draft was there and is this browser's. Whoever made a cookie up
// has no token that opens for it.
func (p *Portal) needHolder(c *gin.Context) {
	k, err := draftSecret(p.site.Cookie(c, draftCookie))
	if err != nil {
		p.toBeginning(c)
		return
	}
	c.Set(holderKey, web.Holder(draftID(k)))
}

// holderOf is what needHolder found.
func holderOf(c *gin.Context) web.Holder {
	h, _ := c.MustGet(holderKey).(web.Holder)
	return h
}

// renewCookie lets the cookie live as long as the draft, which was just stored again.
func (p *Portal) renewCookie(c *gin.Context) {
	p.site.SetCookie(c, draftCookie, p.site.Cookie(c, draftCookie), draftLife)
}

// needToken refuses a form that does not carry the token of the draft or session: a
// browser old enough to send neither Origin nor Sec-Fetch-Site could be made to post
// from another site.
func (p *Portal) needToken(c *gin.Context) {
	// Not gin's PostForm: that would read multipart bodies too.
	if err := c.Request.ParseForm(); err != nil {
		p.site.Fail(c, &petition.Error{Kind: petition.Invalid, Key: "error.too_big", Err: err})
		return
	}
	if !sameToken(c, c.Request.PostForm.Get("token")) {
		p.site.Fail(c, badToken())
	}
}

func sameToken(c *gin.Context, typed string) bool {
	want := c.GetString(tokenKey)
	return want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(typed)) == 1
}

func badToken() error {
	return &petition.Error{Kind: petition.Forbidden, Key: "error.cross_origin"}
}

// draftOf is what needDraft found.
func draftOf(c *gin.Context) *openDraft {
	d, _ := c.MustGet(draftKey).(*openDraft)
	return d
}

// change does something to the draft and stores it. If another page of the same
// browser stored it meanwhile, it is read and changed again: every act is on one step
// only, so that the last word on each step counts. An act that has nothing to change
// says so with errUnchanged.
func (p *Portal) change(ctx context.Context, d *openDraft, act func(d *openDraft) error) error {
	const tries = 4
	for try := 1; ; try++ {
		if err := act(d); errors.Is(err, errUnchanged) {
			return nil
		} else if err != nil {
			return err
		}
		err := p.keepDraft(ctx, d)
		if !isKind(err, petition.Conflict) || try == tries {
			return err
		}
		if err := p.rereadDraft(ctx, d); err != nil {
			return err
		}
	}
}

// errUnchanged is returned by an act that finds nothing to do.
var errUnchanged = errors.New("portal: the draft is as it should be")

func (p *Portal) rereadDraft(ctx context.Context, d *openDraft) error {
	stored, err := p.store.Draft(ctx, d.id)
	if err != nil {
		return err
	}
	d.version, d.draft = stored.Version, draft{}
	return p.openDraft(d, stored.Sealed)
}

// isKind tells whether an error is ours and of the kind.
func isKind(err error, kind petition.Kind) bool {
	var known *petition.Error
	return errors.As(err, &known) && known.Kind == kind
}

// gone is the error of something that is no longer there.
func gone() error { return web.NotFound() }
