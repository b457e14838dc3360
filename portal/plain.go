package portal

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/static"
	"huiyin/web"
)

// plainPage is a page of text: its words are in the catalogues as plain.NAME.N.h and
// plain.NAME.N.p, a paragraph a line, list items beginning with "- ".
type plainPage struct {
	Name     string
	Sections []string // plain.privacy.1, …
	Main     petition.Unit
	Secret   bool // about: not for state secrets
}

func (p *Portal) showPlain(name string) web.Handler {
	return func(c *gin.Context) error {
		w, err := p.atlas.world(c.Request.Context())
		if err != nil {
			return err
		}
		return p.public.Show(c, w.edition, "plain", func() (any, error) {
			page := plainPage{Name: name, Main: w.main()}
			for n := 1; p.site.Text.Has(web.Lang(c), fmt.Sprintf("plain.%s.%d.p", name, n)); n++ {
				page.Sections = append(page.Sections, fmt.Sprintf("plain.%s.%d", name, n))
			}
			return page, nil
		})
	}
}

// showRobots lets machines read what is public and nothing else.
func showRobots(c *gin.Context) error {
	c.Header("Cache-Control", "public, max-age=86400")
	c.String(http.StatusOK, "User-agent: *\nDisallow: /file\nDisallow: /follow\nDisallow: /captcha\n")
	return nil
}

// showFavicon answers browsers that ask for it by habit.
func showFavicon(c *gin.Context) error {
	c.Redirect(http.StatusFound, static.URL("mark.svg"))
	return nil
}
