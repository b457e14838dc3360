package backoffice

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// dutyLetterPage is the view of pages/duty_letter.html: the letter that a duty goes out
// with, as it is read and printed.
type dutyLetterPage struct {
	*petition.Duty
	Paper *petition.Paper
	At    time.Time // when it went out; of a draft, now
}

func (w *Office) showDutyLetter(c *gin.Context) error {
	v, err := w.dutyLetter(c)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "duty_letter", v)
}

// takeDutyLetter gives the letter as a file.
func (w *Office) takeDutyLetter(c *gin.Context) error {
	form, ok := w.letterForm(c.Param("form"))
	if !ok {
		return web.NotFound()
	}
	v, err := w.dutyLetter(c)
	if err != nil {
		return err
	}
	return w.giveLetter(c, form, v.Paper, string(v.Paper.Kind)+"-"+petition.Day(v.At), v.At)
}

// dutyLetter finds the letter that an address names; NotFound for a duty without one.
func (w *Office) dutyLetter(c *gin.Context) (dutyLetterPage, error) {
	ctx := c.Request.Context()
	id, err := idParam(c, "id")
	if err != nil {
		return dutyLetterPage{}, err
	}
	d, err := w.store.Duty(ctx, who(c).Actor, id)
	if err != nil {
		return dutyLetterPage{}, err
	}
	return w.composeDuty(ctx, d)
}

// composeDuty writes the letter of a duty from what was recorded when it went out, or of a
// draft from what it holds now.
func (w *Office) composeDuty(ctx context.Context, d *petition.Duty) (dutyLetterPage, error) {
	then, sent := d.AsSent()
	v := dutyLetterPage{Duty: d, At: w.site.Now()}
	if sent != nil {
		v.At = sent.At
	}
	kind := petition.DutyLetter(d.Kind, d.Form)
	if kind == "" {
		return v, web.NotFound()
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return v, err
	}
	m := matter{Kind: kind, Duty: then, Today: v.At, Law: rules.Laws.At(petition.Day(v.At)), Until: petition.EndOfDay(then.Due),
		Terms: func(key string) string { return w.site.Text.Say("zh-CN", key) }}
	m.Unit, _ = rules.Units.Unit(d.From)
	m.To, _ = rules.Units.Unit(d.Owner)
	if v.Paper, err = w.papers.compose(m, m.To.Name); err != nil {
		return v, err
	}
	if sent != nil {
		v.Paper.Number, v.Paper.Day = then.Number, petition.Day(sent.At)
	}
	return v, nil
}
