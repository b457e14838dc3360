package backoffice

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// letterForm is a form in which a paper can be taken out.
type letterForm struct {
	media string
	write func(w io.Writer, t typeset, at time.Time) error
}

// letterForm finds a form by the last part of the address.
func (w *Office) letterForm(name string) (letterForm, bool) {
	switch name {
	case "docx":
		return letterForm{docxType, writeDOCX}, true
	case "pdf":
		return letterForm{"application/pdf", w.press.write}, true
	}
	return letterForm{}, false
}

// takeLetter gives a paper as a file, as it is on the page: the petitioner's name is
// masked.
func (w *Office) takeLetter(c *gin.Context) error {
	form, ok := w.letterForm(c.Param("form"))
	if !ok {
		return web.NotFound()
	}
	v, err := w.letter(c)
	if err != nil {
		return err
	}
	return w.giveLetter(c, form, v.Paper, v.fileName(), v.Event.At)
}

// takeNamedLetter gives the petitioner's paper with the name written out, to be sealed
// and served. It is a look at the identity, and logged as one.
func (w *Office) takeNamedLetter(c *gin.Context) error {
	if _, err := w.posted(c, "letter"); err != nil {
		return err
	}
	form, ok := w.letterForm(c.Param("form"))
	if !ok {
		return web.NotFound()
	}
	v, err := w.letter(c)
	if err != nil {
		return err
	}
	if !v.Named {
		return web.NotFound()
	}
	purpose := w.site.Text.Say("zh-CN", "purpose_of.deliver") + " " + v.Paper.Title
	known, err := w.store.Reveal(c.Request.Context(), v.by, v.ID, purpose, v.now)
	if err != nil {
		return err
	}
	v.Paper = writeOut(v.Paper, v.Filing, known.Filing)
	return w.giveLetter(c, form, v.Paper, v.fileName(), v.Event.At)
}

// fileName is what the file of a case's paper is called, without its ending.
func (v letterPage) fileName() string {
	if v.Number != "" {
		return v.Number + "-" + string(v.Paper.Kind)
	}
	return string(v.Paper.Kind)
}

// giveLetter sends a paper as a file.
func (w *Office) giveLetter(c *gin.Context, form letterForm, p *petition.Paper, name string, at time.Time) error {
	say := func(key string, args ...any) string { return w.site.Text.Say("zh-CN", key, args...) }
	var b bytes.Buffer
	if err := form.write(&b, set(p, w.demo, say), at); err != nil {
		return err
	}
	return sendFile(c, name+"."+c.Param("form"), form.media, b.Bytes())
}

// writeOut is the paper with the names of a filing in place of their masks. A mask that two
// people share stays.
func writeOut(p *petition.Paper, masked, whole petition.Filing) *petition.Paper {
	names := map[string]string{}
	add := func(mask, name petition.Person) {
		if other, twice := names[mask.Name]; twice && other != name.Name {
			name.Name = mask.Name
		}
		if mask.Name != "" {
			names[mask.Name] = name.Name
		}
	}
	add(masked.Person, whole.Person)
	for i := range masked.Representatives {
		if i < len(whole.Representatives) {
			add(masked.Representatives[i], whole.Representatives[i])
		}
	}
	if masked.Agent != nil && whole.Agent != nil {
		add(*masked.Agent, *whole.Agent)
	}
	var pairs []string
	for mask, name := range names {
		pairs = append(pairs, mask, name)
	}
	r := strings.NewReplacer(pairs...)
	out := *p
	if to, ok := strings.CutPrefix(p.To, masked.Person.Name); ok { // the addressee is known, whoever shares his mask
		out.To = whole.Person.Name + to
	}
	out.Sections = make([]petition.Section, len(p.Sections))
	for i, s := range p.Sections {
		out.Sections[i] = petition.Section{Head: s.Head, Text: r.Replace(s.Text)}
	}
	return &out
}
