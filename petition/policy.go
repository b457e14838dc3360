package petition

import "slices"

// Policy is a document of the policy library (政策库, clause 5) that opinions may rest on.
// Who may cite it is a matter of place and day: it binds the subtree of one unit, from
// one day on and until another.
type Policy struct {
	ID       ID
	Version  int    // of what is known here; each edit makes one more
	Title    string // 标题, without 《》
	Number   string // 文号
	Body     string // 发文机关
	Level    Level  // of the body that issued it
	From     string // day of effect
	Until    string // last day in force; "" while none is known
	Unit     UnitID // binds the subtree of this unit
	Articles []Article
}

// Article is one provision of a policy, as it is cited: "第三条".
type Article struct {
	Number string
	Text   string
}

// Citation points at an article of the library, as it stood when it was cited.
type Citation struct {
	Policy  ID     `json:"policy"`
	Version int    `json:"version"`
	Article string `json:"article"`
	Printed string `json:"printed"` // as the paper says it
}

// InForce tells whether the policy holds on a day.
func (p Policy) InForce(day string) bool {
	return p.From <= day && (p.Until == "" || day <= p.Until)
}

// Binds tells whether the policy reaches a unit: the one it was made for, and all below.
func (p Policy) Binds(unit UnitID, units *Units) bool {
	if units == nil {
		return false
	}
	at, known := units.Unit(unit)
	top, found := units.Unit(p.Unit)
	return known && found && at.Within(top)
}

// Cite is a citation of one of its articles; false where it has no such article.
func (p Policy) Cite(article string) (Citation, bool) {
	known := slices.ContainsFunc(p.Articles, func(a Article) bool { return a.Number == article })
	return Citation{Policy: p.ID, Version: p.Version, Article: article,
		Printed: "\u300a" + p.Title + "\u300b\uff08" + p.Number + "\uff09" + article}, known
}

// CheckPolicy tells what is wrong with a policy before it is kept: one Problem for each
// field.
func CheckPolicy(p Policy, units *Units) []Problem {
	f := &form{}
	f.need(!blank(p.Title), "title", "problem.policy_title")
	f.atMost("title", p.Title, 120)
	f.need(!blank(p.Number), "number", "problem.policy_number")
	f.atMost("number", p.Number, 60)
	f.need(!blank(p.Body), "body", "problem.policy_body")
	f.atMost("body", p.Body, 120)
	f.need(slices.Contains([]Level{Centre, Province, City, County}, p.Level), "level", "problem.choice")
	_, err := ParseDay(p.From)
	f.need(err == nil, "from", "problem.day_missing")
	if p.Until != "" {
		_, err = ParseDay(p.Until)
		f.need(err == nil, "until", "problem.day_missing")
		f.need(err != nil || p.Until >= p.From, "until", "problem.policy_until")
	}
	_, known := units.Unit(p.Unit)
	f.need(known, "unit", "problem.unit")
	f.need(len(p.Articles) > 0, "articles", "problem.policy_articles")
	seen := map[string]bool{}
	for _, a := range p.Articles {
		f.need(!blank(a.Number) && length(a.Number) <= 30 && !blank(a.Text), "articles", "problem.policy_article", "article", a.Number)
		f.need(!seen[a.Number], "articles", "problem.policy_twice", "article", a.Number)
		seen[a.Number] = true
	}
	return f.problems
}

// checkCites: what is cited is in the library, in force today, binds the unit that
// decides, and stands on the paper. An opinion that supports a claim rests on at least
// one such article (scenario 5.1).
func (d *decision) checkCites(f *form, cites []Citation, l *Leg, paper *Paper) {
	for _, cite := range cites {
		at := slices.IndexFunc(d.facts.Policies, func(p Policy) bool { return p.ID == cite.Policy })
		if at < 0 {
			f.need(false, "cite", "problem.cite_unknown", "article", cite.Printed)
			continue
		}
		p := d.facts.Policies[at]
		_, has := p.Cite(cite.Article)
		f.need(has, "cite", "problem.cite_unknown", "article", cite.Printed)
		f.need(p.Binds(l.Unit, d.r.Units), "cite", "problem.cite_elsewhere", "article", cite.Printed)
		f.need(p.InForce(Day(d.now)), "cite", "problem.cite_ended", "article", cite.Printed)
		f.need(paper == nil || slices.Contains(paper.Basis, cite.Printed), "paper.basis", "problem.cite_unprinted", "article", cite.Printed)
	}
}

// Explanation is the record of how a refusal was explained to the petitioner (解释说明).
type Explanation struct {
	Day  string `json:"day"`
	Text string `json:"text"` // who spoke with whom, what was said, how it was taken
}

// checkExplained: nobody's claim is refused on paper alone (clause 5).
func (d *decision) checkExplained(f *form, l *Leg) {
	said := d.act.Explained
	if said == nil {
		said = &Explanation{}
	}
	f.need(!blank(said.Text), "explained.text", "problem.explained_missing")
	d.pastDay(f, "explained.day", said.Day, l.Received)
}
