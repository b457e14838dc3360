package portal

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

// addPage asks what the petitioner wants to add, or was asked to.
type addPage struct {
	*web.Form
	Title string
	Track petition.Track
	Ask   *petition.Ask
	Max   string
}

// addStep is the one step of an addition; its draft opens with the code.
var addStep = &step{name: "add", fields: []string{"text"}}

// addDraft is the addition being written under the reader's code. It is stored only
// when something is in it.
func (p *Portal) addDraft(ctx context.Context, r *reader) (*openDraft, error) {
	key := r.Code.Key().Derive("portal addition")
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

// mayAdd refuses those whose case takes nothing more, or whose code may not.
func (p *Portal) mayAdd(c *gin.Context) (casePage, error) {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return casePage{}, err
	}
	page := p.casePage(w, readerOf(c))
	if !page.Can.Add {
		return casePage{}, &petition.Error{Kind: petition.Conflict, Key: "error.no_addition"}
	}
	return page, nil
}

// showAdd shows the text of the addition.
func (p *Portal) showAdd(c *gin.Context) error {
	page, err := p.mayAdd(c)
	if err != nil {
		return err
	}
	d, err := p.addDraft(c.Request.Context(), readerOf(c))
	if err != nil {
		return err
	}
	form := web.NewForm("follow.add", url.Values{"text": {d.answer("add", "text")}})
	return p.addPage(c, http.StatusOK, form, page)
}

func (p *Portal) addPage(c *gin.Context, status int, form *web.Form, page casePage) error {
	return p.site.Show(c, status, "add", addPage{form, page.Folder.Title, page.Folder.Track, page.Folder.Ask, strconv.Itoa(petition.MaxText)})
}

// writeAdd keeps the text and goes on to the files.
func (p *Portal) writeAdd(c *gin.Context) error {
	form, err := p.site.Typed(c, "follow.add")
	if err != nil {
		return err
	}
	page, err := p.mayAdd(c)
	if err != nil {
		return err
	}
	d, err := p.addDraft(c.Request.Context(), readerOf(c))
	if err != nil {
		return err
	}
	answers := addStep.keep(form.Values)
	if err := p.change(c.Request.Context(), d, func(d *openDraft) error { d.answerStep(addStep, answers); return nil }); err != nil {
		return err
	}
	if n := len([]rune(form.Get("text"))); n > petition.MaxText {
		form.Refuse("text", "wrong.long", "what", p.site.Text.Say(langOf(c), "follow.add.text.label"), "most", strconv.Itoa(petition.MaxText), "n", strconv.Itoa(n))
	}
	if !form.OK() {
		return p.addPage(c, http.StatusUnprocessableEntity, form, page)
	}
	return p.site.Go(c, addUploadPath)
}

// showAddFiles shows the text once more, takes files, and sends.
func (p *Portal) showAddFiles(c *gin.Context) error {
	if _, err := p.mayAdd(c); err != nil {
		return err
	}
	d, err := p.addDraft(c.Request.Context(), readerOf(c))
	if err != nil {
		return err
	}
	return p.addFilesPage(c, http.StatusOK, d, nil)
}

// addFilesPage is the files page of an addition.
type addFilesPage struct {
	filesPage
	Text string
}

func (p *Portal) addFilesPage(c *gin.Context, status int, d *openDraft, refused []petition.Problem) error {
	form := web.NewForm("file.files", nil)
	form.Problems = refused
	page := filesPage{filePage: filePage{Form: form, Action: addUploadPath, Back: "/follow/add"},
		Files: d.Files, Field: attachment.Field, Accept: strings.Join(attachment.Accept(), ","), Most: maxFiles,
		Room: len(d.Files) < maxFiles, Remove: "/follow/add/remove", Next: "/follow/add/send"}
	return p.site.Show(c, status, "add_files", addFilesPage{page, strings.TrimSpace(d.answer("add", "text"))})
}

// takeAddFiles takes in what was chosen.
func (p *Portal) takeAddFiles(c *gin.Context) error {
	if _, err := p.mayAdd(c); err != nil {
		return err
	}
	d, err := p.addDraft(c.Request.Context(), readerOf(c))
	if err != nil {
		return err
	}
	refused, err := p.receiveFiles(c, d)
	if err != nil {
		return err
	}
	if len(refused) > 0 {
		return p.addFilesPage(c, http.StatusUnprocessableEntity, d, refused)
	}
	if c.Query("go") == "send" {
		return p.sendAdd(c)
	}
	return p.site.Go(c, addUploadPath)
}

// removeAddFile forgets a file of the addition.
func (p *Portal) removeAddFile(c *gin.Context) error {
	d, err := p.addDraft(c.Request.Context(), readerOf(c))
	if err != nil {
		return err
	}
	c.Set(draftKey, d)
	if err := p.forgetFile(c); err != nil {
		return err
	}
	return p.site.Go(c, addUploadPath)
}

// sendAdd sends the addition; pressed twice it is sent once.
func (p *Portal) sendAdd(c *gin.Context) error {
	page, err := p.mayAdd(c)
	if err != nil {
		return err
	}
	r, ctx := readerOf(c), c.Request.Context()
	d, err := p.addDraft(ctx, r)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(d.answer("add", "text"))
	switch {
	case d.version == 0: // it was sent a moment ago
		return p.site.Go(c, "/follow/case")
	case text == "" && len(d.Files) == 0:
		form := web.NewForm("follow.add", nil)
		form.Refuse("text", "wrong.addition")
		return p.addPage(c, http.StatusUnprocessableEntity, form, page)
	}
	act := petition.Act{Action: petition.AddInfo, Text: text, Files: d.Files}
	if page.Folder.Ask != nil {
		act.Action = petition.Supply
	}
	if err := p.say(ctx, r.opened, d.Message, act, d); err != nil {
		return err
	}
	if err := p.store.DropDraft(ctx, d.id); err != nil {
		return err
	}
	p.site.Flash(c, "flash.added")
	return p.site.Go(c, "/follow/case")
}
