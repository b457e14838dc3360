package exchange

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// maxItem bounds what is read of an item.
const maxItem = 4 << 20

// Signer signs in the name of an installation.
type Signer struct {
	Installation string
	Key          ed25519.PrivateKey
}

// Public is the key that verifies.
func (s Signer) Public() ed25519.PublicKey { return s.Key.Public().(ed25519.PublicKey) }

// sign fills in the sender and the signature over all of the item.
func (s Signer) sign(it *Item) {
	it.From = s.Installation
	it.Sig = ed25519.Sign(s.Key, it.signed())
}

// Verify tells whether the installation whose key this is signed the item as it is.
func (it Item) Verify(from ed25519.PublicKey) error {
	if len(from) != ed25519.PublicKeySize || !ed25519.Verify(from, it.signed(), it.Sig) {
		return errors.New("the item's signature is not its sender's")
	}
	return nil
}

// Hash is the hash of the sealed content: what the receipt is signed over.
func (it Item) Hash() [32]byte { return sha256.Sum256(it.Sealed) }

func (it Item) signed() []byte {
	hash := it.Hash()
	return Bind("item", it.addresses(), hash[:])
}

// addresses is what stands outside the seal; the seal binds it too.
func (it Item) addresses() []byte {
	var made [8]byte
	binary.BigEndian.PutUint64(made[:], uint64(it.Made.UnixMicro()))
	return Bind("addresses", it.ID[:], []byte(it.From), []byte(it.To), made[:])
}

// Trusted is the installations whose signature counts, by name.
type Trusted map[string]ed25519.PublicKey

// check verifies an item against its sender's key.
func (t Trusted) check(it Item) error {
	key, ok := t[it.From]
	if !ok {
		return errors.New("the item's sender is not known here")
	}
	return it.Verify(key)
}
