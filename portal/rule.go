package portal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// ruling is what petition.CheckFiling refuses of the whole filing.
func (p *Portal) ruling(c *gin.Context, w *world, d *draft) []petition.Problem {
	return petition.CheckFiling(d.compose(w, web.Lang(c)), p.rules(w))
}

// ruled takes a step's part of the ruling: the rule decides what is sealed, the step's
// own check only words it better. Each problem stands at the field of the page that asks
// for it, once, and all that is missing is said at once. Whether a name is given at all
// comes before what belongs to a name.
func (v *visit) ruled(s *step, ruling []petition.Problem) {
	if v.form.Problem("named") != nil {
		return
	}
	own := slices.Clone(v.form.Problems)
	for _, problem := range ruling {
		at, field := placeOf(v.draft, problem.Field)
		said := slices.ContainsFunc(own, func(p petition.Problem) bool { return p.Field == field })
		if at == s && s.isAsked(v.draft) && !said {
			problem.Field = field
			v.form.Problems = append(v.form.Problems, problem)
		}
	}
}

// askedAt is where a field of a filing is asked for, and by what name.
var askedAt = map[string]struct {
	step  *step
	field string
}{
	"unit": {whereStep, "area"}, "purpose": {whatStep, "purpose"}, "topic": {whatStep, "topic"},
	"title": {contentStep, "title"}, "facts": {contentStep, "facts"}, "request": {contentStep, "request"},
	"reasons": {moreStep, "reasons"}, "earlier": {moreStep, "earlier"}, "court": {moreStep, "court"},
	"anonymous": {youStep, "named"}, "cosigners": {jointStep, "count"}, "representatives": {jointStep, "count"},
	"agent_relation": {agentStep, "relation"},
}

// placeOf is the page and the field of a problem's field; nil where no page asks for it:
// files are counted as they come, and the consent is the door to all pages.
func placeOf(d *draft, field string) (*step, string) {
	if guardianStep.isAsked(d) {
		if at, name := placeOfMinor(field); at != nil {
			return at, name
		}
	}
	if at, ok := askedAt[field]; ok {
		return at.step, at.field
	}
	who, name, _ := strings.Cut(field, ".")
	switch who {
	case "person":
		return youStep, name
	case "agent":
		return agentStep, name
	case "representatives":
		nth, name, _ := strings.Cut(name, ".")
		if n, err := strconv.Atoi(nth); err == nil && n > 0 { // the first is the person who writes
			return jointStep, "p" + nth + "_" + name
		}
	}
	return nil, ""
}

// placeOfMinor is where it is asked for when a guardian files: the page of who one is
// asks for the guardian, the next for the minor.
func placeOfMinor(field string) (*step, string) {
	who, name, _ := strings.Cut(field, ".")
	minors := name == "name" || name == "id_type" || name == "id_number"
	switch {
	case who == "agent", who == "person" && !minors:
		return youStep, name
	case who == "person":
		return guardianStep, name
	case who == "agent_relation":
		return guardianStep, "relation"
	}
	return nil, ""
}
