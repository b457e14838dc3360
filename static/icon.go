package static

import (
	"html/template"
	"maps"
	"regexp"
	"slices"
	"sync"
)

var symbol = regexp.MustCompile(`<symbol id="([a-z-]+)"`)

// icons are the markup of each symbol of icons.svg by name.
var icons = sync.OnceValue(func() map[string]template.HTML {
	all := map[string]template.HTML{}
	sheet := files()["icons.svg"]
	for _, m := range symbol.FindAllSubmatch(sheet.plain, -1) {
		name := string(m[1])
		all[name] = template.HTML(`<svg class="i" aria-hidden="true"><use href="` + sheet.url + `#` + name + `"/></svg>`) // #nosec G203 -- names come from our own file
	}
	return all
})

// Icon is an icon beside words, in the colour and size of its text; a reader program
// passes over it. A button without words needs an aria-label of its own. An unknown
// name comes back in double angle brackets.
func Icon(name string) template.HTML {
	if i, ok := icons()[name]; ok {
		return i
	}
	return template.HTML(template.HTMLEscapeString("⟪icon " + name + "⟫")) // #nosec G203 -- escaped
}

// Icons lists the names that Icon knows, in order.
func Icons() []string { return slices.Sorted(maps.Keys(icons())) }

// Mark is 回 as nested rounded squares: a place that sends the sound back.
func Mark() template.HTML { return Icon("mark") }
