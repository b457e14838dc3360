package backoffice

import (
	"fmt"
	"html/template"
	"slices"

	"huiyin/petition"
	"huiyin/web"
)

// funcs are what these pages say beyond what every face's pages can.
func (w *Office) funcs(lang string, say func(string, ...any) string) template.FuncMap {
	return template.FuncMap{
		"say":     func(key string, args map[string]string) string { return w.site.Text.SayArgs(lang, key, args) },
		"lines":   lines,
		"zhday":   func(day string) (string, error) { return writeDay(day, w.site.Text.Say("zh-CN", "paper.day_form")) },
		"size":    fileSize,
		"shortno": shortNumber,
		"pages":   func(first, next string) pageView { return pageView{first, next} },
		"filter":  newFilter,
		"doc":     func(p *petition.Paper, mini bool) docView { return docView{p, mini, false} },
		"sheet":   func(p *petition.Paper) docView { return docView{p, false, true} },
		"crumb":   func(d *dossier, here string) crumb { return crumb{d.ID, d.leg.N, d.label(), here} },
		"entries": func(log []entry) template.HTML { return drawEntries(lang, say, nil, false, log) },
		"entrylinks": func(id petition.ID, opens bool, log []entry) template.HTML {
			return drawEntries(lang, say, &id, opens, log)
		},
		"control": func(f *web.Form, one field) controlView { return controlView{f, one} },
	}
}

// docView is a paper and how large it is shown.
type docView struct {
	Paper *petition.Paper
	Mini  bool
	Alone bool // its title is the page's main heading
}

// Letter tells whether it is set in the letter form, with a red head.
func (v docView) Letter() bool { return v.Paper != nil && slices.Contains(lettered, v.Paper.Kind) }

// pageView is where a list goes on: addresses, "" for none.
type pageView struct{ First, Next string }

// crumb leads back to the case and the list.
type crumb struct {
	ID    petition.ID
	Leg   int
	Label string
	Here  string // catalogue key; "" on the case itself
}

// controlView is a field within its form.
type controlView struct {
	Form  *web.Form
	Field field
}

// filterView is a select of the filter row: smaller than a form's control, without
// hint and error.
type filterView struct {
	Name, Blank string
	Groups      []filterGroup
}

type filterGroup struct {
	Name    string
	Options []filterOption
}

type filterOption struct {
	web.Option
	On bool
}

func newFilter(f *web.Form, name string, options []web.Option, blank string) filterView {
	v := filterView{Name: name, Blank: blank}
	for _, o := range options {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != o.Group {
			v.Groups = append(v.Groups, filterGroup{Name: o.Group})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Options = append(g.Options, filterOption{o, f.Has(name, o.Value)})
	}
	return v
}

// fileSize is a size for people: 860 KB, 1.2 MB.
func fileSize(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max((n+1023)>>10, 1))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// shortNumber leaves out of a number what every number of a list shares with its
// neighbours: XF and the unit. "XF530100202611220001X" is "20261122-0001X".
func shortNumber(number string) string {
	const head, day = len("XF530100"), len("XF53010020261122")
	if len(number) <= day {
		return number
	}
	return number[head:day] + "-" + number[day:]
}
