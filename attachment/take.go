package attachment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// Emit receives the sealed chunks of a file; it may keep the slice.
type Emit func(file petition.ID, n int, sealed []byte) error

// Take takes in one file: it reads it, decides what it is, has it scanned, seals the
// original, and seals a working copy without metadata under an id and a key of its own.
// In the File returned, Clean is nil where no such copy could be made.
//
// Nothing is emitted before the file has been found good. An error while chunks are
// emitted leaves those already stored to the caller (they belong to ids that nobody
// knows, and expire). A refusal is an Invalid petition.Error with a problem at Field; a
// scanner out of order is Unavailable; an upload that breaks off and faults of emit come
// back wrapped.
func Take(ctx context.Context, name string, r io.Reader, limits Limits, random io.Reader, now time.Time, emit Emit) (petition.File, error) {
	limits = limits.withDefaults()
	name = DisplayName(name)
	data, err := readAll(ctx, r, limits)
	if err != nil {
		return petition.File{}, refusal(err, name, limits)
	}
	t, err := Sniff(name, data, limits)
	if err != nil {
		return petition.File{}, err
	}
	name = truthful(name, t)
	if err := scan(ctx, limits.Scanner, bytes.NewReader(data)); err != nil {
		return petition.File{}, refusal(err, name, limits)
	}
	put := func(data []byte) (petition.File, error) {
		return sealFile(ctx, petition.File{Name: name, Type: string(t)}, data, random, now, emit)
	}
	file, err := put(data)
	if err != nil {
		return petition.File{}, err
	}
	if clean, ok := Clean(t, data); ok {
		copied, err := put(clean)
		if err != nil {
			return petition.File{}, err
		}
		file.Clean = &copied
	}
	return file, nil
}

// readAll holds a file in memory, up to one byte more than the limit.
func readAll(ctx context.Context, r io.Reader, limits Limits) ([]byte, error) {
	var buf bytes.Buffer
	n, err := buf.ReadFrom(io.LimitReader(stopping{ctx, r}, limits.Size+1))
	switch {
	case n > limits.Size:
		return nil, tooBig
	case err != nil:
		return nil, fmt.Errorf("read attachment: %w", err)
	}
	return buf.Bytes(), nil
}

// stopping is a reader that ends with its context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// sealFile gives a file its id and key and seals it.
func sealFile(ctx context.Context, f petition.File, data []byte, random io.Reader, now time.Time, emit Emit) (petition.File, error) {
	var key exchange.Key
	if _, err := io.ReadFull(random, key[:]); err != nil {
		return petition.File{}, fmt.Errorf("random bytes for a file key: %w", err)
	}
	id, err := petition.MakeID(now, random)
	if err != nil {
		return petition.File{}, err
	}
	f.ID, f.Key = id, key[:]
	f.Size, f.Chunks, err = Seal(ctx, bytes.NewReader(data), key, id, func(n int, sealed []byte) error {
		return emit(id, n, sealed)
	})
	return f, err
}

// ErrNoKey is returned for a File whose key is missing or malformed.
var ErrNoKey = errors.New("attachment: no key to open it with")

// Read opens a file (or its Clean) into w: Open with what the File says.
func Read(f petition.File, fetch func(n int) ([]byte, error), w io.Writer) error {
	if len(f.Key) != len(exchange.Key{}) {
		return fmt.Errorf("attachment %s: %w", f.ID, ErrNoKey)
	}
	return Open(exchange.Key(f.Key), f.ID, f.Chunks, fetch, w)
}
