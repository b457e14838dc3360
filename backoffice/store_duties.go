package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// DutyStore is what pages of duties ask of the database. Who sets a duty and who owns it
// sees it, and overseers above the owner; for everybody else there is none: NotFound.
type DutyStore interface {
	Duties(ctx context.Context, by petition.Actor, q DutyQuery) (DutyPage, error)
	DutyCounts(ctx context.Context, by petition.Actor, now time.Time) (DutyCounts, error)
	Duty(ctx context.Context, by petition.Actor, id petition.ID) (*petition.Duty, error)
	// SetDuty makes one; ActDuty goes on with one as it was seen, Conflict if it was
	// changed since. Both fail like petition.DecideDuty.
	SetDuty(ctx context.Context, by petition.Actor, act petition.DutyAct, now time.Time) (*petition.Duty, error)
	ActDuty(ctx context.Context, by petition.Actor, id petition.ID, version int, act petition.DutyAct, now time.Time) error
}

// DutyList is one of the lists of duties.
type DutyList string

// The lists: what waits for an answer, for who set it, to be sent out; what has ended.
const (
	DutiesLive   DutyList = "live"
	DutiesToSee  DutyList = "answered"
	DutiesDrafts DutyList = "draft"
	DutiesEnded  DutyList = "ended"
	DutiesOut    DutyList = "out" // all that went out, in any state: of one case
)

// DutyLists in the order of the page.
var DutyLists = []DutyList{DutiesLive, DutiesToSee, DutiesDrafts, DutiesEnded}

// DutySide is whose duties are listed.
type DutySide string

// The sides: those the actor's unit owns, those it set, and all that the actor may see.
const (
	DutiesOurs  DutySide = "ours"
	DutiesSet   DutySide = "set"
	DutiesBelow DutySide = "below"
)

// DutyQuery asks for one page of a list.
type DutyQuery struct {
	List    DutyList
	Side    DutySide
	Kind    petition.DutyKind  // "" for every kind
	Cause   petition.DutyCause // of a supervision; "" for any and none
	Unit    petition.UnitID    // the owner; "" for every one
	Case    petition.ID        // what they are about; zero for anything
	Session petition.ID        // of leaders' reception at which they were told; zero for any
	Late    bool               // only what is overdue
	Mine    bool               // only those that the actor set or, on the other sides, answers for by name
	After   string             // cursor of the page before
	Limit   int
	Now     time.Time
}

// DutyPage is a page of a list.
type DutyPage struct {
	Rows []DutyRow
	Next string // cursor; "" on the last page
}

// DutyRow is a duty in a list.
type DutyRow struct {
	ID      petition.ID
	Kind    petition.DutyKind
	Form    petition.DutyForm
	Cause   petition.DutyCause
	Number  string
	From    petition.UnitID
	Owner   petition.UnitID
	Person  string
	State   petition.DutyState
	Due     string
	Outcome string
	Set     time.Time
	Title   string
}

// DutyCounts is what waits: ours to answer, of that overdue; those set for
// others that are overdue there; and answers to look at.
type DutyCounts struct {
	Ours    int `db:"ours"`
	Late    int `db:"late"`
	SetLate int `db:"set_late"`
	ToSee   int `db:"to_see"`
}
