package exchange

import (
	"context"
	"time"

	"huiyin/petition"
)

// Taker takes items in. Each Take… is one transaction that stores the item's id, which
// is unique, together with what the item does; an item that was taken before is taken
// again without effect and without an error. It refuses, with Conflict, what is done
// under a fence that is no longer the newest. For one that leaves quarantine see Retry.
type Taker interface {
	// TakeFiling makes a case of a filing.
	TakeFiling(ctx context.Context, t Taking, f SealedFiling) error
	// TakeMessage does what a petitioner did on the follow page. Invalid and
	// Forbidden mean that it never can: it goes to quarantine.
	TakeMessage(ctx context.Context, t Taking, m Message) error
	// TakeAck forgets outgoing items that arrived.
	TakeAck(ctx context.Context, t Taking, a Ack) error
}

// Office is what the courier asks of the office's database.
type Office interface {
	Keyring
	Taker

	// Lease takes or renews the courier's lease; ok is false while another has it.
	Lease(ctx context.Context, now time.Time) (fence int64, ok bool, err error)
	// GiveLease gives the lease up; of one that another has, it changes nothing.
	GiveLease(ctx context.Context) error
	// Unseen tells which of the items were neither taken nor quarantined yet.
	Unseen(ctx context.Context, items []petition.ID) ([]petition.ID, error)

	// KeepChunk stores one sealed piece of an attachment; the same (file, n) twice is
	// once. It comes before the item that owns the file, so chunks without an owner
	// are swept only after a day.
	KeepChunk(ctx context.Context, t Taking, file petition.ID, n int, sealed []byte) error
	// Quarantine keeps an item that cannot be opened, whole, for a person to look at,
	// and its files from being swept until it was released.
	Quarantine(ctx context.Context, t Taking, it Item, files []petition.ID, reason string) error

	// Outgoing lists items for the portal that were not acknowledged yet, oldest
	// first, from the one after the given id.
	Outgoing(ctx context.Context, after petition.ID, limit int) ([]Item, error)
}

// Taking is the circumstances in which an item is taken.
type Taking struct {
	Item   petition.ID
	From   string // portal
	Fence  int64
	Holder Holder // filings: who could open it
	Now    time.Time
	Retry  bool // out of quarantine, by an operator who has no lease: see Retry
}

// Mailbox is the courier's way into a portal's database: it reads the outbox and the
// files, and adds to the inbox. Its database user may do nothing else.
type Mailbox interface {
	// Waiting lists items for an installation by id, from the one after the given id.
	Waiting(ctx context.Context, to string, after petition.ID, limit int) ([]petition.ID, error)
	// Fetch reads items; one that is gone by now is left out.
	Fetch(ctx context.Context, ids []petition.ID) ([]Item, error)
	// Files lists the files that each of the items carries.
	Files(ctx context.Context, items []petition.ID) (map[petition.ID][]petition.ID, error)
	// Chunks lists the numbers of a file's chunks.
	Chunks(ctx context.Context, file petition.ID) ([]int, error)
	// Chunk reads one; NotFound if it is gone.
	Chunk(ctx context.Context, file petition.ID, n int) ([]byte, error)
	// Deliver puts items into the inbox; one that lies there already stays once.
	Deliver(ctx context.Context, items []Item) error
}

// Inbox is the portal's own side of its mailbox.
type Inbox interface {
	// Arrived lists items that were delivered and not yet applied, oldest first.
	Arrived(ctx context.Context, limit int) ([]Item, error)
	// Apply does in one transaction what the arrivals say, forgets them in the inbox,
	// remembers their ids, and stores the acknowledgements. An arrival that was
	// applied before has no effect.
	Apply(ctx context.Context, arrivals []Arrival, acks []Item) error
}

// Arrival is an item that the office sent, read. Exactly one of the pointers is set,
// or Refused says why none is.
type Arrival struct {
	Item      petition.ID
	From      string // office
	Made      time.Time
	Folder    *FolderUpdate
	Grant     *GrantUpdate
	Directory *Directory
	Ack       *Ack
	Refused   string
}
