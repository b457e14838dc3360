package attachment

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"huiyin/exchange"
	"huiyin/petition"
)

// store is where chunks go in tests.
type store map[petition.ID][][]byte

func (s store) emit(id petition.ID, n int, sealed []byte) error {
	if n != len(s[id]) {
		return errors.New("out of order")
	}
	s[id] = append(s[id], sealed)
	return nil
}

func fetchFrom(chunks [][]byte) func(n int) ([]byte, error) {
	return func(n int) ([]byte, error) {
		if n >= len(chunks) {
			return nil, io.ErrUnexpectedEOF
		}
		return chunks[n], nil
	}
}

func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{byte(n)})
	r.Read(b)
	return b
}

func sealed(t testing.TB, data []byte, key exchange.Key, id petition.ID) [][]byte {
	t.Helper()
	s := store{}
	size, chunks, err := Seal(context.Background(), bytes.NewReader(data), key, id,
		func(n int, c []byte) error { return s.emit(id, n, c) })
	must(t, err)
	if size != int64(len(data)) || chunks != len(s[id]) {
		t.Fatalf("sealed %d bytes in %d chunks, told %d in %d", len(data), len(s[id]), size, chunks)
	}
	return s[id]
}

var (
	testKey = exchange.Key{1, 2, 3}
	testID  = petition.ID{9, 8, 7}
)

func TestSealedFilesComeBack(t *testing.T) {
	for _, n := range []int{0, 1, exchange.ChunkSize - 1, exchange.ChunkSize, exchange.ChunkSize + 1, 3 * exchange.ChunkSize, 1_000_000} {
		data := noise(n)
		chunks := sealed(t, data, testKey, testID)
		if want := max(1, (n+exchange.ChunkSize-1)/exchange.ChunkSize); len(chunks) != want {
			t.Errorf("%d bytes: %d chunks, want %d", n, len(chunks), want)
		}
		for _, c := range chunks {
			if len(c) != len(chunks[0]) {
				t.Errorf("%d bytes: chunks of different sizes tell the length", n)
			}
		}
		var out bytes.Buffer
		if err := Open(testKey, testID, len(chunks), fetchFrom(chunks), &out); err != nil || !bytes.Equal(out.Bytes(), data) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// Every way of tampering is noticed.
func TestBrokenSeals(t *testing.T) {
	data := noise(3*exchange.ChunkSize - 100)
	good := sealed(t, data, testKey, testID)
	other := sealed(t, data, testKey, petition.ID{1})
	swap := [][]byte{good[1], good[0], good[2]}
	tries := map[string][][]byte{
		"truncated": good[:2], "first lost": good[1:], "reordered": swap, "one twice": {good[0], good[0], good[2]},
		"prolonged": append(append([][]byte{}, good...), good[2]), "of another file": {good[0], other[1], good[2]},
		"emptied": {good[0], {}, good[2]}, "cut": {good[0], good[1][:100], good[2]}, "nothing": {},
	}
	for name, chunks := range tries {
		wantBroken(t, name, testKey, testID, chunks)
	}
	wantBroken(t, "other key", exchange.Key{4}, testID, good)
	wantBroken(t, "other id", testKey, petition.ID{4}, good)

	r := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		changed := [][]byte{good[0], good[1], good[2]}
		which := r.IntN(3)
		changed[which] = bytes.Clone(changed[which])
		at := r.IntN(len(changed[which]))
		if i < 40 {
			at = i // suite, nonce, beginning
		}
		changed[which][at] ^= 1 << r.IntN(8)
		wantBroken(t, "one bit", testKey, testID, changed)
	}
}

func wantBroken(t *testing.T, name string, key exchange.Key, id petition.ID, chunks [][]byte) {
	t.Helper()
	if err := Open(key, id, len(chunks), fetchFrom(chunks), io.Discard); !errors.Is(err, ErrBroken) {
		t.Errorf("%s: %v", name, err)
	}
}

func TestFaultsWhileSealing(t *testing.T) {
	boom := errors.New("boom")
	ok := func(int, []byte) error { return nil }
	ctx, cancel := context.WithCancel(context.Background())
	if _, _, err := Seal(ctx, iotest.ErrReader(boom), testKey, testID, ok); !errors.Is(err, boom) {
		t.Errorf("reader: %v", err)
	}
	if _, _, err := Seal(ctx, bytes.NewReader(noise(9)), testKey, testID, func(int, []byte) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("emit: %v", err)
	}
	// An upload that broke off is not the end of a file.
	broken := io.MultiReader(bytes.NewReader(noise(9)), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, _, err := Seal(ctx, broken, testKey, testID, ok); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("broken off: %v", err)
	}
	cancel()
	if _, _, err := Seal(ctx, bytes.NewReader(noise(9)), testKey, testID, ok); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := Open(testKey, testID, 1, func(int) ([]byte, error) { return nil, boom }, io.Discard); !errors.Is(err, boom) {
		t.Errorf("fetch: %v", err)
	}
}

func TestSlowReadersFillChunks(t *testing.T) {
	data := noise(exchange.ChunkSize + 5)
	s := store{}
	_, chunks, err := Seal(context.Background(), iotest.HalfReader(bytes.NewReader(data)), testKey, testID,
		func(n int, c []byte) error { return s.emit(testID, n, c) })
	if err != nil || chunks != 2 {
		t.Errorf("%d chunks, %v", chunks, err)
	}
}
