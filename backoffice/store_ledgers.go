package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// ExportsADay is how many ledgers one person may take out or print on a day.
const ExportsADay = 20

// LedgerStore is what ledgers, the board of first petitions and a handover ask of the
// database.
type LedgerStore interface {
	// Ledger is one page of a ledger of a unit or, for those who oversee it, a subtree:
	// what came last first. NotFound for a ledger that there is not.
	Ledger(ctx context.Context, by petition.Actor, q LedgerQuery) (LedgerPage, error)
	// CountExport counts a list taken out against the day's quota (Throttled), and records
	// it with what it was and the purpose (Invalid without one).
	CountExport(ctx context.Context, by petition.Actor, what, purpose string, now time.Time) error
	ExportsLeft(ctx context.Context, by petition.Actor, now time.Time) (int, error)
	// FirstBoard is the board of first petitions: whose day to sign for them comes, and
	// counts of what became of those that came in the period.
	FirstBoard(ctx context.Context, by petition.Actor, q LedgerQuery) (FirstBoard, error)

	// For office heads and unit heads; to everybody else NotFound. Holdings lists who of
	// the unit has how much in hand, HeldBy what that is, as far as one act hands it over;
	// HandOver gives it to a colleague, each case in the ordinary way. What is done stays
	// done: a second time goes on with the rest.
	Holdings(ctx context.Context, by petition.Actor) ([]Holding, error)
	HeldBy(ctx context.Context, by petition.Actor, staff petition.ID) (QueuePage, error)
	HandOver(ctx context.Context, by petition.Actor, from, to petition.ID, reason string, now time.Time) (HandedOver, error)
}

// Ledger is one of the ledgers (台账) of domain §5.2.
type Ledger string

const (
	LedgerIncoming  Ledger = "incoming"  // 来信来访登记
	LedgerFirst     Ledger = "first"     // 初次信访
	LedgerPassed    Ledger = "passed"    // 转送交办
	LedgerOverdue   Ledger = "overdue"   // 超期与督办
	LedgerReview    Ledger = "review"    // 复查复核
	LedgerJoint     Ledger = "joint"     // 联名与集体
	LedgerWithdrawn Ledger = "withdrawn" // 撤回
	LedgerArchived  Ledger = "archived"  // 归档
	LedgerReception Ledger = "reception" // 领导接访
	LedgerContracts Ledger = "contracts" // 领导包案

	// LedgerCounted is what an indicator counts (domain §3.9); it is opened from its figure.
	LedgerCounted Ledger = "counted"
)

// Ledgers lists those that stand by themselves.
var Ledgers = []Ledger{LedgerIncoming, LedgerFirst, LedgerPassed, LedgerOverdue, LedgerReview, LedgerJoint,
	LedgerWithdrawn, LedgerArchived, LedgerReception, LedgerContracts}

// LedgerQuery asks for one page of a ledger: what came to the unit in the period.
type LedgerQuery struct {
	Ledger Ledger
	Unit   petition.UnitID // "" for the actor's own
	Below  bool            // the unit and all below it
	From   string          // day received, of LedgerCounted that of the mark; inclusive; "" for no bound
	To     string
	After  string // cursor; "" for the first page
	Limit  int
	Now    time.Time

	// Of LedgerCounted: by which indicator, and whether only what it did not count (of a
	// share: what is in its denominator alone).
	Indicator petition.Indicator
	Rest      bool
}

// LedgerPage is a page of a ledger.
type LedgerPage struct {
	Rows []LedgerRow
	Next string // cursor; "" on the last page
}

// LedgerRow is a leg in a ledger.
type LedgerRow struct {
	QueueRow
	Kind     petition.LegKind
	Occasion string // first, repeat; "" until somebody decided
	People   int    // of a joint petition
}

// FirstBoard is the board of first petitions (初信初访, domain clause 3).
type FirstBoard struct {
	Unsigned []UnsignedRow // nearest day first
	More     bool          // not all are named
	Turns    map[petition.TurnKind]map[string]int

	Settlement                // of all of them
	Shares     []SettledShare // by unit and handler, in no order of merit
}

// Settlement is what became of the first petitions that came in a period: those that go
// on; closed, and the 90 days in which a repeat counts are not over; closed once and for
// all; came back or were done again, and of these the ones whose 90 days are not over.
type Settlement struct{ First, Open, Watched, Once, Again, Early int }

// Add counts others too.
func (s *Settlement) Add(o Settlement) {
	s.First, s.Open, s.Watched, s.Once, s.Again, s.Early = s.First+o.First, s.Open+o.Open, s.Watched+o.Watched, s.Once+o.Once, s.Again+o.Again, s.Early+o.Early
}

// SettledShare is what one handler of a unit had of them.
type SettledShare struct {
	Unit    petition.UnitID
	Handler string // "" for what nobody had yet
	Settlement
}

// UnsignedRow is a first petition that nobody has signed for.
type UnsignedRow struct {
	LedgerRow
	By time.Time // until when it must be
}

// Holding is how much somebody of the unit has in hand.
type Holding struct {
	ID     petition.ID
	Name   string
	Active bool // still has an account
	Count  int
}

// HandedOver is what came of a handover.
type HandedOver struct {
	Done int
	Left []NotHanded
	More bool // there was more than one act hands over
}

// NotHanded is a case that could not be handed over.
type NotHanded struct {
	Case   petition.ID
	Number string
	Key    string // why: a sentence of the catalogue
}
