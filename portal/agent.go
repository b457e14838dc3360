package portal

import "huiyin/web"

// agentStep asks who writes for somebody else (代理人).
var agentStep = &step{
	name: "agent", number: 4, fields: []string{"name", "mobile", "id_type", "id_number", "relation"},
	asked: func(d *draft) bool { return !d.anonymous() && d.answer("you", "as") == "agent" },
	check: checkAgent, view: viewAgent,
}

// agentPart is what the page shows besides the form.
type agentPart struct{ IDTypes []web.Option }

func viewAgent(v *visit) any { return agentPart{IDTypes: v.idTypes()} }

func checkAgent(v *visit) {
	v.name("name")
	v.mobile("mobile")
	v.identity("id_type", "id_number")
	if v.form.Get("relation") == "" {
		v.form.Refuse("relation", "wrong.relation")
	}
	v.tooLong("relation", maxLine)
}
