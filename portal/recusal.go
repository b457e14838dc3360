package portal

import (
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// asking for recusal (回避, Art. 28): of whoever handles it, which the head of the unit
// decides, or of the head, which the unit above does.
var recusing = &deed{name: "recusal", action: petition.AskRecusal, words: "text", needed: "wrong.recusal", flash: "flash.recusal",
	allowed: func(can can) bool { return can.Recusal }, fill: fillRecusal}

// recusalWhom is whom a petitioner can mean: names of staff are not told.
var recusalWhom = []string{"handler", "head"}

func fillRecusal(_ *Portal, _ *gin.Context, form *web.Form, act *petition.Act) error {
	if !slices.Contains(recusalWhom, form.Get("whom")) {
		form.Refuse("whom", "wrong.recusal_whom")
	}
	act.Head = form.Get("whom") == "head"
	return nil
}
