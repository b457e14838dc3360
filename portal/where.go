package portal

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// whereStep asks in which area it happened; that leads to the unit.
var whereStep = &step{
	name: "where", number: 1, fields: []string{"area", "unit"},
	check: checkWhere, view: viewWhere, after: leadClosed,
}

// wherePart is what the page shows besides the form.
type wherePart struct {
	Areas       []web.Option
	None        bool // no unit takes online filings yet
	Retaliation bool // it is begun as a complaint of retaliation
}

func viewWhere(v *visit) any {
	part := wherePart{Areas: v.areas(), None: true}
	part.Retaliation = petition.Topic(v.draft.answer("what", "topic")) == retaliation && v.draft.track() == petition.Report
	for _, u := range v.world.units.All() {
		part.None = part.None && !v.world.open(u)
	}
	return part
}

// areas lists every unit under the city it belongs to, with the word whether it takes
// filings online.
func (v *visit) areas() []web.Option {
	var all []web.Option
	for _, u := range v.world.units.All() {
		to, ok := v.world.acting(u.ID)
		if !ok {
			continue
		}
		key := "file.where.closed"
		if v.world.open(to) {
			key = "file.where.open"
		}
		if to.ID != u.ID {
			key = "file.where.merged"
		}
		all = append(all, web.Option{Value: string(u.ID), Group: v.world.city(u).Area,
			Label: v.say(key, "area", u.Area, "unit", to.Short)})
	}
	return all
}

// city is the unit under whose name a unit is listed.
func (w *world) city(u petition.Unit) petition.Unit {
	if u.Level != petition.County {
		return u
	}
	if up, ok := w.units.Unit(u.Parent); ok {
		return up
	}
	return u
}

// checkWhere demands an area, and for one whose unit is not open, that the person
// agreed to another unit.
func checkWhere(v *visit) {
	u, known := v.world.acting(petition.UnitID(v.form.Get("area")))
	if !known {
		v.form.Refuse("area", "wrong.area")
		return
	}
	if _, ok := v.receiver(); !ok {
		v.form.Refuse("area", "wrong.area_closed", "area", u.Area)
	}
}

// receiver is the unit that the petition is addressed to: the area's own, or the one
// agreed to instead.
func (v *visit) receiver() (petition.Unit, bool) {
	return receiver(v.world, v.form.Get("area"), v.form.Get("unit"))
}

func receiver(w *world, area, agreed string) (petition.Unit, bool) {
	u, ok := w.acting(petition.UnitID(area))
	if ok && w.open(u) {
		return u, true
	}
	other, known := w.nearestOpen(u.ID)
	if ok && known && string(other.ID) == agreed {
		return other, true
	}
	return petition.Unit{}, false
}

// leadClosed leads to the page of a unit that is not open.
func leadClosed(v *visit) string {
	u, known := v.world.acting(petition.UnitID(v.form.Get("area")))
	if _, ok := v.receiver(); ok || !known {
		return ""
	}
	return "/file/where/" + string(u.ID)
}

// closedPage tells how to reach a unit that takes no online filings, and the nearest
// that does (scenario 10.1).
type closedPage struct {
	filePage
	Unit    petition.Unit
	Nearest petition.Unit
	Found   bool
	Below   []petition.Unit // where none above is open: those below that are
}

func (p *Portal) showClosedUnit(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	u, ok := w.acting(petition.UnitID(c.Param("unit")))
	if !ok {
		return gone()
	}
	page := closedPage{filePage: filePage{Form: web.NewForm("file.where", nil), Step: 1, Steps: bar(1),
		Action: whereStep.path(), Back: whereStep.path(), Sheet: draftOf(c).sheet(whereStep)}, Unit: u}
	if page.Nearest, page.Found = w.nearestOpen(u.ID); !page.Found {
		page.Below = w.openBelow(u.ID)
	}
	return p.site.Show(c, http.StatusOK, "closed", page)
}
