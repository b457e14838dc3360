package backoffice

import (
	"slices"

	"huiyin/petition"
	"huiyin/web"
)

// Where somebody wishes to be told of news is sealed to the notifier as soon as the form
// is sent: nobody here reads it again.

// newsField is where the address of a way stands in a form.
var newsField = map[petition.NewsWay]string{petition.NewsByText: "news_mobile", petition.NewsByMail: "news_mail"}

// checkAddress refuses what no message can go to.
func checkAddress(f *web.Form, way petition.NewsWay, field, address string) {
	check := petition.CheckMobile
	if way == petition.NewsByMail {
		check = petition.CheckMail
	}
	if key := check(address); key != "" {
		f.Refuse(field, key)
	}
}

// intakeNews puts into a filing what the person who wrote, came or rang wishes: a text
// message to the number on the form where that is ticked, mail where an address is given.
func (w *Office) intakeNews(f *web.Form, filing *petition.Filing) error {
	to := map[petition.NewsWay]string{}
	if f.Has("news_sms", "yes") {
		if filing.Person.Mobile == "" && !filing.Anonymous {
			f.Refuse("person.mobile", "problem.mobile")
		}
		to[petition.NewsByText] = filing.Person.Mobile
	}
	if mail := f.Get("news_mail"); mail != "" {
		checkAddress(f, petition.NewsByMail, "news_mail", mail)
		to[petition.NewsByMail] = mail
	}
	if len(to) > 0 && filing.Anonymous {
		f.Refuse("anonymous", "error.anonymous_news")
	}
	if !f.OK() {
		return nil
	}
	var err error
	filing.News, err = w.news.Wishes("", to) // in the usual language
	return err
}

// askNewsTask records what a petitioner who came, rang or wrote wishes about being told.
// Of a way that is on already the address may be left empty: it stays as it was.
var askNewsTask = task{
	ask: true,
	fields: func(t *taskPage) []field {
		var all []field
		if others := t.newsOptions(); len(others) > 1 {
			all = append(all, field{Name: "for", Kind: "pick", Options: others})
		}
		for _, way := range t.office.news.Ways {
			all = append(all, field{Name: "on_" + string(way), Kind: "tick"}, field{Name: newsField[way], Kind: "line", Free: true})
		}
		return append(all, t.askedFields()...)
	},
	start: func(t *taskPage) {
		for _, way := range t.newsWays() {
			t.first("on_"+string(way), "yes")
		}
	},
	extra: func(t *taskPage) {
		for way, to := range t.newsAddresses() {
			if to != "" || !slices.Contains(t.newsWays(), way) {
				checkAddress(t.Form, way, newsField[way], to)
			}
		}
	},
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.AskNews, For: t.Get("for"), Asked: t.asked()}
		var err error
		if act.News, err = t.office.news.Wishes(t.Filing.Lang, t.newsAddresses()); err != nil {
			t.Refuse("on_"+string(petition.NewsByText), "problem.news_address")
		}
		return act
	},
}

func (t *taskPage) newsWays() []petition.NewsWay {
	return petition.NewsWaysOf(petition.NewsWishes(t.Events), t.Get("for"))
}

// newsOptions are those whose wish can be recorded: the petitioner, then who takes part.
func (t *taskPage) newsOptions() []web.Option {
	all := []web.Option{{Value: "", Label: t.office.say(t.c, "ask_news.for.self")}}
	for _, p := range t.Filing.NewsParties() {
		all = append(all, web.Option{Value: p.For, Label: t.office.say(t.c, "news.for."+p.For) + " " + p.Name})
	}
	return all
}

// newsOther is somebody beside the petitioner who wishes to be told, and how.
type newsOther struct {
	petition.NewsParty
	Ways []petition.NewsWay
}

func (d *dossier) newsOfOthers() []newsOther {
	var all []newsOther
	for _, p := range d.Filing.NewsParties() {
		if ways := petition.NewsWaysOf(petition.NewsWishes(d.Events), p.For); len(ways) > 0 {
			all = append(all, newsOther{p, ways})
		}
	}
	return all
}

// newsAddresses are the ways ticked, with what was typed.
func (t *taskPage) newsAddresses() map[petition.NewsWay]string {
	to := map[petition.NewsWay]string{}
	for _, way := range t.office.news.Ways {
		if t.Has("on_"+string(way), "yes") {
			to[way] = t.Get(newsField[way])
		}
	}
	return to
}
