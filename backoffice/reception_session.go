package backoffice

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// sessionPage is the view of pages/session.html: one session, who comes, and what came
// of it.
type sessionPage struct {
	*web.Form
	petition.Session
	UnitName string
	Year     int
	Seen     int
	Public   bool // announced as it stands here
	Changes  bool // this reader may change it or call it off
}

func (w *Office) showSession(c *gin.Context) error {
	return w.sessionPage(c, http.StatusOK, web.NewForm("session", nil))
}

func (w *Office) sessionPage(c *gin.Context, status int, f *web.Form) error {
	s, p, err := w.session(c)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v := sessionPage{Form: f, Session: s, UnitName: unitName(rules, s.Unit), Year: p.Year, Seen: len(p.Entries)}
	v.Changes = p.May(who(c).Actor, petition.ChangeSession) && s.Off == "" && s.Day >= petition.Day(w.site.Now())
	for _, one := range p.Published {
		v.Public = v.Public || one == s
	}
	return w.site.Show(c, status, "session", v)
}

// callOff takes a session out of the plan, at once and for everybody to read.
func (w *Office) callOff(c *gin.Context) error {
	f, err := w.posted(c, "session")
	if err != nil {
		return err
	}
	s, p, err := w.session(c)
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil {
		return web.NotFound()
	}
	act := petition.PlanAct{Action: petition.CallOff, Session: &petition.Session{ID: s.ID}, Text: f.Get("text")}
	_, err = w.store.ActPlan(c.Request.Context(), who(c).Actor, p.Year, seen, act, w.site.Now())
	var refused *petition.Error
	if errors.As(err, &refused) && f.Take(refused) {
		return w.sessionPage(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.plan_call_off")
	return w.site.Go(c, "/reception/"+s.ID.String())
}
