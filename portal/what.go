package portal

import (
	"slices"

	"huiyin/petition"
	"huiyin/web"
)

// whatStep asks what the person wants and roughly what it is about.
var whatStep = &step{
	name: "what", number: 2, fields: []string{"purpose", "topic"},
	check: checkWhat, view: viewWhat,
}

// offered lists the purposes in the order in which most people look for theirs.
var offered = []petition.Purpose{petition.PurposeRequest, petition.PurposeAppeal, petition.PurposeAdvice,
	petition.PurposeReport, petition.PurposeAsk, petition.PurposeOther}

// whatPart is what the page shows besides the form.
type whatPart struct {
	Purposes []web.Option
	Topics   []web.Option
}

func viewWhat(v *visit) any {
	var part whatPart
	for _, o := range offered {
		key := "file.what.purpose." + string(o)
		part.Purposes = append(part.Purposes, web.Option{Value: string(o), Label: v.say(key), Hint: v.say(key + ".hint")})
	}
	for _, t := range petition.Topics {
		if t.InScope() {
			part.Topics = append(part.Topics, web.Option{Value: string(t.Code),
				Group: v.say("topic." + string(t.Code[:1])), Label: v.say("topic." + string(t.Code))})
		}
	}
	return part
}

// checkWhat demands a purpose; a topic is a help for the staff, who fix it.
func checkWhat(v *visit) {
	if !slices.Contains(petition.Purposes, petition.Purpose(v.form.Get("purpose"))) {
		v.form.Refuse("purpose", "wrong.purpose")
	}
	if t := v.form.Get("topic"); t != "" {
		if _, ok := petition.TopicOf(petition.Topic(t)); !ok {
			v.form.Refuse("topic", "wrong.topic")
		}
	}
}
