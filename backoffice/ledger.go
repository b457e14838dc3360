package backoffice

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// ledgerMonths is how far back a ledger goes unless another period is asked for.
const ledgerMonths = 3

// ledgersPage is the view of pages/ledgers.html.
type ledgersPage struct {
	Unit  string
	All   []Ledger
	Other []otherLedger
}

// otherLedger is a ledger of what is no case: it has a page of its own.
type otherLedger struct{ Key, To string }

// otherLedgers are those that the reader may open.
func otherLedgers(by petition.Actor) []otherLedger {
	all := []otherLedger{{"rail.duties", "/duties"}, {"rail.reception", "/reception"}, {"rail.gaps", "/gaps"}, {"rail.disputes", "/disputes"}}
	for _, one := range []struct {
		roles []petition.Role
		otherLedger
	}{{counterRoles, otherLedger{"rail.visits", "/visits"}}, {incidentRoles, otherLedger{"rail.incidents", "/incidents"}},
		{cadreRoles, otherLedger{"rail.reports", "/reports"}}} {
		if by.Is(one.roles...) {
			all = append(all, one.otherLedger)
		}
	}
	return all
}

// ledgerPage is the view of pages/ledger.html: a page of a ledger, or the whole of it to
// be printed.
type ledgerPage struct {
	*web.Form
	Ledger Ledger
	Unit   string
	Units  []web.Option
	Rows   []ledgerLine
	Next   string
	First  string
	Take   *taking // nil on the sheet
	Sheet  bool    // to be printed, with the mark
	Mark   string

	Indicator petition.Indicator // of LedgerCounted
	Shares    bool               // the indicator is a share: there is a rest
	Keep      []hidden           // what the filter's form carries besides its fields
}

// ledgerLine is a row with its unit's name and whether it is late.
type ledgerLine struct {
	LedgerRow
	UnitName string
	Due      due
}

func (w *Office) showLedgers(c *gin.Context) error {
	by := who(c).Actor
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "ledgers", ledgersPage{Unit: unitName(rules, by.Unit), All: Ledgers, Other: otherLedgers(by)})
}

func (w *Office) showLedger(c *gin.Context) error {
	q := c.Request.URL.Query()
	f := web.NewForm("ledger", q)
	if !q.Has("from") && !q.Has("to") && c.Param("ledger") != string(LedgerCounted) {
		f.Set("from", petition.Day(w.site.Now().AddDate(0, -ledgerMonths, 0)))
	}
	return w.ledger(c, http.StatusOK, f, nil)
}

// ledger shows one page; take is the form that takes it out as it was posted, or nil.
func (w *Office) ledger(c *gin.Context, status int, f, take *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	q := w.readLedger(c, f)
	q.After, q.Limit = f.Get("after"), pageRows
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.Ledger(ctx, by, q)
	if err != nil {
		return err
	}
	v := ledgerPage{Form: f, Ledger: q.Ledger, Unit: w.ledgerUnit(c, rules, q), Units: unitOptions(rules, by),
		Rows: ledgerLines(rules, page.Rows, q)}
	v.countedBy(q)
	kept := ledgerKept(f)
	if v.Take, err = w.taking(c, take, "/ledgers/"+string(q.Ledger), ledgerFilters, kept); err != nil {
		return err
	}
	v.Take.Print = true
	if take != nil {
		f.Problems = take.Problems
	}
	v.Next, v.First = pager("/ledgers/"+string(q.Ledger), kept, page.Next, q.After != "")
	return w.site.Show(c, status, "ledger", v)
}

// ledgerFilters narrow a ledger.
var ledgerFilters = []string{"unit", "below", "from", "to", "indicator", "rest"}

// ledgerKept is the filters in force. The period is always among them: an empty one is
// all time, not the usual.
func ledgerKept(f *web.Form) url.Values {
	kept := kept1(f.Values, "unit", "below", "indicator", "rest")
	for _, name := range []string{"from", "to"} {
		kept.Set(name, f.Get(name))
	}
	return kept
}

// readLedger reads the filters; what is none is said at its field and not asked for.
func (w *Office) readLedger(c *gin.Context, f *web.Form) LedgerQuery {
	return LedgerQuery{Ledger: Ledger(c.Param("ledger")), Unit: petition.UnitID(f.Get("unit")), Below: one(f, "below", "yes") != "",
		From: dayOrNone(f, "from"), To: dayOrNone(f, "to"), Now: w.site.Now(),
		Indicator: petition.Indicator(f.Get("indicator")), Rest: one(f, "rest", "yes") != ""}
}

// FromLabel is the key of what the period bounds.
func (v ledgerPage) FromLabel() string {
	if v.Indicator != "" {
		return "ledger.counted_from"
	}
	return "ledger.from"
}

// countedBy tells the page by which indicator its rows count.
func (v *ledgerPage) countedBy(q LedgerQuery) {
	if q.Ledger != LedgerCounted {
		return
	}
	v.Indicator, v.Shares = q.Indicator, q.Indicator.Reckoned() == petition.ByShare
	v.Keep = []hidden{{"indicator", string(q.Indicator)}}
}

// ledgerUnit names whose ledger it is.
func (w *Office) ledgerUnit(c *gin.Context, r petition.Rules, q LedgerQuery) string {
	name := unitName(r, unitOr(q.Unit, who(c).Actor.Unit))
	if q.Below || q.Ledger == LedgerCounted {
		return w.say(c, "queue.and_below", "unit", name)
	}
	return name
}

func ledgerLines(r petition.Rules, rows []LedgerRow, q LedgerQuery) []ledgerLine {
	all := make([]ledgerLine, 0, len(rows))
	for _, one := range rows {
		all = append(all, ledgerLine{one, unitName(r, one.Unit), dueOf(one.Clock, one.Warn, one.Due, q.Now)})
	}
	return all
}

// takeLedger takes a whole ledger out: as a spreadsheet, or as a page to be printed.
// Both need a purpose, count against the day's quota and carry who took them out.
func (w *Office) takeLedger(c *gin.Context) error {
	f, err := w.posted(c, "ledger")
	if err != nil {
		return err
	}
	q := w.readLedger(c, f)
	if q.Ledger != LedgerCounted && !slices.Contains(Ledgers, q.Ledger) {
		return web.NotFound()
	}
	if !f.OK() {
		return &petition.Error{Kind: petition.Invalid, Key: "error.bad_filter"}
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.ledger(c, http.StatusUnprocessableEntity, f, take)
	}
	ctx, by := c.Request.Context(), who(c).Actor
	if _, err := w.store.Ledger(ctx, by, q); err != nil { // nothing is counted that is not given
		return err
	}
	if err := w.store.CountExport(ctx, by, w.ledgerWhat(c, q), take.Get("purpose"), q.Now); err != nil {
		return err
	}
	return w.giveLedger(c, f, q)
}

// ledgerWhat says for the log which list it was.
func (w *Office) ledgerWhat(c *gin.Context, q LedgerQuery) string {
	name := w.site.Text.Say("zh-CN", "ledger."+string(q.Ledger))
	if q.Ledger == LedgerCounted {
		name += " | " + w.site.Text.Say("zh-CN", "indicator."+string(q.Indicator))
	}
	return name + " | " + string(q.Unit) + " | " + q.From + "—" + q.To
}
