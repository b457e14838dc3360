package backoffice

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// policiesPage is the view of pages/policies.html: the policy library.
type policiesPage struct {
	*web.Form
	Rows   []policyLine
	Levels []web.Option
	States []web.Option
	May    bool // the reader may add one
	Next   string
	First  string
}

// policyLine is a policy with the name of the unit that it binds and whether it holds.
type policyLine struct {
	petition.Policy
	UnitName string
	State    PolicyState
}

// policyPage is the view of pages/policy.html.
type policyPage struct {
	policyLine
	Line    policyLine
	Mine    bool
	History []policyVersionLine
	Cases   []citingLine
}

type policyVersionLine struct {
	PolicyVersion
	Changed []string // catalogue keys of what it changed
}

type citingLine struct {
	CitingCase
	UnitName string
}

func lineOfPolicy(r petition.Rules, p petition.Policy, day string) policyLine {
	state := PolicyInForce
	switch {
	case p.From > day:
		state = PolicyComing
	case !p.InForce(day):
		state = PolicyEnded
	}
	return policyLine{p, unitName(r, p.Unit), state}
}

func (w *Office) showPolicies(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	f := web.NewForm("policies", c.Request.URL.Query())
	v := policiesPage{Form: f, May: by.Is(petition.OfficeHead), Levels: w.levelOptions(c)}
	for _, s := range PolicyStates {
		v.States = append(v.States, web.Option{Value: string(s), Label: w.say(c, "policy.state."+string(s))})
	}
	q := PolicyQuery{Words: f.Get("words"), Level: petition.Level(f.Get("level")), State: PolicyState(f.Get("state")), Now: now}
	if q.State != "" && !slices.Contains(PolicyStates, q.State) {
		return web.NotFound()
	}
	if after := f.Get("after"); after != "" {
		day, id, _ := strings.Cut(after, ".")
		var err error
		if q.AfterID, err = petition.ParseID(id); err != nil {
			return web.NotFound()
		}
		q.AfterDay = day
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.Policies(ctx, by, q)
	if err != nil {
		return err
	}
	next := ""
	for _, p := range page.Rows {
		v.Rows = append(v.Rows, lineOfPolicy(rules, p, petition.Day(now)))
		next = p.From + "." + p.ID.String()
	}
	if !page.More {
		next = ""
	}
	v.Next, v.First = pager("/policies", kept1(f.Values, "words", "level", "state"), next, q.AfterDay != "")
	return w.site.Show(c, http.StatusOK, "policies", v)
}

func (w *Office) levelOptions(c *gin.Context) []web.Option {
	var all []web.Option
	for _, l := range []petition.Level{petition.Centre, petition.Province, petition.City, petition.County} {
		all = append(all, web.Option{Value: string(l), Label: w.say(c, "level."+string(l))})
	}
	return all
}

func (w *Office) showPolicy(c *gin.Context) error {
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	file, err := w.store.Policy(ctx, who(c).Actor, id)
	if err != nil {
		return err
	}
	line := lineOfPolicy(rules, file.Policy, petition.Day(w.site.Now()))
	v := policyPage{policyLine: line, Line: line, Mine: file.Mine}
	for i, one := range file.History {
		line := policyVersionLine{PolicyVersion: one}
		if i+1 < len(file.History) {
			line.Changed = changed(file.History[i+1].Policy, one.Policy)
		}
		v.History = append(v.History, line)
	}
	for _, one := range file.Cases {
		v.Cases = append(v.Cases, citingLine{one, unitName(rules, one.Unit)})
	}
	return w.site.Show(c, http.StatusOK, "policy", v)
}

// changed names what differs between two versions.
func changed(a, b petition.Policy) []string {
	var all []string
	for _, one := range []struct {
		field string
		same  bool
	}{{"title", a.Title == b.Title}, {"number", a.Number == b.Number}, {"body", a.Body == b.Body}, {"level", a.Level == b.Level},
		{"from", a.From == b.From}, {"until", a.Until == b.Until}, {"unit", a.Unit == b.Unit},
		{"articles", slices.Equal(a.Articles, b.Articles)}} {
		if !one.same {
			all = append(all, "policy."+one.field+".label")
		}
	}
	return all
}

// policyAddress is the page of a policy.
func policyAddress(id petition.ID) string { return "/policies/" + url.PathEscape(id.String()) }
