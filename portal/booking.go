package portal

import (
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// A place at a leader's fixed session (定点接访) is asked for with the matter itself: the
// booking is a petition that names the session. So it is sealed, has a captcha, a receipt
// and a code like any other, and the matter is dealt with whether or not there is a place.

// bookable is the session of an address or a form where a place can still be asked for;
// nil for all others.
func (p *Portal) bookable(c *gin.Context, session string) (*announced, error) {
	id, err := petition.ParseID(session)
	if err != nil {
		return nil, nil // an ordinary petition
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return nil, err
	}
	all := w.sessions(petition.Day(p.now()))
	i := slices.IndexFunc(all, func(a announced) bool { return a.ID == id && a.Book })
	if i < 0 {
		return nil, nil // over: the page says so
	}
	return &all[i], nil
}

// booked is the session at which the draft asks for a place: one of the unit that the
// draft is addressed to, which still stands.
func (w *world) booked(d *draft) (announced, bool) {
	u, ok := receiver(w, d.answer("where", "area"), d.answer("where", "unit"))
	if !ok || d.Session.IsZero() {
		return announced{}, false
	}
	for _, s := range w.entry[u.ID].Sessions {
		if s.ID == d.Session && s.Off == "" {
			return announced{Session: s, Unit: u}, true
		}
	}
	return announced{}, false
}
