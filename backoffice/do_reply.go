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
