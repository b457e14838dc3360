package backoffice

import (
	"slices"
	"time"

	"huiyin/petition"
)

// takeReviewTask and refuseReviewTask answer somebody who asks that the opinion of a
// unit below be looked into (row 29).
var (
	takeReviewTask = task{
		paper:  true,
		fields: func(*taskPage) []field { return []field{{Name: "text", Kind: "area", Free: true}} },
		act: func(t *taskPage) petition.Act {
			return petition.Act{Action: petition.TakeReview, Text: t.Get("text")}
		},
	}
	refuseReviewTask = task{
		paper: true,
		fields: func(*taskPage) []field {
			return []field{{Name: "text", Kind: "tall"}, {Name: "reason", Kind: "area"}}
		},
		extra: needText,
		act: func(t *taskPage) petition.Act {
			return petition.Act{Action: petition.RefuseReview, Text: t.Get("text"), Reason: t.Get("reason")}
		},
	}
)

// challenge is a request for a review: who decided before, with what paper, and what
// the petitioner says against it.
type challenge struct {
	Unit  petition.Unit
	Paper *petition.Paper // nil where it was not signed here
	Asked string
	At    time.Time
}

// challenge is what the leg reviews; nil where it reviews nothing.
func (d *dossier) challenge() *challenge {
	under := d.Leg(d.leg.From)
	if !d.leg.Kind.Reviews() || under == nil {
		return nil
	}
	one := challenge{Paper: under.Draft}
	one.Unit, _ = d.rules.Units.Unit(under.Unit)
	for _, e := range slices.Backward(d.Events) {
		if e.Act.Action == petition.AskReview && e.Act.Leg == under.N {
			one.Asked, one.At = e.Act.Text, e.At
			if !e.Act.At.IsZero() {
				one.At = e.Act.At
			}
			break
		}
	}
	return &one
}

// Challenge is what the page's leg reviews, to stand beside the form.
func (t *taskPage) Challenge() *challenge { return t.challenge() }
