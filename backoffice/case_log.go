package backoffice

import (
	"slices"
	"strconv"
	"time"

	"huiyin/petition"
)

// entry is one event in the timeline.
type entry struct {
	N       int
	Action  petition.Action
	At      time.Time
	Who     string
	Unit    string
	Mine    bool // the petitioner's own
	Public  bool // the petitioner sees it
	Text    string
	Reason  string
	Details []detail
	Letter  bool // it has a paper to read
	Side    bool // it has a letter to another unit
	Files   []petition.File
}

// detail is a named fact of an event. Value is words, or Term the key of a name.
type detail struct{ Key, Term, Value string }

// log is the timeline, newest first.
func (d *dossier) log() []entry {
	all := make([]entry, 0, len(d.Events))
	shown := d.Shown(d.rules)
	for _, e := range d.Events {
		all = append(all, d.entry(e, shown[e.N]))
	}
	slices.Reverse(all)
	return all
}

// files are the petitioner's, as filed and as sent later, and the internal documents.
func (d *dossier) files() (sent, internal []petition.File) {
	sent = slices.Clone(d.Filing.Files)
	for _, e := range d.Events {
		if e.By.Kind == petition.ByStaff {
			internal = append(internal, e.Act.Files...)
		} else {
			sent = append(sent, e.Act.Files...)
		}
	}
	return sent, internal
}

func (d *dossier) entry(e petition.Event, public bool) entry {
	one := entry{N: e.N, Action: e.Act.Action, At: e.At, Who: e.By.Name, Mine: e.By.Kind == petition.ByPetitioner,
		Public: public, Text: e.Act.Text, Reason: e.Act.Reason, Details: d.details(e.Act), Files: e.Act.Files}
	if e.By.Unit != "" && e.By.Unit != d.by.Unit {
		one.Unit = unitName(d.rules, e.By.Unit)
	}
	if e.Act.Action == petition.Receive { // it lies there now: whoever sent it did not receive it
		one.Who, one.Unit, one.Mine = unitName(d.rules, e.Act.Unit), "", false
	}
	act := e.Act
	if act.Proposed != nil {
		act = *act.Proposed
		one.Text, one.Reason = act.Text, act.Reason
		one.Details = append([]detail{{Key: "log.proposed", Term: "action." + string(act.Action)}}, d.details(act)...)
	}
	one.Letter = act.Paper != nil
	one.Side = sideLetter[act.Action] != "" && e.Act.Proposed == nil
	return one
}

// sideLetter is the letter to another unit, or to the file, that an action makes.
var sideLetter = map[petition.Action]petition.PaperKind{
	petition.Refer:      petition.ReferralLetter,
	petition.Assign:     petition.AssignmentLetter,
	petition.Object:     petition.ObjectionLetter,
	petition.AskClosing: petition.HandlingReport,

	petition.CloseHearing: petition.HearingRecord,
	petition.Settle:       petition.AgreementPaper,
	petition.Dispute:      petition.DisputeLetter,
	petition.RuleReceiver: petition.RulingLetter,
	petition.RuleSender:   petition.RulingLetter,
	petition.Archive:      petition.ArchiveList,
	petition.Serve:        petition.ServiceProof,
}

// details are the facts of an act that the timeline names.
func (d *dossier) details(a petition.Act) []detail {
	var all []detail
	add := func(key, term, value string) {
		if term != "" || value != "" {
			all = append(all, detail{key, term, value})
		}
	}
	if a.Ground != "" {
		add("log.ground", "ground."+string(a.Ground), "")
	}
	if a.Outcome != "" {
		add("log.outcome", "outcome."+string(a.Outcome), "")
	}
	if a.To != "" {
		add("log.to", "", unitName(d.rules, a.To))
	}
	if a.Action == petition.Distribute && a.Check != nil {
		add("log.check", "", a.Check.Reasons)
	}
	if a.Link != nil {
		add("log.link", "", a.Link.Number)
	}
	if a.Body != nil {
		add("log.body", "", a.Body.Name+" "+a.Body.Phone)
	}
	add("log.handler", "", a.HandlerName)
	if a.Action == petition.Distribute && slices.Contains(petition.Offices, a.Office) {
		add("log.office", "office."+a.Office, "")
	}
	if a.Days > 0 {
		add("log.days", "", strconv.Itoa(a.Days))
	}
	add("log.deadline", "", a.Deadline)
	all = append(all, d.caseworkDetails(a)...)
	if a.Guidance != nil {
		add("log.guidance", "guidance.way."+a.Guidance.Way, "")
		add("log.guided_by", "", a.Guidance.By)
		add("log.guided_on", "", a.Guidance.Day)
		add("log.guided_result", "guidance.result."+a.Guidance.Result, "")
	}
	if a.Service != nil {
		add("log.service", "service."+a.Service.Method, "")
		add("log.served", "", a.Service.Day)
		add("log.receiver", "", a.Service.Receiver)
		add("log.proof", "", a.Service.Proof)
	}
	if a.Asked != nil {
		add("log.asked", "asked.who."+a.Asked.Who, "")
		add("log.asked_how", "asked.how."+a.Asked.How, "")
		add("log.asked_words", "", a.Asked.Words)
	}
	for _, item := range a.Audit {
		if !item.OK {
			add("log.open", "check."+item.Item, "")
		}
	}
	if a.Rating != nil {
		add("log.rate_office", "grade."+a.Rating.Office, "")
		add("log.rate_unit", "grade."+a.Rating.Unit, "")
		add("log.rate_words", "", a.Rating.Words)
	}
	return all
}
