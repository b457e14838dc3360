package petition

import (
	"slices"
	"strconv"
	"time"
)

// Limits of a filing (domain §4.1).
const (
	MaxTitle           = 50
	MinFacts           = 10
	MaxText            = 5000
	MaxFiles           = 10
	MaxFileSize        = 20 << 20 // bytes
	MaxRepresentatives = 5        // Art. 20
)

// CheckFiling tells what is wrong with a filing before it is sent: one Problem for
// each field, named as in its JSON. A wrong answer to a question about earlier
// petitions or courts never refuses anything.
func CheckFiling(f Filing, r Rules) []Problem {
	out := &form{}
	checkMatter(out, f, r)
	checkWho(out, f)
	checkTogether(out, f)
	checkFiles(out, f.Files)
	out.need(!f.ConsentAt.IsZero(), "consent_at", "problem.consent_missing")
	return out.problems
}

func checkMatter(out *form, f Filing, r Rules) {
	out.need(slices.Contains(Purposes, f.Purpose), "purpose", "problem.purpose_missing")
	if f.Topic != "" {
		_, known := TopicOf(f.Topic)
		out.need(known, "topic", "problem.choice")
	}
	checkAddressee(out, f.Unit, r)
	out.need(length(f.Title) > 0, "title", "problem.title_missing")
	out.atMost("title", f.Title, MaxTitle)
	out.need(length(f.Facts) >= MinFacts, "facts", "problem.too_short", "min", strconv.Itoa(MinFacts))
	for _, text := range []struct{ field, words string }{{"facts", f.Facts}, {"request", f.Request}, {"reasons", f.Reasons}} {
		out.atMost(text.field, text.words, MaxText)
	}
	if f.Track() == Claim { // 请求、事实、理由: Art. 19
		out.need(!blank(f.Request), "request", "problem.request_missing")
	}
	out.need(slices.Contains([]string{"", "none", "open", "answered"}, f.Earlier), "earlier", "problem.choice")
	out.need(slices.Contains([]string{"", "no", "yes"}, f.Court), "court", "problem.choice")
}

// checkAddressee: only pilot units take online filings (clause 10, scenario 10.1).
func checkAddressee(out *form, id UnitID, r Rules) {
	if r.Units == nil {
		return
	}
	u, known := r.Units.Unit(id)
	out.need(known && !u.Gone(), "unit", "problem.unit")
	out.need(!known || u.Pilot, "unit", "problem.unit_not_pilot")
}

// checkWho: claims need a name and an address, for nobody could be answered without;
// advice, reports and enquiries may be anonymous.
func checkWho(out *form, f Filing) {
	if f.Anonymous {
		out.need(f.Track() != Claim, "anonymous", "problem.anonymous_claim")
		return
	}
	checkPerson(out, "person", f.Person)
	if f.Track() == Claim {
		out.need(!blank(f.Person.Address), "person.address", "problem.address_missing")
		out.need(f.Person.Region != "", "person.region", "problem.region_missing")
	}
}

func checkPerson(out *form, field string, p Person) {
	n := length(p.Name)
	out.need(n >= 2 && n <= 50, field+".name", "problem.name_length")
	if p.IDNumber != "" {
		key := CheckIDNumber(p.IDType, p.IDNumber)
		out.need(key == "", field+".id_number", key)
	}
	if p.Mobile != "" {
		key := CheckMobile(p.Mobile)
		out.need(key == "", field+".mobile", key)
	}
	out.need(p.Region == "" || (len(p.Region) == 6 && digits(p.Region)), field+".region", "problem.region")
	out.atMost(field+".address", p.Address, 200)
}

// CheckTogether refuses, with Invalid, what is wrong with the people of a petition besides
// the petitioner; it is for what was not filed through the portal.
func CheckTogether(f Filing, now time.Time) error {
	out := &form{}
	f.ConsentAt = now
	checkTogether(out, f)
	return out.err()
}

// checkTogether: a joint petition tells how many, and who speaks for them; an agent is
// named with his relation.
func checkTogether(out *form, f Filing) {
	out.need(f.Cosigners == 0 || f.Cosigners >= 2, "cosigners", "problem.cosigners")
	out.need(len(f.Representatives) <= MaxRepresentatives, "representatives", "problem.too_many_representatives",
		"max", strconv.Itoa(MaxRepresentatives))
	for i, p := range f.Representatives {
		checkPerson(out, "representatives."+strconv.Itoa(i), p)
	}
	if f.Agent != nil {
		checkPerson(out, "agent", *f.Agent)
		out.need(!blank(f.AgentRelation), "agent_relation", "problem.relation_missing")
	}
	if f.Guardian {
		out.need(f.Agent != nil, "agent.name", "problem.name_length")
		age, known := AgeAt(f.Person.IDType, f.Person.IDNumber, f.ConsentAt)
		out.need(!known || age < Majority, "person.id_number", "problem.not_minor")
	}
}

func checkFiles(out *form, files []File) {
	out.need(len(files) <= MaxFiles, "files", "problem.too_many_files", "max", strconv.Itoa(MaxFiles))
	for i, file := range files {
		out.need(file.Size <= MaxFileSize, "files."+strconv.Itoa(i), "problem.file_too_big")
	}
}
