package portal

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// guidePage explains scope, steps, limits, rights and how to write. The numbers come
// from the legal profile in force.
type guidePage struct {
	Law    petition.Law
	Notice petition.Limit
	Reply  petition.Limit
	Review petition.Limit
	House  petition.Limit
	Main   petition.Unit
}

// showGuide is drawn once per edition of the directory and day of the law.
func (p *Portal) showGuide(c *gin.Context) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	law := p.laws.At(petition.Day(p.now()))
	return p.public.Show(c, w.edition+law.ID, "guide", func() (any, error) {
		return guidePage{Law: law, Notice: law.Clocks[petition.NoticeClock], Reply: law.Clocks[petition.HandlingClock],
			Review: law.Clocks[petition.ReviewClock], House: law.Clocks[petition.PromiseClock], Main: w.main()}, nil
	})
}
