package backoffice

import (
	"net/url"

	"github.com/gin-gonic/gin"

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
