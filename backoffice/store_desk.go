package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// DeskStore is what the reception desk asks of the database. Registrars and office heads
// write for their own unit and read the units below; to everybody else NotFound.
type DeskStore interface {
	// Visits is one page of the register, the newest day first.
	Visits(ctx context.Context, by petition.Actor, q VisitQuery) (VisitPage, error)
	Visit(ctx context.Context, by petition.Actor, id petition.ID) (petition.Visit, error)
	// AddVisit writes a line; a form does so once (see FormUsed).
	AddVisit(ctx context.Context, by petition.Actor, form, day string, e petition.VisitEntry, now time.Time) (petition.ID, error)
	// StepVisit adds an entry after those that were seen; Conflict if another came first.
	StepVisit(ctx context.Context, by petition.Actor, id petition.ID, seen int, e petition.VisitEntry, now time.Time) error
	// LinkVisit notes that people came about a case of the actor's unit; Invalid for a
	// number that the actor does not see.
	LinkVisit(ctx context.Context, by petition.Actor, id petition.ID, number string, now time.Time) error

	// Import takes over rows of an earlier ledger, of a file named by the hash of its
	// content: each row once, however often it is asked. It fails with Invalid, and takes
	// nothing, where the rules refuse a row; after any other failure the rest follows when
	// it is asked again. Imported tells how many rows of a file were taken over.
	Import(ctx context.Context, by petition.Actor, file [32]byte, name string, rows []ImportRow, now time.Time) (taken int, err error)
	Imported(ctx context.Context, by petition.Actor, file [32]byte) (int, error)
	// KnownRows are the lines whose old number the actor's unit has taken over already, with
	// another row; an import of them is refused.
	KnownRows(ctx context.Context, by petition.Actor, file [32]byte, rows []ImportRow) ([]int, error)
}

// ImportRow is a line of a file and the registration that it describes.
type ImportRow struct {
	Line int
	Act  petition.Act
}

// VisitQuery asks for one page of the register.
type VisitQuery struct {
	Unit  petition.UnitID // "" for the actor's own
	From  string          // day, inclusive; "" for no bound
	To    string
	After string // cursor; "" for the first page
	Limit int
}

// VisitPage is a page of the register.
type VisitPage struct {
	Rows []petition.Visit
	Next string // cursor; "" on the last page
}
