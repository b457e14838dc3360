package exchange

import (
	"crypto/rand"
	"strings"

	"huiyin/petition"
)

// Code is a receipt code (回执码) in canonical form: 28 characters of Crockford's
// base 32, of which 27 are random (135 bits) and the last checks the others.
type Code string

const (
	alphabet   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength = 28
	codeGroup  = 4
)

// NewCode makes a code from the system's randomness.
func NewCode() Code {
	var raw [codeLength]byte
	_, _ = rand.Read(raw[:]) // never fails
	var digits [codeLength]byte
	for i := range digits[:codeLength-1] {
		digits[i] = raw[i] & 31
	}
	digits[codeLength-1] = checkDigit(digits[:codeLength-1])
	var b strings.Builder
	for _, d := range digits {
		b.WriteByte(alphabet[d])
	}
	return Code(b.String())
}

// ParseCode reads a code as people type and paste it: lower case, O for 0, I and L
// for 1, blanks, hyphens and dashes anywhere, full-width characters. A code that
// cannot be one, or whose last character does not fit, is Invalid (problem.code).
func ParseCode(s string) (Code, error) {
	if len(s) > 512 {
		return "", badCode()
	}
	var digits []byte
	for _, r := range s {
		d, kind := readDigit(r)
		if kind == notCode {
			return "", badCode()
		}
		if kind == digit {
			digits = append(digits, d)
		}
	}
	if len(digits) != codeLength || checkDigit(digits[:codeLength-1]) != digits[codeLength-1] {
		return "", badCode()
	}
	for i, d := range digits {
		digits[i] = alphabet[d]
	}
	return Code(digits), nil
}

// String is the code as it is shown: groups of four with hyphens.
func (c Code) String() string {
	var b strings.Builder
	for i := 0; i < len(c); i += codeGroup {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(string(c[i:min(i+codeGroup, len(c))]))
	}
	return b.String()
}

// Locator is the code's row; it tells nothing about the code.
func (c Code) Locator() Locator { return Locator(c.secret().Derive("locator")) }

// Key is the code key: it only wraps the reading key.
func (c Code) Key() Key { return c.secret().Derive("code key") }

// BodyHash is a keyed hash of what was written: it tells whether the same filing or
// a changed one is sent again, and nobody without the code anything.
func (c Code) BodyHash(body []byte) [32]byte {
	return c.secret().MAC("body", body)
}

// secret spreads the code's 135 bits over a key.
func (c Code) secret() Key { return derive([]byte(c), "receipt code") }

// Grant makes the row by which this code opens a filing.
func (c Code) Grant(filing petition.ID, reading Key, rights ...Right) Grant {
	l := c.Locator()
	return Grant{
		Locator: l,
		Filing:  filing,
		Wrapped: c.Key().Seal(reading[:], Bind("grant", filing[:], l[:])),
		Rights:  rights,
	}
}

// Open gives the reading key that the code unlocks. It fails if the grant is another
// code's, or was changed.
func (g Grant) Open(c Code) (Key, error) {
	l := c.Locator()
	b, err := c.Key().Open(g.Wrapped, Bind("grant", g.Filing[:], l[:]))
	if err != nil {
		return Key{}, err
	}
	return keyOf(b)
}

// May tells whether the grant allows something beyond reading.
func (g Grant) May(r Right) bool {
	for _, have := range g.Rights {
		if have == r {
			return true
		}
	}
	return false
}

type runeKind int

const (
	digit runeKind = iota
	skipped
	notCode
)

// readDigit reads one typed character.
func readDigit(r rune) (byte, runeKind) {
	if r >= '！' && r <= '～' { // full-width forms
		r -= '！' - '!'
	}
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	switch r {
	case 'O':
		r = '0'
	case 'I', 'L':
		r = '1'
	case ' ', '\t', '\r', '\n', '\u00a0', '\u3000', '\u200b', '\ufeff', '-', '_', '.', '·',
		'\u2010', '\u2011', '\u2012', '–', '—', '\u2015', '\u2212', 'ー':
		return 0, skipped
	}
	if i := strings.IndexRune(alphabet, r); i >= 0 {
		return byte(i), digit
	}
	return 0, notCode
}

// checkDigit weighs digit i by α^(i+1) in GF(32). As no two weights are equal it finds
// every single wrong character and every two exchanged ones.
func checkDigit(digits []byte) byte {
	var sum byte
	weight := byte(1)
	for _, d := range digits {
		weight = mul32(weight, 2)
		sum ^= mul32(weight, d)
	}
	return sum
}

// mul32 multiplies in GF(32) with the polynomial x⁵+x²+1, of which 2 is a generator.
func mul32(a, b byte) byte {
	var p byte
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			p ^= a
		}
		if a <<= 1; a&32 != 0 {
			a ^= 0b100101
		}
	}
	return p
}

func badCode() error {
	return &petition.Error{Kind: petition.Invalid, Key: "problem.code",
		Problems: []petition.Problem{{Field: "code", Key: "problem.code"}}}
}
