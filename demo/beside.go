package demo

import (
	"time"

	"huiyin/petition"
)

// beside begins a second case on the same matter by the same person, some days after
// the first was received.
func (t *tale) beside(pl *plan) *tale {
	gap := pl.gap
	if gap[1] == 0 {
		gap = [2]float64{12, 16}
	}
	other := t.apart()
	other.linked, other.earlier = t.c, t
	other.at = awake(other.scene.rng, t.c.Received.Add(other.days(gap[0], gap[1])))
	other.scene.at = other.at
	other.scene.set("earlier", t.c.Number, "earlierday", words.Dates.full(t.c.Received),
		"filed", words.Dates.full(other.at))
	other.c = other.blank()
	return other
}

// apart is a tale of the same people at the same place, of which nothing is told yet.
func (t *tale) apart() *tale {
	other := *t
	s := *t.scene
	s.names = append(make([]string, 0, 64), t.scene.names...)
	other.scene, other.leg, other.ending, other.notice, other.parts = &s, 0, nil, nil, nil
	return &other
}

// sayAgain is how somebody brings the same matter a second time.
func (t *tale) sayAgain(title text, facts []text) {
	s := t.scene
	t.filing.Facts = s.say(pick(s.rng, facts))
	t.filing.Earlier, t.filing.EarlierNumber = "answered", t.linked.Number
	if len(title.pieces) > 0 {
		t.filing.Title = s.say(title)
		s.set("title", t.filing.Title)
	}
}

// link points at the case told before.
func (t *tale) link() *petition.Link {
	at := t.linked.Legs[len(t.linked.Legs)-1]
	return &petition.Link{Case: t.linked.ID, Number: t.linked.Number, Unit: at.Unit}
}

// judgeRepeat: the registrar finds that it was here before.
func (t *tale) judgeRepeat() {
	if t.over() {
		return
	}
	t.do(t.actor(petition.Registrar), petition.Act{Action: petition.Judge, Leg: t.leg, Link: t.link(),
		Reason: t.scene.say(pick(t.scene.rng, words.Repeat))})
}

// judgeFirst: nobody brought it before.
func (t *tale) judgeFirst() {
	if t.over() || t.c.Repeat != nil {
		return
	}
	t.do(t.actor(petition.Registrar), petition.Act{Action: petition.Judge, Leg: t.leg, First: true,
		Reason: t.scene.say(pick(t.scene.rng, words.First))})
}

// signFor: the first handler takes a first petition on, within a working day.
func (t *tale) signFor() {
	if t.c.Repeat == nil || !t.c.Repeat.First {
		return
	}
	t.at = t.desk.next(t.scene.rng, t.at.Add(time.Duration(10+t.scene.rng.IntN(100))*time.Minute))
	t.scene.at = t.at
	if !t.over() {
		t.do(t.handler(), petition.Act{Action: petition.SignFor, Leg: t.leg})
	}
}

// turned records on the earlier case what became of it, and why.
func (t *tale) turned(kind petition.TurnKind, cause string, reasons []text) {
	t.soon()
	if t.over() || t.earlier.err != nil {
		return
	}
	e := t.earlier
	e.at, e.scene.at = t.at, t.at
	e.do(e.actor(petition.Registrar), petition.Act{Action: petition.Turn, Leg: e.leg,
		Turned: &petition.Turned{Kind: kind, Cause: cause}, Reason: e.scene.say(pick(e.scene.rng, reasons)),
		Link: &petition.Link{Case: t.c.ID, Number: t.c.Number, Unit: t.here()}})
}
