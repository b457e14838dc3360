package officedb

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// LogHead is a signed statement of what the log of record holds: so many entries, with
// this root over them. Whoever kept one notices if anything before it changes.
type LogHead struct {
	Number    int64 // 1, 2, 3 … without gaps
	Size      int64 // entries in the log
	Root      tlog.Hash
	At        time.Time // microseconds, UTC
	Signature []byte    // Ed25519, over text
}

// text is what is signed: the three lines of a checkpoint (origin, size, root), as in a
// Go checksum database, then number and instant. An item of the mail line never
// begins like this, so that the same key serves both.
func (h LogHead) text(installation string) []byte {
	return fmt.Appendf(nil, "huiyin log of record 1 %s\n%d\n%s\nnumber %d\ntime %s\n",
		installation, h.Size, h.Root, h.Number, h.At.Format(time.RFC3339Nano))
}

func (h LogHead) signed(by exchange.Signer) LogHead {
	h.Signature = ed25519.Sign(by.Key, h.text(by.Installation))
	return h
}

// signedBy tells whether the office itself signed the head as it is.
func (h LogHead) signedBy(office exchange.Signer) bool {
	return ed25519.Verify(office.Public(), h.text(office.Installation), h.Signature)
}

// equal tells whether two heads say the same.
func (h LogHead) equal(o LogHead) bool {
	return h.Number == o.Number && h.Size == o.Size && h.Root == o.Root && h.At.Equal(o.At)
}

// line is the head as exported: installation, number, size, root, instant, signature.
func (h LogHead) line(installation string) string {
	return fmt.Sprintf("%s %d %d %s %s %s\n", url.QueryEscape(installation), h.Number, h.Size, h.Root,
		h.At.Format(time.RFC3339Nano), base64.StdEncoding.EncodeToString(h.Signature))
}

var errHeadLine = errors.New("not a line of installation, number, size, root, instant and signature")

// parseHeadLine reads what line writes.
func parseHeadLine(line string) (installation string, h LogHead, err error) {
	parts := strings.Split(line, " ")
	if len(parts) != 6 {
		return "", LogHead{}, errHeadLine
	}
	installation, err1 := url.QueryUnescape(parts[0])
	number, err2 := strconv.ParseInt(parts[1], 10, 64)
	size, err3 := strconv.ParseInt(parts[2], 10, 64)
	root, err4 := tlog.ParseHash(parts[3])
	at, err5 := time.Parse(time.RFC3339Nano, parts[4])
	sig, err6 := base64.StdEncoding.DecodeString(parts[5])
	if errors.Join(err1, err2, err3, err4, err5, err6) != nil {
		return "", LogHead{}, errHeadLine
	}
	return installation, LogHead{Number: number, Size: size, Root: root, At: at, Signature: sig}, nil
}

// headRow is a head as stored. Root and signature are read whatever their length, so
// that a damaged one is named and not merely unreadable.
type headRow struct {
	Number int64      `db:"number"`
	Size   int64      `db:"size"`
	Root   []byte     `db:"root"`
	At     sql.Moment `db:"at"`
	Sig    []byte     `db:"sig"`
}

// head checks that the row is as it was signed.
func (s *Store) headOf(r headRow) (LogHead, error) {
	h := LogHead{Number: r.Number, Size: r.Size, At: r.At.Time, Signature: r.Sig}
	if len(r.Root) == len(h.Root) {
		h.Root = tlog.Hash(r.Root)
		if h.signedBy(s.signer) {
			return h, nil
		}
	}
	return LogHead{}, &Broken{Chain: headChain, N: r.Number, Why: "is not as it was signed"}
}

// Head is the newest signed head; NotFound before the first.
func (s *Store) Head(ctx context.Context) (LogHead, error) {
	var row headRow
	err := s.db.Get(ctx, &row, `SELECT number, size, root, at, sig FROM log_head ORDER BY number DESC LIMIT 1`)
	if err != nil {
		return LogHead{}, err
	}
	return s.headOf(row)
}

// lastHead is the newest head, zero before the first.
func (s *Store) lastHead(ctx context.Context) (LogHead, error) {
	h, err := s.Head(ctx)
	if petition.Is(err, petition.NotFound) {
		return LogHead{}, nil
	}
	return h, err
}

// headsFrom reads heads in order, from the one after the given number.
func (s *Store) headsFrom(ctx context.Context, after, upTo int64) ([]LogHead, error) {
	var rows []headRow
	err := s.db.Select(ctx, &rows, `
		SELECT number, size, root, at, sig FROM log_head WHERE number > ? AND number <= ? ORDER BY number LIMIT ?`,
		after, upTo, headPage)
	if err != nil {
		return nil, err
	}
	out := make([]LogHead, 0, len(rows))
	for _, r := range rows {
		h, err := s.headOf(r)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// headPage is how many heads are read at a time.
const headPage = 1000
