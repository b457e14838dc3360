package web

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image/png"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/dchest/captcha"

	"huiyin/petition"
)

// Captchas makes captcha tokens (验证码): sealed, they carry their own digits and
// expiry, so that drawing a form writes nothing and any node can check them. A token is
// bound to its holder, so that whoever asks for the picture need prove no more than
// who they are. Single use is the filing transaction's business: Spend names the
// unique row.
type Captchas struct {
	aead cipher.AEAD
	now  func() time.Time
	pens chan struct{} // how many may be drawn at once
}

const (
	captchaDigits = 6
	captchaLife   = 30 * time.Minute
	captchaWidth  = 240
	captchaHeight = 80
)

// NewCaptchas seals tokens under the key, which all nodes of the portal share.
func NewCaptchas(key [32]byte, now func() time.Time) (*Captchas, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("captcha key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("captcha key: %w", err)
	}
	return &Captchas{aead, now, make(chan struct{}, runtime.NumCPU())}, nil
}

// Spend is what a right answer uses up.
type Spend struct {
	ID      [16]byte
	Expires time.Time
}

// Holder is whose page a captcha stands on: any name that no other has.
type Holder [32]byte

// question is a token opened: 16 bytes id, 8 bytes expiry, 32 of the holder, six
// digits.
type question struct {
	Spend
	holder Holder
	digits []byte
}

const questionHead = 16 + 8 + len(Holder{})

// New makes a token that only the holder can see, hear and answer.
func (k *Captchas) New(holder Holder) (string, error) {
	nonce := make([]byte, k.aead.NonceSize())
	plain := make([]byte, questionHead, questionHead+captchaDigits)
	if _, err := rand.Read(nonce); err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	if _, err := rand.Read(plain[:16]); err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	binary.BigEndian.PutUint64(plain[16:], uint64(k.now().Add(captchaLife).Unix()))
	copy(plain[24:], holder[:])
	plain = append(plain, captcha.RandomDigits(captchaDigits)...)
	return base64.RawURLEncoding.EncodeToString(k.aead.Seal(nonce, nonce, plain, nil)), nil
}

func (k *Captchas) open(token string) (question, error) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) < k.aead.NonceSize() {
		return question{}, NotFound()
	}
	plain, err := k.aead.Open(nil, b[:k.aead.NonceSize()], b[k.aead.NonceSize():], nil)
	if err != nil || len(plain) != questionHead+captchaDigits {
		return question{}, NotFound()
	}
	q := question{holder: Holder(plain[24:questionHead]), digits: plain[questionHead:]}
	copy(q.ID[:], plain)
	q.Expires = time.Unix(int64(binary.BigEndian.Uint64(plain[16:])), 0)
	if k.now().After(q.Expires) {
		return question{}, NotFound()
	}
	return q, nil
}

// held opens a token for its holder; to anybody else it does not exist.
func (k *Captchas) held(token string, holder Holder) (question, error) {
	q, err := k.open(token)
	if err == nil && subtle.ConstantTimeCompare(q.holder[:], holder[:]) != 1 {
		return question{}, NotFound()
	}
	return q, err
}

// Check compares what was typed. It fails with an Invalid problem at the field
// "captcha" for a wrong answer and an old, strange or other's token alike.
func (k *Captchas) Check(token string, holder Holder, typed string) (Spend, error) {
	q, err := k.held(token, holder)
	if err == nil && subtle.ConstantTimeCompare(q.digits, digitsOf(typed)) == 1 {
		return q.Spend, nil
	}
	return Spend{}, &petition.Error{Kind: petition.Invalid, Key: "error.captcha",
		Problems: []petition.Problem{{Field: "captcha", Key: "problem.captcha"}}}
}

// digitsOf reads typed digits, full-width ones too, and leaves out blanks.
func digitsOf(typed string) []byte {
	var d []byte
	for _, r := range strings.TrimSpace(typed) {
		switch {
		case r >= '0' && r <= '9':
			d = append(d, byte(r-'0'))
		case r >= '０' && r <= '９':
			d = append(d, byte(r-'０'))
		case r == ' ' || r == '-':
		default:
			return nil
		}
	}
	return d
}

// Image draws the token as PNG. Drawing is dear, so only a few are drawn at once;
// past that it fails with Unavailable. To anybody but the holder it is NotFound.
func (k *Captchas) Image(token string, holder Holder) ([]byte, error) {
	return k.render(token, holder, func(q question, b *bytes.Buffer) error {
		return pictures.Encode(b, captcha.NewImage(token, q.digits, captchaWidth, captchaHeight).Paletted)
	})
}

// pictures writes PNGs. Pressing them hard costs three times as much as drawing them
// and saves 400 bytes; the encoder's 900 KB are used again.
var pictures = png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &pens{}}

// pens is the encoders' memory.
type pens struct{ sync.Pool }

// Get takes one, or nil for a new one.
func (p *pens) Get() *png.EncoderBuffer {
	b, _ := p.Pool.Get().(*png.EncoderBuffer)
	return b
}

// Put gives it back.
func (p *pens) Put(b *png.EncoderBuffer) { p.Pool.Put(b) }

// Audio speaks the token as WAV in the language.
func (k *Captchas) Audio(token string, holder Holder, lang string) ([]byte, error) {
	voice := "zh"
	if lang == "en" {
		voice = "en"
	}
	return k.render(token, holder, func(q question, b *bytes.Buffer) error {
		_, err := captcha.NewAudio(token, q.digits, voice).WriteTo(b)
		return err
	})
}

func (k *Captchas) render(token string, holder Holder, draw func(question, *bytes.Buffer) error) ([]byte, error) {
	q, err := k.held(token, holder)
	if err != nil {
		return nil, err
	}
	select {
	case k.pens <- struct{}{}:
		defer func() { <-k.pens }()
	case <-time.After(2 * time.Second):
		return nil, &petition.Error{Kind: petition.Unavailable, Key: "error.busy"}
	}
	b := bytes.NewBuffer(make([]byte, 0, 4<<10)) // most pictures
	if err := draw(q, b); err != nil {
		return nil, fmt.Errorf("draw captcha: %w", err)
	}
	return b.Bytes(), nil
}

// Answer is the right answer of a token. Tests and benchmarks, which hold the key,
// use it to act as a person who can see.
func (k *Captchas) Answer(token string) (string, error) {
	q, err := k.open(token)
	if err != nil {
		return "", err
	}
	s := make([]byte, len(q.digits))
	for i, d := range q.digits {
		s[i] = '0' + d
	}
	return string(s), nil
}
