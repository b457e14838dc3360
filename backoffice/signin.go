package backoffice

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// signInPage is the view of pages/sign_in.html.
type signInPage struct {
	*web.Form
	Door string // token of the form, tied to a cookie: there is no session yet
	Next string
	Said string // catalogue key of why it failed
}

const (
	doorCookie = "door"
	doorLife   = time.Hour
)

func (w *Office) showSignIn(c *gin.Context) error {
	return w.askSignIn(c, http.StatusOK, web.NewForm("sign_in", nil), c.Query("next"), "")
}

func (w *Office) askSignIn(c *gin.Context, status int, f *web.Form, next, said string) error {
	door := w.site.Cookie(c, doorCookie)
	if door == "" {
		var raw [18]byte
		if _, err := io.ReadFull(w.random, raw[:]); err != nil {
			return fmt.Errorf("random bytes for the sign-in form: %w", err)
		}
		door = base64.RawURLEncoding.EncodeToString(raw[:])
		w.site.SetCookie(c, doorCookie, door, doorLife)
	}
	f.Set("password", "")
	f.Set("otp", "")
	return w.site.Show(c, status, "sign_in", signInPage{f, door, ownPath(next), said})
}

// signIn answers every failure of name, password and code alike.
func (w *Office) signIn(c *gin.Context) error {
	f, err := w.site.Typed(c, "sign_in")
	if err != nil {
		return err
	}
	door := w.site.Cookie(c, doorCookie)
	if door == "" || subtle.ConstantTimeCompare([]byte(door), []byte(f.Values.Get("token"))) != 1 {
		return w.askSignIn(c, http.StatusForbidden, f, f.Get("next"), "sign_in.stale")
	}
	if f.Get("login") == "" {
		f.Refuse("login", "problem.required")
	}
	if f.Values.Get("password") == "" {
		f.Refuse("password", "problem.required")
	}
	if !f.OK() {
		return w.askSignIn(c, http.StatusUnprocessableEntity, f, f.Get("next"), "")
	}
	s, err := w.store.SignIn(c.Request.Context(), f.Get("login"), f.Values.Get("password"), f.Get("otp"), w.site.Now())
	switch kind(err) {
	case petition.Forbidden:
		return w.askSignIn(c, http.StatusForbidden, f, f.Get("next"), "sign_in.wrong")
	case petition.Throttled:
		return w.askSignIn(c, http.StatusTooManyRequests, f, f.Get("next"), "sign_in.throttled")
	}
	if err != nil {
		return err
	}
	w.site.SetCookie(c, doorCookie, "", -1)
	w.site.SetCookie(c, sessionCookie, s.Token, 0)
	if shown, err := w.resume(c, s, f.Get("kept")); shown || err != nil {
		return err
	}
	return w.site.Go(c, afterSignIn(s, f.Get("next")))
}

func afterSignIn(s Session, next string) string {
	if first := unsettled(s); first != "" {
		return first
	}
	if next = ownPath(next); next != "" {
		return next
	}
	return home(s.Actor)
}

// ownPath is the path if it leads to a page of ours, else "".
func ownPath(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return ""
	}
	return next
}

func (w *Office) signOut(c *gin.Context) error {
	if _, err := w.posted(c, "sign_out"); err != nil {
		return err
	}
	if err := w.store.SignOut(c.Request.Context(), who(c).Token, w.site.Now()); err != nil {
		return err
	}
	w.site.SetCookie(c, sessionCookie, "", -1)
	w.site.Flash(c, "flash.signed_out")
	return w.site.Go(c, "/sign-in")
}
