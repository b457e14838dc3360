package petition

import (
	"slices"
	"strconv"
)

// Figure is a number that the regulation leaves open. The profiles come with a default of
// our own, or one after the rules of other bodies; the topmost unit may set another for all
// units (domain §8: configurable and labelled, not law).
type Figure string

const (
	RateFigure     Figure = "rate"          // days in which an answer can be rated
	ChangeFigure   Figure = "rate_change"   // days in which a rating may be changed, once
	InfoFigure     Figure = "info"          // days proposed to complete what is missing
	SimpleFigure   Figure = "simple_accept" // working days in which simplified handling accepts
	ArchiveFigure  Figure = "archive"       // days after the last window before the file is archived
	SendUpFigure   Figure = "send_up"       // reports about cadres, working days: to the unit above
	AcceptFigure   Figure = "accept"        // to tell a real-name reporter that it is taken on
	FeedBackFigure Figure = "feed_back"     // and what became of it
	InquiryFigure  Figure = "inquiry"       // to answer a written inquiry
)

// figureRule says where a figure stands in a profile and what it may be.
type figureRule struct {
	Figure      Figure
	Working     bool
	right       bool // a petitioner's time: never shorter than the default
	least, most int
	in          func(*Law) *int
}

var figureRules = []figureRule{
	{RateFigure, false, true, leastRateDays, mostRateDays, func(l *Law) *int { return &l.RateDays }},
	{ChangeFigure, false, true, 1, mostRateDays, func(l *Law) *int { return &l.RateChange }},
	{InfoFigure, false, true, 1, 60, func(l *Law) *int { return &l.InfoDays }},
	{SimpleFigure, true, false, 1, 10, func(l *Law) *int { return &l.SimpleAccept }},
	{ArchiveFigure, false, false, 1, longestLimit, func(l *Law) *int { return &l.ArchiveDays }},
	{SendUpFigure, true, false, 1, 15, func(l *Law) *int { return &l.Cadre.SendUp }},
	{AcceptFigure, true, false, 1, 30, func(l *Law) *int { return &l.Cadre.Accept }},
	{FeedBackFigure, true, false, 1, 30, func(l *Law) *int { return &l.Cadre.FeedBack }},
	{InquiryFigure, true, false, 1, 30, func(l *Law) *int { return &l.Cadre.Inquiry }},
}

// FigureChange is a figure that a profile sets otherwise than the national one.
type FigureChange struct {
	Figure  Figure
	Working bool
	Was, Is int
}

// FiguresOf lists every figure in the order of pages: as nationally, and as the profile has
// it.
func FiguresOf(national, law Law) []FigureChange {
	var all []FigureChange
	for _, r := range figureRules {
		all = append(all, FigureChange{r.Figure, r.Working, *r.in(&national), *r.in(&law)})
	}
	return all
}

// FigureChanges lists those that a profile of a unit changes.
func FigureChanges(laws Laws, id string) []FigureChange {
	law, ok := laws.Named(id)
	if !ok || law.Unit == "" {
		return nil
	}
	return slices.DeleteFunc(FiguresOf(laws.At(law.From), law), func(c FigureChange) bool { return c.Was == c.Is })
}

// with is the profile with figures set.
func (l Law) with(figures map[Figure]int) Law {
	for _, r := range figureRules {
		if n, ok := figures[r.Figure]; ok {
			*r.in(&l) = n
		}
	}
	return l
}

// checkFigures: only the topmost unit sets them, each within its bounds.
func (f *form) checkFigures(o LocalLaw, r Rules, base Law) {
	f.need(len(o.Figures) == 0 || len(r.Units.Above(o.Unit)) == 0, "unit", "problem.figures_top")
	for _, rule := range figureRules {
		n, set := o.Figures[rule.Figure]
		if !set {
			continue
		}
		field, least := "figure."+string(rule.Figure), rule.least
		if rule.right {
			least = max(least, *rule.in(&base))
		}
		f.need(n >= least && n <= rule.most, field, "problem.figure", "min", strconv.Itoa(least), "max", strconv.Itoa(rule.most))
	}
	law := base.with(o.Figures)
	f.need(law.RateChange <= law.RateDays, "figure."+string(ChangeFigure), "problem.figure_change")
}
