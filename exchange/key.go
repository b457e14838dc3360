package exchange

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash"
	"log/slog"
)

// Key is a 256-bit AES key.
type Key [32]byte

// Locator finds a grant by its receipt code; it tells nothing about the code.
type Locator [32]byte

// errSealed is all that is ever said about something that does not open: which check
// failed helps only those who forge.
var errSealed = errors.New("sealed content does not open")

// keySuite is the first byte of all that a Key seals: AES-256-GCM with a random nonce.
const keySuite byte = 0x11

// NewKey makes a key from the system's randomness.
func NewKey() Key {
	var k Key
	_, _ = rand.Read(k[:]) // never fails
	return k
}

// Seal encrypts. What opens it must give the same bound (see Bind), so that sealed
// content cannot be moved to another place. One key seals at most 2³² times.
func (k Key) Seal(plain, bound []byte) []byte { return k.Ready().Seal(plain, bound) }

// Open decrypts what Seal made. It fails if key, bound or content is not the same.
func (k Key) Open(sealed, bound []byte) ([]byte, error) { return k.Ready().Open(sealed, bound) }

// Ready makes the key ready for many things: what costs most of a small Open or Seal is
// done once.
func (k Key) Ready() ReadyKey { return ReadyKey{k.gcm()} }

// ReadyKey seals and opens as its Key does.
type ReadyKey struct{ gcm cipher.AEAD }

// Seal is Key.Seal.
func (k ReadyKey) Seal(plain, bound []byte) []byte {
	const head = 1 + 12
	out := make([]byte, head, head+len(plain)+16)
	out[0] = keySuite
	_, _ = rand.Read(out[1:head])
	return k.gcm.Seal(out, out[1:head], plain, bound)
}

// Open is Key.Open.
func (k ReadyKey) Open(sealed, bound []byte) ([]byte, error) {
	const head = 1 + 12
	if len(sealed) < head || sealed[0] != keySuite {
		return nil, errSealed
	}
	plain, err := k.gcm.Open(nil, sealed[1:head], sealed[head:], bound)
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// Derive makes another key of this one, for one purpose.
func (k Key) Derive(purpose string) Key { return derive(k[:], purpose) }

// MAC is a keyed hash (HMAC-SHA-256) for one purpose.
func (k Key) MAC(purpose string, data []byte) [32]byte { return k.ReadyMAC(purpose).Sum(data) }

// ReadyMAC makes the key ready for many MACs of one purpose: deriving it costs ten times
// what a short MAC does.
func (k Key) ReadyMAC(purpose string) ReadyMAC {
	sub := k.Derive("mac " + purpose)
	return ReadyMAC{hmac.New(sha256.New, sub[:])}
}

// ReadyMAC makes the MACs of its key, one after another.
type ReadyMAC struct{ h hash.Hash }

// Sum is Key.MAC.
func (m ReadyMAC) Sum(data []byte) [32]byte {
	m.h.Reset()
	m.h.Write(data)
	return [32]byte(m.h.Sum(nil))
}

// gcm cannot fail: the key has the right length.
func (k Key) gcm() cipher.AEAD {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// LogValue keeps keys out of logs.
func (k Key) LogValue() slog.Value { return slog.StringValue("[key]") }

// String keeps keys out of messages.
func (k Key) String() string { return "[key]" }

// MarshalText and UnmarshalText let a key stand in JSON that is itself sealed.
func (k Key) MarshalText() ([]byte, error) { return text32(k), nil }

// UnmarshalText reads what MarshalText wrote.
func (k *Key) UnmarshalText(b []byte) error { return parse32((*[32]byte)(k), b) }

// MarshalText and UnmarshalText let a locator stand in JSON.
func (l Locator) MarshalText() ([]byte, error) { return text32(l), nil }

// UnmarshalText reads what MarshalText wrote.
func (l *Locator) UnmarshalText(b []byte) error { return parse32((*[32]byte)(l), b) }

// Bind is the additional data of a seal: a purpose and the ids that the content
// belongs to, each with its length, so that no two lists look alike.
func Bind(purpose string, parts ...[]byte) []byte {
	out := appendPart(nil, []byte("huiyin "+purpose))
	for _, p := range parts {
		out = appendPart(out, p)
	}
	return out
}

func appendPart(out, part []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(part)))
	return append(out, part...)
}

func derive(secret []byte, purpose string) Key {
	b, err := hkdf.Key(sha256.New, secret, nil, "huiyin v1 "+purpose, len(Key{}))
	if err != nil { // only for lengths that HKDF cannot give
		panic(err)
	}
	return Key(b)
}

func keyOf(b []byte) (Key, error) {
	if len(b) != len(Key{}) {
		return Key{}, errSealed
	}
	return Key(b), nil
}

func text32(b [32]byte) []byte {
	return base64.RawURLEncoding.AppendEncode(nil, b[:])
}

func parse32(to *[32]byte, text []byte) error {
	b, err := base64.RawURLEncoding.AppendDecode(nil, text)
	if err != nil || len(b) != len(to) {
		return errors.New("32 bytes of base64 expected")
	}
	copy(to[:], b)
	return nil
}
