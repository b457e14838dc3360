package backoffice

import (
	"huiyin/petition"
	"huiyin/web"
)

// askClosingTask asks for the closing audit; whoever assigned the case gets the report
// (row 25).
var askClosingTask = task{
	fields: func(t *taskPage) []field {
		return []field{{Name: "text", Kind: "tall", Free: t.leg.Kind != petition.Assignment}}
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.AskClosing, Text: t.Get("text")}
	},
}

// auditPassTask and auditReturnTask are the two ends of the closing audit, by somebody
// who did not handle the case (rows 26, 27; scenarios 7.2, 7.3).
var (
	auditPassTask = task{
		twin:  petition.AuditReturn,
		shown: draftShown,
		fields: func(t *taskPage) []field {
			all := []field{{Name: "audit", Kind: "audit"}, {Name: "reason", Kind: "area", Free: true},
				{Name: "fault", Kind: "pick", Options: t.faultOptions(), Blank: "audit_return.no_fault", Free: true}}
			if t.leg.AuditAt != 0 && t.leg.AuditAt != t.leg.N {
				all = append(all, field{Name: "deadline", Kind: "day", Free: true})
			}
			return all
		},
		act: func(t *taskPage) petition.Act {
			return petition.Act{Action: petition.AuditPass, Audit: t.audit(), Reason: t.Get("reason"),
				Fault: petition.DutyCause(t.Get("fault"))}
		},
	}
	auditReturnTask = task{
		twin:   petition.AuditPass,
		shown:  draftShown,
		fields: auditPassTask.fields,
		act: func(t *taskPage) petition.Act {
			return petition.Act{Action: petition.AuditReturn, Audit: t.audit(), Reason: t.Get("reason"),
				Deadline: t.Get("deadline"), Fault: petition.DutyCause(t.Get("fault"))}
		},
	}
)

// faultOptions are what the audit may find that is to be supervised.
func (t *taskPage) faultOptions() []web.Option {
	all := make([]web.Option, len(petition.AuditFaults))
	for i, cause := range petition.AuditFaults {
		all[i] = web.Option{Value: string(cause), Label: t.office.say(t.c, "duty.cause."+string(cause))}
	}
	return all
}

// audit is the checklist as it was ticked.
func (t *taskPage) audit() []petition.Checked {
	all := make([]petition.Checked, 0, len(petition.Checklist))
	for _, item := range petition.Checklist {
		all = append(all, petition.Checked{Item: item, OK: t.Has("audit."+item, "yes")})
	}
	return all
}

// Checklist is what the auditor looks at.
func (t *taskPage) Checklist() []string { return petition.Checklist }

// nameItems puts the words of the checklist into what is said of its open items.
func (t *taskPage) nameItems() {
	for _, p := range t.Problems {
		if item := p.Args["item"]; item != "" {
			p.Args["what"] = t.office.say(t.c, "check."+item)
		}
	}
}
