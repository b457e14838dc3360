package backoffice

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// dutyPage is the view of pages/duty.html: one duty, its record, and what may be done.
type dutyPage struct {
	*petition.Duty
	FromName, OwnerName string
	PersonName          string
	Late                bool
	Says                []dutyWord // what was set
	Log                 []dutyNews // newest first
	Offers              []petition.DutyAction
	Letter              bool // it goes out with one
	Report              bool // a mark that the reader may report upward
	Press               bool // a tracked decision that the reader may supervise
}

// dutyWord is a field as it was filled in.
type dutyWord struct{ Name, Text string }

// dutyNews is an entry of the record.
type dutyNews struct {
	petition.DutyEntry
	UnitName string
	Person   string
	Says     []dutyWord
}

func (w *Office) showDuty(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	d, err := w.store.Duty(ctx, by, id)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	people, err := w.dutyPeople(c, d)
	if err != nil {
		return err
	}
	v := dutyPage{Duty: d, FromName: unitName(rules, d.From), OwnerName: unitName(rules, d.Owner), PersonName: people[d.Person],
		Late: d.Late(petition.Day(w.site.Now())), Says: dutyWords(d.Values, petition.DutyFields(d.Kind, d.Form)), Offers: petition.DutyOffers(d, by),
		Letter: petition.DutyLetter(d.Kind, d.Form) != "",
		Report: d.Kind == petition.Flagged && slices.Contains(petition.DutyOffers(d, by), petition.AnswerDuty) &&
			petition.SetsDuty(by, petition.Important) && len(petition.DutyOwners(rules.Units, by.Unit, petition.Important)) > 0,
		Press: d.Kind == petition.Tracking && d.State.Live() && petition.SetsDuty(by, petition.Supervision) && mayOwnDuty(rules, by.Unit, d.Owner)}
	for _, e := range slices.Backward(d.Entries) {
		news := dutyNews{DutyEntry: e, UnitName: unitName(rules, e.By.Unit), Person: people[e.Act.Person]}
		if e.N > 1 {
			news.Says = dutyWords(e.Act.Values, slices.Concat(petition.DutyFields(d.Kind, d.Form), petition.AnswerFields(d.Kind, d.Form)))
		}
		v.Log = append(v.Log, news)
	}
	return w.site.Show(c, http.StatusOK, "duty", v)
}

// dutyPeople names those that the duty was given to.
func (w *Office) dutyPeople(c *gin.Context, d *petition.Duty) (map[petition.ID]string, error) {
	names := map[petition.ID]string{}
	if by := who(c).Actor; d.Person.IsZero() || by.Unit != d.Owner && !by.Is(leaderRoles...) {
		return names, nil
	}
	all, err := w.store.Colleagues(c.Request.Context(), who(c).Actor, d.Owner)
	for _, p := range all {
		names[p.ID] = p.Name
	}
	return names, err
}

// dutyWords are the values in the order of their fields, each once.
func dutyWords(values map[string]string, fields []petition.DutyField) []dutyWord {
	var all []dutyWord
	for _, f := range fields {
		word := dutyWord{f.Name, values[f.Name]}
		if word.Text != "" && !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// mayOwnDuty tells whether the one unit may set a supervision for the other.
func mayOwnDuty(r petition.Rules, from, owner petition.UnitID) bool {
	return slices.ContainsFunc(petition.DutyOwners(r.Units, from, petition.Supervision), func(u petition.Unit) bool { return u.ID == owner })
}
