package backoffice

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// checkPage is the view of pages/check.html: the jurisdiction check (管辖审查), six
// questions in the order of the rules, and what they suggest. A person decides.
type checkPage struct {
	*web.Form
	*dossier
	Version   int
	Questions []question
	Same      []row
	Elsewhere []inHandAt // the same person's, outside what the reader may see
	Due       due
	Suggested *suggested
	Others    []doing
	Sealed    bool // the topic is one that may well be a report about a cadre
	Out       bool // the topic lies outside our duties
}

// question is one step of the check.
type question struct {
	Name    string
	Options []web.Option
	Known   string // what the record already tells, catalogue key; "" if nothing
}

// suggested is where the answers lead.
type suggested struct {
	petition.Suggestion
	To       string
	Possible bool   // it is offered to this reader now
	Hand     string // where it is handed, with the answers, to who may do it; "" if nowhere
	Approver bool
}

// yesNo are the questions with two answers; the level has three.
var checkQuestions = []string{"cadre_report", "in_hand", "final", "legal", "in_scope", "level"}

func (w *Office) showCheck(c *gin.Context) error {
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	f := web.NewForm("jurisdiction", nil)
	w.guess(f, d)
	fillChecked(f, d.checked())
	return w.checkPage(c, http.StatusOK, f, d)
}

// guess fills in what the content code and the filing already tell; every answer can
// be changed.
func (w *Office) guess(f *web.Form, d *dossier) {
	topic, known := petition.TopicOf(d.Topic)
	if !known {
		return
	}
	if !topic.InScope() && d.Track != petition.Advice {
		f.Set("check.in_scope", "no")
	} else {
		f.Set("check.in_scope", "yes")
	}
	if !topic.Sealed {
		f.Set("check.cadre_report", "no")
	}
}

// checked is the newest check that was recorded at this leg; nil if none was.
func (d *dossier) checked() *petition.Jurisdiction {
	for _, e := range slices.Backward(d.Events) {
		if e.Act.Leg == d.leg.N && e.Act.Check != nil {
			return e.Act.Check
		}
	}
	return nil
}

// fillChecked begins with what a colleague has answered.
func fillChecked(f *web.Form, p *petition.Jurisdiction) {
	if p == nil {
		return
	}
	for field, answer := range map[string]string{"in_scope": p.InScope, "level": p.Level, "in_hand": p.InHand,
		"final": p.Final, "legal": p.Legal, "cadre_report": p.CadreReport, "reasons": p.Reasons} {
		if answer != "" {
			f.Set("check."+field, answer)
		}
	}
}

func (w *Office) check(c *gin.Context) error {
	f, err := w.posted(c, "jurisdiction")
	if err != nil {
		return err
	}
	d, err := w.dossier(c)
	if err != nil {
		return err
	}
	status := http.StatusOK
	for _, q := range checkQuestions {
		if f.Get("check."+q) == "" && needed(f, q) {
			f.Refuse("check."+q, "problem.check_"+q)
		}
	}
	if f.Get("check.reasons") == "" {
		f.Refuse("check.reasons", "problem.check_reasons")
	}
	if !f.OK() {
		status = http.StatusUnprocessableEntity
	}
	return w.checkPage(c, status, f, d)
}

// needed tells whether a question still matters after the answers before it.
func needed(f *web.Form, q string) bool {
	for _, ends := range []struct{ q, answer string }{
		{"cadre_report", "yes"}, {"in_hand", "here"}, {"in_hand", "yes"}, {"final", "yes"}, {"legal", "yes"}, {"in_scope", "no"},
	} {
		if ends.q == q {
			return true
		}
		if f.Get("check."+ends.q) == ends.answer {
			return false
		}
	}
	return true
}

func (w *Office) checkPage(c *gin.Context, status int, f *web.Form, d *dossier) error {
	topic, known := petition.TopicOf(d.Topic)
	v := checkPage{Form: f, dossier: d, Version: d.Version(), Questions: w.questions(c, d), Due: d.head().Due,
		Sealed: known && topic.Sealed, Out: known && !topic.InScope()}
	same, err := w.same(c.Request.Context(), d)
	if err != nil {
		return err
	}
	v.Same = same
	if v.Elsewhere, err = w.elsewhere(c.Request.Context(), d); err != nil {
		return err
	}
	if f.OK() && f.Get("check.reasons") != "" {
		v.suggest()
	}
	for _, o := range d.offers() {
		if decided[o.Action] && (v.Suggested == nil || o.Action != v.Suggested.Action) {
			v.Others = append(v.Others, doing{Action: o.Action, To: d.taskPath(o), Icon: actionIcons[o.Action], Approver: o.Approver})
		}
	}
	return w.site.Show(c, status, "check", v)
}

// suggest follows the answers.
func (v *checkPage) suggest() {
	p := petition.Jurisdiction{InScope: v.Get("check.in_scope"), Level: v.Get("check.level"),
		InHand: v.Get("check.in_hand"), Final: v.Get("check.final"), Legal: v.Get("check.legal"),
		CadreReport: v.Get("check.cadre_report"), Reasons: v.Get("check.reasons")}
	s := suggested{Suggestion: p.Suggest(v.Case)}
	if s.Action == petition.Refer && len(petition.Below(v.rules.Units, v.leg.Unit)) == 0 {
		v.Suggested = &suggested{Suggestion: petition.Suggestion{Key: "suggest.nobody_below"}}
		return
	}
	if o, ok := v.offer(petition.Distribute, 0); ok {
		s.Hand = v.taskPath(o)
	}
	if o, ok := v.offer(s.Action, 0); ok {
		s.Possible, s.Approver, s.To = true, o.Approver, v.taskPath(o)
	}
	v.Suggested = &s
}

// Keep are the answers as hidden fields for the action's own page.
func (v checkPage) Keep() []kept {
	all := []kept{{"version", strconv.Itoa(v.Version)}, {"step", "open"}}
	for _, name := range append(checkFields, "link.number") {
		if value := v.Get(name); value != "" {
			all = append(all, kept{name, value})
		}
	}
	return all
}

func (w *Office) questions(c *gin.Context, d *dossier) []question {
	yesNo := []web.Option{{Value: "yes", Label: w.say(c, "jurisdiction.yes")}, {Value: "no", Label: w.say(c, "jurisdiction.no")}}
	var all []question
	for _, name := range checkQuestions {
		q := question{Name: "check." + name, Options: yesNo, Known: d.known(name)}
		switch name {
		case "in_hand":
			q.Options = []web.Option{{Value: "here", Label: w.say(c, "jurisdiction.in_hand.here")},
				{Value: "yes", Label: w.say(c, "jurisdiction.in_hand.yes")}, {Value: "no", Label: w.say(c, "jurisdiction.no")}}
		case "level":
			q.Options = nil
			for _, level := range []string{"own", "below", "above"} {
				q.Options = append(q.Options, web.Option{Value: level, Label: w.say(c, "jurisdiction.level."+level)})
			}
		}
		all = append(all, q)
	}
	return all
}

// known is what the petitioner said about a question; he is never refused by it.
func (d *dossier) known(q string) string {
	switch {
	case q == "in_hand" && d.Filing.Earlier == "open":
		return "jurisdiction.said_open"
	case q == "final" && d.Filing.Earlier == "answered":
		return "jurisdiction.said_answered"
	case q == "legal" && d.Filing.Court == "yes":
		return "jurisdiction.said_court"
	}
	return ""
}
