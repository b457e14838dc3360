package backoffice

import (
	"huiyin/petition"
	"huiyin/web"
)

// recordGapTask makes a rule that is missing a matter of its own (scenario 5.2); the
// form of an opinion asks the same.
var recordGapTask = task{
	fields: func(t *taskPage) []field { return t.gapFields("") },
	start:  func(t *taskPage) { t.first("gap.owner", t.by.Staff.String()) },
	act:    func(t *taskPage) petition.Act { return petition.Act{Action: petition.RecordGap, Gap: t.gap()} },
}

// gapFields ask what is missing, who sees to it and until when.
func (t *taskPage) gapFields(when string) []field {
	var people []web.Option
	for _, p := range t.people {
		people = append(people, web.Option{Value: p.ID.String(), Label: p.Name, Group: t.office.officeName(t.c, p.Office)})
	}
	return []field{{Name: "gap.what", Kind: "area", When: when},
		{Name: "gap.owner", Kind: "pick", Options: people, Blank: "form.choose", When: when},
		{Name: "gap.due", Kind: "day", When: when}}
}

// gap is what the form says of it.
func (t *taskPage) gap() *petition.Gap {
	owner, err := petition.ParseID(t.Get("gap.owner"))
	if err != nil {
		owner = petition.ID{} // the rules ask for one
	}
	g := &petition.Gap{What: t.Get("gap.what"), Owner: owner, Due: t.Get("gap.due")}
	for _, p := range t.people {
		if p.ID == owner {
			g.OwnerName = p.Name
		}
	}
	return g
}

// mayFindGap tells whether the opinion may say that a rule is missing: a case shows one.
func (t *taskPage) mayFindGap() bool { return t.Case.Gap == nil && !t.leg.Kind.Reviews() }
