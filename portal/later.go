package portal

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
)

// lateFields are what somebody may still have changed in an old page after the
// submission: text that was written, by step and field.
var lateFields = map[string][]string{
	"content": {"title", "facts", "request"},
	"more":    {"reasons", "place", "when", "about", "earlier_number", "court_note"},
	"you":     {"name", "mobile", "address", "need"},
}

// keepLater keeps what was typed after the submission beside the code.
func (d *draft) keepLater(s *step, answers url.Values) {
	for _, field := range lateFields[s.name] {
		text := strings.TrimSpace(answers.Get(field))
		if text == "" {
			continue
		}
		kept := d.Later[:0]
		for _, l := range d.Later {
			if l.Step != s.name || l.Field != field {
				kept = append(kept, l)
			}
		}
		d.Later = append(kept, lateWords{s.name, field, text})
	}
}

// keepUnsent turns a draft whose petition turned out to be sent before into what is
// left after filing, with what differs kept as later words.
func (p *Portal) keepUnsent(ctx context.Context, d *openDraft) error {
	// Most often the first press has just done it.
	if err := p.rereadDraft(ctx, d); err != nil {
		return err
	}
	return p.change(ctx, d, func(d *openDraft) error {
		if d.Filed {
			return errUnchanged
		}
		typed := d.Answers
		d.draft = d.filed()
		for _, s := range steps {
			d.keepLater(s, typed[s.name])
		}
		return nil
	})
}

// unsent are the later words that really differ from what was sent.
func unsent(f petition.Filing, later []lateWords) []lateWords {
	sent := map[string]string{
		"title": f.Title, "facts": f.Facts, "request": f.Request, "reasons": f.Reasons, "place": f.Place,
		"when": f.When, "about": f.About, "earlier_number": f.EarlierNumber, "court_note": f.CourtNote,
		"name": f.Person.Name, "mobile": f.Person.Mobile, "address": f.Person.Address, "need": f.Need,
	}
	var all []lateWords
	for _, l := range later {
		personal := l.Step == "you" && l.Field != "need"
		if l.Text != sent[l.Field] && !(personal && f.Anonymous) {
			all = append(all, l)
		}
	}
	return all
}

// sendLater sends what was changed after the submission as an addition.
func (p *Portal) sendLater(c *gin.Context) error {
	d, ctx := draftOf(c), c.Request.Context()
	o, err := p.opened(ctx, d.Code)
	if err != nil {
		return p.toReview(c, err)
	}
	words := unsent(o.Filing, d.Later)
	if len(words) == 0 {
		return p.site.Go(c, "/file/done")
	}
	if d.Message.IsZero() {
		id, err := petition.MakeID(p.now(), rand.Reader)
		if err != nil {
			return err
		}
		if err := p.change(ctx, d, func(d *openDraft) error {
			if d.Message.IsZero() {
				d.Message = id
			}
			return nil
		}); err != nil {
			return err
		}
	}
	lang := langOf(c)
	var text strings.Builder
	text.WriteString(p.site.Text.Say(lang, "file.done.later_head"))
	for _, l := range words {
		text.WriteString("\n" + p.site.Text.Say(lang, "file."+l.Step+"."+l.Field+".label") + "：\n" + l.Text + "\n")
	}
	if err := p.say(ctx, o, d.Message, 0, petition.Act{Action: petition.AddInfo, Text: cut(text.String(), petition.MaxText)}, nil); err != nil {
		return err
	}
	if err := p.change(ctx, d, func(d *openDraft) error { d.Later, d.Message = nil, petition.ID{}; return nil }); err != nil {
		return err
	}
	p.site.Flash(c, "flash.later_sent")
	return p.site.Go(c, "/file/done")
}

// cut keeps the first most characters.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most])
}

// say seals and stores a follow-up message: for the office, and a copy that the
// petitioner sees until the office has read it. matter is which part of a divided
// petition it is about, from 1; 0 is the whole.
func (p *Portal) say(ctx context.Context, o opened, id petition.ID, matter int, act petition.Act, from *openDraft) error {
	w, err := p.atlas.world(ctx)
	if err != nil {
		return err
	}
	now := p.now().UTC().Truncate(time.Microsecond)
	act.At = now
	m := exchange.Message{ID: id, Filing: o.Opened.Filing, At: now, Act: act, Matter: matter}
	home, err := w.home(o)
	if err != nil {
		return err
	}
	item, err := exchange.SealMessage(p.signer, home, o.Reading, m, now)
	if err != nil {
		return err
	}
	said := Said{ID: id, Filing: m.Filing, At: now, Item: item}
	if said.Copy, err = exchange.SealSaid(o.Reading, m); err != nil {
		return err
	}
	if from != nil {
		said.Draft, said.Files = from.id, claims(act.Files)
	}
	return p.store.Say(ctx, said)
}

// home is the installation that a filing went to, and its messages go to.
func (w *world) home(o opened) (exchange.Directory, error) {
	if o.Mine {
		home, _, err := w.route(o.Filing)
		return home, err
	}
	unit := o.Filing.Unit
	if o.Folder != nil && o.Folder.Unit.ID != "" {
		unit = o.Folder.Unit.ID
	}
	home, ok := w.homes[w.entry[unit].Installation]
	if !ok {
		return exchange.Directory{}, &petition.Error{Kind: petition.Unavailable, Key: "error.unavailable"}
	}
	return home, nil
}
