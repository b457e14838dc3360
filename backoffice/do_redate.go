package backoffice

import "huiyin/petition"

// redateTask corrects the day on which a letter, visit or call was received. The hour is
// not asked for again: limits count days.
var redateTask = task{
	ask: true,
	fields: func(*taskPage) []field {
		return []field{{Name: "at", Kind: "day"}, {Name: "reason", Kind: "area"}}
	},
	start: func(t *taskPage) { t.Set("at", petition.Day(t.Case.Received)) },
	act: func(t *taskPage) petition.Act {
		at, _ := petition.ParseDay(t.Get("at")) // what is no day is zero, which the rules refuse
		return petition.Act{Action: petition.Redate, At: at, Reason: t.Get("reason")}
	},
}
