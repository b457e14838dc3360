package backoffice

import (
	"strings"

	"huiyin/petition"
)

// openHearingTask calls a hearing (rows 19, 32, Art. 31): the petitioner reads day,
// place and what it is about.
var openHearingTask = task{
	paper: true,
	fields: func(*taskPage) []field {
		return []field{{Name: "deadline", Kind: "day"}, {Name: "hour", Kind: "short"}, {Name: "place", Kind: "line"},
			{Name: "text", Kind: "tall"}, {Name: "reason", Kind: "area"}}
	},
	extra: func(t *taskPage) {
		for _, name := range []string{"hour", "place", "text"} {
			if t.Get(name) == "" {
				t.Refuse(name, "problem.required")
			}
		}
	},
	act: func(t *taskPage) petition.Act {
		told := []string{t.Get("hour"), t.Get("place"), t.Get("text")}
		for i, key := range []string{"hearing.hour", "hearing.place", "hearing.about"} {
			if told[i] != "" { // the notice is Chinese, whoever writes it
				told[i] = t.office.site.Text.Say("zh-CN", key, "what", told[i])
			}
		}
		return petition.Act{Action: petition.OpenHearing, Deadline: t.Get("deadline"), Reason: t.Get("reason"),
			Text: strings.TrimSpace(strings.Join(told, "\n"))}
	},
}

// closeHearingTask puts on file what was said and what follows from it.
var closeHearingTask = task{
	ask:    true,
	fields: func(*taskPage) []field { return []field{{Name: "text", Kind: "tall"}} },
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.CloseHearing, Text: t.Get("text")}
	},
}

// settleTask records what both sides have agreed and signed (row 20, Art. 33).
var settleTask = task{
	ask: true,
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "outcome", Kind: "radios", Options: t.said("outcome.", string(petition.Mediated), string(petition.SettledClaim))},
			{Name: "text", Kind: "tall"},
		}
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Settle, Outcome: petition.Outcome(t.Get("outcome")), Text: t.Get("text")}
	},
}
