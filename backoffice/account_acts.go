package backoffice

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// accountActPage is the view of pages/account_act.html: something is done to an account
// at once, with a reason.
type accountActPage struct {
	*web.Form
	accountLine
	Act string
}

// passwordPage is the view of pages/password.html: a one-time password, shown once.
type passwordPage struct {
	Login, Name string
	Password    string
	Back        string
}

// accountAct does one thing to an account; a one-time password may come of it.
type accountAct func(ctx context.Context, by petition.Actor, id petition.ID, why string) (password string, err error)

// accountActs are done with a reason and nothing else; which administrator may do one
// is said in the list of routes and, again, by the store.
func (w *Office) accountAct(name string) accountAct {
	plain := func(do func(ctx context.Context, by petition.Actor, id petition.ID, why string) error) accountAct {
		return func(ctx context.Context, by petition.Actor, id petition.ID, why string) (string, error) {
			return "", do(ctx, by, id, why)
		}
	}
	now := w.site.Now()
	switch name {
	case "close":
		return plain(func(ctx context.Context, by petition.Actor, id petition.ID, why string) error {
			return w.store.CloseAccount(ctx, by, id, why, now)
		})
	case "sessions":
		return plain(func(ctx context.Context, by petition.Actor, id petition.ID, why string) error {
			return w.store.EndAccountSessions(ctx, by, id, why, now)
		})
	case "unbind":
		return plain(func(ctx context.Context, by petition.Actor, id petition.ID, why string) error {
			return w.store.UnbindAccount(ctx, by, id, why, now)
		})
	}
	return func(ctx context.Context, by petition.Actor, id petition.ID, why string) (string, error) {
		return w.store.ResetAccount(ctx, by, id, why, now)
	}
}

// askAct shows what an act does before it is done.
func (w *Office) askAct(name string) web.Handler {
	return func(c *gin.Context) error {
		a, _, err := w.account(c)
		if err != nil {
			return err
		}
		return w.site.Show(c, http.StatusOK, "account_act", accountActPage{web.NewForm("account_act", nil), a, name})
	}
}

func (w *Office) doAct(name string) web.Handler {
	return func(c *gin.Context) error {
		f, err := w.posted(c, "account_act")
		if err != nil {
			return err
		}
		a, _, err := w.account(c)
		if err != nil {
			return err
		}
		password, err := w.accountAct(name)(c.Request.Context(), who(c).Actor, a.ID, f.Get("why"))
		if f.Refused(err) {
			return w.site.Show(c, http.StatusUnprocessableEntity, "account_act", accountActPage{f, a, name})
		}
		if err != nil {
			return err
		}
		if password != "" {
			return w.site.Show(c, http.StatusOK, "password", passwordPage{a.Login, a.Name, password, "/accounts/" + a.ID.String()})
		}
		w.site.Flash(c, "flash.account_"+name)
		return w.site.Go(c, "/accounts/"+a.ID.String())
	}
}
