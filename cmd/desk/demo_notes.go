package desk

import (
	"context"
	"fmt"
	"time"

	"huiyin/backoffice"
	"huiyin/demo"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

// demoPast is how long before the present the notes of the demonstration were written, so
// that a day of theirs may have passed.
const demoPast = 7 * 24 * time.Hour

// loadNotes stores what the units wrote down besides their cases.
func loadNotes(ctx context.Context, store *officedb.Store, now time.Time) error {
	notes, then := demo.NotesAt(now), now.Add(-demoPast)
	for _, r := range notes.Rules {
		if _, err := store.SaveLocalRule(ctx, someone(r.Unit, petition.OfficeHead), r, then); err != nil {
			return fmt.Errorf("rules of the demonstration: %w", err)
		}
	}
	for _, l := range notes.Limits {
		if err := loadLimits(ctx, store, l, now); err != nil {
			return fmt.Errorf("limits of the demonstration: %w", err)
		}
	}
	for _, d := range notes.Disputes {
		by := someone(d.Unit, petition.Registrar)
		at := then
		if d.Entry.Kind == petition.Emergency { // it goes on
			at = now
		}
		id, err := store.AddDispute(ctx, by, d.Entry, at)
		if err == nil && d.Closed != "" {
			err = store.StepDispute(ctx, by, id, 1, petition.DisputeEntry{Step: petition.DisputeClose, Measures: d.Closed}, then.Add(demoPast/2))
		}
		if err != nil {
			return fmt.Errorf("disputes of the demonstration: %w", err)
		}
	}
	for _, book := range notes.Teams {
		for n, e := range book.Entries {
			if err := store.AddTeamEntry(ctx, someone(book.Unit, petition.OfficeHead), n, e, now); err != nil {
				return fmt.Errorf("team of the demonstration, %s: %w", book.Unit, err)
			}
		}
	}
	for _, i := range notes.Incidents {
		if err := store.AddIncident(ctx, someone(i.Unit, petition.Registrar), i, petition.IncidentMonths[0], now); err != nil {
			return fmt.Errorf("incidents of the demonstration: %w", err)
		}
	}
	for _, a := range notes.Asked {
		if err := loadAsked(ctx, store, a, then); err != nil {
			return fmt.Errorf("inspections of the demonstration, %s: %w", a.Ask.Team, err)
		}
	}
	for _, d := range notes.Duties {
		if err := loadDuty(ctx, store, d, then); err != nil {
			return fmt.Errorf("duty of the demonstration, %s: %w", d.Act.Title, err)
		}
	}
	return nil
}

// loadDuty sets a duty, and goes on with it as far as it came.
func loadDuty(ctx context.Context, store *officedb.Store, d demo.Set, then time.Time) error {
	by := someone(d.Unit, d.Role)
	made, err := store.SetDuty(ctx, by, d.Act, then)
	if err != nil || d.Answer == nil {
		return err
	}
	answer := petition.DutyAct{Action: petition.AnswerDuty, Values: d.Answer}
	if err := store.ActDuty(ctx, someone(made.Owner, petition.OfficeHead), made.ID, 1, answer, then.Add(demoPast/3)); err != nil || d.End.Action == "" {
		return err
	}
	return store.ActDuty(ctx, by, made.ID, 2, d.End, then.Add(demoPast/2))
}

// someone is a member of the demonstration's staff in a role at a unit; nobody if there is
// none.
func someone(unit petition.UnitID, role petition.Role) petition.Actor {
	for _, a := range demo.Staff() {
		if by := (petition.Actor{Kind: petition.ByStaff, Staff: a.ID, Name: a.Name, Unit: a.Unit, Roles: a.Roles}); a.Unit == unit && by.Is(role) {
			return by
		}
	}
	return petition.Actor{}
}

// loadLimits puts a unit's own limits in force, and the rule that says so beside them.
func loadLimits(ctx context.Context, store *officedb.Store, l demo.OwnLimits, now time.Time) error {
	admin := someone("990000", petition.SystemAdmin)
	id, err := store.DraftLaw(ctx, admin, l.Law, now)
	if err != nil {
		return err
	}
	for { // measuring goes on where it stopped
		e, err := store.LimitEdit(ctx, admin, id)
		if err != nil {
			return err
		}
		if e.State == backoffice.EditReady {
			break
		}
		if err := store.LimitTick(ctx, now); err != nil {
			return err
		}
	}
	if err := store.ApplyLimits(ctx, admin, id, now); err != nil {
		return err
	}
	_, err = store.SaveLocalRule(ctx, someone(l.Rule.Unit, petition.OfficeHead), l.Rule, now)
	return err
}

func loadAsked(ctx context.Context, store *officedb.Store, a demo.Asked, then time.Time) error {
	id, err := store.AskInspection(ctx, someone(a.Unit, a.By(petition.InspectionAsk)), a.About, a.Ask, then)
	for n, step := range a.Then {
		if err == nil {
			err = store.StepInspection(ctx, someone(a.Unit, a.By(step.Act)), id, n+1, step, then.Add(time.Duration(n+1)*time.Hour))
		}
	}
	return err
}
