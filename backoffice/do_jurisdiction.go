package backoffice

import (
	"strings"

	"huiyin/petition"
	"huiyin/web"
)

// acceptTask takes the matter on (row 15).
var acceptTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		all := []field{t.reasonField()}
		if !t.by.Is(petition.Handler) {
			all = append(all, field{Name: "handler", Kind: "pick", Options: t.handlers(), Blank: "form.later"})
		}
		return append(all, field{Name: "text", Kind: "area", Free: true})
	},
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Accept, Reason: t.Get("reason"), Text: t.Get("text"), Check: t.path()}
		t.name(&act)
		return act
	},
}

// redirectTask tells who is competent (row 7). Nobody leaves without a name and a
// telephone number.
var redirectTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		return append([]field{
			{Name: "text", Kind: "tall"},
			{Name: "body", Kind: "pick", Options: t.bodyOptions(""), Blank: "form.choose"},
		}, append(bodyFields, t.reasonField())...)
	},
	extra: needText,
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Redirect, Text: t.Get("text"), Reason: t.Get("reason"),
			Check: t.path(), Body: t.body()}
	},
}

var bodyFields = []field{
	{Name: "body.name", Kind: "line", Free: true}, {Name: "body.phone", Kind: "short", Free: true},
	{Name: "body.where", Kind: "line", Free: true}, {Name: "body.bring", Kind: "line", Free: true},
}

// refuseTask is a refusal with its ground (row 8). Skipping a level is offered for visits
// only, and where there is a unit so far below; for all else the way down is shown.
var refuseTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "ground", Kind: "radios", Options: t.groundOptions()},
			{Name: "link.number", Kind: "short", When: "ground=R2"},
			{Name: "to", Kind: "pick", Options: unitChoices(petition.Skipped(t.rules.Units, t.leg.Unit)), Blank: "form.choose", When: "ground=R1"},
			{Name: "body", Kind: "pick", Options: t.bodyOptions("political_legal"), Blank: "form.none", When: "ground=R5"},
			{Name: "text", Kind: "tall"},
			t.reasonField(),
		}
	},
	extra: needText,
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Refuse, Ground: petition.Ground(t.Get("ground")), Text: t.Get("text"),
			Reason: t.Get("reason"), Check: t.path()}
		switch act.Ground {
		case petition.InHand:
			act.Link = &petition.Link{Number: caseNumber(t.Get("link.number"))}
		case petition.SkipLevel:
			act.To = petition.UnitID(t.Get("to"))
		case petition.Litigation:
			if t.Get("body") != "" {
				act.Body = t.body()
			}
		}
		return act
	},
}

// referTask passes the matter down (row 11); assignTask does so with a deadline and a
// report due (row 12).
var referTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "to", Kind: "pick", Options: unitChoices(petition.Below(t.rules.Units, t.leg.Unit)), Blank: "form.choose"},
			t.reasonField(),
			{Name: "text", Kind: "area", Free: true},
		}
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Refer, To: petition.UnitID(t.Get("to")), Reason: t.Get("reason"),
			Text: t.Get("text"), Check: t.path()}
	},
}

var assignTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "to", Kind: "pick", Options: unitChoices(petition.Below(t.rules.Units, t.leg.Unit)), Blank: "form.choose"},
			{Name: "deadline", Kind: "day"},
			t.reasonField(),
			{Name: "text", Kind: "area", Free: true},
		}
	},
	start: func(t *taskPage) {
		t.first("deadline", petition.Day(t.now.AddDate(0, 0, t.rules.LawNow(t.Case).Clocks[petition.HandlingClock].Days)))
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Assign, To: petition.UnitID(t.Get("to")), Deadline: t.Get("deadline"),
			Reason: t.Get("reason"), Text: t.Get("text"), Check: t.path()}
	},
}

// sealUpTask moves a report about a cadre to the sealed compartment: from then on
// nobody here sees it, the mover included.
var sealUpTask = task{
	ask:    true,
	fields: func(t *taskPage) []field { return []field{t.reasonField()} },
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.SealUp, Reason: t.Get("reason"), Check: t.path()}
	},
}

// reasonField is the recorded reason; optional where the jurisdiction check has
// recorded it.
func (t *taskPage) reasonField() field {
	return field{Name: "reason", Kind: "area", Free: t.Get("check.reasons") != ""}
}

// needText asks for the words that the petitioner reads.
func needText(t *taskPage) {
	if t.Get("text") == "" {
		t.Refuse("text", "problem.reason_public")
	}
}

// body is the competent body: from the directory, with what was typed over it.
func (t *taskPage) body() *petition.Body {
	unit, _ := t.rules.Units.Unit(t.leg.Unit)
	found, _ := t.office.findBody(t.Get("body"), unit)
	b := petition.Body{Name: found.Name, Phone: found.Phone, Where: found.Where, Bring: found.Bring}
	for field, to := range map[string]*string{"body.name": &b.Name, "body.phone": &b.Phone,
		"body.where": &b.Where, "body.bring": &b.Bring} {
		if typed := t.Get(field); typed != "" {
			*to = typed
		}
	}
	return &b
}

func (t *taskPage) bodyOptions(only string) []web.Option {
	unit, _ := t.rules.Units.Unit(t.leg.Unit)
	var all []web.Option
	for _, b := range t.office.bodies {
		if only != "" && b.Kind != only {
			continue
		}
		named, _ := t.office.findBody(b.ID, unit)
		label := named.Name + " " + b.Phone
		if b.What != "" {
			label = t.office.say(t.c, "redirect.option", "name", named.Name, "what", b.What, "phone", b.Phone)
		}
		all = append(all, web.Option{Value: b.ID, Label: strings.TrimSpace(label),
			Group: t.office.say(t.c, "redirect."+b.Kind)})
	}
	return all
}

// groundOptions are the grounds on which the case can be refused here.
func (t *taskPage) groundOptions() []web.Option {
	law := t.rules.LawNow(t.Case)
	var all []web.Option
	for _, g := range petition.GroundsFor(t.Case, t.leg.Unit, t.rules) {
		hint := t.office.say(t.c, "refuse.ground.article", "law", law.Name, "article", law.Grounds[g.Code])
		if g.Visit {
			hint = t.office.say(t.c, "refuse.ground.visits_only", "hint", hint)
		}
		all = append(all, web.Option{Value: string(g.Code), Label: t.office.say(t.c, "ground."+string(g.Code)), Hint: hint})
	}
	return all
}

func unitChoices(units []petition.Unit) []web.Option {
	var all []web.Option
	for _, u := range units {
		all = append(all, web.Option{Value: string(u.ID), Label: u.Name})
	}
	return all
}

// Lower is the page that passes the case down, offered where a refusal is thought of for
// something that is no visit (scenario 4.2); "" otherwise.
func (t *taskPage) Lower() string {
	if t.Action != petition.Refuse || t.Channel.Visit() {
		return ""
	}
	o, ok := t.offer(petition.Refer, t.leg.N)
	if !ok {
		return ""
	}
	return t.taskPath(o)
}
