package backoffice

import (
	"huiyin/petition"
	"huiyin/web"
)

// signTask freezes the opinion; returnDraftTask sends it back with a remark (row 23).
var (
	signTask = task{
		twin:   petition.ReturnDraft,
		shown:  draftShown,
		fetch:  (*Office).lookUpRivals,
		fields: func(*taskPage) []field { return []field{{Name: "reason", Kind: "area", Free: true}} },
		act:    withReason(petition.Sign),
	}
	returnDraftTask = task{
		twin:   petition.Sign,
		shown:  draftShown,
		fields: reasonOnly,
		act:    withReason(petition.ReturnDraft),
	}
)

// rival is a like case that ended the other way, as the signer is shown it.
type rival struct {
	Contrary
	Unit string
}

// rest is an article that the opinion rests on, and whether it still holds.
type rest struct {
	Printed string
	To      string
	Ended   bool
}

// lookUpRivals finds what a signer must know besides the paper: like cases that ended the
// other way (scenario 5.3), and whether what is cited still holds (5.1).
func (w *Office) lookUpRivals(t *taskPage) error {
	ctx := t.c.Request.Context()
	found, err := w.store.Contrary(ctx, t.by, t.ID, t.leg.N)
	if err != nil {
		return err
	}
	for _, one := range found {
		t.Rivals = append(t.Rivals, rival{one, unitName(t.rules, one.Link.Unit)})
	}
	policies, err := w.store.CitedPolicies(ctx, t.leg.Cites)
	if err != nil {
		return err
	}
	for _, c := range t.leg.Cites {
		one := rest{Printed: c.Printed, To: "/policies/" + c.Policy.String(), Ended: true}
		for _, p := range policies {
			if p.ID == c.Policy {
				one.Ended = !p.InForce(petition.Day(t.now))
			}
		}
		t.Rests = append(t.Rests, one)
	}
	t.cited = policies
	return nil
}

// DecidedAs is the outcome of the opinion to be signed.
func (t *taskPage) DecidedAs() petition.Outcome { return t.leg.Outcome }

func draftShown(t *taskPage) *petition.Paper { return t.leg.Draft }

// serveTask records how, on which day and with what proof the answer was served
// (row 24).
var serveTask = task{
	shown: draftShown,
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "service.method", Kind: "radios", Options: t.serviceOptions()},
			{Name: "service.day", Kind: "day"},
			{Name: "service.receiver", Kind: "short", Free: true, When: "service.method=hand registered_mail other"},
			{Name: "service.proof", Kind: "line", Free: true, When: "service.method=hand registered_mail other"},
		}
	},
	start: func(t *taskPage) {
		t.first("service.day", petition.Day(t.now))
		if t.Channel.Online() {
			t.first("service.method", "online")
		}
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Serve, Service: &petition.Service{Method: t.Get("service.method"),
			Day: t.Get("service.day"), Receiver: t.Get("service.receiver"), Proof: t.Get("service.proof")}}
	},
	ask: true,
}

func (t *taskPage) serviceOptions() []web.Option {
	var all []web.Option
	for _, m := range petition.ServiceMethods {
		all = append(all, web.Option{Value: m.Code, Label: t.office.say(t.c, "service."+m.Code),
			Hint: t.office.say(t.c, "serve.hint."+m.Code)})
	}
	return all
}
