package exchange

import (
	"context"
	"time"
)

// Retry takes an item out of quarantine: it is opened and taken as the courier would
// take it now. What kept it out may be gone: the portal's key is known since, the unit
// is hosted here, the filing of a message has come.
//
// The operator who asks for it has no lease, because the running courier has it. So no
// fence is asked of it; the office stores the release in the same transaction, under a
// key that can be stored once. It fails with what Open says, and with Conflict if the
// item was released before; then nothing was done.
func Retry(ctx context.Context, o Opener, office Taker, it Item, now time.Time) error {
	return hand(ctx, o, office, Taking{Item: it.ID, From: it.From, Now: now, Retry: true}, it)
}
