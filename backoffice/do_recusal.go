package backoffice

import (
	"huiyin/petition"
	"huiyin/web"
)

// declareRecusalTask: whoever has to do with the matter himself asks to be kept away
// from it (row 18, Art. 28).
var declareRecusalTask = task{ask: true, fields: reasonOnly, act: withReason(petition.DeclareRecusal)}

// decideRecusalTask says whether somebody keeps away, and who takes over. Whoever asked
// for it on the portal or at the counter is told; what staff declare stays inside.
var decideRecusalTask = task{
	paper: true,
	ask:   true,
	fields: func(t *taskPage) []field {
		all := []field{{Name: "granted", Kind: "radios", Options: t.said("recusal.granted.", "yes", "no")}}
		asked := t.leg.Recusal
		switch {
		case asked == nil:
		case asked.Head && asked.Whom.IsZero():
			all = append(all, field{Name: "whom", Kind: "pick", Options: t.heads(), Blank: "form.choose", When: "granted=yes"})
		case !asked.Head && (asked.Whom.IsZero() || asked.Whom == t.leg.Handler) && !t.leg.Handler.IsZero():
			all = append(all, field{Name: "handler", Kind: "pick", Options: t.others(), Blank: "form.choose", When: "granted=yes"})
		}
		if t.papers() {
			all = append(all, field{Name: "text", Kind: "tall"})
		}
		return append(all, field{Name: "reason", Kind: "area"})
	},
	extra: func(t *taskPage) {
		if t.Get("granted") == "" {
			t.Refuse("granted", "problem.choice")
		}
		asked := t.leg.Recusal
		if t.Get("granted") == "yes" && asked != nil && asked.Head && asked.Whom.IsZero() && t.Get("whom") == "" {
			t.Refuse("whom", "problem.whom_missing")
		}
		if t.papers() {
			needText(t)
		}
	},
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.DecideRecusal, Granted: t.Get("granted") == "yes", Reason: t.Get("reason"), Text: t.Get("text")}
		asked := t.leg.Recusal
		if asked == nil || !act.Granted {
			return act
		}
		switch {
		case !asked.Whom.IsZero():
			act.Whom = asked.Whom
		case !asked.Head:
			act.Whom = t.leg.Handler
		default:
			if id, err := petition.ParseID(t.Get("whom")); err == nil {
				act.Whom = id
			}
		}
		if !asked.Head {
			t.name(&act)
		}
		return act
	},
}

// others are the people who can take over from the handler.
func (t *taskPage) others() []web.Option {
	var all []web.Option
	for _, o := range t.handlers() {
		if o.Value != t.leg.Handler.String() {
			all = append(all, o)
		}
	}
	return all
}

// heads are the heads of the unit whose matter it is: one of them was meant.
func (t *taskPage) heads() []web.Option {
	people, err := t.office.store.Colleagues(t.c.Request.Context(), t.by, t.leg.Unit)
	if err != nil {
		return nil // nobody to choose from: the form says so
	}
	var all []web.Option
	for _, p := range people {
		if (petition.Actor{Roles: p.Roles}).Is(petition.UnitHead) {
			all = append(all, web.Option{Value: p.ID.String(), Label: p.Name, Group: t.office.officeName(t.c, p.Office)})
		}
	}
	return all
}
