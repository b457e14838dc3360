package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// issuePage is the view of pages/issue.html: one common issue, the matters behind it by
// number alone, and what was decided, advised and answered.
type issuePage struct {
	*web.Form
	issueLine
	Cases []IssueCase
	Mine  bool
	Next  []web.Option // what it can become
}

func (w *Office) showIssue(c *gin.Context) error {
	return w.issue(c, http.StatusOK, web.NewForm("issue", nil))
}

func (w *Office) issue(c *gin.Context, status int, f *web.Form) error {
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	file, err := w.store.Issue(ctx, who(c).Actor, id)
	if err != nil {
		return err
	}
	v := issuePage{Form: f, issueLine: w.lineOfIssue(rules, file.Issue), Cases: file.Cases, Mine: file.Mine}
	for _, s := range file.Status().Next() {
		v.Next = append(v.Next, web.Option{Value: string(s), Label: w.say(c, "issue.step."+string(s))})
	}
	return w.site.Show(c, status, "issue", v)
}

// stepIssue records what was decided about it.
func (w *Office) stepIssue(c *gin.Context) error {
	f, id, seen, err := w.postedStep(c, "issue")
	if err != nil {
		return err
	}
	step := petition.IssueStep{Status: petition.IssueStatus(f.Get("status")), Text: f.Get("text")}
	if step.Status == petition.IssueAdvised {
		step.To, step.Due = f.Get("to"), f.Get("due")
	}
	err = w.store.StepIssue(c.Request.Context(), who(c).Actor, id, seen, step, w.site.Now())
	if f.Refused(err) {
		return w.issue(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.issue")
	return w.site.Go(c, "/issues/"+id.String())
}
