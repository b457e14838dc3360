package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"huiyin/petition"
)

// Keyring finds the keys of inner seals. Both fail with NotFound if there is none.
type Keyring interface {
	// HolderKey is the key of a unit or compartment that is hosted here.
	HolderKey(ctx context.Context, h Holder) (*HolderKey, error)
	// ReadingKey is the reading key of a filing that was taken in.
	ReadingKey(ctx context.Context, filing petition.ID) (Key, error)
}

// Opener is what an office needs to open the portal's items.
type Opener struct {
	Installation string // this office's
	Intake       *HolderKey
	Portals      Trusted
	Keys         Keyring
}

// Opened is an item's content. Exactly one of the pointers is set.
type Opened struct {
	Holder  Holder // of a filing
	Filing  *SealedFiling
	Message *Message
	Ack     *Ack
}

// ErrEarly tells that a message came before its filing: it is no fault, and is tried
// again.
var ErrEarly = errors.New("the filing of this message is not here yet")

// errKeyring tells that a key could not be looked for: no fault of the item's either.
var errKeyring = errors.New("the keys cannot be read now")

// Open opens an item from the portal. It checks, in this order, that
//
//  1. the item is not larger than any can be;
//  2. it is addressed to this installation;
//  3. its sender is a portal known here, and signed it as it is;
//  4. the outer seal opens under the intake key and is bound to these addresses;
//  5. the padding is whole and the purpose is one that a portal may send;
//  6. a filing: its holder is hosted here; the inner seal opens under that holder's
//     key and is bound to holder and filing; it is the filing that the outside names;
//  7. a message: its filing was taken in (else ErrEarly); the inner seal opens under
//     that filing's reading key and is bound to filing and message; it is the message
//     that the outside names, and an act that a petitioner may do.
func Open(ctx context.Context, it Item, o Opener) (Opened, error) {
	if len(it.Sealed) > maxItem {
		return Opened{}, fmt.Errorf("an item of %d bytes", len(it.Sealed))
	}
	if it.To != o.Installation {
		return Opened{}, errors.New("the item is addressed to another installation")
	}
	if err := o.Portals.check(it); err != nil {
		return Opened{}, err
	}
	padded, err := openWith(o.Intake, it.Sealed, outerBound(it))
	if err != nil {
		return Opened{}, err
	}
	framed, err := Unpad(padded)
	if err != nil {
		return Opened{}, err
	}
	c, err := unframe(framed)
	if err != nil {
		return Opened{}, err
	}
	switch c.Purpose {
	case ForFiling:
		return o.filing(ctx, it, c)
	case ForMessage:
		return o.message(ctx, c)
	case ForAck:
		return openAck(c)
	}
	return Opened{}, fmt.Errorf("a portal does not send %q", c.Purpose)
}

func (o Opener) filing(ctx context.Context, it Item, c content) (Opened, error) {
	key, err := o.Keys.HolderKey(ctx, c.Holder)
	if petition.Is(err, petition.NotFound) {
		return Opened{}, fmt.Errorf("no key of holder %s is here", c.Holder)
	}
	if err != nil {
		return Opened{}, fmt.Errorf("%w: %w", errKeyring, err)
	}
	plain, err := openWith(key, c.body, innerBound(c.Holder, c.Filing))
	if err != nil {
		return Opened{}, err
	}
	var f SealedFiling
	if err := json.Unmarshal(plain, &f); err != nil {
		return Opened{}, fmt.Errorf("the filing: %w", err)
	}
	if f.ID != c.Filing {
		return Opened{}, errors.New("another filing is inside than the item names")
	}
	hash := it.Hash()
	f.Receipt = hash[:]
	return Opened{Holder: c.Holder, Filing: &f}, nil
}

func (o Opener) message(ctx context.Context, c content) (Opened, error) {
	reading, err := o.Keys.ReadingKey(ctx, c.Filing)
	if petition.Is(err, petition.NotFound) {
		return Opened{}, ErrEarly
	}
	if err != nil {
		return Opened{}, fmt.Errorf("%w: %w", errKeyring, err)
	}
	plain, err := reading.Open(c.body, messageBound(c.Filing, c.Message))
	if err != nil {
		return Opened{}, err
	}
	var m Message
	if err := json.Unmarshal(plain, &m); err != nil {
		return Opened{}, fmt.Errorf("the message: %w", err)
	}
	if m.ID != c.Message || m.Filing != c.Filing {
		return Opened{}, errors.New("another message is inside than the item names")
	}
	if !m.Act.Action.OfPetitioner() {
		return Opened{}, fmt.Errorf("a petitioner may not %q", m.Act.Action)
	}
	return Opened{Message: &m}, nil
}

func openAck(c content) (Opened, error) {
	var a Ack
	if err := json.Unmarshal(c.body, &a); err != nil {
		return Opened{}, fmt.Errorf("the acknowledgement: %w", err)
	}
	return Opened{Ack: &a}, nil
}
