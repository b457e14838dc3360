package backoffice

import (
	"context"
	"net/http"
	"slices"
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
	Side   bool // it is the letter to another unit
	Named  bool // the reader may take it out with the petitioner's name
	Event  petition.Event
}

// showLetter shows the paper of an event: the one that went out, or with ?side=yes the
// letter to another unit, composed from what was recorded.
func (w *Office) showLetter(c *gin.Context) error {
	v, err := w.letter(c)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "letter", v)
}

// letter finds the paper that an address names.
func (w *Office) letter(c *gin.Context) (letterPage, error) {
	d, err := w.dossier(c)
	if err != nil {
		return letterPage{}, err
	}
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 || n > len(d.Events) {
		return letterPage{}, web.NotFound()
	}
	e := d.Events[n-1]
	v := letterPage{dossier: d, Paper: e.Act.Paper, Public: e.Act.Paper != nil, Event: e}
	if e.Act.Proposed != nil {
		v.Paper, v.Public = e.Act.Proposed.Paper, false
	}
	if v.Side = c.Query("side") == "yes"; v.Side {
		if v.Paper, err = w.side(c.Request.Context(), d, e); err != nil {
			return letterPage{}, err
		}
		v.Public = false
	}
	if v.Paper == nil {
		return letterPage{}, web.NotFound()
	}
	v.Named = (v.Public || v.Paper.Kind == petition.ServiceProof) && d.by.Is(revealers...) && d.Filing.Person.Name != ""
	return v, nil
}

// side composes the letter that an event made for another unit.
func (w *Office) side(ctx context.Context, d *dossier, e petition.Event) (*petition.Paper, error) {
	letter := sideLetter[e.Act.Action]
	if letter == "" {
		return nil, web.NotFound()
	}
	d.look(e.Act.Leg)
	m := w.matter(d, letter, e.Act)
	m.Today = e.At
	to := m.To.Name
	switch e.Act.Action {
	case petition.Object, petition.AskClosing:
		to = d.sender()
	case petition.Serve:
		m.Proved, to = d.proved(e), ""
	case petition.Dispute:
		to = d.rulerOf(e)
	case petition.RuleReceiver, petition.RuleSender:
		m.Unit, _ = d.rules.Units.Unit(e.By.Unit)
		to = m.Sender + m.Terms("paper.and") + m.Receiver
	}
	p, err := w.compose(ctx, m, to, e.At)
	if err != nil {
		return nil, err
	}
	p.Day, p.Number = petition.Day(e.At), e.Act.Letter
	return p, nil
}

// proved is the paper that was served: the one signed last before.
func (d *dossier) proved(served petition.Event) *petition.Paper {
	if served.Act.Paper != nil {
		return served.Act.Paper
	}
	for _, e := range slices.Backward(d.Events[:served.N-1]) {
		if e.Act.Action == petition.Sign && e.Act.Leg == served.Act.Leg && e.Act.Paper != nil {
			return e.Act.Paper
		}
	}
	return nil
}

// sender is the unit that sent the case here; this unit itself where nobody did.
func (d *dossier) sender() string {
	if from := d.Leg(d.leg.From); from != nil {
		return unitFull(d.rules, from.Unit)
	}
	return unitFull(d.rules, d.leg.Unit)
}

// rulerOf is the unit that a dispute was sent up to.
func (d *dossier) rulerOf(dispute petition.Event) string {
	for _, e := range d.Events[dispute.N:] {
		if e.Act.Action == petition.Receive && e.Act.Kind == petition.Superior && e.Act.From == dispute.Act.Leg {
			return unitFull(d.rules, e.Act.Unit)
		}
	}
	return ""
}

// unitFull is a unit's whole name, as papers write it.
func unitFull(r petition.Rules, id petition.UnitID) string {
	u, _ := r.Units.Unit(id)
	return u.Name
}
