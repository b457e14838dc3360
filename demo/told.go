package demo

import "huiyin/petition"

// The stories of the plans, each as far as it goes.

// home is the unit to which this petition properly goes: the county's department, or
// the city's for what cities decide.
func (t *tale) home() petition.Unit {
	if t.m.Level == "city" {
		return t.p.city
	}
	return t.p.unit
}

// online is home, or the nearest unit that takes online filings: above, else below.
func (t *tale) online() petition.Unit {
	if u, ok := t.rules.Units.NearestPilot(t.home().ID); ok {
		return u
	}
	return t.p.unit
}

// upper is the unit above the county: where a petition sent too high arrives.
func (t *tale) upper() petition.Unit { return t.p.city }

func justSubmitted(t *tale) { t.submit(t.online()) }

func registered(t *tale) { t.arrive(t.home()) }

func distributed(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1.5)
	t.distribute()
}

func redirectProposed(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1)
	t.redirect()
}

func litigationProposed(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1)
	t.refuse(petition.Litigation)
}

func acceptanceProposed(t *tale) {
	distributed(t)
	t.wait(0.2, 1.5)
	t.propose(t.handler(), petition.Act{Action: petition.Accept, Leg: t.leg, Check: t.path("scope_yes", nil)},
		petition.UnitHead, func() *petition.Paper { return t.acceptance(t.here()) })
}

func asked(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 2)
	t.ask()
}

func supplied(t *tale) {
	asked(t)
	t.later(1, 4)
	t.supply()
}

// sentDown is a petition that came to the city and is passed to the county.
func sentDown(t *tale) {
	t.arrive(t.upper())
	t.wait(0.2, 1.5)
	t.refer(t.p.unit.ID)
}

func referred(t *tale) { sentDown(t) }

func assigned(t *tale) {
	t.arrive(t.upper())
	t.wait(0.2, 1.2)
	t.assign(t.p.unit.ID, 45)
}

func objected(t *tale) {
	sentDown(t)
	t.object()
}

func takenBack(t *tale) {
	objected(t)
	t.decide(petition.AgreeBack, words.AgreeBack)
}

func overruled(t *tale) {
	objected(t)
	t.decide(petition.Overrule, words.Overrule)
	t.take()
	t.begun()
}

// begun is distributed and accepted where it lies.
func (t *tale) begun() {
	t.wait(0.2, 1)
	if t.over() {
		return
	}
	if t.c.Parent == nil && t.chance(75) {
		t.judgeFirst()
	}
	t.distribute()
	t.signFor()
	t.wait(0.3, 2)
	t.accept()
}

func accepted(t *tale) {
	t.arrive(t.home())
	if len(t.m.Ask.pieces) > 0 && t.chance(25) {
		t.wait(0.2, 1)
		t.ask()
		t.later(0.5, 2.5)
		t.supply()
	}
	t.begun()
}

func handling(t *tale) {
	accepted(t)
	t.work(1, 6)
}

// cameTogether is a collective visit: those who speak for the others are received.
func cameTogether(t *tale) {
	t.bring(t.home(), petition.ByGroupVisit)
	t.begun()
	t.work(0.5, 2)
}

// toldWhy is one in which the rules were explained to those who came.
func toldWhy(t *tale) {
	cameTogether(t)
	t.guide(words.GuidanceGroup)
}

func handlingBelow(t *tale) {
	if t.chance(50) {
		sentDown(t)
	} else {
		assigned(t)
	}
	t.take()
	t.begun()
	t.work(1, 5)
}

// acceptAtOnce is the head's own decision, without waiting for a proposal.
func (t *tale) acceptAtOnce() {
	t.decided(t.actor(petition.UnitHead), petition.Act{Action: petition.Accept, Leg: t.leg,
		Check: t.path("scope_yes", nil)}, petition.UnitHead,
		func() *petition.Paper { return t.acceptance(t.here()) })
}

// handlingSoonDue was accepted so long ago that its sixty days end in a day or two.
func handlingSoonDue(t *tale) {
	t.arrive(t.home())
	t.wait(0.1, 1)
	t.distribute()
	accepted := t.now.AddDate(0, 0, -59).Add(t.days(0, 1.2))
	if t.at.Before(accepted) {
		t.at = accepted
		t.wait(0, 0)
	}
	t.acceptAtOnce()
	t.work(4, 12)
}

