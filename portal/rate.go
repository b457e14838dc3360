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
