package portal

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// casePath is the page of the case.
const casePath = "/follow/case"

// casePage is what the holder of a code sees of the petition: how it stands, the parts
// of one that was divided, and what was written.
type casePage struct {
	matter
	Matters []matter        // of a divided petition, in order
	Filing  petition.Filing // what was written; empty in a report, of which nothing is shown back
	Wrote   bool
}

// sentence is the status in one line: a catalogue key and its places.
type sentence struct {
	Key     string
	Date    string
	Unit    string
	To      string
	Outcome string // catalogue key
	Late    int    // days past a duty
	Mood    string // class: "", soon, over
}

// showCase shows how the matter stands.
func (p *Portal) showCase(c *gin.Context) error {
	page, err := p.casePage(c)
	if err != nil {
		return err
	}
	return p.site.Show(c, http.StatusOK, "case", page)
}

// folder is what the office says, or what its rules will say before it has.
func (p *Portal) folder(w *world, r *reader) petition.Folder {
	var f petition.Folder
	if r.Folder != nil {
		f = *r.Folder
	} else {
		f = p.firstFolder(w, r.opened)
	}
	if r.opened.Filing.GoesUp() {
		// The unit that was chosen is the one complained of; another one reads it.
		up, _ := w.above(r.opened.Filing.Unit)
		f.Unit = contact(up)
	}
	return f
}

func (p *Portal) casePage(c *gin.Context) (casePage, error) {
	r, now := readerOf(c), p.now()
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return casePage{}, err
	}
	waiting, err := p.waiting(c, r)
	if err != nil {
		return casePage{}, err
	}
	if home, err := w.home(r.opened); err == nil { // where it cannot be reached, nothing is offered
		r.news = home.News
	}
	f := p.folder(w, r)
	page := casePage{matter: r.matter(0, f, waiting, now)}
	for i, part := range f.Matters {
		page.Matters = append(page.Matters, r.matter(i+1, part, waiting, now))
	}
	if !page.Report {
		page.Filing, page.Wrote = r.opened.Filing, r.opened.Filing.Facts != ""
	}
	return page, nil
}

// waiting are the messages that the office's folder does not tell of yet.
func (p *Portal) waiting(c *gin.Context, r *reader) ([]exchange.Message, error) {
	if r.Waiting == 0 {
		return nil, nil
	}
	said, err := p.store.Said(c.Request.Context(), r.opened.Opened.Filing)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.Message, 0, len(said))
	for _, s := range said {
		m, err := exchange.OpenSaid(r.Reading, s.ID, s.Copy)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// duty tells whether the clock is one that the office must keep.
func duty(k *petition.PublicClock) bool { return k != nil && !k.Kind.Right() }

// sentenceOf words the status.
func sentenceOf(f petition.Folder, now time.Time) sentence {
	s := sentence{Key: "follow.now." + string(f.Status), Unit: f.Unit.Name}
	if f.Outcome != "" {
		s.Outcome = "outcome." + string(f.Outcome)
	}
	for _, step := range f.Steps {
		if step.To != "" {
			s.To = step.To
		}
	}
	switch {
	case f.Ask != nil:
		s.Date = f.Ask.Until
	case f.Clock != nil:
		s.Date = f.Clock.Due
		switch {
		case f.Clock.House:
			s.Key += ".house"
		case f.Clock.Kind == petition.ReviewTakenClock:
			s.Key += ".taken"
		}
	default:
		s.Key += ".plain"
	}
	if duty(f.Clock) {
		s.Late = petition.DaysBetween(petition.EndOfDay(f.Clock.Due), now)
		s.Mood = mood(s.Late)
	}
	if s.Late < 0 {
		s.Late = 0
	}
	return s
}

// mood is the colour of a duty so many days late; negative days are still left.
func mood(late int) string {
	switch {
	case late > 0:
		return "over"
	case late >= -3:
		return "soon"
	}
	return ""
}

// clockView is the legal clock as a bar: all of it in percent, so that any width works.
type clockView struct {
	Kind     string
	Start    string
	Due      string
	Total    int // days
	Today    int // counted from Start
	Left     int
	Percent  string
	Anchor   string // of the words above the mark
	Mood     string
	House    bool
	StartKey string
	Why      []web.ExplainLine // how Due was reached
}

func clockOf(f petition.Folder, now time.Time) *clockView {
	k := f.Clock
	if k == nil {
		return nil
	}
	start, err := petition.ParseDay(k.Start)
	if err != nil {
		return nil
	}
	end := petition.EndOfDay(k.Due)
	v := &clockView{Kind: string(k.Kind), Start: k.Start, Due: k.Due, House: k.House,
		Total: petition.DaysBetween(start, end), Today: petition.DaysBetween(start, now), Left: petition.DaysBetween(now, end)}
	percent := 100
	if v.Total > 0 {
		percent = max(0, min(100, 100*v.Today/v.Total))
	}
	v.Percent, v.Anchor = percentage(percent), anchor(percent)
	if duty(k) {
		v.Mood = mood(-v.Left)
	}
	v.StartKey = "follow.clock.start." + v.Kind
	v.Why = web.Explain(k.Kind, k.House, k.Explain, now)
	return v
}
