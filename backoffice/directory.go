package backoffice

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// directoryPage is the view of pages/directory.html: how the own unit and those below it
// can be reached, and what clause 7 still asks of them (scenario 7.1).
type directoryPage struct {
	Rows  []directoryLine
	Lacks int // units that lack something
	Edits bool
}

type directoryLine struct {
	petition.Unit
	Lacks []petition.Lack
	Own   bool
}

// cardPage is the view of pages/card.html: what the public reads of the own unit.
type cardPage struct {
	*web.Form
	Unit string
}

// overseers see the units below theirs as well.
var overseers = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Leader, petition.Supervisor}

func (w *Office) showDirectory(c *gin.Context) error {
	by := who(c).Actor
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v := directoryPage{Edits: by.Is(petition.OfficeHead)}
	for _, u := range unitsInSight(rules, by) {
		line := directoryLine{Unit: u, Lacks: u.Lacks(), Own: u.ID == by.Unit}
		if len(line.Lacks) > 0 {
			v.Lacks++
		}
		v.Rows = append(v.Rows, line)
	}
	return w.site.Show(c, http.StatusOK, "directory", v)
}

// unitsInSight are the own unit and, for those who oversee others, the units below it that
// stand.
func unitsInSight(r petition.Rules, by petition.Actor) []petition.Unit {
	top, _ := r.Units.Unit(by.Unit)
	return slices.DeleteFunc(slices.Clone(r.Units.All()), func(u petition.Unit) bool {
		return u.ID != by.Unit && (u.Gone() || !by.Is(overseers...) || !u.Within(top))
	})
}

func (w *Office) showCard(c *gin.Context) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	u, _ := rules.Units.Unit(who(c).Actor.Unit)
	return w.card(c, http.StatusOK, web.NewForm("card", url.Values{"address": {u.Address}, "postcode": {u.Postcode},
		"phone": {u.Phone}, "hours": {u.Hours}, "hours_en": {u.HoursEn}, "room": {u.Room}, "letters": {u.LettersName}}))
}

func (w *Office) card(c *gin.Context, status int, f *web.Form) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	return w.site.Show(c, status, "card", cardPage{f, unitName(rules, who(c).Actor.Unit)})
}

func (w *Office) saveCard(c *gin.Context) error {
	f, err := w.posted(c, "card")
	if err != nil {
		return err
	}
	err = w.store.SaveUnitCard(c.Request.Context(), who(c).Actor, UnitCard{Address: f.Get("address"), Postcode: f.Get("postcode"),
		Phone: f.Get("phone"), Hours: f.Get("hours"), HoursEn: f.Get("hours_en"), Room: f.Get("room"), LettersName: f.Get("letters")}, w.site.Now())
	if f.Refused(err) {
		return w.card(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.card")
	return w.site.Go(c, "/directory")
}
