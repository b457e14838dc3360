package backoffice

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
	"huiyin/web"
)

// intakePeople reads who else there is: of a joint petition how many and who speaks for
// them, an agent, and of a minor the guardian (domain §4.1).
func intakePeople(f *web.Form, filing *petition.Filing) {
	filing.Cosigners, _ = strconv.Atoi(f.Get("cosigners")) // checked beside
	for _, line := range lines(f.Get("representatives")) {
		filing.Representatives = append(filing.Representatives, personLine(line))
	}
	agent := petition.Person{Name: f.Get("agent.name"), Mobile: f.Get("agent.mobile")}
	relation := f.Get("agent_relation")
	filing.Guardian = f.Has("guardian", "yes")
	if agent == (petition.Person{}) && relation == "" && !filing.Guardian {
		return
	}
	filing.Agent, filing.AgentRelation = &agent, relation
	if filing.Guardian && relation != "" {
		filing.AgentRelation = "监护人：" + relation
	}
}

// mobileAtEnd is a number after a name on a line.
var mobileAtEnd = regexp.MustCompile(`^(.*?)[\s，,、:：]+([0-9+-]{7,})$`)

// personLine is somebody named on a line, with or without a number.
func personLine(line string) petition.Person {
	line = strings.TrimSpace(line)
	if part := mobileAtEnd.FindStringSubmatch(line); part != nil {
		return petition.Person{Name: strings.TrimSpace(part[1]), Mobile: part[2]}
	}
	return petition.Person{Name: line}
}

// checkIntakePeople says what is wrong with them at their fields.
func checkIntakePeople(f *web.Form, filing petition.Filing, now time.Time) {
	if n := f.Get("cosigners"); n != "" {
		if many, err := strconv.Atoi(n); err != nil || many == 1 || many < 0 {
			f.Refuse("cosigners", "problem.cosigners")
		}
	}
	var refused *petition.Error
	if errors.As(petition.CheckTogether(filing, now), &refused) {
		for _, p := range refused.Problems {
			if strings.HasPrefix(p.Field, "representatives") {
				p.Field = "representatives"
			}
			if f.Problem(p.Field) == nil {
				f.Problems = append(f.Problems, p)
			}
		}
	}
}
