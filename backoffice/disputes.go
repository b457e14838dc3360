package backoffice

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// disputesPage is the view of pages/disputes.html: early signs of disputes (苗头), the open
// ones by when they are to be looked at, or those that are closed.
type disputesPage struct {
	*web.Form
	Rows   []disputeLine
	Closed bool
	Next   string
	First  string
	Writes bool
	Take   *taking
}

type disputeLine struct {
	petition.LocalDispute
	Is       petition.DisputeEntry
	UnitName string
	Late     bool
}

// disputePage is the view of pages/dispute.html.
type disputePage struct {
	*web.Form
	disputeLine
	Entries []petition.DisputeEntry // newest first
	Writes  bool
}

// newDisputePage is the view of pages/dispute_new.html.
type newDisputePage struct {
	*web.Form
	Kinds []web.Option
}

func lineOfDispute(r petition.Rules, d petition.LocalDispute, w *Office) disputeLine {
	return disputeLine{d, d.Now(), unitName(r, d.Unit), d.Late(w.site.Now())}
}

func (w *Office) showDisputes(c *gin.Context) error {
	return w.disputes(c, http.StatusOK, web.NewForm("disputes", c.Request.URL.Query()), nil)
}

// disputes shows a page; take is the form that takes the list out as it was posted, or nil.
func (w *Office) disputes(c *gin.Context, status int, f, take *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	var before petition.ID
	if text := f.Get("after"); text != "" {
		if before, err = petition.ParseID(text); err != nil {
			return web.NotFound()
		}
	}
	v := disputesPage{Form: f, Closed: f.Get("state") == "closed", Writes: by.Is(recorderRoles...)}
	page, err := w.store.Disputes(ctx, by, !v.Closed, before)
	if err != nil {
		return err
	}
	for _, d := range page.Rows {
		v.Rows = append(v.Rows, lineOfDispute(rules, d, w))
	}
	next := ""
	if page.More && v.Closed {
		next = page.Rows[len(page.Rows)-1].ID.String()
	}
	v.Next, v.First = pager("/disputes", url.Values{"state": {"closed"}}, next, !before.IsZero())
	if v.Take, err = w.taking(c, take, "/disputes", nil, nil); err != nil {
		return err
	}
	if take != nil {
		f.Problems = take.Problems
	}
	return w.site.Show(c, status, "disputes", v)
}

// takeDisputes is all that is in sight, open and closed, as a spreadsheet, after it was
// counted and recorded.
func (w *Office) takeDisputes(c *gin.Context) error {
	f, err := w.posted(c, "disputes")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.disputes(c, http.StatusUnprocessableEntity, f, take)
	}
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.Disputes(ctx, by, true, petition.ID{})
	if err != nil {
		return err
	}
	rows := page.Rows
	for before := (petition.ID{}); len(rows) < exportMost; before = page.Rows[len(page.Rows)-1].ID {
		if page, err = w.store.Disputes(ctx, by, false, before); err != nil {
			return err
		}
		if rows = append(rows, page.Rows...); !page.More {
			break
		}
	}
	return w.sendTable(c, "title.disputes", "dispute", "huiyin-disputes", f.Get("purpose"), disputeColumns, w.disputeRows(c, rules, rows))
}

// disputeColumns are the heads of the spreadsheet.
var disputeColumns = []string{"unit", "kind", "place", "people", "asked", "measures", "next", "state", "when"}

func (w *Office) disputeRows(c *gin.Context, r petition.Rules, all []petition.LocalDispute) [][]any {
	var rows [][]any
	for _, d := range all {
		is := d.Now()
		state := "dispute.open"
		if !d.Open {
			state = "dispute.closed"
		}
		rows = append(rows, []any{safeCell(unitName(r, d.Unit)), w.say(c, "dispute.kind."+string(is.Kind)), safeCell(is.Place),
			is.People, safeCell(is.Asked), safeCell(is.Measures), d.Next, w.say(c, state), is.When})
	}
	return rows
}

func (w *Office) showNewDispute(c *gin.Context) error {
	return w.newDispute(c, http.StatusOK, web.NewForm("dispute", nil))
}

func (w *Office) newDispute(c *gin.Context, status int, f *web.Form) error {
	v := newDisputePage{Form: f}
	for _, k := range petition.DisputeKinds {
		v.Kinds = append(v.Kinds, web.Option{Value: string(k), Label: w.say(c, "dispute.kind."+string(k))})
	}
	return w.site.Show(c, status, "dispute_new", v)
}

// readDispute is an entry as it was typed; the rules say what is wrong with it.
func readDispute(f *web.Form) petition.DisputeEntry {
	people, err := strconv.Atoi(f.Get("people"))
	if err != nil && f.Get("people") != "" {
		people = -1
	}
	return petition.DisputeEntry{Kind: petition.DisputeKind(f.Get("kind")), When: strings.Replace(f.Get("when"), "T", " ", 1), Place: f.Get("place"), People: people,
		Asked: f.Get("asked"), Measures: f.Get("measures"), Next: f.Get("next")}
}

func (w *Office) addDispute(c *gin.Context) error {
	f, err := w.posted(c, "dispute")
	if err != nil {
		return err
	}
	id, err := w.store.AddDispute(c.Request.Context(), who(c).Actor, readDispute(f), w.site.Now())
	if f.Refused(err) {
		return w.newDispute(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.dispute_add")
	return w.site.Go(c, "/disputes/"+id.String())
}

func (w *Office) showDispute(c *gin.Context) error {
	return w.dispute(c, http.StatusOK, web.NewForm("dispute", nil))
}

func (w *Office) dispute(c *gin.Context, status int, f *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	d, err := w.store.Dispute(ctx, by, id)
	if err != nil {
		return err
	}
	v := disputePage{Form: f, disputeLine: lineOfDispute(rules, d, w), Entries: slices.Clone(d.Entries),
		Writes: d.Open && by.Is(recorderRoles...) && (by.Unit == d.Unit || by.Unit == rules.Units.Acting(d.Unit))}
	slices.Reverse(v.Entries)
	return w.site.Show(c, status, "dispute", v)
}

// stepDispute follows a dispute up, or closes it.
func (w *Office) stepDispute(c *gin.Context) error {
	f, id, seen, err := w.postedStep(c, "dispute")
	if err != nil {
		return err
	}
	e := readDispute(f)
	e.Kind = ""
	e.Step = petition.DisputeFollow
	if f.Get("step") == string(petition.DisputeClose) {
		e.Step = petition.DisputeClose
	}
	err = w.store.StepDispute(c.Request.Context(), who(c).Actor, id, seen, e, w.site.Now())
	if f.Refused(err) {
		return w.dispute(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.dispute_"+string(e.Step))
	return w.site.Go(c, "/disputes/"+id.String())
}
