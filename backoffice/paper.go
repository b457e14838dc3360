package backoffice

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
	"time"

	"huiyin/petition"
)

// papers are the drafts of every document, by kind. They are data (papers/*.tmpl),
// always Chinese, because the papers are. A draft is written in lines:
//
//	# title
//	## head of a section
//	@basis an article cited
//	@remedy what the reader can do if not satisfied
//	anything else is a paragraph of the section begun last
//
// The file name carries the draft's version: acceptance.1.tmpl.
type papers map[petition.PaperKind]*template.Template

// readPapers parses every draft; the highest version of a kind wins.
func readPapers(files fs.FS) (papers, error) {
	names, err := fs.Glob(files, "papers/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("list papers: %w", err)
	}
	all := papers{}
	for _, name := range names { // in order: a later version replaces an earlier one
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("paper %s: %w", name, err)
		}
		t, err := template.New(path.Base(name)).Option("missingkey=error").Funcs(template.FuncMap{
			"day":   writeDay,
			"lines": lines,
		}).Parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("paper %s: %w", name, err)
		}
		kind, _, _ := strings.Cut(path.Base(name), ".")
		all[petition.PaperKind(kind)] = t
	}
	return all, nil
}

// matter is what a draft may say.
type matter struct {
	Title    string
	Number   string
	Received time.Time
	Today    time.Time
	Visit    bool
	Online   bool
	Track    petition.Track
	Law      petition.Law
	Unit     petition.Unit
	To       petition.Unit // referred, assigned, or competent below
	Review   petition.Unit // who reviews an opinion
	Act      petition.Act
	Kind     petition.PaperKind
	Until    time.Time // the limit that begins with this act; zero where its day is not known yet
	Days     int       // its length
	Answers  []answer
	Facts    string
	Opinion  string
	Request  string
	Basis    []string
	Terms    func(key string) string // names of codes, in Chinese
	Name     string                  // of the petitioner, masked
	Worker   string                  // 经办人: who handles the matter; "" where nobody is named yet
	Higher   bool                    // there is a unit above, as it is known here: Review
	Head     bool                    // recusal: of the head of the unit
	Under    *challenge              // what a review looks into
	Sender   string                  // who sent the case here, and who received it
	Receiver string
	Filed    []petition.Paper // what the file holds
	Files    []petition.File  // what the petitioner handed in, listed where the case is sent on
	Proved   *petition.Paper  // what was served
	Duty     *petition.Duty   // that the paper goes out with; nil for papers of a case
	Annual   *annualWords     // of an annual report; nil for other papers
}

// answer is a request and what is said to it.
type answer struct{ Request, Text string }

// compose writes the draft of a paper. It fails if there is none of this kind.
func (p papers) compose(m matter, to string) (*petition.Paper, error) {
	t, ok := p[m.Kind]
	if !ok {
		return nil, fmt.Errorf("no draft for the paper %q", m.Kind)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, m); err != nil {
		return nil, fmt.Errorf("paper %s: %w", m.Kind, err)
	}
	paper := parsePaper(b.String())
	if to != "" {
		to += m.Terms("paper.colon")
	}
	paper.Kind, paper.To, paper.Unit, paper.UnitName = m.Kind, to, m.Unit.ID, m.Unit.Name
	paper.Contact = strings.TrimSpace(m.Unit.Address + " " + m.Unit.Phone)
	return &paper, nil
}

// parsePaper reads the lines of a draft.
func parsePaper(text string) petition.Paper {
	var p petition.Paper
	add := func(line string) {
		if len(p.Sections) == 0 {
			p.Sections = append(p.Sections, petition.Section{})
		}
		s := &p.Sections[len(p.Sections)-1]
		s.Text = strings.TrimPrefix(s.Text+"\n"+line, "\n")
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "## "):
			p.Sections = append(p.Sections, petition.Section{Head: line[3:]})
		case strings.HasPrefix(line, "# "):
			p.Title = line[2:]
		case strings.HasPrefix(line, "@basis "):
			p.Basis = append(p.Basis, line[len("@basis "):])
		case strings.HasPrefix(line, "@remedy "):
			p.Remedy = strings.TrimPrefix(p.Remedy+"\n"+line[len("@remedy "):], "\n")
		default:
			add(line)
		}
	}
	return p
}

