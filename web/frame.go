package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// Frame is what every page is drawn in: the dot of layouts and pages.
type Frame struct {
	View  any    // the page's own struct
	Page  string // name of the page: "follow"
	Lang  string // zh-CN or en
	Other string // the language to switch to
	Elder bool   // 长辈版
	Path  string // of this request, for the switches
	Name  string // of the deployment, in the masthead
	Demo  bool   // a demonstration: said on every page
	Wrong bool   // the page carries problems: its title says so
	Flash string // catalogue key of what just happened; "" if nothing
	Token string // of the form, bound to the session
	Who   any    // who is signed in; nil on the portal
	Face  any    // what the face's layout shows on every page
	Now   time.Time
}

const (
	langCookie  = "lang"
	viewCookie  = "view"
	flashCookie = "flash"
)

// Framer lets a face put its own into each frame (name, demonstration, session).
type Framer func(c *gin.Context, f *Frame)

func (s *Site) frame(c *gin.Context, page string, view any) Frame {
	f := Frame{View: view, Page: page, Lang: Lang(c), Path: c.Request.URL.Path, Now: s.Now()}
	f.Other = Languages[1]
	if f.Lang == f.Other {
		f.Other = Languages[0]
	}
	f.Elder = Elder(c)
	if p, ok := view.(interface{ Problematic() bool }); ok {
		f.Wrong = p.Problematic()
	}
	f.Flash = s.takeFlash(c)
	if s.framer != nil {
		s.framer(c, &f)
	}
	return f
}

// Lang is the reader's language: the cookie's, or Chinese. The browser's wish is not
// asked: most visitors' devices are set to anything.
func Lang(c *gin.Context) string {
	if v, err := c.Cookie(langCookie); err == nil && v == Languages[1] {
		return v
	}
	return Languages[0]
}

// Elder tells whether the reader chose the elder view.
func Elder(c *gin.Context) bool {
	v, err := c.Cookie(viewCookie)
	return err == nil && v == "elder"
}

// Switches reads ?lang= and ?view= on any page, keeps the choice in a cookie and
// goes back to the page without them. Only GET pages carry the links.
func (s *Site) Switches(c *gin.Context) {
	q := c.Request.URL.Query()
	lang, view := q.Get("lang"), q.Get("view")
	if c.Request.Method != http.MethodGet || (lang == "" && view == "") {
		return
	}
	if lang == Languages[0] || lang == Languages[1] {
		s.SetCookie(c, langCookie, lang, 365*24*time.Hour)
	}
	if view == "elder" || view == "standard" {
		s.SetCookie(c, viewCookie, view, 365*24*time.Hour)
	}
	q.Del("lang")
	q.Del("view")
	to := c.Request.URL.Path
	if rest := q.Encode(); rest != "" {
		to += "?" + rest
	}
	// A path that begins with two slashes would be another host.
	c.Redirect(http.StatusSeeOther, "/"+strings.TrimLeft(to, "/\\"))
	c.Abort()
}

// SetCookie sets a cookie that only this host and no script reads; __Host- and
// Secure where TLS is on. A life of zero ends with the browser; below, it is removed.
func (s *Site) SetCookie(c *gin.Context, name, value string, life time.Duration) {
	k := &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, Secure: s.TLS,
		SameSite: http.SameSiteStrictMode, MaxAge: int(life.Seconds())}
	if s.TLS && !isSwitch(name) {
		k.Name = "__Host-" + name
	}
	if life < 0 {
		k.MaxAge = -1
	}
	http.SetCookie(c.Writer, k)
}

// Cookie reads what SetCookie set; "" if it is not there.
func (s *Site) Cookie(c *gin.Context, name string) string {
	if s.TLS && !isSwitch(name) {
		name = "__Host-" + name
	}
	v, err := c.Cookie(name)
	if err != nil {
		return ""
	}
	return v
}

// isSwitch names the two cookies that are read without a Site.
func isSwitch(name string) bool { return name == langCookie || name == viewCookie }

// Flash keeps a sentence for the next page.
func (s *Site) Flash(c *gin.Context, key string) { s.SetCookie(c, flashCookie, key, time.Minute) }

func (s *Site) takeFlash(c *gin.Context) string {
	key := s.Cookie(c, flashCookie)
	if key == "" {
		return ""
	}
	s.SetCookie(c, flashCookie, "", -1)
	// The cookie is the visitor's to write: only sentences meant for it are said.
	if !strings.HasPrefix(key, "flash.") || !s.Text.Has(Languages[0], key) {
		return ""
	}
	return key
}
