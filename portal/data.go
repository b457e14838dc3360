package portal

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// The rights over one's own data (personal information protection law, Arts. 44-46):
// to have it corrected, and to learn who has looked at it.

// correcting says what is wrong and what is right.
var correcting = &deed{name: "correct", action: petition.Correct, words: "wrong", needed: "wrong.correct_wrong", flash: "flash.corrected",
	allowed: func(can can) bool { return can.Correct }, fill: fillCorrection}

func fillCorrection(p *Portal, _ *gin.Context, form *web.Form, act *petition.Act) error {
	if form.Get("right") == "" {
		form.Refuse("right", "wrong.correct_right")
	}
	if len([]rune(form.Get("right"))) > maxWords {
		form.Refuse("right", "wrong.correct_long")
	}
	// The office reads Chinese, whatever the reader's language.
	act.Text = p.site.Text.Say("zh-CN", "correct.act", "wrong", form.Get("wrong"), "right", form.Get("right"))
	return nil
}

// viewing asks who has looked at one's identity and papers; the auditor answers.
var viewing = &deed{name: "views", action: petition.AskViews, words: "text", flash: "flash.views",
	allowed: func(can can) bool { return can.Views }}
