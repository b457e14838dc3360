package backoffice

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// twelveMonths are what came and what was answered in each of the last twelve months, as
// columns beside each other in a chart 160 high.
func (w *Office) twelveMonths(c *gin.Context, top petition.UnitID) ([]monthLine, error) {
	now := w.site.Now().In(petition.Shanghai)
	first := now.AddDate(0, -11, 1-now.Day())
	rows, err := w.store.Indicators(c.Request.Context(), who(c).Actor,
		IndicatorQuery{Unit: top, From: petition.Day(first), To: petition.Day(now), Now: now})
	if err != nil {
		return nil, err
	}
	sums := map[string]petition.Figures{}
	for _, r := range rows {
		if sums[r.Month] == nil {
			sums[r.Month] = petition.Figures{}
		}
		sums[r.Month].Add(r.Figures)
	}
	most := 1
	all := make([]monthLine, 12)
	for i := range all {
		month := first.AddDate(0, i, 0).Format("2006-01")
		f := sums[month]
		all[i] = monthLine{Month: month, Came: f[petition.Items].Num + f[petition.Visits].Num, Answered: f[petition.MeanDays].Den}
		most = max(most, all[i].Came, all[i].Answered)
	}
	const height, column = 130, 100.0 / 12
	for i := range all {
		m, x := &all[i], float64(i)*column
		m.CameH, m.AnsH = height*m.Came/most, height*m.Answered/most
		m.X, m.AnsX, m.Mid = percent(x+column*.12), percent(x+column*.5), percent(x+column*.48)
	}
	return all, nil
}

// Top is where a column that high begins.
func (monthLine) Top(height int) int { return 160 - height }

// oneDecimal writes a mean.
func oneDecimal(f float64) string { return fmt.Sprintf("%.1f", f) }
