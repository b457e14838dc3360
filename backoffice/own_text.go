package backoffice

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/petition"
)

// A unit may word its papers itself. What it writes is a text in the lines of a draft
// (see papers), with places in braces. Some places are what is known of the case, others
// are the parts of the shipped draft, which follow the law and the case: what a unit
// rewrites stands around them.
const (
	placeTitle  = "标题" // of the shipped draft
	placeWhole  = "正文" // all its sections
	placeFirst  = "开头" // its first section, where that has no head
	placeRest   = "其余" // the sections after that
	placeBasis  = "依据"
	placeRemedy = "救济"
	placeSaid   = "说明" // what was written for this case
)

// ownTextMost bounds what a unit writes, in characters.
const ownTextMost = 8000

var aPlace = regexp.MustCompile(`\{([^{}\s]*)\}`)

// values are the places that stand for something known of the case, in the order in
// which the page lists them.
func (m matter) values() []ownPlace {
	day := func(v any) string {
		s, err := writeDay(v, m.Terms("paper.day_form"))
		if err != nil {
			return ""
		}
		return s
	}
	until := day(m.Until)
	if until == "" {
		until = day(m.Act.Deadline)
	}
	return []ownPlace{{"编号", m.Number}, {"事项", m.Title}, {"收到日期", day(m.Received)}, {"今天", day(m.Today)},
		{"期限", until}, {placeSaid, m.Act.Text}, {"本单位", m.Unit.Name}, {"本单位电话", m.Unit.Phone},
		{"本单位地址", m.Unit.Address}, {"接待时间", m.Unit.Hours}, {"收件单位", m.To.Name}, {"上级单位", m.Review.Name}, {"经办人", m.Worker}}
}

// ownPlace is a place and what stands there.
type ownPlace struct{ Name, Value string }

// shippedText is what a unit begins with: nothing but the parts of the shipped draft.
func shippedText(p *petition.Paper) string {
	all := []string{"# {" + placeTitle + "}"}
	if len(p.Sections) > 1 && p.Sections[0].Head == "" {
		all = append(all, "{"+placeFirst+"}", "{"+placeRest+"}")
	} else {
		all = append(all, "{"+placeWhole+"}")
	}
	if len(p.Basis) > 0 {
		all = append(all, "@basis {"+placeBasis+"}")
	}
	if p.Remedy != "" {
		all = append(all, "@remedy {"+placeRemedy+"}")
	}
	return strings.Join(all, "\n")
}

// checkOwn finds what is wrong with a unit's text for a paper whose shipped draft is p:
// places that do not exist, or a part that the law wants and that is gone.
func checkOwn(text string, p *petition.Paper, m matter) []petition.Problem {
	var all []petition.Problem
	refuse := func(key, what string) {
		all = append(all, petition.Problem{Field: "text", Key: key, Args: map[string]string{"what": what}})
	}
	if utf8.RuneCountInString(text) > ownTextMost {
		refuse("problem.own_long", "")
	}
	known := []string{placeTitle, placeWhole, placeFirst, placeRest, placeBasis, placeRemedy}
	for _, v := range m.values() {
		known = append(known, v.Name)
	}
	used := map[string]bool{}
	for _, found := range aPlace.FindAllStringSubmatch(text, -1) {
		if used[found[1]] = true; !slices.Contains(known, found[1]) {
			refuse("problem.own_unknown", found[0])
		}
	}
	if strings.ContainsAny(aPlace.ReplaceAllString(text, ""), "{}") {
		refuse("problem.own_braces", "")
	}
	own := parsePaper(text)
	if own.Title == "" {
		refuse("problem.own_title", "")
	}
	for _, want := range wanted(p, used) {
		if !used[want] {
			refuse("problem.own_missing", "{"+want+"}")
		}
	}
	if word := petition.InternalWord(aPlace.ReplaceAllString(text, "")); word != "" && !slices.Contains(lettered, p.Kind) {
		refuse("problem.own_word", word)
	}
	return all
}

// wanted are the places that a text must have: the whole of the shipped draft, or what
// it says of the case when the opening is the unit's own.
func wanted(p *petition.Paper, used map[string]bool) []string {
	var all []string
	switch {
	case used[placeWhole]:
	case used[placeFirst]:
		all = []string{placeRest}
	case len(p.Sections) > 1:
		all = []string{"编号", "收到日期", placeRest}
	default:
		all = []string{"编号", "收到日期", placeSaid}
		if p.Kind == petition.AcceptanceNotice || p.Kind == petition.ExtensionNotice {
			all = append(all, "期限")
		}
	}
	if len(p.Basis) > 0 {
		all = append(all, placeBasis)
	}
	if p.Remedy != "" {
		all = append(all, placeRemedy)
	}
	return all
}

// fillOwn is the paper with a unit's words in place of the shipped ones. The lines are
// read before the places are filled: what a petitioner wrote is never taken for a head.
func fillOwn(text string, p *petition.Paper, m matter) *petition.Paper {
	own, out := parsePaper(text), *p
	values := map[string]string{placeTitle: p.Title, placeRemedy: p.Remedy}
	for _, v := range m.values() {
		values[v.Name] = v.Value
	}
	put := func(line string) string {
		return aPlace.ReplaceAllStringFunc(line, func(place string) string { return values[strings.Trim(place, "{}")] })
	}
	out.Title, out.Sections, out.Basis = put(own.Title), nil, nil
	rest := p.Sections
	if len(rest) > 0 && rest[0].Head == "" {
		values[placeFirst], rest = rest[0].Text, rest[1:]
	}
	for _, s := range own.Sections {
		s.Head = put(s.Head)
		out.Sections = append(out.Sections, ownSections(s, p.Sections, rest, put)...)
	}
	for _, b := range own.Basis {
		if b == "{"+placeBasis+"}" {
			out.Basis = append(out.Basis, p.Basis...)
		} else {
			out.Basis = append(out.Basis, put(b))
		}
	}
	out.Remedy = put(own.Remedy)
	return &out
}

// ownSections is one section of a unit's text: its own lines, with the sections of the
// shipped draft where they are wanted.
func ownSections(s petition.Section, whole, rest []petition.Section, put func(string) string) []petition.Section {
	var all []petition.Section
	now := petition.Section{Head: s.Head}
	end := func() {
		if now.Text != "" || now.Head != "" {
			all = append(all, now)
		}
		now = petition.Section{}
	}
	for _, line := range lines(s.Text) {
		var parts []petition.Section
		switch line {
		case "{" + placeWhole + "}":
			parts = whole
		case "{" + placeRest + "}":
			parts = rest
		default:
			if said := strings.Join(lines(put(line)), "\n"); said != "" {
				now.Text = strings.TrimPrefix(now.Text+"\n"+said, "\n")
			}
			continue
		}
		end()
		all = append(all, parts...)
	}
	end()
	return all
}

// compose writes the draft of a paper in the words that its unit had for it at an
// instant.
func (w *Office) compose(ctx context.Context, m matter, to string, at time.Time) (*petition.Paper, error) {
	p, err := w.papers.compose(m, to)
	if err != nil {
		return nil, err
	}
	text, err := w.store.PaperText(ctx, m.Unit.ID, m.Kind, at)
	if err != nil || text == "" {
		return p, err
	}
	return fillOwn(text, p, m), nil
}
