package portal

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// showRate asks for the petitioner's word on both objects (domain §3.8).
func (p *Portal) showRate(c *gin.Context) error {
	return p.deed(c, "rate", http.StatusOK, web.NewForm("follow.rate", nil))
}

// rate sends the rating: two objects, three grades each, words, and whether it was
// solved.
func (p *Portal) rate(c *gin.Context) error {
	form, err := p.site.Typed(c, "follow.rate")
	if err != nil {
		return err
	}
	for _, field := range []string{"office", "unit"} {
		if !slices.Contains(petition.Grades, form.Get(field)) {
			form.Refuse(field, "problem.grade_missing")
		}
	}
	if s := form.Get("solved"); s != "" && !slices.Contains(petition.Solved, s) {
		form.Refuse("solved", "problem.choice")
	}
	if n := len([]rune(form.Get("words"))); n > maxWords {
		form.Refuse("words", "wrong.long", "what", p.site.Text.Say(langOf(c), "follow.rate.words.label"), "most", strconv.Itoa(maxWords), "n", strconv.Itoa(n))
	}
	if !form.OK() {
		return p.deed(c, "rate", http.StatusUnprocessableEntity, form)
	}
	act := petition.Act{Action: petition.Rate, Rating: &petition.Rating{Office: form.Get("office"), Unit: form.Get("unit"),
		Words: form.Get("words"), Solved: form.Get("solved"), At: p.now().UTC()}}
	return p.send(c, form, func(can can) bool { return can.Rate }, act, "flash.rated")
}
