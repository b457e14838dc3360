package web_test

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/web"
)

// A page keeps the parts that it draws, however deep they stand in others, and only those.
func TestAPageKeepsWhatItDraws(t *testing.T) {
	parts := fstest.MapFS{
		"layout.html": {Data: []byte(`{{define "layout"}}{{template "main" .}}{{end}}`)},
		"_parts.html": {Data: []byte(`{{define "one"}}1{{if .Lang}}{{range .View}}{{with .}}{{template "two" .}}{{end}}{{else}}{{template "none"}}{{end}}{{end}}{{end}}` +
			`{{define "two"}}[{{.}}]{{end}}{{define "none"}}-{{end}}{{define "alone"}}<b>{{.}}</b>{{end}}`)},
		"deep.html":  {Data: []byte(`{{define "main"}}{{template "one" .}}{{end}}`)},
		"fault.html": {Data: []byte(`{{define "main"}}{{.View.Status}}{{end}}`)},
	}
	site, err := web.New(web.Options{Pages: parts, Texts: []fs.FS{words}, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	list, err := site.NewRoutes(nil)
	if err != nil {
		t.Fatal(err)
	}
	public := list.Guard("public")
	public.GET("/full", func(c *gin.Context) error { return site.Show(c, http.StatusOK, "deep", []string{"a", "<b>"}) })
	public.GET("/empty", func(c *gin.Context) error { return site.Show(c, http.StatusOK, "deep", []string{}) })
	for path, want := range map[string]string{"/full": "1[a][&lt;b&gt;]", "/empty": "1-"} {
		if w, _ := get(t, list.Engine, httptest.NewRequest(http.MethodGet, path, nil)); w.Body.String() != want {
			t.Errorf("%s: %q, want %q", path, w.Body.String(), want)
		}
	}
	// A part that no page draws is there for what is kept beside pages.
	if part, err := site.Part("en", "alone", "<x>"); err != nil || part != "<b>&lt;x&gt;</b>" {
		t.Errorf("part: %q, %v", part, err)
	}
	if site.Drawn("deep", "alone") || !site.Drawn("deep", "two") {
		t.Error("the page keeps what it does not draw, or lacks what it does")
	}
}
