package backoffice

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/static"
	"huiyin/web"
)

// entryPen draws the timeline of a case. It is drawn here and not by a template because
// no other list grows so long on a page so often read: for 200 events the engine's
// reflection took four times what all the rest of the page takes. Markup is written as
// it stands; every word goes through text, which escapes it.
type entryPen struct {
	strings.Builder
	lang  string
	say   func(key string, pairs ...any) string
	opens bool // files lead to the page that asks what they are opened for
}

// drawEntries draws events; links, where it is given, is the case that their papers'
// links lead into, and with opens their files' too.
func drawEntries(lang string, say func(string, ...any) string, links *petition.ID, opens bool, log []entry) template.HTML {
	pen := &entryPen{lang: lang, say: say, opens: opens}
	pen.Grow(512 * len(log))
	for _, e := range log {
		pen.head(e)
		pen.details(e.Details)
		pen.words(e)
		if links != nil {
			pen.papers(links.String(), e)
		}
		pen.WriteString("</li>")
	}
	return template.HTML(pen.String()) // #nosec G203 -- words are escaped by text
}

// text writes words between tags.
func (p *entryPen) text(words string) { p.WriteString(template.HTMLEscapeString(words)) }

// term writes what the catalogue says.
func (p *entryPen) term(key string) { p.text(p.say(key)) }

// head says what was done by whom and when, and whether the petitioner sees it.
func (p *entryPen) head(e entry) {
	class, seen := "", "log.inside"
	if e.Public {
		class, seen = "pub", "log.seen"
	}
	p.WriteString(`<li class="` + class + `" id="e` + strconv.Itoa(e.N) + `"><span class="mk"></span><p class="who"><b>`)
	p.term("action." + string(e.Action))
	p.WriteString("</b>")
	switch {
	case e.Mine:
		p.term("log.petitioner")
	case e.Who != "":
		p.text(e.Who)
	default:
		p.term("log.system")
	}
	if e.Unit != "" {
		p.text(" · " + e.Unit)
	}
	p.WriteString(`<time datetime="` + e.At.Format(time.RFC3339) + `">`)
	p.text(web.Moment(p.lang, e.At))
	p.WriteString(`</time><span class="vh">`)
	p.term(seen)
	p.WriteString("</span></p>")
}

func (p *entryPen) details(all []detail) {
	if len(all) == 0 {
		return
	}
	p.WriteString(`<p class="txt">`)
	for i, d := range all {
		if i > 0 {
			p.WriteString(" · ")
		}
		p.term(d.Key)
		if d.Term != "" {
			p.term(d.Term)
		} else {
			p.text(d.Value)
		}
	}
	p.WriteString("</p>")
}

// words are the text of the act and its reason.
func (p *entryPen) words(e entry) {
	if e.Text != "" {
		class := "txt"
		if e.Public {
			class = "box"
		}
		p.WriteString(`<div class="` + class + `">`)
		for _, line := range lines(e.Text) {
			p.WriteString("<p>")
			p.text(line)
			p.WriteString("</p>")
		}
		p.WriteString("</div>")
	}
	if e.Reason != "" && e.Reason != e.Text {
		p.WriteString(`<p class="txt">`)
		p.term("log.reason")
		p.text(e.Reason)
		p.WriteString("</p>")
	}
}

// papers lists what hangs on the event: its letters, and files by name.
func (p *entryPen) papers(id string, e entry) {
	if !e.Letter && !e.Side && len(e.Files) == 0 {
		return
	}
	letter := "/cases/" + id + "/letters/" + strconv.Itoa(e.N)
	p.WriteString(`<ul class="files">`)
	if e.Letter {
		p.link("letter", letter, "log.letter")
	}
	if e.Side {
		p.link("send", letter+"?side=yes", "log.side")
	}
	for _, f := range e.Files {
		p.WriteString("<li>" + string(static.Icon("clip")))
		p.file("/cases/"+id+"/files/"+f.ID.String(), f.Name)
		p.WriteString(`<span class="muted small">`)
		p.text(fileSize(f.Size))
		p.WriteString("</span></li>")
	}
	p.WriteString("</ul>")
}

// file names a file, with its link for those who may open it.
func (p *entryPen) file(to, name string) {
	tag := "span"
	if p.opens {
		tag = "a"
		p.WriteString(`<a href="` + to + `">`)
	} else {
		p.WriteString("<span>")
	}
	p.text(name)
	p.WriteString("</" + tag + ">")
}

func (p *entryPen) link(icon, to, key string) {
	p.WriteString("<li>" + string(static.Icon(icon)) + `<a href="` + template.HTMLEscapeString(to) + `">`)
	p.term(key)
	p.WriteString("</a></li>")
}
