package backoffice

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// searchPage is the view of pages/search.html.
type searchPage struct {
	*web.Form
	Topics, Tracks, States, Units []web.Option
	Names                         bool // the reader may search for a name
	Asked                         bool
	Rows                          []searchRow
	Next                          int64
	Narrow                        bool
	InHand                        *inHandAt // the number's case, outside what the reader may see
}

// inHandAt is all that is said of a case outside one's scope: who has it in hand.
type inHandAt struct{ Number, Unit string }

func inHandAll(r petition.Rules, links []petition.Link) []inHandAt {
	var all []inHandAt
	for _, l := range links {
		all = append(all, inHandAt{l.Number, unitName(r, l.Unit)})
	}
	return all
}

// inHand finds who has a number's case in hand; nil where nobody has, or nobody may know.
func (w *Office) inHand(c *gin.Context, number string) (*inHandAt, error) {
	ctx := c.Request.Context()
	link, err := w.store.InHand(ctx, who(c).Actor, number, w.site.Now())
	if petition.Is(err, petition.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	return &inHandAt{link.Number, unitName(rules, link.Unit)}, nil
}

type searchRow struct {
	QueueRow
	Unit string
}

// showSearch asks what to look for. What is looked for travels in the body of a POST:
// an address would stand in logs and histories.
func (w *Office) showSearch(c *gin.Context) error {
	v, err := w.searchPage(c, web.NewForm("search", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "search", v)
}

func (w *Office) search(c *gin.Context) error {
	f, err := w.posted(c, "search")
	if err != nil {
		return err
	}
	v, err := w.searchPage(c, f)
	if err != nil {
		return err
	}
	if number := caseNumber(f.Get("number")); f.OK() && number != "" {
		id, err := w.store.Find(c.Request.Context(), who(c).Actor, number)
		if err == nil {
			return w.site.Go(c, "/cases/"+id.String())
		}
		if k := kind(err); k != petition.NotFound && k != petition.Invalid {
			return err
		}
		if v.InHand, err = w.inHand(c, number); err != nil {
			return err
		}
		if v.InHand != nil {
			return w.site.Show(c, http.StatusOK, "search", v)
		}
		f.Refuse("number", "find.nothing", "number", number)
	}
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "search", v)
	}
	before, _ := strconv.ParseInt(f.Get("before"), 10, 64) // no number: the first page
	page, err := w.store.Search(c.Request.Context(), who(c).Actor, SearchQuery{Words: f.Get("words"), About: f.Get("about"), Name: f.Get("name"),
		Purpose: f.Get("purpose"), Unit: petition.UnitID(f.Get("unit")), Topic: petition.Topic(f.Get("topic")),
		Track: petition.Track(f.Get("track")), State: petition.State(f.Get("state")), From: f.Get("from"), To: f.Get("to"),
		Before: before}, w.site.Now())
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "search", v)
	}
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	v.Asked, v.Next, v.Narrow = true, page.Next, page.Narrow
	for _, r := range page.Rows {
		v.Rows = append(v.Rows, searchRow{r, unitName(rules, r.Unit)})
	}
	return w.site.Show(c, http.StatusOK, "search", v)
}

func (w *Office) searchPage(c *gin.Context, f *web.Form) (*searchPage, error) {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return nil, err
	}
	by := who(c).Actor
	v := &searchPage{Form: f, Topics: w.topicOptions(c, false), Units: unitOptions(rules, by), Names: by.Is(revealers...)}
	for _, t := range []petition.Track{petition.Claim, petition.Advice, petition.Enquiry} {
		v.Tracks = append(v.Tracks, web.Option{Value: string(t), Label: w.say(c, "track."+string(t))})
	}
	for _, s := range petition.States {
		v.States = append(v.States, web.Option{Value: string(s), Label: w.say(c, "state."+string(s))})
	}
	return v, nil
}
