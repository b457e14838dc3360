package portal

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// writing is something longer that the petitioner sends about the matter: text on one
// page, files on the next. What is not sent yet waits in a draft that opens with the
// code.
type writing struct {
	name       string // /follow/name; the catalogue's prefix is "follow.name"
	action     petition.Action
	allowed    func(can) bool
	empty      string // what is said when nothing was written: a catalogue key
	filesAlone bool   // files without words are enough
	flash      string
}

func (k *writing) path() string       { return "/follow/" + k.name }
func (k *writing) uploadPath() string { return k.path() + "/files" }

// writingPage asks for the text.
type writingPage struct {
	*web.Form
	matter
	Title  string
	Track  petition.Track
	Action string
	Max    string
	Days   int // in which a review is decided
	Sheet  string
	Other  []otherWords // what another window kept meanwhile
}

// step is the one step of it, as its draft keeps the answers.
func (k *writing) step() *step { return &step{name: k.name, fields: []string{"text"}} }

// writingDraft is what is being written about a matter under the reader's code. It is
// stored only when something is in it.
func (p *Portal) writingDraft(ctx context.Context, r *reader, k *writing, m matter) (*openDraft, error) {
	label := "portal addition"
	if k != adding || m.N > 0 {
		label += " " + k.name + " " + strconv.Itoa(m.N)
	}
	key := r.Code.Key().Derive(label)
	d, err := draftKeys(base64.RawURLEncoding.EncodeToString(key[:]))
	if err != nil {
		return nil, err
	}
	err = p.rereadDraft(ctx, d)
	if err == nil || !isKind(err, petition.NotFound) {
		return d, err
	}
	d.version, d.draft = 0, draft{}
	d.Message, err = petition.MakeID(p.now(), rand.Reader)
	return d, err
}

// mayWrite refuses those whose case takes nothing of the kind, or whose code may not.
func (p *Portal) mayWrite(c *gin.Context, k *writing) (matter, *openDraft, error) {
	_, m, err := p.look(c)
	if err != nil {
		return m, nil, err
	}
	d, err := p.writingDraft(c.Request.Context(), readerOf(c), k, m)
	if err != nil {
		return m, nil, err
	}
	sent := slices.ContainsFunc(m.Waiting, func(w exchange.Message) bool { return w.ID == d.Message })
	if !k.allowed(m.Can) && !sent {
		return m, nil, &petition.Error{Kind: petition.Conflict, Key: "error.no_" + k.name}
	}
	return m, d, nil
}

// showWriting shows the text.
func (p *Portal) showWriting(k *writing) web.Handler {
	return func(c *gin.Context) error {
		m, d, err := p.mayWrite(c, k)
		if err != nil {
			return err
		}
		return p.writingPage(c, k, m, http.StatusOK, d, web.NewForm("follow."+k.name, url.Values{"text": {d.answer(k.name, "text")}}))
	}
}

func (p *Portal) writingPage(c *gin.Context, k *writing, m matter, status int, d *openDraft, form *web.Form) error {
	page := writingPage{Form: form, matter: m, Title: m.Folder.Title, Track: m.Folder.Track, Action: m.At(k.path()), Max: strconv.Itoa(petition.MaxText),
		Days:  p.laws.At(petition.Day(m.Folder.Received)).Clocks[petition.ReviewOpinionClock].Days,
		Sheet: d.sheet(k.step())}
	if status == http.StatusConflict {
		page.Other = []otherWords{{p.site.Text.Say(web.Lang(c), "follow."+k.name+".text.label"), d.answer(k.name, "text")}}
	}
	name := k.name
	if k == reviewing {
		name = "ask_review"
	}
	return p.site.Show(c, status, name, page)
}

// write keeps the text and goes on to the files.
func (p *Portal) write(k *writing) web.Handler {
	return func(c *gin.Context) error {
		form, err := p.site.Typed(c, "follow."+k.name)
		if err != nil {
			return err
		}
		m, d, err := p.mayWrite(c, k)
		if err != nil {
			return err
		}
		answers := k.step().keep(form.Values)
		var stale bool
		if err := p.change(c.Request.Context(), d, func(d *openDraft) error {
			if stale = !d.write(k.step(), form.Get(sheetField), answers); stale {
				return errUnchanged
			}
			return nil
		}); err != nil {
			return err
		}
		if stale {
			return p.writingPage(c, k, m, http.StatusConflict, d, form)
		}
		p.tooMany(c, form, "text", petition.MaxText)
		if !k.filesAlone && form.Get("text") == "" {
			form.Refuse("text", k.empty)
		}
		if !form.OK() {
			return p.writingPage(c, k, m, http.StatusUnprocessableEntity, d, form)
		}
		return p.site.Go(c, m.At(k.uploadPath()))
	}
}

