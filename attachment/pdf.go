package attachment

import (
	"bytes"
	"compress/zlib"
	"io"
	"strconv"
)

// pdfObject is an indirect object, or a trailer (number 0).
type pdfObject struct {
	number   int
	from, to int        // the value
	dict     dictionary // nil unless the value is a dictionary

	stream             bool
	dataFrom, dataTo   int // the stream's bytes
	filter             string
	filters            int // how many; one is what this package can undo
	decodingParameters bool
}

// walkPDF visits every indirect object and trailer in the order of the file, those of
// earlier revisions included. It reads the bytes, not the cross-reference table, so that
// nothing is hidden by a table that does not list it.
func walkPDF(data []byte, visit func(o pdfObject) error) error {
	var before [2]token
	for at := 0; ; {
		t := lexPDF(data, at)
		at = t.to
		if t.kind == tokEnd {
			return nil
		}
		word := ""
		if t.kind == tokWord && t.to-t.from <= len("trailer") {
			word = t.text(data)
		}
		if word == "obj" || word == "trailer" {
			o := readObject(data, at)
			if word == "obj" {
				o.number, _ = strconv.Atoi(before[0].text(data))
			}
			if err := visit(o); err != nil {
				return err
			}
			at = max(at, o.to, o.dataTo)
		}
		before = [2]token{before[1], t}
	}
}

// readObject reads the value that follows, and the stream after it.
func readObject(data []byte, at int) pdfObject {
	t := lexPDF(data, at)
	o := pdfObject{from: t.from}
	if t.kind != tokOpen || t.to-t.from != 2 {
		o.to, _ = valueEnd(data, at)
		return o
	}
	ok := false
	if o.dict, o.to, ok = readDictionary(data, t.from); !ok {
		o.to = objectEnd(data, o.to) // malformed: look at all of it
		return o
	}
	s := lexPDF(data, o.to)
	if s.kind != tokWord || s.text(data) != "stream" {
		return o
	}
	o.stream = true
	o.dataFrom = s.to + len(lineEnd(data[s.to:]))
	o.dataTo = streamEnd(data, o)
	o.readFilter(data)
	return o
}

func objectEnd(data []byte, at int) int {
	if i := bytes.Index(data[at:], []byte("endobj")); i >= 0 {
		return at + i
	}
	return len(data)
}

func lineEnd(data []byte) []byte {
	for _, e := range []string{"\r\n", "\n", "\r"} {
		if bytes.HasPrefix(data, []byte(e)) {
			return []byte(e)
		}
	}
	return nil
}

// streamEnd trusts the length where "endstream" follows it, and else looks for the word.
func streamEnd(data []byte, o pdfObject) int {
	if e, ok := o.dict.find("Length"); ok {
		n, err := strconv.Atoi(string(bytes.TrimSpace(data[e.from:e.to])))
		if end := o.dataFrom + n; err == nil && n >= 0 && n <= len(data)-o.dataFrom {
			after := lexPDF(data, end)
			if after.kind == tokWord && after.text(data) == "endstream" {
				return end
			}
		}
	}
	i := bytes.Index(data[o.dataFrom:], []byte("endstream"))
	if i < 0 {
		return len(data)
	}
	return o.dataFrom + len(bytes.TrimRight(data[o.dataFrom:o.dataFrom+i], "\r\n"))
}

func (o *pdfObject) readFilter(data []byte) {
	e, ok := o.dict.find("Filter")
	if !ok {
		return
	}
	for at := e.from; at < e.to; {
		t := lexPDF(data[:e.to], at)
		if t.kind == tokName {
			o.filter = t.text(data)
			o.filters++
		}
		at = t.to
	}
	_, o.decodingParameters = o.dict.find("DecodeParms")
}

// unpack undoes the filter of a stream, up to a limit of bytes; ok is false for filters
// other than Flate.
func (o pdfObject) unpack(data []byte, limit int64) (plain []byte, ok bool) {
	raw := data[o.dataFrom:o.dataTo]
	switch {
	case o.filters == 0:
		return raw, true
	case o.filters > 1 || (o.filter != "FlateDecode" && o.filter != "Fl"):
		return nil, false
	}
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, false
	}
	plain, err = io.ReadAll(io.LimitReader(z, limit))
	return plain, err == nil || len(plain) > 0
}

// pdfTail is within how many bytes of the end a PDF says where its table is.
const pdfTail = 2048

// pdfUnpacked is how many bytes of packed objects one file may unfold to here.
const pdfUnpacked = 64 * mebibyte

// inspectPDF checks head and tail, that the file is not encrypted, and that it starts
// no script or program, neither in plain objects nor in packed ones.
func inspectPDF(data []byte, _ Limits) (Type, error) {
	tail := data[max(0, len(data)-pdfTail):]
	if !bytes.Contains(tail, []byte("startxref")) || !bytes.Contains(tail, []byte("%%EOF")) ||
		len(data) < 8 || (data[5] != '1' && data[5] != '2') {
		return "", damaged
	}
	objects, left := 0, int64(pdfUnpacked)
	err := walkPDF(data, func(o pdfObject) error {
		objects++
		if _, ok := o.dict.find("Encrypt"); ok && (o.number == 0 || o.dict.name(data, "Type") == "XRef") {
			return locked
		}
		if acts(data[o.from:o.to]) {
			return active
		}
		if !o.stream || o.dict.name(data, "Type") != "ObjStm" {
			return nil
		}
		plain, _ := o.unpack(data, left)
		if left -= int64(len(plain)); left <= 0 {
			return bomb
		}
		if acts(plain) {
			return active
		}
		return nil
	})
	switch {
	case err != nil:
		return "", err
	case objects == 0:
		return "", damaged
	}
	return PDF, nil
}

// acts tells whether there is an action that runs a script or a program, or a part that
// plays one: /S /JavaScript, /S /Launch, /Subtype /RichMedia.
func acts(data []byte) bool {
	if !bytes.Contains(data, []byte("#")) && !bytes.Contains(data, []byte("JavaScript")) &&
		!bytes.Contains(data, []byte("Launch")) && !bytes.Contains(data, []byte("RichMedia")) {
		return false // nothing to look closer at
	}
	key := ""
	for at := 0; ; {
		t := lexPDF(data, at)
		at = t.to
		switch t.kind {
		case tokEnd:
			return false
		case tokName:
			name := t.text(data)
			if key == "S" && (name == "JavaScript" || name == "Launch") || key == "Subtype" && name == "RichMedia" {
				return true
			}
			key = name
		default:
			key = ""
		}
	}
}
