package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"sync"

	"github.com/gin-gonic/gin"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Show draws a page into memory and then sends it, so that no half page ever goes
// out. Private pages are never stored by anything on the way.
func (s *Site) Show(c *gin.Context, status int, page string, view any) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	f := s.frame(c, page, view)
	if err := s.Draw(b, f); err != nil {
		return err
	}
	if c.Writer.Header().Get("Cache-Control") == "" {
		c.Header("Cache-Control", "no-store")
	}
	sendPage(c, status, b.Bytes())
	return nil
}

// sendPage sends a whole page; with its length said it goes out in one piece.
func sendPage(c *gin.Context, status int, page []byte) {
	c.Header("Content-Length", strconv.Itoa(len(page)))
	c.Data(status, "text/html; charset=utf-8", page)
}

// Draw writes the page of a frame.
func (s *Site) Draw(b *bytes.Buffer, f Frame) error {
	t := s.pages[f.Lang][f.Page]
	if t == nil {
		return fmt.Errorf("no page %q", f.Page)
	}
	if err := t.ExecuteTemplate(b, "layout", f); err != nil {
		return fmt.Errorf("page %s: %w", f.Page, err)
	}
	return nil
}

// Part draws a part that every page has, for keeping what is the same for everybody.
func (s *Site) Part(lang, part string, view any) (template.HTML, error) {
	var b bytes.Buffer
	if err := s.parts[lang].ExecuteTemplate(&b, part, view); err != nil {
		return "", fmt.Errorf("part %s: %w", part, err)
	}
	return template.HTML(b.String()), nil // #nosec G203 -- escaped by the template
}

// Go answers a POST: the browser fetches the next page with GET.
func (s *Site) Go(c *gin.Context, to string) error {
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, to)
	return nil
}
