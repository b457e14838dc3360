package portal

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// step is one page of questions of a petition being written.
type step struct {
	name   string                // /file/name, and the page
	number int                   // as counted for the reader
	fields []string              // that it keeps
	asked  func(d *draft) bool   // whether it is asked of this petition; nil: always
	check  func(v *visit)        // refuses what cannot be taken, at the field
	view   func(v *visit) any    // what its page shows besides the form
	after  func(v *visit) string // leads elsewhere than to the next step; nil or "": no
}

// stepCount is what "step 3 of 6" counts to: files and review are the last two.
const stepCount = 6

// steps in the order in which they are asked.
var steps = []*step{whereStep, whatStep, reportStep, contentStep, moreStep, youStep, guardianStep, jointStep, agentStep}

// visit is one look at a step: everything its checks and pages may ask.
type visit struct {
	world *world
	draft *draft
	form  *web.Form
	text  *web.Catalogue
	lang  string
}

// filePage is what every page of questions shows.
type filePage struct {
	*web.Form
	Step   int
	Steps  []string // the bar over it: the class of each mark
	Action string   // where the form goes
	Back   string
	Track  petition.Track
	Sheet  string       // of this page: which window writes, and what it has seen
	Other  []otherWords // what another window kept meanwhile
	Part   any          // what only this page shows
}

func (s *step) path() string { return "/file/" + s.name }

func (s *step) isAsked(d *draft) bool { return s.asked == nil || s.asked(d) }

// keep takes the step's fields out of what was posted.
func (s *step) keep(posted url.Values) url.Values {
	kept := url.Values{}
	for _, f := range s.fields {
		if v, ok := posted[f]; ok {
			kept[f] = v
		}
	}
	return kept
}

// visit looks at the draft's step with the answers given.
func (p *Portal) visit(c *gin.Context, w *world, d *draft, s *step, answers url.Values) *visit {
	own := maps.Clone(answers) // a page sets some anew
	return &visit{world: w, draft: d, form: web.NewForm("file."+s.name, own), text: p.site.Text, lang: web.Lang(c)}
}

// checked is a visit of the answers kept, with their problems.
func (p *Portal) checked(c *gin.Context, w *world, d *draft, s *step) *visit {
	return p.checkedBy(c, w, d, s, p.ruling(c, w, d))
}

// checkedBy is checked where the rules were asked already.
func (p *Portal) checkedBy(c *gin.Context, w *world, d *draft, s *step, ruling []petition.Problem) *visit {
	v := p.visit(c, w, d, s, d.Answers[s.name])
	s.check(v)
	v.ruled(s, ruling)
	return v
}

// page is the view of a step.
func (v *visit) page(s *step) filePage {
	page := filePage{Form: v.form, Step: s.number, Steps: bar(s.number), Action: s.path(),
		Back: before(s, v.draft), Track: v.draft.track(), Sheet: v.draft.sheet(s)}
	if s.view != nil {
		page.Part = s.view(v)
	}
	return page
}

// bar is the class of the mark of each step: done, at work, to come.
func bar(at int) []string {
	marks := make([]string, stepCount)
	for i := range at {
		marks[i] = "on"
	}
	marks[at-1] += " cur"
	return marks
}

// before is the page before a step.
func before(s *step, d *draft) string {
	if d.Seen {
		return "/file/check"
	}
	back := "/file"
	for _, other := range steps {
		if other == s {
			break
		}
		if other.isAsked(d) {
			back = other.path()
		}
	}
	return back
}

// unfinished is the first step that is asked and not answered well.
func (p *Portal) unfinished(c *gin.Context, w *world, d *draft) *step {
	ruling := p.ruling(c, w, d)
	for _, s := range steps {
		if s.isAsked(d) && !p.checkedBy(c, w, d, s, ruling).form.OK() {
			return s
		}
	}
	return nil
}

// next is the page after a step: the next that is asked, or, once everything was
// answered, the first that now lacks something, and the review again.
func (p *Portal) next(c *gin.Context, w *world, d *draft, s *step) string {
	if d.Seen {
		if open := p.unfinished(c, w, d); open != nil {
			return open.path()
		}
		return "/file/check"
	}
	i := slices.Index(steps, s)
	for _, other := range steps[i+1:] {
		if other.isAsked(d) {
			return other.path()
		}
	}
	return uploadPath
}

// showStep shows a page of questions with what was answered so far.
func (p *Portal) showStep(s *step) web.Handler {
	return func(c *gin.Context) error {
		d := draftOf(c)
		if d.Filed {
			return p.site.Go(c, "/file/done")
		}
		w, err := p.atlas.world(c.Request.Context())
		if err != nil {
			return err
		}
		v := p.visit(c, w, &d.draft, s, d.Answers[s.name])
		if d.Seen && d.Answers[s.name] != nil { // led back from the review: say at once what it still lacks
			v = p.checked(c, w, &d.draft, s)
		}
		return p.site.Show(c, http.StatusOK, s.name, v.page(s))
	}
}

