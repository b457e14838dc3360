package backoffice

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// giveLedger is the whole of a ledger, after it was counted and recorded.
func (w *Office) giveLedger(c *gin.Context, f *web.Form, q LedgerQuery) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	var rows []LedgerRow
	for len(rows) < exportMost {
		q.Limit = min(500, exportMost-len(rows))
		page, err := w.store.Ledger(ctx, by, q)
		if err != nil {
			return err
		}
		rows = append(rows, page.Rows...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	mark := w.say(c, "ledger.mark", "name", by.Name, "unit", unitName(rules, by.Unit),
		"at", q.Now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(rows), "purpose", f.Get("purpose"))
	if q.After != "" {
		mark += w.say(c, "export.cut", "n", exportMost)
	}
	lines := ledgerLines(rules, rows, q)
	if f.Get("form") == "print" {
		v := ledgerPage{Form: f, Ledger: q.Ledger, Unit: w.ledgerUnit(c, rules, q), Rows: lines, Sheet: true, Mark: mark}
		v.countedBy(q)
		for i := range v.Rows {
			v.Rows[i].Name = "" // a sheet that leaves the office says nothing about persons
		}
		return w.site.Show(c, http.StatusOK, "ledger", v)
	}
	var b bytes.Buffer
	if err := writeTable(&b, w.ledgerTable(c, lines, mark)); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-"+string(q.Ledger)+"-"+q.Now.In(petition.Shanghai).Format("20060102-1504")+".xlsx", b.Bytes())
}

// ledgerColumns are the heads of a ledger's spreadsheet. No name stands among them.
var ledgerColumns = []string{"number", "title", "track", "topic", "channel", "kind", "occasion", "people", "state",
	"unit", "handler", "received", "due"}

func (w *Office) ledgerTable(c *gin.Context, lines []ledgerLine, mark string) [][]any {
	heads := make([]any, len(ledgerColumns))
	for i, col := range ledgerColumns {
		heads[i] = w.say(c, "ledger.col."+col)
	}
	table := [][]any{{safeCell(mark)}, heads}
	named := func(group, value string) string {
		if value == "" {
			return ""
		}
		return w.say(c, group+"."+value)
	}
	for _, l := range lines {
		people, limit := any(""), ""
		if l.People > 0 {
			people = l.People
		}
		if !l.Due.None {
			limit = petition.Day(l.Due.At)
		}
		cells := []any{}
		for _, text := range []string{l.Number, l.Title, named("track", string(l.Track)), named("topic", string(l.Topic)),
			named("channel", string(l.Channel)), named("leg_kind", string(l.Kind)), named("occasion", l.Occasion)} {
			cells = append(cells, safeCell(text))
		}
		cells = append(cells, people)
		for _, text := range []string{named("state", string(l.State)), l.UnitName, l.Handler, petition.Day(l.Received), limit} {
			cells = append(cells, safeCell(text))
		}
		table = append(table, cells)
	}
	return table
}
