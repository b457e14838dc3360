package exchange

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"huiyin/petition"
)

// content is what is inside the outer seal, or, on the way to the portal, the signed
// content itself: a purpose with its addresses, then the body.
type content struct {
	Purpose Purpose     `json:"purpose"`
	Holder  Holder      `json:"holder,omitempty"` // filings: who opens the inner seal
	Filing  petition.ID `json:"filing,omitzero"`  // filings and messages
	Message petition.ID `json:"message,omitzero"`

	body []byte // inner seal, or plain JSON
}

// SealFiling makes the item that carries a filing to the office: sealed inside to the
// holder's key, outside, padded, to the installation's intake key, signed by the
// portal. Nothing of whose it is or what kind stays readable.
func SealFiling(s Signer, d Directory, to Holder, f SealedFiling, now time.Time) (Item, error) {
	public, err := d.Key(to)
	if err != nil {
		return Item{}, err
	}
	plain, err := json.Marshal(f)
	if err != nil {
		return Item{}, err
	}
	inner, err := sealTo(public, plain, innerBound(to, f.ID))
	if err != nil {
		return Item{}, err
	}
	return s.seal(d.Installation, d.Intake, now,
		content{Purpose: ForFiling, Holder: to, Filing: f.ID, body: inner})
}

// SealMessage makes the item that carries a follow-up message: sealed inside under
// the filing's reading key, which whoever has the case now holds.
func SealMessage(s Signer, d Directory, reading Key, m Message, now time.Time) (Item, error) {
	plain, err := json.Marshal(m)
	if err != nil {
		return Item{}, err
	}
	return s.seal(d.Installation, d.Intake, now, content{Purpose: ForMessage,
		Filing: m.Filing, Message: m.ID, body: reading.Seal(plain, messageBound(m.Filing, m.ID))})
}

// SealAck makes the item by which the portal tells an office what arrived.
func SealAck(s Signer, to OfficePublic, a Ack, now time.Time) (Item, error) {
	body, err := json.Marshal(a)
	if err != nil {
		return Item{}, err
	}
	return s.seal(to.Installation, to.Intake, now, content{Purpose: ForAck, body: body})
}

// PackFolder, PackGrant, PackDirectory and PackAck make the office's items for the
// portal. Their content is signed, and sealed already where it is private.
func (s Signer) PackFolder(to string, u FolderUpdate, now time.Time) (Item, error) {
	return s.pack(to, ForFolder, u, now)
}

// PackGrant gives or takes back a receipt code.
func (s Signer) PackGrant(to string, u GrantUpdate, now time.Time) (Item, error) {
	return s.pack(to, ForGrant, u, now)
}

// PackDirectory tells the portal which units there are.
func (s Signer) PackDirectory(to string, d Directory, now time.Time) (Item, error) {
	return s.pack(to, ForDirectory, d, now)
}

// PackAck tells the portal what was taken in.
func (s Signer) PackAck(to string, a Ack, now time.Time) (Item, error) {
	return s.pack(to, ForAck, a, now)
}

// seal makes an item with an outer seal: portal → office.
func (s Signer) seal(to string, intake []byte, now time.Time, c content) (Item, error) {
	it, err := s.address(to, now)
	if err != nil {
		return Item{}, err
	}
	framed, err := c.frame()
	if err != nil {
		return Item{}, err
	}
	it.Sealed, err = sealTo(intake, Pad(framed, TextStep), outerBound(it))
	if err != nil {
		return Item{}, err
	}
	s.sign(&it)
	return it, nil
}

// pack makes an item with plain content: office → portal.
func (s Signer) pack(to string, p Purpose, what any, now time.Time) (Item, error) {
	body, err := json.Marshal(what)
	if err != nil {
		return Item{}, err
	}
	it, err := s.address(to, now)
	if err != nil {
		return Item{}, err
	}
	if it.Sealed, err = (content{Purpose: p, body: body}).frame(); err != nil {
		return Item{}, err
	}
	s.sign(&it)
	return it, nil
}

func (s Signer) address(to string, now time.Time) (Item, error) {
	id, err := petition.MakeID(now, rand.Reader)
	return Item{ID: id, From: s.Installation, To: to, Made: now.UTC().Truncate(time.Microsecond)}, err
}

// frame is the length of the head, the head as JSON, the body as it is.
func (c content) frame() ([]byte, error) {
	head, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	return append(append(out, head...), c.body...), nil
}

// unframe reads what frame made. It fails for purposes that are not known.
func unframe(b []byte) (content, error) {
	if len(b) < 4 {
		return content{}, errSealed
	}
	n := binary.BigEndian.Uint32(b)
	if uint64(n) > uint64(len(b)-4) {
		return content{}, errSealed
	}
	var c content
	if err := json.Unmarshal(b[4:4+n], &c); err != nil {
		return content{}, fmt.Errorf("the item's head: %w", err)
	}
	switch c.Purpose {
	case ForFiling, ForMessage, ForFolder, ForGrant, ForDirectory, ForAck:
	default:
		return content{}, fmt.Errorf("an item for %q", c.Purpose)
	}
	c.body = b[4+n:]
	return c, nil
}

func outerBound(it Item) []byte { return Bind("outer", it.addresses()) }

func innerBound(h Holder, filing petition.ID) []byte {
	return Bind("inner", []byte(h), filing[:])
}

func messageBound(filing, message petition.ID) []byte {
	return Bind("message", filing[:], message[:])
}
