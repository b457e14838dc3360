package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// LooseStore finds what is open and has nobody, or no day (事事有着落、件件有回音, opinion
// clause 8).
type LooseStore interface {
	// LooseEnds lists every breach at the actor's unit and below it, by why and the oldest
	// first; NotFound for those who oversee nothing. more tells that not all are named.
	LooseEnds(ctx context.Context, by petition.Actor, now time.Time) (all []LooseEnd, more bool, err error)
}

// LooseWhy is what an open item lacks.
type LooseWhy string

// The ways of being loose.
const (
	NoPerson      LooseWhy = "no_person"   // nobody by name answers for it, or no unit any more
	PersonGone    LooseWhy = "person_gone" // who answers for it works there no more
	NoDay         LooseWhy = "no_day"      // it has no day by which it is answered
	PromiseLapsed LooseWhy = "promise"     // what an opinion promised has passed its day
)

// LooseWhys in the order of the page.
var LooseWhys = []LooseWhy{NoPerson, PersonGone, NoDay, PromiseLapsed}

// LooseEnd is one breach: of a case where it lies, or of a duty.
type LooseEnd struct {
	Why    LooseWhy
	Case   petition.ID // zero: a duty
	Leg    int
	Duty   petition.ID
	Unit   petition.UnitID
	Number string
	Title  string
	Person string // who answers for it, or did
	Due    string // day; "" where there is none
}
