package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// unitsPage is the view of pages/units.html: the units as they stand, and whether the
// posts that no matter can pass without are filled.
type unitsPage struct {
	Rows []unitLine
}

type unitLine struct {
	petition.Unit
	Staff   int
	Missing []petition.Role
	Here    bool   // hosted by this installation
	Into    string // the successor, where it was merged
	Merges  bool   // it may be asked that it go into another
}

// neededRoles must be filled at a unit that takes petitions: somebody registers, somebody
// heads the office, somebody handles and somebody else audits.
var neededRoles = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead,
	petition.Leader, petition.ClosingAuditor}

func (w *Office) showUnits(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	staff, err := w.store.UnitStaff(ctx, by)
	if err != nil {
		return err
	}
	top, _ := rules.Units.Unit(by.Unit)
	var v unitsPage
	for _, u := range rules.Units.All() {
		if !u.Within(top) {
			continue
		}
		line := unitLine{Unit: u, Here: u.Installation == top.Installation}
		if u.Successor != "" {
			line.Into = unitName(rules, u.Successor)
		}
		line.Merges = line.Here && !u.Gone() && u.ID != by.Unit
		line.Staff = staff[u.ID][""]
		for _, r := range neededRoles {
			if line.Here && !u.Closed && staff[u.ID][r] == 0 {
				line.Missing = append(line.Missing, r)
			}
		}
		v.Rows = append(v.Rows, line)
	}
	return w.site.Show(c, http.StatusOK, "units", v)
}
