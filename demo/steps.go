package demo

import (
	"time"

	"huiyin/petition"
)

// arrive brings the petition to a unit: online where the unit takes such filings, at
// other units as a letter, a call or a visit that the registrar writes down.
func (t *tale) arrive(unit petition.Unit) {
	if open(unit) && t.chance(82) {
		t.file(unit)
		return
	}
	channel := petition.ByLetter
	switch n := t.scene.rng.IntN(10); {
	case n >= 8:
		channel = petition.ByPhone
	case n >= 5:
		channel = petition.ByVisit
	}
	t.bring(unit, channel)
}

// file submits online, and the registrar registers.
func (t *tale) file(unit petition.Unit) {
	t.submit(unit)
	t.wait(0.1, 1.2)
	t.do(t.actor(petition.Registrar), t.registration())
}

// submit is the petitioner's own act on the portal.
func (t *tale) submit(unit petition.Unit) {
	f := t.filing
	f.Unit, f.Channel, f.ConsentAt = unit.ID, petition.ByWeb, t.at.Add(-25*time.Minute)
	if t.person.Age < 45 || t.chance(50) {
		f.Channel = petition.ByMobile
	}
	holder := unit.ID
	if f.ConcernsHead {
		holder = t.above(unit.ID).ID
	}
	t.do(petition.Petitioner, petition.Act{Action: petition.Submit, Filing: &f, Unit: holder, At: t.at})
	t.leg = 1
}

// bring is a letter, call or visit: it counts from when it physically arrived.
func (t *tale) bring(unit petition.Unit, channel petition.Channel) {
	t.at = t.desk.next(t.scene.rng, t.at)
	t.scene.at = t.at
	arrived := t.at
	f := t.filing
	f.Unit, f.Channel, f.Anonymous = unit.ID, channel, f.Anonymous && channel == petition.ByLetter
	if channel == petition.ByLetter {
		f.Postmark = petition.Day(arrived.AddDate(0, 0, -2-t.scene.rng.IntN(3)))
		t.wait(0.1, 0.8)
	}
	act := t.registration()
	act.Filing, act.Unit, act.Channel, act.At, act.Leg = &f, unit.ID, channel, arrived, 0
	act.Number = t.caseNumber(unit.ID, t.at)
	if channel == petition.ByPhone || channel.Visit() {
		t.soon()
	}
	t.do(t.who(unit.ID, petition.Registrar, "").Actor(), act)
	t.leg = 1
	t.scene.set("number", t.c.Number, "phone", unit.Phone)
}

// registration is what the registrar fixes.
func (t *tale) registration() petition.Act {
	act := petition.Act{Action: petition.Register, Leg: t.leg, Topic: petition.Topic(t.m.Topic)}
	if len(t.c.Legs) > 0 && t.c.Number == "" && !t.over() {
		act.Number = t.caseNumber(t.here(), t.at)
		t.scene.set("number", act.Number, "phone", t.unit(t.here()).Phone)
	}
	return act
}

// here is the unit where the case is worked on; "" before there is a case.
func (t *tale) here() petition.UnitID {
	if len(t.c.Legs) == 0 {
		return ""
	}
	return t.c.Legs[t.leg-1].Unit
}

// actor is the member of staff here with a role, of the office of the matter.
func (t *tale) actor(role petition.Role) petition.Actor {
	return t.who(t.here(), role, t.office()).Actor()
}

func (t *tale) office() string {
	info, _ := petition.TopicOf(petition.Topic(t.m.Topic))
	return info.Office
}

// distribute hands it to an office and a handler.
func (t *tale) distribute() {
	h := t.who(t.here(), petition.Handler, t.office())
	t.do(t.actor(petition.Registrar), petition.Act{Action: petition.Distribute, Leg: t.leg,
		Office: t.office(), Handler: h.ID, HandlerName: h.Name})
}

// handler is who handles it here now.
func (t *tale) handler() petition.Actor {
	id := t.c.Legs[t.leg-1].Handler
	for _, a := range staff {
		if a.ID == id {
			return a.Actor()
		}
	}
	return t.actor(petition.Handler)
}

// ask asks the petitioner to complete what is missing.
func (t *tale) ask() {
	if t.over() {
		return
	}
	what := t.scene.say(t.m.Ask)
	paper := t.infoRequest(t.here(), what)
	t.issue(paper)
	t.do(t.actor(petition.Registrar), petition.Act{Action: petition.AskInfo, Leg: t.leg,
		Text: t.scene.say(pick(t.scene.rng, words.AskIntro)) + what, Paper: paper,
		Deadline: petition.Day(t.due(t.rules.LawNow(t.c).InfoDays))})
}

