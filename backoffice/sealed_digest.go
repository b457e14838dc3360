package backoffice

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// digestPage is the view of pages/sealed_digest.html: a month of the compartment in counts
// (涉组涉干社情民意), to be printed.
type digestPage struct {
	*web.Form
	petition.Digest
	Unit    string
	Tables  []digestTable
	Put     []PutDigest  // of this month
	Leaders []web.Option // to whom it can be put; empty for a leader
	Mark    string       // watermark: who looked, when
}

// digestTable is one list of counts, worded.
type digestTable struct {
	Key  string
	Rows []digestLine
}

type digestLine struct {
	Said string
	petition.DigestCell
}

func (w *Office) showDigest(c *gin.Context) error {
	f := web.NewForm("digest", c.Request.URL.Query())
	if f.Get("month") == "" {
		f.Set("month", w.digestMonth(c))
	}
	return w.digest(c, f, http.StatusOK)
}

// digestMonth is the month shown first: the last whole one for the compartment, the newest
// that was put to a leader.
func (w *Office) digestMonth(c *gin.Context) string {
	by := who(c).Actor
	if put, err := w.store.PutDigests(c.Request.Context(), by); err == nil && len(put) > 0 && !by.Is(cadreRoles...) {
		return put[0].Month
	}
	now := w.site.Now().In(petition.Shanghai)
	return petition.Day(time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, petition.Shanghai))[:7]
}

func (w *Office) digest(c *gin.Context, f *web.Form, status int) error {
	ctx, by := c.Request.Context(), who(c).Actor
	month := f.Get("month")
	if _, _, err := petition.MonthSpan(month); err != nil {
		f.Refuse("month", "problem.month")
		month, status = w.digestMonth(c), http.StatusUnprocessableEntity
	}
	d, err := w.store.Digest(ctx, by, month, w.site.Now())
	if err != nil {
		return err
	}
	if f.Has("below", "yes") {
		d = d.Masked()
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	v := digestPage{Form: f, Digest: d, Unit: unitName(rules, by.Unit), Tables: w.digestTables(c, rules, d)}
	put, err := w.store.PutDigests(ctx, by)
	if err != nil {
		return err
	}
	v.Put = slices.DeleteFunc(put, func(p PutDigest) bool { return p.Month != month })
	if by.Is(cadreRoles...) {
		if v.Leaders, err = w.unitLeaders(c); err != nil {
			return err
		}
	}
	v.Mark = w.say(c, "report.mark", "name", by.Name, "at", w.site.Now().In(petition.Shanghai).Format("2006-01-02 15:04"))
	return w.site.Show(c, status, "sealed_digest", v)
}

func (w *Office) digestTables(c *gin.Context, rules petition.Rules, d petition.Digest) []digestTable {
	table := func(key string, cells []petition.DigestCell, say func(string) string) digestTable {
		t := digestTable{Key: key}
		for _, cell := range cells {
			t.Rows = append(t.Rows, digestLine{say(cell.Key), cell})
		}
		return t
	}
	words := func(of string) func(string) string {
		return func(key string) string { return w.say(c, of+key) }
	}
	return []digestTable{table("figures", d.Figures(), words("digest.figure.")), table("kinds", d.Kinds, words("topic.")),
		table("areas", d.Areas, func(u string) string { return unitName(rules, petition.UnitID(u)) }),
		table("stages", d.Stages, words("sealed.state."))}
}

// unitLeaders are the leaders of the reader's own unit.
func (w *Office) unitLeaders(c *gin.Context) ([]web.Option, error) {
	by := who(c).Actor
	people, err := w.store.Colleagues(c.Request.Context(), by, by.Unit)
	var all []web.Option
	for _, p := range people {
		if slices.Contains(p.Roles, petition.Leader) {
			all = append(all, web.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return all, err
}

// putDigest puts a month to a leader of the unit.
func (w *Office) putDigest(c *gin.Context) error {
	f, err := w.posted(c, "digest")
	if err != nil {
		return err
	}
	leader, err := petition.ParseID(f.Get("leader"))
	if err != nil {
		f.Refuse("leader", "problem.choice")
	}
	if f.OK() {
		err := w.store.PutDigest(c.Request.Context(), who(c).Actor, f.Get("month"), leader, w.site.Now())
		if err != nil && !f.Refused(err) {
			return err
		}
	}
	if !f.OK() {
		return w.digest(c, f, http.StatusUnprocessableEntity)
	}
	w.site.Flash(c, "flash.digest_put")
	return w.site.Go(c, "/reports/digest?month="+f.Get("month"))
}
