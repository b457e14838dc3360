package portal

import (
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// rating is the petitioner's word on both objects (domain §3.8): three grades each,
// words, and whether it was solved.
var rating = &deed{name: "rate", action: petition.Rate, words: "words", flash: "flash.rated",
	allowed: func(can can) bool { return can.Rate }, fill: fillRating}

func fillRating(p *Portal, _ *gin.Context, form *web.Form, act *petition.Act) error {
	for _, field := range []string{"office", "unit"} {
		if !slices.Contains(petition.Grades, form.Get(field)) {
			form.Refuse(field, "problem.grade_missing")
		}
	}
	if s := form.Get("solved"); s != "" && !slices.Contains(petition.Solved, s) {
		form.Refuse("solved", "problem.choice")
	}
	act.Text = ""
	act.Rating = &petition.Rating{Office: form.Get("office"), Unit: form.Get("unit"),
		Words: form.Get("words"), Solved: form.Get("solved"), At: p.now().UTC()}
	return nil
}

// rated is the rating that was given, on its way or taken; nil before.
func (m matter) rated() *petition.Rating {
	given := m.Folder.Rating
	for _, w := range m.Waiting {
		if w.Act.Rating != nil {
			given = w.Act.Rating
		}
	}
	return given
}

// ratedBefore says that the rating came, and what was given.
func (p *Portal) ratedBefore(c *gin.Context, given *petition.Rating) error {
	say := func(key string) string { return p.site.Text.Say(langOf(c), key) }
	return &petition.Error{Kind: petition.Conflict, Key: "error.rated", Args: map[string]string{
		"unit": say("grade." + given.Unit), "office": say("grade." + given.Office)}}
}
