package backoffice

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// dutiesPage is the view of pages/duties.html: what units answer for to each other.
type dutiesPage struct {
	*web.Form
	Side   DutySide
	Sides  []dutyTab
	Lists  []dutyTab
	Rows   []dutyLine
	Units  []web.Option
	Kinds  []web.Option
	Causes []web.Option
	New    []petition.DutyKind // that this reader may set
	Counts DutyCounts
	Next   string
	First  string
}

// dutyTab is a list or a side to go to.
type dutyTab struct {
	Key, To string
	Current bool
}

// dutyLine is a duty in a list.
type dutyLine struct {
	DutyRow
	FromName, OwnerName string
	Late                bool
}

func (w *Office) showDuties(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	f := web.NewForm("duties", c.Request.URL.Query())
	q, err := dutyQuery(f, by, now)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	v := dutiesPage{Form: f, Side: q.Side, Sides: dutySides(f, by, q), Lists: dutyLists(f, q), New: settable(by)}
	if v.Counts, err = w.store.DutyCounts(ctx, by, now); err != nil {
		return err
	}
	page, err := w.store.Duties(ctx, by, q)
	if err != nil {
		return err
	}
	v.Rows = dutyLines(rules, page.Rows, now)
	for _, k := range petition.DutyKinds {
		v.Kinds = append(v.Kinds, web.Option{Value: string(k), Label: w.say(c, "duty.kind."+string(k))})
	}
	v.Causes = w.causeOptions(c)
	if q.Side != DutiesOurs {
		v.Units = unitOptions(rules, by)
	}
	v.Next, v.First = pager("/duties", keptQuery(f.Values), page.Next, q.After != "")
	return w.site.Show(c, http.StatusOK, "duties", v)
}

// dutyQuery reads what is asked for; NotFound for lists that there are not.
func dutyQuery(f *web.Form, by petition.Actor, now time.Time) (DutyQuery, error) {
	q := DutyQuery{List: DutyList(f.Get("list")), Side: DutySide(f.Get("side")), Kind: petition.DutyKind(f.Get("kind")),
		Cause: petition.DutyCause(f.Get("cause")), Unit: petition.UnitID(f.Get("unit")), Late: f.Get("late") == "yes", Mine: f.Get("mine") == "yes", After: f.Get("after"), Now: now}
	if q.List == "" {
		q.List = DutiesLive
	}
	if q.Side == "" {
		q.Side = DutiesOurs
	}
	known := slices.Contains(DutyLists, q.List) && (q.Kind == "" || slices.Contains(petition.DutyKinds, q.Kind)) &&
		(q.Cause == "" || slices.Contains(petition.DutyCauses, q.Cause))
	if !known || !slices.Contains(sidesOf(by), q.Side) {
		return q, web.NotFound()
	}
	return q, nil
}

// causeOptions are why something may be supervised.
func (w *Office) causeOptions(c *gin.Context) []web.Option {
	all := make([]web.Option, len(petition.DutyCauses))
	for i, cause := range petition.DutyCauses {
		all[i] = web.Option{Value: string(cause), Label: w.say(c, "duty.cause."+string(cause))}
	}
	return all
}

// sidesOf are whose duties the reader may list.
func sidesOf(by petition.Actor) []DutySide {
	all := []DutySide{DutiesOurs, DutiesSet}
	if by.Is(leaderRoles...) || by.Is(petition.Registrar) {
		all = append(all, DutiesBelow)
	}
	return all
}

func dutySides(f *web.Form, by petition.Actor, q DutyQuery) []dutyTab {
	var all []dutyTab
	for _, s := range sidesOf(by) {
		all = append(all, dutyTab{"duties.side_" + string(s), "/duties?" + url.Values{"side": {string(s)}}.Encode(), q.Side == s})
	}
	return all
}

func dutyLists(f *web.Form, q DutyQuery) []dutyTab {
	var all []dutyTab
	for _, l := range DutyLists {
		if l == DutiesDrafts && q.Side != DutiesSet {
			continue
		}
		v := keptQuery(f.Values)
		v.Set("list", string(l))
		all = append(all, dutyTab{"duties.list_" + string(l), "/duties?" + v.Encode(), q.List == l})
	}
	return all
}

// keptQuery is the filters of a list without the place in it.
func keptQuery(v url.Values) url.Values {
	kept := url.Values{}
	for name, all := range v {
		if name != "after" && name != "lang" && len(all) > 0 && all[0] != "" {
			kept.Set(name, all[0])
		}
	}
	return kept
}

// settable are the kinds that the reader may set.
func settable(by petition.Actor) []petition.DutyKind {
	return slices.DeleteFunc(slices.Clone(petition.DutyKinds), func(k petition.DutyKind) bool { return !petition.SetsDuty(by, k) })
}

// aboutACase are the kinds that are set on a case's page.
var aboutACase = []petition.DutyKind{petition.Instruction, petition.Supervision, petition.Contract, petition.Reward, petition.CoHandling, petition.Flagged, petition.Important, petition.Information}

// caseDuties is what a case's page shows of duties about it.
type caseDuties struct {
	Case petition.ID
	Rows []dutyLine
	New  []petition.DutyKind
}

func (w *Office) caseDuties(ctx context.Context, d *dossier) (caseDuties, error) {
	v := caseDuties{Case: d.ID, New: slices.DeleteFunc(settable(d.by), func(k petition.DutyKind) bool {
		return !slices.Contains(aboutACase, k) || k == petition.Reward && !d.Adopted()
	})}
	page, err := w.store.Duties(ctx, d.by, DutyQuery{List: DutiesOut, Side: DutiesBelow, Case: d.ID, Now: d.now})
	v.Rows = dutyLines(d.rules, page.Rows, d.now)
	return v, err
}

func dutyLines(r petition.Rules, rows []DutyRow, now time.Time) []dutyLine {
	all := make([]dutyLine, len(rows))
	for i, one := range rows {
		all[i] = dutyLine{one, unitName(r, one.From), unitName(r, one.Owner),
			one.State == petition.DutyOpen && one.Due < petition.Day(now)}
	}
	return all
}
