package backoffice

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// backlogDays are after how many days an open case may be called a backlog (积案); the
// first is the usual one, the limit for an opinion (2022 Art. 34).
var backlogDays = []int{60, 90, 180}

// backlogPage is the view of pages/backlog.html: old open cases, who answers for each, and
// what came of those that leaders took on.
type backlogPage struct {
	*web.Form
	Days    int
	Tabs    []dutyTab
	Rows    []backlogLine
	More    bool
	Results []resultLine
	Own     petition.UnitID // whose cases this reader may give to a leader
}

type backlogLine struct {
	BacklogRow
	UnitName string
	Age      int // days
	Late     bool
}

type resultLine struct {
	ContractResult
	UnitName string
}

func (w *Office) showBacklog(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	v := backlogPage{Form: web.NewForm("backlog", c.Request.URL.Query())}
	v.Days = chosenDays(v.Form)
	for _, n := range backlogDays {
		v.Tabs = append(v.Tabs, dutyTab{strconv.Itoa(n), "/backlog?" + url.Values{"days": {strconv.Itoa(n)}}.Encode(), n == v.Days})
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	list, err := w.store.Backlog(ctx, by, v.Days, now)
	if err != nil {
		return err
	}
	if petition.SetsDuty(by, petition.Contract) {
		v.Own = by.Unit
	}
	v.More = list.More
	for _, r := range list.Rows {
		v.Rows = append(v.Rows, backlogLine{r, unitName(rules, r.Unit), int(now.Sub(r.Received) / (24 * time.Hour)), r.Due != "" && r.Due < petition.Day(now)})
	}
	results, err := w.store.ContractResults(ctx, by)
	if err != nil {
		return err
	}
	for _, r := range results {
		v.Results = append(v.Results, resultLine{r, unitName(rules, r.Unit)})
	}
	return w.site.Show(c, http.StatusOK, "backlog", v)
}
