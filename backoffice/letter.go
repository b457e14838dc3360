package backoffice

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// letterPage is the view of pages/letter.html: a paper as it is read and printed.
type letterPage struct {
	*dossier
	Paper  *petition.Paper
	Public bool // the petitioner has it
	Event  petition.Event
}

// showLetter shows the paper of an event: the one that went out, or with ?side=yes the
// letter to another unit, composed from what was recorded.
func (w *Office) showLetter(c *gin.Context) error {
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 || n > len(d.Events) {
		return web.NotFound()
	}
	e := d.Events[n-1]
	p := e.Act.Paper
	public := p != nil
	if e.Act.Proposed != nil {
		p, public = e.Act.Proposed.Paper, false
	}
	if c.Query("side") == "yes" {
		if p, err = w.side(d, e); err != nil {
			return err
		}
		public = false
	}
	if p == nil {
		return web.NotFound()
	}
	return w.site.Show(c, http.StatusOK, "letter", letterPage{d, p, public, e})
}

// side composes the letter that an event made for another unit.
func (w *Office) side(d *dossier, e petition.Event) (*petition.Paper, error) {
	letter := sideLetter[e.Act.Action]
	if letter == "" {
		return nil, web.NotFound()
	}
	d.look(e.Act.Leg)
	m := w.matter(d, letter, e.Act)
	m.Today = e.At
	to := m.To.Name
	if e.Act.Action == petition.Object || e.Act.Action == petition.AskClosing {
		to = d.sender()
	}
	p, err := w.papers.compose(m, to)
	if err != nil {
		return nil, err
	}
	p.Day = petition.Day(e.At)
	return p, nil
}

// sender is the unit that sent the case here; this unit itself where nobody did.
func (d *dossier) sender() string {
	unit := d.leg.Unit
	if from := d.Leg(d.leg.From); from != nil {
		unit = from.Unit
	}
	u, _ := d.rules.Units.Unit(unit)
	return u.Name
}
