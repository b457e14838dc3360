package demo

import "huiyin/petition"

// The steps of a review (复查) and a re-review (复核), each one level up.

// contest ends the matter with an answer that the petitioner will not accept, signed
// and served.
func (t *tale) contest() {
	t.end(func(e ending) bool { return e.Review != nil })
	t.draft()
	t.answered()
}

// askReview is the petitioner's request; the case goes up.
func (t *tale) askReview(said text) {
	t.later(0.5, 4)
	if t.over() {
		return
	}
	t.do(petition.Petitioner, petition.Act{Action: petition.AskReview, At: t.at, Text: t.scene.say(said)})
	t.follow()
}

// takeReview: the level above takes it on and says so.
func (t *tale) takeReview() {
	t.wait(0.3, 1.5)
	if t.over() {
		return
	}
	paper := t.notify(petition.ReviewAcceptance, "basis_review", part("", t.lines(papers.ReviewAccepted)...))
	t.issue(paper)
	t.do(t.actor(petition.Registrar), petition.Act{Action: petition.TakeReview, Leg: t.leg, Paper: paper})
	t.given()
}

// given hands the review to somebody who did not handle the matter.
func (t *tale) given() {
	t.wait(0.05, 0.6)
	if !t.over() {
		t.distribute()
	}
}

// refuseReview: what is asked was not part of the answer; the office head decides.
func (t *tale) refuseReview() {
	t.wait(0.3, 2)
	if t.over() {
		return
	}
	t.notice = func() *petition.Paper {
		return t.verdict(petition.ReviewRefusal, "basis_review", part("", t.lines(papers.ReviewRefused)...))
	}
	t.propose(t.actor(petition.Registrar), petition.Act{Action: petition.RefuseReview, Leg: t.leg,
		Reason: t.scene.say(pick(t.scene.rng, words.ReviewRefuse))}, petition.OfficeHead, t.notice)
	t.agreed()
}

// reviewed is the opinion of the level above, signed and served.
func (t *tale) reviewed(outcome petition.Outcome) {
	t.wait(2, 5)
	if t.over() {
		return
	}
	paper := t.reviewPaper(outcome)
	t.do(t.handler(), petition.Act{Action: petition.Draft, Leg: t.leg, Outcome: outcome, Paper: paper})
	t.wait(0.3, 2)
	if t.over() {
		return
	}
	signed := *t.c.Legs[t.leg-1].Draft
	t.issue(&signed)
	t.do(t.actor(petition.UnitHead), petition.Act{Action: petition.Sign, Leg: t.leg, Paper: &signed})
	t.wait(0.05, 1)
	t.serve()
}

// reviewPaper is the opinion of a review, or of a re-review.
func (t *tale) reviewPaper(outcome petition.Outcome) *petition.Paper {
	r, s, unit := t.ending.Review, t.scene, t.here()
	if t.c.Legs[t.leg-1].Kind == petition.ReReview {
		p := t.notify(petition.ReReviewOpinion, "basis_final", part("", t.lines(papers.FinalIntro)...),
			part("asked_again", s.say(r.Again)), part("looked_again", s.say(papers.Phrases["looked_again"])),
			part("final", s.say(r.Final)))
		p.Remedy = s.say(papers.RemedyFinal)
		return p
	}
	said := map[petition.Outcome]text{petition.Upheld: r.Upheld, petition.Changed: r.Changed, petition.SentBack: r.Annulled}
	p := t.notify(petition.ReviewOpinion, "basis_review", part("", t.lines(papers.ReviewIntro)...),
		part("asked", s.say(r.Ask)), part("looked", s.say(r.Looked)), part("reviewed", s.say(said[outcome])))
	s.set("review", plainName(t.above(unit)))
	p.Remedy = s.say(papers.RemedyReview)
	if outcome == petition.SentBack {
		p.Remedy = s.say(papers.RemedyRedone)
	}
	return p
}
