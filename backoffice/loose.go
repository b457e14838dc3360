package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// loosePage is the view of pages/loose.html: what is open and has nobody, or no day.
type loosePage struct {
	Groups []looseGroup
	More   bool
	Take   *taking
}

// looseGroup is the breaches of one sort.
type looseGroup struct {
	Why  LooseWhy
	Rows []looseLine
}

type looseLine struct {
	LooseEnd
	UnitName string
}

func (w *Office) showLoose(c *gin.Context) error { return w.loose(c, http.StatusOK, nil) }

// loose shows the page; take is the form that takes it out as it was posted, or nil.
func (w *Office) loose(c *gin.Context, status int, take *web.Form) error {
	lines, more, err := w.looseLines(c)
	if err != nil {
		return err
	}
	c.Set(countsKey, pill{loose: len(lines)})
	v := loosePage{More: more}
	for _, l := range lines { // they come by why
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Why != l.Why {
			v.Groups = append(v.Groups, looseGroup{Why: l.Why})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Rows = append(g.Rows, l)
	}
	if len(lines) > 0 {
		if v.Take, err = w.taking(c, take, "/loose", nil, nil); err != nil {
			return err
		}
	}
	return w.site.Show(c, status, "loose", v)
}

func (w *Office) looseLines(c *gin.Context) ([]looseLine, bool, error) {
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, false, err
	}
	ends, more, err := w.store.LooseEnds(ctx, who(c).Actor, w.site.Now())
	all := make([]looseLine, len(ends))
	for i, e := range ends {
		all[i] = looseLine{e, unitName(rules, e.Unit)}
	}
	return all, more, err
}

// takeLoose is the list as a spreadsheet, after it was counted and recorded.
func (w *Office) takeLoose(c *gin.Context) error {
	f, err := w.posted(c, "take")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.loose(c, http.StatusUnprocessableEntity, take)
	}
	lines, _, err := w.looseLines(c)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, l := range lines {
		kind := "loose.of_case"
		if l.Case == (petition.ID{}) {
			kind = "loose.of_duty"
		}
		rows = append(rows, []any{safeCell(w.say(c, "loose.why."+string(l.Why))), w.say(c, kind), safeCell(l.Number), safeCell(l.Title),
			safeCell(l.UnitName), safeCell(l.Person), l.Due})
	}
	return w.sendTable(c, "title.loose", "loose", "huiyin-loose", take.Get("purpose"),
		[]string{"why", "what", "number", "title", "unit", "person", "due"}, rows)
}