// writeDay writes a day in the form the draft asks for.
func writeDay(v any, form string) (string, error) {
	switch t := v.(type) {
	case time.Time:
		if t.IsZero() {
			return "", nil
		}
		return t.In(petition.Shanghai).Format(form), nil
	case string:
		// A day that is not filled in yet stays open in a draft.
		if end := petition.EndOfDay(t); !end.IsZero() {
			return end.Format(form), nil
		}
		return "", nil
	}
	return "", fmt.Errorf("%T is no day", v)
}

// lines divides a text into its lines without empty ones.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// matter gathers what the drafts may say of this case, for an act.
func (w *Office) matter(d *dossier, kind petition.PaperKind, act petition.Act) matter {
	sent, _ := d.files()
	unit, _ := d.rules.Units.Unit(d.author(act))
	to, _ := d.rules.Units.Unit(act.To)
	m := matter{Title: d.Filing.Title, Number: d.Number, Received: d.Received, Today: d.now, Visit: d.Channel.Visit(),
		Online: d.Channel.Online(), Track: d.Track, Law: d.rules.LawOf(d.Case, unit.ID), Unit: unit, To: to, Act: act, Kind: kind,
		Request: d.Filing.Request, Under: d.challenge(), Sender: d.sender(), Receiver: unitFull(d.rules, d.leg.Unit), Worker: d.worker(act),
		Head: d.leg.Recusal != nil && d.leg.Recusal.Head, Filed: d.filed(), Files: sent,
		Terms: func(key string) string { return w.site.Text.Say("zh-CN", key) }}
	if above := d.rules.Units.Above(unit.ID); len(above) > 0 {
		m.Review, m.Higher = above[0], true
	} else {
		m.Review = unit
	}
	m.Name = m.addressee(d.Filing)
	switch act.Action {
	case petition.Accept:
		m.Days = d.handlingDays()
		m.Until = petition.EndOfDay(petition.Day(d.now.AddDate(0, 0, m.Days)))
	case petition.TakeReview:
		for _, k := range d.Clocks(d.rules, d.now) {
			if k.Kind == petition.ReviewOpinionClock && k.Leg == d.leg.N {
				m.Until = k.Due
			}
		}
	}
	return m
}

// author is the unit that writes the paper: where the matter lies, or the unit above
// that decides about somebody there.
func (d *dossier) author(act petition.Act) petition.UnitID {
	if act.Action == petition.DecideRecusal && d.by.Unit != "" {
		return d.by.Unit
	}
	return d.leg.Unit
}

// worker is whom the petitioner may ask for (经办人, Art. 23): the handler named in the act,
// else whoever has the leg, else the handler who proposes and so takes it up. Of a report
// about a cadre nobody is told who looks into it.
func (d *dossier) worker(act petition.Act) string {
	switch {
	case d.Track == petition.Report:
		return ""
	case act.HandlerName != "":
		return act.HandlerName
	case !d.leg.Handler.IsZero():
		return d.leg.HandlerName
	case d.by.Is(petition.Handler):
		return d.by.Name
	}
	return ""
}

// filed are the papers that went out or were put on file, in order.
func (d *dossier) filed() []petition.Paper {
	var all []petition.Paper
	for _, e := range d.Events {
		if e.Act.Paper != nil && e.Act.Action != petition.Draft {
			all = append(all, *e.Act.Paper)
		}
	}
	return all
}

// handlingDays is the time for the answer by the law of the case.
func (d *dossier) handlingDays() int {
	law := d.rules.LawOf(d.Case, d.leg.Unit)
	if d.Track == petition.Claim {
		return law.Clocks[petition.HandlingClock].Days
	}
	return law.Clocks[petition.PromiseClock].Days
}

// Article is the article of the law in force that a kind of paper rests on.
func (m matter) Article(kind petition.PaperKind) string { return m.Law.Papers[kind] }

// Clock is the rule of a clock in the law in force.
func (m matter) Clock(kind petition.ClockKind) petition.Limit { return m.Law.Clocks[kind] }

// addressee is how a paper greets the petitioner. The name is masked here; the store
// writes it out when the paper is recorded.
func (m matter) addressee(f petition.Filing) string {
	if f.Person.Name == "" {
		return m.Terms("paper.someone")
	}
	return f.Person.Name
}
