package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// firstsPage is the view of pages/firsts.html: the board of first petitions.
type firstsPage struct {
	*web.Form
	FirstBoard
	Unit   string
	Units  []web.Option
	Lines  []unsignedLine
	Kinds  []turnLine
	Causes []string
	Rate   string // settled once of those whose 90 days are over; "" where there are none
}

// unsignedLine is a first petition that nobody has signed for.
type unsignedLine struct {
	UnsignedRow
	UnitName string
	Late     bool
}

// turnLine is a kind of conversion, counted by cause.
type turnLine struct {
	Kind  petition.TurnKind
	Count []int
	Sum   int
}

func (w *Office) showFirsts(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	f := web.NewForm("firsts", c.Request.URL.Query())
	if !f.Values.Has("from") && !f.Values.Has("to") {
		f.Set("from", petition.Day(w.site.Now().AddDate(-1, 0, 0)))
	}
	q := w.readLedger(c, f)
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	v := firstsPage{Form: f, Unit: w.ledgerUnit(c, rules, q), Units: unitOptions(rules, by), Causes: petition.TurnCauses}
	if v.FirstBoard, err = w.store.FirstBoard(ctx, by, q); err != nil {
		return err
	}
	for _, one := range v.Unsigned {
		v.Lines = append(v.Lines, unsignedLine{one, unitName(rules, one.Unit), q.Now.After(one.By)})
	}
	for _, kind := range petition.TurnKinds {
		line := turnLine{Kind: kind}
		for _, cause := range v.Causes {
			n := v.Turns[kind][cause]
			line.Count = append(line.Count, n)
			line.Sum += n
		}
		v.Kinds = append(v.Kinds, line)
	}
	if over := v.Once + v.Again; over > 0 {
		v.Rate = percent(100 * float64(v.Once) / float64(over))
	}
	return w.site.Show(c, http.StatusOK, "firsts", v)
}
