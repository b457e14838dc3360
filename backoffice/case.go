package backoffice

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// casePage is the view of pages/case.html.
type casePage struct {
	*web.Form // of the composer
	Dossier   *dossier
	Case      *petition.Case
	Leg       petition.Leg
	Area      string // where it happened
	Office    string // inner office that handles it
	Pinned    *entry // why the last draft or proposal came back
	Head      caseHead
	Unit      string
	Person    petition.Person
	Masked    bool // names are shown masked, and may be revealed
	Files     []petition.File
	Internal  []petition.File
	Legs      []legLine
	Guided    []petition.Event // 疏导: the explanations that were given
	Same      []row
	Elsewhere []inHandAt // the same person's, outside what the reader may see
	Log       []entry
	Earlier   []entry
	Do        []doing
	Rare      []doing // what is seldom done
	Recorded  []doing // for the petitioner, who came, rang or wrote
	Check     bool    // the jurisdiction check is the next step
	CanNote   bool
	CanCode   bool
	Waits     *waiting
	Closing   []checkLine
	Ticked    int
	Views     []viewLine
	Wishes    []petition.NewsWay // how the petitioner wishes to be told of news
	Others    []newsOther        // and who takes part with him
	News      []NewsLine
	Duties    caseDuties
	Ties      []tie
	Challenge *challenge // what a review looks into
	Usual     []rest     // what decided claims of this content code rest on, while this one is handled
}

// legLine is one stretch of the case in the facts.
type legLine struct {
	N       int
	Unit    string
	Kind    petition.LegKind
	State   petition.State
	Handler string
	Current bool
}

// viewLine is a logged view.
type viewLine struct {
	Viewed
	Unit string
}

// waiting is a proposal that waits for approval.
type waiting struct {
	petition.Proposal
	Mine bool // this reader may decide it
}

func (w *Office) showCase(c *gin.Context) error {
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	v, err := w.caseView(c, d)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "case", v)
}

// dossier is what every page about a case begins with.
type dossier struct {
	*petition.Case
	by    petition.Actor
	rules petition.Rules
	now   time.Time
	leg   petition.Leg // the one the page is about
}

// dossier opens the case of the address as this reader may see it.
func (w *Office) dossier(c *gin.Context) (*dossier, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return nil, err
	}
	return w.open(c.Request.Context(), who(c).Actor, id, c.Query("leg"))
}

func (w *Office) open(ctx context.Context, by petition.Actor, id petition.ID, leg string) (*dossier, error) {
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	found, err := w.store.Case(ctx, by, id)
	if err != nil {
		return nil, err
	}
	d := &dossier{Case: found, by: by, rules: rules, now: w.site.Now()}
	n, err := strconv.Atoi(leg)
	if err != nil {
		n = 0
	}
	d.look(n)
	return d, nil
}

// look turns to leg n, or to where the case lies for this reader: his unit's newest
// leg, else the newest of all.
func (d *dossier) look(n int) {
	if l := d.Leg(n); l != nil {
		d.leg = *l
		return
	}
	for i := len(d.Legs) - 1; i >= 0; i-- {
		if d.Legs[i].Unit == d.by.Unit && d.Legs[i].State != petition.Returned {
			d.leg = d.Legs[i]
			return
		}
	}
	if len(d.Legs) > 0 {
		d.leg = d.Legs[len(d.Legs)-1]
	}
}

// Dossier lets a page that embeds it hand it to the crumbs.
func (d *dossier) Dossier() *dossier { return d }

// offers is what this reader may do now.
func (d *dossier) offers() []petition.Offer { return d.Available(d.by, d.rules, d.now) }

// offer finds an action among the offers; leg 0 means the first.
func (d *dossier) offer(a petition.Action, leg int) (petition.Offer, bool) {
	for _, o := range d.offers() {
		if o.Action == a && (leg == 0 || o.Leg == leg) {
			return o, true
		}
	}
	return petition.Offer{}, false
}

// label is what to call the case in a heading: its number, or its title before it
// has one.
func (d *dossier) label() string {
	if d.Number != "" {
		return d.Number
	}
	return d.Filing.Title
}

