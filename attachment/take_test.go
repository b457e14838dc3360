package attachment

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"testing"
	"testing/iotest"
	"time"

	"huiyin/petition"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, petition.Shanghai)

func take(t testing.TB, s store, name string, data []byte, limits Limits) (petition.File, error) {
	t.Helper()
	return Take(context.Background(), name, bytes.NewReader(data), limits, rand.Reader, noon, s.emit)
}

// What was sent comes back exactly, and beside it a copy without canaries.
func TestTakeEachKind(t *testing.T) {
	for _, sample := range samples(t) {
		s := store{}
		f, err := take(t, s, `C:\fakepath\`+sample.name, sample.data, Limits{})
		if err != nil {
			t.Errorf("%s: %v", sample.name, err)
			continue
		}
		if f.Name != sample.name || f.Type != string(sample.kind) || f.Size != int64(len(sample.data)) || len(f.Key) != 32 {
			t.Errorf("%s: %+v", sample.name, f)
		}
		if got := readBack(t, s, f); !bytes.Equal(got, sample.data) {
			t.Errorf("%s: the original did not come back", sample.name)
		}
		if (f.Clean != nil) != (sample.kind != DOC && sample.kind != XLS) {
			t.Errorf("%s: working copy %v", sample.name, f.Clean)
		}
		if f.Clean == nil {
			continue
		}
		c := *f.Clean
		if c.ID == f.ID || bytes.Equal(c.Key, f.Key) || c.Name != f.Name || c.Type != f.Type || c.Clean != nil {
			t.Errorf("%s: copy %+v of %+v", sample.name, c, f)
		}
		if where := findCanary(t, sample.kind, readBack(t, s, c)); where != "" {
			t.Errorf("%s: canary in %s of the copy", sample.name, where)
		}
		for _, chunks := range s {
			if bytes.Contains(bytes.Join(chunks, nil), []byte(canary)) {
				t.Errorf("%s: stored in plain", sample.name)
			}
		}
	}
}

func readBack(t testing.TB, s store, f petition.File) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, Read(f, fetchFrom(s[f.ID]), &out))
	if int64(out.Len()) != f.Size {
		t.Errorf("%s: %d bytes, said %d", f.Name, out.Len(), f.Size)
	}
	return out.Bytes()
}

// Nothing of a file that is refused is ever stored.
func TestRefusedFilesLeaveNothing(t *testing.T) {
	for _, h := range hostilePDFs() {
		s := store{}
		_, err := take(t, s, h.name, h.data, Limits{})
		wantFlaw(t, h.name, err, h.want)
		if len(s) != 0 {
			t.Errorf("%s was stored", h.name)
		}
	}
}

func TestSizeLimit(t *testing.T) {
	_, err := take(t, store{}, "a.txt", bytes.Repeat([]byte("x"), 2*mebibyte+1), Limits{Size: 2 * mebibyte})
	wantFlaw(t, "a.txt", err, tooBig)
	var e *petition.Error
	if !errors.As(err, &e) || e.Problems[0].Args["size"] != "2" {
		t.Errorf("%+v", e)
	}
	if _, err := take(t, store{}, "a.txt", bytes.Repeat([]byte("x"), 2*mebibyte), Limits{Size: 2 * mebibyte}); err != nil {
		t.Errorf("just fits: %v", err)
	}
	// An endless upload is not read to its end.
	endless := &counter{}
	_, err = Take(context.Background(), "a.txt", endless, Limits{}, rand.Reader, noon, store{}.emit)
	wantFlaw(t, "a.txt", err, tooBig)
	if endless.n > 21*mebibyte {
		t.Errorf("read %d bytes", endless.n)
	}
}

type counter struct{ n int }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	c.n += len(p)
	return len(p), nil
}

func TestFaultsWhileTaking(t *testing.T) {
	boom := errors.New("boom")
	text := []byte("hello")
	ctx, cancel := context.WithCancel(context.Background())
	broken := io.MultiReader(bytes.NewReader(text), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := Take(ctx, "a.txt", broken, Limits{}, rand.Reader, noon, store{}.emit); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("broken off: %v", err)
	}
	for _, n := range []int{0, 40, 50, 80} { // in the key, the id, the copy's
		r := io.MultiReader(io.LimitReader(rand.Reader, int64(n)), iotest.ErrReader(boom))
		if _, err := Take(ctx, "a.txt", bytes.NewReader(text), Limits{}, r, noon, store{}.emit); !errors.Is(err, boom) {
			t.Errorf("randomness ends after %d: %v", n, err)
		}
	}
	for _, fail := range []int{1, 2} {
		n := 0
		_, err := Take(ctx, "a.txt", bytes.NewReader(text), Limits{}, rand.Reader, noon, func(petition.ID, int, []byte) error {
			if n++; n == fail {
				return boom
			}
			return nil
		})
		if !errors.Is(err, boom) {
			t.Errorf("chunk %d fails: %v", fail, err)
		}
	}
	cancel()
	if _, err := Take(ctx, "a.txt", bytes.NewReader(text), Limits{}, rand.Reader, noon, store{}.emit); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := Read(petition.File{Chunks: 1}, fetchFrom(nil), io.Discard); !errors.Is(err, ErrNoKey) {
		t.Errorf("no key: %v", err)
	}
}

// No file is ever written to the folder for temporary files.
func TestNoTemporaryFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	for _, sample := range samples(t) {
		if _, err := take(t, store{}, sample.name, sample.data, Limits{}); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// BenchmarkTake is a photograph from a telephone: 12 million pixels, lying on its side
// and upright.
func BenchmarkTake(b *testing.B) {
	for name, orientation := range map[string]int{"upright": 1, "turned": 6} {
		data := photo(b, 4000, 3000, orientation)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := take(b, store{}, "a.jpg", data, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
