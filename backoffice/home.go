package backoffice

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// showHome leads everybody to the page their work begins with.
func (w *Office) showHome(c *gin.Context) error { return w.site.Go(c, home(who(c).Actor)) }

func home(a petition.Actor) string {
	switch {
	case a.Is(petition.Leader):
		return "/leader"
	case a.Is(deskRoles...):
		return "/queue"
	case a.Is(cadreRoles...):
		return "/reports"
	case a.Is(systemRoles...):
		return "/accounts"
	case a.Is(securityRoles...):
		return "/requests"
	case a.Is(auditRoles...):
		return "/audit"
	}
	return "/me"
}

// showAbout says what this is, for whom it may be used and what it keeps.
func (w *Office) showAbout(c *gin.Context) error {
	return w.site.Show(c, 200, "about", struct{}{})
}
