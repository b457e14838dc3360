package backoffice

import (
	"slices"
	"strconv"

	"huiyin/petition"
	"huiyin/web"
)

// sealedTask is how one act of the compartment is asked for.
type sealedTask struct {
	fields func(t *sealedPage) []field
	act    func(t *sealedPage, act *petition.Act, step *petition.CadreStep)
}

// mostReported bounds how many people one form names; more are added by a note.
const mostReported = 3

var sealedTasks = map[petition.Action]sealedTask{
	petition.CadreRegister: {fields: (*sealedPage).reportedFields,
		act: func(t *sealedPage, _ *petition.Act, s *petition.CadreStep) { s.Reported = t.respondents() }},
	petition.SendUp: {fields: sealedReason},
	petition.ConfirmName: {fields: func(t *sealedPage) []field {
		return []field{{Name: "cadre.how", Kind: "radios", Options: t.choices("how", "call", "visit", "letter")}, {Name: "text", Kind: "area", Free: true}}
	}},
	petition.Dispose: {fields: (*sealedPage).disposeFields,
		act: func(t *sealedPage, act *petition.Act, s *petition.CadreStep) {
			s.Grade, s.Way = petition.Clue(t.Get("cadre.grade")), petition.CadreWay(t.Get("cadre.way"))
			if s.Way == petition.WayVerify {
				s.Team, act.Deadline = t.team(), t.Get("deadline")
			}
		}},
	petition.NoteAnswer: {fields: sealedText},
	petition.Find: {fields: func(t *sealedPage) []field {
		return []field{{Name: "cadre.finding", Kind: "radios", Options: t.findings()}, {Name: "text", Kind: "tall"},
			{Name: "cadre.evidence", Kind: "area", When: "cadre.finding=malice", Free: true},
			{Name: "cadre.higher", Kind: "line", When: "cadre.finding=malice", Free: true}}
	}, act: func(t *sealedPage, _ *petition.Act, s *petition.CadreStep) {
		s.Finding, s.Evidence, s.Higher = petition.Finding(t.Get("cadre.finding")), t.Get("cadre.evidence"), t.Get("cadre.higher")
	}},
	petition.Measured: {fields: func(t *sealedPage) []field {
		return []field{{Name: "cadre.measure.kind", Kind: "radios", Options: t.choices("measure", petition.MeasureKinds...)},
			{Name: "cadre.measure.text", Kind: "area"}}
	}, act: func(t *sealedPage, _ *petition.Act, s *petition.CadreStep) {
		s.Measure = &petition.Measure{Kind: t.Get("cadre.measure.kind"), Text: t.Get("cadre.measure.text")}
	}},
	petition.TellAccepted: {fields: (*sealedPage).toldFields},
	petition.FeedBack:     {fields: (*sealedPage).toldFields},
	petition.ClearName: {fields: func(t *sealedPage) []field {
		return []field{{Name: "cadre.clear.do", Kind: "radios", Options: t.choices("clear", "yes", "no")},
			{Name: "cadre.clear.consent", Kind: "tick", When: "cadre.clear.do=yes"},
			{Name: "cadre.clear.form", Kind: "radios", When: "cadre.clear.do=yes", Options: t.choices("clear_form", petition.ClearingForms...)},
			{Name: "cadre.clear.reason", Kind: "area"}}
	}, act: func(t *sealedPage, _ *petition.Act, s *petition.CadreStep) {
		s.Clear = &petition.Clearing{Do: t.Get("cadre.clear.do") == "yes", Consent: t.Get("cadre.clear.consent") == "yes",
			Form: t.Get("cadre.clear.form"), Reason: t.Get("cadre.clear.reason")}
	}},
	petition.Reopen:        {fields: sealedReason},
	petition.CadreClose:    {fields: sealedReason},
	petition.CadreNote:     {fields: sealedText},
	petition.CadreAgree:    {fields: func(*sealedPage) []field { return []field{{Name: "text", Kind: "area", Free: true}} }},
	petition.CadreDisagree: {fields: sealedReason},
	petition.ExtractMatter: {fields: func(t *sealedPage) []field {
		return []field{{Name: "parts.0.purpose", Kind: "radios", Options: t.office.ordinaryPurposes(t.c)},
			{Name: "parts.0.topic", Kind: "pick", Options: t.office.topicOptions(t.c, false), Blank: "form.choose"},
			{Name: "parts.0.title", Kind: "line"}, {Name: "parts.0.facts", Kind: "tall"},
			{Name: "parts.0.request", Kind: "area", Free: true}, {Name: "reason", Kind: "area"}}
	}, act: func(t *sealedPage, act *petition.Act, _ *petition.CadreStep) {
		act.Parts = []petition.Part{{Purpose: petition.Purpose(t.Get("parts.0.purpose")), Topic: petition.Topic(t.Get("parts.0.topic")),
			Title: t.Get("parts.0.title"), Facts: t.Get("parts.0.facts"), Request: t.Get("parts.0.request")}}
	}},
}

func sealedReason(*sealedPage) []field { return []field{{Name: "reason", Kind: "area"}} }

