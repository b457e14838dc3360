package petition

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash"
	"time"
)

// Envelope is the plain part of a stored event: who did which kind of thing when. In
// a sealed matter Unit, To, Topic, Ground and Outcome stay empty here and stand in
// the body only (architecture §3).
type Envelope struct {
	Case    ID
	N       int
	At      time.Time // microseconds, UTC
	Action  Action
	Leg     int
	By      ActorKind
	Staff   ID
	Unit    UnitID // of the actor
	To      UnitID
	Topic   Topic
	Ground  Ground
	Outcome Outcome
	Sealed  bool
}

// body is what is sealed: all of the event, and the salt that keeps a short body
// from being guessed by its commitment.
type body struct {
	Salt []byte `json:"salt"`
	By   Actor  `json:"by"`
	Act  Act    `json:"act"`
}

// Encode divides an event into its plain envelope and the body to be sealed. The
// salt must be random and never used twice; it travels inside the body.
func Encode(id ID, e Event, sealed bool, salt [32]byte) (Envelope, []byte, error) {
	b, err := json.Marshal(body{Salt: salt[:], By: e.By, Act: e.Act})
	if err != nil {
		return Envelope{}, nil, &Error{Kind: Invalid, Key: "error.bad_event", Err: err}
	}
	return envelopeOf(id, e, sealed), b, nil
}

func envelopeOf(id ID, e Event, sealed bool) Envelope {
	env := Envelope{Case: id, N: e.N, At: e.At.UTC().Truncate(time.Microsecond), Action: e.Act.Action,
		Leg: e.Act.Leg, By: e.By.Kind, Staff: e.By.Staff, Sealed: sealed}
	if !sealed {
		env.Unit, env.To, env.Topic = e.By.Unit, e.Act.To, e.Act.Topic
		env.Ground, env.Outcome = e.Act.Ground, e.Act.Outcome
	}
	return env
}

// Decode puts an event together again. It fails with an Invalid error if the body
// cannot be read or says something else than the envelope.
func Decode(env Envelope, bytes []byte) (Event, error) {
	b, err := openBody(bytes)
	if err != nil {
		return Event{}, err
	}
	e := Event{N: env.N, At: env.At, By: b.By, Act: b.Act}
	same := envelopeOf(env.Case, e, env.Sealed)
	if !same.At.Equal(env.At) {
		return Event{}, badEvent()
	}
	same.At = env.At
	if same != env {
		return Event{}, badEvent()
	}
	return e, nil
}

func openBody(bytes []byte) (body, error) {
	var b body
	if err := json.Unmarshal(bytes, &b); err != nil {
		return body{}, &Error{Kind: Invalid, Key: "error.bad_event", Err: err}
	}
	if len(b.Salt) != 32 {
		return body{}, badEvent()
	}
	return b, nil
}

// Commitment is SHA-256(salt ‖ body). Kept beside the sealed body, it stays valid when
// the body is encrypted anew and when its key is destroyed. It fails with an Invalid
// error if there is no salt in the body.
func Commitment(bytes []byte) ([32]byte, error) {
	b, err := openBody(bytes)
	if err != nil {
		return [32]byte{}, err
	}
	return sha256.Sum256(append(append(make([]byte, 0, len(b.Salt)+len(bytes)), b.Salt...), bytes...)), nil
}

// Hash is the event's link of the chain, over the envelope, the body's commitment and
// the hash of the event before (zero for the first). Each field is written with its
// length, so that no two envelopes are written alike.
func (env Envelope) Hash(commitment, previous [32]byte) [32]byte {
	h := sha256.New()
	field(h, []byte("huiyin event 1"))
	field(h, env.Case[:])
	number(h, uint64(env.N))
	number(h, uint64(env.At.UnixMicro()))
	field(h, []byte(env.Action))
	number(h, uint64(env.Leg))
	field(h, []byte(env.By))
	field(h, env.Staff[:])
	for _, s := range []string{string(env.Unit), string(env.To), string(env.Topic), string(env.Ground), string(env.Outcome)} {
		field(h, []byte(s))
	}
	if env.Sealed {
		number(h, 1)
	} else {
		number(h, 0)
	}
	field(h, commitment[:])
	field(h, previous[:])
	return [32]byte(h.Sum(nil))
}

func field(h hash.Hash, b []byte) {
	number(h, uint64(len(b)))
	h.Write(b) // a hash never fails to write
}

func number(h hash.Hash, n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	h.Write(b[:])
}

// Chained is an event as the chain keeps it, without its body.
type Chained struct {
	Envelope   Envelope
	Commitment [32]byte
	Hash       [32]byte
}

// VerifyChain checks the links of one case from the first on: numbers without a gap
// and every hash. It returns the number of the first link that does not hold; 0 if
// all do.
func VerifyChain(links []Chained) int {
	var previous [32]byte
	for i, l := range links {
		right := l.Envelope.N == i+1 && l.Envelope.Case == links[0].Envelope.Case &&
			l.Envelope.Hash(l.Commitment, previous) == l.Hash
		if !right {
			return i + 1
		}
		previous = l.Hash
	}
	return 0
}
