package attachment

import (
	"bytes"
	"strconv"
)

// The kinds of PDF tokens (ISO 32000-1, 7.2 and 7.3).
type tokenKind byte

const (
	tokEnd     tokenKind = iota
	tokWord              // number or keyword
	tokName              // /Name
	tokString            // (literal) or <hex>
	tokOpen              // << or [
	tokClose             // >> or ]
	tokInvalid           // a byte that fits nowhere
)

type token struct {
	kind     tokenKind
	from, to int
}

// text is the token as written; names without the slash and with #xx resolved.
func (t token) text(data []byte) string {
	if t.kind != tokName {
		return string(data[t.from:t.to])
	}
	raw := data[t.from+1 : t.to]
	if !bytes.Contains(raw, []byte("#")) {
		return string(raw)
	}
	var name []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if b, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				name = append(name, byte(b))
				i += 2
				continue
			}
		}
		name = append(name, raw[i])
	}
	return string(name)
}

// classes says of each byte whether it is a blank, a delimiter or a hexadecimal digit
// (ISO 32000-1, tables 1 and 2).
var classes = func() (c [256]byte) {
	for _, b := range []byte("\x00\t\n\f\r ") {
		c[b] |= classBlank
	}
	for _, b := range []byte("()<>[]{}/%") {
		c[b] |= classDelimiter
	}
	for _, b := range []byte("0123456789abcdefABCDEF") {
		c[b] |= classHex
	}
	return c
}()

const (
	classBlank byte = 1 << iota
	classDelimiter
	classHex
)

func isPDF(b, class byte) bool { return classes[b]&class != 0 }

// lexPDF is the token at or after an offset; comments are skipped.
func lexPDF(data []byte, at int) token {
	at = skipPDFBlanks(data, at)
	if at >= len(data) {
		return token{tokEnd, len(data), len(data)}
	}
	rest := data[at:]
	switch b := rest[0]; {
	case !isPDF(b, classDelimiter):
		return token{tokWord, at, wordEnd(data, at)}
	case b == '<' && len(rest) > 1 && rest[1] == '<':
		return token{tokOpen, at, at + 2}
	case b == '>' && len(rest) > 1 && rest[1] == '>':
		return token{tokClose, at, at + 2}
	case b == '[':
		return token{tokOpen, at, at + 1}
	case b == ']':
		return token{tokClose, at, at + 1}
	case b == '(':
		return token{tokString, at, literalEnd(data, at)}
	case b == '<':
		if end := hexEnd(data, at+1); end > 0 {
			return token{tokString, at, end}
		}
		return token{tokInvalid, at, at + 1}
	case b == '/':
		return token{tokName, at, wordEnd(data, at+1)}
	}
	return token{tokInvalid, at, at + 1}
}

func skipPDFBlanks(data []byte, at int) int {
	for at < len(data) {
		switch {
		case isPDF(data[at], classBlank):
			at++
		case data[at] == '%':
			for at < len(data) && data[at] != '\r' && data[at] != '\n' {
				at++
			}
		default:
			return at
		}
	}
	return at
}

func wordEnd(data []byte, at int) int {
	for at < len(data) && !isPDF(data[at], classBlank|classDelimiter) {
		at++
	}
	return at
}

// literalEnd is after the bracket that closes the string opened at from; brackets nest,
// and a backslash hides one.
func literalEnd(data []byte, from int) int {
	depth := 0
	for at := from; at < len(data); at++ {
		switch data[at] {
		case '\\':
			at++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return at + 1
			}
		}
	}
	return len(data)
}

// hexEnd is after the ">" of a hexadecimal string, 0 if it is none. It stops at the
// first other character, so that a file of "<" alone is not slow.
func hexEnd(data []byte, at int) int {
	for ; at < len(data); at++ {
		switch b := data[at]; {
		case b == '>':
			return at + 1
		case !isPDF(b, classBlank|classHex):
			return 0
		}
	}
	return 0
}

// entry is a key of a dictionary and where its value stands.
type entry struct {
	key      string
	from, to int
}

// dictionary is the entries of a dictionary.
type dictionary []entry

func (d dictionary) find(key string) (entry, bool) {
	for _, e := range d {
		if e.key == key {
			return e, true
		}
	}
	return entry{}, false
}

// name is the value of a key if it is a name, else "".
func (d dictionary) name(data []byte, key string) string {
	e, ok := d.find(key)
	if t := lexPDF(data, e.from); ok && t.kind == tokName {
		return t.text(data)
	}
	return ""
}

// ref is the number of the object that a key's value points to.
func (d dictionary) ref(data []byte, key string) (number int, ok bool) {
	e, ok := d.find(key)
	if !ok {
		return 0, false
	}
	return e.ref(data)
}

// ref is the number of the object that the value points to ("12 0 R").
func (e entry) ref(data []byte) (number int, ok bool) {
	words := bytes.Fields(data[e.from:e.to])
	if len(words) != 3 || string(words[2]) != "R" {
		return 0, false
	}
	number, err := strconv.Atoi(string(words[0]))
	return number, err == nil
}

// maxEntries keeps crafted dictionaries from being slow.
const maxEntries = 10_000

// readDictionary reads the dictionary that opens at from ("<<"). Nested values are
// skipped over. end is after its ">>".
func readDictionary(data []byte, from int) (d dictionary, end int, ok bool) {
	at := from + 2
	for {
		key := lexPDF(data, at)
		switch {
		case key.kind == tokClose:
			return d, key.to, true
		case key.kind != tokName, len(d) >= maxEntries:
			return d, key.to, false
		}
		to, ok := valueEnd(data, key.to)
		if !ok {
			return d, to, false
		}
		d = append(d, entry{key: key.text(data), from: key.to, to: to})
		at = to
	}
}

// valueEnd is where the value that begins at from ends: one token, a whole array or
// dictionary, or a reference.
func valueEnd(data []byte, from int) (int, bool) {
	t := lexPDF(data, from)
	switch t.kind {
	case tokOpen:
		return closing(data, t.to)
	case tokWord:
		second := lexPDF(data, t.to)
		third := lexPDF(data, second.to)
		if second.kind == tokWord && third.kind == tokWord && third.text(data) == "R" {
			return third.to, true
		}
		return t.to, true
	case tokName, tokString:
		return t.to, true
	}
	return t.to, false
}

// closing is after the bracket that closes the one before from.
func closing(data []byte, from int) (int, bool) {
	for depth, at := 1, from; ; {
		t := lexPDF(data, at)
		switch t.kind {
		case tokEnd:
			return t.to, false
		case tokOpen:
			depth++
		case tokClose:
			depth--
		}
		if at = t.to; depth == 0 {
			return at, true
		}
	}
}