// saveStep keeps what was typed, whatever it is, and then goes on, saves for later,
// or says what is wrong.
func (p *Portal) saveStep(s *step) web.Handler {
	return func(c *gin.Context) error {
		form, err := p.site.Typed(c, "file."+s.name)
		if err != nil {
			return err
		}
		d := draftOf(c)
		ctx := c.Request.Context()
		w, err := p.atlas.world(ctx)
		if err != nil {
			return err
		}
		answers := s.keep(form.Values)
		var last, stale bool // this answer was the last that was missing; another window's stands there
		if err := p.change(ctx, d, func(d *openDraft) error {
			if stale = !d.write(s, form.Get(sheetField), answers); stale {
				return errUnchanged
			}
			last = !d.Filed && !d.Seen && p.unfinished(c, w, &d.draft) == nil
			d.Seen = d.Seen || last
			return nil
		}); err != nil {
			return err
		}
		p.renewCookie(c)
		switch {
		case d.Filed:
			return p.site.Go(c, "/file/done")
		case stale:
			return p.showBoth(c, w, d, s, answers)
		case !form.OK():
			v := p.checked(c, w, &d.draft, s)
			v.form.Problems = append(form.Problems, v.form.Problems...)
			return p.site.Show(c, http.StatusUnprocessableEntity, s.name, v.page(s))
		case form.Get("go") == "save":
			return p.site.Go(c, "/file/saved")
		case last:
			return p.site.Go(c, uploadPath)
		}
		return p.leaveStep(c, w, d, s)
	}
}

// showBoth shows what was typed in an older window beside what a newer one kept. Sent
// again from here, it is taken: its window has seen what it replaces.
func (p *Portal) showBoth(c *gin.Context, w *world, d *openDraft, s *step, answers url.Values) error {
	v := p.visit(c, w, &d.draft, s, answers)
	page := v.page(s)
	page.Other = v.elsewhere(s)
	return p.site.Show(c, http.StatusConflict, s.name, page)
}

// leaveStep goes on, or says what is wrong.
func (p *Portal) leaveStep(c *gin.Context, w *world, d *openDraft, s *step) error {
	v := p.checked(c, w, &d.draft, s)
	if s.after != nil {
		if to := s.after(v); to != "" {
			return p.site.Go(c, to)
		}
	}
	if !v.form.OK() {
		return p.site.Show(c, http.StatusUnprocessableEntity, s.name, v.page(s))
	}
	return p.site.Go(c, p.next(c, w, &d.draft, s))
}

// answerStep keeps the answers of a step. After the submission they change nothing of
// what was sent: they are kept beside it, to be sent as an addition if the person
// wishes.
func (d *draft) answerStep(s *step, answers url.Values) {
	if d.Filed {
		d.keepLater(s, answers)
		return
	}
	if d.Answers == nil {
		d.Answers = map[string]url.Values{}
	}
	d.Answers[s.name] = answers
}

// autosave keeps what is typed so far; the script calls it now and then. What the page
// should say of it, if anything, is the answer.
func (p *Portal) autosave(c *gin.Context) error {
	form, err := p.site.Typed(c, "")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(steps, func(s *step) bool { return s.name == form.Get("step") })
	if i < 0 {
		return gone()
	}
	s, d := steps[i], draftOf(c)
	if d.Filed {
		return &petition.Error{Kind: petition.Conflict, Key: "error.filed"}
	}
	answers := s.keep(form.Values)
	if err := p.change(c.Request.Context(), d, func(d *openDraft) error {
		if !d.write(s, form.Get(sheetField), answers) {
			return &petition.Error{Kind: petition.Conflict, Key: "error.draft_elsewhere"}
		}
		return nil
	}); err != nil {
		return err
	}
	p.renewCookie(c)
	c.Header("Cache-Control", "no-store")
	if !form.OK() {
		c.String(http.StatusOK, "%s", p.site.Text.Say(web.Lang(c), form.Problems[0].Key))
		return nil
	}
	c.Status(http.StatusNoContent)
	return nil
}

// track is the procedure that the purpose chosen leads to; "" before it is chosen.
func (d *draft) track() petition.Track {
	purpose := petition.Purpose(d.answer("what", "purpose"))
	if !slices.Contains(petition.Purposes, purpose) {
		return ""
	}
	return purpose.Track()
}

// say is a sentence in the reader's language.
func (v *visit) say(key string, pairs ...any) string { return v.text.Say(v.lang, key, pairs...) }

// tooLong refuses a field of more characters than allowed, with both numbers.
func (v *visit) tooLong(field string, most int) bool {
	n := len([]rune(v.form.Get(field)))
	if n <= most {
		return false
	}
	v.form.Refuse(field, "wrong.long", "what", v.say(v.form.Name+"."+field+".label"), "most", strconv.Itoa(most), "n", strconv.Itoa(n))
	return true
}
