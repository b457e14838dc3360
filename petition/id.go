package petition

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"time"
)

// ID names a case, leg owner, file, draft, item or staff member. The first 48 bits
// are milliseconds since 1970, so that ids made later sort later on any node; the
// rest is random.
type ID [16]byte

var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// MakeID makes an id for the instant from the random source. It fails only if the
// source fails.
func MakeID(now time.Time, random io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		return ID{}, fmt.Errorf("random bytes for an id: %w", err)
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli()))
	copy(id[:6], ms[2:])
	return id, nil
}

// ParseID reads the form that String writes. It fails with an Invalid error.
func ParseID(s string) (ID, error) {
	b, err := idText.DecodeString(s)
	if err != nil || len(b) != len(ID{}) {
		return ID{}, &Error{Kind: Invalid, Key: "error.bad_id"}
	}
	return ID(b), nil
}

// String is 26 lower-case characters, safe in a path.
func (id ID) String() string { return idText.EncodeToString(id[:]) }

// IsZero tells that no id was given.
func (id ID) IsZero() bool { return id == ID{} }

// MarshalText and UnmarshalText let an id stand in JSON as its text.
func (id ID) MarshalText() ([]byte, error) {
	if id.IsZero() {
		return []byte{}, nil
	}
	return []byte(id.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	got, err := ParseID(string(b))
	*id = got
	return err
}
