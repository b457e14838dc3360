package backoffice

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// handoverPage is the view of pages/handover.html: who has what in hand, and, once
// somebody is chosen, what would go over.
type handoverPage struct {
	*web.Form
	Unit  string
	All   []Holding
	From  *Holding // the leaver; nil until chosen
	Rows  []row
	Heirs []web.Option
	Did   *HandedOver // what the act just did
}

func (w *Office) showHandover(c *gin.Context) error {
	f := web.NewForm("handover", c.Request.URL.Query())
	f.Set("reason", w.say(c, "handover.usual"))
	return w.handover(c, http.StatusOK, f, nil)
}

func (w *Office) handover(c *gin.Context, status int, f *web.Form, did *HandedOver) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	v := handoverPage{Form: f, Unit: unitName(rules, by.Unit), Did: did}
	if v.All, err = w.store.Holdings(ctx, by); err != nil {
		return err
	}
	for i, h := range v.All {
		if h.ID.String() == f.Get("from") {
			v.From = &v.All[i]
		}
	}
	if v.From == nil {
		return w.site.Show(c, status, "handover", v)
	}
	page, err := w.store.HeldBy(ctx, by, v.From.ID)
	if err != nil {
		return err
	}
	for _, one := range page.Rows {
		v.Rows = append(v.Rows, row{QueueRow: one, Due: dueOf(one.Clock, one.Warn, one.Due, now)})
	}
	people, err := w.store.Colleagues(ctx, by, by.Unit)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID != v.From.ID && (petition.Actor{Roles: p.Roles}).Is(petition.Handler) {
			v.Heirs = append(v.Heirs, web.Option{Value: p.ID.String(), Label: p.Name, Group: w.officeName(c, p.Office)})
		}
	}
	return w.site.Show(c, status, "handover", v)
}

// handOver gives all of it to the colleague. What could not go is said, with the rest
// still there to be gone on with.
func (w *Office) handOver(c *gin.Context) error {
	f, err := w.posted(c, "handover")
	if err != nil {
		return err
	}
	from, err := petition.ParseID(f.Get("from"))
	if err != nil {
		return web.NotFound()
	}
	to, err := petition.ParseID(f.Get("to"))
	if err != nil {
		f.Refuse("to", "problem.handover_to")
		return w.handover(c, http.StatusUnprocessableEntity, f, nil)
	}
	did, err := w.store.HandOver(c.Request.Context(), who(c).Actor, from, to, f.Get("reason"), w.site.Now())
	if f.Refused(err) {
		return w.handover(c, http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	if len(did.Left) > 0 || did.More {
		return w.handover(c, http.StatusOK, f, &did)
	}
	w.site.Flash(c, "flash.handover")
	return w.site.Go(c, "/handover?"+url.Values{"from": {from.String()}}.Encode())
}
