package portal

import (
	"slices"
	"strconv"

	"huiyin/petition"
)

// node is one stop of the public timeline, with what happened while it lasted.
type node struct {
	Step   happening
	State  string // done, now, todo
	Icon   string
	Events []happening // newest first
	By     string      // todo: until which day
}

// happening is a step with the title and address of the paper that went out with it.
type happening struct {
	petition.Step
	Paper string
	Href  string
}

func (m matter) happen(s petition.Step) happening {
	h := happening{Step: s}
	if s.Letter >= 1 && s.Letter <= len(m.Folder.Letters) {
		h.Paper, h.Href = m.Folder.Letters[s.Letter-1].Title, m.Letter(s.Letter)
	}
	return h
}

// Letter is the address of the matter's letter n, from 1.
func (m matter) Letter(n int) string { return m.At("/follow/letters/" + strconv.Itoa(n)) }

// stops are the steps that open a node of their own; the others happen within one.
var stops = map[string]string{
	"step.submitted": "check", "step.received": "check", "step.registered": "check", "step.passed": "swap",
	"step.accepted": "check", "step.started": "check", "step.replied": "letter", "step.closed": "check",
	"step.redirected": "swap", "step.refused": "letter", "step.withdrawn": "undo",
	"step.merged": "link", "step.no_longer": "letter", "step.diverted": "swap", "step.divided": "copy",
	"step.review_asked": "scale", "step.rereview_asked": "scale", "step.review_refused": "letter",
	"step.reviewed": "letter", "step.final": "letter", "step.concluded": "check",
	"step.taken_over":     "swap",
	"step.cadre_handling": "check", "step.cadre_closed": "check",
}

// over are the statuses after which nothing more is to come, unless the petitioner asks.
var over = []petition.PublicStatus{petition.ShownClosed, petition.ShownRedirected, petition.ShownRefused,
	petition.ShownWithdrawn, petition.ShownReceived, petition.ShownMerged, petition.ShownNoLonger,
	petition.ShownDiverted, petition.ShownDivided, petition.ShownReviewed, petition.ShownFinal}

// nodes makes the timeline: what happened from top to bottom, then what is to come
// with its latest date.
func (m matter) nodes() []node {
	f := m.Folder
	var all []node
	for _, s := range f.Steps {
		icon, stop := stops[s.Key]
		if stop || len(all) == 0 {
			all = append(all, node{Step: m.happen(s), State: "done", Icon: icon})
			continue
		}
		last := &all[len(all)-1]
		last.Events = slices.Insert(last.Events, 0, m.happen(s))
	}
	if len(all) == 0 || m.Report || slices.Contains(over, f.Status) {
		return all
	}
	if last := &all[len(all)-1]; last.Step.Key != "step.submitted" {
		last.State, last.Icon = "now", "clock"
	}
	return append(all, future(f)...)
}

// future is what is still to come.
func future(f petition.Folder) []node {
	todo := func(key, icon, by string) node {
		return node{Step: happening{Step: petition.Step{Key: key}}, State: "todo", Icon: icon, By: by}
	}
	due := ""
	if f.Clock != nil {
		due = f.Clock.Due
	}
	var all []node
	switch f.Status {
	case petition.ShownSubmitted, petition.ShownChecking, petition.ShownAsked, petition.ShownPassed:
		if f.Clock != nil && f.Clock.Kind == petition.NoticeClock {
			all = append(all, todo("todo.notice", "doc", due))
			due = ""
		}
		all = append(all, todo("todo.reply", "letter", due))
	case petition.ShownAccepted, petition.ShownHandling, petition.ShownExtended:
		all = append(all, todo("todo.reply", "letter", due))
	case petition.ShownReview, petition.ShownReReview:
		return []node{todo("todo.review", "scale", due)}
	case petition.ShownReplied:
		return []node{todo("todo.close", "check", "")}
	}
	if f.Track == petition.Claim || f.Track == petition.Advice {
		all = append(all, todo("todo.rate", "star", ""))
	}
	return all
}

func percentage(n int) string { return strconv.Itoa(n) + "%" }

// anchor keeps the words above the bar's mark inside the bar.
func anchor(percent int) string {
	switch {
	case percent < 20:
		return "start"
	case percent > 80:
		return "end"
	}
	return "middle"
}
