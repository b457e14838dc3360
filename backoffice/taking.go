package backoffice

import (
	"bytes"
	"net/url"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// taking is the form with which a whole list is taken out of the office, the same for
// queues and ledgers: with a purpose, and only so often a day.
type taking struct {
	*web.Form
	To    string   // where it is sent
	Query []hidden // the filters in force
	Left  int      // lists that the reader may still take out today
	Print bool     // as a page to be printed too
}

// hidden is a field that a form keeps.
type hidden struct{ Name, Value string }

// taking makes the form; f is what was posted, or nil.
func (w *Office) taking(c *gin.Context, f *web.Form, to string, filters []string, kept url.Values) (*taking, error) {
	if f == nil {
		f = web.NewForm("take", nil)
	}
	v := &taking{Form: f, To: to}
	for _, name := range filters {
		if kept.Has(name) {
			v.Query = append(v.Query, hidden{name, kept.Get(name)})
		}
	}
	var err error
	v.Left, err = w.store.ExportsLeft(c.Request.Context(), who(c).Actor, w.site.Now())
	return v, err
}

// purposeOfTaking reads what a list is for, and refuses its lack at the field.
func purposeOfTaking(posted *web.Form) *web.Form {
	f := web.NewForm("take", url.Values{"purpose": posted.Values["purpose"]})
	if f.Get("purpose") == "" {
		f.Refuse("purpose", "problem.purpose_words")
	}
	return f
}

// sendTable gives rows as a spreadsheet: first who took it out, when and what for, then
// the heads ("FORM.COLUMN.head"), after it was counted and recorded under its title.
func (w *Office) sendTable(c *gin.Context, title, form, name, purpose string, columns []string, rows [][]any) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	if err := w.store.CountExport(ctx, by, w.site.Text.Say("zh-CN", title), purpose, now); err != nil {
		return err
	}
	mark := w.say(c, "ledger.mark", "name", by.Name, "unit", unitName(rules, by.Unit),
		"at", now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(rows), "purpose", purpose)
	heads := make([]any, len(columns))
	for i, column := range columns {
		heads[i] = w.say(c, form+"."+column+".head")
	}
	var b bytes.Buffer
	if err := writeTable(&b, append([][]any{{safeCell(mark)}, heads}, rows...)); err != nil {
		return err
	}
	return sendSheet(c, name+"-"+now.In(petition.Shanghai).Format("20060102-1504")+".xlsx", b.Bytes())
}
