package attachment

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
)

// cleanPDF blanks in place, so that every offset in the file stays right: the strings of
// the Info dictionaries of all revisions, XMP streams, the names of people on
// annotations, and what photographs in it say about themselves.
//
// ok is false where that cannot be done in place: the Info dictionary is in a packed
// object, an XMP stream is packed by something other than Flate, or the file carries
// other files or an editor's private copy of the document.
func cleanPDF(data []byte) (out []byte, ok bool) {
	infos, fine := findInfo(data)
	if !fine {
		return nil, false
	}
	out = bytes.Clone(data)
	done := map[int]bool{}
	// Blanking changes no delimiter, so the walk over the original stays valid.
	err := walkPDF(data, func(o pdfObject) error {
		if infos[o.number] && o.number != 0 {
			blankStrings(out, o.from, o.to)
			done[o.number] = true
		}
		return blankObject(data, out, o)
	})
	if err != nil || len(done) != len(infos) || bytes.Contains(out, []byte("<x:xmpmeta")) {
		return nil, false
	}
	return out, true
}

// findInfo collects the numbers of the Info dictionaries and of the strings that they
// point to. ok is false if the file has parts that cannot be cleaned.
func findInfo(data []byte) (infos map[int]bool, ok bool) {
	infos, ok = map[int]bool{}, true
	_ = walkPDF(data, func(o pdfObject) error { // the visitor cannot fail
		if n, found := o.dict.ref(data, "Info"); found {
			infos[n] = true
		}
		if o.dict.name(data, "Type") == "EmbeddedFile" {
			ok = false
		}
		if _, private := o.dict.find("PieceInfo"); private {
			ok = false
		}
		return nil
	})
	_ = walkPDF(data, func(o pdfObject) error {
		if !infos[o.number] || o.number == 0 {
			return nil
		}
		for _, e := range o.dict {
			if n, found := e.ref(data); found {
				infos[n] = true
			}
		}
		return nil
	})
	return infos, ok
}

// blankObject blanks what one object says about people and devices. The object was read
// from data, which out is still equal to where it matters.
func blankObject(data, out []byte, o pdfObject) error {
	if by, ok := o.dict.find("T"); ok && o.dict.name(data, "Subtype") != "Widget" {
		if _, note := o.dict.find("Rect"); note {
			blankStrings(out, by.from, by.to) // who wrote an annotation; a field's T is its name
		}
	}
	// A trailer that is written out in full, instead of a reference.
	if info, ok := o.dict.find("Info"); ok {
		blankStrings(out, info.from, info.to)
	}
	if !o.stream {
		return nil
	}
	body := out[o.dataFrom:o.dataTo]
	switch {
	case o.dict.name(data, "Type") == "Metadata" || o.dict.name(data, "Subtype") == "XML":
		return blankStream(body, o)
	case o.filters == 1 && (o.filter == "DCTDecode" || o.filter == "DCT"):
		return blankJPEG(body)
	}
	return nil
}

// blankStrings replaces the content of every string between two offsets: literal ones
// by blanks, hexadecimal ones by the code of the blank.
func blankStrings(data []byte, from, to int) {
	for at := from; at < to; {
		t := lexPDF(data[:to], at)
		at = t.to
		if t.kind != tokString || t.to-t.from < 2 {
			continue
		}
		content := data[t.from+1 : t.to-1]
		if data[t.from] == '(' {
			fillWith(content, " ")
		} else {
			fillWith(content, "20")
		}
	}
}

func fillWith(data []byte, pattern string) {
	for i := range data {
		data[i] = pattern[i%len(pattern)]
	}
}

// blankStream makes a stream hold blanks without changing its length.
func blankStream(body []byte, o pdfObject) error {
	switch {
	case o.filters == 0:
		fillWith(body, " ")
		return nil
	case o.filters == 1 && (o.filter == "FlateDecode" || o.filter == "Fl"):
		copy(body, blankZlib(len(body)))
		return nil
	}
	return wrongType
}

// blankZlib is a valid zlib stream of exactly n bytes that unpacks to blanks; zeros
// where n is too small for one.
func blankZlib(n int) []byte {
	const frame, perBlock, most = 2 + 4, 5, 65535
	if n < frame+perBlock {
		return make([]byte, n)
	}
	z := append(make([]byte, 0, n), 0x78, 0x01)
	sum := adler32.New()
	for left := n - frame; left > 0; {
		block := min(left-perBlock, most)
		if rest := left - perBlock - block; rest > 0 && rest < perBlock {
			block -= perBlock // leave room for the header of one more block
		}
		blanks := bytes.Repeat([]byte{' '}, block)
		left -= perBlock + block
		last := byte(0)
		if left == 0 {
			last = 1
		}
		z = append(z, last)
		z = binary.LittleEndian.AppendUint16(z, uint16(block))
		z = binary.LittleEndian.AppendUint16(z, ^uint16(block))
		z = append(z, blanks...)
		sum.Write(blanks)
	}
	return binary.BigEndian.AppendUint32(z, sum.Sum32())
}

// blankJPEG zeroes what a photograph says about itself, in place.
func blankJPEG(body []byte) error {
	img, err := readJPEG(body)
	if err != nil {
		return err
	}
	for _, s := range img.segments {
		if s.marker == 0xfe || s.marker > markAPP0 && s.marker <= 0xef && s.marker != markAPPE {
			clear(s.body(body))
		}
	}
	clear(body[img.end:])
	return nil
}
