package backoffice

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// policyEditPage is the view of pages/policy_edit.html: a new policy, or one version more.
type policyEditPage struct {
	*web.Form
	ID      petition.ID // zero for a new one
	Version int
	Action  string
	Levels  []web.Option
	Units   []web.Option
}

// askPolicy shows the form: empty, or with what stands there now.
func (w *Office) askPolicy(c *gin.Context) error {
	f := web.NewForm("policy", nil)
	f.Set("unit", string(who(c).Actor.Unit))
	f.Set("level", "county")
	v, err := w.policyEdit(c, f)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "policy_edit", v)
}

// policyEdit opens the policy of the address, if there is one, and fills in an empty form.
func (w *Office) policyEdit(c *gin.Context, f *web.Form) (policyEditPage, error) {
	v := policyEditPage{Form: f, Action: "/policies/new", Levels: w.levelOptions(c)}
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return v, err
	}
	v.Units = unitOptions(rules, by)
	if c.Param("id") == "" {
		return v, nil
	}
	if v.ID, err = idParam(c, "id"); err != nil {
		return v, err
	}
	file, err := w.store.Policy(ctx, by, v.ID)
	if err != nil {
		return v, err
	}
	if !file.Mine {
		return v, web.NotFound()
	}
	v.Version, v.Action = file.Version, policyAddress(v.ID)+"/edit"
	if f.Values.Has("title") {
		return v, nil
	}
	for name, value := range map[string]string{"title": file.Title, "number": file.Number, "body": file.Body, "level": string(file.Level),
		"from": file.From, "until": file.Until, "unit": string(file.Unit), "articles": writeArticles(file.Articles)} {
		f.Set(name, value)
	}
	return v, nil
}

// savePolicy keeps a new policy, or one version more of a known one.
func (w *Office) savePolicy(c *gin.Context) error {
	f, err := w.posted(c, "policy")
	if err != nil {
		return err
	}
	v, err := w.policyEdit(c, f)
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil || (seen == 0) != v.ID.IsZero() {
		return web.NotFound()
	}
	p := petition.Policy{ID: v.ID, Title: strings.Trim(f.Get("title"), "\u300a\u300b"), Number: f.Get("number"), Body: f.Get("body"),
		Level: petition.Level(f.Get("level")), From: f.Get("from"), Until: f.Get("until"), Unit: petition.UnitID(f.Get("unit")),
		Articles: readArticles(f.Get("articles"))}
	id, err := w.store.SavePolicy(c.Request.Context(), who(c).Actor, p, seen, w.site.Now())
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "policy_edit", v)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.policy")
	return w.site.Go(c, policyAddress(id))
}

// articleHead is how an article begins on a line of its own: U+7B2C, a numeral, U+6761,
// with whatever belongs to the number ("..." U+4E4B U+4E00).
var articleHead = regexp.MustCompile(`^(\x{7b2c}[0-9` + numerals + `\x{767e}\x{96f6}\x{5343}]+\x{6761}(?:\x{4e4b}[` + numerals + `])?)[\s\x{3000}:\x{ff1a}]*(.*)$`)

// readArticles divides a text into its articles: each begins with its number at the
// beginning of a line. What stands before the first belongs to none, and is told by its
// missing number.
func readArticles(text string) []petition.Article {
	var all []petition.Article
	for _, line := range lines(text) {
		line = strings.TrimSpace(line)
		if found := articleHead.FindStringSubmatch(line); found != nil {
			all = append(all, petition.Article{Number: found[1], Text: found[2]})
			continue
		}
		if len(all) == 0 {
			all = append(all, petition.Article{})
		}
		last := &all[len(all)-1]
		last.Text = strings.TrimPrefix(last.Text+"\n"+line, "\n")
	}
	return all
}

// writeArticles is the same the other way round.
func writeArticles(all []petition.Article) string {
	var b strings.Builder
	for _, a := range all {
		b.WriteString(a.Number + "\u3000" + a.Text + "\n")
	}
	return b.String()
}
