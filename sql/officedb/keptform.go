package officedb

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	// keptMost bounds a kept form once opened: what a form may carry, and its frame.
	keptMost = 1 << 20
	// keptFor is how long a kept form opens after it was sent.
	keptFor = 12 * time.Hour
)

// kept is what is sealed into a sign-in page: nothing of it is stored here.
type kept struct {
	backoffice.KeptForm
	At time.Time
}

// KeepForm seals a form to the account whose session the token was. It fails with
// NotFound where the session was ended by hand or is long forgotten.
func (s *Store) KeepForm(ctx context.Context, token string, form backoffice.KeptForm, now time.Time) (string, error) {
	id := sha256.Sum256([]byte(token))
	var staff sql.ID
	if err := s.db.Get(ctx, &staff, `SELECT staff FROM session WHERE id = ?`, id); err != nil {
		return "", err
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(kept{form, now}); err != nil {
		return "", fmt.Errorf("a form to keep: %w", err)
	}
	if err := z.Close(); err != nil {
		return "", fmt.Errorf("a form to keep: %w", err)
	}
	return tokenText.EncodeToString(s.keys.master.Seal(b.Bytes(), keptPlace(petition.ID(staff)))), nil
}

// KeptForm opens what KeepForm sealed, for the account that wrote it, for some hours.
func (s *Store) KeptForm(_ context.Context, by petition.Actor, sealed string, now time.Time) (backoffice.KeptForm, error) {
	raw, err := tokenText.DecodeString(sealed)
	if err == nil {
		raw, err = s.keys.master.Open(raw, keptPlace(by.Staff))
	}
	if err != nil { // somebody else's, or not ours
		return backoffice.KeptForm{}, notFound()
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return backoffice.KeptForm{}, fmt.Errorf("a kept form: %w", err)
	}
	var k kept
	if err := json.NewDecoder(io.LimitReader(z, keptMost)).Decode(&k); err != nil {
		return backoffice.KeptForm{}, fmt.Errorf("a kept form: %w", err)
	}
	if now.Sub(k.At) > keptFor {
		return backoffice.KeptForm{}, notFound()
	}
	return k.KeptForm, nil
}

func keptPlace(staff petition.ID) []byte { return place("sign-in page", "kept form", staff[:]) }
