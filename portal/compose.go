package portal

import (
	"huiyin/petition"
	"huiyin/web"
)

// compose makes the petition of a draft whose steps are all answered well.
func (d *draft) compose(w *world, lang string) petition.Filing {
	at := func(step string) func(string) string { return web.NewForm("", d.Answers[step]).Get }
	where, what, content, more, you := at("where"), at("what"), at("content"), at("more"), at("you")
	unit, _ := receiver(w, where("area"), where("unit"))
	area, _ := w.units.Unit(petition.UnitID(where("area")))
	f := petition.Filing{
		Purpose: petition.Purpose(what("purpose")), Topic: petition.Topic(what("topic")),
		Unit: unit.ID, Area: area.Region,
		Title: content("title"), Facts: content("facts"), Request: content("request"),
		Need: you("need"), Files: d.Files,
		ConsentAt: d.Consent, Notice: d.Notice, Lang: lang, Channel: petition.ByWeb,
	}
	if moreStep.isAsked(d) {
		f.Place, f.When, f.About, f.Reasons = more("place"), more("when"), more("about"), more("reasons")
		f.Earlier, f.Court = more("earlier"), more("court")
		if f.Earlier == "open" || f.Earlier == "answered" {
			f.EarlierNumber = more("earlier_number")
		}
		if f.Court == "yes" {
			f.CourtNote = more("court_note")
		}
	}
	if f.Track() == petition.Report {
		f.Reported = reported(d.Answers["more"])
		_, sealed := w.above(unit.ID)
		over := passesOver(w, d)
		f.Up = over && sealed
		f.ConcernsHead = !over && d.answer("report", "head") == "yes"
		f.Reasons, f.Court, f.CourtNote = "", "", ""
	}
	if _, ok := w.booked(d); ok && f.Track() != petition.Report {
		f.Session = d.Session
	}
	d.composePeople(&f, you)
	return f
}

// composePeople leaves out what was typed before somebody chose to stay anonymous.
func (d *draft) composePeople(f *petition.Filing, you func(string) string) {
	if d.anonymous() {
		f.Anonymous = true
		return
	}
	f.Person = personOf(you, "")
	f.Person.Region, f.Person.Address = you("region"), you("address")
	f.Person.Org = you("as") == "org"
	if jointStep.isAsked(d) {
		f.Cosigners, _ = heads(d.answer("joint", "count"))
		f.Representatives = representatives(f.Person, d.Answers["joint"])
	}
	if guardianStep.isAsked(d) {
		d.composeMinor(f)
	}
	if agentStep.isAsked(d) {
		get := web.NewForm("", d.Answers["agent"]).Get
		agent := personOf(get, "")
		f.Agent, f.AgentRelation = &agent, get("relation")
	}
}
