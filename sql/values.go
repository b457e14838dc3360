package sql

import (
	"database/sql/driver"
	"fmt"
	"time"

	"huiyin/petition"
)

// Instant is how an instant is stored: microseconds since 1970, UTC. The zero time
// is stored as 0.
func Instant(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is the instant again, in UTC.
func Time(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// ID is a petition.ID in a row: BINARY(16).
type ID petition.ID

// Scan reads 16 bytes.
func (id *ID) Scan(v any) error { return scanBytes(id[:], v) }

// Value writes 16 bytes.
func (id ID) Value() (driver.Value, error) { return id[:], nil }

// Hash is a hash, key or locator in a row: BINARY(32).
type Hash [32]byte

// Scan reads 32 bytes.
func (h *Hash) Scan(v any) error { return scanBytes(h[:], v) }

// Value writes 32 bytes.
func (h Hash) Value() (driver.Value, error) { return h[:], nil }

// Moment is an instant in a row: BIGINT microseconds.
type Moment struct{ time.Time }

// Scan reads microseconds.
func (m *Moment) Scan(v any) error {
	us, ok := v.(int64)
	if !ok {
		return fmt.Errorf("an instant is stored as %T", v)
	}
	m.Time = Time(us)
	return nil
}

// Value writes microseconds.
func (m Moment) Value() (driver.Value, error) { return Instant(m.Time), nil }

func scanBytes(to []byte, v any) error {
	b, ok := v.([]byte)
	if !ok || len(b) != len(to) {
		return fmt.Errorf("%d bytes are stored as %T of length %d", len(to), v, len(b))
	}
	copy(to, b)
	return nil
}

// bound turns our own kinds of values into those that every driver takes: ids and
// hashes to bytes, instants to microseconds, truth to 0 and 1.
func bound(args []any) []any {
	out := make([]any, len(args))
	for i, arg := range args {
		out[i] = plain(arg)
	}
	return out
}

func plain(arg any) any {
	switch v := arg.(type) {
	case petition.ID:
		return v[:]
	case [16]byte:
		return v[:]
	case [32]byte:
		return v[:]
	case time.Time:
		return Instant(v)
	case bool:
		if v {
			return 1
		}
		return 0
	case nil, int, int64, string, driver.Valuer:
		return v
	case []byte:
		if v == nil { // NULL is never meant by empty content
			return []byte{}
		}
		return v
	}
	return named(arg)
}
