package web

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

// controls draws form controls in one language. Every control has a label, a hint
// if the catalogues have one, and its problem, tied together for screen readers.
type controls struct {
	lang string
	text *Catalogue
	tmpl *template.Template
}

// control is what the templates of controls.html draw.
type control struct {
	ID, Field, Type    string
	Label, Hint, Error string
	Optional, Blank    string
	Class, Value, Max  string
	MaxText, Describe  string
	Left, Over         string // of the counter that the script keeps
	Attrs              []template.HTMLAttr
	Groups             []optionGroup
}

type optionGroup struct {
	Name    string
	Options []shownOption
}

type shownOption struct {
	Option
	ID string
	On bool
}

// plainAttrs may be set from a page; everything else there is a mistake.
var plainAttrs = map[string]bool{"type": true, "rows": true, "autocomplete": true, "inputmode": true,
	"maxlength": true, "min": true, "max": true, "accept": true, "spellcheck": true, "list": true, "enterkeyhint": true,
	"autocapitalize": true, "autofocus": true, "dirname": true, "lang": true, "pattern": true}

// control gathers a field's words, value and problem. opts are name, value pairs:
// class, limit (characters, counted), optional ("yes"), blank (key of the empty
// choice), id (prefix, when a form stands twice), or a plain attribute.
func (k controls) control(f *Form, field string, opts []string) (control, error) {
	c := control{ID: "f-" + field, Field: field, Value: f.Values.Get(field)}
	base := f.Name + "." + field
	c.Label = k.text.Say(k.lang, base+".label")
	if k.text.Has(k.lang, base+".hint") {
		c.Hint = k.text.Say(k.lang, base+".hint")
	}
	for i := 0; i+1 < len(opts); i += 2 {
		if err := k.set(&c, opts[i], opts[i+1]); err != nil {
			return c, fmt.Errorf("field %s: %w", field, err)
		}
	}
	c.Error = k.wrong(f, field)
	c.Describe = c.describe()
	return c, nil
}

// wrong is all that is wrong at a field.
func (k controls) wrong(f *Form, field string) string {
	var all []string
	for _, p := range f.Problems {
		if p.Field == field {
			all = append(all, k.text.SayArgs(k.lang, p.Key, p.Args))
		}
	}
	return strings.Join(all, k.text.Say(k.lang, "form.also"))
}

func (k controls) set(c *control, name, value string) error {
	switch name {
	case "class":
		c.Class = value
	case "id":
		c.ID = value + c.ID
	case "limit":
		c.Max = value
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("limit %q: %w", value, err)
		}
		c.MaxText = k.text.Say(k.lang, "form.limit", "n", n)
		c.Left, c.Over = k.text.Say(k.lang, "form.left"), k.text.Say(k.lang, "form.over")
	case "optional":
		c.Optional = k.text.Say(k.lang, "form.optional")
	case "blank":
		c.Blank = k.text.Say(k.lang, value)
	default:
		if !plainAttrs[name] {
			return fmt.Errorf("unknown option %q", name)
		}
		// Names are from the list above and values from templates, never from readers.
		c.Attrs = append(c.Attrs, template.HTMLAttr(name+`="`+template.HTMLEscapeString(value)+`"`))
	}
	return nil
}

func (c control) describe() string {
	var ids []string
	if c.Hint != "" {
		ids = append(ids, c.ID+"-hint")
	}
	if c.Error != "" {
		ids = append(ids, c.ID+"-error")
	}
	return strings.Join(ids, " ")
}

func (k controls) draw(name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	if err := k.tmpl.ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("control %s: %w", name, err)
	}
	return template.HTML(b.String()), nil
}

func (k controls) simple(name string) func(f *Form, field string, opts ...string) (template.HTML, error) {
	return func(f *Form, field string, opts ...string) (template.HTML, error) {
		c, err := k.control(f, field, opts)
		if err != nil {
			return "", err
		}
		return k.draw(name, c)
	}
}

// chosen draws a control with options: a select, radio cards or tick cards.
func (k controls) chosen(name, kind string) func(f *Form, field string, options []Option, opts ...string) (template.HTML, error) {
	return func(f *Form, field string, options []Option, opts ...string) (template.HTML, error) {
		c, err := k.control(f, field, opts)
		if err != nil {
			return "", err
		}
		c.Type = kind
		for i, o := range options {
			if n := len(c.Groups); n == 0 || c.Groups[n-1].Name != o.Group {
				c.Groups = append(c.Groups, optionGroup{Name: o.Group})
			}
			g := &c.Groups[len(c.Groups)-1]
			g.Options = append(g.Options, shownOption{o, c.ID + "-" + strconv.Itoa(i), f.Has(field, o.Value)})
		}
		return k.draw(name, c)
	}
}

// summed is one line of the error summary.
type summed struct{ Title, ID, Text string }

func (k controls) errors(f *Form, prefix ...string) (template.HTML, error) {
	if f.OK() {
		return "", nil
	}
	var all []summed
	title := k.text.Say(k.lang, "form.problems", "n", len(f.Problems))
	said := make(map[string]int)
	for _, p := range f.Problems {
		said[p.Key]++
	}
	for _, p := range f.Problems {
		id := "f-" + p.Field
		if len(prefix) > 0 {
			id = prefix[0] + id
		}
		text := k.text.SayArgs(k.lang, p.Key, p.Args)
		if label := f.Name + "." + p.Field + ".label"; said[p.Key] > 1 && k.text.Has(k.lang, label) {
			text = k.text.Say(k.lang, "form.named", "field", k.text.Say(k.lang, label), "text", text) // or the links are all alike
		}
		all = append(all, summed{title, id, text})
	}
	return k.draw("errors", all)
}
