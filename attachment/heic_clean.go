package attachment

import (
	"bytes"
	"encoding/binary"
)

// cleanHEIC zeroes the Exif and XMP items of a HEIC picture in place, so that every
// offset stays right. How the picture lies is a property of its own, not of Exif, and
// stays. ok is false where an item cannot be found.
func cleanHEIC(data []byte) ([]byte, bool) {
	top, err := boxes(data, 0, len(data))
	if err != nil {
		return nil, false
	}
	meta, err := within(data, top, "meta")
	if err != nil {
		return nil, false
	}
	items, err := personalItems(data, meta)
	if err != nil {
		return nil, false
	}
	places, err := itemPlaces(data, meta)
	if err != nil {
		return nil, false
	}
	out := bytes.Clone(data)
	for id := range items {
		if len(places[id]) == 0 {
			return nil, false
		}
		for _, p := range places[id] {
			clear(out[p.from:p.to])
		}
	}
	for _, b := range top {
		if b.kind == "uuid" || b.kind == "free" || b.kind == "skip" {
			clear(out[b.body:b.to])
		}
	}
	return out, true
}

// personalItems are the numbers of the Exif items and of those with a media type (XMP),
// from the item information box (ISO/IEC 14496-12, 8.11.6).
func personalItems(data []byte, meta []box) (map[uint32]bool, error) {
	items := map[uint32]bool{}
	for _, b := range meta {
		if b.kind != "iinf" {
			continue
		}
		skip := 6 // version, flags, count
		if b.to > b.body && data[b.body] != 0 {
			skip = 8
		}
		entries, err := boxes(data, min(b.body+skip, b.to), b.to)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			r := reader{data: data[e.body:e.to]}
			version := r.number(1)
			r.number(3)
			if version < 2 {
				return nil, damaged // not written for HEIC
			}
			id := r.number(map[uint64]int{2: 2, 3: 4}[version])
			r.number(2)
			if kind := r.text(4); kind == "Exif" || kind == "mime" || kind == "uri " {
				items[uint32(id)] = true
			}
			if r.short {
				return nil, damaged
			}
		}
	}
	return items, nil
}

// place is where a piece of an item stands in the file.
type place struct{ from, to int }

// itemPlaces reads the item location box (ISO/IEC 14496-12, 8.11.3).
func itemPlaces(data []byte, meta []box) (map[uint32][]place, error) {
	places := map[uint32][]place{}
	for _, b := range meta {
		if b.kind != "iloc" {
			continue
		}
		l := locations{reader: reader{data: data[b.body:b.to]}, file: len(data)}
		for _, m := range meta {
			if m.kind == "idat" {
				l.idat = m
			}
		}
		if err := l.read(places); err != nil {
			return nil, err
		}
	}
	return places, nil
}

// locations reads an item location box field by field.
type locations struct {
	reader
	file int // length of the file
	idat box // items may also stand in here

	version                          uint64
	offsetSize, lengthSize, baseSize int
	indexSize                        int
}

func (l *locations) read(places map[uint32][]place) error {
	l.version = l.number(1)
	l.number(3)
	sizes := l.number(2)
	l.offsetSize, l.lengthSize = int(sizes>>12), int(sizes>>8&15)
	l.baseSize, l.indexSize = int(sizes>>4&15), int(sizes&15)
	if l.version == 0 {
		l.indexSize = 0
	}
	for range l.number(l.either(2, 4)) {
		if err := l.readItem(places); err != nil {
			return err
		}
	}
	return nil
}

// either is the width of fields that became wider in version 2.
func (l *locations) either(narrow, wide int) int {
	if l.version < 2 {
		return narrow
	}
	return wide
}

func (l *locations) readItem(places map[uint32][]place) error {
	id := uint32(l.number(l.either(2, 4)))
	method := uint64(0)
	if l.version > 0 {
		method = l.number(2) & 15
	}
	l.number(2) // data reference
	base := l.number(l.baseSize)
	for range l.number(2) {
		l.number(l.indexSize)
		offset, length := l.number(l.offsetSize), l.number(l.lengthSize)
		p, ok := l.place(method, base+offset, length)
		if l.short || !ok {
			return damaged
		}
		places[id] = append(places[id], p)
	}
	if l.short {
		return damaged
	}
	return nil
}

// place turns an offset in the file (method 0) or in the item data box (1) into one in
// the file. Other methods, and what lies outside, are not ok.
func (l *locations) place(method, offset, length uint64) (place, bool) {
	start, end := 0, l.file
	if method == 1 {
		start, end = l.idat.body, l.idat.to
	}
	room := uint64(end - start)
	if method > 1 || offset > room || length > room-offset {
		return place{}, false
	}
	return place{from: start + int(offset), to: start + int(offset+length)}, true
}

// reader takes big-endian fields off the front of a slice; short is set at its end.
type reader struct {
	data  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.data) {
		r.short, r.data = true, nil
		return make([]byte, n)
	}
	field := r.data[:n]
	r.data = r.data[n:]
	return field
}

func (r *reader) text(n int) string { return string(r.take(n)) }

// number reads a field of at most 8 bytes; of 0 bytes it is 0.
func (r *reader) number(n int) uint64 {
	if n > 8 {
		r.short = true
		return 0
	}
	var wide [8]byte
	copy(wide[8-n:], r.take(n))
	return binary.BigEndian.Uint64(wide[:])
}
