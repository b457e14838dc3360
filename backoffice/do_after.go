package backoffice

import "huiyin/petition"

// executeTask records that what the opinion granted has been done (Art. 32).
var executeTask = task{
	ask: true,
	fields: func(*taskPage) []field {
		return []field{{Name: "execution.done", Kind: "day"}, {Name: "text", Kind: "tall"}}
	},
	start: func(t *taskPage) { t.first("execution.done", petition.Day(t.now)) },
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Execute, Text: t.Get("text"), Execution: &petition.Execution{Done: t.Get("execution.done")}}
	},
}

// archiveTask lays the file to rest (row 38).
var archiveTask = task{
	ask:    true,
	fields: func(*taskPage) []field { return []field{{Name: "reason", Kind: "area", Free: true}} },
	act:    withReason(petition.Archive),
}
