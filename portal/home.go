package portal

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// homePage says what this is and leads everybody on.
type homePage struct {
	*web.Form // look-up by code
	Topics    []homeTopic
	Elsewhere []scopeEnd // bodies that many people look for here
	Areas     []area
	Main      petition.Unit
}

// homeTopic is one of the things that belong here, in everyday words.
type homeTopic struct{ Node, Icon string }

// homeTopics lead into the scope check at the right place.
var homeTopics = []homeTopic{{"cadre", "badge"}, {"party", "users"}, {"talent", "star"},
	{"retired", "home"}, {"personal", "doc"}, {"advice", "pen"}}

// area is an area with the word whether its unit takes filings online.
type area struct {
	petition.Unit
	Open bool
}

// showHome is drawn once per edition of the directory.
func (p *Portal) showHome(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	return p.public.Show(c, w.edition, "home", func() (any, error) {
		page := homePage{Form: web.NewForm("follow", nil), Topics: homeTopics, Main: w.main()}
		for _, id := range []string{"discipline", "court", "labour", "hotline"} {
			page.Elsewhere = append(page.Elsewhere, p.texts.scope.ends[id])
		}
		page.Areas = w.areas()
		return page, nil
	})
}

// areas lists every area of the directory.
func (w *world) areas() []area {
	var all []area
	for _, u := range w.units.All() {
		if !u.Gone() {
			all = append(all, area{u, w.open(u)})
		}
	}
	return all
}
