package backoffice

import (
	"regexp"
	"strconv"
	"strings"

	"huiyin/petition"
	"huiyin/web"
)

// startTask begins the handling (row 17).
var startTask = task{
	fields: func(*taskPage) []field { return nil },
	act:    func(*taskPage) petition.Act { return petition.Act{Action: petition.Start} },
}

// noteTask writes a work note, for the file or for the petitioner too. Documents are
// added in note.go.
var noteTask = task{
	fields: func(t *taskPage) []field {
		return append([]field{
			{Name: "text", Kind: "tall"},
			{Name: "public", Kind: "radios", Options: []web.Option{
				{Value: "no", Label: t.office.say(t.c, "note.public.no"), Hint: t.office.say(t.c, "note.public.no_hint")},
				{Value: "yes", Label: t.office.say(t.c, "note.public.yes"), Hint: t.office.say(t.c, "note.public.yes_hint")},
			}},
		}, guidanceFields(t)...)
	},
	start: func(t *taskPage) {
		t.first("public", "no")
		t.first("guidance.day", petition.Day(t.now))
		t.first("guidance.by", t.by.Name)
	},
	act: func(t *taskPage) petition.Act {
		return petition.Act{Action: petition.Note, Text: t.Get("text"), Public: t.Get("public") == "yes", Guidance: t.guidance()}
	},
}

// guidanceFields turn a note into the record of an explanation (疏导); with no way chosen
// it is a note like any other.
func guidanceFields(t *taskPage) []field {
	words := func(group string, values []string) []web.Option {
		var all []web.Option
		for _, v := range values {
			all = append(all, web.Option{Value: v, Label: t.office.say(t.c, group+v)})
		}
		return all
	}
	given := "guidance.way=" + strings.Join(petition.GuidanceWays, " ")
	return []field{
		{Name: "guidance.way", Kind: "pick", Options: words("guidance.way.", petition.GuidanceWays), Blank: "guidance.way.none", Free: true},
		{Name: "guidance.by", Kind: "short", When: given},
		{Name: "guidance.day", Kind: "day", When: given},
		{Name: "guidance.result", Kind: "radios", Options: words("guidance.result.", petition.GuidanceResults), When: given},
	}
}

func (t *taskPage) guidance() *petition.Guidance {
	if t.Get("guidance.way") == "" {
		return nil
	}
	return &petition.Guidance{By: t.Get("guidance.by"), Day: t.Get("guidance.day"), Way: t.Get("guidance.way"),
		Result: t.Get("guidance.result")}
}

// extendTask asks for more time, once (row 21).
var extendTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		return []field{{Name: "days", Kind: "number"}, {Name: "reason", Kind: "tall"}}
	},
	start: func(t *taskPage) { t.first("days", strconv.Itoa(t.rules.LawNow(t.Case).Extension.Days)) },
	act: func(t *taskPage) petition.Act {
		days, err := strconv.Atoi(t.Get("days"))
		if err != nil {
			days = 0 // the rules say which days are possible
		}
		return petition.Act{Action: petition.Extend, Days: days, Reason: t.Get("reason"), Text: t.Get("reason")}
	},
}

// draftTask writes the opinion: facts, an answer to each request, what is decided, and
// the articles of the policy library and other rules that it rests on. How to go on if not satisfied is added by the draft.
var draftTask = task{
	paper: true,
	fields: func(t *taskPage) []field {
		all := []field{{Name: "outcome", Kind: "radios", Options: t.outcomeOptions()}}
		if again := t.leg.Annulled; again != "" {
			all = append(all, field{Name: "new_facts", Kind: "area", Free: true, When: "outcome=" + string(again)})
		}
		all = append(all, field{Name: "facts", Kind: "tall", Free: t.Track != petition.Claim})
		asked := t.Requests()
		for i, r := range asked {
			all = append(all, field{Name: "answer." + strconv.Itoa(i), Kind: "own",
				Label: t.office.say(t.c, "draft.answer", "n", i+1, "request", r)})
		}
		all = append(all, field{Name: "opinion", Kind: "area", Free: len(asked) > 0})
		all = append(all, t.citeFields()...)
		all = append(all, field{Name: "basis", Kind: "area", Free: t.cites != nil || t.Track != petition.Claim})
		if grants := t.granting(); grants != "" {
			all = append(all, field{Name: "execution.what", Kind: "area", When: grants},
				field{Name: "execution.due", Kind: "day", When: grants})
		}
		if t.mayCite() {
			const refused = "outcome=" + string(petition.NotSupported)
			all = append(all, field{Name: "explained.day", Kind: "day", When: refused}, field{Name: "explained.text", Kind: "area", When: refused})
		}
		if t.mayFindGap() {
			all = append(all, field{Name: "gap.is", Kind: "tick"})
			all = append(all, t.gapFields("gap.is=yes")...)
		}
		return all
	},
	fetch: (*Office).lookUpCites,
	start: startDraft,
	extra: needAnswers,
	act: func(t *taskPage) petition.Act {
		act := petition.Act{Action: petition.Draft, Outcome: petition.Outcome(t.Get("outcome"))}
		if act.Outcome == t.leg.Annulled {
			act.NewFacts = t.Get("new_facts")
		}
		if act.Outcome.Grants() && t.granting() != "" {
			act.Execution = &petition.Execution{What: t.Get("execution.what"), Due: t.Get("execution.due")}
		}
		if t.cites != nil {
			act.Cites = t.cites.chosen
		}
		if act.Outcome == petition.NotSupported {
			act.Explained = &petition.Explanation{Day: t.Get("explained.day"), Text: t.Get("explained.text")}
		}
		if t.Get("gap.is") != "" && t.mayFindGap() {
			act.Gap = t.gap()
		}
		return act
	},
}

