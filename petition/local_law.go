package petition

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// LocalLaw is what a unit's implementing rule sets otherwise than the national profile, for
// itself and all units below it: 5 working days to tell, 30 to handle (domain §0.2).
type LocalLaw struct {
	ID     string `json:"id,omitempty"` // of the profile; "" for a new one
	Unit   UnitID `json:"unit"`
	Name   string `json:"name"`   // as due dates cite it
	Source string `json:"source"` // number of the document
	From   string `json:"from"`   // first day of receipt to which it applies
	Until  string `json:"until"`  // last; "" until further notice

	Clocks    map[ClockKind]Limit `json:"clocks"`              // those that it sets; all others stay national
	Extension int                 `json:"extension,omitempty"` // most days of K4x; 0 as nationally
	Figures   map[Figure]int      `json:"figures,omitempty"`   // of the topmost unit: those that it sets
}

// Named is the id of the profile that it becomes.
func (o LocalLaw) Named() string {
	if o.ID != "" {
		return o.ID
	}
	return string(o.Unit) + "-" + o.From
}

// LocalClocks are the clocks that a local rule may set.
var LocalClocks = []ClockKind{NoticeClock, ObjectionClock, HandlingClock, SimpleClock, ReviewTakenClock, ReviewClock,
	ReviewOpinionClock, ReReviewClock, ReReviewOpinionClock, PromiseClock}

// longestLimit is how many days a local rule may set at most.
const longestLimit = 365

// CheckLocalLaw refuses, with Invalid, what is not filled in as it must be, and what would
// give a petitioner less time for a review than the national profile (K5, K7).
func CheckLocalLaw(o LocalLaw, r Rules) error {
	f := &form{}
	_, known := r.Units.Unit(o.Unit)
	f.need(known, "unit", "problem.unit_unknown")
	f.need(!blank(o.Name), "name", "problem.rule_title")
	f.atMost("name", o.Name, 60)
	f.need(!blank(o.Source), "source", "problem.law_source")
	f.atMost("source", o.Source, 60)
	_, err := ParseDay(o.From)
	f.need(err == nil, "from", "problem.day_missing")
	if o.Until != "" {
		_, err := ParseDay(o.Until)
		f.need(err == nil && o.Until >= o.From, "until", "problem.rule_to")
	}
	f.need(o.Extension >= 0 && o.Extension <= longestLimit, "extension", "problem.law_days", "max", strconv.Itoa(longestLimit))
	f.need(len(o.Clocks) > 0 || o.Extension > 0 || len(o.Figures) > 0, "days.K2", "problem.law_nothing")
	base := r.Laws.At(o.From)
	f.checkFigures(o, r, base)
	for _, kind := range LocalClocks {
		limit, set := o.Clocks[kind]
		if !set {
			continue
		}
		field := "days." + string(kind)
		f.need(limit.Days >= 1 && limit.Days <= longestLimit, field, "problem.law_days", "max", strconv.Itoa(longestLimit))
		f.need(!kind.Right() || limit.Days >= base.Clocks[kind].Days, field, "problem.law_right", "n", strconv.Itoa(base.Clocks[kind].Days))
		f.need(!blank(limit.Article), "article."+string(kind), "problem.law_article")
		f.atMost("article."+string(kind), limit.Article, 40)
	}
	for _, l := range r.Laws {
		clash := l.Unit == o.Unit && l.Unit != "" && l.ID != o.ID &&
			(l.Until == "" || o.From <= l.Until) && (o.Until == "" || l.From <= o.Until)
		f.need(!clash, "from", "problem.law_overlap", "name", l.Name, "from", l.From)
	}
	return f.err()
}

// WithLocal is the profiles with this one added, or put in place of that of its ID. What it
// does not set is taken from the national profile of its first day.
func (ls Laws) WithLocal(o LocalLaw) Laws {
	law := ls.At(o.From)
	law.ID, law.Unit, law.Name, law.Source = o.Named(), o.Unit, strings.TrimSpace(o.Name), strings.TrimSpace(o.Source)
	law.From, law.Until = o.From, o.Until
	law.Clocks = maps.Clone(law.Clocks)
	for kind, limit := range o.Clocks {
		limit.House = law.Clocks[kind].House
		law.Clocks[kind] = limit
	}
	law = law.with(o.Figures)
	law.Figures = maps.Clone(o.Figures)
	if o.Extension > 0 {
		law.Extension.Days, law.Extension.Article = o.Extension, law.Clocks[HandlingClock].Article
	}
	all := slices.DeleteFunc(slices.Clone(ls), func(l Law) bool { return l.ID == law.ID })
	all = append(all, law)
	slices.SortStableFunc(all, func(a, b Law) int { return strings.Compare(a.From, b.From) })
	return all
}

// Local is a unit's profile as the rule that it was made of; ok is false for a national
// one, or none.
func (ls Laws) Local(id string) (o LocalLaw, ok bool) {
	law, ok := ls.Named(id)
	if !ok || law.Unit == "" {
		return LocalLaw{}, false
	}
	o = LocalLaw{ID: law.ID, Unit: law.Unit, Name: law.Name, Source: law.Source, From: law.From, Until: law.Until,
		Clocks: map[ClockKind]Limit{}, Figures: maps.Clone(law.Figures)}
	base := ls.At(law.From)
	for _, kind := range LocalClocks {
		if is, was := law.Clocks[kind], base.Clocks[kind]; is != was {
			o.Clocks[kind] = is
		}
	}
	if law.Extension.Days != base.Extension.Days {
		o.Extension = law.Extension.Days
	}
	return o, true
}
