package officedb

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"huiyin/petition"
)

// Cost is what one password check costs. The zero value means DefaultCost.
type Cost struct {
	Passes uint32
	KiB    uint32
}

// DefaultCost is argon2id with 64 MiB and three passes: about a fifth of a second.
var DefaultCost = Cost{Passes: 3, KiB: 64 << 10}

const (
	saltSize       = 16
	passwordBytes  = 32
	shortestSecret = 10 // characters of a password
	longestSecret  = 200
)

// hasher makes and checks password hashes, at most one per core at a time, so that
// many sign-ins at once cannot exhaust the memory.
type hasher struct {
	cost  Cost
	slots chan struct{}
	decoy string // what unknown names are checked against: the same work
}

func newHasher(cost Cost) (*hasher, error) {
	if cost == (Cost{}) {
		cost = DefaultCost
	}
	h := &hasher{cost: cost, slots: make(chan struct{}, runtime.NumCPU())}
	decoy, err := h.hash(context.Background(), "no account has this password")
	h.decoy = decoy
	return h, err
}

// hash makes a PHC string. It fails if the context ends while waiting for a slot.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails
	sum, err := h.sum(ctx, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, h.cost.KiB,
		h.cost.Passes, b64.EncodeToString(salt), b64.EncodeToString(sum)), nil
}

// matches checks a password against a PHC string. A string it cannot read fails.
func (h *hasher) matches(ctx context.Context, password, phc string) (bool, error) {
	cost, salt, want, err := readPHC(phc)
	if err != nil {
		return false, err
	}
	got, err := h.sum(ctx, password, salt, cost)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (h *hasher) sum(ctx context.Context, password string, salt []byte, c Cost) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, &petition.Error{Kind: petition.Unavailable, Key: "error.busy", Err: ctx.Err()}
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), salt, c.Passes, c.KiB, 1, passwordBytes), nil
}

func readPHC(phc string) (c Cost, salt, sum []byte, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, fmt.Errorf("unknown form of password hash")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &c.KiB, &c.Passes); err != nil {
		return c, nil, nil, fmt.Errorf("password hash cost: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return c, nil, nil, fmt.Errorf("password hash salt: %w", err)
	}
	if sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return c, nil, nil, fmt.Errorf("password hash: %w", err)
	}
	return c, salt, sum, nil
}

// checkPassword refuses weak passwords at a field.
func checkPassword(field, password, login string) error {
	if key := weakness(password, login); key != "" {
		return invalid(field, key)
	}
	return nil
}

// weakness is the catalogue key of why a password is refused: too short, too long, no
// text, or the login itself; "" if it is not.
func weakness(password, login string) string {
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || n > longestSecret:
		return "problem.password_long"
	case n < shortestSecret:
		return "problem.password_short"
	case strings.EqualFold(password, login):
		return "problem.password_login"
	}
	return ""
}

// invalid is one problem at one field.
func invalid(field, key string) error {
	return &petition.Error{Kind: petition.Invalid, Key: "error.invalid",
		Problems: []petition.Problem{{Field: field, Key: key}}}
}
