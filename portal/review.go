package portal

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// reviewPage shows everything once more before it is sent.
type reviewPage struct {
	filePage
	Filing  petition.Filing
	Self    petition.Person // as typed on the page of who one is
	Unit    petition.Unit   // that will open it
	Area    petition.Unit
	Up      bool // sealed to the unit above, because it concerns this one's head
	Joint   bool
	Agent   bool
	More    bool
	Region  string
	Seen    int // version of the draft that is shown: nothing else is sent
	Captcha captchaView
	News    map[petition.NewsWay]string // ways to be told of news, and where
	Telling bool                        // anonymous, with files that may tell who made them
	Book    *announced                  // a leader's session at which a place is asked for
}

// showReview shows the check page, or the first step that still lacks something.
func (p *Portal) showReview(c *gin.Context) error {
	d, ctx := draftOf(c), c.Request.Context()
	if d.Filed {
		return p.site.Go(c, "/file/done")
	}
	w, err := p.atlas.world(ctx)
	if err != nil {
		return err
	}
	if s := p.unfinished(c, w, &d.draft); s != nil {
		return p.site.Go(c, s.path())
	}
	return p.review(c, w, d, http.StatusOK, web.NewForm("file.check", nil))
}

// review draws the check page with a captcha that nobody has seen yet.
func (p *Portal) review(c *gin.Context, w *world, d *openDraft, status int, form *web.Form) error {
	captcha, err := p.newCaptcha(d)
	if err != nil {
		return err
	}
	form.Set("captcha", "")
	f := d.compose(w, web.Lang(c))
	page := reviewPage{
		filePage: filePage{Form: form, Step: stepCount, Steps: bar(stepCount), Action: "/file/submit", Back: uploadPath, Track: f.Track()},
		Filing:   f, Joint: jointStep.isAsked(&d.draft), Agent: agentStep.isAsked(&d.draft), More: moreStep.isAsked(&d.draft),
		Captcha: captcha, Up: f.GoesUp(), Seen: d.version,
	}
	page.Unit, _ = w.units.Unit(f.Unit)
	page.Area, _ = w.units.Unit(petition.UnitID(d.answer("where", "area")))
	if f.GoesUp() {
		page.Unit, _ = w.above(f.Unit)
	}
	page.News = d.wishes()
	page.Self = f.Person
	if f.Guardian {
		page.Self = *f.Agent
	}
	if one, ok := w.booked(&d.draft); ok && !f.Session.IsZero() {
		page.Book = &one
	}
	page.Region = w.called[f.Person.Region]
	for _, file := range f.Files {
		page.Telling = page.Telling || f.Anonymous && telling(file)
	}
	return p.site.Show(c, status, "review", page)
}
