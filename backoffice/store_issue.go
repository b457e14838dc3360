package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// IssueStore keeps the common issues (共性问题, scenario 11.1) of a unit and those below
// it. Overseers read them; the head of the office of the unit whose area it is decides.
type IssueStore interface {
	// Issues are those of the months of one year, the newest first.
	Issues(ctx context.Context, by petition.Actor, year int) ([]Issue, error)
	Issue(ctx context.Context, by petition.Actor, id petition.ID) (IssueFile, error)
	// StepIssue adds an entry after those that were seen; Conflict if another came first.
	StepIssue(ctx context.Context, by petition.Actor, id petition.ID, seen int, step petition.IssueStep, now time.Time) error
	// IssueLeast is how many matters make an issue in a unit's area. SetIssueLeast sets it
	// for the actor's own.
	IssueLeast(ctx context.Context, by petition.Actor) (int, error)
	SetIssueLeast(ctx context.Context, by petition.Actor, least int, now time.Time) error
}

// Issue is a common issue and how many of its matters the reader may see.
type Issue struct {
	petition.Issue
	Count int
	Least int // the number in force when it was found
}

// IssueFile is one with the matters behind it; they are named by number alone.
type IssueFile struct {
	Issue
	Cases []IssueCase
	Mine  bool // the reader decides
}

// IssueCase is a matter behind an issue.
type IssueCase struct {
	ID       petition.ID
	Number   string
	Received time.Time
}
