package attachment

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// FuzzTake: whatever is offered is refused with a sentence, or is of a known kind, comes
// back unchanged, and its working copy is of that kind as well.
func FuzzTake(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.name, s.data)
	}
	for _, h := range hostileFiles(f) {
		if len(h.data) < 100_000 {
			f.Add(h.name, h.data)
		}
	}
	limits := Limits{Pixels: 1_000_000, Unpacked: 4 * mebibyte}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		s := store{}
		file, err := Take(context.Background(), name, bytes.NewReader(data), limits, rand.Reader, noon, s.emit)
		if err != nil {
			var e *petition.Error
			if !errors.As(err, &e) || e.Kind != petition.Invalid || len(e.Problems) != 1 || !slices.Contains(Keys, e.Problems[0].Key) || len(s) != 0 {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		if !slices.Contains(Types, Type(file.Type)) || !bytes.Equal(readBack(t, s, file), data) {
			t.Fatalf("%+v", file)
		}
		if file.Clean == nil {
			return
		}
		clean := readBack(t, s, *file.Clean)
		if kind, err := Sniff(file.Name, clean, limits); err != nil || string(kind) != file.Type {
			t.Fatalf("%s cleaned became %q, %v", file.Type, kind, err)
		}
	})
}

// FuzzOpen: only what was sealed opens.
func FuzzOpen(f *testing.F) {
	good := sealed(f, []byte("content"), testKey, testID)[0]
	f.Add(good, 1)
	f.Add([]byte{}, 2)
	f.Fuzz(func(t *testing.T, chunk []byte, chunks int) {
		if chunks > 3 {
			return
		}
		var out bytes.Buffer
		err := Open(testKey, testID, chunks, func(int) ([]byte, error) { return chunk, nil }, &out)
		if err == nil && (chunks != 1 || out.String() != "content") {
			t.Fatalf("opened %d chunks: %q", chunks, out.Bytes())
		}
	})
}

// FuzzSeal: sealing and opening are inverse whatever the length.
func FuzzSeal(f *testing.F) {
	f.Add([]byte("content"), uint32(exchange.ChunkSize))
	f.Fuzz(func(t *testing.T, data []byte, n uint32) {
		data = append(data, make([]byte, n%(3*exchange.ChunkSize))...)
		chunks := sealed(t, data, testKey, testID)
		var out bytes.Buffer
		if err := Open(testKey, testID, len(chunks), fetchFrom(chunks), &out); err != nil || !bytes.Equal(out.Bytes(), data) {
			t.Fatal(err)
		}
	})
}
