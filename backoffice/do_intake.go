package backoffice

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// registerTask fixes the content code; the number is given when it is stored.
var registerTask = task{
	fields: func(t *taskPage) []field {
		return []field{{Name: "topic", Kind: "pick", Options: t.office.topicOptions(t.c, false), Blank: "form.choose"}}
	},
	start: func(t *taskPage) { t.first("topic", string(t.Topic)) },
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Register, Topic: petition.Topic(t.Get("topic"))}
	},
}

// distributeTask gives the case to a handler of the unit.
var distributeTask = task{
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "handler", Kind: "pick", Options: t.handlers(), Blank: "form.choose"},
			{Name: "reason", Kind: "area", Free: true},
		}
	},
	start: func(t *taskPage) {
		if !t.leg.Handler.IsZero() {
			t.first("handler", t.leg.Handler.String())
		}
	},
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Distribute, Reason: t.Get("reason"), Check: t.path()}
		t.name(&act)
		return act
	},
}

// askInfoTask asks the petitioner once for what is missing (row 4).
var askInfoTask = task{
	paper: true,
	fields: func(*taskPage) []field {
		return []field{{Name: "text", Kind: "tall"}, {Name: "deadline", Kind: "day"}}
	},
	start: func(t *taskPage) {
		t.first("deadline", petition.Day(t.now.AddDate(0, 0, t.rules.LawNow(t.Case).InfoDays)))
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.AskInfo, Text: t.Get("text"), Deadline: t.Get("deadline")}
	},
}

// first gives a field its value where the form has none yet.
func (t *taskPage) first(field, value string) {
	if _, filled := t.Values[field]; !filled {
		t.Set(field, value)
	}
}

// handlers are the people of the unit to whom a case can be given, by their office.
func (t *taskPage) handlers() []web.Option {
	var all []web.Option
	for _, p := range t.people {
		if (petition.Actor{Roles: p.Roles}).Is(petition.Handler) {
			all = append(all, web.Option{Value: p.ID.String(), Label: p.Name, Group: t.office.officeName(t.c, p.Office)})
		}
	}
	return all
}

// officeName is the name of an inner office, by its code or as the unit calls it.
func (w *Office) officeName(c *gin.Context, office string) string {
	if w.site.Text.Has(web.Lang(c), "office."+office) {
		return w.say(c, "office."+office)
	}
	return office
}

// name puts the handler chosen, and his office, into the act.
func (t *taskPage) name(act *petition.Act) {
	id, err := petition.ParseID(t.Get("handler"))
	if err != nil {
		return // the rules ask for it where it is needed
	}
	for _, p := range t.people {
		if p.ID == id {
			act.Handler, act.HandlerName, act.Office = p.ID, p.Name, p.Office
			return
		}
	}
	act.Handler = id // nobody of this unit: the rules refuse him
}
