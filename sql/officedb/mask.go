package officedb

import (
	"slices"
	"strings"
	"unicode/utf8"

	"huiyin/petition"
)

const star = "*"

// mostStars is how many stand at the end of a name at most: they do not say how long it is.
const mostStars = 5

// maskName is a person's name as lists show it: the first character of a name, the
// first four of an organization's, and stars. An anonymous person has none.
func maskName(p petition.Person) string {
	n := utf8.RuneCountInString(p.Name)
	keep := 1
	if p.Org {
		keep = min(4, n/2)
	}
	if n <= keep {
		return strings.Repeat(star, n)
	}
	return string([]rune(p.Name)[:keep]) + strings.Repeat(star, min(n-keep, mostStars))
}

// maskPerson keeps of a person what a handler needs to work: name masked, kind of
// identity document, region.
func maskPerson(p petition.Person) petition.Person {
	p.Name = maskName(p)
	p.IDNumber = maskText(p.IDNumber, 0, 4)
	p.Mobile = maskText(p.Mobile, 3, 2)
	if p.Address != "" {
		p.Address = strings.Repeat(star, 6)
	}
	return p
}

// maskText keeps so many characters at both ends.
func maskText(s string, head, tail int) string {
	r := []rune(s)
	if len(r) <= head+tail {
		return strings.Repeat(star, len(r))
	}
	return string(r[:head]) + strings.Repeat(star, len(r)-head-tail) + string(r[len(r)-tail:])
}

// veil hides identities in a case: masked, or gone altogether for readers who are
// shown no names. Files keep their names and lose their keys.
type veil struct {
	gone  bool
	names []string // real names, longest first
	masks []string
}

// Earlier are persons as they were before they were put right: their names are hidden too.
func newVeil(f petition.Filing, gone bool, earlier ...petition.Person) veil {
	v := veil{gone: gone}
	for _, p := range append(people(f), earlier...) {
		if p.Name != "" && !slices.Contains(v.names, p.Name) {
			v.names = append(v.names, p.Name)
			v.masks = append(v.masks, v.person(p).Name)
		}
	}
	return v
}

func people(f petition.Filing) []petition.Person {
	all := append([]petition.Person{f.Person}, f.Representatives...)
	if f.Agent != nil {
		all = append(all, *f.Agent)
	}
	return all
}

func (v veil) person(p petition.Person) petition.Person {
	if v.gone {
		return petition.Person{Org: p.Org, Region: p.Region}
	}
	return maskPerson(p)
}

// hideCase returns a copy of the case that shows no identity and no file key: not in
// the filing, nor in any event, paper or proposal.
func (v veil) hideCase(c *petition.Case) *petition.Case {
	out := *c
	out.Filing, out.Old = v.filing(c.Filing), v.old(c.Old)
	out.Events = slices.Clone(c.Events)
	for i := range out.Events {
		out.Events[i].Act = v.act(out.Events[i].Act)
	}
	out.Legs = slices.Clone(c.Legs)
	for i := range out.Legs {
		l := &out.Legs[i]
		l.Draft = v.paper(l.Draft)
		if l.Pending != nil {
			p := *l.Pending
			p.Act = v.act(p.Act)
			l.Pending = &p
		}
	}
	return &out
}

func (v veil) filing(f petition.Filing) petition.Filing {
	f.Person = v.person(f.Person)
	f.Representatives = slices.Clone(f.Representatives)
	for i := range f.Representatives {
		f.Representatives[i] = v.person(f.Representatives[i])
	}
	if f.Agent != nil {
		agent := v.person(*f.Agent)
		f.Agent = &agent
	}
	f.Files = v.files(f.Files)
	return f
}

// old is what an earlier ledger says, without names.
func (v veil) old(o *petition.Old) *petition.Old {
	if o == nil {
		return nil
	}
	shown := *o
	shown.Result = v.text(o.Result)
	return &shown
}

func (v veil) act(a petition.Act) petition.Act {
	if a.Filing != nil {
		f := v.filing(*a.Filing)
		a.Filing = &f
	}
	if a.Person != nil {
		p := v.person(*a.Person)
		a.Person = &p
	}
	if a.Action == petition.Correct { // what is wrong and what is right: data of a person
		a.Text = ""
	}
	a.Paper, a.Old = v.paper(a.Paper), v.old(a.Old)
	a.Files = v.files(a.Files)
	if a.Service != nil {
		service := *a.Service
		service.Receiver = v.text(service.Receiver)
		a.Service = &service
	}
	if a.Asked != nil {
		asked := *a.Asked
		asked.Words = v.text(asked.Words)
		a.Asked = &asked
	}
	if a.Proposed != nil {
		inner := v.act(*a.Proposed)
		a.Proposed = &inner
	}
	return a
}

func (v veil) paper(p *petition.Paper) *petition.Paper {
	if p == nil {
		return nil
	}
	out := *p
	out.To = v.text(out.To)
	out.Sections = slices.Clone(out.Sections)
	for i := range out.Sections {
		out.Sections[i].Text = v.text(out.Sections[i].Text)
	}
	return &out
}

// someone stands in a paper for a name of which its reader may see nothing.
const someone = "信访人"

// text puts masks in place of the real names.
func (v veil) text(s string) string {
	for i, name := range v.names {
		mask := v.masks[i]
		if mask == "" {
			mask = someone
		}
		s = strings.ReplaceAll(s, name, mask)
	}
	return s
}

func (v veil) files(files []petition.File) []petition.File {
	out := slices.Clone(files)
	for i := range out {
		out[i].Key = nil
		if out[i].Clean != nil {
			clean := *out[i].Clean
			clean.Key = nil
			out[i].Clean = &clean
		}
	}
	return out
}

// lift puts real names back where a paper written by somebody who saw masks names
// the petitioner.
func (v veil) lift(p *petition.Paper) *petition.Paper {
	if p == nil {
		return nil
	}
	out := *p
	out.Sections = slices.Clone(out.Sections)
	for i, mask := range v.masks {
		if strings.Trim(mask, star) == "" {
			continue // nothing to recognise it by
		}
		out.To = strings.ReplaceAll(out.To, mask, v.names[i])
		for j := range out.Sections {
			out.Sections[j].Text = strings.ReplaceAll(out.Sections[j].Text, mask, v.names[i])
		}
	}
	return &out
}
