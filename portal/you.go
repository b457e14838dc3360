package portal

import (
	"slices"
	"strings"

	"huiyin/petition"
	"huiyin/web"
)

// youStep asks who the person is: for claims by name, because nobody else can be
// answered; for the rest as the person wishes (domain §4.1).
var youStep = &step{
	name: "you", number: 4,
	fields: []string{"named", "as", "name", "id_type", "id_number", "mobile", "region", "address", "need", "news_sms", "news_mail", "mail"},
	check:  checkYou, view: viewYou,
}

// youPart is what the page shows besides the form.
type youPart struct {
	Choice  bool // may stay anonymous
	Claim   bool
	Named   []web.Option
	As      []web.Option
	IDTypes []web.Option
	Regions []web.Option
	News    []newsBox // ways by which the office can tell of news
}

var asAnswers = []string{"self", "joint", "agent", "guardian", "org"}

func viewYou(v *visit) any {
	part := youPart{Choice: v.draft.track() != petition.Claim, Claim: v.draft.track() == petition.Claim}
	for _, n := range []string{"yes", "no"} {
		key := "file.you.named." + n
		part.Named = append(part.Named, web.Option{Value: n, Label: v.say(key), Hint: v.say(key + ".hint")})
	}
	if v.form.Get("as") == "" {
		v.form.Set("as", "self") // as most people are
	}
	for _, a := range asAnswers {
		part.As = append(part.As, web.Option{Value: a, Label: v.say("file.you.as." + a)})
	}
	part.IDTypes = v.idTypes()
	part.Regions = v.regions()
	part.News = newsBoxes(v.draft.newsOffer(v.world), nil)
	return part
}

// idTypes lists the documents that the portal offers.
func (v *visit) idTypes() []web.Option {
	var all []web.Option
	for _, t := range petition.IDTypes {
		if !t.Staff {
			all = append(all, web.Option{Value: t.Code, Label: v.say("idtype." + t.Code)})
		}
	}
	return all
}

// elsewhere is chosen by who lives outside the areas of all units: no place has this
// code of GB/T 2260, so that the address tells.
const elsewhere = "000000"

// regions lists the areas of all units by their codes, and elsewhere.
func (v *visit) regions() []web.Option {
	all := []web.Option{{Value: elsewhere, Label: v.say("file.you.region.elsewhere")}}
	for _, u := range v.world.units.All() {
		if u.Region != "" && u.Level != petition.Province {
			all = append(all, web.Option{Value: u.Region, Group: v.world.city(u).Area, Label: u.Area})
		}
	}
	return all
}

// anonymous tells whether the person chose to stay so; a claim cannot.
func (d *draft) anonymous() bool {
	return d.track() != petition.Claim && d.answer("you", "named") == "no"
}

// checkYou refuses only what would make an answer impossible, and numbers that cannot
// be right.
func checkYou(v *visit) {
	named := v.form.Get("named")
	if v.draft.track() != petition.Claim {
		if named == "no" {
			v.tooLong("need", maxAbout)
			return
		}
		if named != "yes" {
			v.form.Refuse("named", "wrong.named")
			return
		}
	}
	v.name("name")
	v.identity("id_type", "id_number")
	v.grown()
	v.mobile("mobile")
	if v.form.Has("news_mail", "yes") {
		mailAddress(v.form)
	}
	if v.draft.track() == petition.Claim && v.form.Get("address") == "" {
		v.form.Refuse("address", "wrong.address")
	}
	v.tooLong("address", maxAbout)
	v.tooLong("need", maxAbout)
	if r := v.form.Get("region"); r != "" && !slices.ContainsFunc(v.regions(), func(o web.Option) bool { return o.Value == r }) {
		v.form.Refuse("region", "problem.choice")
	}
}

func (v *visit) name(field string) {
	switch n := len([]rune(v.form.Get(field))); {
	case n == 0:
		v.form.Refuse(field, "wrong.name")
	case n < 2 || n > 50:
		v.form.Refuse(field, "problem.name_length")
	}
}

func (v *visit) mobile(field string) {
	if key := petition.CheckMobile(plain(v.form.Get(field))); key != "" {
		v.form.Refuse(field, key)
	}
}

// identity checks a document's number where one is given; it is advised, never
// demanded.
func (v *visit) identity(kind, number string) {
	n := plain(v.form.Get(number))
	if n == "" {
		return
	}
	if key := petition.CheckIDNumber(v.form.Get(kind), n); key != "" {
		field := number
		if key == "problem.id_type" {
			field = kind
		}
		v.form.Refuse(field, key)
	}
}

// grown refuses only a child below fourteen who files alone: a guardian must (personal
// information protection law, Art. 31).
func (v *visit) grown() {
	age, known := petition.AgeAt(v.form.Get("id_type"), strings.ToUpper(plain(v.form.Get("id_number"))), v.draft.Consent)
	if known && age < petition.GuardianOnly && v.form.Get("as") != "agent" {
		v.form.Refuse("as", "wrong.child")
	}
}

// plain leaves blanks and hyphens out of a number and makes full-width digits narrow.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '\u3000' || r == '\u00a0':
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, s)
}

// personOf reads a person from the fields of a form; prefix is that of their names.
func personOf(get func(string) string, prefix string) petition.Person {
	person := petition.Person{Name: get(prefix + "name"), Mobile: plain(get(prefix + "mobile"))}
	if n := plain(get(prefix + "id_number")); n != "" {
		person.IDType, person.IDNumber = get(prefix+"id_type"), strings.ToUpper(n)
	}
	return person
}
