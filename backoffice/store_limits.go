package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// LimitStore is the edits of the holiday calendar and of legal profiles, by which every due
// date is reckoned. Everything in it is NotFound for all but system administrators; what an
// edit concerns must lie at or below the administrator's unit, and a calendar is edited at
// the topmost.
type LimitStore interface {
	// Limits lists the edits, newest first.
	Limits(ctx context.Context, by petition.Actor) ([]LimitEdit, error)
	LimitEdit(ctx context.Context, by petition.Actor, id petition.ID) (LimitEdit, error)
	// LimitEffects is a page of the dates that an edit moves, after the one named.
	LimitEffects(ctx context.Context, by petition.Actor, id petition.ID, after string) (LimitEffects, error)
	// DraftCalendar and DraftLaw keep an edit that changes nothing yet, and measure what it
	// would do. Invalid for what cannot be in force.
	DraftCalendar(ctx context.Context, by petition.Actor, title, csv string, now time.Time) (petition.ID, error)
	DraftLaw(ctx context.Context, by petition.Actor, law petition.LocalLaw, now time.Time) (petition.ID, error)
	// ApplyLimits puts a measured draft in force and begins to reckon the open cases anew.
	// Conflict while another is being applied, or if the rules have changed since it was
	// measured; then it is measured anew.
	ApplyLimits(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) error
	// DropLimits gives a draft up.
	DropLimits(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) error
}

// Where an edit stands.
const (
	EditMeasuring = "measuring" // its effect is being looked for
	EditReady     = "ready"     // its effect is known; nothing has changed yet
	EditApplying  = "applying"  // in force; open cases are being reckoned anew
	EditSettling  = "settling"  // all are; those that somebody changed meanwhile are looked at once more
	EditDone      = "done"
	EditDropped   = "dropped"
)

// What an edit changes.
const (
	EditCalendar = "calendar"
	EditLaw      = "law"
)

// LimitEdit is an edit of calendar or profile and what it does.
type LimitEdit struct {
	ID    petition.ID
	Kind  string
	Unit  petition.UnitID
	Title string
	Input string // as written: CSV of years, or JSON of a petition.LocalLaw
	State string
	Name  string // who made it
	Made  time.Time

	Applied, Done time.Time // zero until then

	Looked int // open cases looked at so far
	Cases  int // of them, those with a date that moves
	Dues   int // dates that move
	Late   int // of them, those that become overdue by it
	Kept   int // rights of petitioners that would end earlier, and stay as they were
	Told   int // cases that were reckoned anew so far, with the old and new date in their log
}

// LimitEffects is a page of what an edit moves.
type LimitEffects struct {
	Rows []LimitEffect
	Next string // "" on the last
}

// LimitEffect is one date of one open case. Was or Is is "" where the limit begins or ends
// with the edit.
type LimitEffect struct {
	Number     string // of the case; "" before registration
	Unit       petition.UnitID
	Clock      petition.ClockKind
	Was, Is    string
	Late, Kept bool
}
