package backoffice

import "huiyin/petition"

// objectTask says that a transfer is not ours (row 13).
var objectTask = task{
	ask:    true,
	fields: reasonOnly,
	act:    withReason(petition.Object),
}

// agreeTask and overruleTask are the sender's two answers to an objection (row 14).
var (
	agreeTask    = task{fields: reasonOnly, act: withReason(petition.AgreeBack), twin: petition.Overrule}
	overruleTask = task{fields: reasonOnly, act: withReason(petition.Overrule), twin: petition.AgreeBack}
)

func reasonOnly(*taskPage) []field { return []field{{Name: "reason", Kind: "tall"}} }

// withReason is an act that needs nothing but a reason.
func withReason(a petition.Action) func(*taskPage) petition.Act {
	return func(t *taskPage) petition.Act {
		return petition.Act{Action: a, Reason: t.Get("reason")}
	}
}
