package web_test

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

var pages = fstest.MapFS{
	"layout.html": {Data: []byte(`{{define "layout"}}<!doctype html><html lang="{{.Lang}}"><title>{{if .Wrong}}!{{end}}x</title><main>{{template "main" .}}</main></html>{{end}}`)},
	"form.html":   {Data: []byte(`{{define "main"}}{{errors .View.Form}}{{input .View.Form "name" "autocomplete" "name"}}{{area .View.Form "facts" "limit" "50"}}{{radios .View.Form "kind" .View.Kinds}}{{end}}`)},
	"fault.html":  {Data: []byte(`{{define "main"}}<h1>{{.View.Status}}</h1><p>{{t .View.Key}}</p><code>{{.View.Reference}}</code>{{end}}`)},
}

var words = fstest.MapFS{
	"zh-CN.toml": {Data: []byte("\"f.name.label\"=\"姓名\"\n\"f.facts.label\"=\"经过\"\n\"f.facts.hint\"=\"写清楚\"\n\"f.kind.label\"=\"类别\"\n\"p.empty\"=\"填写{what}\"\n")},
	"en.toml":    {Data: []byte("\"f.name.label\"=\"Name\"\n\"f.facts.label\"=\"Facts\"\n\"f.facts.hint\"=\"Be clear\"\n\"f.kind.label\"=\"Kind\"\n\"p.empty\"=\"Enter {what}\"\n")},
}

type formPage struct {
	*web.Form
	Kinds []web.Option
}

func newSite(t *testing.T, routes func(*web.Site, *web.Group)) http.Handler {
	t.Helper()
	site, err := web.New(web.Options{Pages: pages, Texts: []fs.FS{words}, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	list, err := site.NewRoutes(nil)
	if err != nil {
		t.Fatal(err)
	}
	routes(site, list.Guard("public"))
	return list.Engine
}

func get(t *testing.T, h http.Handler, r *http.Request) (*httptest.ResponseRecorder, *goquery.Document) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return w, doc
}

func TestARefusedFormKeepsItsWordsAndSaysWhatIsWrong(t *testing.T) {
	h := newSite(t, func(s *web.Site, g *web.Group) {
		g.POST("/form", func(c *gin.Context) error {
			f, err := s.Posted(c, "f")
			if err != nil {
				return err
			}
			f.Refuse("name", "p.empty", "what", "姓名")
			return s.Show(c, http.StatusUnprocessableEntity, "form", formPage{f, []web.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}})
		})
	})
	r := httptest.NewRequest(http.MethodPost, "/form", strings.NewReader("name=&facts=%3Cb%3E%0D%0Ax&kind=b"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, doc := get(t, h, r)
	if got := doc.Find("textarea").Text(); strings.TrimPrefix(got, "\n") != "<b>\nx" {
		t.Errorf("facts came back as %q", got)
	}
	if v, _ := doc.Find("input[type=radio][checked]").Attr("value"); v != "b" {
		t.Errorf("chosen: %q", v)
	}
	if got := doc.Find("#f-name-error").Text(); got != "填写姓名" {
		t.Errorf("at the field: %q", got)
	}
	if href, _ := doc.Find(".errsum a").Attr("href"); href != "#f-name" {
		t.Errorf("summary points at %q", href)
	}
	if d, _ := doc.Find("#f-facts").Attr("aria-describedby"); d != "f-facts-hint" {
		t.Errorf("facts described by %q", d)
	}
	if !strings.HasPrefix(doc.Find("title").Text(), "!") {
		t.Error("the title does not say that something is wrong")
	}
}

func TestErrorsBecomePagesAndNeverShowTheirInside(t *testing.T) {
	h := newSite(t, func(_ *web.Site, g *web.Group) {
		g.GET("/gone", func(*gin.Context) error { return web.NotFound() })
		g.GET("/broken", func(*gin.Context) error { return io.ErrUnexpectedEOF })
		g.GET("/panic", func(*gin.Context) error { panic("secret") })
		g.GET("/busy", func(*gin.Context) error { return &petition.Error{Kind: petition.Unavailable} })
	})
	for path, want := range map[string]int{"/gone": 404, "/nowhere": 404, "/broken": 500, "/panic": 500, "/busy": 503} {
		w, doc := get(t, h, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
		if strings.Contains(w.Body.String(), "EOF") || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s shows its inside", path)
		}
		if w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s lacks headers: %v", path, w.Header())
		}
		if want == 500 && doc.Find("code").Text() == "" {
			t.Errorf("%s gives no reference", path)
		}
	}
}

func TestAnotherSitesFormIsRefused(t *testing.T) {
	h := newSite(t, func(_ *web.Site, g *web.Group) {
		g.POST("/act", func(c *gin.Context) error { c.Status(http.StatusNoContent); return nil })
	})
	r := httptest.NewRequest(http.MethodPost, "/act", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w, _ := get(t, h, r); w.Code != http.StatusForbidden {
		t.Errorf("cross-site POST: %d", w.Code)
	}
}

func TestSwitchesNeverLeaveTheSite(t *testing.T) {
	h := newSite(t, func(s *web.Site, g *web.Group) {})
	for _, path := range []string{"//evil.example/?lang=en", "/\\evil.example/?view=elder"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
		w, _ := get(t, h, r)
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") {
			t.Errorf("%s leads to %q", path, to)
		}
	}
}

func TestTextThatCouldNotComeBackIsRefused(t *testing.T) {
	for _, bad := range []string{"a\x00b", "\xff\xfe", "a\u202eb", "\u2066x", "a\x1bb"} {
		if _, err := web.Clean(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	for in, want := range map[string]string{"a\r\nb\rc": "a\nb\nc", "𠮷野家": "𠮷野家", "e\u0301": "é"} {
		if got, err := web.Clean(in); err != nil || got != want {
			t.Errorf("Clean(%q) = %q, %v", in, got, err)
		}
	}
}

func TestAnAddressBreaksAfterItsSlashesOnly(t *testing.T) {
	site, err := web.New(web.Options{Texts: []fs.FS{words}, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Pages: fstest.MapFS{"layout.html": pages["layout.html"], "fault.html": pages["fault.html"],
			"form.html": {Data: []byte(`{{define "main"}}{{typed .View}}{{end}}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	list, err := site.NewRoutes(nil)
	if err != nil {
		t.Fatal(err)
	}
	list.Guard("public").GET("/", func(c *gin.Context) error {
		return site.Show(c, http.StatusOK, "form", "https://xf.example.gov.cn/a&b/follow")
	})
	w, _ := get(t, list.Engine, httptest.NewRequest(http.MethodGet, "/", nil))
	if want := `<span class="address">https://xf.example.gov.cn/<wbr>a&amp;b/<wbr>follow</span>`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("drawn as %s", w.Body)
	}
}
