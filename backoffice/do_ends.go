package backoffice

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// mergeTask joins a matter to the same person's same matter that is in hand (row 6).
var mergeTask = task{
	paper:  true,
	linked: true,
	fields: func(t *taskPage) []field {
		return append(t.linkFields("", false), field{Name: "text", Kind: "tall"}, t.reasonField())
	},
	extra: needText,
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Merge, Link: t.link(), Text: t.Get("text"), Reason: t.Get("reason"), Check: t.path()}
	},
}

// noLongerTask turns away what has had its last opinion, which stands here or only on
// paper (row 9, Art. 36).
var noLongerTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		return []field{
			{Name: "before", Kind: "radios", Options: t.said("no_longer.before.", "here", "paper")},
			{Name: "link.number", Kind: "short", When: "before=here"},
			{Name: "prior.number", Kind: "short", When: "before=paper"},
			{Name: "prior.day", Kind: "day", When: "before=paper"},
			{Name: "prior.unit", Kind: "line", When: "before=paper"},
			{Name: "text", Kind: "tall"},
			t.reasonField(),
		}
	},
	start: func(t *taskPage) { t.first("before", "here") },
	extra: needText,
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.NoLongerTake, Text: t.Get("text"), Reason: t.Get("reason"), Check: t.path()}
		if t.Get("before") == "paper" {
			act.Prior = &petition.Prior{Number: t.Get("prior.number"), Day: t.Get("prior.day"), Unit: t.Get("prior.unit")}
		} else {
			act.Link = t.link()
		}
		return act
	},
}

// divertTask shows the legal procedure that the claim belongs to, at whose door it
// begins and how long that is open (row 10, Art. 31).
var divertTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		all := []field{
			{Name: "procedure", Kind: "radios", Options: t.procedures()},
			{Name: "body", Kind: "pick", Options: t.bodyOptions(""), Blank: "form.choose"},
		}
		return append(append(all, bodyFields...), field{Name: "text", Kind: "tall"}, t.reasonField())
	},
	extra: needText,
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Divert, Procedure: petition.Procedure(t.Get("procedure")), Body: t.body(),
			Text: t.Get("text"), Reason: t.Get("reason"), Check: t.path()}
	},
}

func (t *taskPage) procedures() []web.Option {
	var all []web.Option
	for _, p := range petition.Procedures {
		all = append(all, web.Option{Value: string(p), Label: t.office.say(t.c, "procedure."+string(p)),
			Hint: t.office.say(t.c, "procedure.limit."+string(p))})
	}
	return all
}

// divideTask makes several matters out of one petition before anything is sent on
// (scenario 1.4).
var divideTask = task{
	ask: true,
	fields: func(t *taskPage) []field {
		var all []field
		for i := range t.parts() {
			at := partAt(i)
			all = append(all,
				field{Name: "part-" + strconv.Itoa(i+1), Kind: "head", Label: t.office.say(t.c, "divide.part", "n", i+1)},
				field{Name: at + "purpose", Kind: "radios", Options: t.office.ordinaryPurposes(t.c)},
				field{Name: at + "topic", Kind: "pick", Options: t.office.topicOptions(t.c, false), Blank: "form.choose"},
				field{Name: at + "title", Kind: "line"}, field{Name: at + "facts", Kind: "tall"},
				field{Name: at + "request", Kind: "area", Free: true})
		}
		return append(all, t.reasonField())
	},
	start: startDivide,
	more:  moreParts,
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Divide, Reason: t.Get("reason"), Check: t.path()}
		for i := range t.parts() {
			at := partAt(i)
			act.Parts = append(act.Parts, petition.Part{Purpose: petition.Purpose(t.Get(at + "purpose")),
				Topic: petition.Topic(t.Get(at + "topic")), Title: t.Get(at + "title"), Facts: t.Get(at + "facts"),
				Request: t.Get(at + "request")})
		}
		for n := len(act.Parts); n > fewestParts && emptyPart(act.Parts[n-1]); n-- {
			act.Parts = act.Parts[:n-1] // asked for with the button, and then not needed
		}
		return act
	},
}

