package backoffice

import (
	"huiyin/petition"
	"huiyin/web"
)

// What staff record for a petitioner who came, rang or wrote: that he withdraws, or what
// he adds. Each asks who wished it and how that was known; both stand in the event and
// in the log.
var (
	withdrawTask = task{
		paper:  true,
		fields: func(t *taskPage) []field { return t.askedFields() },
		act: func(t *taskPage) petition.Act {
			return petition.Act{Action: petition.Withdraw, Asked: t.asked()}
		},
	}
	urgeTask = task{
		ask: true,
		fields: func(t *taskPage) []field {
			return append([]field{{Name: "text", Kind: "area", Free: true}}, t.askedFields()...)
		},
		act: addedAct(petition.Urge),
	}
	askRecusalTask = task{
		ask: true,
		fields: func(t *taskPage) []field {
			whom := field{Name: "head", Kind: "radios", Options: t.said("ask_recusal.head.", "no", "yes")}
			return append([]field{whom, {Name: "text", Kind: "tall"}}, t.askedFields()...)
		},
		start: func(t *taskPage) { t.first("head", "no") },
		act: func(t *taskPage) petition.Act {
			act := addedAct(petition.AskRecusal)(t)
			act.Head = t.Get("head") == "yes"
			return act
		},
	}
	askReviewTask = task{ask: true, fields: addedFields, act: addedAct(petition.AskReview)}

	supplyTask  = task{ask: true, fields: addedFields, act: addedAct(petition.Supply)}
	addInfoTask = task{ask: true, fields: addedFields, act: addedAct(petition.AddInfo)}
)

func addedFields(t *taskPage) []field {
	return append([]field{{Name: "text", Kind: "tall"}}, t.askedFields()...)
}

func addedAct(a petition.Action) func(t *taskPage) petition.Act {
	return func(t *taskPage) petition.Act {
		return petition.Act{Action: a, Text: t.Get("text"), Asked: t.asked()}
	}
}

func (t *taskPage) askedFields() []field {
	return []field{
		{Name: "asked.who", Kind: "radios", Options: t.askedOptions("who", petition.AskedBy)},
		{Name: "asked.how", Kind: "radios", Options: t.askedOptions("how", petition.AskedHow)},
		{Name: "asked.words", Kind: "area"},
	}
}

func (t *taskPage) askedOptions(field string, values []string) []web.Option {
	var all []web.Option
	for _, v := range values {
		all = append(all, web.Option{Value: v, Label: t.office.say(t.c, "asked."+field+"."+v)})
	}
	return all
}

// asked is who wished it, as the form says.
func (t *taskPage) asked() *petition.Asked {
	return &petition.Asked{Who: t.Get("asked.who"), How: t.Get("asked.how"), Words: t.Get("asked.words")}
}
