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

// issuesPage is the view of pages/issues.html: the common issues (共性问题) of a year that
// the program proposed and people decided on (scenario 11.1). It names nobody.
type issuesPage struct {
	*web.Form
	Rows     []issueLine
	Statuses []web.Option
	Year     int
	Years    []int
	Least    int
	Sets     bool // the reader sets the number
	LeastOf  *web.Form
	Take     *taking
}

// issueLine is an issue with its unit's name.
type issueLine struct {
	Issue
	UnitName string
	Overdue  bool // no answer to advice by its day
}

func (w *Office) lineOfIssue(r petition.Rules, i Issue) issueLine {
	return issueLine{i, unitName(r, i.Unit), i.Late(w.site.Now())}
}

func (w *Office) showIssues(c *gin.Context) error {
	return w.issues(c, http.StatusOK, web.NewForm("issues", c.Request.URL.Query()), nil, nil)
}

// issues shows the list; take and least are the forms below it as they were posted, or nil.
func (w *Office) issues(c *gin.Context, status int, f, take, least *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	v := issuesPage{Form: f, Sets: by.Is(petition.OfficeHead), LeastOf: least}
	var err error
	if v.Year, v.Years, err = w.teamYear(f); err != nil {
		return err
	}
	if v.Rows, err = w.issueLines(c, v.Year, petition.IssueStatus(f.Get("status"))); err != nil {
		return err
	}
	for _, s := range petition.IssueStatuses {
		v.Statuses = append(v.Statuses, web.Option{Value: string(s), Label: w.say(c, "issue.status."+string(s))})
	}
	if v.Least, err = w.store.IssueLeast(ctx, by); err != nil {
		return err
	}
	if least == nil {
		v.LeastOf = web.NewForm("issue_least", url.Values{"least": {strconv.Itoa(v.Least)}})
	}
	kept := kept1(f.Values, "status")
	kept.Set("year", strconv.Itoa(v.Year))
	if v.Take, err = w.taking(c, take, "/issues", []string{"year", "status"}, kept); err != nil {
		return err
	}
	for _, posted := range []*web.Form{take, least} {
		if posted != nil {
			f.Problems = posted.Problems
		}
	}
	return w.site.Show(c, status, "issues", v)
}

// issueLines are the issues of a year in a status, "" for all. NotFound for a status that
// there is not.
func (w *Office) issueLines(c *gin.Context, year int, status petition.IssueStatus) ([]issueLine, error) {
	if status != "" && !slices.Contains(petition.IssueStatuses, status) {
		return nil, web.NotFound()
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	found, err := w.store.Issues(ctx, who(c).Actor, year)
	if err != nil {
		return nil, err
	}
	var all []issueLine
	for _, i := range found {
		if status == "" || i.Status() == status {
			all = append(all, w.lineOfIssue(rules, i))
		}
	}
	return all, nil
}

// confirmedIssues are the issues of a unit and those below it, in the months of the days from
// one to another, that somebody found to be some; about a content code with all below it,
// "" for every one.
func (w *Office) confirmedIssues(c *gin.Context, r petition.Rules, top petition.UnitID, topic petition.Topic, from, to string) ([]issueLine, error) {
	above, _ := r.Units.Unit(top)
	first, err := strconv.Atoi(from[:4])
	if err != nil {
		return nil, err
	}
	last, err := strconv.Atoi(to[:4])
	if err != nil {
		return nil, err
	}
	var all []issueLine
	for year := first; year <= last; year++ {
		found, err := w.store.Issues(c.Request.Context(), who(c).Actor, year)
		if err != nil {
			return nil, err
		}
		for _, i := range found {
			u, _ := r.Units.Unit(i.Unit)
			if u.Within(above) && i.Status().Confirmed() && i.Month >= from[:7] && i.Month <= to[:7] && strings.HasPrefix(string(i.Topic), string(topic)) {
				all = append(all, w.lineOfIssue(r, i))
			}
		}
	}
	return all, nil
}

// takeIssues is the list as a spreadsheet, after it was counted and recorded.
func (w *Office) takeIssues(c *gin.Context) error {
	f, err := w.posted(c, "issues")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.issues(c, http.StatusUnprocessableEntity, f, take, nil)
	}
	year, _, err := w.teamYear(f)
	if err != nil {
		return err
	}
	lines, err := w.issueLines(c, year, petition.IssueStatus(f.Get("status")))
	if err != nil {
		return err
	}
	var rows [][]any
	for _, i := range lines {
		advice, answer := i.Last(petition.IssueAdvised), petition.IssueStep{}
		if i.Status().Answered() {
			answer = i.Steps[len(i.Steps)-1]
		}
		rows = append(rows, []any{i.Month, safeCell(i.UnitName), safeCell(w.say(c, "topic."+string(i.Topic))), i.Count,
			safeCell(w.say(c, "issue.status."+string(i.Status()))), safeCell(i.Last(petition.IssueConfirmed).Text),
			safeCell(advice.To), safeCell(advice.Text), advice.Due, safeCell(answer.Text)})
	}
	heads := []string{"month", "unit", "topic", "count", "status", "what", "to", "advice", "due", "answer"}
	return w.sendTable(c, "title.issues", "issues", "huiyin-issues", f.Get("purpose"), heads, rows)
}

// setIssueLeast sets how many matters make an issue from now on.
func (w *Office) setIssueLeast(c *gin.Context) error {
	f, err := w.posted(c, "issue_least")
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(f.Get("least")) // nonsense is none, which the rules refuse
	err = w.store.SetIssueLeast(c.Request.Context(), who(c).Actor, n, w.site.Now())
	if f.Refused(err) {
		return w.issues(c, http.StatusUnprocessableEntity, web.NewForm("issues", nil), nil, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.issue_least")
	return w.site.Go(c, "/issues")
}
