package desk

import (
	"context"
	"fmt"
	"time"

	"huiyin/demo"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

// loadPlans announces the sessions of leaders that are ahead: drawn up, approved and
// published, one plan for each unit and year.
func loadPlans(ctx context.Context, store *officedb.Store, now time.Time) error {
	type plan struct {
		unit petition.UnitID
		year int
	}
	entries := make(map[plan]int)
	var order []plan
	for _, m := range demo.NotesAt(now).Plans {
		p := plan{m.Unit, m.Year}
		if entries[p] == 0 {
			order = append(order, p)
		}
		act := petition.PlanAct{Action: petition.EnterSession, Session: &m.Session}
		if _, err := store.ActPlan(ctx, someone(p.unit, petition.OfficeHead), p.year, entries[p], act, now); err != nil {
			return fmt.Errorf("reception of the demonstration, %s: %w", m.Session.Subject, err)
		}
		entries[p]++
	}
	for _, p := range order {
		for _, step := range []struct {
			do petition.PlanAction
			by petition.Role
		}{{petition.SubmitPlan, petition.OfficeHead}, {petition.ApprovePlan, petition.Leader}, {petition.PublishPlan, petition.OfficeHead}} {
			if _, err := store.ActPlan(ctx, someone(p.unit, step.by), p.year, entries[p], petition.PlanAct{Action: step.do}, now); err != nil {
				return fmt.Errorf("plan of reception of the demonstration, %s: %w", p.unit, err)
			}
			entries[p]++
		}
	}
	return nil
}

// loadAnswers has units answer for work that went wrong, and tells some of those who asked
// who has looked at their data; the others wait.
func loadAnswers(ctx context.Context, store *officedb.Store, cases []demo.Case, now time.Time) error {
	notes, taken := demo.NotesAt(now), make(map[petition.ID]bool)
	for _, a := range notes.Accounts {
		if err := account(ctx, store, a, cases, taken, now); err != nil {
			return fmt.Errorf("accountability of the demonstration: %w", err)
		}
	}
	for _, a := range notes.Answers {
		auditor := someone(a.Unit, petition.AuditAdmin)
		asked, err := store.ViewRequests(ctx, auditor)
		if err != nil {
			return fmt.Errorf("who looked, in the demonstration: %w", err)
		}
		if len(asked) == 0 {
			continue
		}
		one, err := store.ViewRequest(ctx, auditor, asked[0].Case)
		if err == nil {
			err = store.AnswerViews(ctx, auditor, one.Case, one.Version, a.Text, now)
		}
		if err != nil {
			return fmt.Errorf("who looked, in the demonstration: %w", err)
		}
	}
	return nil
}

// account opens a file about the newest case that shows the fault, and goes on with it as
// far as it came.
func account(ctx context.Context, store *officedb.Store, a demo.Accounting, cases []demo.Case, taken map[petition.ID]bool, now time.Time) error {
	by, rules := someone(a.Unit, petition.Supervisor), demo.Rules()
	for i := range cases {
		told := cases[len(cases)-1-i]
		if told.Report || taken[told.ID] {
			continue
		}
		c, err := store.Case(ctx, by, told.ID)
		if petition.Is(err, petition.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if faults := petition.FaultsOf(c, rules, now); len(faults) == 0 || faults[0].Kind != a.Fault {
			continue
		}
		taken[told.ID] = true
		return accountSteps(ctx, store, a, told.ID, now)
	}
	return nil
}

func accountSteps(ctx context.Context, store *officedb.Store, a demo.Accounting, about petition.ID, now time.Time) error {
	then := now.Add(-demoPast)
	file, err := store.AddAccountability(ctx, someone(a.Unit, petition.Supervisor), about, a.Steps[0], then)
	for n, e := range a.Steps[1:] {
		if err != nil {
			return err
		}
		by := someone(a.Unit, petition.Leader)
		if e.Step == petition.AccountFeedback {
			by = someone(a.Unit, petition.Supervisor)
		}
		err = store.StepAccountability(ctx, by, file, n+1, e, then.Add(time.Duration(n+1)*demoPast/3))
	}
	return err
}
