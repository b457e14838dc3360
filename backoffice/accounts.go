package backoffice

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// accountsPage is the view of pages/accounts.html: the accounts of the installation.
type accountsPage struct {
	*web.Form
	Rows    []accountLine
	Units   []web.Option
	Roles   []web.Option
	States  []web.Option
	Next    string
	First   string
	Narrow  bool // a filter is in force
	MayOpen bool
}

// accountLine is an account with the names of its unit and inner office.
type accountLine struct {
	Account
	UnitName, OfficeName string
}

func (w *Office) accountLine(c *gin.Context, r petition.Rules, a Account) accountLine {
	return accountLine{a, unitName(r, a.Unit), w.officeName(c, a.Office)}
}

// accountPage is the view of pages/account.html.
type accountPage struct {
	accountLine
	System, Security bool // which administrator reads it
	Apart            bool // one of the three: kept at the command line
}

// accountStates are what the list can be narrowed to.
var accountStates = []string{"active", "closed", "temporary", "bare"}

func (w *Office) showAccounts(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	f := web.NewForm("accounts", c.Request.URL.Query())
	v := accountsPage{Form: f, Units: unitsBelow(rules, by), Roles: w.roleOptions(c, petition.Roles),
		MayOpen: by.Is(petition.SystemAdmin)}
	for _, state := range accountStates {
		v.States = append(v.States, web.Option{Value: state, Label: w.say(c, "account.state."+state)})
	}
	q := AccountQuery{Text: f.Get("q"), Unit: petition.UnitID(one(f, "unit", values(v.Units)...)),
		Role: one(f, "role", petition.Roles...), State: one(f, "state", accountStates...),
		After: f.Get("after"), Now: w.site.Now()}
	page, err := w.store.Accounts(ctx, by, q)
	if err != nil {
		return err
	}
	for _, a := range page.Rows {
		v.Rows = append(v.Rows, w.accountLine(c, rules, a))
	}
	kept := kept1(f.Values, "q", "unit", "role", "state")
	v.Narrow = len(kept) > 0
	v.Next, v.First = pager("/accounts", kept, page.Next, q.After != "")
	return w.site.Show(c, http.StatusOK, "accounts", v)
}

// pager is where the next page begins and, away from it, the first.
func pager(path string, kept url.Values, next string, away bool) (to, first string) {
	if away {
		first = path
		if len(kept) > 0 {
			first += "?" + kept.Encode()
		}
	}
	if next != "" {
		kept.Set("after", next)
		to = path + "?" + kept.Encode()
	}
	return to, first
}

// unitsBelow are the units of an administrator's subtree.
func unitsBelow(r petition.Rules, by petition.Actor) []web.Option {
	top, _ := r.Units.Unit(by.Unit)
	var all []web.Option
	for _, u := range r.Units.All() {
		if u.Within(top) && !u.Closed {
			all = append(all, web.Option{Value: string(u.ID), Label: u.Short})
		}
	}
	return all
}

func values(options []web.Option) []string {
	all := make([]string, len(options))
	for i, o := range options {
		all[i] = o.Value
	}
	return all
}

func (w *Office) roleOptions(c *gin.Context, roles []petition.Role) []web.Option {
	var all []web.Option
	for _, r := range roles {
		all = append(all, web.Option{Value: string(r), Label: w.say(c, "role."+string(r))})
	}
	return all
}

// administrators are the three; officers are all other roles.
var administrators = []petition.Role{petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin}

func officerRoles() []petition.Role {
	return slices.DeleteFunc(slices.Clone(petition.Roles), func(r petition.Role) bool { return slices.Contains(administrators, r) })
}

// account reads the account that the address names.
func (w *Office) account(c *gin.Context) (accountLine, petition.Rules, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return accountLine{}, petition.Rules{}, err
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return accountLine{}, rules, err
	}
	a, err := w.store.Account(c.Request.Context(), who(c).Actor, id, w.site.Now())
	return w.accountLine(c, rules, a), rules, err
}

func (w *Office) showAccount(c *gin.Context) error {
	a, _, err := w.account(c)
	if err != nil {
		return err
	}
	by := who(c).Actor
	return w.site.Show(c, http.StatusOK, "account", accountPage{a, by.Is(petition.SystemAdmin), by.Is(petition.SecurityAdmin),
		petition.Actor{Roles: a.Roles}.Is(administrators...)})
}
