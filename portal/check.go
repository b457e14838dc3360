package portal

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/pelletier/go-toml/v2"

	"huiyin/petition"
	"huiyin/web"
)

// scope is the decision path of the scope check (domain §3.3): questions that lead to
// other questions and in the end to the right form or to the body that has the power.
// It is data, reviewed by the legal owner; its words are in the catalogues.
type scope struct {
	Reviewed  string          `toml:"reviewed"`
	Questions []scopeQuestion `toml:"question"`
	Ends      []scopeEnd      `toml:"end"`

	questions map[string]scopeQuestion
	ends      map[string]scopeEnd
}

// scopeQuestion offers choices; each leads to the question or end of its name.
type scopeQuestion struct {
	ID      string   `toml:"id"`
	Choices []string `toml:"choices"`
}

// scopeEnd is where a path ends: with a topic it belongs here, and so does what nobody can
// tell yet; else it is the page of a body with its telephone and what to do.
type scopeEnd struct {
	ID     string         `toml:"id"`
	Topic  petition.Topic `toml:"topic"`
	Unsure bool           `toml:"unsure"` // whose it is will be seen
	Phone  string         `toml:"phone"`
	Site   string         `toml:"site"`
	Steps  []string       `toml:"steps"` // names of sentences: scope.ID.STEP
	Report bool           `toml:"report"`
}

// here tells whether the person can write to us.
func (e scopeEnd) here() bool { return e.Topic != "" || e.Unsure }

// start is the first question.
const start = "start"

func readScope() (scope, error) {
	b, err := dataFiles.ReadFile("data/scope.toml")
	if err != nil {
		return scope{}, fmt.Errorf("scope: %w", err)
	}
	var s scope
	if err := toml.Unmarshal(b, &s); err != nil {
		return scope{}, fmt.Errorf("scope: %w", err)
	}
	s.questions, s.ends = map[string]scopeQuestion{}, map[string]scopeEnd{}
	for _, q := range s.Questions {
		s.questions[q.ID] = q
	}
	for _, e := range s.Ends {
		s.ends[e.ID] = e
	}
	return s, s.whole()
}

// whole makes sure that no path ends nowhere.
func (s scope) whole() error {
	if _, ok := s.questions[start]; !ok {
		return fmt.Errorf("scope: no question %q", start)
	}
	for _, q := range s.Questions {
		for _, to := range q.Choices {
			_, asks := s.questions[to]
			_, ends := s.ends[to]
			if asks == ends {
				return fmt.Errorf("scope: %q in %q leads to no one place", to, q.ID)
			}
		}
	}
	for _, e := range s.Ends {
		if _, ok := petition.TopicOf(e.Topic); e.Topic != "" && !ok {
			return fmt.Errorf("scope: %q has unknown topic %q", e.ID, e.Topic)
		}
		if !e.here() && len(e.Steps) == 0 {
			return fmt.Errorf("scope: %q names no way on", e.ID)
		}
	}
	return nil
}

// checkPage asks one question.
type checkPage struct {
	*web.Form
	Node    string
	Choices []web.Option
	Back    string // the step before
	Main    petition.Unit
}

// endPage is where a path ends.
type endPage struct {
	End      scopeEnd
	Back     string // the step before
	Reviewed string
	Main     petition.Unit
}

// showCheck asks the first question.
func (p *Portal) showCheck(c *gin.Context) error { return p.checkNode(c, "", start) }

// showCheckNode asks a later question or shows an end.
func (p *Portal) showCheckNode(c *gin.Context) error { return p.checkNode(c, start, c.Param("node")) }

// showCheckChoice is the same after a later question: the way back leads there.
func (p *Portal) showCheckChoice(c *gin.Context) error {
	asked, choice := c.Param("node"), c.Param("choice")
	if q, ok := p.texts.scope.questions[asked]; !ok || asked == start || !slices.Contains(q.Choices, choice) {
		return gone()
	}
	return p.checkNode(c, asked, choice)
}

// checkPath is where a question's choice leads.
func checkPath(asked, choice string) string {
	if asked == start {
		return "/guide/check/" + choice
	}
	return "/guide/check/" + asked + "/" + choice
}

func (p *Portal) checkNode(c *gin.Context, before, node string) error {
	q, asks := p.texts.scope.questions[node]
	end, ends := p.texts.scope.ends[node]
	if !asks && !ends {
		return gone()
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	if asks {
		return p.public.Show(c, w.edition, "check", func() (any, error) {
			return p.question(c, w, q, web.NewForm("scope", nil)), nil
		})
	}
	page := "elsewhere"
	if end.here() {
		page = "here"
	}
	return p.public.Show(c, w.edition, page, func() (any, error) {
		back := "/guide/check"
		if before != start {
			back += "/" + before
		}
		return endPage{end, back, p.texts.scope.Reviewed, w.main()}, nil
	})
}

func (p *Portal) question(c *gin.Context, w *world, q scopeQuestion, form *web.Form) checkPage {
	page := checkPage{Form: form, Node: q.ID, Back: "/", Main: w.main()}
	if q.ID != start {
		page.Back = "/guide/check"
	}
	text, lang := p.site.Text, web.Lang(c)
	for _, id := range q.Choices {
		o := web.Option{Value: id, Label: text.Say(lang, "scope."+id)}
		if text.Has(lang, "scope."+id+".hint") {
			o.Hint = text.Say(lang, "scope."+id+".hint")
		}
		page.Choices = append(page.Choices, o)
	}
	return page
}

// chooseCheck goes where the choice leads.
func (p *Portal) chooseCheck(c *gin.Context) error {
	form, err := p.site.Posted(c, "scope")
	if err != nil {
		return err
	}
	q, ok := p.texts.scope.questions[form.Get("node")]
	if !ok {
		return gone()
	}
	for _, id := range q.Choices {
		if id == form.Get("choice") {
			return p.site.Go(c, checkPath(q.ID, id))
		}
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	form.Refuse("choice", "wrong.choice")
	return p.site.Show(c, http.StatusUnprocessableEntity, "check", p.question(c, w, q, form))
}

// texts is everything that the portal reads from files beside pages and catalogues.
type texts struct {
	scope scope
	laws  map[string]lawText
}

func readTexts() (texts, error) {
	s, err := readScope()
	if err != nil {
		return texts{}, err
	}
	t := texts{scope: s, laws: map[string]lawText{}}
	for _, name := range lawNames {
		if t.laws[name], err = readLaw(name); err != nil {
			return texts{}, err
		}
	}
	return t, nil
}
