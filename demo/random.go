package demo

import (
	"encoding/binary"
	"math/rand/v2"
)

// randomBytes reads from a generator whose seed decides everything; nothing secret
// may come from it but what protects the invented cases.
type randomBytes struct{ rng *rand.Rand }

// Read fills p; it never fails.
func (r randomBytes) Read(p []byte) (int, error) {
	for i := 0; i < len(p); i += 8 {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], r.rng.Uint64())
		copy(p[i:], word[:])
	}
	return len(p), nil
}

// shoe deals cards without end: all of them once in random order, then again.
type shoe struct {
	rng   *rand.Rand
	cards []*matter
	next  int
	once  map[*matter]bool // dealt from any shoe, of those that are told once only
}

// draw deals the next card.
func (s *shoe) draw() *matter {
	for {
		if s.next == 0 {
			s.rng.Shuffle(len(s.cards), func(i, j int) { s.cards[i], s.cards[j] = s.cards[j], s.cards[i] })
		}
		m := s.cards[s.next]
		s.next = (s.next + 1) % len(s.cards)
		if !s.once[m] {
			s.once[m] = m.Once
			return m
		}
	}
}