const (
	fewestParts = 2
	mostParts   = 6
)

func partAt(i int) string { return "parts." + strconv.Itoa(i) + "." }

func emptyPart(p petition.Part) bool { return p == petition.Part{} }

// parts is how many parts the form has now.
func (t *taskPage) parts() int {
	n := fewestParts
	for n < mostParts && t.Values.Has(partAt(n)+"title") {
		n++
	}
	return n
}

// moreParts opens the form with one part more.
func moreParts(t *taskPage) {
	if n := t.parts(); n < mostParts {
		t.Set(partAt(n)+"title", "")
	}
}

// startDivide begins with the petition as it was filed: what belongs to the second
// matter is moved there.
func startDivide(t *taskPage) {
	f := t.Filing
	for name, value := range map[string]string{"purpose": string(f.Purpose), "topic": string(t.Topic), "title": f.Title,
		"facts": f.Facts, "request": f.Request} {
		t.first(partAt(0)+name, value)
	}
}

// ordinaryPurposes are those that a part or an extract may have: a report stays whole in
// its compartment.
func (w *Office) ordinaryPurposes(c *gin.Context) []web.Option {
	var all []web.Option
	for _, p := range petition.Purposes {
		if p.Track() != petition.Report {
			all = append(all, web.Option{Value: string(p), Label: w.say(c, "purpose."+string(p))})
		}
	}
	return all
}

// MorePossible tells whether the form can have one part more.
func (t *taskPage) MorePossible() bool { return t.task.more != nil && t.parts() < mostParts }

// said are choices whose words stand in the catalogue under a prefix.
func (t *taskPage) said(prefix string, values ...string) []web.Option {
	var all []web.Option
	for _, v := range values {
		all = append(all, web.Option{Value: v, Label: t.office.say(t.c, prefix+v)})
	}
	return all
}

// linkFields ask for another case by its number; those that may be the same matter
// stand there to be chosen. when is the condition under which it is asked for.
func (t *taskPage) linkFields(when string, free bool) []field {
	number := field{Name: "link.number", Kind: "short", When: when, Free: free}
	options := t.alike()
	if len(options) == 0 {
		return []field{number}
	}
	options = append(options, web.Option{Value: "other", Label: t.office.say(t.c, "link.other")})
	if when == "" {
		number.When = "same=other"
	}
	return []field{{Name: "same", Kind: "radios", Options: options, When: when}, number}
}

// alike are the cases that may be the same matter, as choices.
func (t *taskPage) alike() []web.Option {
	var all []web.Option
	for _, r := range t.same {
		if r.Number != "" {
			all = append(all, web.Option{Value: r.Number, Label: strings.TrimSpace(r.Number + " " + r.Title),
				Hint: t.office.say(t.c, "link.where", "unit", r.Unit, "state", t.office.say(t.c, "state."+string(r.State)),
					"day", petition.Day(r.Received))})
		}
	}
	return all
}

// link is the case that was chosen, or whose number was typed.
func (t *taskPage) link() *petition.Link {
	if chosen := t.Get("same"); chosen != "" && chosen != "other" {
		return &petition.Link{Number: chosen}
	}
	return &petition.Link{Number: caseNumber(t.Get("link.number"))}
}

// startLink marks the suggested case whose number came along with the form.
func (t *taskPage) startLink() {
	typed := caseNumber(t.Get("link.number"))
	if typed == "" || t.Values.Has("same") {
		return
	}
	t.Set("same", "other")
	for _, r := range t.same {
		if r.Number == typed {
			t.Set("same", typed)
		}
	}
}

// atChoice moves what is wrong with a chosen case to where it was chosen.
func (t *taskPage) atChoice() {
	if chosen := t.Get("same"); chosen == "" && len(t.alike()) == 0 || chosen == "other" {
		return
	}
	for i := range t.Problems {
		if t.Problems[i].Field == "link.number" && len(t.alike()) > 0 {
			t.Problems[i].Field = "same"
		}
	}
}
