package backoffice

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// intakePage is the view of pages/intake.html: a letter, visit or call registered on
// somebody's behalf, on one page in keyboard order.
type intakePage struct {
	*web.Form
	Way   string // letter, visit, call
	Nonce string
	Same  []row // may be the same matter: shown before it is registered all the same

	Elsewhere []inHandAt // the same person's, outside what the reader may see: shown alike

	Scans []petition.File

	News []petition.NewsWay // ways by which people can be told of news

	Old string // the day, long past, that is to be ticked; "" where none is

	Channels, Arrivals, Purposes, Topics, IDTypes, Areas, Earlier, Court []web.Option
}

// ways are the addresses of the three forms and the channels that each may record.
var ways = map[string][]petition.Channel{
	"letter": {petition.ByLetter, petition.ByFax, petition.ByEmail, petition.ByMailbox},
	"visit":  {petition.ByVisit, petition.ByGroupVisit},
	"call":   {petition.ByPhone, petition.ByText, petition.ByVideo},
}

func (w *Office) showIntake(c *gin.Context) error {
	way := c.Param("channel")
	channels, ok := ways[way]
	if !ok {
		return web.NotFound()
	}
	f := w.freshIntake(channels[0])
	if way == "visit" && c.Query("visit") != "" {
		if err := w.fromVisit(c, f); err != nil {
			return err
		}
	}
	return w.intakePage(c, http.StatusOK, f, intakePage{Way: way})
}

// freshIntake is the form of something that came just now.
func (w *Office) freshIntake(by petition.Channel) *web.Form {
	f := web.NewForm("intake", nil)
	now := w.site.Now().In(petition.Shanghai)
	f.Set("channel", string(by))
	f.Set("arrival", string(petition.Direct))
	f.Set("day", now.Format("2006-01-02"))
	f.Set("hour", now.Format("15:04"))
	f.Set("person.id_type", "resident")
	return f
}

// intakePage shows the form; v has what is known beyond it.
func (w *Office) intakePage(c *gin.Context, status int, f *web.Form, v intakePage) error {
	if err := w.choices(c, f, &v); err != nil {
		return err
	}
	return w.site.Show(c, status, "intake", v)
}

// choices fills in what a registration's form offers to choose from.
func (w *Office) choices(c *gin.Context, f *web.Form, v *intakePage) error {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	if f.Get("nonce") == "" {
		id, err := petition.MakeID(w.site.Now(), w.random)
		if err != nil {
			return err
		}
		f.Set("nonce", id.String())
	}
	v.News, v.Old = w.news.Ways, oldDay(f, w.site.Now())
	v.Form, v.Nonce, v.Topics = f, f.Get("nonce"), w.topicOptions(c, false)
	for _, ch := range ways[v.Way] {
		v.Channels = append(v.Channels, web.Option{Value: string(ch), Label: w.say(c, "channel."+string(ch))})
	}
	for _, a := range petition.Arrivals {
		v.Arrivals = append(v.Arrivals, web.Option{Value: string(a), Label: w.say(c, "arrival."+string(a))})
	}
	for _, p := range petition.Purposes {
		v.Purposes = append(v.Purposes, web.Option{Value: string(p), Label: w.say(c, "purpose."+string(p))})
	}
	for _, k := range petition.IDTypes {
		v.IDTypes = append(v.IDTypes, web.Option{Value: k.Code, Label: w.say(c, "idtype."+k.Code)})
	}
	v.Areas = areaOptions(rules)
	for _, e := range []string{"none", "open", "answered"} {
		v.Earlier = append(v.Earlier, web.Option{Value: e, Label: w.say(c, "intake.earlier."+e)})
	}
	for _, e := range []string{"no", "yes"} {
		v.Court = append(v.Court, web.Option{Value: e, Label: w.say(c, "intake.court."+e)})
	}
	return nil
}

// areaOptions are the regions of the units known, under their parents.
func areaOptions(r petition.Rules) []web.Option {
	var all []web.Option
	seen := map[string]bool{}
	for _, u := range r.Units.All() {
		if u.Region == "" || seen[u.Region] {
			continue
		}
		seen[u.Region] = true
		up, _ := r.Units.Unit(u.Parent)
		all = append(all, web.Option{Value: u.Region, Label: strings.TrimSpace(up.Area + " " + u.Area)})
	}
	return all
}

