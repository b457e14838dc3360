package backoffice

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// reportsPage is the view of pages/reports.html: the sealed compartment's inbox. For
// everybody else it does not exist.
type reportsPage struct {
	*web.Form
	Take     *taking // nil for those who are not of the compartment
	Rows     []reportLine
	Next     string
	Searches bool        // the reader is of the compartment
	Put      []PutDigest // digests put to the reader
	Handing  *Merger     // the unit is being merged: the compartment is to be handed over
	To       string      // to whom
}

type reportLine struct {
	ReportRow
	Unit string
}

// reportPage is the view of pages/report.html.
type reportPage struct {
	*web.Form
	ID       petition.ID
	Purposes []web.Option
	File     *ReportFile // nil until the purpose was given
	Mark     string      // watermark: who looked, when
	Offers   []petition.Action
	Clocks   []petition.Clock
	Log      []sealedEntry
	Manager  string // unit that manages the first who is reported
}

// sealedEntry is a line of what was done in the compartment, newest first.
type sealedEntry struct {
	Action   petition.Action
	Proposed petition.Action // "" unless it waited for agreement
	At       time.Time
	Who      string
	Text     string
	Reason   string
	Step     petition.CadreStep
	Files    []sealedFile
}

// sealedLog words what followed the filing of a report.
func sealedLog(report petition.ID, later []petition.Event) []sealedEntry {
	var all []sealedEntry
	for _, e := range slices.Backward(later) {
		one := sealedEntry{Action: e.Act.Action, At: e.At, Who: e.By.Name, Files: sealedFiles(report, e.Act.Files)}
		act := e.Act
		if act.Proposed != nil {
			act, one.Proposed = *act.Proposed, act.Proposed.Action
		}
		one.Text, one.Reason = act.Text, act.Reason
		if act.Cadre != nil {
			one.Step = *act.Cadre
		}
		all = append(all, one)
	}
	return all
}

func (w *Office) showReports(c *gin.Context) error {
	return w.reports(c, http.StatusOK, web.NewForm("reports", nil), nil)
}

// reports shows a page; take is the form that takes the ledger out as it was posted, or nil.
func (w *Office) reports(c *gin.Context, status int, f, take *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	var after petition.ID
	if text := c.Query("after"); text != "" {
		id, err := petition.ParseID(text)
		if err != nil {
			return web.NotFound()
		}
		after = id
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.Reports(ctx, by, after)
	if err != nil {
		return err
	}
	v := reportsPage{Form: f}
	for _, r := range found {
		v.Rows = append(v.Rows, reportLine{r, unitName(rules, r.Unit)})
	}
	if v.Put, err = w.store.PutDigests(ctx, by); err != nil {
		return err
	}
	if v.Searches = by.Is(cadreRoles...); v.Searches {
		m, ok, err := w.store.Handing(ctx, by)
		if err != nil {
			return err
		}
		if ok {
			v.Handing, v.To = &m, unitName(rules, rules.Units.Acting(m.Unit))
		}
		if v.Take, err = w.taking(c, take, "/reports", nil, nil); err != nil {
			return err
		}
		f.Problems = v.Take.Problems
	}
	if len(found) >= pageRows {
		v.Next = "/reports?after=" + found[len(found)-1].ID.String()
	}
	return w.site.Show(c, status, "reports", v)
}

// reportColumns are the heads of the ledger as it is taken out: no title, for a title may
// name somebody.
var reportColumns = []string{"number", "received", "state", "clock", "due"}

// takeReports is the ledger of the own compartment as a spreadsheet, for those who are of
// it, after it was counted and recorded.
func (w *Office) takeReports(c *gin.Context) error {
	f, err := w.posted(c, "reports")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.reports(c, http.StatusUnprocessableEntity, f, take)
	}
	ctx, by := c.Request.Context(), who(c).Actor
	var rows [][]any
	for after := (petition.ID{}); len(rows) < exportMost; {
		found, err := w.store.Reports(ctx, by, after)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			break
		}
		for _, r := range found {
			rows = append(rows, w.reportCells(c, r))
		}
		after = found[len(found)-1].ID
	}
	return w.sendTable(c, "title.reports", "reports", "huiyin-reports", f.Get("purpose"), reportColumns, rows)
}

func (w *Office) reportCells(c *gin.Context, r ReportRow) []any {
	clock, due := "", ""
	if r.Clock != "" {
		clock, due = w.say(c, "clock."+string(r.Clock)), petition.Day(r.Due)
	}
	return []any{safeCell(r.Number), petition.Day(r.Received), w.say(c, "sealed.state."+string(r.State)), clock, due}
}

// reportID is the report of the address; NotFound unless the reader's own compartment
// holds it.
func (w *Office) reportID(c *gin.Context) (petition.ID, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return id, err
	}
	return id, w.store.HasReport(c.Request.Context(), who(c).Actor, id)
}

// askReport asks for the purpose before anything is opened.
func (w *Office) askReport(c *gin.Context) error {
	id, err := w.reportID(c)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "report", reportPage{Form: web.NewForm("report", nil), ID: id,
		Purposes: w.reportPurposes(c)})
}

func (w *Office) openReport(c *gin.Context) error {
	f, err := w.posted(c, "report")
	if err != nil {
		return err
	}
	id, err := w.reportID(c)
	if err != nil {
		return err
	}
	v := reportPage{Form: f, ID: id, Purposes: w.reportPurposes(c)}
	purpose := w.reportPurpose(f)
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "report", v)
	}
	by := who(c).Actor
	file, err := w.store.Report(c.Request.Context(), by, id, purpose, w.site.Now())
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v.File, v.Log = &file, sealedLog(id, file.Later)
	v.Offers = petition.CadreOffers(file.Cadre, by, rules, w.site.Now())
	for _, k := range file.Cadre.CadreClocks(rules) {
		if k.Running() {
			v.Clocks = append(v.Clocks, k)
		}
	}
	if len(file.Cadre.Reported) > 0 {
		v.Manager = unitName(rules, file.Cadre.Reported[0].Manager)
	}
	v.Mark = w.say(c, "report.mark", "name", by.Name, "at", w.site.Now().In(petition.Shanghai).Format("2006-01-02 15:04"))
	return w.site.Show(c, http.StatusOK, "report", v)
}

var reportPurposes = []string{"triage", "verify", "leader", "other"}

func (w *Office) reportPurposes(c *gin.Context) []web.Option {
	var all []web.Option
	for _, p := range reportPurposes {
		all = append(all, web.Option{Value: p, Label: w.say(c, "report.for."+p)})
	}
	return all
}

func (w *Office) reportPurpose(f *web.Form) string {
	for _, p := range reportPurposes {
		if f.Get("purpose") != p {
			continue
		}
		if p == "other" && f.Get("words") == "" {
			f.Refuse("words", "problem.purpose_words")
			return ""
		}
		return w.site.Text.Say("zh-CN", "report.for."+p) + " " + f.Get("words")
	}
	f.Refuse("purpose", "problem.purpose_chosen")
	return ""
}
