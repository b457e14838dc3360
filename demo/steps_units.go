package demo

import (
	"strings"

	"huiyin/petition"
)

// The steps between units, and those that end a matter.

// refer passes it to the competent unit below; the office head decides.
func (t *tale) refer(to petition.UnitID) {
	t.pass(petition.Act{Action: petition.Refer, To: to}, petition.OfficeHead)
}

// assign passes it down with a day by which to report; a leader decides.
func (t *tale) assign(to petition.UnitID, days int) {
	day := petition.Day(t.at.AddDate(0, 0, days))
	t.pass(petition.Act{Action: petition.Assign, To: to, Deadline: day}, petition.Leader)
}

// pass sends the case down and follows it to where it went.
func (t *tale) pass(act petition.Act, head petition.Role) {
	if t.over() {
		return
	}
	t.scene.set("to", plainName(t.unit(act.To)))
	act.Leg = t.leg
	act.Check = t.path("scope_below", func(p *petition.Jurisdiction) { p.Level = "below" })
	t.decided(t.actor(petition.Registrar), act, head, func() *petition.Paper {
		return t.whereabouts(t.here(), act.To)
	})
	t.follow()
}

// follow goes where the case went.
func (t *tale) follow() {
	if t.err == nil {
		t.leg = len(t.c.Legs)
		t.scene.set("phone", t.unit(t.here()).Phone)
	}
}

// take registers at the receiver what was passed to it.
func (t *tale) take() {
	t.wait(0.3, 2.5)
	if !t.over() {
		t.do(t.actor(petition.Registrar), petition.Act{Action: petition.Register, Leg: t.leg})
	}
}

// object is the receiver's "not mine", in time and with reasons.
func (t *tale) object() {
	t.wait(0.5, 3)
	if t.over() {
		return
	}
	reason := t.scene.say(pick(t.scene.rng, words.Objection))
	paper := t.paper(petition.ObjectionLetter, t.here(), part("", reason))
	paper.To = t.unit(t.c.Legs[t.c.Legs[t.leg-1].From-1].Unit).Name
	t.issue(paper)
	t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.Object, Leg: t.leg, Reason: reason, Paper: paper})
}

// decide is the sender's word on an objection.
func (t *tale) decide(action petition.Action, reasons []text) {
	t.wait(0.5, 2)
	if t.over() {
		return
	}
	sender := t.c.Legs[t.leg-1].From
	head := t.who(t.c.Legs[sender-1].Unit, petition.OfficeHead, "")
	t.do(head.Actor(), petition.Act{Action: action, Leg: t.leg, Reason: t.scene.say(pick(t.scene.rng, reasons))})
	if action == petition.AgreeBack && t.err == nil {
		t.leg = sender
	}
}

// redirect tells who is competent instead; the office head approves.
func (t *tale) redirect() {
	if t.over() {
		return
	}
	r, s := t.m.Redirect, t.scene
	body := petition.Body{Name: s.say(r.Name), Phone: r.Phone, Where: s.say(r.Where), Bring: s.say(r.Bring)}
	t.notice = func() *petition.Paper { return t.redirectPaper(t.here(), body) }
	t.propose(t.actor(petition.Registrar), petition.Act{Action: petition.Redirect, Leg: t.leg, Body: &body,
		Reason: s.say(r.Explain),
		Check:  t.path("scope_no", func(p *petition.Jurisdiction) { p.InScope = "no" })},
		petition.OfficeHead, t.notice)
}

// refuse does not accept it, on a ground; the office head approves.
func (t *tale) refuse(ground petition.Ground) {
	if t.over() {
		return
	}
	r := refusalFor(ground)
	act := petition.Act{Action: petition.Refuse, Leg: t.leg, Ground: ground}
	if ground == petition.SkipLevel {
		act.To = t.p.unit.ID
	}
	if t.linked != nil {
		at := t.linked.Legs[len(t.linked.Legs)-1]
		act.Link = &petition.Link{Case: t.linked.ID, Number: t.linked.Number, Unit: at.Unit}
		t.scene.set("number", t.linked.Number, "day", words.Dates.full(at.AcceptedAt.AddDate(0, 0, 60)))
	}
	act.Reason = t.scene.say(r.Internal)
	act.Check = t.path("scope_no", func(p *petition.Jurisdiction) { refusalPath(p, ground) })
	act.Check.Reasons = act.Reason
	t.notice = func() *petition.Paper { return t.refusalPaper(t.here(), r) }
	t.propose(t.actor(petition.Registrar), act, petition.OfficeHead, t.notice)
}

// refusalPath is the answers of the jurisdiction check that lead to a ground.
func refusalPath(p *petition.Jurisdiction, ground petition.Ground) {
	switch ground {
	case petition.SkipLevel:
		p.Level = "below"
	case petition.InHand:
		p.InHand = "yes"
	case petition.FinalOpinion, petition.WindowUnused:
		p.Final = "yes"
	case petition.LegallyEnded:
		p.Final, p.Legal = "yes", "yes"
	case petition.Litigation:
		p.Legal = "yes"
	}
}

func refusalFor(ground petition.Ground) refusal {
	for _, r := range refusals {
		if r.Ground == ground {
			return r
		}
	}
	return refusal{}
}

// agreed is the office head's agreement to a redirect or refusal that waits.
func (t *tale) agreed() { t.agree(petition.OfficeHead, t.notice) }

// withdraw is the petitioner's own end of it.
func (t *tale) withdraw() {
	t.do(petition.Petitioner, petition.Act{Action: petition.Withdraw, At: t.at,
		Text: t.scene.say(pick(t.scene.rng, words.Withdraw))})
}

// askClosing hands the file to the closing audit.
func (t *tale) askClosing() {
	if t.over() {
		return
	}
	report := t.scene.say(papers.Phrases["report"])
	if t.ending != nil && !t.owes() {
		report += t.scene.say(t.ending.Done)
	}
	t.do(t.handler(), petition.Act{Action: petition.AskClosing, Leg: t.leg, Text: report})
}

// audit passes or returns the file; always somebody who did not handle it.
func (t *tale) audit(pass bool) {
	if t.over() {
		return
	}
	desk := t.c.Legs[t.leg-1].AuditAt
	if desk == 0 {
		return
	}
	act := petition.Act{Action: petition.AuditPass, Leg: t.leg,
		Reason: t.scene.say(pick(t.scene.rng, words.AuditPass))}
	if !pass {
		act.Action, act.Reason = petition.AuditReturn, t.scene.say(pick(t.scene.rng, words.AuditReturn))
		act.Deadline = petition.Day(t.at.AddDate(0, 0, 10))
		if strings.Contains(act.Reason, "短信") { // served as it may not be
			act.Fault = petition.WrongProcedure
		}
	}
	for i, item := range petition.Checklist {
		act.Audit = append(act.Audit, petition.Checked{Item: item, OK: pass || i != 2})
	}
	unit := t.c.Legs[desk-1].Unit
	t.do(t.who(unit, petition.ClosingAuditor, "research").Actor(), act)
}
