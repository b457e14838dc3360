package attachment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

func TestCompoundStreams(t *testing.T) {
	long := strings.Repeat("0123456789", 1000)
	c, err := openCompound(compoundOf(part{"Storage/", ""}, part{"Long", long}, part{"Ünï码", "x"}))
	must(t, err)
	var names []string
	for _, e := range c.entries {
		names = append(names, e.name)
	}
	if got := strings.Join(names, ","); got != "Root Entry,Storage,Long,Ünï码" {
		t.Errorf("entries: %s", got)
	}
	for _, n := range []int{0, 1, 511, 512, 513, 9999} {
		if got, err := c.read(c.entries[2], n); err != nil || string(got) != long[:n] {
			t.Errorf("first %d bytes: %d, %v", n, len(got), err)
		}
	}
}

// Streams of less than 4,096 bytes are in sectors of 64 bytes of their own.
func TestCompoundMiniStreams(t *testing.T) {
	data := compoundOf(part{"store", strings.Repeat("a", 64) + strings.Repeat("b", 64) + strings.Repeat("c", 64)}, part{"minitable", ""})
	directory := data[1024:]
	// The root holds the small sectors: it takes over the first stream's place.
	copy(directory[116:124], directory[dirEntry+116:dirEntry+124])
	table := binary.LittleEndian.Uint32(directory[2*dirEntry+116:])
	binary.LittleEndian.PutUint32(data[60:], table)
	for i, next := range []uint32{2, 0xfffffffe, 1} {
		binary.LittleEndian.PutUint32(data[512*(int(table)+1)+4*i:], next)
	}
	c, err := openCompound(data)
	must(t, err)
	want := strings.Repeat("a", 64) + strings.Repeat("c", 64) + strings.Repeat("b", 10)
	if got, err := c.read(cfbEntry{start: 0, size: 138}, 1000); err != nil || string(got) != want {
		t.Errorf("%q, %v", got, err)
	}
	for _, start := range []uint32{70, 2000, 0xfffff} {
		if _, err := c.read(cfbEntry{start: start, size: 138}, 1000); !errors.Is(err, damaged) {
			t.Errorf("from %d: %v", start, err)
		}
	}
	binary.LittleEndian.PutUint32(data[512*(int(table)+1)+4:], 0) // a circle
	if c, err = openCompound(data); err == nil {
		got, _ := c.read(cfbEntry{start: 0, size: 4000}, 4000)
		if len(got) > 4000 {
			t.Errorf("went round: %d bytes", len(got))
		}
	}
}

// Where the list of table sectors does not fit in the header, it goes on in a chain.
func TestCompoundLongTable(t *testing.T) {
	data := oldWord()
	more := bytes.Repeat([]byte{0xff}, 512)
	binary.LittleEndian.PutUint32(more, 0)                // the one table sector
	binary.LittleEndian.PutUint32(more[508:], 0xfffffffe) // no further list
	binary.LittleEndian.PutUint32(data[76:], 0xffffffff)
	binary.LittleEndian.PutUint32(data[68:], uint32(len(data)/512-1))
	data = append(data, more...)
	if kind, err := inspectCFB(data, Limits{}); err != nil || kind != DOC {
		t.Errorf("%q, %v", kind, err)
	}
	binary.LittleEndian.PutUint32(data[len(data)-4:], uint32(len(data)/512-2)) // a list that names itself
	if kind, err := inspectCFB(data, Limits{}); err == nil && kind != DOC {
		t.Errorf("%q", kind)
	}
}
