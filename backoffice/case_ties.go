package backoffice

import (
	"slices"
	"strings"

	"huiyin/petition"
)

// tie is what binds a case to another, or a word that was given and is still to be
// kept: one line of the facts of the case page.
type tie struct {
	Key  string // catalogue key of what it is
	Term string // catalogue key of what is said of it, with {name}, {day} and {n}
	Who  string
	Day  string
	N    int
	Text string // number of another case
	To   string // its page
	Note string // what was written
	Over bool   // the day has passed, and nothing was done
}

// ties are all of a case, in the order of its life.
func (d *dossier) ties() []tie {
	all := d.kin()
	all = append(all, d.firstness()...)
	all = append(all, d.legTies()...)
	for _, turned := range d.Turns {
		one := tie{Key: "tie.turned", Term: "turn." + string(turned.Kind)}
		if turned.Link != nil {
			one.To, one.Text = caseAddress(turned.Link.Case), turned.Link.Number
		}
		all = append(all, one)
	}
	return all
}

// kin are the cases that this one came from or went into.
func (d *dossier) kin() []tie {
	var all []tie
	for _, one := range []struct {
		key  string
		link *petition.Link
	}{{"tie.parent", d.Parent}, {"tie.into", d.Into}, {"tie.after", d.After}} {
		if one.link != nil {
			all = append(all, tie{Key: one.key, Text: one.link.Number, To: caseAddress(one.link.Case)})
		}
	}
	for _, p := range d.Parts {
		all = append(all, tie{Key: "tie.part", Text: p.Number, To: caseAddress(p.Case), Note: p.Title})
	}
	return all
}

// firstness is whether it is a first petition, who decided so, and whether the first
// handler has taken it on.
func (d *dossier) firstness() []tie {
	r := d.Repeat
	if r == nil {
		return nil
	}
	one := tie{Key: "tie.repeat", Term: "tie.repeat.no", Who: r.By.Name, Day: petition.Day(r.At), Note: r.Reason}
	if r.First {
		one.Term = "tie.repeat.first"
	}
	all := []tie{one}
	if r.Link != nil && !r.First {
		all = append(all, tie{Key: "tie.earlier", Text: r.Link.Number, To: caseAddress(r.Link.Case)})
	}
	switch due := d.SignForDue(d.rules); {
	case !d.leg.SignedFor.IsZero():
		all = append(all, tie{Key: "tie.sign_for", Term: "tie.sign_for.done", Who: d.leg.HandlerName, Day: petition.Day(d.leg.SignedFor)})
	case !due.IsZero() && d.leg.State.Open() && !d.leg.Kind.Reviews(): // the first handler's duty, nobody else's
		all = append(all, tie{Key: "tie.sign_for", Term: "tie.sign_for.due", Day: petition.Day(due), Over: d.now.After(due)})
	}
	return all
}

// legTies are what the leg waits for or has promised.
func (d *dossier) legTies() []tie {
	var all []tie
	l := d.leg
	if l.Simple {
		all = append(all, tie{Key: "tie.simple", Term: "tie.simple.yes"})
	}
	asked := l.Recusal
	if below := d.Leg(l.From); l.State == petition.Deciding && below != nil {
		asked = below.Recusal // it is decided here
	}
	if asked != nil {
		one := tie{Key: "tie.recusal", Term: "tie.recusal.handler", Day: petition.Day(asked.At), Note: asked.Reason}
		if asked.Head {
			one.Term = "tie.recusal.head"
		}
		all = append(all, one)
	}
	if e, ok := d.last(petition.OpenHearing); ok {
		one := tie{Key: "tie.hearing", Day: e.Act.Deadline, Note: e.Act.Text, Term: "tie.hearing.over"}
		if !l.HearingAt.IsZero() {
			one.Term = "tie.hearing.on"
		}
		all = append(all, one)
	}
	if l.Agreement != "" {
		all = append(all, tie{Key: "tie.agreement", Term: "outcome." + string(l.Agreement)})
	}
	if todo := l.Execution; todo != nil {
		one := tie{Key: "tie.execution", Term: "tie.execution.due", Day: todo.Due, Note: todo.What,
			Over: d.now.After(petition.EndOfDay(todo.Due))}
		if todo.Done != "" {
			one.Term, one.Day, one.Over = "tie.execution.done", todo.Done, false
		}
		all = append(all, one)
	}
	for _, c := range l.Cites {
		all = append(all, tie{Key: "tie.cite", Text: c.Printed, To: "/policies/" + c.Policy.String()})
	}
	if g := d.Case.Gap; g != nil {
		all = append(all, tie{Key: "tie.gap", Term: "tie.gap.due", Day: g.Due, Text: g.What, To: "/gaps/" + d.ID.String()})
	}
	if l.Redone > 0 {
		all = append(all, tie{Key: "tie.redone", Term: "tie.redone.times", N: l.Redone})
	}
	if l.Annulled != "" {
		all = append(all, tie{Key: "tie.annulled", Term: "outcome." + string(l.Annulled)})
	}
	return all
}