// intake checks the form, shows what may be the same matter, and registers it. The
// slip with the code is the answer itself: the code is shown this once.
func (w *Office) intake(c *gin.Context) error {
	v := intakePage{Way: c.Param("channel")}
	if _, ok := ways[v.Way]; !ok {
		return web.NotFound()
	}
	f, scans, err := w.intakeForm(c)
	if err != nil {
		return err
	}
	v.Scans = scans
	if done, err := w.registeredBefore(c, f, who(c).Actor); done || err != nil {
		return err
	}
	act, ready, err := w.prepared(c, f, &v)
	if err != nil {
		return err
	}
	if !ready {
		return w.intakePage(c, statusOf(f), f, v)
	}
	return w.registerOnce(c, f, v, act)
}

// statusOf is the status of a form that is shown again.
func statusOf(f *web.Form) int {
	if f.OK() {
		return http.StatusOK
	}
	return http.StatusUnprocessableEntity
}

// prepared is the registration that a form describes. It is not ready while something is
// wrong with it, or before somebody has looked at what may be the same matter.
func (w *Office) prepared(c *gin.Context, f *web.Form, v *intakePage) (act petition.Act, ready bool, err error) {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return act, false, err
	}
	act = intakeAct(f, v.Way, by, now)
	act.Filing.Files = v.Scans
	if err := w.intakeNews(f, act.Filing); err != nil {
		return act, false, err
	}
	if act.Visit, err = petition.ParseID(f.Get("visit")); err != nil && f.Get("visit") != "" {
		return act, false, web.NotFound()
	}
	w.checkIntake(f, act, by, rules, now)
	checkOldDay(f, now)
	if !f.OK() {
		return act, false, nil
	}
	if f.Has("anyway", "yes") || act.Filing.Track() == petition.Report {
		return act, true, nil
	}
	alike, err := w.store.AlikeFilings(ctx, by, *act.Filing)
	if err != nil {
		return act, false, err
	}
	links, err := w.store.FilingElsewhere(ctx, by, *act.Filing, now)
	v.Same, v.Elsewhere = rowsOf(rules, alike), inHandAll(rules, links)
	return act, len(alike)+len(links) == 0, err
}

func rowsOf(r petition.Rules, found []QueueRow) []row {
	rows := make([]row, 0, len(found))
	for _, one := range found {
		rows = append(rows, row{QueueRow: one, Unit: unitName(r, one.Unit)})
	}
	return rows
}

// registeredBefore leads a form that was sent before to the case that came of it; of a
// report it says no more than that it is registered.
func (w *Office) registeredBefore(c *gin.Context, f *web.Form, by petition.Actor) (done bool, err error) {
	id, used, err := w.store.FormUsed(c.Request.Context(), by, f.Get("nonce"))
	if err != nil || !used {
		return false, err
	}
	if id.IsZero() {
		w.site.Flash(c, "flash.sealed_before")
		return true, w.site.Go(c, "/queue")
	}
	w.site.Flash(c, "flash.registered_before")
	return true, w.site.Go(c, "/cases/"+id.String())
}

// registerOnce registers what a form holds the first time it is sent; again, it leads
// to the case that came of it.
func (w *Office) registerOnce(c *gin.Context, f *web.Form, v intakePage, act petition.Act) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	id, code, err := w.store.RegisterFor(ctx, by, f.Get("nonce"), act, now)
	if kind(err) == petition.Conflict { // the same form a moment ago
		if done, again := w.registeredBefore(c, f, by); done || again != nil {
			return again
		}
	}
	if err != nil {
		if f.Refused(err) {
			return w.intakePage(c, http.StatusUnprocessableEntity, f, v)
		}
		return err
	}
	if id.IsZero() {
		return w.sealedSlip(c, by, code, now)
	}
	d, err := w.open(ctx, by, id, "")
	if err != nil {
		return err
	}
	return w.slip(c, d, code, true)
}
