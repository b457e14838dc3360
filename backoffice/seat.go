package backoffice

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// seatPage is the view of pages/seat.html: what became of a case's place at a session, or
// a case whose people are invited.
type seatPage struct {
	*web.Form
	Session petition.Session
	Row     *SeatRow // nil: somebody is invited
	Steps   []web.Option
}

func (w *Office) showSeat(c *gin.Context) error {
	return w.seat(c, http.StatusOK, web.NewForm("seat", url.Values{"case": {c.Query("case")}}))
}

// seat shows the form; NotFound for the session of another unit, and for a case without a
// place.
func (w *Office) seat(c *gin.Context, status int, f *web.Form) error {
	s, p, err := w.session(c)
	if err != nil {
		return err
	}
	if p.Unit != who(c).Actor.Unit {
		return web.NotFound()
	}
	v := seatPage{Form: f, Session: s}
	if f.Get("case") == "" {
		f.Set("step", string(petition.SeatInvited))
		return w.site.Show(c, status, "seat", v)
	}
	rows, err := w.store.Seats(c.Request.Context(), who(c).Actor, s.ID)
	if err != nil {
		return err
	}
	for _, one := range rows {
		if one.Case.String() == f.Get("case") {
			v.Row = &one
		}
	}
	if v.Row == nil {
		return web.NotFound()
	}
	for _, step := range petition.NextSeats(v.Row.Step, s.Day, petition.Day(w.site.Now())) {
		v.Steps = append(v.Steps, web.Option{Value: string(step), Label: w.say(c, "seat.step."+string(step)), Hint: w.say(c, "seat.step."+string(step)+"_hint")})
	}
	return w.site.Show(c, status, "seat", v)
}

func (w *Office) keepSeat(c *gin.Context) error {
	f, err := w.posted(c, "seat")
	if err != nil {
		return err
	}
	s, _, err := w.session(c)
	if err != nil {
		return err
	}
	k := SeatStep{Number: f.Get("number"), Step: petition.SeatStep(f.Get("step")), Text: f.Get("text")}
	if text := f.Get("case"); text != "" {
		if k.Case, err = petition.ParseID(text); err != nil {
			return web.NotFound()
		}
	} else {
		k.Step = petition.SeatInvited
	}
	if k.Step == petition.SeatGiven || k.Step == petition.SeatInvited { // the letter is Chinese, whoever writes it
		k.Text = w.site.Text.Say("zh-CN", "seat.told."+string(k.Step), "day", s.Day, "from", s.From, "until", s.Until, "place", s.Place,
			"leader", s.Leader, "post", s.Post, "text", k.Text)
	}
	err = w.store.KeepSeat(c.Request.Context(), who(c).Actor, s.ID, k, w.site.Now())
	if f.Refused(err) {
		return w.seat(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.seat_"+string(k.Step))
	return w.site.Go(c, "/reception/"+s.ID.String())
}

// instructPage is the view of pages/instruct.html: what the leader told somebody to do.
type instructPage struct {
	*web.Form
	Session petition.Session
	Fields  []field
}

func (w *Office) showInstruct(c *gin.Context) error {
	f := web.NewForm("duty", url.Values{"due": {petition.Day(w.site.Now().AddDate(0, 0, petition.DutyDays(petition.Instruction)))}})
	return w.instructForm(c, http.StatusOK, f)
}

func (w *Office) instructForm(c *gin.Context, status int, f *web.Form) error {
	ctx, by := c.Request.Context(), who(c).Actor
	s, p, err := w.session(c)
	if err != nil {
		return err
	}
	if p.Unit != by.Unit {
		return web.NotFound()
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	seats, err := w.store.Seats(ctx, by, s.ID)
	if err != nil {
		return err
	}
	var cases []web.Option
	for _, one := range seats {
		if one.Step == petition.SeatCame {
			cases = append(cases, web.Option{Value: one.Case.String(), Label: one.Number + " " + one.Title})
		}
	}
	v := instructPage{Form: f, Session: s, Fields: []field{{Name: "case", Kind: "pick", Options: cases, Blank: "form.choose"},
		{Name: "owner", Kind: "pick", Options: ownerOptions(rules, by.Unit, petition.Instruction), Blank: "form.choose"}, {Name: "title", Kind: "line"},
		{Name: "values.instruction", Kind: "area"}, {Name: "due", Kind: "day"}}}
	return w.site.Show(c, status, "instruct", v)
}

func (w *Office) instruct(c *gin.Context) error {
	f, err := w.posted(c, "duty")
	if err != nil {
		return err
	}
	s, _, err := w.session(c)
	if err != nil {
		return err
	}
	act := petition.DutyAct{Owner: petition.UnitID(f.Get("owner")), Case: chosenID(f, "case"), Title: f.Get("title"), Due: f.Get("due"),
		Values: map[string]string{"instruction": f.Get("values.instruction")}}
	_, err = w.store.InstructAt(c.Request.Context(), who(c).Actor, s.ID, act, w.site.Now())
	if f.Refused(err) {
		return w.instructForm(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.duty_set")
	return w.site.Go(c, "/reception/"+s.ID.String())
}
