package backoffice

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// setDutyPage is the view of pages/duty_set.html: a new duty of one kind.
type setDutyPage struct {
	*web.Form
	Kind     petition.DutyKind
	Forms    []web.Option // of a supervision or an advice; nil for other kinds
	Chosen   petition.DutyForm
	Fields   []field
	Case     petition.ID // what it is about; zero: no one case
	Number   string      // of that case
	Decision petition.ID // the tracked decision that a supervision presses on with; zero: none
	Flag     petition.ID // the mark that a report answers; zero: none
	Tracked  string      // what that says
	Drafts   bool        // may be kept as a draft
	Nowhere  bool        // there is no unit that could own it
	NoCase   bool        // it must be about a case, and none is named
}

// setDuty reads which kind is set, and about what; NotFound for whoever may not.
func (w *Office) setDuty(c *gin.Context, f *web.Form) (*setDutyPage, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	v := &setDutyPage{Form: f, Kind: petition.DutyKind(c.Param("kind")), Chosen: petition.DutyForm(f.Get("form"))}
	if !petition.SetsDuty(by, v.Kind) {
		return nil, web.NotFound()
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if text := f.Get("case"); text != "" {
		if v.Case, err = petition.ParseID(text); err != nil {
			return nil, web.NotFound()
		}
		about, err := w.store.Case(ctx, by, v.Case)
		if err != nil {
			return nil, err
		}
		v.Number = about.Number
	}
	if text := f.Get("flag"); text != "" {
		if v.Flag, err = petition.ParseID(text); err != nil {
			return nil, web.NotFound()
		}
		flag, err := w.store.Duty(ctx, by, v.Flag)
		if err != nil {
			return nil, err
		}
		if flag.Kind != petition.Flagged || flag.Owner != by.Unit || v.Kind != petition.Important {
			return nil, web.NotFound()
		}
		if v.Case = flag.Case; f.Get("title") == "" {
			f.Set("title", flag.Title)
		}
	}
	if text := f.Get("decision"); text != "" {
		if v.Decision, err = petition.ParseID(text); err != nil {
			return nil, web.NotFound()
		}
		tracked, err := w.store.Duty(ctx, by, v.Decision)
		if err != nil {
			return nil, err
		}
		v.Tracked = tracked.Title
		if f.Get("owner") == "" {
			f.Set("owner", string(tracked.Owner))
		}
	}
	forms := petition.DutyForms(v.Kind)
	for _, one := range forms {
		v.Forms = append(v.Forms, web.Option{Value: string(one), Label: w.say(c, "duty.form."+string(one)), Hint: w.say(c, "duty.form."+string(one)+"_hint")})
	}
	if len(forms) > 0 && !slices.Contains(forms, v.Chosen) {
		return v, nil // the form is chosen first: each asks for something else
	}
	owners := ownerOptions(rules, by.Unit, v.Kind)
	v.Nowhere = len(owners) == 0
	if v.NoCase = petition.DutyOfCase(v.Kind) && v.Case.IsZero(); v.NoCase {
		return v, nil
	}
	v.Drafts = len(forms) > 0
	v.Fields = slices.Concat([]field{{Name: "owner", Kind: "pick", Options: owners, Blank: "form.choose"}, {Name: "title", Kind: "line"}},
		valueFields(petition.DutyFields(v.Kind, v.Chosen)), []field{{Name: "due", Kind: "day"}})
	if v.Kind == petition.Supervision {
		v.Fields = slices.Insert(v.Fields, 1, field{Name: "cause", Kind: "pick", Options: w.causeOptions(c), Blank: "duty.cause_other", Free: true})
	}
	if petition.DutyOfCase(v.Kind) {
		people, err := w.store.Colleagues(ctx, by, by.Unit)
		if err != nil {
			return nil, err
		}
		v.Fields = slices.Insert(v.Fields, 1, field{Name: "person", Kind: "pick", Options: w.personOptions(c, leadersOf(people)), Blank: "form.choose"})
	}
	if len(owners) == 1 {
		f.Set("owner", owners[0].Value)
	}
	return v, nil
}

// ownerOptions are the units that may own a duty of the kind.
func ownerOptions(r petition.Rules, from petition.UnitID, k petition.DutyKind) []web.Option {
	var all []web.Option
	for _, u := range petition.DutyOwners(r.Units, from, k) {
		all = append(all, web.Option{Value: string(u.ID), Label: u.Short})
	}
	return all
}

// leadersOf are the leaders among colleagues.
func leadersOf(people []Colleague) []Colleague {
	return slices.DeleteFunc(people, func(p Colleague) bool { return !slices.Contains(p.Roles, petition.Leader) })
}

func (w *Office) showSetDuty(c *gin.Context) error {
	f := web.NewForm("duty", c.Request.URL.Query())
	v, err := w.setDuty(c, f)
	if err != nil {
		return err
	}
	if f.Get("due") == "" {
		f.Set("due", petition.Day(w.site.Now().AddDate(0, 0, petition.DutyDays(v.Kind))))
	}
	return w.site.Show(c, http.StatusOK, "duty_set", v)
}

// doSetDuty sets or drafts it: back to the form with its problems, or done.
func (w *Office) doSetDuty(c *gin.Context) error {
	f, err := w.posted(c, "duty")
	if err != nil {
		return err
	}
	v, err := w.setDuty(c, f)
	if err != nil {
		return err
	}
	act := petition.DutyAct{Action: petition.SetDuty, Kind: v.Kind, Form: v.Chosen, Cause: petition.DutyCause(f.Get("cause")), Owner: petition.UnitID(f.Get("owner")), Case: v.Case, Decision: v.Decision, Flag: v.Flag,
		Title: f.Get("title"), Person: chosenID(f, "person"), Due: f.Get("due"), Values: dutyValues(f, v.Fields)}
	if v.Drafts && f.Get("go") == "draft" {
		act.Action = petition.DraftDuty
	}
	made, err := w.store.SetDuty(c.Request.Context(), who(c).Actor, act, w.site.Now())
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "duty_set", v)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.duty_"+string(act.Action))
	return w.site.Go(c, "/duties/"+made.ID.String())
}
