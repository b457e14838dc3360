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
	Shares []shareLine
	ByUnit bool // the shares are units', else handlers'
}

// shareLine is what a unit, or one handler of the own unit, settled.
type shareLine struct {
	Name string
	Settlement
	Rate string
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
	v.Rate = v.Settlement.rate()
	v.ByUnit = q.Below
	v.Shares = w.shareLines(c, rules, v.FirstBoard.Shares, q.Below)
	return w.site.Show(c, http.StatusOK, "firsts", v)
}

// rate is 一次性办结率 (domain §3.9): settled once, of those closed 90 days ago or longer; ""
// where there are none.
func (s Settlement) rate() string {
	over := s.Once + s.Again - s.Early
	if over == 0 {
		return ""
	}
	return percent(100 * float64(s.Once) / float64(over))
}

// shareLines are the shares by unit, or of one unit by handler, in the order of the tree
// or of names: nobody is ranked.
func (w *Office) shareLines(c *gin.Context, r petition.Rules, shares []SettledShare, byUnit bool) []shareLine {
	var all []shareLine
	for i, one := range shares {
		if i > 0 && byUnit && shares[i-1].Unit == one.Unit {
			all[len(all)-1].Settlement.Add(one.Settlement)
			continue
		}
		name := one.Handler
		switch {
		case byUnit:
			name = unitName(r, one.Unit)
		case name == "":
			name = w.say(c, "queue.nobody")
		}
		all = append(all, shareLine{Name: name, Settlement: one.Settlement})
	}
	for i := range all {
		all[i].Rate = all[i].rate()
	}
	return all
}
