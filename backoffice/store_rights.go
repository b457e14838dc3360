package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// Identity is who the petitioner is, and what was said of it.
type Identity struct {
	petition.Filing
	Asked   []petition.Event  // asks to put data right that nobody has answered
	Earlier []petition.Person // as it stood before it was put right, the newest first
}

// RightsStore is what a database is asked about the petitioner's rights over his data.
type RightsStore interface {
	// ViewRequests lists who waits to be told who has looked; ViewRequest opens one with
	// the looks; AnswerViews sends the answer to the petitioner. NotFound for everybody but
	// the audit administrator of the unit or of one above.
	ViewRequests(ctx context.Context, by petition.Actor) ([]ViewRequest, error)
	ViewRequest(ctx context.Context, by petition.Actor, id petition.ID) (ViewRequest, error)
	AnswerViews(ctx context.Context, by petition.Actor, id petition.ID, version int, text string, now time.Time) error
}

// ViewRequest is a petitioner's question who has looked.
type ViewRequest struct {
	Case    petition.ID
	Number  string
	Unit    petition.UnitID // where the matter lay
	At      time.Time
	Version int
	Words   []string // what was asked
	Looks   []Look   // oldest first
}

// Look is a logged look with the posts of whoever looked.
type Look struct {
	Viewed
	Posts []petition.Role
}
