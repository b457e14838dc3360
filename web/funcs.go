package web

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/static"
)

// funcs are the functions that every page has, in one language.
func (s *Site) funcs(lang string, say func(string, ...any) string) template.FuncMap {
	k := controls{lang: lang, text: s.Text, tmpl: template.Must(template.New("controls").Parse(controlsPage))}
	d := dates{lang}
	return template.FuncMap{
		"t":      say,
		"has":    func(key string) bool { return s.Text.Has(lang, key) },
		"asset":  static.URL,
		"icon":   static.Icon,
		"input":  k.simple("input"),
		"area":   k.simple("area"),
		"tick":   k.simple("tick"),
		"pick":   k.chosen("pick", ""),
		"radios": k.chosen("radios", "radio"),
		"ticks":  k.chosen("radios", "checkbox"),
		"errors": k.errors,
		"date":   d.short,
		"day":    d.full,
		// A paper is always Chinese, whatever the language of the page around it.
		"paperday": dates{Languages[0]}.full,
		"moment":   d.moment,
		"iso":      func(t time.Time) string { return t.Format(time.RFC3339) },
		"add":      func(a, b int) int { return a + b },
		"key":      func(parts ...any) string { return fmt.Sprint(parts...) },
		"typed":    typedAddress,
	}
}

// typedAddress is a web address to be typed off paper: a narrow line breaks it after a
// slash and nowhere else.
func typedAddress(address string) template.HTML {
	parts := strings.SplitAfter(address, "/")
	for i, part := range parts {
		parts[i] = html.EscapeString(part)
	}
	marked := strings.ReplaceAll(strings.Join(parts, "<wbr>"), "/<wbr>/<wbr>", "//")
	return template.HTML(`<span class="address">` + marked + `</span>`) // #nosec G203 -- escaped above
}

// dates writes days and instants as people read them, always Shanghai time.
type dates struct{ lang string }

// local takes an instant or a "2006-01-02" day.
func local(v any) (time.Time, error) {
	switch x := v.(type) {
	case time.Time:
		return x.In(petition.Shanghai), nil
	case string:
		if x == "" {
			return time.Time{}, nil
		}
		return time.ParseInLocation(time.DateOnly, x, petition.Shanghai)
	}
	return time.Time{}, fmt.Errorf("%T is no day", v)
}

func (d dates) write(v any, zh, en string) (string, error) {
	t, err := local(v)
	if err != nil || t.IsZero() {
		return "", err
	}
	if d.lang == "en" {
		return t.Format(en), nil
	}
	return t.Format(zh), nil
}

// short is 9月16日, with the year where it is not this one.
func (d dates) short(v any) (string, error) {
	t, err := local(v)
	if err == nil && !t.IsZero() && t.Year() != time.Now().In(petition.Shanghai).Year() {
		return d.full(v)
	}
	return d.write(v, "1月2日", "2 January")
}

// Moment is an instant as pages write it: 9月16日 20:14.
func Moment(lang string, t time.Time) string {
	s, err := dates{lang}.moment(t)
	if err != nil { // an instant is always one
		return ""
	}
	return s
}

// full is 2026年9月16日.
func (d dates) full(v any) (string, error) { return d.write(v, "2006年1月2日", "2 January 2006") }

// moment is 9月16日 20:14.
func (d dates) moment(v any) (string, error) {
	s, err := d.short(v)
	if err != nil || s == "" {
		return s, err
	}
	clock, err := d.write(v, "15:04", "15:04")
	return s + " " + clock, err
}