// writingFiles is the files page of it.
type writingFiles struct {
	filesPage
	Kind   string
	Text   string
	Change string // address of the text
	Send   string // … that takes the chosen files along and sends
}

// showWritingFiles shows the text once more, takes files, and sends.
func (p *Portal) showWritingFiles(k *writing) web.Handler {
	return func(c *gin.Context) error {
		m, d, err := p.mayWrite(c, k)
		if err != nil {
			return err
		}
		return p.writingFiles(c, k, m, http.StatusOK, d, nil)
	}
}

func (p *Portal) writingFiles(c *gin.Context, k *writing, m matter, status int, d *openDraft, refused []petition.Problem) error {
	form := web.NewForm("file.files", nil)
	form.Problems = refused
	seen := "?seen=" + strconv.Itoa(d.version)
	if m.N > 0 {
		seen += "&m=" + strconv.Itoa(m.N)
	}
	files := filesPage{filePage: filePage{Form: form, Action: m.At(k.uploadPath()), Back: m.At(k.path())},
		Files: d.Files, Refused: refused, Field: attachment.Field, Accept: strings.Join(attachment.Accept(), ","), Most: maxFiles,
		Room: len(d.Files) < maxFiles, Remove: m.At(k.path() + "/remove"), Next: k.path() + "/send" + seen}
	page := writingFiles{filesPage: files, Kind: k.name, Text: strings.TrimSpace(d.answer(k.name, "text")), Change: m.At(k.path())}
	page.Send = k.uploadPath() + seen + "&go=send"
	return p.site.Show(c, status, "add_files", page)
}

// takeWritingFiles takes in what was chosen.
func (p *Portal) takeWritingFiles(k *writing) web.Handler {
	return func(c *gin.Context) error {
		m, d, err := p.mayWrite(c, k)
		if err != nil {
			return err
		}
		shown := d.shown(c)
		refused, err := p.receiveFiles(c, d)
		if err != nil {
			return err
		}
		if len(refused) > 0 {
			return p.writingFiles(c, k, m, http.StatusUnprocessableEntity, d, refused)
		}
		if c.Query("go") == "send" {
			return p.sendShown(c, k, m, d, shown)
		}
		return p.site.Go(c, m.At(k.uploadPath()))
	}
}

// removeWritingFile forgets a file of it.
func (p *Portal) removeWritingFile(k *writing) web.Handler {
	return func(c *gin.Context) error {
		m, d, err := p.mayWrite(c, k)
		if err != nil {
			return err
		}
		c.Set(draftKey, d)
		if err := p.forgetFile(c); err != nil {
			return err
		}
		return p.site.Go(c, m.At(k.uploadPath()))
	}
}

// shown tells whether the page that was sent showed the draft as it is: what another
// window changed since is looked at before it goes out.
func (d *openDraft) shown(c *gin.Context) bool { return c.Query("seen") == strconv.Itoa(d.version) }

// sendWriting sends it; pressed twice it is sent once.
func (p *Portal) sendWriting(k *writing) web.Handler {
	return func(c *gin.Context) error {
		m, d, err := p.mayWrite(c, k)
		if err != nil {
			return p.sentBefore(c, k, err)
		}
		return p.sendShown(c, k, m, d, d.shown(c))
	}
}

// sendShown sends what the page showed; what it did not show is shown first.
func (p *Portal) sendShown(c *gin.Context, k *writing, m matter, d *openDraft, shown bool) error {
	ctx, text := c.Request.Context(), strings.TrimSpace(d.answer(k.name, "text"))
	switch {
	case d.version == 0: // it was sent a moment ago
		return p.site.Go(c, m.Back())
	case !shown:
		return p.writingFiles(c, k, m, http.StatusConflict, d, []petition.Problem{{Field: attachment.Field, Key: "wrong.added_elsewhere"}})
	case text == "" && (len(d.Files) == 0 || !k.filesAlone):
		form := web.NewForm("follow."+k.name, nil)
		form.Refuse("text", k.empty)
		return p.writingPage(c, k, m, http.StatusUnprocessableEntity, d, form)
	}
	act := petition.Act{Action: k.action, Text: text, Files: d.Files}
	if k == adding && m.Folder.Ask != nil {
		act.Action = petition.Supply
	}
	if err := p.say(ctx, readerOf(c).opened, d.Message, m.N, act, d); err != nil {
		return err
	}
	if err := p.store.DropDraft(ctx, d.id); err != nil {
		return err
	}
	p.site.Flash(c, k.flash)
	return p.site.Go(c, m.Back())
}

// sentBefore: what can be sent once only is no longer allowed after the first press; the
// second leads back to the case all the same.
func (p *Portal) sentBefore(c *gin.Context, k *writing, refused error) error {
	if !isKind(refused, petition.Conflict) {
		return refused
	}
	_, m, err := p.look(c)
	if err != nil || !m.waits(k.action) {
		return refused
	}
	return p.site.Go(c, m.Back())
}
