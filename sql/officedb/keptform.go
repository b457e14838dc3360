package officedb

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

const (
	// keptMost bounds a kept form once opened: what a form may carry, and its frame.
	keptMost = 1 << 20
	// keptFor is how long a kept form opens after it was sent.
	keptFor = 12 * time.Hour
	// formSession is how many bytes of a form's token differ from session to session.
	formSession = 16
)

// kept is what is sealed into a sign-in page: nothing of it is stored here.
type kept struct {
	backoffice.KeptForm
	At time.Time
}

// formToken is what every form of a session carries: the account, what only this session
// has, and our MAC over both. It tells nothing about the session's own token, and names
// who wrote a form when the session is gone.
func (s *Store) formToken(token string, staff petition.ID) string {
	session := sha256.Sum256([]byte("form " + token))
	body := append(staff[:], session[:formSession]...)
	mac := s.keys.forms.MAC("form", body)
	return tokenText.EncodeToString(append(body, mac[:]...))
}

// FormWriter is the account whose session had a form's token, live or not; ok is false
// for what we did not give out.
func (s *Store) FormWriter(token string) (staff petition.ID, ok bool) {
	raw, err := tokenText.DecodeString(token)
	if err != nil || len(raw) != len(staff)+formSession+sha256.Size {
		return staff, false
	}
	body, mac := raw[:len(staff)+formSession], raw[len(staff)+formSession:]
	if want := s.keys.forms.MAC("form", body); !hmac.Equal(mac, want[:]) {
		return staff, false
	}
	copy(staff[:], body)
	return staff, true
}

// KeepForm seals a form to the account that its token names. It fails with NotFound for a
// token that we did not give out.
func (s *Store) KeepForm(token string, form backoffice.KeptForm, now time.Time) (string, error) {
	staff, ok := s.FormWriter(token)
	if !ok {
		return "", notFound()
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(kept{form, now}); err != nil {
		return "", fmt.Errorf("a form to keep: %w", err)
	}
	if err := z.Close(); err != nil {
		return "", fmt.Errorf("a form to keep: %w", err)
	}
	return tokenText.EncodeToString(s.keys.master.Seal(b.Bytes(), keptPlace(staff))), nil
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
