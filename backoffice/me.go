package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// mePage is the view of pages/me.html: one's own account.
type mePage struct {
	*web.Form
	Login    string
	Name     string
	Unit     string
	Roles    []petition.Role
	Must     bool   // the password must be changed before anything else
	Bare     bool   // a second factor must be bound before anything else
	Bound    bool   // has a second factor
	Here     string // which of the sessions this one is
	Sessions []SignedIn
}

func (w *Office) showMe(c *gin.Context) error {
	return w.me(c, http.StatusOK, web.NewForm("password", nil))
}

func (w *Office) me(c *gin.Context, status int, f *web.Form) error {
	s, ctx := who(c), c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	open, err := w.store.Sessions(ctx, s.Actor, w.site.Now())
	if err != nil {
		return err
	}
	for _, field := range []string{"old", "new", "again"} {
		f.Set(field, "")
	}
	return w.site.Show(c, status, "me", mePage{f, s.Login, s.Actor.Name, unitName(rules, s.Actor.Unit),
		s.Actor.Roles, s.Changed, s.Bare, s.Bound, s.ID, open})
}

func (w *Office) changePassword(c *gin.Context) error {
	f, err := w.posted(c, "password")
	if err != nil {
		return err
	}
	fresh := f.Values.Get("new")
	for _, field := range []string{"old", "new", "again"} {
		if f.Values.Get(field) == "" {
			f.Refuse(field, "problem.required")
		}
	}
	if f.OK() && fresh != f.Values.Get("again") {
		f.Refuse("again", "problem.password_again")
	}
	if !f.OK() {
		return w.me(c, http.StatusUnprocessableEntity, f)
	}
	err = w.store.ChangePassword(c.Request.Context(), who(c).Actor, f.Values.Get("old"), fresh, w.site.Now())
	if f.Refused(err) {
		return w.me(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.SetCookie(c, sessionCookie, "", -1)
	w.site.Flash(c, "flash.password_changed")
	return w.site.Go(c, "/sign-in")
}

// endSession signs one of one's own sessions out.
func (w *Office) endSession(c *gin.Context) error {
	f, err := w.posted(c, "session")
	if err != nil {
		return err
	}
	if err := w.store.EndSession(c.Request.Context(), who(c).Actor, f.Get("id"), w.site.Now()); err != nil {
		return err
	}
	w.site.Flash(c, "flash.session_ended")
	return w.site.Go(c, "/me")
}
