package attachment

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"huiyin/petition"
)

// Scanner looks for known harmful content.
type Scanner interface {
	// Scan reads a whole file. found is the name of what it recognised, "" if nothing.
	// An error means that it could not tell.
	Scan(ctx context.Context, r io.Reader) (found string, err error)
}

// Clamd asks a ClamAV daemon, by its INSTREAM command.
type Clamd struct {
	Network string        // "tcp" or "unix"
	Address string        // host:port, or the path of the socket
	Timeout time.Duration // for one file; default 30 s
}

// ParseClamd reads "tcp:127.0.0.1:3310" or "unix:/run/clamav/clamd.ctl".
func ParseClamd(address string) (*Clamd, error) {
	network, where, ok := strings.Cut(address, ":")
	if !ok || where == "" || network != "tcp" && network != "unix" {
		return nil, fmt.Errorf("address of clamd %q: want tcp:host:port or unix:/path", address)
	}
	return &Clamd{Network: network, Address: where}, nil
}

// ScannerAt is the scanner at an address as ParseClamd reads it; without an address
// there is none, and files are taken unscanned.
func ScannerAt(address string) (Scanner, error) {
	if address == "" {
		return nil, nil
	}
	return ParseClamd(address)
}

// scanPiece is how much is sent at once.
const scanPiece = 64 << 10

// Scan sends the file and reads the verdict.
func (c *Clamd) Scan(ctx context.Context, r io.Reader) (string, error) {
	limit := c.Timeout
	if limit <= 0 {
		limit = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, c.Network, c.Address)
	if err != nil {
		return "", fmt.Errorf("reach clamd: %w", err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })()

	sendErr := sendStream(conn, r)
	// The daemon answers and hangs up in the middle of a file that it finds too large:
	// its words tell more than the failed write.
	reply, err := bufio.NewReader(io.LimitReader(conn, 4096)).ReadString(0)
	if err != nil {
		if sendErr != nil {
			err = sendErr
		}
		return "", fmt.Errorf("ask clamd: %w", err)
	}
	return verdict(strings.TrimRight(reply, "\x00\n"))
}

// sendStream writes the command, the file in pieces that each begin with their length,
// and an empty piece.
func sendStream(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	buf := make([]byte, 4+scanPiece)
	for {
		n, err := fill(r, buf[4:])
		if err != nil {
			return err
		}
		binary.BigEndian.PutUint32(buf, uint32(n))
		if _, err := w.Write(buf[:4+n]); err != nil || n == 0 {
			return err
		}
	}
}

// verdict reads "stream: OK" or "stream: NAME FOUND"; anything else is a fault.
func verdict(reply string) (string, error) {
	said, ok := strings.CutPrefix(reply, "stream: ")
	if ok && said == "OK" {
		return "", nil
	}
	if name, found := strings.CutSuffix(said, " FOUND"); ok && found && name != "" {
		return name, nil
	}
	return "", fmt.Errorf("clamd said %q", reply)
}

// scan asks the scanner, if there is one. A file is never let in unscanned because the
// scanner is out of order.
func scan(ctx context.Context, s Scanner, r io.Reader) error {
	if s == nil {
		return nil
	}
	found, err := s.Scan(ctx, r)
	if err != nil {
		return &petition.Error{Kind: petition.Unavailable, Key: unscanned, Err: err}
	}
	if found != "" {
		return harmful
	}
	return nil
}
