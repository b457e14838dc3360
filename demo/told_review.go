package demo

import "huiyin/petition"

// The stories of reviews, hearings, recusals and what follows an answer.

// until lets the matter rest until so many days of ordinary weeks before the present, if
// that is still to come: what runs out otherwise is then still under way.
func (t *tale) until(days float64) {
	if target := t.desk.back(t.now, days); t.at.Before(target) {
		t.at = target
		t.wait(0, 0.3)
	}
}

// answeredLately is handled, and answered so many days ago.
func (t *tale) answeredLately(days float64) {
	t.arrive(t.home())
	t.begun()
	t.work(0.5, 2.5)
	t.until(days)
	t.contest()
}

func reviewAsked(t *tale) {
	t.answeredLately(17)
	t.askReview(t.ending.Review.Ask)
}

func underReview(t *tale) {
	t.answeredLately(21)
	t.askReview(t.ending.Review.Ask)
	t.takeReview()
}

func reviewRefused(t *tale) {
	t.answeredLately(26)
	t.askReview(words.ReviewRefuseAsk[0])
	t.refuseReview()
	t.leg = 1
}

// reviewed is reviewed with an outcome; the answer came so many days ago.
func (t *tale) reviewedWith(outcome petition.Outcome, days float64) {
	t.answeredLately(days)
	t.askReview(t.ending.Review.Ask)
	t.takeReview()
	t.reviewed(outcome)
}

func upheld(t *tale)  { t.reviewedWith(petition.Upheld, 34) }
func changed(t *tale) { t.reviewedWith(petition.Changed, 34) }

// annulled is being done again by the unit whose answer did not stand.
func annulled(t *tale) {
	t.reviewedWith(petition.SentBack, 42)
	t.leg = 1
	t.wait(0.5, 2)
	if !t.over() {
		t.note(t.scene.say(pick(t.scene.rng, words.NoteInternal)), false)
	}
}

func reReview(t *tale) {
	t.reviewedWith(petition.Upheld, 42)
	t.askReview(t.ending.Review.Again)
	t.given()
}

func final(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(1, 4)
	t.contest()
	t.askReview(t.ending.Review.Ask)
	t.takeReview()
	t.reviewed(petition.Upheld)
	t.askReview(t.ending.Review.Again)
	t.given()
	t.reviewed(petition.Upheld)
	t.leg = 1
	t.carryOut(4, 15)
}

func simplified(t *tale) {
	t.arrive(t.home())
	t.wait(0.02, 0.2)
	t.distribute()
	t.simplify()
	if !t.over() {
		t.soon()
		t.note(t.scene.say(t.m.Notes[0]), false)
	}
	t.askViews()
}

func simplyClosed(t *tale) {
	simplified(t)
	t.wait(1, 4)
	t.draft()
	t.closes()
}

func recusalAsked(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(0.5, 2)
	t.until(4)
	t.later(0.1, 0.8)
	t.askRecusal()
}

func recusalGranted(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(0.5, 2)
	t.later(0.5, 2)
	t.askRecusal()
	t.grantRecusal()
}

func recusalDeclared(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.wait(0.1, 0.6)
	t.declareRecusal(t.handler(), words.RecusalDeclare)
	t.grantRecusal()
	t.work(1, 4)
	t.wait(1, 4)
	t.draft()
	t.closes()
}

// headRecused waits for the unit above to decide about the head of the unit.
func headRecused(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(0.5, 2)
	t.until(5)
	t.declareRecusal(t.actor(petition.UnitHead), words.RecusalHead)
}

func inHearing(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(0.5, 2)
	t.until(6)
	t.openHearing()
}

func heard(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(1, 3)
	t.openHearing()
	t.wait(9, 11)
	t.closeHearing()
	t.wait(2, 6)
	t.draft()
	t.closes()
}

func settled(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(1, 5)
	t.wait(1, 4)
	t.settle()
	t.wait(0.5, 2)
	t.draft()
	t.closes()
}

func disputed(t *tale) {
	objected(t)
	t.decide(petition.Overrule, words.Overrule)
	t.dispute()
}

func ruled(t *tale) {
	disputed(t)
	t.rule()
	t.take()
	t.begun()
	t.work(1, 4)
}

// supervised was closed on a promise that nobody kept.
func supervised(t *tale) {
	t.arrive(t.home())
	t.begun()
	t.work(1, 4)
	t.wait(1, 4)
	t.end(func(e ending) bool { return e.Code.Grants() && !e.bargained() })
	t.draft()
	t.answered()
	t.wait(0.5, 2)
	t.askClosing()
	t.wait(0.5, 2)
	t.audit(true)
}

// archived is closed, done and at rest.
func archived(t *tale) {
	closed(t)
	t.wait(95, 120)
	t.archive()
}