// supply is the petitioner's answer.
func (t *tale) supply() {
	t.do(petition.Petitioner, petition.Act{Action: petition.Supply, Text: t.scene.say(t.m.Supply), At: t.at})
}

// path is the recorded jurisdiction check.
func (t *tale) path(phrase string, change func(*petition.Jurisdiction)) *petition.Jurisdiction {
	p := &petition.Jurisdiction{InScope: "yes", Level: "own", InHand: "no", Final: "no", Legal: "no",
		CadreReport: "no", Reasons: t.scene.say(papers.Phrases[phrase])}
	if change != nil {
		change(p)
	}
	return p
}

// accept: the handler proposes and the head of the unit agrees, or the head does it.
func (t *tale) accept() {
	if t.over() {
		return
	}
	act := petition.Act{Action: petition.Accept, Leg: t.leg,
		Check: t.path("scope_yes", nil)}
	by := t.handler()
	if t.chance(30) {
		by = t.actor(petition.UnitHead)
	}
	t.decided(by, act, petition.UnitHead, func() *petition.Paper { return t.acceptance(t.here()) })
}

// pending tells whether something waits for approval.
func (t *tale) pending() bool { return t.err == nil && t.c.Legs[t.leg-1].Pending != nil }

// decided is an act that needs agreement, with the paper that goes out: whoever may
// decide does it at once; what others propose is agreed to a little later, and the
// paper is dated and numbered then.
func (t *tale) decided(by petition.Actor, act petition.Act, head petition.Role, write func() *petition.Paper) {
	t.propose(by, act, head, write)
	t.agree(head, write)
}

// propose is the first half of decided.
func (t *tale) propose(by petition.Actor, act petition.Act, head petition.Role, write func() *petition.Paper) {
	if t.over() {
		return
	}
	act.Paper = write()
	if by.Is(head) {
		t.issue(act.Paper)
	}
	t.do(by, act)
}

// agree is the second half.
func (t *tale) agree(head petition.Role, write func() *petition.Paper) {
	if !t.pending() {
		return
	}
	t.wait(0.05, 0.8)
	if t.over() {
		return
	}
	paper := write()
	t.issue(paper)
	t.do(t.actor(head), petition.Act{Action: petition.Approve, Leg: t.leg, Paper: paper})
}

// work starts the handling and writes the notes of the matter.
func (t *tale) work(least, most float64) { t.workOn(t.m.Notes, least, most) }

// workOn starts the handling and writes these notes.
func (t *tale) workOn(notes []text, least, most float64) {
	t.wait(0.2, 1.5)
	if t.over() {
		return
	}
	t.do(t.handler(), petition.Act{Action: petition.Start, Leg: t.leg})
	for i, n := range notes {
		t.wait(least, most)
		if t.over() {
			return
		}
		t.note(t.scene.say(n), false)
		if i == 0 {
			t.soon()
			t.note(t.scene.say(pick(t.scene.rng, words.NotePublic)), true)
		}
	}
}

func (t *tale) note(text string, public bool) {
	t.do(t.handler(), petition.Act{Action: petition.Note, Leg: t.leg, Text: text, Public: public})
}

// guide explains the matter and the rules, and writes down how that went (疏导).
func (t *tale) guide(ways []guided) {
	t.wait(0.5, 2)
	if t.over() {
		return
	}
	g := pick(t.scene.rng, ways)
	t.do(t.handler(), petition.Act{Action: petition.Note, Leg: t.leg, Text: t.scene.say(g.Text),
		Guidance: &petition.Guidance{By: t.handler().Name, Day: petition.Day(t.at), Way: g.Way, Result: g.Result}})
}

// askViews: the petitioner asks who has looked at what he left.
func (t *tale) askViews() {
	t.later(0.1, 0.5)
	if !t.over() {
		t.do(petition.Petitioner, petition.Act{Action: petition.AskViews, Leg: t.leg, Text: t.scene.say(pick(t.scene.rng, words.AskViews)), At: t.at})
	}
}

