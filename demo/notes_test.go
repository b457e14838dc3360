package demo

import (
	"testing"
	"time"

	"huiyin/petition"
)

// What the units wrote down is as the rules demand it, of units that there are.
func TestNotesAreWhatTheRulesDemand(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 30, 0, 0, petition.Shanghai)
	then := now.AddDate(0, 0, -7)
	notes, units := NotesAt(now), Rules().Units
	known := func(id petition.UnitID) {
		if _, ok := units.Unit(id); !ok {
			t.Errorf("no unit %s", id)
		}
	}
	for _, r := range notes.Rules {
		known(r.Unit)
		if err := petition.CheckLocalRule(r, petition.DefaultLaws()); err != nil {
			t.Errorf("%s: %v", r.Title, err)
		}
	}
	late := 0
	for _, d := range notes.Disputes {
		known(d.Unit)
		at := then
		if d.Entry.Kind == petition.Emergency {
			at = now
		}
		if err := petition.CheckDispute(nil, d.Entry, at); err != nil {
			t.Errorf("%s: %v", d.Entry.Place, err)
		}
		if d.Closed == "" && d.Entry.Next < petition.Day(now) {
			late++
		}
	}
	for _, whole := range notes.Teams {
		known(whole.Unit)
		book := petition.Team{Unit: whole.Unit}
		for _, e := range whole.Entries {
			if err := petition.CheckTeam(book, e, now); err != nil {
				t.Errorf("%s, line %d: %v", whole.Unit, e.N, err)
			}
			book.Entries = append(book.Entries, e)
		}
	}
	for unit, n := range notes.Leasts {
		known(unit)
		if err := petition.CheckIssueLeast(n); err != nil {
			t.Errorf("%s: %v", unit, err)
		}
	}
	for _, one := range notes.Issues {
		known(one.Unit)
	}
	for topic, steps := range notes.Findings {
		if _, ok := petition.TopicOf(topic); !ok {
			t.Errorf("no topic %s", topic)
		}
		issue := petition.Issue{}
		for _, s := range steps {
			if err := petition.CheckIssueStep(issue.Status(), s, now); err != nil {
				t.Errorf("%s, %s: %v", topic, s.Status, err)
			}
			issue.Steps = append(issue.Steps, s)
		}
	}
	checkPlans(t, notes.Plans, now)
	if len(notes.Leasts) == 0 || len(notes.Issues) < 2 {
		t.Error("no common issues")
	}
	for _, a := range notes.Asked {
		known(a.Unit)
		if err := petition.CheckInspection(a.About, a.Ask, units.All(), petition.Day(then)); err != nil {
			t.Errorf("%s: %v", a.Ask.Team, err)
		}
	}
	if len(notes.Asked) < 2 {
		t.Error("no inspections")
	}
	for _, a := range notes.Annuals {
		known(a.Unit)
		step := petition.AnnualStep{Status: petition.AnnualFiled, Texts: a.Texts}
		if a.End == petition.AnnualDraft {
			step.Status = a.End
		}
		if err := petition.CheckAnnualStep(petition.Annual{Unit: a.Unit, Year: now.Year() - 1}, step, now); err != nil {
			t.Errorf("annual report of %s: %v", a.Unit, err)
		}
	}
	for _, r := range notes.Rewards {
		known(r.Unit)
	}
	if len(notes.Annuals) < 3 || len(notes.Rewards) < 2 {
		t.Errorf("%d annual reports, %d rewards", len(notes.Annuals), len(notes.Rewards))
	}
	for _, i := range notes.Incidents {
		known(i.Unit)
		if err := petition.CheckIncident(i, petition.IncidentMonths[0], now); err != nil {
			t.Errorf("%s: %v", i.Place, err)
		}
	}
	kinds := make(map[petition.DutyKind]bool)
	for _, d := range notes.Duties {
		known(d.Unit)
		by := petition.Actor{Kind: petition.ByStaff, Unit: d.Unit, Roles: []petition.Role{d.Role}}
		if _, err := petition.DecideDuty(nil, by, d.Act, units, then); err != nil {
			t.Errorf("%s: %v", d.Act.Title, err)
		}
		kinds[d.Act.Kind] = true
	}
	for _, kind := range petition.DutyKinds {
		if !kinds[kind] && kind != petition.Contract && kind != petition.Reward { // which are always about one case
			t.Errorf("no duty of the kind %s", kind)
		}
	}
	if len(notes.Rules) < 2 || len(notes.Disputes) < 3 || late != 1 || len(notes.Incidents) < 1 {
		t.Errorf("%d rules, %d disputes, %d late, %d incidents", len(notes.Rules), len(notes.Disputes), late, len(notes.Incidents))
	}
}

// The sessions are ahead, of leaders that there are, some of them to be booked.
func checkPlans(t *testing.T, all []Meeting, now time.Time) {
	t.Helper()
	bookable := 0
	for _, m := range all {
		by := petition.Actor{Kind: petition.ByStaff, Unit: m.Unit, Roles: []petition.Role{petition.OfficeHead}}
		plan := &petition.Plan{Unit: m.Unit, Year: m.Year}
		if _, err := petition.DecidePlan(plan, by, petition.PlanAct{Action: petition.EnterSession, Session: &m.Session}, now); err != nil {
			t.Errorf("%s: %v", m.Session.Subject, err)
		}
		if works, _ := Rules().Days.Working(m.Session.Day); !works {
			t.Errorf("%s is on %s", m.Session.Subject, m.Session.Day)
		}
		if m.Session.Bookable(petition.Day(now)) {
			bookable++
		}
	}
	if bookable < 2 {
		t.Errorf("%d sessions of %d can be booked", bookable, len(all))
	}
}
