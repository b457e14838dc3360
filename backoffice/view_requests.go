package backoffice

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// viewRequestsPage is the view of pages/view_requests.html: petitioners who wait to be told
// who has looked at their data.
type viewRequestsPage struct{ Rows []viewRequestLine }

type viewRequestLine struct {
	ViewRequest
	UnitName string
}

// viewRequestPage is the view of pages/view_request.html: what was asked, the looks, and
// the answer as it will be sent.
type viewRequestPage struct {
	*web.Form
	viewRequestLine
	Lines []lookLine
	Newer bool // the case changed meanwhile
}

// lookLine is a look as the auditor sees it: with the name, which the answer leaves out.
type lookLine struct {
	Look
	Said string // as the petitioner will read it, purpose included
	Hide bool   // the auditor keeps the purpose out: it would tell of somebody else
}

func (w *Office) showViewRequests(c *gin.Context) error {
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.ViewRequests(ctx, who(c).Actor)
	if err != nil {
		return err
	}
	var v viewRequestsPage
	for _, r := range found {
		v.Rows = append(v.Rows, viewRequestLine{r, unitName(rules, r.Unit)})
	}
	return w.site.Show(c, http.StatusOK, "view_requests", v)
}

func (w *Office) viewRequestPage(c *gin.Context, f *web.Form) (*viewRequestPage, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return nil, err
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	r, err := w.store.ViewRequest(ctx, who(c).Actor, id)
	if err != nil {
		return nil, err
	}
	v := &viewRequestPage{Form: f, viewRequestLine: viewRequestLine{r, unitName(rules, r.Unit)}}
	for i, l := range r.Looks {
		hide := f.Has("hide", strconv.Itoa(i))
		v.Lines = append(v.Lines, lookLine{Look: l, Hide: hide, Said: w.lookSaid(rules, l, hide)})
	}
	return v, nil
}

// lookSaid is a look as the petitioner reads it: day and hour, unit and post, what was
// looked at, what for. No officer is named. Letters speak one language.
func (w *Office) lookSaid(rules petition.Rules, l Look, hide bool) string {
	say := func(key string, args ...any) string { return w.site.Text.Say("zh-CN", key, args...) }
	var posts []string
	for _, role := range l.Posts {
		posts = append(posts, say("role."+string(role)))
	}
	purpose := l.Purpose
	if hide {
		purpose = say("view_answer.hidden")
	}
	return say("view_answer.line", "at", l.At.In(petition.Shanghai).Format("2006-01-02 15:04"), "unit", unitName(rules, l.Unit),
		"post", strings.Join(posts, say("site.comma")), "what", say("audit.act."+l.What), "purpose", purpose)
}

func (w *Office) showViewRequest(c *gin.Context) error {
	v, err := w.viewRequestPage(c, web.NewForm("view_answer", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "view_request", v)
}

// answerViews sends the answer: the looks as they stand in the log, and what the auditor
// adds.
func (w *Office) answerViews(c *gin.Context) error {
	f, err := w.posted(c, "view_answer")
	if err != nil {
		return err
	}
	v, err := w.viewRequestPage(c, f)
	if err != nil {
		return err
	}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "view_request", v)
	}
	if seen, err := strconv.Atoi(f.Get("version")); err != nil || seen != v.Version {
		v.Newer = true
		return w.site.Show(c, http.StatusConflict, "view_request", v)
	}
	err = w.store.AnswerViews(c.Request.Context(), who(c).Actor, v.Case, v.Version, w.viewAnswer(v), w.site.Now())
	if overtaken(err) {
		v.Newer = true
		return w.site.Show(c, http.StatusConflict, "view_request", v)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.views_answered")
	return w.site.Go(c, "/view-requests")
}

// viewAnswer is the whole answer.
func (w *Office) viewAnswer(v *viewRequestPage) string {
	lines := []string{w.site.Text.Say("zh-CN", "view_answer.intro", "n", len(v.Lines))}
	if len(v.Lines) == 0 {
		lines[0] = w.site.Text.Say("zh-CN", "view_answer.nobody")
	}
	for _, l := range v.Lines {
		lines = append(lines, l.Said)
	}
	lines = append(lines, v.Get("text"))
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n")
}
