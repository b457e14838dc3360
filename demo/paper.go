package demo

import (
	"strings"
	"time"

	"huiyin/petition"
)

// paper begins a paper of a kind from a unit to the petitioner.
func (t *tale) paper(kind petition.PaperKind, unit petition.UnitID, sections ...petition.Section) *petition.Paper {
	u := t.unit(unit)
	to := t.scene.say(papers.Phrases["dear_nobody"])
	if t.addressee != "" {
		to = t.scene.say(papers.Phrases["dear"])
	}
	return &petition.Paper{Kind: kind, Title: papers.Titles[kind], To: to, Sections: sections,
		Unit: unit, UnitName: u.Name, Contact: t.scene.say(papers.Phrases["phone_log"])}
}

// notify is a paper that rests on one article and tells whom to ask.
func (t *tale) notify(kind petition.PaperKind, basis string, sections ...petition.Section) *petition.Paper {
	t.scene.set("phone", t.unit(t.here()).Phone)
	p := t.paper(kind, t.here(), sections...)
	p.Basis = []string{t.scene.say(papers.Phrases[basis])}
	return p
}

// verdict is such a paper that ends the matter here: it says whom to ask if not satisfied.
func (t *tale) verdict(kind petition.PaperKind, basis string, sections ...petition.Section) *petition.Paper {
	p := t.notify(kind, basis, sections...)
	p.Remedy = t.scene.say(papers.RemedyNone)
	return p
}

// issue gives a paper its number; the rules put on the day.
func (t *tale) issue(p *petition.Paper) {
	if p.Number == "" && !t.over() {
		p.Number = t.paperNumber(t.unit(p.Unit), t.at)
	}
}

// part is a section from a heading's key and paragraphs.
func part(head string, paragraphs ...string) petition.Section {
	return petition.Section{Head: papers.Heads[head], Text: strings.Join(paragraphs, "\n")}
}

// lines says each of the texts.
func (t *tale) lines(texts []text) []string {
	said := make([]string, len(texts))
	for i, x := range texts {
		said[i] = t.scene.say(x)
	}
	return said
}

func (t *tale) acceptance(unit petition.UnitID) *petition.Paper {
	t.scene.set("due", t.dueDay(60), "phone", t.unit(unit).Phone, "worker", t.handler().Name)
	lines := []string{t.scene.say(papers.Phrases["track_other"])}
	if t.c.Track == petition.Claim {
		lines = t.lines(papers.Acceptance)
	}
	p := t.paper(petition.AcceptanceNotice, unit, part("", lines...))
	p.Basis = []string{t.scene.say(papers.Phrases["basis_acceptance"])}
	return p
}

func (t *tale) redirectPaper(unit petition.UnitID, body petition.Body) *petition.Paper {
	t.scene.set("org", body.Name, "phone", body.Phone, "where", body.Where, "bring", body.Bring)
	p := t.paper(petition.RedirectNotice, unit,
		part("", t.lines(papers.RedirectIntro)...),
		part("why", t.scene.say(t.m.Redirect.Why)),
		part("where", t.lines(papers.RedirectBody)...))
	p.Basis = []string{t.scene.say(papers.Phrases["basis_acceptance"])}
	t.scene.set("phone", t.unit(unit).Phone)
	p.Remedy, p.Contact = t.scene.say(papers.RemedyNone), t.scene.say(papers.Phrases["phone_log"])
	return p
}

func (t *tale) refusalPaper(unit petition.UnitID, r refusal) *petition.Paper {
	contact := t.unit(unit)
	if r.Ground == petition.SkipLevel {
		contact = t.p.unit // where the visitor is expected instead
	}
	t.scene.set("article", t.rules.LawNow(t.c).Grounds[r.Ground], "phone", contact.Phone)
	p := t.paper(petition.RefusalNotice, unit,
		part("", t.lines(papers.RefusalIntro)...),
		part("ground", t.scene.say(r.Reason)),
		part("next", t.scene.say(r.Next)))
	p.Basis = []string{t.scene.say(papers.Phrases["basis_refusal"])}
	t.scene.set("phone", t.unit(unit).Phone)
	p.Remedy = t.scene.say(papers.RemedyNone)
	return p
}

func (t *tale) whereabouts(unit, to petition.UnitID) *petition.Paper {
	t.scene.set("to", plainName(t.unit(to)), "day", words.Dates.full(t.at), "phone", t.unit(to).Phone)
	return t.paper(petition.WhereaboutsNotice, unit, part("", t.lines(papers.Whereabouts)...))
}

func (t *tale) infoRequest(unit petition.UnitID, what string) *petition.Paper {
	t.scene.set("what", what, "until", t.dueDay(t.rules.LawNow(t.c).InfoDays))
	return t.paper(petition.InfoRequest, unit, part("", t.lines(papers.InfoRequest)...))
}

func (t *tale) extension(unit petition.UnitID, reason string, days int) *petition.Paper {
	until := words.Dates.full(t.c.Legs[t.leg-1].AcceptedAt.AddDate(0, 0, 60+days))
	t.scene.set("reason", reason, "days", itoa(days), "due", until, "unit", plainName(t.unit(unit)))
	return t.paper(petition.ExtensionNotice, unit, part("", t.lines(papers.Extension)...))
}

// answerPaper is the opinion on a claim, or the reply to advice and enquiries. It is
// a draft: the signing gives it its number.
func (t *tale) answerPaper(unit petition.UnitID, e ending) *petition.Paper {
	t.scene.set("phone", t.unit(unit).Phone, "review", plainName(t.above(unit)))
	basis := t.lines(t.m.Basis)
	if t.c.Track != petition.Claim {
		p := t.paper(petition.ReplyLetter, unit, part("", t.lines(papers.ReplyIntro)...),
			part("answer", t.scene.say(e.Found), t.scene.say(e.Opinion)))
		p.Basis, p.Remedy = basis, t.scene.say(papers.RemedyNone)
		return p
	}
	p := t.paper(petition.OpinionPaper, unit, part("", t.lines(papers.OpinionIntro)...),
		part("request", t.filing.Request), part("found", t.scene.say(e.Found)),
		part("opinion", t.scene.say(e.Opinion)))
	p.Basis, p.Remedy = basis, t.scene.say(papers.RemedyClaim)
	return p
}

// above is the unit to which somebody turns who is not satisfied.
func (t *tale) above(unit petition.UnitID) petition.Unit {
	if up := t.rules.Units.Above(unit); len(up) > 0 {
		return up[0]
	}
	return t.unit(unit)
}

// dueDay says the day so many days from now, as letters write it; an office's limit
// ends on a working day.
func (t *tale) dueDay(days int) string { return words.Dates.full(t.due(days)) }

func (t *tale) due(days int) time.Time {
	y, m, d := t.at.In(petition.Shanghai).Date()
	due := time.Date(y, m, d+days, 0, 0, 0, 0, petition.Shanghai)
	for !t.desk.works(due) {
		due = due.AddDate(0, 0, 1)
	}
	return due
}
