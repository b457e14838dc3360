package portal

import (
	"bytes"
	"context"
	"encoding/base32"
	"fmt"
	"html"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// receiptPage is the receipt (回执): the code, what it is good for, and what comes
// next. It is made from the code alone, so that any node shows it again after any
// restart.
type receiptPage struct {
	Code      []string // groups of four
	Address   string   // of the follow page, as printed
	QR        template.HTML
	Filing    petition.Filing
	Unit      petition.Unit
	Received  time.Time
	Clock     *petition.PublicClock
	Report    bool
	Anonymous bool
	Signature string // of the portal over the receipt, in groups
	Later     []lateWords
	LaterSent bool
}

// showReceipt shows the receipt of the petition just sent.
func (p *Portal) showReceipt(c *gin.Context) error {
	page, err := p.receipt(c)
	if err != nil {
		return p.toReview(c, err)
	}
	return p.site.Show(c, http.StatusOK, "receipt", page)
}

// toReview leads back who asks for a receipt before the petition is sent.
func (p *Portal) toReview(c *gin.Context, err error) error {
	if isKind(err, petition.NotFound) && !draftOf(c).Filed {
		return p.site.Go(c, "/file/check")
	}
	return err
}

// receipt gathers what the receipt says from what is stored under the code.
func (p *Portal) receipt(c *gin.Context) (receiptPage, error) {
	d, ctx := draftOf(c), c.Request.Context()
	o, err := p.receipted(ctx, d)
	if err != nil {
		return receiptPage{}, err
	}
	w, err := p.atlas.world(ctx)
	if err != nil {
		return receiptPage{}, err
	}
	link := p.address(c) + "/follow#" + string(d.Code)
	qr, err := web.QR(link)
	if err != nil {
		return receiptPage{}, err
	}
	page := receiptPage{
		Code: strings.Split(d.Code.String(), "-"), Address: p.address(c) + "/follow", QR: qr,
		Filing: o.Filing, Received: o.Received, Report: o.Filing.Track() == petition.Report,
		Anonymous: o.Filing.Anonymous, Signature: groups(o.Receipt), Later: unsent(o.Filing, d.Later),
	}
	page.Unit, _ = w.units.Unit(o.Filing.Unit)
	if o.Filing.GoesUp() {
		page.Unit, _ = w.above(o.Filing.Unit)
	}
	page.Clock = p.firstFolder(w, o).Clock
	return page, nil
}

// receipted is what a draft became.
func (p *Portal) receipted(ctx context.Context, d *openDraft) (opened, error) {
	if d.sent != nil {
		return *d.sent, nil
	}
	return p.opened(ctx, d.Code)
}

// address is where the visitor reached us, for printing.
func (p *Portal) address(c *gin.Context) string {
	if p.origin != "" {
		return strings.TrimRight(p.origin, "/")
	}
	scheme := "http://"
	if p.site.TLS {
		scheme = "https://"
	}
	return scheme + c.Request.Host
}

// groups writes bytes so that two people can compare them on the telephone.
func groups(b []byte) string {
	s := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
	all := make([]byte, 0, len(s)+len(s)/5)
	for len(s) > 5 {
		all = append(append(all, s[:5]...), ' ')
		s = s[5:]
	}
	return string(append(all, s...))
}

// saveReceiptText is the receipt as a plain text file.
func (p *Portal) saveReceiptText(c *gin.Context) error {
	return p.download(c, "receipt_text", "text/plain; charset=utf-8", ".txt")
}

// saveReceiptPage is the receipt as a page that needs nothing else.
func (p *Portal) saveReceiptPage(c *gin.Context) error {
	return p.download(c, "receipt_file", "text/html; charset=utf-8", ".html")
}

func (p *Portal) download(c *gin.Context, page, kind, ending string) error {
	r, err := p.receipt(c)
	if err != nil {
		return p.toReview(c, err)
	}
	var b bytes.Buffer
	f := web.Frame{View: r, Page: page, Lang: web.Lang(c), Now: p.now()}
	p.frame(c, &f)
	if err := p.site.Draw(&b, f); err != nil {
		return err
	}
	body := b.Bytes()
	if ending == ".txt" {
		// The file is no page: what was escaped for one is put back.
		body = []byte(html.UnescapeString(b.String()))
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="huiyin-%s%s"`, petition.Day(r.Received), ending))
	c.Data(http.StatusOK, kind, body)
	return nil
}

// opened is a filing as its code opens it.
type opened struct {
	Opened
	Reading exchange.Key
	Filing  petition.Filing // the copy; zero for cases that came on paper
	Mine    bool            // there is a copy
	Folder  *petition.Folder
}

// opened finds and opens what a code leads to. Unknown, revoked and damaged are all
// NotFound.
func (p *Portal) opened(ctx context.Context, code exchange.Code) (opened, error) {
	row, err := p.store.Opened(ctx, code.Locator())
	if err != nil {
		return opened{}, err
	}
	o := opened{Opened: row}
	if o.Reading, err = row.Grant.Open(code); err != nil {
		return opened{}, &petition.Error{Kind: petition.NotFound, Key: "wrong.code", Err: err}
	}
	if len(row.Copy) > 0 {
		o.Mine = true
		if o.Filing, err = exchange.OpenCopy(o.Reading, row.Filing, row.Copy); err != nil {
			return opened{}, fmt.Errorf("petitioner's copy: %w", err)
		}
	}
	if len(row.Folder) > 0 {
		folder, err := exchange.OpenFolder(o.Reading, row.Filing, row.Folder)
		if err != nil {
			return opened{}, fmt.Errorf("folder: %w", err)
		}
		o.Folder = &folder
		if !o.Mine && folder.Filing != nil {
			o.Filing = *folder.Filing
		}
	}
	return o, nil
}

// firstFolder is what the office's folder will say before the office has said
// anything: made by the same rules from the petition alone.
func (p *Portal) firstFolder(w *world, o opened) petition.Folder {
	f := o.Filing
	unit := f.Unit
	if f.GoesUp() {
		if up, ok := w.above(unit); ok {
			unit = up.ID
		}
	}
	c := &petition.Case{ID: o.Opened.Filing}
	_ = c.Apply(petition.Event{N: 1, At: o.Received, By: petition.Petitioner,
		Act: petition.Act{Action: petition.Submit, Filing: &f, Unit: unit, Topic: f.Topic, Channel: f.Channel, At: o.Received}})
	return petition.Project(c, p.rules(w), p.now())
}
