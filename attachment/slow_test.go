package attachment

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// Files made to be slow to read are not: each is of 5 MiB and is
// done with in a few seconds on any machine (and in much less on most).
func TestNothingIsSlow(t *testing.T) {
	if testing.Short() {
		t.Skip("5 MiB each")
	}
	const size = 5 * mebibyte
	fill := func(head, body, tail string) []byte {
		n := (size - len(head) - len(tail)) / len(body)
		return []byte(head + strings.Repeat(body, n) + tail)
	}
	const pdf, end = "%PDF-1.7\n", "\nstartxref\n0\n%%EOF"
	files := map[string][]byte{
		"pdf of <":             fill(pdf+"1 0 obj 1 endobj ", "< ", end),
		"pdf of hex":           fill(pdf+"1 0 obj 1 endobj ", "<a", end),
		"pdf of brackets":      fill(pdf+"1 0 obj 1 endobj ", "(", end),
		"pdf of arrays":        fill(pdf+"1 0 obj 1 endobj 2 0 obj ", "[", end),
		"pdf of dictionaries":  fill(pdf+"1 0 obj 1 endobj ", "1 0 obj << ", end),
		"pdf of streams":       fill(pdf, "1 0 obj<</Length 9>>stream\n", end),
		"pdf of objects":       fill(pdf, "1 0 obj<</T(a)/Rect 1/Info 1 0 R>>endobj ", end),
		"pdf of keys":          fill(pdf+"1 0 obj <<", "/A 1 0 R", ">> endobj"+end),
		"pdf of many infos":    fill(pdf, "1 0 obj<</Info 2 0 R>>endobj 2 0 obj<</A 3 0 R/Info 1 0 R>>endobj ", end),
		"pdf of comments":      fill(pdf+"1 0 obj 1 endobj ", "%\n", end),
		"jpeg of markers":      fill("\xff\xd8", "\xff", "\xff\xd9"),
		"jpeg of restarts":     fill("\xff\xd8\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x00\x00\x00\xff\xda\x00\x02", "\xff\xd0", "\xff\xd9"),
		"mp3 of headers":       fill("ID3\x03\x00\x00\x00\x00\x00\x00", "\xff\xfb\x90\x00", ""),
		"mp3 of frames":        fill(frames(3), "\xff\xe2\x10\xc0", ""),
		"boxes":                fill(ftyp("isom"), "\x00\x00\x00\x08free", ""),
		"chinese text":         fill("", "\xd3\xd0\xc8\xcb\xcf\xf2\xce\xd2\xce\xca\xba\xc3", "\n"),
		"one line":             fill("", "a", ""),
		"zip ends in pdf":      fill(pdf+"1 0 obj 1 endobj ", "PK\x05\x06", end),
		"zip of ends":          fill("PK\x03\x04", "PK\x05\x06", ""),
		"compound of circles":  append(oldWord(), bytes.Repeat([]byte{1, 0, 0, 0}, size/4-4096)...),
		"text of opening tags": fill("", "<a ", "\n"),
	}
	for name, data := range files {
		start := time.Now()
		kind, err := Sniff("a", data, Limits{})
		if err == nil {
			Clean(kind, data)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v", name, d)
		} else if d > 500*time.Millisecond {
			t.Logf("%s took %v", name, d)
		}
	}
}
