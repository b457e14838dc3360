package desk

import (
	"context"
	"fmt"
	"time"

	"huiyin/demo"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

// loadAnnuals writes the reports on the year before as far as the notes have them, in
// January of this year where that has passed.
func loadAnnuals(ctx context.Context, store *officedb.Store, now time.Time) error {
	year := now.In(petition.Shanghai).Year()
	at := time.Date(year, 1, 20, 10, 0, 0, 0, petition.Shanghai)
	if at.After(now) {
		at = now
	}
	units := petition.NewUnits(demo.Units())
	for _, a := range demo.NotesAt(now).Annuals {
		own, above := someone(a.Unit, petition.OfficeHead), someone(units.Above(a.Unit)[0].ID, petition.OfficeHead)
		steps := []struct {
			by   petition.Actor
			step petition.AnnualStep
		}{{own, petition.AnnualStep{Status: petition.AnnualFiled, Texts: a.Texts}}, {above, petition.AnnualStep{Status: a.End, Text: a.Why}}}
		switch a.End {
		case petition.AnnualDraft:
			steps = steps[:1]
			steps[0].step.Status = petition.AnnualDraft
		case petition.AnnualFiled:
			steps = steps[:1]
		}
		for seen, s := range steps {
			if err := store.StepAnnual(ctx, s.by, a.Unit, year-1, seen, s.step, at); err != nil {
				return fmt.Errorf("annual report of the demonstration, %s: %w", a.Unit, err)
			}
		}
	}
	return nil
}

// loadRewards proposes the rewards of the notes for the newest suggestions that the units
// adopted and answered, and lets leaders decide on those that have a ruling.
func loadRewards(ctx context.Context, store *officedb.Store, cases []demo.Case, now time.Time) error {
	for _, r := range demo.NotesAt(now).Rewards {
		act := r.Act
		if act.Case = adoptedAt(r.Unit, cases); act.Case.IsZero() {
			continue
		}
		head, leader := someone(r.Unit, petition.OfficeHead), someone(r.Unit, petition.Leader)
		act.Person = leader.Staff
		made, err := store.SetDuty(ctx, head, act, now)
		if err == nil && r.Ruling != "" {
			err = store.ActDuty(ctx, leader, made.ID, 1, petition.DutyAct{Action: petition.AnswerDuty, Values: map[string]string{"ruling": r.Ruling}}, now)
			if err == nil {
				err = store.ActDuty(ctx, head, made.ID, 2, petition.DutyAct{Action: petition.CloseDuty, Outcome: "granted", Text: r.Ruling}, now)
			}
		}
		if err != nil {
			return fmt.Errorf("reward of the demonstration, %s: %w", r.Unit, err)
		}
	}
	return nil
}

// adoptedAt is a suggestion that a unit adopted and answered; zero if there is none.
func adoptedAt(unit petition.UnitID, cases []demo.Case) petition.ID {
	for _, c := range cases {
		adopted := false
		for _, e := range c.Events {
			switch {
			case e.By.Unit != unit:
			case e.Act.Action == petition.Draft:
				adopted = e.Act.Outcome == petition.Adopted || e.Act.Outcome == petition.PartAdopted
			case e.Act.Action == petition.Serve && adopted:
				return c.ID
			}
		}
	}
	return petition.ID{}
}
