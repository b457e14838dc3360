package demo

import "huiyin/petition"

// The steps that keep the handling fair: who keeps away from it, who is heard, what both
// sides agree on, and who decides whose it is.

// simplify takes a plain claim on at once, to be answered within working days.
func (t *tale) simplify() {
	t.soon()
	t.acceptAtOnce()
	t.soon()
	if !t.over() {
		t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.Simplify, Leg: t.leg})
	}
}

// askRecusal is the petitioner's wish that somebody else handles it.
func (t *tale) askRecusal() {
	t.do(petition.Petitioner, petition.Act{Action: petition.AskRecusal, At: t.at,
		Text: t.scene.say(pick(t.scene.rng, words.RecusalAsk))})
}

// declareRecusal is the wish of one who handles or decides.
func (t *tale) declareRecusal(by petition.Actor, reasons []text) {
	if t.over() {
		return
	}
	t.do(by, petition.Act{Action: petition.DeclareRecusal, Leg: t.leg,
		Reason: t.scene.say(pick(t.scene.rng, reasons))})
	t.scene.set("phone", t.unit(t.here()).Phone)
}

// grantRecusal gives the matter to another handler.
func (t *tale) grantRecusal() {
	t.wait(0.2, 1.2)
	if t.over() {
		return
	}
	l := t.c.Legs[t.leg-1]
	next := t.otherHandler(l)
	t.scene.set("newhandler", next.Name, "phone", t.unit(l.Unit).Phone)
	act := petition.Act{Action: petition.DecideRecusal, Leg: t.leg, Granted: true, Whom: l.Handler,
		Handler: next.ID, HandlerName: next.Name, Reason: t.scene.say(pick(t.scene.rng, words.RecusalGrant))}
	if l.Recusal != nil && l.Recusal.By == petition.ByPetitioner {
		act.Paper = t.notify(petition.RecusalDecision, "basis_recusal", part("", t.lines(papers.Recusal)...))
		t.issue(act.Paper)
	}
	t.do(t.actor(petition.UnitHead), act)
}

// otherHandler is another handler of the leg's unit.
func (t *tale) otherHandler(l petition.Leg) Account {
	for _, a := range staff {
		if a.Unit == l.Unit && a.ID != l.Handler && a.Is(petition.Handler) {
			return a
		}
	}
	return Account{}
}

// openHearing invites the petitioner and the others; the head of the unit decides it.
func (t *tale) openHearing() {
	if t.over() {
		return
	}
	u, day := t.unit(t.here()), t.due(9)
	t.scene.set("hearingday", words.Dates.full(day), "unit", plainName(u), "phone", u.Phone)
	said := t.scene.say(pick(t.scene.rng, words.Hearing))
	paper := t.notify(petition.HearingNotice, "basis_hearing", part("", said))
	t.issue(paper)
	t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.OpenHearing, Leg: t.leg, Text: said,
		Deadline: petition.Day(day), Paper: paper, Reason: t.scene.say(pick(t.scene.rng, words.HearingReason))})
}

// closeHearing puts on file what was said.
func (t *tale) closeHearing() {
	if t.over() {
		return
	}
	said := t.scene.say(pick(t.scene.rng, words.Heard))
	paper := t.paper(petition.HearingRecord, t.here(), part("", said))
	t.issue(paper)
	t.do(t.handler(), petition.Act{Action: petition.CloseHearing, Leg: t.leg, Text: said, Paper: paper})
}

// settle puts the agreement of both sides on file.
func (t *tale) settle() {
	if t.over() {
		return
	}
	t.end(ending.bargained)
	said := t.scene.say(t.ending.Agreement)
	paper := t.paper(petition.AgreementPaper, t.here(), part("", said))
	t.issue(paper)
	t.do(t.handler(), petition.Act{Action: petition.Settle, Leg: t.leg, Outcome: t.ending.Code, Text: said, Paper: paper})
}

// dispute takes the question whose it is to the common superior, after the sender has
// overruled an objection.
func (t *tale) dispute() {
	t.wait(0.3, 1.5)
	if t.over() {
		return
	}
	reason := t.scene.say(pick(t.scene.rng, words.Dispute))
	paper := t.paper(petition.DisputeLetter, t.here(), part("", reason))
	t.issue(paper)
	t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.Dispute, Leg: t.leg, Reason: reason, Paper: paper})
}

// rule is the superior's word that the receiver takes it on.
func (t *tale) rule() {
	t.wait(1, 3)
	if t.over() {
		return
	}
	unit := t.c.Legs[len(t.c.Legs)-1].Unit
	reason := t.scene.say(pick(t.scene.rng, words.RuleReceiver))
	paper := t.paper(petition.RulingLetter, unit, part("", reason))
	paper.To = t.unit(t.here()).Name
	t.issue(paper)
	t.do(t.who(unit, petition.OfficeHead, "").Actor(),
		petition.Act{Action: petition.RuleReceiver, Leg: t.leg, Reason: reason, Paper: paper})
}

// archive lays the file to rest, after the last window.
func (t *tale) archive() {
	if !t.over() && !t.owes() {
		t.do(t.actor(petition.Registrar), petition.Act{Action: petition.Archive, Leg: t.leg})
	}
}
