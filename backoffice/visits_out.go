package backoffice

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// takeVisits is the whole register of a period, as a spreadsheet or to be printed, after
// it was counted and recorded.
func (w *Office) takeVisits(c *gin.Context) error {
	f, err := w.posted(c, "visits")
	if err != nil {
		return err
	}
	q := readVisits(f)
	if !f.OK() {
		return &petition.Error{Kind: petition.Invalid, Key: "error.bad_filter"}
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.visits(c, http.StatusUnprocessableEntity, f, take, nil)
	}
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	var rows []petition.Visit
	for len(rows) < exportMost {
		page, err := w.store.Visits(ctx, by, q)
		if err != nil {
			return err
		}
		rows = append(rows, page.Rows...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	unit := unitName(rules, unitOr(q.Unit, by.Unit))
	what := w.site.Text.Say("zh-CN", "title.visits") + " | " + unit + " | " + q.From + "—" + q.To
	if err := w.store.CountExport(ctx, by, what, f.Get("purpose"), now); err != nil {
		return err
	}
	mark := w.say(c, "ledger.mark", "name", by.Name, "unit", unitName(rules, by.Unit),
		"at", now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(rows), "purpose", f.Get("purpose"))
	if q.After != "" {
		mark += w.say(c, "export.cut", "n", exportMost)
	}
	v := visitsPage{Form: f, Unit: unit, Sheet: true, Mark: mark}
	v.fill(rows, by)
	if f.Get("form") == "print" {
		return w.site.Show(c, http.StatusOK, "visits", v)
	}
	var b bytes.Buffer
	if err := writeTable(&b, w.visitTable(c, v)); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-visits-"+now.In(petition.Shanghai).Format("20060102-1504")+".xlsx", b.Bytes())
}

// visitColumns are the heads of the register, on paper and in a spreadsheet.
var visitColumns = []string{"day", "arrived", "left", "people", "kind", "room", "officer", "case"}

// Columns lets the page draw its heads.
func (visitsPage) Columns() []string { return visitColumns }

// Numbers are the cases that came of the visit.
func (l visitLine) Numbers() string {
	var all []string
	for _, one := range l.Cases {
		all = append(all, one.Number)
	}
	return strings.Join(all, " ")
}

func (w *Office) visitTable(c *gin.Context, v visitsPage) [][]any {
	heads := make([]any, len(visitColumns))
	for i, col := range visitColumns {
		heads[i] = w.say(c, "visits.col."+col)
	}
	table := [][]any{{safeCell(v.Mark)}, heads}
	for _, l := range v.Rows {
		table = append(table, []any{l.Day, l.Is.Arrived, l.Is.Left, l.Is.People, w.say(c, "channel."+string(l.Is.Channel())),
			safeCell(l.Is.Room), safeCell(l.Is.Name), l.Numbers()})
	}
	return table
}

// fromVisit begins the form of a registration with what the register says of the visit.
func (w *Office) fromVisit(c *gin.Context, f *web.Form) error {
	id, err := petition.ParseID(c.Query("visit"))
	if err != nil {
		return web.NotFound()
	}
	v, err := w.store.Visit(c.Request.Context(), who(c).Actor, id)
	if err != nil {
		return err
	}
	is := v.Now()
	f.Set("visit", id.String())
	f.Set("channel", string(is.Channel()))
	f.Set("day", v.Day)
	f.Set("hour", is.Arrived)
	if is.People >= 2 {
		f.Set("cosigners", strconv.Itoa(is.People))
	}
	return nil
}