func (w *Office) caseView(c *gin.Context, d *dossier) (casePage, error) {
	v := casePage{Form: web.NewForm("note", nil), Dossier: d, Case: d.Case, Area: d.area(), Office: w.officeName(c, d.leg.Office), Pinned: d.pinned(), Leg: d.leg, Head: d.head(), Unit: unitName(d.rules, d.leg.Unit),
		Person: d.Filing.Person, Legs: d.legLines(), Guided: d.GuidanceGiven()}
	v.Masked = d.by.Is(revealers...) && d.at(d.by.Unit)
	v.Log = d.log()
	v.Files, v.Internal = d.files()
	if recent := 6; len(v.Log) > recent+1 {
		v.Log, v.Earlier = v.Log[:recent], v.Log[recent:]
	}
	v.Do, v.Rare, v.Check = d.doings()
	v.Recorded = d.recorded(w.news.Any())
	_, v.CanNote = d.offer(petition.Note, d.leg.N)
	_, v.CanCode = d.offer(petition.ReplaceCode, d.leg.N)
	if d.leg.Pending != nil {
		_, mine := d.offer(petition.Approve, d.leg.N)
		v.Waits = &waiting{*d.leg.Pending, mine}
	}
	v.Closing, v.Ticked = d.closing()
	v.Ties, v.Challenge = d.ties(), d.challenge()
	views, err := w.store.Views(c.Request.Context(), d.by, d.ID)
	if err != nil {
		return v, err
	}
	for _, one := range views {
		v.Views = append(v.Views, viewLine{one, unitName(d.rules, one.Unit)})
	}
	v.Wishes, v.Others = petition.NewsWaysOf(petition.NewsWishes(d.Events), ""), d.newsOfOthers()
	if v.News, err = w.store.News(c.Request.Context(), d.by, d.ID); err != nil {
		return v, err
	}
	if v.Usual, err = w.usual(c.Request.Context(), d); err != nil {
		return v, err
	}
	if v.Duties, err = w.caseDuties(c.Request.Context(), d); err != nil {
		return v, err
	}
	if v.Same, err = w.same(c.Request.Context(), d); err != nil {
		return v, err
	}
	v.Elsewhere, err = w.elsewhere(c.Request.Context(), d)
	return v, err
}

// elsewhere is where the same person's open matters lie that the reader must see no more of.
func (w *Office) elsewhere(ctx context.Context, d *dossier) ([]inHandAt, error) {
	links, err := w.store.SameElsewhere(ctx, d.by, d.ID)
	return inHandAll(d.rules, links), err
}

// area names where it happened, as far as the directory knows the region.
func (d *dossier) area() string {
	for _, u := range d.rules.Units.All() {
		if u.Region == d.Filing.Area && u.Region != "" {
			return u.Area
		}
	}
	return d.Filing.Area
}

// pinned is the newest word of somebody who sent a draft, a closing or a proposal
// back, as long as nothing was sent again.
func (d *dossier) pinned() *entry {
	for i := len(d.Events) - 1; i >= 0; i-- {
		e := d.Events[i]
		if e.Act.Leg != d.leg.N {
			continue
		}
		switch e.Act.Action {
		case petition.ReturnDraft, petition.AuditReturn, petition.Decline:
			one := d.entry(e, false)
			return &one
		case petition.Note, petition.AddInfo, petition.Distribute:
			continue
		}
		return nil
	}
	return nil
}

// at tells whether a unit has a leg of the case.
func (d *dossier) at(unit petition.UnitID) bool {
	for _, l := range d.Legs {
		if l.Unit == unit {
			return true
		}
	}
	return false
}

func (d *dossier) legLines() []legLine {
	var lines []legLine
	for _, l := range d.Legs {
		lines = append(lines, legLine{l.N, unitName(d.rules, l.Unit), l.Kind, l.State, l.HandlerName, l.N == d.leg.N})
	}
	return lines
}

// same are cases that may be the same matter, while it is still being decided what
// becomes of this one.
func (w *Office) same(ctx context.Context, d *dossier) ([]row, error) {
	switch petition.StageOf(d.leg.State) {
	case petition.StageIntake, petition.StageTriage:
	default:
		return []row{}, nil
	}
	return w.alike(ctx, d)
}

// usual are the articles that decided claims of the same content code rest on: a help for
// whoever writes the opinion.
func (w *Office) usual(ctx context.Context, d *dossier) ([]rest, error) {
	if d.Track != petition.Claim || d.leg.Kind.Reviews() || petition.StageOf(d.leg.State) != petition.StageHandling {
		return nil, nil
	}
	found, err := w.store.UsedArticles(ctx, d.by, d.Topic, d.now)
	var all []rest
	for _, one := range found {
		p := one.Policy
		p.Articles = []petition.Article{one.Article}
		cite, _ := p.Cite(one.Number)
		all = append(all, rest{Printed: cite.Printed, To: "/policies/" + p.ID.String()})
	}
	return all, err
}

// alike are open cases that may be the same matter.
func (w *Office) alike(ctx context.Context, d *dossier) ([]row, error) {
	found, err := w.store.SameMatter(ctx, d.by, d.ID)
	if err != nil {
		return nil, err
	}
	rows := make([]row, 0, len(found))
	for _, one := range found {
		rows = append(rows, row{QueueRow: one, Unit: unitName(d.rules, one.Unit)})
	}
	return rows, nil
}
