package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// noticeLines are the sentences of the notice before filing (填写须知, domain §4.2), in
// order: catalogue keys.
var noticeLines = []string{"who", "not", "true", "one", "kept", "revenge", "limits", "secret", "urgent", "data"}

// noticePage is the first page of filing: the notice and the consent.
type noticePage struct {
	*web.Form
	Lines []string
	Topic string         // from the scope check
	Begun bool           // a draft is already open in this browser
	Filed bool           // … and was sent: its code is still shown here
	Main  petition.Unit  // whom to call
	For   *complaintPart // a complaint about how a case was dealt with; nil: a petition
	Tied  bool           // its writer wishes to name the case
	Book  *announced     // a leader's session at which a place is asked for; nil for most
}

// showNotice shows what to know before writing.
func (p *Portal) showNotice(c *gin.Context) error {
	return p.noticePage(c, http.StatusOK, web.NewForm("file.notice", url.Values{"topic": {c.Query("topic")}, "for": {c.Query("for")}, "m": {c.Query("m")},
		"session": {c.Query("session")}}))
}

func (p *Portal) noticePage(c *gin.Context, status int, form *web.Form) error {
	d, err := p.findDraft(c.Request.Context(), p.site.Cookie(c, draftCookie))
	if err != nil && !isKind(err, petition.NotFound) {
		return err
	}
	page := noticePage{Form: form, Lines: noticeLines, Begun: err == nil && !d.Filed, Filed: err == nil && d.Filed, Main: p.atlas.known().main()}
	if t, ok := petition.TopicOf(petition.Topic(form.Get("topic"))); ok && t.InScope() {
		page.Topic = string(t.Code)
	}
	if page.For, err = p.complaintOf(c, form.Get("for"), form.Get("m")); err != nil {
		return err
	}
	if page.For != nil {
		page.Lines = page.For.lines()
	}
	page.Tied = form.Get("number") == "yes"
	if page.Book, err = p.bookable(c, form.Get("session")); err != nil {
		return err
	}
	return p.site.Show(c, status, "notice", page)
}

// beginFiling takes the consent, with its date and wording, and opens a draft.
func (p *Portal) beginFiling(c *gin.Context) error {
	form, err := p.site.Posted(c, "file.notice")
	if err != nil {
		return err
	}
	if form.Get("consent") != "yes" {
		form.Refuse("consent", "wrong.consent")
		return p.noticePage(c, http.StatusUnprocessableEntity, form)
	}
	if err := p.slow(c, "draft", p.limits.Drafts); err != nil {
		return err
	}
	first := draft{Consent: p.now(), Notice: p.noticeEdition(web.Lang(c), noticeLines)}
	if t, ok := petition.TopicOf(petition.Topic(form.Get("topic"))); ok && t.InScope() {
		first.Answers = map[string]url.Values{"what": {"topic": {string(t.Code)}}}
	}
	about, err := p.complaintOf(c, form.Get("for"), form.Get("m"))
	if err != nil {
		return err
	}
	if about != nil {
		first.Notice = p.noticeEdition(web.Lang(c), about.lines())
		first.Answers = about.answers(form.Get("number") == "yes", p.site.Text.Say(langOf(c), "complaint."+about.Name+".title"))
	}
	book, err := p.bookable(c, form.Get("session"))
	if err != nil {
		return err
	}
	if book != nil {
		first.Session = book.ID
		first.Answers = map[string]url.Values{"where": {"area": {string(book.Unit.ID)}}}
	}
	if err := p.dropDraft(c); err != nil {
		return err
	}
	_, token, err := p.newDraft(c.Request.Context(), first)
	if err != nil {
		return err
	}
	p.site.SetCookie(c, draftCookie, token, draftLife)
	return p.site.Go(c, whereStep.path())
}

// dropDraft forgets the draft that was open before.
func (p *Portal) dropDraft(c *gin.Context) error {
	d, err := draftKeys(p.site.Cookie(c, draftCookie))
	if err != nil {
		return nil // there was none
	}
	return p.store.DropDraft(c.Request.Context(), d.id)
}

// noticeEdition names the wording agreed to: it changes with every change of a word.
func (p *Portal) noticeEdition(lang string, lines []string) string {
	h := sha256.New()
	for _, line := range lines {
		h.Write([]byte(p.site.Text.Say(lang, "file.notice."+line+".h") + p.site.Text.Say(lang, "file.notice."+line)))
	}
	return lang + "-" + hex.EncodeToString(h.Sum(nil)[:6])
}

// savedPage tells how to come back to a draft.
type savedPage struct {
	Track petition.Track
	Draft *draft
	To    string
}

// showSaved says that the draft is kept, how long and where.
func (p *Portal) showSaved(c *gin.Context) error {
	d := draftOf(c)
	if d.Filed {
		return p.site.Go(c, "/file/done")
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	page := savedPage{Draft: &d.draft, Track: d.track(), To: "/file/check"}
	if s := p.unfinished(c, w, &d.draft); s != nil {
		page.To = s.path()
	}
	return p.site.Show(c, http.StatusOK, "saved", page)
}

// clearDevice forgets the draft, or after the submission the code, in this browser.
func (p *Portal) clearDevice(c *gin.Context) error {
	d := draftOf(c)
	if d.Filed && c.Request.PostForm.Get("kept") != "yes" {
		p.site.Flash(c, "flash.tick_first")
		return p.site.Go(c, "/file/done")
	}
	if err := p.store.DropDraft(c.Request.Context(), d.id); err != nil {
		return err
	}
	p.site.SetCookie(c, draftCookie, "", -1)
	p.site.Flash(c, "flash.cleared")
	if d.Filed && c.Request.PostForm.Get("go") == "follow" {
		return p.site.Go(c, "/follow")
	}
	return p.site.Go(c, "/")
}
