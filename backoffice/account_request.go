package backoffice

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// askAccountPage is the view of pages/account_ask.html: the system administrator asks
// for an account, for other duties, or for a closed account back.
type askAccountPage struct {
	*web.Form
	Kind    RequestKind
	Account accountLine // zero for a new one
	Units   []web.Option
	Offices []web.Option
	Roles   []web.Option
	To      string
}

// requestsPage is the view of pages/requests.html.
type requestsPage struct {
	Waiting []requestLine
	Decided []requestLine
	Next    string
	First   string
	Decides bool
}

// requestPage is the view of pages/request.html.
type requestPage struct {
	*web.Form
	requestLine
	Was     *accountLine // the account as it is now; nil for one to be opened
	Options []web.Option
	Decides bool
}

type requestLine struct {
	AccountRequest
	UnitName, OfficeName string
}

func (w *Office) askAccountView(c *gin.Context, f *web.Form, a accountLine, r petition.Rules) askAccountPage {
	v := askAccountPage{Form: f, Kind: OpenAccount, Account: a, Units: unitsBelow(r, who(c).Actor),
		Roles: w.roleOptions(c, officerRoles()), To: "/accounts/new"}
	v.Offices = w.officeOptions(c, a.Office)
	if !a.ID.IsZero() {
		v.To = "/accounts/" + a.ID.String() + "/change"
		if v.Kind = ChangeAccount; !a.Active {
			v.Kind = ReopenAccount
		}
	}
	return v
}

// officeOptions are the inner offices that the catalogue knows, and the present one.
func (w *Office) officeOptions(c *gin.Context, present string) []web.Option {
	var all []web.Option
	known := present == ""
	for _, key := range w.site.Text.Keys(web.Lang(c)) {
		code, ok := strings.CutPrefix(key, "office.")
		if !ok {
			continue
		}
		known = known || code == present
		all = append(all, web.Option{Value: code, Label: w.say(c, key)})
	}
	if !known {
		all = append(all, web.Option{Value: present, Label: present})
	}
	return all
}

func (w *Office) askNew(c *gin.Context) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "account_ask", w.askAccountView(c, web.NewForm("account_ask", nil), accountLine{}, rules))
}

// askChange begins with the account as it stands.
func (w *Office) askChange(c *gin.Context) error {
	a, rules, err := w.account(c)
	if err != nil {
		return err
	}
	f := web.NewForm("account_ask", url.Values{"name": {a.Name}, "unit": {string(a.Unit)}, "office": {a.Office}})
	for _, r := range a.Roles {
		f.Values.Add("roles", string(r))
	}
	return w.site.Show(c, http.StatusOK, "account_ask", w.askAccountView(c, f, a, rules))
}

func (w *Office) postNew(c *gin.Context) error {
	f, err := w.posted(c, "account_ask")
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	return w.ask(c, w.askAccountView(c, f, accountLine{}, rules))
}

func (w *Office) postChange(c *gin.Context) error {
	f, err := w.posted(c, "account_ask")
	if err != nil {
		return err
	}
	a, rules, err := w.account(c)
	if err != nil {
		return err
	}
	return w.ask(c, w.askAccountView(c, f, a, rules))
}

// ask puts the request before the security administrator.
func (w *Office) ask(c *gin.Context, v askAccountPage) error {
	in := AccountRequest{Kind: v.Kind, Account: v.Account.ID, Login: v.Get("login"), Name: v.Get("name"),
		Unit: petition.UnitID(v.Get("unit")), Office: v.Get("office"), Reason: v.Get("why")}
	for _, r := range v.Values["roles"] {
		in.Roles = append(in.Roles, petition.Role(r))
	}
	id, err := w.store.AskAccount(c.Request.Context(), who(c).Actor, in, w.site.Now())
	if v.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "account_ask", v)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.account_asked")
	return w.site.Go(c, "/requests/"+id.String())
}

func (w *Office) showRequests(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	var before petition.ID
	if text := c.Query("after"); text != "" {
		if before, err = petition.ParseID(text); err != nil {
			return web.NotFound()
		}
	}
	waiting, err := w.store.Requests(ctx, by, true, petition.ID{})
	if err != nil {
		return err
	}
	decided, err := w.store.Requests(ctx, by, false, before)
	if err != nil {
		return err
	}
	v := requestsPage{Waiting: w.requestLines(c, rules, waiting.Rows), Decided: w.requestLines(c, rules, decided.Rows),
		Decides: by.Is(petition.SecurityAdmin)}
	next := ""
	if decided.More {
		next = decided.Rows[len(decided.Rows)-1].ID.String()
	}
	v.Next, v.First = pager("/requests", url.Values{}, next, !before.IsZero())
	c.Set(countsKey, pill{requests: len(waiting.Rows)})
	return w.site.Show(c, http.StatusOK, "requests", v)
}

func (w *Office) requestLines(c *gin.Context, r petition.Rules, rows []AccountRequest) []requestLine {
	all := make([]requestLine, 0, len(rows))
	for _, one := range rows {
		all = append(all, requestLine{one, unitName(r, one.Unit), w.officeName(c, one.Office)})
	}
	return all
}

func (w *Office) requestPage(c *gin.Context, f *web.Form) (requestPage, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return requestPage{}, err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return requestPage{}, err
	}
	found, err := w.store.Request(ctx, by, id)
	if err != nil {
		return requestPage{}, err
	}
	v := requestPage{Form: f, requestLine: w.requestLines(c, rules, []AccountRequest{found})[0],
		Decides: by.Is(petition.SecurityAdmin) && found.State == "waiting"}
	for _, d := range []string{"approve", "refuse"} {
		v.Options = append(v.Options, web.Option{Value: d, Label: w.say(c, "request."+d), Hint: w.say(c, "request."+d+"_hint")})
	}
	if found.Kind == OpenAccount {
		return v, nil
	}
	a, err := w.store.Account(ctx, by, found.Account, w.site.Now())
	if kind(err) == petition.NotFound { // moved out of the subtree since
		return v, nil
	}
	was := w.accountLine(c, rules, a)
	v.Was = &was
	return v, err
}

func (w *Office) showRequest(c *gin.Context) error {
	v, err := w.requestPage(c, web.NewForm("request", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "request", v)
}

// decideRequest approves or refuses; the one-time password of an account that comes into
// use is shown on the page that answers, and never again.
func (w *Office) decideRequest(c *gin.Context) error {
	f, err := w.posted(c, "request")
	if err != nil {
		return err
	}
	v, err := w.requestPage(c, f)
	if err != nil {
		return err
	}
	decision := one(f, "decision", "approve", "refuse")
	if decision == "" && f.OK() {
		f.Refuse("decision", "problem.account_decision")
	}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "request", v)
	}
	password, err := w.store.DecideRequest(c.Request.Context(), who(c).Actor, v.ID, decision == "approve", f.Get("answer"), w.site.Now())
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "request", v)
	}
	if err != nil {
		return err
	}
	if password != "" {
		return w.site.Show(c, http.StatusOK, "password", passwordPage{v.Login, v.AccountRequest.Name, password, "/requests"})
	}
	w.site.Flash(c, "flash.request_"+decision)
	return w.site.Go(c, "/requests")
}
