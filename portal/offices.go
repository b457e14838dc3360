package portal

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// officesPage is the directory: who takes filings online, and how to reach the others.
type officesPage struct{ Cities []city }

// city is a unit with those listed under it.
type city struct {
	area
	Below []area
}

// showOffices is drawn once per edition of the directory.
func (p *Portal) showOffices(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	return p.public.Show(c, w.edition, "offices", func() (any, error) {
		var page officesPage
		at := map[string]int{}
		for _, a := range w.areas() {
			top := w.city(a.Unit)
			if i, ok := at[string(top.ID)]; ok && top.ID != a.ID {
				page.Cities[i].Below = append(page.Cities[i].Below, a)
				continue
			}
			at[string(a.ID)] = len(page.Cities)
			page.Cities = append(page.Cities, city{area: a})
		}
		return page, nil
	})
}

// officePage is one unit: how to reach it, and its own implementing rules (具体实施办法).
type officePage struct {
	area
	Rules []petition.LocalRule
}

// showOffice is drawn once per edition of the directory. Of a unit that was merged it
// leads to the one that answers for it now.
func (p *Portal) showOffice(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	u, ok := w.acting(petition.UnitID(c.Param("unit")))
	if !ok {
		return gone()
	}
	if string(u.ID) != c.Param("unit") {
		return p.site.Go(c, "/offices/"+string(u.ID))
	}
	return p.public.Show(c, w.edition+string(u.ID), "office", func() (any, error) {
		return officePage{area{u, w.open(u)}, w.entry[u.ID].Rules}, nil
	})
}
