package officedb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// headExport appends each signed head as a line to a file that lies off the box: on
// another machine's share, a write-once disk, a printer's queue. Against it Verify finds
// even a database that was replaced as a whole by an older one. The zero file exports
// nothing.
type headExport struct {
	file         string
	installation string
	opened       bool
	torn         bool    // the last line was not finished
	last         LogHead // the last in the file
}

// errForked is a database that is older than the heads exported from it, or another.
var errForked = errors.New("the database is not the one that the exported heads are of")

// catchUp appends the heads that are not in the file yet: after a stop between signing
// and writing, those too. It fails with errForked if the last head in the file is not
// in the database.
func (x *headExport) catchUp(ctx context.Context, s *Store) error {
	if x.file == "" {
		return nil
	}
	if !x.opened {
		if err := x.open(); err != nil {
			return err
		}
	}
	upTo, err := s.lastHead(ctx)
	if err != nil {
		return err
	}
	if err := x.continues(ctx, s, upTo); err != nil {
		return err
	}
	for x.last.Number < upTo.Number {
		heads, err := s.headsFrom(ctx, x.last.Number, upTo.Number)
		if err != nil {
			return err
		}
		if len(heads) == 0 {
			return &Broken{Chain: headChain, N: x.last.Number + 1, Why: "is missing"}
		}
		if err := x.append(heads); err != nil {
			x.opened = false // read again how far it came
			return err
		}
	}
	return nil
}

// open finds the last head in the file.
func (x *headExport) open() error {
	lines, torn, err := readHeads(x.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	x.opened, x.torn, x.last = true, torn, LogHead{}
	if len(lines) > 0 {
		last := lines[len(lines)-1]
		if last.err != nil {
			return fmt.Errorf("%s, line %d: %w", x.file, last.number, last.err)
		}
		x.last = last.head
	}
	return nil
}

// continues checks that the database still has the last exported head.
func (x *headExport) continues(ctx context.Context, s *Store, newest LogHead) error {
	if x.last.Number == 0 || x.last.equal(newest) {
		return nil
	}
	same, err := s.headsFrom(ctx, x.last.Number-1, x.last.Number)
	if err != nil {
		return err
	}
	if len(same) != 1 || !same[0].equal(x.last) {
		return fmt.Errorf("%s, head %d: %w", x.file, x.last.Number, errForked)
	}
	return nil
}

func (x *headExport) append(heads []LogHead) error {
	var lines strings.Builder
	if x.torn {
		lines.WriteByte('\n') // never joined to what is written next
	}
	for _, h := range heads {
		lines.WriteString(h.line(x.installation))
	}
	f, err := os.OpenFile(x.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(lines.String())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	x.torn, x.last = false, heads[len(heads)-1]
	return nil
}

// exportedHead is a line of the file.
type exportedHead struct {
	number       int // of the line, from 1
	installation string
	head         LogHead
	err          error // the line cannot be read
}

// readHeads reads the file. A line that a stop cut off is left out: it is the last,
// without its end (torn), or the beginning of the one after it.
func readHeads(file string) (out []exportedHead, torn bool, err error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, false, err
	}
	lines := strings.Split(string(b), "\n")
	rest := lines[len(lines)-1]
	lines = lines[:len(lines)-1]
	for i, line := range lines {
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], line) {
			continue
		}
		e := exportedHead{number: i + 1}
		e.installation, e.head, e.err = parseHeadLine(line)
		out = append(out, e)
	}
	return out, rest != "", nil
}