// extend asks for more time, up to thirty days, with the reason the petitioner reads.
func (t *tale) extend() {
	if t.over() {
		return
	}
	reason := t.scene.say(t.m.Extend)
	if reason == "" {
		reason = t.scene.say(pick(t.scene.rng, words.Extend))
	}
	days := 10 * (1 + t.scene.rng.IntN(3))
	act := petition.Act{Action: petition.Extend, Leg: t.leg, Days: days, Reason: reason, Text: reason}
	t.decided(t.handler(), act, petition.UnitHead, func() *petition.Paper {
		return t.extension(t.here(), reason, days)
	})
}

// draft sends the answer to be signed.
func (t *tale) draft() {
	if t.over() {
		return
	}
	if t.ending == nil {
		t.end(func(e ending) bool { return !e.bargained() })
	}
	t.do(t.handler(), t.grounded(petition.Act{Action: petition.Draft, Leg: t.leg, Outcome: t.ending.Code,
		Paper: t.answerPaper(t.here(), *t.ending), Execution: t.promised(*t.ending)}))
}

// end chooses how the matter ends, among the endings that fit.
func (t *tale) end(fits func(ending) bool) {
	var may []*ending
	for i := range t.m.Outcome {
		if fits(t.m.Outcome[i]) {
			may = append(may, &t.m.Outcome[i])
		}
	}
	t.ending = pick(t.scene.rng, may)
}

// promised is what an opinion that grants a claim says will be done, and until when.
func (t *tale) promised(e ending) *petition.Execution {
	if t.c.Track != petition.Claim || !e.Code.Grants() {
		return nil
	}
	days := 20 + t.scene.rng.IntN(16)
	return &petition.Execution{What: t.scene.say(e.Todo), Due: petition.Day(t.due(days))}
}

// owes tells whether something was granted here, served, and not done yet.
func (t *tale) owes() bool {
	if t.err != nil || len(t.c.Legs) == 0 {
		return false
	}
	l := t.c.Legs[t.leg-1]
	return l.Execution != nil && l.Execution.Done == "" && !l.RepliedAt.IsZero()
}

// carryOut does what was granted, mostly before its day.
func (t *tale) carryOut(least, most float64) {
	if !t.owes() {
		return
	}
	t.wait(least, most)
	if t.over() {
		return
	}
	t.do(t.handler(), petition.Act{Action: petition.Execute, Leg: t.leg, Text: t.scene.say(t.ending.Done),
		Execution: &petition.Execution{Done: petition.Day(t.at)}})
}

// sign signs it; now and then it first goes back to be written more plainly.
func (t *tale) sign() {
	if t.over() {
		return
	}
	if t.chance(12) {
		t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.ReturnDraft, Leg: t.leg,
			Reason: t.scene.say(papers.Phrases["redraft"])})
		t.wait(0.2, 1.5)
		t.draft()
		t.wait(0.1, 1)
	}
	if t.over() {
		return
	}
	paper := *t.c.Legs[t.leg-1].Draft
	t.issue(&paper)
	t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.Sign, Leg: t.leg, Paper: &paper})
}

// serve serves it: online, by hand to who lives near, or by registered mail.
func (t *tale) serve() {
	if t.over() {
		return
	}
	s := &petition.Service{Method: "online", Day: petition.Day(t.at), Receiver: t.addressee}
	if !t.c.Channel.Online() && t.addressee != "" {
		s.Method, s.Proof = "hand", t.scene.say(papers.Phrases["served_hand"])
	}
	t.do(t.handler(), petition.Act{Action: petition.Serve, Leg: t.leg, Service: s})
}

// rate is the petitioner's word: good answers please more often than refusals do.
func (t *tale) rate() {
	if t.over() {
		return
	}
	grade, said, solved := "good", words.Good, "yes"
	bad := 8
	if t.ending != nil && (t.ending.Code == petition.NotSupported || t.ending.Code == petition.NotAdopted) {
		bad = 60
	}
	switch n := t.scene.rng.IntN(100); {
	case n < bad:
		grade, said, solved = "poor", words.Poor, "no"
	case n < bad+25:
		grade, said, solved = "fair", words.Fair, "partly"
	}
	r := &petition.Rating{Office: grade, Unit: grade, Solved: solved, At: t.at}
	if grade == "poor" && t.chance(50) {
		r.Office = "fair"
	}
	if t.chance(70) {
		r.Words = t.scene.say(pick(t.scene.rng, said))
	}
	t.do(petition.Petitioner, petition.Act{Action: petition.Rate, Rating: r, At: t.at})
}