func sealedText(*sealedPage) []field { return []field{{Name: "text", Kind: "tall"}} }

func (t *sealedPage) toldFields() []field {
	return []field{{Name: "cadre.how", Kind: "radios", Options: t.choices("how", "call", "visit", "letter", "portal")},
		{Name: "text", Kind: "area", Free: true}}
}

// reportedFields ask who is reported and who manages each; what the reporter wrote is
// there already.
func (t *sealedPage) reportedFields() []field {
	var all []field
	for i := range mostReported {
		at, free := reportedAt(i), i > 0
		all = append(all,
			field{Name: at + "name", Kind: "short", Free: free}, field{Name: at + "unit", Kind: "line", Free: true},
			field{Name: at + "post", Kind: "short", Free: true},
			field{Name: at + "manager", Kind: "pick", Options: t.units(), Blank: "form.choose"},
			field{Name: at + "at", Kind: "pick", Options: t.units(), Blank: "form.none"},
			field{Name: at + "staff", Kind: "pick", Options: t.staff(), Blank: "form.none"})
		if i+1 >= len(t.File.Filing.Reported) && i+1 > t.named() {
			break
		}
	}
	return all
}

// named is how many people the form has named so far.
func (t *sealedPage) named() int {
	for i := mostReported; i > 0; i-- {
		if t.Get(reportedAt(i-1)+"name") != "" {
			return i
		}
	}
	return 0
}

func reportedAt(i int) string { return "cadre.reported." + strconv.Itoa(i) + "." }

// fillReported begins the registration with what the reporter wrote.
func (t *sealedPage) fillReported() {
	for i, p := range t.File.Filing.Reported {
		if i == mostReported {
			break
		}
		at := reportedAt(i)
		for name, value := range map[string]string{"name": p.Name, "unit": p.Unit, "post": p.Post, "manager": string(t.File.Unit)} {
			if !t.Values.Has(at + name) {
				t.Set(at+name, value)
			}
		}
	}
}

func (t *sealedPage) respondents() []petition.Respondent {
	var all []petition.Respondent
	for i := range mostReported {
		at := reportedAt(i)
		p := petition.Respondent{Reported: petition.Reported{Name: t.Get(at + "name"), Unit: t.Get(at + "unit"), Post: t.Get(at + "post")},
			At: petition.UnitID(t.Get(at + "at")), Manager: petition.UnitID(t.Get(at + "manager"))}
		if id, err := petition.ParseID(t.Get(at + "staff")); err == nil {
			p.Staff = id
		}
		if p.Name != "" || p.Unit != "" {
			all = append(all, p)
		}
	}
	return all
}

// disposeFields are the grade of the clue and what is to be done with it.
func (t *sealedPage) disposeFields() []field {
	all := []field{{Name: "cadre.grade", Kind: "radios", Options: t.choices("clue", listed(petition.Clues)...)},
		{Name: "cadre.way", Kind: "radios", Options: t.choices("way", listed(petition.CadreWays)...)}}
	for i := range 3 {
		all = append(all, field{Name: teamAt(i), Kind: "pick", Options: t.supervisors(), Blank: "form.none", When: "cadre.way=verify"})
	}
	return append(all, field{Name: "deadline", Kind: "day", When: "cadre.way=verify", Free: true}, field{Name: "reason", Kind: "area"})
}

func teamAt(i int) string {
	if i == 0 {
		return "cadre.team" // where the rules mark it
	}
	return "cadre.team." + strconv.Itoa(i)
}

func (t *sealedPage) team() []petition.ID {
	var all []petition.ID
	for i := range 3 {
		if id, err := petition.ParseID(t.Get(teamAt(i))); err == nil && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// findings are the conclusions; what a mistake is not is said beside it.
func (t *sealedPage) findings() []web.Option {
	all := t.choices("finding", listed(petition.Findings)...)
	for i := range all {
		if all[i].Value == string(petition.FoundMalice) || all[i].Value == string(petition.FoundFalse) {
			all[i].Hint = t.office.say(t.c, "sealed.finding."+all[i].Value+"_hint")
		}
	}
	return all
}

func (t *sealedPage) choices(list string, values ...string) []web.Option {
	var all []web.Option
	for _, v := range values {
		all = append(all, web.Option{Value: v, Label: t.office.say(t.c, "sealed."+list+"."+v)})
	}
	return all
}

func listed[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return all
}

func (t *sealedPage) units() []web.Option {
	var all []web.Option
	for _, u := range t.rules.Units.All() {
		all = append(all, web.Option{Value: string(u.ID), Label: u.Name})
	}
	return all
}

func (t *sealedPage) staff() []web.Option {
	var all []web.Option
	for _, p := range t.people {
		all = append(all, web.Option{Value: p.ID.String(), Label: p.Name})
	}
	return all
}

func (t *sealedPage) supervisors() []web.Option {
	var all []web.Option
	for _, p := range t.people {
		if slices.Contains(p.Roles, petition.CadreSupervisor) {
			all = append(all, web.Option{Value: p.ID.String(), Label: p.Name})
		}
	}
	return all
}
