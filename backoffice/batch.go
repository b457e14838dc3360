package backoffice

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// batchPage is the view of pages/batch.html: letters registered one after another by
// keyboard. What was registered, with its codes, stands in the page itself and nowhere
// else: the office keeps no code.
type batchPage struct {
	intakePage
	Done []batchLine // what was registered last first
	Next bool        // a form for the next one: the keyboard begins there
}

// batchLine is a letter that was registered at this sitting.
type batchLine struct {
	Kept  string // how the page's forms carry it
	To    string
	Case  *petition.Case
	Coded bool
}

// batchMost bounds what one sitting's page carries.
const batchMost = 200

// batchSticky is what stays as it is from one letter to the next.
var batchSticky = []string{"channel", "arrival", "cover.document", "day", "area", "filing.purpose"}

func (w *Office) showBatch(c *gin.Context) error {
	f := w.freshIntake(petition.ByLetter)
	f.Values.Del("hour")
	return w.batchPage(c, http.StatusOK, f, batchPage{Next: true})
}

func (w *Office) batchPage(c *gin.Context, status int, f *web.Form, v batchPage) error {
	v.Way = "letter"
	if err := w.choices(c, f, &v.intakePage); err != nil {
		return err
	}
	done, err := w.batchDone(c, f)
	if err != nil {
		return err
	}
	for _, one := range done {
		_, coded := one.code()
		v.Done = append(v.Done, batchLine{Kept: one.text, To: "/cases/" + one.ID.String(), Case: one.Case, Coded: coded})
	}
	return w.site.Show(c, status, "batch", v)
}

// batchCase is a case that a batch's page names with its code.
type batchCase struct {
	*dossier
	text string // "id:code"
}

func (b batchCase) code() (exchange.Code, bool) {
	_, text, _ := strings.Cut(b.text, ":")
	code, err := exchange.ParseCode(text)
	return code, err == nil
}

// batchDone opens what the form says was registered, what came last first; a line that is
// none, or not this reader's, is left out.
func (w *Office) batchDone(c *gin.Context, f *web.Form) ([]batchCase, error) {
	var all []batchCase
	for _, text := range f.Values["done"] {
		head, _, _ := strings.Cut(text, ":")
		id, err := petition.ParseID(head)
		if err != nil || len(all) == batchMost {
			continue
		}
		d, err := w.open(c.Request.Context(), who(c).Actor, id, "")
		if kind(err) == petition.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, batchCase{d, text})
	}
	return all, nil
}

// batch registers one letter and shows the form for the next.
func (w *Office) batch(c *gin.Context) error {
	f, scans, err := w.intakeForm(c)
	if err != nil {
		return err
	}
	v := batchPage{intakePage: intakePage{Way: "letter", Scans: scans}}
	if petition.Purpose(f.Get("filing.purpose")).Track() == petition.Report {
		f.Refuse("filing.purpose", "problem.batch_report")
	}
	ctx, by := c.Request.Context(), who(c).Actor
	if _, used, err := w.store.FormUsed(ctx, by, f.Get("nonce")); err != nil {
		return err
	} else if used {
		return w.batchAgain(c, f)
	}
	act, ready, err := w.prepared(c, f, &v.intakePage)
	if err != nil {
		return err
	}
	if !ready {
		return w.batchPage(c, statusOf(f), f, v)
	}
	id, code, err := w.store.RegisterFor(ctx, by, f.Get("nonce"), act, w.site.Now())
	switch {
	case kind(err) == petition.Conflict:
		return w.batchAgain(c, f)
	case f.Refused(err):
		return w.batchPage(c, http.StatusUnprocessableEntity, f, v)
	case err != nil:
		return err
	}
	f.Values["done"] = append([]string{id.String() + ":" + code.String()}, f.Values["done"]...)
	return w.batchPage(c, http.StatusOK, nextOfBatch(f), batchPage{Next: true})
}

// batchAgain answers a form that was sent twice: what it registered the first time is in
// the list, without its code, which was shown then.
func (w *Office) batchAgain(c *gin.Context, f *web.Form) error {
	id, _, err := w.store.FormUsed(c.Request.Context(), who(c).Actor, f.Get("nonce"))
	if err != nil {
		return err
	}
	if !strings.Contains(strings.Join(f.Values["done"], " "), id.String()) {
		f.Values["done"] = append([]string{id.String() + ":"}, f.Values["done"]...)
	}
	return w.batchPage(c, http.StatusOK, nextOfBatch(f), batchPage{Next: true})
}

// nextOfBatch is the form of the next letter: what is the same for a pile stays, and the
// envelope has the number after.
func nextOfBatch(f *web.Form) *web.Form {
	next := web.NewForm(f.Name, nil)
	for _, name := range batchSticky {
		next.Set(name, f.Get(name))
	}
	next.Set("person.id_type", "resident")
	next.Set("cover.number", numberAfter(f.Get("cover.number")))
	next.Values["done"] = f.Values["done"]
	return next
}

var lastDigits = regexp.MustCompile(`^(.*?)(\d{1,9})$`)

// numberAfter counts the digits at the end of a number on by one: "来-009" to "来-010".
func numberAfter(text string) string {
	found := lastDigits.FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	n, err := strconv.Atoi(found[2])
	if err != nil {
		return ""
	}
	after := strconv.Itoa(n + 1)
	return found[1] + strings.Repeat("0", max(len(found[2])-len(after), 0)) + after
}

// slipsPage is the view of pages/slips.html: the code slips of a sitting.
type slipsPage struct {
	Slips []slipPage
}

// batchSlips prints the slips of what the page says was registered.
func (w *Office) batchSlips(c *gin.Context) error {
	f, err := w.posted(c, "intake")
	if err != nil {
		return err
	}
	done, err := w.batchDone(c, f)
	if err != nil {
		return err
	}
	var v slipsPage
	for i, one := range done {
		code, ok := one.code()
		if !ok {
			continue
		}
		slip, err := w.slipOf(one.dossier, code, true)
		if err != nil {
			return err
		}
		slip.Nth = "-" + strconv.Itoa(i+1)
		v.Slips = append(v.Slips, slip)
	}
	if len(v.Slips) == 0 {
		return web.NotFound()
	}
	return w.site.Show(c, http.StatusOK, "slips", v)
}
