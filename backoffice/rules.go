package backoffice

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// rulesPage is the view of pages/rules.html: the local implementing rules (具体实施办法)
// of all units, the own first.
type rulesPage struct {
	Rows   []ruleLine
	Writes bool
}

type ruleLine struct {
	petition.LocalRule
	UnitName string
	Ended    bool
	LawName  string // of the profile that it rests on; "" where it changes none
}

// rulePage is the view of pages/rule.html: the newest version and all before it.
type rulePage struct {
	ruleLine
	History []petition.LocalRule
	Writes  bool
}

// editRulePage is the view of pages/rule_edit.html.
type editRulePage struct {
	*web.Form
	Laws []web.Option
	To   string
}

func (w *Office) lineOfRule(r petition.Rules, l petition.LocalRule) ruleLine {
	line := ruleLine{LocalRule: l, UnitName: unitName(r, l.Unit), Ended: l.Ended(petition.Day(w.site.Now()))}
	for _, law := range r.Laws {
		if law.ID == l.Law {
			line.LawName = law.Name
		}
	}
	return line
}

func (w *Office) showRules(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	all, err := w.store.LocalRules(ctx, by)
	if err != nil {
		return err
	}
	v := rulesPage{Writes: by.Is(petition.OfficeHead)}
	for _, l := range all {
		v.Rows = append(v.Rows, w.lineOfRule(rules, l))
	}
	return w.site.Show(c, http.StatusOK, "rules", v)
}

// localRule is the rule of the address, with its history; NotFound if there is none.
func (w *Office) localRule(c *gin.Context) ([]petition.LocalRule, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return nil, err
	}
	return w.store.LocalRule(c.Request.Context(), who(c).Actor, id)
}

func (w *Office) showRule(c *gin.Context) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	all, err := w.localRule(c)
	if err != nil {
		return err
	}
	by := who(c).Actor
	return w.site.Show(c, http.StatusOK, "rule", rulePage{ruleLine: w.lineOfRule(rules, all[0]), History: all[1:],
		Writes: by.Is(petition.OfficeHead) && by.Unit == all[0].Unit})
}

func (w *Office) showNewRule(c *gin.Context) error {
	return w.editRule(c, http.StatusOK, web.NewForm("rule", url.Values{"seen": {"0"}}), "/rules/new")
}

// showEditRule begins with the newest version.
func (w *Office) showEditRule(c *gin.Context) error {
	all, err := w.localRule(c)
	if err != nil {
		return err
	}
	r := all[0]
	if r.Unit != who(c).Actor.Unit {
		return web.NotFound()
	}
	f := web.NewForm("rule", url.Values{"title": {r.Title}, "number": {r.Number}, "text": {r.Text}, "from": {r.From}, "to": {r.To},
		"law": {r.Law}, "seen": {strconv.Itoa(r.Version)}})
	return w.editRule(c, http.StatusOK, f, "/rules/"+r.ID.String()+"/edit")
}

func (w *Office) editRule(c *gin.Context, status int, f *web.Form, to string) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v := editRulePage{Form: f, To: to}
	for _, law := range rules.Laws {
		v.Laws = append(v.Laws, web.Option{Value: law.ID, Label: w.say(c, "rule.law.option", "name", law.Name, "from", law.From)})
	}
	return w.site.Show(c, status, "rule_edit", v)
}

func (w *Office) saveNewRule(c *gin.Context) error { return w.saveRule(c, petition.ID{}) }

func (w *Office) saveEditRule(c *gin.Context) error {
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	return w.saveRule(c, id)
}

// saveRule adds a version; what was written before stays.
func (w *Office) saveRule(c *gin.Context, id petition.ID) error {
	f, err := w.posted(c, "rule")
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil {
		return web.NotFound()
	}
	rule := petition.LocalRule{ID: id, Version: seen, Title: f.Get("title"), Number: f.Get("number"), Text: f.Get("text"),
		From: f.Get("from"), To: f.Get("to"), Law: f.Get("law")}
	saved, err := w.store.SaveLocalRule(c.Request.Context(), who(c).Actor, rule, w.site.Now())
	if f.Refused(err) {
		return w.editRule(c, http.StatusUnprocessableEntity, f, c.Request.URL.Path)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.rule")
	return w.site.Go(c, "/rules/"+saved.String())
}
