package web

import (
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// policy lets a page use only what this host serves; no inline script or style.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// always stands on every answer. The lists are shared: a header is set anew, never
// changed in place.
var always = http.Header{
	"Content-Security-Policy":      {policy},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"no-referrer"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Embedder-Policy": {"require-corp"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=()"},
}

// Headers go on every answer, errors included.
func (s *Site) Headers(c *gin.Context) {
	h := c.Writer.Header()
	maps.Copy(h, always)
	if s.TLS {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// Recover turns a panic into a fault page.
func (s *Site) Recover(c *gin.Context) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.Fail(c, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	c.Next()
}

// MaxForm bounds what a form may carry; uploads are bounded by their handler.
const MaxForm = 256 << 10

// Limit refuses bodies over MaxForm, except where the path takes uploads.
func (s *Site) Limit(uploads ...string) gin.HandlerFunc {
	return func(c *gin.Context) {
		for _, p := range uploads {
			if c.FullPath() == p {
				return
			}
		}
		if c.Request.ContentLength > MaxForm {
			s.Fail(c, &petition.Error{Kind: petition.Invalid, Key: "error.too_big"})
			return
		}
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, MaxForm)
	}
}

// Shed answers 503 at once when more requests are at work than the box can finish in
// time, before queues grow.
func (s *Site) Shed(most int) gin.HandlerFunc {
	room := make(chan struct{}, most)
	return func(c *gin.Context) {
		select {
		case room <- struct{}{}:
			defer func() { <-room }()
			c.Next()
		default:
			s.Fail(c, &petition.Error{Kind: petition.Unavailable, Key: "error.busy"})
		}
	}
}

// CrossOrigin refuses forms that another site's page sends.
func (s *Site) CrossOrigin() gin.HandlerFunc {
	guard := http.NewCrossOriginProtection()
	return func(c *gin.Context) {
		if err := guard.Check(c.Request); err != nil {
			s.Fail(c, &petition.Error{Kind: petition.Forbidden, Key: "error.cross_origin", Err: err})
		}
	}
}

// Posted reads a POSTed form of bounded size. Text that is not UTF-8 or carries NUL
// or direction-changing characters is refused, never cut.
func (s *Site) Posted(c *gin.Context, name string) (*Form, error) {
	if err := c.Request.ParseForm(); err != nil {
		return nil, &petition.Error{Kind: petition.Invalid, Key: "error.too_big", Err: err}
	}
	for field, values := range c.Request.PostForm {
		for i, v := range values {
			clean, err := Clean(v)
			if err != nil {
				return nil, fmt.Errorf("field %s: %w", field, err)
			}
			values[i] = clean
		}
	}
	return NewForm(name, c.Request.PostForm), nil
}

// Typed is Posted for pages of long text: characters that cannot be kept are taken out
// and named at their field, so that a form whose text was pasted comes back with every
// word. The caller must show the form again unless it is OK.
func (s *Site) Typed(c *gin.Context, name string) (*Form, error) {
	if err := c.Request.ParseForm(); err != nil {
		return nil, &petition.Error{Kind: petition.Invalid, Key: "error.too_big", Err: err}
	}
	var mended []string
	for field, values := range c.Request.PostForm {
		for i, v := range values {
			seen, changed := Visible(v)
			if values[i] = seen; changed {
				mended = append(mended, field)
			}
		}
	}
	f, err := s.Posted(c, name)
	if err != nil {
		return nil, err
	}
	slices.Sort(mended)
	for _, field := range slices.Compact(mended) {
		f.Refuse(field, "problem.bad_characters")
	}
	return f, nil
}

// Patient lets a handler read a large body over a slow line, for this request only.
func Patient(c *gin.Context, atMost time.Duration) error {
	control := http.NewResponseController(c.Writer)
	if err := control.SetReadDeadline(time.Now().Add(atMost)); err != nil {
		return fmt.Errorf("read deadline: %w", err)
	}
	if err := control.SetWriteDeadline(time.Now().Add(atMost + time.Minute)); err != nil {
		return fmt.Errorf("write deadline: %w", err)
	}
	return nil
}
