package demo

import "huiyin/petition"

// The stories of matters that come back, go elsewhere or are several at once.

// firstJudged is distributed and waits for its handler to take it on.
func firstJudged(t *tale) {
	t.arrive(t.home())
	t.wait(0.05, 0.5)
	t.judgeFirst()
	t.soon()
	if !t.over() {
		t.distribute()
	}
}

// lapsed was asked for more, nothing came, and the office goes on with what it has.
func lapsed(t *tale) {
	asked(t)
	if t.over() {
		return
	}
	t.at = petition.EndOfDay(t.c.Legs[t.leg-1].AskedUntil)
	t.wait(0.1, 1)
	t.begun()
	t.work(0.5, 2)
}

// cameBack brings to the same office what was answered there before.
func cameBack(t *tale) {
	t.sayAgain(words.AgainTitle, words.Again)
	t.arrive(t.home())
	t.wait(0.05, 0.5)
	t.judgeRepeat()
	t.turned(petition.TurnRepeat, "poor", words.TurnPoor)
	t.goesOn(&words.AgainAnswer)
}

// cameJointly is brought by several, after one had been answered.
func cameJointly(t *tale) {
	n := 3 + t.scene.rng.IntN(5)
	t.scene.set("joint", itoa(n))
	t.filing.Cosigners = n
	t.represent()
	t.sayAgain(words.JointTitle, words.AgainJoint)
	t.arrive(t.home())
	t.wait(0.05, 0.5)
	t.judgeRepeat()
	t.turned(petition.TurnJoint, "late", words.TurnLate)
	t.goesOn(&words.JointAnswer)
}

// cameInPerson comes to the counter about what was answered by letter.
func cameInPerson(t *tale) {
	t.sayAgain(words.AgainTitle, words.AgainVisit)
	t.bring(t.home(), petition.ByVisit)
	t.wait(0.05, 0.3)
	t.judgeRepeat()
	t.turned(petition.TurnVisit, "other", words.TurnOther)
	t.goesOn(&words.VisitAnswer)
}

// goesOn is what follows for a repeat: the old file is looked at, and it is handled like
// any other, to the end.
func (t *tale) goesOn(e *ending) {
	t.begun()
	t.workOn(words.AgainNote, 1, 4)
	t.wait(1, 6)
	t.ending = e
	t.draft()
	t.closes()
}

// granted is closed with what was asked for: what comes back later is about the doing.
func granted(t *tale) {
	t.arrive(t.home())
	t.grants()
}

// grantedByLetter is the same of a letter.
func grantedByLetter(t *tale) {
	t.bring(t.home(), petition.ByLetter)
	t.grants()
}

func (t *tale) grants() {
	t.wait(0.05, 0.5)
	t.judgeFirst()
	t.begun()
	t.work(1, 5)
	t.wait(1, 8)
	t.end(func(e ending) bool { return e.Code.Grants() && !e.bargained() })
	t.draft()
	t.closes()
}

// merged brings once more what the same office is handling.
func merged(t *tale) {
	t.sayAgain(text{}, words.MergeAgain)
	t.filing.Earlier = "open"
	t.arrive(t.home())
	t.wait(0.1, 0.8)
	t.merge()
	t.agreed()
}

func noLonger(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1.2)
	t.noLonger()
	t.agreed()
}

func diverted(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1.2)
	t.divert()
	t.agreed()
}

// divided says two things: the first is being handled, the second goes to its end.
func divided(t *tale) {
	t.arrive(t.home())
	t.wait(0.2, 1)
	t.divide()
	for i, p := range t.parts {
		p.begun()
		p.work(1, 3)
		if i == 0 {
			continue
		}
		p.wait(1, 4)
		p.draft()
		p.closes()
	}
}
