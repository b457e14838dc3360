package web

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// Languages in which every sentence stands, the default first.
var Languages = []string{"zh-CN", "en"}

// Catalogue holds every sentence that a face can say, in every language.
type Catalogue struct {
	bundle *i18n.Bundle
	plain  map[string]map[string]string // language, key: sentences without plural forms
	speak  map[string]*i18n.Localizer
}

// NewCatalogue reads zh-CN.toml and en.toml of each folder. Later folders may not
// say again what an earlier one said.
func NewCatalogue(folders ...fs.FS) (*Catalogue, error) {
	c := &Catalogue{
		bundle: i18n.NewBundle(language.SimplifiedChinese),
		plain:  map[string]map[string]string{},
		speak:  map[string]*i18n.Localizer{},
	}
	c.bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, lang := range Languages {
		c.plain[lang] = map[string]string{}
		for _, folder := range folders {
			if err := c.read(folder, lang); err != nil {
				return nil, err
			}
		}
		c.speak[lang] = i18n.NewLocalizer(c.bundle, lang)
	}
	return c, nil
}

// read adds every file of the folder whose name ends in the language: zh-CN.toml,
// terms.zh-CN.toml.
func (c *Catalogue) read(folder fs.FS, lang string) error {
	names, err := fs.Glob(folder, "*"+lang+".toml")
	if err != nil {
		return fmt.Errorf("list catalogues: %w", err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(folder, name)
		if err != nil {
			return fmt.Errorf("read catalogue %s: %w", name, err)
		}
		file, err := c.bundle.ParseMessageFileBytes(b, path.Base("x."+lang+".toml"))
		if err != nil {
			return fmt.Errorf("catalogue %s: %w", name, err)
		}
		for _, m := range file.Messages {
			if _, twice := c.plain[lang][m.ID]; twice {
				return fmt.Errorf("catalogue %s: %q is said twice", name, m.ID)
			}
			c.plain[lang][m.ID] = singular(m)
		}
	}
	return nil
}

// singular is the sentence of a message without plural forms; "" for one with.
func singular(m *i18n.Message) string {
	if m.One != "" {
		return ""
	}
	return m.Other
}

// Keys lists every key of a language in order.
func (c *Catalogue) Keys(lang string) []string {
	return slices.Sorted(maps.Keys(c.plain[lang]))
}

// Has tells whether a sentence exists.
func (c *Catalogue) Has(lang, key string) bool {
	_, ok := c.plain[lang][key]
	return ok
}

// Say is a sentence with its places filled; pairs are name, value, name, value. A
// plural form is chosen by the place n. A missing sentence shows its key in double
// angle brackets, which a test of every page looks for.
func (c *Catalogue) Say(lang, key string, pairs ...any) string {
	s, ok := c.plain[lang][key]
	if !ok {
		return "⟪" + key + "⟫"
	}
	if s == "" {
		said, err := c.speak[lang].Localize(&i18n.LocalizeConfig{
			MessageID: key, PluralCount: place(pairs, "n"), TemplateParser: braces{},
		})
		if err != nil {
			return "⟪" + key + "⟫"
		}
		s = said
	}
	return fill(s, pairs)
}

// SayArgs is Say for the places of a petition.Error or Problem.
func (c *Catalogue) SayArgs(lang, key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for k, v := range args {
		pairs = append(pairs, k, v)
	}
	return c.Say(lang, key, pairs...)
}

func place(pairs []any, name string) any {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return nil
}

// fill puts values in the places {name}; a value's own braces are no places.
func fill(s string, pairs []any) string {
	if len(pairs) == 0 {
		return s
	}
	var b strings.Builder
	for {
		before, rest, opened := strings.Cut(s, "{")
		b.WriteString(before)
		if !opened {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if value := place(pairs, name); closed && value != nil {
			fmt.Fprint(&b, value)
			s = after
		} else {
			b.WriteByte('{')
			s = rest
		}
	}
}
