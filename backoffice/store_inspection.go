package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// InspectionStore keeps the requests of inspection teams (巡视巡察, scenario 12.4). Those who
// oversee the unit that was asked read them; cadre supervisors read what was approved.
type InspectionStore interface {
	Inspections(ctx context.Context, by petition.Actor) ([]petition.Inspection, error)
	Inspection(ctx context.Context, by petition.Actor, id petition.ID) (petition.Inspection, error)
	// AskInspection writes down a request; StepInspection goes on with one after the steps
	// that were seen (Conflict if another came first). Both fail like petition's checks.
	AskInspection(ctx context.Context, by petition.Actor, about petition.UnitID, ask petition.InspectionStep, now time.Time) (petition.ID, error)
	StepInspection(ctx context.Context, by petition.Actor, id petition.ID, seen int, step petition.InspectionStep, now time.Time) error
	// InspectionMatters are the matters that are open at the unit inspected and below it,
	// what is due first in front; more tells that there are others. With names each is
	// recorded as a look at an identity; Forbidden unless a leader approved them and the
	// head of the office takes them out.
	InspectionMatters(ctx context.Context, by petition.Actor, id petition.ID, names bool, now time.Time) (all []InspectionMatter, more bool, err error)
	// InspectionReports are the reports about cadres of the unit inspected that came in the
	// period, for the compartment of the unit that was asked; to everybody else NotFound.
	// That they were read is recorded in the compartment's own log.
	InspectionReports(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) (petition.Inspection, []InspectionReport, error)
}

// InspectionMatter is an open matter in a package. Its title names nobody who petitions.
type InspectionMatter struct {
	QueueRow
	People int
	Person string // the petitioner, where names go out; "" elsewhere
}

// InspectionReport is a report about cadres in the compartment's part: what and about whom,
// never from whom.
type InspectionReport struct {
	ID       petition.ID
	Number   string
	Topic    petition.Topic
	State    petition.CadreState
	Finding  petition.Finding
	Received time.Time
	Reported []petition.Reported
}
