package backoffice

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// receptionPage is the view of pages/reception.html: a unit's sessions of a year.
type receptionPage struct {
	*web.Form
	*petition.Plan
	UnitName  string
	Units     []web.Option
	Before    string // the year before, and after
	After     string
	Writes    bool // enters sessions
	Acts      []petition.PlanAction
	Announced map[petition.ID]bool // as they stand here
	Backlog   bool                 // this reader sees the backlog
	Returned  string               // why the leader wants it changed; "" otherwise
}

func (w *Office) showReception(c *gin.Context) error {
	return w.reception(c, http.StatusOK, web.NewForm("reception", c.Request.URL.Query()))
}

// receptionYear is the year asked for; this one if none is.
func (w *Office) receptionYear(f *web.Form) (int, error) {
	now := w.site.Now().In(petition.Shanghai).Year()
	if f.Get("year") == "" {
		return now, nil
	}
	year, err := strconv.Atoi(f.Get("year"))
	if err != nil || year < 2000 || year > now+1 {
		return 0, web.NotFound()
	}
	return year, nil
}

func (w *Office) reception(c *gin.Context, status int, f *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	year, err := w.receptionYear(f)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	p, err := w.store.Plan(ctx, by, petition.UnitID(f.Get("unit")), year)
	if err != nil {
		return err
	}
	v := receptionPage{Form: f, Plan: p, UnitName: unitName(rules, p.Unit), Units: unitOptions(rules, by), Announced: map[petition.ID]bool{},
		Writes: p.May(by, petition.EnterSession), Before: yearAddress(f, year-1),
		Backlog: by.Is(leaderRoles...)}
	if year <= w.site.Now().In(petition.Shanghai).Year() {
		v.After = yearAddress(f, year+1)
	}
	for _, a := range petition.PlanActions {
		if p.May(by, a) {
			v.Acts = append(v.Acts, a)
		}
	}
	for _, s := range p.Published {
		v.Announced[s.ID] = s == *p.Session(s.ID)
	}
	if n := len(p.Entries); n > 0 && p.Entries[n-1].Act.Action == petition.ReturnPlan {
		v.Returned = p.Entries[n-1].Act.Text
	}
	return w.site.Show(c, status, "reception", v)
}

func yearAddress(f *web.Form, year int) string {
	v := kept1(f.Values, "unit")
	v.Set("year", strconv.Itoa(year))
	return "/reception?" + v.Encode()
}

// actPlan takes the plan one step on: to the leader, back, or out to the public.
func (w *Office) actPlan(c *gin.Context) error {
	f, err := w.posted(c, "reception")
	if err != nil {
		return err
	}
	year, seen, err := w.planSeen(f)
	if err != nil {
		return err
	}
	act := petition.PlanAct{Action: petition.PlanAction(f.Get("go")), Text: f.Get("text")}
	_, err = w.store.ActPlan(c.Request.Context(), who(c).Actor, year, seen, act, w.site.Now())
	if f.Refused(err) {
		return w.reception(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.plan_"+string(act.Action))
	return w.site.Go(c, "/reception?year="+strconv.Itoa(year))
}

// planSeen is the plan's year and how many of its entries the writer has seen.
func (w *Office) planSeen(f *web.Form) (year, seen int, err error) {
	if year, err = w.receptionYear(f); err != nil {
		return 0, 0, err
	}
	if seen, err = strconv.Atoi(f.Get("seen")); err != nil {
		return 0, 0, web.NotFound()
	}
	return year, seen, nil
}

// editSessionPage is the view of pages/session_edit.html.
type editSessionPage struct {
	*web.Form
	Kinds []web.Option
	To    string
	Year  int
}

func (w *Office) editSession(c *gin.Context, status int, f *web.Form, year int) error {
	v := editSessionPage{Form: f, To: c.Request.URL.Path, Year: year}
	for _, k := range petition.SessionKinds {
		v.Kinds = append(v.Kinds, web.Option{Value: string(k), Label: w.say(c, "session.kind."+string(k)), Hint: w.say(c, "session.kind."+string(k)+"_hint")})
	}
	return w.site.Show(c, status, "session_edit", v)
}

func (w *Office) showNewSession(c *gin.Context) error {
	f := web.NewForm("session", url.Values{"year": {c.Query("year")}})
	year, err := w.receptionYear(f)
	if err != nil {
		return err
	}
	p, err := w.store.Plan(c.Request.Context(), who(c).Actor, "", year)
	if err != nil {
		return err
	}
	f.Set("year", strconv.Itoa(year))
	f.Set("seen", strconv.Itoa(len(p.Entries)))
	return w.editSession(c, http.StatusOK, f, year)
}

// showEditSession begins with what is drawn up now.
func (w *Office) showEditSession(c *gin.Context) error {
	s, p, err := w.session(c)
	if err != nil {
		return err
	}
	if !p.May(who(c).Actor, petition.ChangeSession) {
		return web.NotFound()
	}
	f := web.NewForm("session", url.Values{"kind": {string(s.Kind)}, "leader": {s.Leader}, "post": {s.Post}, "portfolio": {s.Portfolio},
		"day": {s.Day}, "from": {s.From}, "until": {s.Until}, "place": {s.Place}, "subject": {s.Subject}, "places": {strconv.Itoa(s.Places)},
		"year": {strconv.Itoa(p.Year)}, "seen": {strconv.Itoa(len(p.Entries))}})
	return w.editSession(c, http.StatusOK, f, p.Year)
}

// session is the one of the address, with its plan.
func (w *Office) session(c *gin.Context) (petition.Session, *petition.Plan, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return petition.Session{}, nil, err
	}
	return w.store.ReceptionSession(c.Request.Context(), who(c).Actor, id)
}

func (w *Office) saveNewSession(c *gin.Context) error {
	return w.saveSession(c, petition.EnterSession, petition.ID{})
}

func (w *Office) saveEditSession(c *gin.Context) error {
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	return w.saveSession(c, petition.ChangeSession, id)
}

func (w *Office) saveSession(c *gin.Context, a petition.PlanAction, id petition.ID) error {
	f, err := w.posted(c, "session")
	if err != nil {
		return err
	}
	year, seen, err := w.planSeen(f)
	if err != nil {
		return err
	}
	places, err := strconv.Atoi(f.Get("places"))
	if err != nil && f.Get("places") != "" {
		places = -1 // the rules say what is taken
	}
	s := petition.Session{ID: id, Kind: petition.SessionKind(f.Get("kind")), Leader: f.Get("leader"), Post: f.Get("post"),
		Portfolio: f.Get("portfolio"), Day: f.Get("day"), From: f.Get("from"), Until: f.Get("until"), Place: f.Get("place"),
		Subject: f.Get("subject"), Places: places}
	_, err = w.store.ActPlan(c.Request.Context(), who(c).Actor, year, seen, petition.PlanAct{Action: a, Session: &s}, w.site.Now())
	if f.Refused(err) {
		return w.editSession(c, http.StatusUnprocessableEntity, f, year)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.plan_"+string(a))
	return w.site.Go(c, "/reception?year="+strconv.Itoa(year))
}
