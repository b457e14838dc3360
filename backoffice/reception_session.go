package backoffice

import (
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
	Seats    []seatLine
	Duties   []dutyLine
	Keeps    bool // keeps places
	Tells    bool // writes down what the leader said
}

// seatLine is a case with a place, and whether this reader may record more of it.
type seatLine struct {
	SeatRow
	Keep bool
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
	seats, err := w.store.Seats(c.Request.Context(), who(c).Actor, s.ID)
	if err != nil {
		return err
	}
	by, now := who(c).Actor, w.site.Now()
	own := by.Unit == s.Unit
	v.Keeps = own && by.Is(counterRoles...)
	for _, one := range seats {
		v.Seats = append(v.Seats, seatLine{one, v.Keeps && len(petition.NextSeats(one.Step, s.Day, petition.Day(now))) > 0})
		v.Tells = v.Tells || own && by.Is(plannerRoles...) && one.Step == petition.SeatCame
	}
	page, err := w.store.Duties(c.Request.Context(), by, DutyQuery{List: DutiesOut, Side: DutiesBelow, Session: s.ID, Now: now})
	if err != nil {
		return err
	}
	v.Duties = dutyLines(rules, page.Rows, now)
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
	if f.Refused(err) {
		return w.sessionPage(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.plan_call_off")
	return w.site.Go(c, "/reception/"+s.ID.String())
}
