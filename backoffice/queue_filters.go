package backoffice

import (
	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// say is a sentence in the reader's language.
func (w *Office) say(c *gin.Context, key string, pairs ...any) string {
	return w.site.Text.Say(web.Lang(c), key, pairs...)
}

// sayer says a key in one language.
type sayer func(key string, pairs ...any) string

// sayer is say for one request.
func (w *Office) sayer(c *gin.Context) sayer {
	return func(key string, pairs ...any) string { return w.say(c, key, pairs...) }
}

// sayIn is say for a language that is not the reader's: the log has one for all.
func (w *Office) sayIn(lang string) sayer {
	return func(key string, pairs ...any) string { return w.site.Text.Say(lang, key, pairs...) }
}

// queueOptions fills what the filters offer.
func (w *Office) queueOptions(c *gin.Context, v *queuePage, by petition.Actor, r petition.Rules) {
	v.Units = unitOptions(r, by)
	v.Topics = w.topicOptions(c, true)
	for _, t := range []petition.Track{petition.Claim, petition.Advice, petition.Enquiry} {
		v.Tracks = append(v.Tracks, web.Option{Value: string(t), Label: w.say(c, "track."+string(t))})
	}
	for _, ch := range petition.Channels {
		v.Channels = append(v.Channels, web.Option{Value: string(ch), Label: w.say(c, "channel."+string(ch))})
	}
	for _, s := range openStageWords() {
		v.Stages = append(v.Stages, web.Option{Value: s, Label: w.say(c, "stage."+s)})
	}
	for _, s := range openStates {
		v.States = append(v.States, web.Option{Value: string(s), Label: w.say(c, "state."+string(s))})
	}
}

// openStates are what a list can be narrowed to.
var openStates = []petition.State{petition.Submitted, petition.Registered, petition.AwaitingInfo, petition.Referred,
	petition.Assigned, petition.Objected, petition.Accepted, petition.Handling, petition.Extended,
	petition.InHearing, petition.PendingSign, petition.Signed, petition.Replied, petition.ClosingAudit, petition.Passed,
	petition.Disputed, petition.Deciding, petition.Challenged, petition.ReviewAsked, petition.UnderReview,
	petition.Reviewed, petition.Supervised}

// unitOptions are the units whose lists the actor may see: his own and, for those who
// watch, the ones below.
func unitOptions(r petition.Rules, by petition.Actor) []web.Option {
	top, ok := r.Units.Unit(by.Unit)
	if !ok || !by.Is(petition.Registrar, petition.OfficeHead, petition.Leader, petition.Supervisor) {
		return nil
	}
	var all []web.Option
	for _, u := range r.Units.All() {
		if u.Within(top) {
			all = append(all, web.Option{Value: string(u.ID), Label: u.Short})
		}
	}
	return all
}

// topicOptions lists the content codes under their letters; whole offers a letter
// itself too.
func (w *Office) topicOptions(c *gin.Context, whole bool) []web.Option {
	var all []web.Option
	letter := ""
	for _, t := range petition.Topics {
		first := string(t.Code[:1])
		group := first + " " + w.say(c, "topic."+first)
		if whole && first != letter {
			all = append(all, web.Option{Value: first, Label: w.say(c, "queue.whole_topic", "topic", group), Group: group})
		}
		letter = first
		all = append(all, web.Option{Value: string(t.Code),
			Label: string(t.Code) + " " + w.say(c, "topic."+string(t.Code)), Group: group})
	}
	return all
}

// chips are the filters in force, each with the address without it.
func (w *Office) chips(say sayer, f *web.Form, r petition.Rules) []chip {
	var all []chip
	named := map[string]string{"topic": "topic.", "track": "track.", "channel": "channel.", "state": "state.", "stage": "stage."}
	for _, field := range []string{"unit", "topic", "track", "channel", "state", "stage", "from", "to", "mine", "due", "below"} {
		value := f.Get(field)
		if value == "" || f.Problem(field) != nil {
			continue
		}
		label := value
		switch {
		case field == "unit":
			label = unitName(r, petition.UnitID(value))
		case field == "mine":
			label = say("queue.title_mine")
		case field == "below":
			label = say("queue.chip_below")
		case field == "due":
			label = say("urgency." + due3(value))
		case named[field] != "" && w.site.Text.Has(web.Languages[0], named[field]+value):
			label = say(named[field] + value)
		case field == "from" || field == "to":
			label = say("queue.chip_"+field, "day", value)
		}
		all = append(all, chip{label, queueAddress(f.Values, field, "")})
	}
	return all
}

// due3 is a known word for a due filter.
func due3(v string) string {
	if v == "over" || v == "soon" || v == "week" {
		return v
	}
	return "ok"
}
