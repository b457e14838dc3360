package backoffice

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/web"
)

// sealedSearchPage is the view of pages/sealed_search.html: reports of the reader's own
// compartment by words that stand in them, and who else looked for such words.
type sealedSearchPage struct {
	*web.Form
	Asked   bool
	Rows    []reportLine
	Next    int64
	Narrow  bool
	Touched []touchedLine
}

// touchedLine is a search outside the compartment for what stands in it. It found nothing.
type touchedLine struct {
	TouchingSearch
	UnitName string
}

// touchedDays is how far back searches for the compartment's words are listed.
const touchedDays = 30

func (w *Office) showSealedSearch(c *gin.Context) error {
	v := sealedSearchPage{Form: web.NewForm("sealed_search", nil)}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.Touched(ctx, who(c).Actor, w.site.Now().AddDate(0, 0, -touchedDays))
	if err != nil {
		return err
	}
	for _, one := range found {
		v.Touched = append(v.Touched, touchedLine{one, unitName(rules, one.Unit)})
	}
	return w.site.Show(c, http.StatusOK, "sealed_search", v)
}

// searchSealed takes the words in the body of a POST: an address would stand in logs and
// histories.
func (w *Office) searchSealed(c *gin.Context) error {
	f, err := w.posted(c, "sealed_search")
	if err != nil {
		return err
	}
	v := sealedSearchPage{Form: f}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "sealed_search", v)
	}
	before, _ := strconv.ParseInt(f.Get("before"), 10, 64) // no number: the first page
	page, err := w.store.SearchReports(c.Request.Context(), who(c).Actor, f.Get("words"), before, w.site.Now())
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "sealed_search", v)
	}
	if err != nil {
		return err
	}
	v.Asked, v.Next, v.Narrow = true, page.Next, page.Narrow
	for _, r := range page.Rows {
		v.Rows = append(v.Rows, reportLine{ReportRow: r})
	}
	return w.site.Show(c, http.StatusOK, "sealed_search", v)
}
