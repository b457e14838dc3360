package web

import (
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Site is one face: its pages, texts and manners.
type Site struct {
	Text *Catalogue
	Log  *slog.Logger
	TLS  bool // reached over TLS: cookies are Secure, HSTS is sent
	Now  func() time.Time

	pages  map[string]map[string]*template.Template // language, page
	parts  map[string]*template.Template            // language: the layout and all parts
	framer Framer
}

// Options make a Site. All are needed but Framer.
type Options struct {
	Pages  fs.FS   // layout.html, parts in _*.html, pages in x.html
	Texts  []fs.FS // catalogues of the face; web's own are always read
	Funcs  func(lang string, say func(key string, pairs ...any) string) template.FuncMap
	Log    *slog.Logger
	TLS    bool
	Now    func() time.Time
	Framer Framer
}

// New parses every page in every language. It fails on the first that does not parse.
func New(o Options) (*Site, error) {
	text, err := NewCatalogue(append([]fs.FS{Texts()}, o.Texts...)...)
	if err != nil {
		return nil, err
	}
	s := &Site{Text: text, Log: o.Log, TLS: o.TLS, Now: o.Now, framer: o.Framer,
		pages: map[string]map[string]*template.Template{}, parts: map[string]*template.Template{}}
	for _, lang := range Languages {
		if s.pages[lang], err = s.parse(o, lang); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Pages lists the names of all pages.
func (s *Site) Pages() []string { return slices.Sorted(maps.Keys(s.pages[Languages[0]])) }

// parse reads the layout and parts once and each page on a copy of them.
func (s *Site) parse(o Options, lang string) (map[string]*template.Template, error) {
	say := func(key string, pairs ...any) string { return s.Text.Say(lang, key, pairs...) }
	base := template.New("base").Option("missingkey=error").Funcs(s.funcs(lang, say))
	if o.Funcs != nil {
		base.Funcs(o.Funcs(lang, say))
	}
	empty, err := base.Clone()
	if err != nil {
		return nil, err
	}
	if _, err := base.ParseFS(o.Pages, "layout.html"); err != nil {
		return nil, fmt.Errorf("layout: %w", err)
	}
	names, err := fs.Glob(o.Pages, "*.html")
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", err)
	}
	for _, n := range names {
		if strings.HasPrefix(n, "_") {
			if _, err := base.ParseFS(o.Pages, n); err != nil {
				return nil, fmt.Errorf("part %s: %w", n, err)
			}
		}
	}
	pages := map[string]*template.Template{}
	for _, n := range names {
		if n == "layout.html" || strings.HasPrefix(n, "_") {
			continue
		}
		page, err := template.Must(base.Clone()).ParseFS(o.Pages, n)
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", n, err)
		}
		settle(page, fixed(say))
		if pages[strings.TrimSuffix(path.Base(n), ".html")], err = drawn(page, template.Must(empty.Clone())); err != nil {
			return nil, fmt.Errorf("page %s: %w", n, err)
		}
	}
	settle(base, fixed(say))
	s.parts[lang] = base
	return pages, nil
}
