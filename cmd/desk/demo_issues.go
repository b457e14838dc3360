package desk

import (
	"context"
	"fmt"
	"time"

	"huiyin/demo"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

// loadIssues looks through the month before for common issues, and judges the first of each
// unit by what they are about; the others wait for somebody to judge them.
func loadIssues(ctx context.Context, store *officedb.Store, now time.Time) error {
	notes := demo.NotesAt(now)
	for unit, n := range notes.Leasts {
		if err := store.SetIssueLeast(ctx, someone(unit, petition.OfficeHead), n, now); err != nil {
			return fmt.Errorf("common issues of the demonstration, %s: %w", unit, err)
		}
	}
	if err := store.FindIssues(ctx, now); err != nil {
		return err
	}
	judged := make(map[petition.ID]bool)
	for _, one := range notes.Issues {
		if err := judge(ctx, store, one, notes.Findings, judged, now); err != nil {
			return fmt.Errorf("a common issue of the demonstration, %s: %w", one.Unit, err)
		}
	}
	return nil
}

// judge takes the steps on the first issue of a unit that nobody judged yet and of whose
// topic the notes find something, if there is one: which there are depends on the day on
// which the demonstration begins.
func judge(ctx context.Context, store *officedb.Store, one demo.Judged, findings map[petition.Topic][]petition.IssueStep, judged map[petition.ID]bool, now time.Time) error {
	head := someone(one.Unit, petition.OfficeHead)
	all, err := store.Issues(ctx, head, now.In(petition.Shanghai).AddDate(0, -1, 0).Year())
	if err != nil {
		return err
	}
	for _, i := range all {
		steps := findings[i.Topic]
		if i.Unit != one.Unit || judged[i.ID] || steps == nil {
			continue
		}
		judged[i.ID] = true
		for seen, step := range steps[:one.Steps] {
			if err := store.StepIssue(ctx, head, i.ID, seen, step, now); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}
