package exchange

import (
	"crypto/hpke"
	"errors"
)

// hpkeSuite is the first byte of all that is sealed to a public key: HPKE (RFC 9180)
// with the hybrid KEM ML-KEM-768 + X25519, HKDF-SHA-256 and AES-256-GCM. Another
// suite gets another byte and a second case in sealTo and openWith.
const hpkeSuite byte = 0x21

// encLength is the KEM's encapsulated key: 1088 bytes of ML-KEM-768 and 32 of X25519.
const encLength = 1120

var hpkeInfo = []byte("huiyin v1 seal")

func kem() hpke.KEM { return hpke.MLKEM768X25519() }

// HolderKey opens what is sealed to a unit, to a compartment or to an installation's
// intake. Everything about it comes from 32 secret bytes, which are stored wrapped.
type HolderKey struct {
	secret  Key
	private hpke.PrivateKey
}

// NewHolderKey makes the key pair that belongs to the secret.
func NewHolderKey(secret Key) (*HolderKey, error) {
	seed := secret.Derive("hpke")
	private, err := kem().DeriveKeyPair(seed[:])
	if err != nil {
		return nil, err
	}
	return &HolderKey{secret: secret, private: private}, nil
}

// Secret is what the key was made of, to be wrapped and stored.
func (h *HolderKey) Secret() Key { return h.secret }

// Public is what others seal to: 1216 bytes.
func (h *HolderKey) Public() []byte { return h.private.PublicKey().Bytes() }

// KEK wraps the data keys of the cases that the holder may open.
func (h *HolderKey) KEK() Key { return h.secret.Derive("kek") }

// sealTo seals to a public key; only the same bound opens it.
func sealTo(public, plain, bound []byte) ([]byte, error) {
	pk, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, errors.New("not a public key to seal to")
	}
	enc, sender, err := hpke.NewSender(pk, hpke.HKDFSHA256(), hpke.AES256GCM(), hpkeInfo)
	if err != nil {
		return nil, err
	}
	sealed, err := sender.Seal(bound, plain)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, 1+len(enc)+len(sealed))
	out = append(out, hpkeSuite)
	out = append(out, enc...)
	return append(out, sealed...), nil
}

// openWith opens what sealTo made. It fails if key, bound or content is not the same.
func openWith(h *HolderKey, sealed, bound []byte) ([]byte, error) {
	if len(sealed) < 1+encLength || sealed[0] != hpkeSuite {
		return nil, errSealed
	}
	enc, rest := sealed[1:1+encLength], sealed[1+encLength:]
	r, err := hpke.NewRecipient(enc, h.private, hpke.HKDFSHA256(), hpke.AES256GCM(), hpkeInfo)
	if err != nil {
		return nil, errSealed
	}
	plain, err := r.Open(bound, rest)
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}
