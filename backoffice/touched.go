package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// touchedPage is the view of pages/touched.html: who searched for what stands in a sealed
// report, for the audit administrator, who learns nothing of the report.
type touchedPage struct{ Rows []touchedLine }

func (w *Office) showTouched(c *gin.Context) error {
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.TouchedSealed(ctx, who(c).Actor, w.site.Now().AddDate(0, 0, -touchedDays))
	if err != nil {
		return err
	}
	var v touchedPage
	for _, one := range found {
		v.Rows = append(v.Rows, touchedLine{one, unitName(rules, one.Unit)})
	}
	return w.site.Show(c, http.StatusOK, "touched", v)
}
