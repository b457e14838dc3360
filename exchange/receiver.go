package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"huiyin/petition"
)

// Receiver applies, on the portal's side, what offices delivered into its inbox. It
// reaches nowhere: it only reads its own database.
type Receiver struct {
	inbox   Inbox
	signer  Signer
	offices map[string]OfficePublic
	now     func() time.Time
	log     *slog.Logger
	wake    chan struct{}
}

// arrivedAtOnce is how many items are applied in one transaction.
const arrivedAtOnce = 200

// NewReceiver makes a receiver that believes these offices. It fails if something is
// missing.
func NewReceiver(inbox Inbox, keys *PortalKeys, offices []OfficePublic, now func() time.Time, log *slog.Logger) (*Receiver, error) {
	if inbox == nil || keys == nil || len(offices) == 0 || now == nil || log == nil {
		return nil, errors.New("a receiver needs an inbox, the portal's keys, an office, a clock and a log")
	}
	r := &Receiver{inbox: inbox, signer: keys.Signer, now: now, log: log,
		offices: make(map[string]OfficePublic, len(offices)), wake: make(chan struct{}, 1)}
	for _, o := range offices {
		r.offices[o.Installation] = o
	}
	return r, nil
}

// Wake starts a pass at once, if one does not run already.
func (r *Receiver) Wake() { signal(r.wake) }

// Run applies what arrives until the context ends.
func (r *Receiver) Run(ctx context.Context) {
	run(ctx, r.wake, func() bool {
		n, err := r.Pass(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.Error("receiver", "err", err)
		}
		return err == nil && n > 0
	})
}

// Pass applies what lies in the inbox, oldest first, and tells how many items. Items
// that cannot be applied together are applied one by one; one that cannot be at all
// is set aside with an alarm.
func (r *Receiver) Pass(ctx context.Context) (int, error) {
	items, err := r.inbox.Arrived(ctx, arrivedAtOnce)
	if err != nil || len(items) == 0 {
		return 0, err
	}
	arrivals := make([]Arrival, len(items))
	for i, it := range items {
		arrivals[i] = r.read(it)
	}
	if err := r.apply(ctx, arrivals); err == nil || petition.Is(err, petition.Unavailable) || ctx.Err() != nil {
		return len(items), err
	}
	for _, a := range arrivals {
		if err := r.alone(ctx, a); err != nil {
			return 0, err
		}
	}
	return len(items), nil
}

func (r *Receiver) alone(ctx context.Context, a Arrival) error {
	err := r.apply(ctx, []Arrival{a})
	if err == nil || petition.Is(err, petition.Unavailable) || ctx.Err() != nil {
		return err
	}
	return r.apply(ctx, []Arrival{r.refused(a, err)})
}

// apply applies arrivals with the acknowledgements they are owed, one per office.
func (r *Receiver) apply(ctx context.Context, arrivals []Arrival) error {
	acks, err := r.acks(arrivals)
	if err != nil {
		return err
	}
	return r.inbox.Apply(ctx, arrivals, acks)
}

// acks makes an acknowledgement for each office. Acknowledgements get none, or there
// would be no end; nor does what no office known here has signed.
func (r *Receiver) acks(arrivals []Arrival) ([]Item, error) {
	owed := make(map[string][]petition.ID)
	for _, a := range arrivals {
		if a.Ack == nil && a.From != "" {
			owed[a.From] = append(owed[a.From], a.Item)
		}
	}
	var acks []Item
	for from, ids := range owed {
		it, err := SealAck(r.signer, r.offices[from], Ack{Items: ids}, r.now())
		if err != nil {
			return nil, fmt.Errorf("an acknowledgement to %s: %w", from, err)
		}
		acks = append(acks, it)
	}
	return acks, nil
}

// read verifies and reads an item. It checks, in this order, that
//
//  1. the item is not larger than any can be;
//  2. it is addressed to this portal;
//  3. its sender is an office known here, and signed it as it is;
//  4. its purpose is one that an office may send, and its content can be read;
//  5. a directory is the sender's own.
func (r *Receiver) read(it Item) Arrival {
	a := Arrival{Item: it.ID, Made: it.Made}
	if len(it.Sealed) > maxItem {
		return r.refused(a, fmt.Errorf("an item of %d bytes", len(it.Sealed)))
	}
	if it.To != r.signer.Installation {
		return r.refused(a, errors.New("the item is addressed to another installation"))
	}
	office, ok := r.offices[it.From]
	if !ok {
		return r.refused(a, errors.New("the item's sender is not known here"))
	}
	if err := it.Verify(office.Signing); err != nil {
		return r.refused(a, err)
	}
	a.From = it.From // from here on it is believed
	c, err := unframe(it.Sealed)
	if err == nil {
		err = c.arrive(&a)
	}
	if err == nil && a.Directory != nil && a.Directory.Installation != it.From {
		err = errors.New("the directory is another installation's")
	}
	if err != nil {
		return r.refused(a, err)
	}
	return a
}

// refused keeps only who and why.
func (r *Receiver) refused(a Arrival, why error) Arrival {
	r.log.Error("ALARM: item refused", "item", a.Item.String(), "from", a.From, "err", why)
	return Arrival{Item: a.Item, From: a.From, Made: a.Made, Refused: why.Error()}
}

func (c content) arrive(a *Arrival) error {
	switch c.Purpose {
	case ForFolder:
		return into(&a.Folder, c.body)
	case ForGrant:
		return into(&a.Grant, c.body)
	case ForDirectory:
		return into(&a.Directory, c.body)
	case ForAck:
		return into(&a.Ack, c.body)
	}
	return fmt.Errorf("an office does not send %q", c.Purpose)
}

func into[T any](to **T, body []byte) error {
	var v T
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	*to = &v
	return nil
}
