package portal

import (
	"context"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// Store is all that the internet may ask of a database. Everything it is given is
// already sealed; nothing it returns can be read without the petitioner's cookie or
// code.
type Store interface {
	// Directory is the newest directory of each installation. It may be up to a
	// second old.
	Directories(ctx context.Context) ([]exchange.Directory, error)

	// Draft finds a draft; NotFound if it expired or never was.
	Draft(ctx context.Context, id [32]byte) (Draft, error)
	// SaveDraft writes a draft if its version is still the one read; else Conflict.
	SaveDraft(ctx context.Context, d Draft) error
	// DropDraft forgets a draft and its unclaimed files.
	DropDraft(ctx context.Context, id [32]byte) error

	// AddChunk stores one sealed chunk of an attachment of a draft.
	AddChunk(ctx context.Context, c Chunk) error
	// DropFile forgets an attachment that was not yet filed.
	DropFile(ctx context.Context, draft [32]byte, file petition.ID) error

	// File takes a filing in, all or nothing: spends the captcha, stores the filing,
	// its grant, its outbox item and the draft as left after filing, and claims the
	// files. Asked again with the same locator it changes nothing and says what it has,
	// whatever the captcha. Else a captcha that was spent before, or is zero (the page
	// saw a wrong answer), is Invalid with the problem captcha: problem.captcha; a file
	// that is gone is Invalid with files: problem.file_gone. Nothing is spent then.
	File(ctx context.Context, in Filed) (Filing, error)

	// Opened is what a receipt code's locator leads to; NotFound for unknown and
	// revoked codes alike.
	Opened(ctx context.Context, locator exchange.Locator) (Opened, error)
	// Say stores a follow-up message and its outbox item; the same id twice is once.
	Say(ctx context.Context, m Said) error
	// Said lists the messages that the office's folder does not yet reflect.
	Said(ctx context.Context, filing petition.ID) ([]Said, error)

	// Hit counts a try in a bucket (a keyed hash) and tells how many there were in
	// the window. A bucket always has the same window; other nodes' tries count with a
	// delay of a quarter of a second.
	Hit(ctx context.Context, bucket [32]byte, window time.Duration, now time.Time) (int, error)
	// DayKey is the key for hashing clients on that day; made when first asked for,
	// destroyed two days later.
	DayKey(ctx context.Context, day string) ([32]byte, error)

	// Sweep deletes expired drafts, files, captchas, tries and day keys.
	Sweep(ctx context.Context, now time.Time) error
	// Ping tells whether the database answers.
	Ping(ctx context.Context) error
}

// Draft is a filing being written: ciphertext under the petitioner's cookie key.
type Draft struct {
	ID      [32]byte // hash of the cookie's token
	Version int      // 0 when new
	Sealed  []byte
	Expires time.Time
}

// Chunk is one sealed piece of an attachment (≤ 256 KiB before sealing).
type Chunk struct {
	Draft   [32]byte // or of the message that will claim it
	File    petition.ID
	N       int // 0, 1, …
	Sealed  []byte
	Expires time.Time
}

// Filed is a filing ready to be stored.
type Filed struct {
	Filing         petition.ID
	Received       time.Time
	BodyHash       [32]byte // keyed hash of what was written: the same again or changed?
	Size           int      // padded
	Copy           []byte   // the petitioner's copy under the reading key
	Grant          exchange.Grant
	Item           exchange.Item
	Receipt        []byte // signed statement
	Captcha        [16]byte
	CaptchaExpires time.Time
	Files          []petition.ID // to claim
	Draft          Draft         // as left after filing: only the code
}

// Filing is what File stored now, or had stored before.
type Filing struct {
	ID       petition.ID
	Received time.Time
	Receipt  []byte
	Before   bool // it had been stored before
	Changed  bool // … with another body: what was changed afterwards was not sent
	Sent     bool // the office has acknowledged it
}

// Opened is a filing as its code's holder may see it.
type Opened struct {
	Filing   petition.ID
	Received time.Time
	Grant    exchange.Grant
	Copy     []byte // under the reading key; empty for cases that came on paper
	Folder   []byte // under the reading key; empty until the office answers
	Receipt  []byte
	Waiting  int // messages not yet reflected in the folder
}

// Said is a follow-up message.
type Said struct {
	ID     petition.ID
	Filing petition.ID
	At     time.Time
	Copy   []byte // under the reading key
	Item   exchange.Item
	Draft  [32]byte      // whose chunks it claims
	Files  []petition.ID // to claim
}
