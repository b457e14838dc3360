package portal

import (
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// receptionPage is when leaders meet people (接访下访计划), in order of day: of all units,
// or of one.
type receptionPage struct {
	Unit  petition.Unit   // zero for all
	Units []petition.Unit // that have announced something
	Days  []receptionDay  // from today on
	Past  []receptionDay  // of this year
}

// receptionDay is the sessions of a day.
type receptionDay struct {
	Day      string
	Sessions []announced
}

// announced is a session with its unit and whether a place can be asked for here.
type announced struct {
	petition.Session
	Unit petition.Unit
	Book bool
}

func (p *Portal) showReception(c *gin.Context) error { return p.reception(c, petition.Unit{}) }

// showUnitReception is one unit's; of a unit that was merged it leads to its successor's.
func (p *Portal) showUnitReception(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	u, ok := w.acting(petition.UnitID(c.Param("unit")))
	if !ok {
		return gone()
	}
	if string(u.ID) != c.Param("unit") {
		return p.site.Go(c, "/reception/"+string(u.ID))
	}
	return p.reception(c, u)
}

// reception is drawn once per edition of the directory and day.
func (p *Portal) reception(c *gin.Context, of petition.Unit) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	today := petition.Day(p.now())
	return p.public.Show(c, w.edition+today+string(of.ID), "reception", func() (any, error) {
		page := receptionPage{Unit: of}
		for _, one := range w.sessions(today) {
			if !slices.ContainsFunc(page.Units, func(u petition.Unit) bool { return u.ID == one.Unit.ID }) {
				page.Units = append(page.Units, one.Unit)
			}
			switch {
			case of.ID != "" && one.Unit.ID != of.ID:
			case one.Day < today:
				page.Past = onDay(page.Past, one)
			default:
				page.Days = onDay(page.Days, one)
			}
		}
		slices.Reverse(page.Past)
		return page, nil
	})
}

// onDay puts a session, which comes in order, on its day.
func onDay(days []receptionDay, one announced) []receptionDay {
	if n := len(days); n == 0 || days[n-1].Day != one.Day {
		days = append(days, receptionDay{Day: one.Day})
	}
	last := &days[len(days)-1]
	last.Sessions = append(last.Sessions, one)
	return days
}

// sessions are all that standing units have announced, in order of day.
func (w *world) sessions(today string) []announced {
	var plain []petition.Session
	for id, e := range w.entry {
		if u, ok := w.units.Unit(id); ok && !u.Gone() {
			plain = append(plain, e.Sessions...)
		}
	}
	petition.SortSessions(plain)
	all := make([]announced, 0, len(plain))
	for _, s := range plain {
		u, _ := w.units.Unit(s.Unit)
		all = append(all, announced{s, u, s.Bookable(today) && w.open(u)})
	}
	return all
}
