package portal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// submit sends the petition. In this order: what was sent before gets the same receipt
// again, whatever the captcha; what another page changed since the review is shown
// first; a wrong or old captcha leads back to the review with a fresh one; then
// everything is stored in one transaction, the captcha spent within it
// (architecture §4).
func (p *Portal) submit(c *gin.Context) error {
	form, err := p.site.Typed(c, "file.check")
	if err != nil {
		return err
	}
	// Nothing typed here is kept: what was pasted along with the captcha is left out, as
	// blanks between its digits are.
	form.Problems = nil
	d, ctx := draftOf(c), c.Request.Context()
	if d.Filed {
		return p.site.Go(c, "/file/done")
	}
	w, err := p.atlas.world(ctx)
	if err != nil {
		return err
	}
	if s := p.unfinished(c, w, &d.draft); s != nil {
		return p.site.Go(c, s.path())
	}
	if form.Get("seen") != strconv.Itoa(d.version) {
		return p.reviewAgain(c, w, d)
	}
	if form.Get("go") == "captcha" {
		return p.review(c, w, d, http.StatusOK, form)
	}
	spend, wrong := p.captcha.Check(form.Get("captcha_token"), d.id, form.Get("captcha"))
	if wrong != nil && !isKind(wrong, petition.Invalid) {
		return wrong
	}
	if err := p.slow(c, "submit", p.limits.Submits); err != nil {
		return err
	}
	if form.Get("declare") != "yes" {
		form.Refuse("declare", "wrong.declare")
	}
	if wrong != nil {
		form.Refuse("captcha", "problem.captcha")
	}
	if !form.OK() {
		spend = web.Spend{} // nothing is used up by a form that is refused
	}
	return p.file(c, w, d, form, spend)
}

// file seals and stores. A zero captcha only asks whether it was sent before. What a
// second page of the same browser did meanwhile is shown for a new look before it is
// sent.
func (p *Portal) file(c *gin.Context, w *world, d *openDraft, form *web.Form, spend web.Spend) error {
	in, left, err := p.seal(w, d, web.Lang(c), spend)
	if err != nil {
		return err
	}
	stored, err := p.store.File(c.Request.Context(), in)
	switch {
	case isKind(err, petition.Conflict):
		return p.reviewAgain(c, w, d)
	case isKind(err, petition.Invalid):
		if form.OK() { // right, but used up before
			form.Refuse("captcha", "problem.captcha")
		}
		return p.review(c, w, d, http.StatusUnprocessableEntity, form)
	case err != nil:
		return err
	}
	if !stored.Before {
		p.just.keep(left, p.now())
	} else if err := p.keepUnsent(c.Request.Context(), d); err != nil {
		return err
	}
	return p.site.Go(c, "/file/done")
}

// reviewAgain shows what the draft holds now.
func (p *Portal) reviewAgain(c *gin.Context, w *world, d *openDraft) error {
	if err := p.rereadDraft(c.Request.Context(), d); err != nil {
		return err
	}
	if d.Filed {
		return p.site.Go(c, "/file/done")
	}
	if s := p.unfinished(c, w, &d.draft); s != nil {
		return p.site.Go(c, s.path())
	}
	form := web.NewForm("file.check", nil)
	form.Refuse("declare", "wrong.changed_elsewhere")
	return p.review(c, w, d, http.StatusConflict, form)
}

// seal makes everything that is stored of a petition. Nothing in it can be read
// without the code or by anybody but the unit, or compartment, that it is for. Left is the
// draft once that is stored.
func (p *Portal) seal(w *world, d *openDraft, lang string, spend web.Spend) (in Filed, left openDraft, err error) {
	f := d.compose(w, lang)
	now := p.now().UTC().Truncate(time.Microsecond)
	wishes := d.wishes()
	body, err := bodyOf(f, wishes)
	if err != nil {
		return in, left, err
	}
	locator := d.Code.Locator()
	sealed := exchange.SealedFiling{ID: d.Filing, Received: now, Filing: f, Reading: d.Reading, Locator: locator}
	home, holder, err := w.route(f)
	if err != nil {
		return in, left, err
	}
	if sealed.Filing.News, err = home.News.Wishes(lang, wishes); err != nil {
		return in, left, fmt.Errorf("seal wishes: %w", err)
	}
	item, err := exchange.SealFiling(p.signer, home, holder, sealed, now)
	if err != nil {
		return in, left, fmt.Errorf("seal filing: %w", err)
	}
	mine, err := exchange.SealCopy(d.Reading, d.Filing, sealed.Filing)
	if err != nil {
		return in, left, fmt.Errorf("seal copy: %w", err)
	}
	left = *d
	left.draft = d.filed()
	row, err := p.sealDraft(&left)
	if err != nil {
		return in, left, err
	}
	in = Filed{
		Filing: d.Filing, Received: now, BodyHash: d.Code.BodyHash(body), Size: len(item.Sealed), Copy: mine,
		Grant: d.Code.Grant(d.Filing, d.Reading, rightsOf(f)...), Item: item,
		Receipt: p.signer.SignReceipt(locator, item, now),
		Captcha: spend.ID, CaptchaExpires: spend.Expires, Files: claims(d.Files), Draft: row,
	}
	left.version++
	left.sent = &opened{Opened: Opened{Filing: in.Filing, Received: now, Receipt: in.Receipt}, Filing: f}
	return in, left, nil
}

// route is the installation and the holder that a filing is sealed to.
func (w *world) route(f petition.Filing) (exchange.Directory, exchange.Holder, error) {
	own := w.homes[w.entry[f.Unit].Installation]
	holder, err := own.Route(f)
	if err != nil {
		return exchange.Directory{}, "", err
	}
	home, ok := w.homes[w.entry[holder.Unit()].Installation]
	if !ok {
		return exchange.Directory{}, "", &petition.Error{Kind: petition.Invalid, Key: "wrong.no_unit_above"}
	}
	return home, holder, nil
}

// bodyOf is what counts as "the same filing again": all that was written.
func bodyOf(f petition.Filing, wishes map[petition.NewsWay]string) ([]byte, error) {
	f.Files = exchange.WithoutKeys(f.Files)
	f.Lang = ""
	b, err := json.Marshal(struct {
		petition.Filing
		Wishes map[petition.NewsWay]string `json:"wishes,omitempty"`
	}{f, wishes})
	if err != nil {
		return nil, fmt.Errorf("body of filing: %w", err)
	}
	return b, nil
}

// rightsOf are those of the first code. A report about a cadre is not rated, and
// cannot be withdrawn once it is in (domain §2.4 row 35, §3.8).
func rightsOf(f petition.Filing) []exchange.Right {
	if f.Track() == petition.Report {
		return []exchange.Right{exchange.MayAdd}
	}
	return []exchange.Right{exchange.MayAdd, exchange.MayWithdraw, exchange.MayRate, exchange.MayReview}
}
