package backoffice

import (
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// shortList is how many lines a list on the leader's page has; the rest is one click away.
const shortList = 6

// leaderLists is what stands below the figures: what is late or soon due and who has it,
// what came today from several people, what the reader told others to do and took on
// himself, when he meets people, and what units below still owe.
type leaderLists struct {
	Urgent   []disputeLine // emergencies that are not over
	Near     []nearCase
	Joint    []ledgerLine
	JointTo  string // the ledger that they stand in
	Duties   []dutyPanel
	Sessions []ownSession
	Owing    []teamUnit
	Issues   []issueLine  // common issues that somebody confirmed this year
	Annuals  []annualLine // reports on last year that are late or wait for the reader
}

// issuesConfirmed are the newest common issues of a year that somebody confirmed.
func (w *Office) issuesConfirmed(c *gin.Context, year int) ([]issueLine, error) {
	all, err := w.issueLines(c, year, "")
	all = slices.DeleteFunc(all, func(i issueLine) bool { return !i.Status().Confirmed() })
	return all[:min(len(all), shortList)], err
}

// qualityShown are the indicators on the leader's page.
var qualityShown = []petition.Indicator{petition.NoticesInTime, petition.AnswersInTime, petition.DoneOnce, petition.RepeatShare, petition.UnitLiked}

// leaderQuality fills in how timely and how well the subtree worked in a period, this month
// unless another is chosen, beside the period before.
func (w *Office) leaderQuality(c *gin.Context, v *leaderPage) error {
	now := w.site.Now()
	if v.Period = petition.Period(v.Get("period")); v.Period == "" {
		v.Period = petition.Period(petition.Day(now)[:len("2026-09")])
		v.Set("period", string(v.Period))
	}
	v.Periods = w.periodOptions(c)
	figures, err := w.figuresOf(c, v.Top, v.Period)
	if err != nil {
		return err
	}
	before, err := w.figuresOf(c, v.Top, v.Period.Before())
	if err != nil {
		return err
	}
	for _, l := range w.indicatorLines(c, figures, before) {
		if slices.Contains(qualityShown, l.What) {
			v.Quality = append(v.Quality, l)
		}
	}
	return nil
}

// nearCase is a case that is late or soon will be, and who has it.
type nearCase struct {
	QueueRow
	UnitName string
	Due      due
}

// ownSession is a session of the unit's plan that is still to come.
type ownSession struct {
	petition.Session
	Own bool // the reader is the leader
}

// leaderLists reads them. Cases are those of a unit and all below it; duties, sessions and
// what units owe are the reader's own view, whichever unit he looks at.
func (w *Office) leaderLists(c *gin.Context, r petition.Rules, top petition.UnitID) (v leaderLists, err error) {
	if v.Near, err = w.nearCases(c, r, top); err != nil {
		return v, err
	}
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	signs, err := w.store.Disputes(ctx, by, true, petition.ID{})
	if err != nil {
		return v, err
	}
	for _, d := range signs.Rows {
		if d.Urgent() {
			v.Urgent = append(v.Urgent, lineOfDispute(r, d, w))
		}
	}
	today := LedgerQuery{Ledger: LedgerJoint, Unit: top, Below: true, From: petition.Day(now), Limit: shortList, Now: now}
	joint, err := w.store.Ledger(ctx, by, today)
	if err != nil {
		return v, err
	}
	v.Joint = ledgerLines(r, joint.Rows, today)
	v.JointTo = "/ledgers/joint?" + url.Values{"unit": {string(top)}, "below": {"yes"}, "from": {today.From}}.Encode()
	if v.Duties, err = w.leaderDuties(c, r); err != nil {
		return v, err
	}
	if v.Sessions, err = w.sessionsAhead(c, now); err != nil {
		return v, err
	}
	if v.Issues, err = w.issuesConfirmed(c, now.In(petition.Shanghai).Year()); err != nil {
		return v, err
	}
	if v.Annuals, err = w.annualsToSee(c); err != nil {
		return v, err
	}
	units, err := w.teamLines(c, now.In(petition.Shanghai).Year())
	for _, u := range units {
		if !u.whole() {
			v.Owing = append(v.Owing, u)
		}
	}
	return v, err
}

// nearCases are the cases that are longest overdue, then those due within three days.
func (w *Office) nearCases(c *gin.Context, r petition.Rules, top petition.UnitID) ([]nearCase, error) {
	now := w.site.Now()
	var all []nearCase
	for _, due := range []string{"over", "soon"} {
		if len(all) == shortList {
			break
		}
		page, err := w.store.Queue(c.Request.Context(), who(c).Actor,
			QueueQuery{Unit: top, Below: true, Stage: Active, Due: due, Limit: shortList - len(all), Now: now})
		if err != nil {
			return nil, err
		}
		for _, one := range page.Rows {
			all = append(all, nearCase{one, unitName(r, one.Unit), dueOf(one.Clock, one.Warn, one.Due, now)})
		}
	}
	return all, nil
}

// dutyPanel is the beginning of a list of duties and the address of the whole.
type dutyPanel struct {
	Key, To string
	Rows    []dutyLine
}

// leaderDuties are the lists of duties that concern a leader: answers to what he said, what
// he said and nobody answered yet, cases that he took on; below him, supervisions whose day
// for an answer has passed, and what was marked as important and
// not reported by its day, and what was.
func (w *Office) leaderDuties(c *gin.Context, r petition.Rules) ([]dutyPanel, error) {
	var all []dutyPanel
	for _, one := range []struct{ key, filters string }{
		{"answered", "side=set&kind=instruction&mine=yes&list=answered"},
		{"told", "side=set&kind=instruction&mine=yes"},
		{"mine", "kind=contract&mine=yes"},
		{"chased", "side=below&kind=supervision&late=yes"},
		{"unreported", "side=below&kind=flag&late=yes"},
		{"grave", "side=below&kind=important"},
	} {
		asked, err := url.ParseQuery(one.filters)
		if err != nil {
			return nil, err
		}
		q, err := dutyQuery(web.NewForm("duties", asked), who(c).Actor, w.site.Now())
		if err != nil {
			return nil, err
		}
		q.Limit = shortList
		page, err := w.store.Duties(c.Request.Context(), who(c).Actor, q)
		if err != nil {
			return nil, err
		}
		all = append(all, dutyPanel{one.key, "/duties?" + one.filters, dutyLines(r, page.Rows, q.Now)})
	}
	return all, nil
}

// sessionsAhead are the next published sessions of the reader's unit.
func (w *Office) sessionsAhead(c *gin.Context, now time.Time) ([]ownSession, error) {
	by, today := who(c).Actor, petition.Day(now)
	plan, err := w.store.Plan(c.Request.Context(), by, "", now.In(petition.Shanghai).Year())
	if err != nil {
		return nil, err
	}
	var all []ownSession
	for _, s := range plan.Published {
		if s.Day >= today && s.Off == "" && len(all) < shortList {
			all = append(all, ownSession{s, s.Leader == by.Name})
		}
	}
	return all, nil
}
