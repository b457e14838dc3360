package petition

import "time"

// Envelope is the plain part of a stored event: who did which kind of thing when.
// In a sealed matter Unit, To, Ground, Outcome and Topic stay empty here and stand
// in the body only.
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

// Encode divides an event into its plain envelope and the body to be sealed. The
// salt must be random, and never used twice; it travels inside the body.
func Encode(id ID, e Event, sealed bool, salt [32]byte) (Envelope, []byte, error) {
	return Envelope{}, nil, nil
}

// Decode puts an event together again.
func Decode(env Envelope, body []byte) (Event, error) { return Event{}, nil }

// Commitment is SHA-256(salt ‖ body): it stays valid when the body is re-encrypted
// or destroyed.
func Commitment(body []byte) ([32]byte, error) { return [32]byte{}, nil }

// Hash is the event's link of the chain, over the envelope, the body's commitment
// and the hash of the event before (zero for the first).
func (env Envelope) Hash(commitment, previous [32]byte) [32]byte { return [32]byte{} }
