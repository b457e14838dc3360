package portal

import (
	"crypto/rand"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// deedPage is a form that sends one message; Message makes a second press harmless.
type deedPage struct {
	*web.Form
	Title   string
	Message string
	Grades  []web.Option
	Solved  []web.Option
	Max     string
}

const maxWords = 500

// showWithdraw asks whether the matter is really to be withdrawn.
func (p *Portal) showWithdraw(c *gin.Context) error {
	return p.deed(c, "withdraw", http.StatusOK, web.NewForm("follow.withdraw", nil))
}

// deed shows the form of an act, if the case and the code allow it.
func (p *Portal) deed(c *gin.Context, page string, status int, form *web.Form) error {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	shown := p.casePage(w, readerOf(c))
	if page == "withdraw" && !shown.Can.Withdraw || page == "rate" && !shown.Can.Rate {
		return &petition.Error{Kind: petition.Conflict, Key: "error.no_" + page}
	}
	id := form.Get("message")
	if id == "" {
		fresh, err := petition.MakeID(p.now(), rand.Reader)
		if err != nil {
			return err
		}
		id = fresh.String()
	}
	view := deedPage{Form: form, Title: shown.Folder.Title, Message: id, Max: strconv.Itoa(maxWords)}
	for _, g := range petition.Grades {
		view.Grades = append(view.Grades, web.Option{Value: g, Label: p.site.Text.Say(langOf(c), "grade."+g)})
	}
	for _, s := range petition.Solved {
		view.Solved = append(view.Solved, web.Option{Value: s, Label: p.site.Text.Say(langOf(c), "solved."+s)})
	}
	return p.site.Show(c, status, page, view)
}

// withdraw sends the wish to end the matter (row 35).
func (p *Portal) withdraw(c *gin.Context) error {
	form, err := p.site.Typed(c, "follow.withdraw")
	if err != nil {
		return err
	}
	if n := len([]rune(form.Get("text"))); n > maxWords {
		form.Refuse("text", "wrong.long", "what", p.site.Text.Say(langOf(c), "follow.withdraw.text.label"), "most", strconv.Itoa(maxWords), "n", strconv.Itoa(n))
	}
	if !form.OK() {
		return p.deed(c, "withdraw", http.StatusUnprocessableEntity, form)
	}
	act := petition.Act{Action: petition.Withdraw, Text: form.Get("text")}
	return p.send(c, form, func(can can) bool { return can.Withdraw }, act, "flash.withdrawn")
}

// send checks once more that it is allowed and sends the message of a form.
func (p *Portal) send(c *gin.Context, form *web.Form, allowed func(can) bool, act petition.Act, flash string) error {
	id, err := petition.ParseID(form.Get("message"))
	if err != nil {
		return err
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	r := readerOf(c)
	if !allowed(p.casePage(w, r).Can) {
		return &petition.Error{Kind: petition.Conflict, Key: "error.no_" + string(act.Action)}
	}
	if err := p.say(c.Request.Context(), r.opened, id, act, nil); err != nil {
		return err
	}
	p.site.Flash(c, flash)
	return p.site.Go(c, "/follow/case")
}
