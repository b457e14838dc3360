package backoffice

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// takeIndicators is the figures as a spreadsheet, after it was counted and recorded.
func (w *Office) takeIndicators(c *gin.Context) error {
	f, err := w.posted(c, "indicators")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.indicators(c, http.StatusUnprocessableEntity, f, take)
	}
	v, err := w.indicatorsView(c, f)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, l := range v.Lines {
		num, den := any(l.Num), any("")
		if l.Of {
			den = l.Den
		}
		rows = append(rows, []any{w.say(c, "indicator."+string(l.What)), l.Figure, num, den, l.Before, w.say(c, "indicator."+string(l.What)+".of")})
	}
	for _, u := range v.Below {
		for i, what := range comparedIndicators {
			rows = append(rows, []any{safeCell(u.Name + " · " + w.say(c, "indicator."+string(what))), u.Figures[i], "", "", "", ""})
		}
	}
	return w.sendTable(c, "title.indicators", "indicators", "huiyin-indicators-"+string(v.Period)+v.revised(), take.Get("purpose"),
		[]string{"what", "figure", "num", "den", "before", "of"}, rows)
}

// revised names the revision that is shown; "" for today's figures.
func (v indicatorsPage) revised() string {
	if v.Shown == nil {
		return ""
	}
	return "-r" + strconv.Itoa(v.Shown.Revision)
}

// closePeriod keeps the figures of a period that is over.
func (w *Office) closePeriod(c *gin.Context) error {
	f, err := w.posted(c, "indicators")
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil {
		return web.NotFound()
	}
	period := petition.Period(f.Get("period"))
	err = w.store.ClosePeriod(c.Request.Context(), who(c).Actor, period, seen, f.Get("reason"), w.site.Now())
	if f.Refused(err) {
		return w.indicators(c, http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.period_closed")
	return w.site.Go(c, "/indicators?"+url.Values{"period": {string(period)}, "revision": {strconv.Itoa(seen + 1)}}.Encode())
}