// handlingPromptly is accepted within two days, so that its limit can be foreseen.
func handlingPromptly(t *tale) {
	t.arrive(t.home())
	t.wait(0.02, 0.2)
	t.distribute()
	t.soon()
	t.acceptAtOnce()
	t.work(3, 8)
}

func extended(t *tale) {
	handlingPromptly(t)
	t.guide(words.Guidance)
	t.wait(8, 10)
	t.extend()
}

func pendingSign(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(1, 6)
	t.wait(0.5, 3)
	t.draft()
}

func signed(t *tale) {
	pendingSign(t)
	t.wait(0.2, 2)
	t.sign()
}

// answered is served; most people then say what they think of it.
func (t *tale) answered() {
	t.wait(0.2, 2)
	t.sign()
	t.wait(0.05, 1)
	t.serve()
}

func replied(t *tale) {
	pendingSign(t)
	t.answered()
	if t.chance(40) {
		t.later(0.5, 8)
		t.rate()
	}
	if t.chance(60) {
		t.carryOut(2, 9)
	}
}

func closingAudit(t *tale) {
	pendingSign(t)
	t.answered()
	t.carryOut(0.5, 3)
	t.wait(1, 3)
	t.askClosing()
}

func closingAuditAbove(t *tale) {
	assigned(t)
	t.take()
	t.begun()
	t.work(1, 4)
	t.wait(0.5, 3)
	t.draft()
	t.answered()
	t.carryOut(0.5, 3)
	t.wait(1, 3)
	t.askClosing()
	t.wait(0.5, 2)
	t.audit(true)
}

// returnedByAudit asked for its closing before anything was done.
func returnedByAudit(t *tale) {
	pendingSign(t)
	t.answered()
	t.wait(1, 3)
	t.askClosing()
	t.wait(0.5, 2)
	t.audit(false)
}

// closes is the way from the answer to the end, with or without a rating. Most of what
// was granted is done before; some is done late, and chased.
func (t *tale) closes() {
	t.answered()
	if t.chance(65) {
		t.later(0.5, 12)
		t.rate()
	}
	if t.chance(85) {
		t.carryOut(2, 12)
	}
	t.wait(0.5, 4)
	t.askClosing()
	for range 2 { // the unit's own audit, then the assigner's where there is one
		t.wait(0.5, 3)
		t.audit(true)
	}
	t.carryOut(20, 45)
}

func closed(t *tale) {
	handling(t)
	t.wait(1, 10)
	t.draft()
	t.closes()
}

func closedBelow(t *tale) {
	handlingBelow(t)
	t.wait(1, 6)
	t.draft()
	t.closes()
}

func closedLate(t *tale) {
	extended(t)
	t.wait(2, 9)
	t.draft()
	t.closes()
}

func closedAfterReturn(t *tale) {
	returnedByAudit(t)
	t.wait(1, 4)
	t.note(t.scene.say(pick(t.scene.rng, words.NoteInternal)), false)
	t.draft()
	t.closes()
}

func enquiryAnswered(t *tale) {
	distributed(t)
	t.wait(0.3, 4)
	if t.over() {
		return
	}
	t.note(t.scene.say(pick(t.scene.rng, words.EnquiryNote)), false)
	t.soon()
	t.draft()
	t.answered()
	if t.chance(50) {
		t.later(0.3, 6)
		t.rate()
	}
}

func redirected(t *tale) {
	redirectProposed(t)
	t.agreed()
}

// skippedLevels is a visit to the province about what a county decides.
func skippedLevels(t *tale) {
	province := t.rules.Units.All()[0]
	t.bring(province, petition.ByVisit)
	t.soon()
	t.refuse(petition.SkipLevel)
	t.agreed()
}

// inHand brings to the city what the county is already handling.
func inHand(t *tale) {
	t.arrive(t.upper())
	t.wait(0.1, 0.8)
	t.refuse(petition.InHand)
	t.agreed()
}

func litigation(t *tale) {
	litigationProposed(t)
	t.agreed()
}

func finalOpinion(t *tale) {
	t.arrive(t.upper())
	t.wait(0.2, 1.5)
	t.refuse(petition.FinalOpinion)
	t.agreed()
}

func legallyEnded(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1.5)
	t.refuse(petition.LegallyEnded)
	t.agreed()
}

func withdrawn(t *tale) {
	t.arrive(t.home())
	if t.chance(60) {
		t.begun()
	}
	t.later(1, 8)
	t.withdraw()
}
