package attachment

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// plainText are the media types that the detector may give to harmless text.
var plainText = []string{"text/plain", "text/csv", "text/tab-separated-values", "application/json",
	"application/x-ndjson", "text/vcard", "text/calendar", "application/x-subrip", "text/vtt"}

// programs are openings of text that something would run. They are compared in lower
// case, after blanks.
var programs = []string{"#!", "@echo", "<?", "<!", "<%", "%!ps", `{\rtf`, "mz", "rem ",
	"x5o!p%@ap", "[internetshortcut]", "[autorun]", "windows registry editor", "regedit4",
	"mime-version:", "on error resume next", "param(", "import os", "function("}

// markup is what makes a browser or an office program take a text for a page.
var markup = []string{"<script", "<html", "<svg", "<body", "<iframe", "<object", "<embed",
	"<hta:", "javascript:", "<?php", "<xsl:"}

// markupWithin is how far browsers look when they guess.
const markupWithin = 4096

// inspectText takes UTF-8 or GB18030 text without control characters that is no program
// and whose name does not call it one.
func inspectText(name string, data []byte) (Type, error) {
	text, ok := decodeText(data)
	if !ok || !readable(text) {
		return "", wrongType
	}
	if e := ending(name); e != "" && !TXT.endsWith(e) {
		return "", wrongType
	}
	head := strings.ToLower(text[:min(len(text), markupWithin)])
	for _, p := range programs {
		if strings.HasPrefix(strings.TrimLeft(head, " \t\r\n\f"), p) {
			return "", wrongType
		}
	}
	for _, m := range markup {
		if strings.Contains(head, m) {
			return "", wrongType
		}
	}
	found := mimetype.Detect(data)
	for _, p := range plainText {
		if found.Is(p) {
			return TXT, nil
		}
	}
	// Bytes that the detector does not know at all may still be GB18030 text.
	if found.Is("application/octet-stream") && !utf8.Valid(data) {
		return TXT, nil
	}
	return "", wrongType
}

func decodeText(data []byte) (string, bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), true
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", false
	}
	return string(text), chinese(string(text))
}

// readable tells that there is something to read and no character that text has no use
// for.
func readable(text string) bool {
	some := false
	for _, r := range text {
		switch {
		case strings.ContainsRune("\t\n\v\f\r", r):
		case unicode.IsControl(r), r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
			return false
		case !unicode.IsSpace(r):
			some = true
		}
	}
	return some
}

// chinese tells that most of what is not ASCII is Chinese writing. Nearly any pairs of
// bytes are valid GB18030, so validity alone would let binary files pass for text.
func chinese(text string) bool {
	han, other := 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
		case unicode.Is(unicode.Han, r), unicode.IsPunct(r), r >= 0xff00 && r <= 0xffef:
			han++
		default:
			other++
		}
	}
	return han > 4*other
}
