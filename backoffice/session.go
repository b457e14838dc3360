package backoffice

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

const (
	sessionCookie = "office"
	sessionKey    = "session"
	countsKey     = "counts"
)

// signedIn lets only a live session pass; others go to the sign-in page and come back
// to a page, never to an act.
func (w *Office) signedIn(c *gin.Context) {
	token := w.site.Cookie(c, sessionCookie)
	if back, ok := comesBack(c); ok {
		token = back.token
	}
	if token == "" {
		w.toSignIn(c)
		return
	}
	if c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead {
		c.Request = c.Request.WithContext(w.store.Page(c.Request.Context()))
	}
	s, err := w.store.Session(c.Request.Context(), token, w.site.Now())
	if kind(err) == petition.NotFound {
		w.toSignIn(c)
		return
	}
	if err != nil {
		w.site.Fail(c, err)
		return
	}
	s.Token = token
	c.Set(sessionKey, s)
}

// toSignIn leads to the sign-in page, and from there back to the page that was asked for
// or written on.
func (w *Office) toSignIn(c *gin.Context) {
	c.Abort()
	c.Header("Cache-Control", "no-store")
	if kept, err := w.keepForm(c); err != nil {
		w.site.Fail(c, err)
		return
	} else if kept {
		return
	}
	to := "/sign-in"
	if next := w.pageOf(c); next != "" && c.Request.URL.Path != "/" {
		to += "?next=" + url.QueryEscape(next)
	}
	c.Redirect(303, to)
}

// settled keeps out those who must change their password or bind a second factor first.
func (w *Office) settled(c *gin.Context) {
	if to := unsettled(who(c)); to != "" {
		c.Redirect(303, to)
		c.Abort()
	}
}

// unsettled is where somebody must go before anything else; "" if nowhere.
func unsettled(s Session) string {
	switch {
	case s.Changed:
		return "/me"
	case s.Bare:
		return "/me/code"
	}
	return ""
}

// only lets people with one of the roles pass; to others the page does not exist.
func (w *Office) only(roles ...petition.Role) gin.HandlerFunc {
	return func(c *gin.Context) {
		if !who(c).Actor.Is(roles...) {
			w.site.Fail(c, web.NotFound())
		}
	}
}

// who is the session of this request; zero before sign-in.
func who(c *gin.Context) Session {
	s, _ := c.Get(sessionKey)
	found, _ := s.(Session)
	return found
}

// posted reads a form and checks, before anything is done with it, that one of our
// pages made it for this session.
func (w *Office) posted(c *gin.Context, name string) (*web.Form, error) {
	f, err := w.site.Typed(c, name)
	if err != nil {
		return nil, err
	}
	if err := w.checkToken(c, f.Values.Get("token")); err != nil {
		if w.formerly(c, f.Values.Get("token")) {
			lookAgain(f)
			err = nil
		}
		return f, err
	}
	if back, ok := c.Request.Context().Value(resumedKey{}).(resumed); ok {
		return f, back.show(c, f)
	}
	return f, nil
}

func (w *Office) checkToken(c *gin.Context, token string) error {
	want := who(c).Form
	if want == "" || subtle.ConstantTimeCompare([]byte(token), []byte(want)) != 1 {
		return &petition.Error{Kind: petition.Forbidden, Key: "error.form_token"}
	}
	return nil
}

// kind is the kind of a refusal; "" if it is none.
func kind(err error) petition.Kind {
	var e *petition.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// overtaken tells whether somebody else came first: what the reader saw is not the newest.
func overtaken(err error) bool {
	var e *petition.Error
	return errors.As(err, &e) && e.Kind == petition.Conflict && e.Key == "error.conflict"
}

// chosenID is who or what a form names at a field; zero where it names nothing that
// could be: the rules ask for it where it is needed.
func chosenID(f *web.Form, field string) petition.ID {
	id, err := petition.ParseID(f.Get(field))
	if err != nil {
		return petition.ID{}
	}
	return id
}

// idParam reads an id of the address; what is no id was not found.
func idParam(c *gin.Context, name string) (petition.ID, error) {
	id, err := petition.ParseID(c.Param(name))
	if err != nil {
		return id, web.NotFound()
	}
	return id, nil
}

// postedStep reads a form that goes on with something that is kept step by step: which, and
// how many of its steps were seen.
func (w *Office) postedStep(c *gin.Context, name string) (f *web.Form, id petition.ID, seen int, err error) {
	if f, err = w.posted(c, name); err != nil {
		return nil, id, 0, err
	}
	if id, err = idParam(c, "id"); err != nil {
		return nil, id, 0, err
	}
	if seen, err = strconv.Atoi(f.Get("seen")); err != nil {
		return nil, id, 0, web.NotFound()
	}
	return f, id, seen, nil
}
