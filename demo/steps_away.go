package demo

import "huiyin/petition"

// The steps by which a matter goes on elsewhere: in another case, in a legal procedure,
// in its parts, or not at all.

// merge puts it into the case of the same person that is in hand; the office head
// approves.
func (t *tale) merge() {
	if t.over() {
		return
	}
	t.notice = func() *petition.Paper {
		return t.verdict(petition.MergeNotice, "basis_merge", part("", t.lines(papers.Merge)...))
	}
	t.propose(t.actor(petition.Registrar), petition.Act{Action: petition.Merge, Leg: t.leg, Link: t.link(),
		Reason: t.scene.say(pick(t.scene.rng, words.MergeReason))}, petition.OfficeHead, t.notice)
}

// noLonger does not take again what had its last word years ago, on paper.
func (t *tale) noLonger() {
	if t.over() {
		return
	}
	s, province := t.scene, t.rules.Units.All()[0]
	day := t.at.AddDate(-7, 0, -20-s.rng.IntN(200))
	s.set("priorn", itoa(3+s.rng.IntN(40)), "priory", itoa(day.Year()))
	prior := &petition.Prior{Number: s.say(words.PriorNumber), Day: petition.Day(day), Unit: plainName(province)}
	s.set("prior", prior.Number, "priorday", words.Dates.full(day), "priorunit", prior.Unit)
	t.notice = func() *petition.Paper {
		return t.verdict(petition.NoLongerNotice, "basis_no_longer", part("", t.lines(papers.NoLonger)...),
			part("ground", t.lines(papers.NoLongerWhy)...), part("next", t.lines(papers.NoLongerNext)...))
	}
	t.propose(t.actor(petition.Registrar), petition.Act{Action: petition.NoLongerTake, Leg: t.leg, Prior: prior,
		Reason: s.say(words.NoLongerReason),
		Check:  t.path("scope_yes", func(p *petition.Jurisdiction) { p.Final = "yes" })},
		petition.OfficeHead, t.notice)
}

// divert leads it into the legal procedure that it has.
func (t *tale) divert() {
	if t.over() {
		return
	}
	r, s := t.m.Divert, t.scene
	body := petition.Body{Name: s.say(r.Name), Phone: r.Phone, Where: s.say(r.Where), Bring: s.say(r.Bring)}
	t.notice = func() *petition.Paper {
		s.set("org", body.Name, "phone", body.Phone, "where", body.Where, "bring", body.Bring)
		where := part("where", t.lines(papers.RedirectBody)...)
		s.set("phone", t.unit(t.here()).Phone)
		return t.verdict(petition.DiversionNotice, "basis_diversion", part("", t.lines(papers.Diversion)...),
			part("why", s.say(r.Why)), where)
	}
	t.propose(t.actor(petition.Registrar), petition.Act{Action: petition.Divert, Leg: t.leg, Body: &body,
		Procedure: r.Procedure, Reason: s.say(r.Explain),
		Check: t.path("scope_legal", func(p *petition.Jurisdiction) { p.Legal = "yes" })},
		petition.OfficeHead, t.notice)
}

// divide makes a case of its own of each matter; the office head does it.
func (t *tale) divide() {
	if t.over() {
		return
	}
	by, ids := t.actor(petition.OfficeHead), make([]petition.Part, len(t.extracts))
	for i, x := range t.extracts {
		x.Case = t.blank().ID
		ids[i] = x
	}
	t.do(by, petition.Act{Action: petition.Divide, Leg: t.leg, Parts: ids,
		Reason: t.scene.say(pick(t.scene.rng, words.DivideReason))})
	if t.err != nil {
		return
	}
	for i, act := range petition.Children(t.c) {
		child := t.apart()
		child.c, child.m, child.filing = &petition.Case{ID: t.c.Parts[i].Case}, t.m.Parts[i], *act.Filing
		child.do(petition.Registering(by), act)
		child.leg = 1
		child.scene.set("title", act.Filing.Title, "number", act.Number, "phone", t.unit(by.Unit).Phone)
		t.parts = append(t.parts, child)
	}
}