// granting is the condition under which an opinion promises something that must then be
// done (scenario 5.1); "" where none can.
func (t *taskPage) granting() string {
	if t.Track != petition.Claim || t.leg.Kind.Reviews() {
		return ""
	}
	var all []string
	for _, o := range t.OutcomesFor(&t.leg) {
		if o.Grants() {
			all = append(all, string(o))
		}
	}
	return "outcome=" + strings.Join(all, " ")
}

func (t *taskPage) outcomeOptions() []web.Option {
	var all []web.Option
	for _, o := range t.OutcomesFor(&t.leg) {
		all = append(all, web.Option{Value: string(o), Label: t.office.say(t.c, "outcome."+string(o))})
	}
	return all
}

// startDraft brings the words of a draft that was sent back into the form again.
func startDraft(t *taskPage) {
	if t.Track == petition.Enquiry {
		t.first("outcome", string(petition.Answered))
	}
	if agreed := t.leg.Agreement; agreed != "" {
		t.first("outcome", string(agreed))
	}
	d, sections := t.leg.Draft, []petition.Section(nil)
	if d != nil {
		sections = d.Sections
	}
	if todo := t.leg.Execution; todo != nil && len(sections) > 2 {
		t.first("execution.what", todo.What)
		t.first("execution.due", todo.Due)
		if last := len(sections) - 1; strings.HasPrefix(sections[last].Text, lines(todo.What)[0]) {
			sections = sections[:last] // what is to be done stands last
		}
	}
	if len(sections) < 2 {
		return
	}
	t.first("outcome", string(t.leg.Outcome))
	t.first("basis", strings.Join(ownBasis(d.Basis, t.leg.Cites), "\n"))
	if n := len(sections); n > 2 {
		t.first("facts", sections[n-2].Text)
	}
	var rest []string
	asked := t.Requests()
	for _, line := range lines(sections[len(sections)-1].Text) {
		if i, said := answered(asked, line); said != "" {
			t.first("answer."+strconv.Itoa(i), said)
			continue
		}
		rest = append(rest, line)
	}
	if t.leg.Kind.Reviews() && len(rest) > 0 { // the draft words the outcome first
		rest = rest[1:]
	}
	if len(asked) == 1 && len(rest) > 0 { // one answer stands without its question
		t.first("answer.0", rest[0])
		rest = rest[1:]
	}
	t.first("opinion", strings.Join(rest, "\n"))
}

// answered tells which request a line of the opinion answers, and with what words: the
// draft quotes the request and puts the answer after a colon.
func answered(asked []string, line string) (int, string) {
	for i, r := range asked {
		_, said, found := strings.Cut(line, "\u201c"+r+"\u201d\uff1a")
		if found {
			return i, said
		}
	}
	return 0, ""
}

// needAnswers asks for facts, and for a word on each request, by its number.
func needAnswers(t *taskPage) {
	asked := t.Requests()
	for i := range asked {
		if t.Get("answer."+strconv.Itoa(i)) == "" {
			t.Refuse("answer."+strconv.Itoa(i), "problem.request_unanswered", "n", strconv.Itoa(i+1))
		}
	}
	if len(asked) == 0 && t.Get("opinion") == "" {
		t.Refuse("opinion", "problem.text_missing")
	}
	t.checkCiteNumber()
	if t.Track != petition.Claim {
		return
	}
	if t.Get("facts") == "" {
		t.Refuse("facts", "problem.facts_found")
	}
	if t.Get("basis") == "" && len(t.printedCites()) == 0 {
		t.Refuse("basis", "problem.basis_missing")
	}
}

// requests divides what was asked for into its points: one to a line, without the
// numbering in front. A long text in one piece is one request.
func requests(text string) []string {
	var all []string
	for _, line := range lines(text) {
		if line = strings.TrimRight(numbering.ReplaceAllString(line, ""), stops); line != "" {
			all = append(all, line)
		}
	}
	if len(all) > 8 { // prose in short lines rather than a list
		return []string{strings.Join(all, " ")}
	}
	return all
}

// numbering is what people put before a point: figures, circled figures or Chinese
// numerals (U+4E00 and so on), in brackets or with a mark behind.
var numbering = regexp.MustCompile(`^[(\x{ff08}]?([0-9]{1,2}|[\x{2460}-\x{2473}]|[` + numerals + `]{1,3})[)\x{ff09}.\x{ff0e}\x{3001}\x{ff0c},\x{00b7} ]+`)

// stops end a point: it stands in quotation marks where it is answered.
const stops = ".;\u3002\uff1b"

const numerals = `\x{4e00}\x{4e8c}\x{4e09}\x{56db}\x{4e94}\x{516d}\x{4e03}\x{516b}\x{4e5d}\x{5341}`

// Requests are the points asked for, each to be answered. A review judges the opinion
// below as a whole.
func (t *taskPage) Requests() []string {
	if t.leg.Kind.Reviews() {
		return nil
	}
	return requests(t.Filing.Request)
}
