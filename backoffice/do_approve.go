package backoffice

import "huiyin/petition"

// approveTask and declineTask decide what somebody proposed. The paper is shown as the
// petitioner will read it and can be corrected before it goes out.
var (
	approveTask = task{
		twin:  petition.Decline,
		shown: proposedPaper,
		fields: func(*taskPage) []field {
			return []field{{Name: "reason", Kind: "area", Free: true}}
		},
		act: func(t *taskPage) petition.Act {
			act := petition.Act{Action: petition.Approve, Reason: t.Get("reason")}
			if p := proposedPaper(t); p != nil && t.Get("edited") == "yes" {
				t.reword(p)
				act.Paper, t.Paper = p, p
			}
			return act
		},
	}
	declineTask = task{
		twin:   petition.Approve,
		shown:  proposedPaper,
		fields: func(*taskPage) []field { return []field{{Name: "reason", Kind: "area"}} },
		act:    withReason(petition.Decline),
	}
)

// proposedPaper is a copy of the paper that the proposal would send out; nil where
// none goes out.
func proposedPaper(t *taskPage) *petition.Paper {
	if t.Proposal == nil || t.Proposal.Act.Paper == nil {
		return nil
	}
	p := *t.Proposal.Act.Paper
	p.Sections = append([]petition.Section(nil), p.Sections...)
	return &p
}
