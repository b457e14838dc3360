package attachment

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"huiyin/exchange"
	"huiyin/petition"
)

// ErrBroken is returned for chunks that were changed, reordered, exchanged, cut off or
// sealed under another key.
var ErrBroken = errors.New("attachment: the seal is broken")

// Seal reads r to its end and gives emit one sealed chunk after the other, numbered
// from 0. Every chunk is filled up to 256 KiB before it is sealed, so that what is stored
// tells a file's length only in such steps; an empty file is one chunk. The key must be
// random and of this file alone. Each chunk is bound to the file's id, its number and
// whether it is the last one.
// emit may keep the slice it is given. size is the number of bytes read.
func Seal(ctx context.Context, r io.Reader, key exchange.Key, id petition.ID, emit func(n int, sealed []byte) error) (size int64, chunks int, err error) {
	next := make([]byte, exchange.ChunkSize)
	have, err := fill(r, next)
	for last := false; !last && err == nil; chunks++ {
		if err = ctx.Err(); err != nil {
			break
		}
		plain := exchange.Pad(next[:have], exchange.ChunkStep)
		size += int64(have)
		// Whether a chunk is the last one is known only after looking for one more.
		have, err = fill(r, next)
		last = have == 0
		if err == nil {
			err = emit(chunks, key.Seal(plain, chunkBound(id, chunks, last)))
		}
	}
	if err != nil {
		return 0, 0, fmt.Errorf("seal attachment %s: %w", id, err)
	}
	return size, chunks, nil
}

// Open writes to w what Seal read. Chunks are asked for in order. It fails with
// ErrBroken at the first chunk that is not the one sealed at that place, and when the
// file has fewer or more chunks than said; w may by then have received the chunks
// before it.
func Open(key exchange.Key, id petition.ID, chunks int, fetch func(n int) ([]byte, error), w io.Writer) error {
	if chunks < 1 {
		return fmt.Errorf("attachment %s without chunks: %w", id, ErrBroken)
	}
	for n := range chunks {
		sealed, err := fetch(n)
		if err != nil {
			return fmt.Errorf("attachment %s, chunk %d: %w", id, n, err)
		}
		plain, err := openChunk(key, sealed, id, n, n == chunks-1)
		if err != nil {
			return fmt.Errorf("attachment %s, chunk %d: %w", id, n, err)
		}
		if _, err := w.Write(plain); err != nil {
			return fmt.Errorf("attachment %s: %w", id, err)
		}
	}
	return nil
}

func openChunk(key exchange.Key, sealed []byte, id petition.ID, n int, last bool) ([]byte, error) {
	padded, err := key.Open(sealed, chunkBound(id, n, last))
	if err != nil {
		return nil, ErrBroken
	}
	plain, err := exchange.Unpad(padded)
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// chunkBound is what a chunk is bound to besides its content.
func chunkBound(id petition.ID, n int, last bool) []byte {
	end := []byte{0}
	if last {
		end[0] = 1
	}
	return exchange.Bind("attachment", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)), end)
}

// fill reads until buf is full or r ends. (io.ReadFull would not tell the end of a
// file from an upload that broke off.)
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var more int
		more, err = r.Read(buf[n:])
		n += more
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}
