package portal

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// deed is something that the petitioner does with one form on a page of its own, and
// that becomes one message to the office.
type deed struct {
	name    string // /follow/name, the page, and the catalogue's prefix
	action  petition.Action
	allowed func(can) bool
	words   string // field for words
	needed  string // why words are needed: a catalogue key; "" where they are not
	fill    func(p *Portal, c *gin.Context, form *web.Form, act *petition.Act) error
	flash   string
}

// deedPage is the form of a deed; Message makes a second press harmless.
type deedPage struct {
	*web.Form
	matter
	Title    string
	Message  string
	Action   string // where the form goes
	Max      string
	Grades   []web.Option
	Solved   []web.Option
	Whom     []web.Option
	UrgeDays int
	News     []newsBox
	Whose    petition.NewsParty // of the page about news: whom it is about; empty: the petitioner
	People   []newsPerson
}

const maxWords = 500

// showDeed shows the form of a deed, if the case and the code allow it.
func (p *Portal) showDeed(d *deed) web.Handler {
	return func(c *gin.Context) error {
		_, m, err := p.look(c)
		if err != nil {
			return err
		}
		if !d.allowed(m.Can) {
			return p.refusal(c, d, m)
		}
		return p.deedPage(c, d, m, http.StatusOK, web.NewForm("follow."+d.name, nil))
	}
}

func (p *Portal) refusal(c *gin.Context, d *deed, m matter) error {
	if given := m.rated(); d == rating && given != nil {
		return p.ratedBefore(c, given)
	}
	return &petition.Error{Kind: petition.Conflict, Key: "error.no_" + d.name}
}

func (p *Portal) deedPage(c *gin.Context, d *deed, m matter, status int, form *web.Form) error {
	id := form.Get("message")
	if id == "" {
		fresh, err := petition.MakeID(p.now(), rand.Reader)
		if err != nil {
			return err
		}
		id = fresh.String()
	}
	view := deedPage{Form: form, matter: m, Title: m.Folder.Title, Message: id, Action: m.At("/follow/" + d.name), Max: strconv.Itoa(maxWords), UrgeDays: urgeDays}
	view.Grades = p.options(c, "grade.", petition.Grades)
	view.Solved = p.options(c, "solved.", petition.Solved)
	view.Whom = p.options(c, "follow.recusal.whom.", recusalWhom)
	if d == newsing {
		if err := view.askNews(c, status == http.StatusOK); err != nil {
			return err
		}
	}
	return p.site.Show(c, status, d.name, view)
}

// options are values to choose from, with their words from the catalogue.
func (p *Portal) options(c *gin.Context, prefix string, values []string) []web.Option {
	all := make([]web.Option, 0, len(values))
	for _, v := range values {
		all = append(all, web.Option{Value: v, Label: p.site.Text.Say(langOf(c), prefix+v)})
	}
	return all
}

// doDeed sends what the form of a deed says. The same form sent again changes nothing.
func (p *Portal) doDeed(d *deed) web.Handler {
	return func(c *gin.Context) error {
		form, err := p.site.Typed(c, "follow."+d.name)
		if err != nil {
			return err
		}
		id, err := petition.ParseID(form.Get("message"))
		if err != nil {
			return err
		}
		_, m, err := p.look(c)
		if err != nil {
			return err
		}
		again := slices.ContainsFunc(m.Waiting, func(w exchange.Message) bool { return w.ID == id })
		if !again && !d.allowed(m.Can) {
			return p.refusal(c, d, m)
		}
		act := petition.Act{Action: d.action, Text: form.Get(d.words)}
		p.checkWords(c, d, form)
		if d.fill != nil {
			if err := d.fill(p, c, form, &act); err != nil {
				return err
			}
		}
		if !form.OK() {
			return p.deedPage(c, d, m, http.StatusUnprocessableEntity, form)
		}
		if !again {
			if err := p.say(c.Request.Context(), readerOf(c).opened, id, m.N, act, nil); err != nil {
				return err
			}
		}
		p.site.Flash(c, d.flash)
		return p.site.Go(c, m.Back())
	}
}

// checkWords: not too many, and some where the deed needs them.
func (p *Portal) checkWords(c *gin.Context, d *deed, form *web.Form) {
	if d.words == "" {
		return
	}
	if d.needed != "" && form.Get(d.words) == "" {
		form.Refuse(d.words, d.needed)
	}
	p.tooMany(c, form, d.words, maxWords)
}

// tooMany refuses a field of more characters than allowed, with both numbers.
func (p *Portal) tooMany(c *gin.Context, form *web.Form, field string, most int) {
	if n := len([]rune(form.Get(field))); n > most {
		form.Refuse(field, "wrong.long", "what", p.site.Text.Say(langOf(c), form.Name+"."+field+".label"),
			"most", strconv.Itoa(most), "n", strconv.Itoa(n))
	}
}
