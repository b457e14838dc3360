package web

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"huiyin/petition"
)

// Clean makes typed text storable on every engine in one form: composed (NFC), with
// \n line ends. It refuses what could not come back exactly (not UTF-8, NUL) and what
// could make a reader see something else than what is stored (direction overrides).
func Clean(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", &petition.Error{Kind: petition.Invalid, Key: "error.bad_text"}
	}
	if strings.ContainsFunc(s, forbidden) {
		return "", &petition.Error{Kind: petition.Invalid, Key: "error.bad_characters"}
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return norm.NFC.String(strings.ReplaceAll(s, "\r", "\n")), nil
}

// forbidden are control characters but tab and line ends, and bidi controls.
func forbidden(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	}
	return r == 0xfffe || r == 0xffff
}

// Visible takes out of a text what nobody can see and Clean would refuse; mended tells
// whether anything was.
func Visible(s string) (seen string, mended bool) {
	if !utf8.ValidString(s) || !strings.ContainsFunc(s, forbidden) {
		return s, false
	}
	return strings.Map(visible, s), true
}

// visible drops what is forbidden, for strings.Map.
func visible(r rune) rune {
	if forbidden(r) {
		return -1
	}
	return r
}