// last is the newest event of an action on the leg.
func (d *dossier) last(a petition.Action) (petition.Event, bool) {
	for _, e := range slices.Backward(d.Events) {
		if e.Act.Action == a && e.Act.Leg == d.leg.N {
			return e, true
		}
	}
	return petition.Event{}, false
}

// caseAddress is the page of a case; "" where no case is known.
func caseAddress(id petition.ID) string {
	if id.IsZero() {
		return ""
	}
	return "/cases/" + id.String()
}

// caseworkDetails are the facts of an act that the timeline names for what a case can
// become besides an answer.
func (d *dossier) caseworkDetails(a petition.Act) []detail {
	if a.Action == petition.Recount {
		return recountDetails(a.Dues)
	}
	var all []detail
	add := func(key, term, value string) {
		if term != "" || value != "" {
			all = append(all, detail{key, term, value})
		}
	}
	if a.For != "" {
		add("log.news_for", "news.for."+a.For, "")
	}
	if a.Procedure != "" {
		add("log.procedure", "procedure."+string(a.Procedure), "")
	}
	if a.Prior != nil {
		add("log.prior", "", a.Prior.Number+" "+a.Prior.Unit+" "+a.Prior.Day)
	}
	for _, p := range a.Parts {
		add("log.part", "", p.Number+" "+p.Title)
	}
	switch a.Action {
	case petition.Judge:
		add("log.judged", "judge.first."+yesOrNo(a.First), "")
	case petition.Correct:
		add("log.correct_sealed", "", " ")
	case petition.AnswerCorrect:
		add("log.corrected", "amend.granted."+yesOrNo(a.Granted), "")
	case petition.Redate:
		add("log.received", "", petition.Day(a.At))
	case petition.DecideRecusal:
		add("log.granted", "recusal.granted."+yesOrNo(a.Granted), "")
	}
	if a.Turned != nil {
		add("log.turned", "turn."+string(a.Turned.Kind), "")
		add("log.cause", "turn_cause."+a.Turned.Cause, "")
	}
	if todo := a.Execution; todo != nil {
		add("log.execution", "", todo.What)
		add("log.execution_due", "", todo.Due)
		add("log.execution_done", "", todo.Done)
	}
	for _, c := range a.Cites {
		add("log.cite", "", c.Printed)
	}
	if said := a.Explained; said != nil {
		add("log.explained", "", said.Day+" "+said.Text)
	}
	if g := a.Gap; g != nil {
		add("log.gap", "", g.What)
		add("log.gap_owner", "", g.OwnerName+" "+g.Due)
	}
	for _, one := range a.Contrary {
		add("log.contrary", "", strings.TrimSpace(unitName(d.rules, one.Unit)+" "+one.Number))
	}
	add("log.new_facts", "", a.NewFacts)
	return all
}

func yesOrNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}

// recountDetails are the days that an edit of calendar or limits moved, and those of rights
// that it left as they were.
func recountDetails(dues []petition.DueChange) []detail {
	var all []detail
	for _, m := range dues {
		one := detail{Key: "clock." + string(m.Clock), Value: " " + m.Was + " → " + m.Is}
		if m.Kept {
			one = detail{Key: "log.kept", Term: "clock." + string(m.Clock)}
		}
		all = append(all, one)
	}
	return all
}
