package backoffice

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// auditPage is the view of pages/audit.html: what was done and looked at, for the audit
// administrator.
type auditPage struct {
	*web.Form
	Rows    []auditLine
	Actions []web.Option
	Next    string
	First   string
	Narrow  bool
	Take    *taking
	State   LogState
	Check   *LogCheck // nil unless it was just made
}

type auditLine struct {
	AuditRow
	UnitName string
	Said     string // the act in words
}

func (w *Office) showAudit(c *gin.Context) error {
	return w.audit(c, http.StatusOK, web.NewForm("audit", c.Request.URL.Query()), nil, nil)
}

// audit shows a page of the log that f narrows; take is the form with which it is taken
// out as it was posted, check what was found if the record was just verified.
func (w *Office) audit(c *gin.Context, status int, f, take *web.Form, check *LogCheck) error {
	ctx, by := c.Request.Context(), who(c).Actor
	q := readAuditQuery(f)
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.AuditLog(ctx, by, q)
	if err != nil {
		return err
	}
	v := auditPage{Form: f, Rows: w.auditLines(c, rules, page.Rows), Check: check}
	if v.State, err = w.store.LogState(ctx, by); err != nil {
		return err
	}
	for _, a := range auditChoices {
		v.Actions = append(v.Actions, web.Option{Value: a, Label: w.say(c, "audit.act."+a)})
	}
	kept := kept1(f.Values, auditFilters...)
	v.Narrow = len(kept) > 0
	if v.Take, err = w.taking(c, take, "/audit/out", auditFilters, kept); err != nil {
		return err
	}
	v.Next, v.First = pager("/audit", kept, page.Next, q.After != "")
	return w.site.Show(c, status, "audit", v)
}

// auditFilters are the fields that narrow the log.
var auditFilters = []string{"login", "action", "number", "from", "to"}

// auditChoices are the two ledgers, then every act.
var auditChoices = append([]string{"book_access", "book_copies"}, AuditActions...)

// readAuditQuery reads the filters; what is none is said at its field and not asked for.
func readAuditQuery(f *web.Form) AuditQuery {
	return AuditQuery{Login: f.Get("login"), Action: one(f, "action", auditChoices...), Number: f.Get("number"),
		From: dayOrNone(f, "from"), To: dayOrNone(f, "to"), After: f.Get("after")}
}

func (w *Office) auditLines(c *gin.Context, r petition.Rules, rows []AuditRow) []auditLine {
	all := make([]auditLine, 0, len(rows))
	for _, one := range rows {
		line := auditLine{AuditRow: one, Said: one.Action}
		line.Note = w.noteWords(c, r, one.Note)
		if one.Unit != "" {
			line.UnitName = unitName(r, one.Unit)
		}
		if key := "audit.act." + one.Action; w.site.Text.Has(web.Lang(c), key) {
			line.Said = w.say(c, key)
		}
		all = append(all, line)
	}
	return all
}

// noteWords puts what the log keeps of an act on an account, parts between bars, into
// words: units and roles by name, what was left empty left out.
func (w *Office) noteWords(c *gin.Context, r petition.Rules, note string) string {
	var parts []string
	for _, part := range strings.Split(note, " | ") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if u, ok := r.Units.Unit(petition.UnitID(part)); ok {
			part = u.Short
		} else if named := w.rolesNamed(c, part); named != "" {
			part = named
		} else {
			part = w.officeName(c, part)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " · ")
}

// rolesNamed is a list of role codes in words; "" if it is none.
func (w *Office) rolesNamed(c *gin.Context, codes string) string {
	var named []string
	for _, code := range strings.Fields(codes) {
		if !slices.Contains(petition.Roles, petition.Role(code)) {
			return ""
		}
		named = append(named, w.say(c, "role."+code))
	}
	return strings.Join(named, w.say(c, "site.comma"))
}

// checkLog verifies the whole record while the reader waits.
func (w *Office) checkLog(c *gin.Context) error {
	if _, err := w.posted(c, "audit"); err != nil {
		return err
	}
	found, err := w.store.CheckLog(c.Request.Context(), who(c).Actor, w.site.Now())
	if err != nil {
		return err
	}
	return w.audit(c, http.StatusOK, web.NewForm("audit", nil), nil, &found)
}

var auditColumns = []string{"at", "login", "name", "unit", "act", "about", "number", "note"}

// exportAudit is the list that is shown, as a spreadsheet, with its purpose; that it was
// taken out is in the log itself.
func (w *Office) exportAudit(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	f, err := w.posted(c, "audit")
	if err != nil {
		return err
	}
	q := readAuditQuery(f)
	if !f.OK() {
		return &petition.Error{Kind: petition.Invalid, Key: "error.bad_filter"}
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.audit(c, http.StatusUnprocessableEntity, f, take, nil)
	}
	purpose := take.Get("purpose")
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.ExportAudit(ctx, by, q, purpose, exportMost, now)
	if err != nil {
		return err
	}
	mark := w.say(c, "audit.mark", "name", by.Name, "unit", unitName(rules, by.Unit),
		"at", now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(page.Rows), "purpose", purpose)
	if page.Next != "" {
		mark += w.say(c, "export.cut", "n", exportMost)
	}
	heads := make([]any, len(auditColumns))
	for i, col := range auditColumns {
		heads[i] = w.say(c, "audit.col."+col)
	}
	table := [][]any{{safeCell(mark)}, heads}
	for _, r := range w.auditLines(c, rules, page.Rows) {
		cells := []any{r.At.In(petition.Shanghai).Format("2006-01-02 15:04:05")}
		for _, text := range []string{r.Login, r.Name, r.UnitName, r.Said, r.About, r.Number, r.Note} {
			cells = append(cells, safeCell(text))
		}
		table = append(table, cells)
	}
	var b bytes.Buffer
	if err := writeTable(&b, table); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-audit-"+now.In(petition.Shanghai).Format("20060102-1504")+".xlsx", b.Bytes())
}
