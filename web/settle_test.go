package web

import (
	"html/template"
	"strings"
	"testing"
)

const settlePage = `{{define "layout"}}<title>{{t "sharp"}}</title><img alt="{{t "sharp"}}" src="{{asset "huiyin.css"}}">` +
	`{{icon "check"}}{{if .}}<p>{{t "sharp"}}{{t "plain"}}</p>{{else}}{{t "plain"}}{{end}}` +
	`{{with .}}{{range .}}<b title="{{.}}">{{t .}} {{t "plain"}}</b>{{end}}{{end}}{{t "n" "n" 3}}{{template "part" .}}{{end}}` +
	`{{define "part"}}<i>{{t "sharp" | printf "%s!"}}{{t "plain"}}</i>{{end}}`

// A page says the same whether its sentences were settled or not, wherever they stand.
func TestSettledPagesSayTheSame(t *testing.T) {
	calls := 0
	say := func(key string, pairs ...any) string {
		calls++
		if key == "sharp" {
			return `<a href='x'>"&"</a>`
		}
		return key + strings.Repeat("!", len(pairs))
	}
	s := &Site{}
	parsed := func() *template.Template {
		return template.Must(template.New("").Funcs(s.funcs("en", say)).Parse(settlePage))
	}
	draw := func(p *template.Template, view any) (string, int) {
		var b strings.Builder
		calls = 0
		if err := p.ExecuteTemplate(&b, "layout", view); err != nil {
			t.Fatal(err)
		}
		return b.String(), calls
	}
	for _, view := range []any{nil, []string{"one", `"two"`}} {
		plain, _ := draw(parsed(), view)
		page := parsed()
		settle(page, fixed(say))
		got, called := draw(page, view)
		if got != plain {
			t.Errorf("settled:\n%s\nplain:\n%s", got, plain)
		}
		if dynamic := 2 + strings.Count(got, "<b "); called != dynamic {
			t.Errorf("%d sentences looked up, wanted %d", called, dynamic)
		}
	}
}
