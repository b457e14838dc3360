package portal

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// draftLife is how long a draft lives after it was last saved.
const draftLife = 24 * time.Hour

// filedStep is what a draft is filled up to once only its code is left: its size tells
// no more than its time does, and the receipt is read without a page of filling.
const filedStep = 256

// draft is a petition being written. Only the cookie opens it.
type draft struct {
	Consent time.Time             `json:"consent"`          // when the notice was agreed to
	Notice  string                `json:"notice"`           // which wording of it
	Answers map[string]url.Values `json:"answers"`          // by step, as typed
	Sheets  map[string]string     `json:"sheets,omitempty"` // by step, the window that answered it last
	Files   []petition.File       `json:"files,omitempty"`  // with the keys that open them
	Session petition.ID           `json:"session,omitzero"` // of a leader's reception at which a place is asked for
	Seen    bool                  `json:"seen,omitempty"`   // everything was answered once: changes lead to the review
	Code    exchange.Code         `json:"code"`             // in no page before the submission
	Reading exchange.Key          `json:"reading"`          // opens the petitioner's copy
	Filing  petition.ID           `json:"filing"`           // id of the filing, and later of the case
	Filed   bool                  `json:"filed,omitempty"`  // submitted: all but the code is gone
	Later   []lateWords           `json:"later,omitempty"`  // typed after the submission, not sent
	Message petition.ID           `json:"message,omitzero"` // id under which Later, or a follow-up, is sent
}

// lateWords is a field that was changed after the submission.
type lateWords struct {
	Step  string `json:"step"`
	Field string `json:"field"`
	Text  string `json:"text"`
}

// open draft: with what is needed to store it again.
type openDraft struct {
	draft
	id      [32]byte
	key     exchange.Key
	version int
	token   string  // of the forms on its pages
	sent    *opened // what it became a moment ago; nil where that is to be read
}

// draftKeys is what a cookie's token leads to: the row and the key that opens it. The
// row's name tells nothing about the key.
func draftKeys(token string) (*openDraft, error) {
	k, err := draftSecret(token)
	if err != nil {
		return nil, err
	}
	form := k.Derive("draft form")
	return &openDraft{
		id:    draftID(k),
		key:   k.Derive("draft"),
		token: base64.RawURLEncoding.EncodeToString(form[:12]),
	}, nil
}

// draftSecret reads a cookie's token.
func draftSecret(token string) (exchange.Key, error) {
	secret, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(secret) != len(exchange.Key{}) {
		return exchange.Key{}, &petition.Error{Kind: petition.NotFound, Key: "error.not_found"}
	}
	return exchange.Key(secret), nil
}

// draftID names the row.
func draftID(k exchange.Key) [32]byte {
	id := k.Derive("draft id")
	return sha256.Sum256(id[:])
}

// newDraft begins a petition; token is for the cookie.
func (p *Portal) newDraft(ctx context.Context, first draft) (d *openDraft, token string, err error) {
	secret := exchange.NewKey()
	token = base64.RawURLEncoding.EncodeToString(secret[:])
	if d, err = draftKeys(token); err != nil {
		return nil, "", err
	}
	id, err := petition.MakeID(p.now(), rand.Reader)
	if err != nil {
		return nil, "", err
	}
	d.draft = first
	d.Code, d.Reading, d.Filing = exchange.NewCode(), exchange.NewKey(), id
	return d, token, p.keepDraft(ctx, d)
}

// findDraft opens the draft of a cookie's token; NotFound if there is none any more.
func (p *Portal) findDraft(ctx context.Context, token string) (*openDraft, error) {
	d, err := draftKeys(token)
	if err != nil {
		return nil, err
	}
	if left, ok := p.just.take(d.id, p.now()); ok {
		return left, nil
	}
	stored, err := p.store.Draft(ctx, d.id)
	if err != nil {
		return nil, err
	}
	d.version = stored.Version
	if err := p.openDraft(d, stored.Sealed); err != nil {
		return nil, err
	}
	return d, nil
}

func (p *Portal) openDraft(d *openDraft, sealed []byte) error {
	return openBox(d.key, exchange.Bind("draft", d.id[:]), sealed, &d.draft)
}

// keepDraft stores it; Conflict if another page stored it meanwhile.
func (p *Portal) keepDraft(ctx context.Context, d *openDraft) error {
	row, err := p.sealDraft(d)
	if err != nil {
		return err
	}
	if err := p.store.SaveDraft(ctx, row); err != nil {
		return err
	}
	d.version++
	return nil
}

func (p *Portal) sealDraft(d *openDraft) (Draft, error) {
	step := exchange.TextStep
	if d.Filed && len(d.Later) == 0 {
		step = filedStep
	}
	sealed, err := closeBox(d.key, exchange.Bind("draft", d.id[:]), step, d.draft)
	if err != nil {
		return Draft{}, fmt.Errorf("draft: %w", err)
	}
	return Draft{ID: d.id, Version: d.version, Sealed: sealed, Expires: p.now().Add(draftLife)}, nil
}

// answer is what was typed in a step.
func (d *draft) answer(step, field string) string { return d.Answers[step].Get(field) }

// filed is what stays of a draft after the submission: only the code.
func (d *draft) filed() draft { return draft{Code: d.Code, Filed: true} }
