package backoffice

import "huiyin/petition"

// judgeTask decides whether a matter is a first petition or comes again (domain §3.7):
// the program suggests, a person decides.
var judgeTask = task{
	linked: true,
	fields: func(t *taskPage) []field {
		all := []field{{Name: "first", Kind: "radios", Options: t.said("judge.first.", "yes", "no")}}
		return append(append(all, t.linkFields("first=no", false)...), field{Name: "reason", Kind: "area"})
	},
	extra: func(t *taskPage) {
		if t.Get("first") == "" {
			t.Refuse("first", "problem.choice")
		}
	},
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Judge, First: t.Get("first") != "no", Reason: t.Get("reason")}
		if t.Get("first") == "no" {
			act.Link = t.link()
		}
		return act
	},
}

// signForTask: the first handler takes it on in writing (scenario 3.1).
var signForTask = task{
	fields: func(*taskPage) []field { return nil },
	act:    func(*taskPage) petition.Act { return petition.Act{Action: petition.SignFor} },
}

// turnTask records that an earlier matter came back in another form, and why it did
// (clause 3).
var turnTask = task{
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "turned.kind", Kind: "radios", Options: t.said("turn.", listed(petition.TurnKinds)...)},
			{Name: "turned.cause", Kind: "radios", Options: t.said("turn_cause.", petition.TurnCauses...)},
			{Name: "link.number", Kind: "short", Free: true},
			{Name: "reason", Kind: "area"},
		}
	},
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Turn, Reason: t.Get("reason"),
			Turned: &petition.Turned{Kind: petition.TurnKind(t.Get("turned.kind")), Cause: t.Get("turned.cause")}}
		if t.Get("link.number") != "" {
			act.Link = t.link()
		}
		return act
	},
}

// renewTask confirms that a matter that has ended is brought with new facts (row 39).
var renewTask = task{
	fields: func(*taskPage) []field {
		return []field{{Name: "link.number", Kind: "short"}, {Name: "reason", Kind: "tall"}}
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Renew, Link: t.link(), Reason: t.Get("reason")}
	},
}
