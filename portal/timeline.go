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

// happening is a step with the title of the paper that went out with it.
type happening struct {
	petition.Step
	Paper string
}

func happen(f petition.Folder, s petition.Step) happening {
	h := happening{Step: s}
	if s.Letter >= 1 && s.Letter <= len(f.Letters) {
		h.Paper = f.Letters[s.Letter-1].Title
	}
	return h
}

// stops are the steps that open a node of their own; the others happen within one.
var stops = map[string]string{
	"step.submitted": "check", "step.received": "check", "step.registered": "check", "step.passed": "swap",
	"step.accepted": "check", "step.started": "check", "step.replied": "letter", "step.closed": "check",
	"step.redirected": "swap", "step.refused": "letter", "step.withdrawn": "undo",
}

// over are the statuses after which nothing more is to come.
var over = []petition.PublicStatus{petition.ShownClosed, petition.ShownRedirected, petition.ShownRefused,
	petition.ShownWithdrawn, petition.ShownReceived}

// nodes makes the timeline: what happened from top to bottom, then what is to come
// with its latest date.
func nodes(f petition.Folder) []node {
	var all []node
	for _, s := range f.Steps {
		icon, stop := stops[s.Key]
		if stop || len(all) == 0 {
			all = append(all, node{Step: happen(f, s), State: "done", Icon: icon})
			continue
		}
		last := &all[len(all)-1]
		last.Events = slices.Insert(last.Events, 0, happen(f, s))
	}
	if len(all) == 0 || slices.Contains(over, f.Status) {
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
