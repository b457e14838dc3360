package exchange

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"time"
)

// Receipt is what the portal states about a filing it stored.
type Receipt struct {
	Locator  [32]byte // hash of the locator
	Filing   [32]byte // hash of the sealed filing, as the office received it
	Received time.Time
}

const (
	receiptSuite  byte = 0x31 // Ed25519 over SHA-256 hashes
	receiptLength      = 1 + 32 + 32 + 8 + ed25519.SignatureSize
)

// SignReceipt is the portal's signed statement that it stored this filing at this
// instant. It names neither the code nor the locator.
func (s Signer) SignReceipt(l Locator, filing Item, received time.Time) []byte {
	lh, fh := sha256.Sum256(l[:]), filing.Hash()
	out := append([]byte{receiptSuite}, lh[:]...)
	out = append(out, fh[:]...)
	out = binary.BigEndian.AppendUint64(out, uint64(received.UnixMicro()))
	return append(out, ed25519.Sign(s.Key, Bind("receipt", out))...)
}

// ReadReceipt verifies a statement with the portal's public key and reads it.
func ReadReceipt(b []byte, portal ed25519.PublicKey) (Receipt, error) {
	if len(b) != receiptLength || b[0] != receiptSuite || len(portal) != ed25519.PublicKeySize {
		return Receipt{}, errors.New("not a receipt")
	}
	said, sig := b[:receiptLength-ed25519.SignatureSize], b[receiptLength-ed25519.SignatureSize:]
	if !ed25519.Verify(portal, Bind("receipt", said), sig) {
		return Receipt{}, errors.New("the receipt's signature is not the portal's")
	}
	return Receipt{
		Locator:  [32]byte(said[1:33]),
		Filing:   [32]byte(said[33:65]),
		Received: time.UnixMicro(int64(binary.BigEndian.Uint64(said[65:73]))).UTC(),
	}, nil
}

// For tells whether the statement is about the code with this locator.
func (r Receipt) For(l Locator) bool { return r.Locator == sha256.Sum256(l[:]) }
