package backoffice

import (
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// sealedSlipPage is the view of pages/sealed_slip.html: the receipt of a report about a
// cadre that came by letter, visit or call. It names neither matter nor person; whoever
// registered it sees nothing more of it than this.
type sealedSlipPage struct {
	Code        []string // groups of four
	QR          template.HTML
	URL         string
	Today       string
	Unit, Phone string
}

func (w *Office) sealedSlip(c *gin.Context, by petition.Actor, code exchange.Code, now time.Time) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	address := strings.TrimSuffix(w.public, "/") + "/follow"
	picture, err := web.QR(address + "#" + code.String())
	if err != nil {
		return err
	}
	unit, _ := rules.Units.Unit(by.Unit)
	return w.site.Show(c, http.StatusOK, "sealed_slip", sealedSlipPage{Code: strings.Split(code.String(), "-"),
		QR: picture, URL: address, Today: petition.Day(now), Unit: unit.Name, Phone: unit.Phone})
}
