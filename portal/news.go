package portal

import (
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// News of a matter beyond the portal (消息提醒): only for who leaves a name, by whatever
// way is ticked, to an address that is sealed to the notifier as soon as it is sent. The
// portal never reads it again.

// newsBox is a way to tick.
type newsBox struct {
	Way petition.NewsWay
	On  bool // as it stands
}

func newsBoxes(offer exchange.NewsOffer, on []petition.NewsWay) []newsBox {
	var all []newsBox
	for _, way := range offer.Ways {
		all = append(all, newsBox{way, slices.Contains(on, way)})
	}
	return all
}

// mailAddress refuses what is no mail address.
func mailAddress(form *web.Form) {
	if key := petition.CheckMail(form.Get("mail")); key != "" {
		form.Refuse("mail", key)
	}
}

// newsOffer is how the office of the unit that was chosen can tell of news.
func (d *draft) newsOffer(w *world) exchange.NewsOffer {
	unit, _ := receiver(w, d.answer("where", "area"), d.answer("where", "unit"))
	return w.homes[w.entry[unit.ID].Installation].News
}

// wishes is what the step of who one is says about being told.
func (d *draft) wishes() map[petition.NewsWay]string {
	wishes := map[petition.NewsWay]string{}
	if d.anonymous() {
		return wishes
	}
	if d.answer("you", "news_sms") == "yes" {
		wishes[petition.NewsByText] = plain(d.answer("you", "mobile"))
	}
	if d.answer("you", "news_mail") == "yes" {
		wishes[petition.NewsByMail] = d.answer("you", "mail")
	}
	return wishes
}

// newsing opens, changes and ends being told, on the follow page.
var newsing = &deed{name: "news", action: petition.AskNews, flash: "flash.news",
	allowed: func(can can) bool { return can.News }, fill: fillNews}

// newsWays are the ways that are on for somebody: as last asked for, also before the office
// has read it.
func (m matter) newsWays(whose string) []petition.NewsWay {
	for _, w := range slices.Backward(m.Waiting) {
		if w.Act.Action == petition.AskNews && w.Act.For == whose {
			return petition.NewsWaysOf(w.Act.News, "")
		}
	}
	if whose != "" {
		return m.Folder.NewsOf[whose]
	}
	return m.Folder.News
}

// newsPerson is somebody who may be told: the petitioner, or who acts with or for him.
type newsPerson struct {
	petition.NewsParty
	Now bool // whose page it is
}

// newsPeople lists them, the petitioner first, where there is anybody besides; whose is
// the one that the address means. It fails with NotFound for nobody of this filing.
func newsPeople(c *gin.Context) (all []newsPerson, whose petition.NewsParty, err error) {
	asked, r := c.Query("for"), readerOf(c)
	people := append([]petition.NewsParty{{}}, r.opened.Filing.NewsParties()...)
	at := slices.IndexFunc(people, func(p petition.NewsParty) bool { return p.For == asked })
	if at < 0 {
		return nil, whose, gone()
	}
	if len(people) > 1 {
		for i, p := range people {
			all = append(all, newsPerson{p, i == at})
		}
	}
	return all, people[at], nil
}

// askNews fills the page about being told; fresh ticks what is on.
func (v *deedPage) askNews(c *gin.Context, fresh bool) error {
	var err error
	if v.People, v.Whose, err = newsPeople(c); err != nil {
		return err
	}
	on := v.newsWays(v.Whose.For)
	if v.News = newsBoxes(readerOf(c).news, on); fresh {
		tickNews(v.Form, on)
	}
	if v.Whose.For != "" {
		v.Action += "?for=" + v.Whose.For
	}
	return nil
}

func tickNews(form *web.Form, on []petition.NewsWay) {
	for _, way := range on {
		form.Set("news_"+string(way), "yes")
	}
}

// fillNews seals what is ticked, for whom the address means. Of a way that is on already the address may be left
// empty: it stays as it was.
func fillNews(p *Portal, c *gin.Context, form *web.Form, act *petition.Act) error {
	_, m, err := p.look(c)
	if err != nil {
		return err
	}
	_, whose, err := newsPeople(c)
	if err != nil {
		return err
	}
	act.For = whose.For
	on := m.newsWays(whose.For)
	wishes := map[petition.NewsWay]string{}
	for way, field := range map[petition.NewsWay]string{petition.NewsByText: "mobile", petition.NewsByMail: "mail"} {
		if !form.Has("news_"+string(way), "yes") {
			continue
		}
		address := form.Get(field)
		if way == petition.NewsByText {
			address = plain(address)
		}
		wishes[way] = address
		switch {
		case address == "" && slices.Contains(on, way):
		case way == petition.NewsByMail:
			mailAddress(form)
		default:
			if key := petition.CheckMobile(address); key != "" {
				form.Refuse(field, key)
			}
		}
	}
	if !form.OK() {
		return nil
	}
	act.News, err = readerOf(c).news.Wishes(langOf(c), wishes)
	return err
}
